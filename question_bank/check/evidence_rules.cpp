#include "question_bank/check/rules.h"
#include "question_bank/check/text_numbers.h"

#include <algorithm>

#include <QHash>
#include <QRegularExpression>
#include <QSet>

namespace qingfeng::rules {
namespace {

QString withoutState(QString title)
{
    return title.remove(QStringLiteral("中华人民共和国")).remove(QStringLiteral("中国共产党"));
}

/** The law of the bank that a title in 《》 means; nullptr when it has none. */
const Law *lawCalled(const QuestionBank &bank, const QString &title)
{
    const QString plain = withoutState(title);
    const auto found = std::find_if(bank.laws().cbegin(), bank.laws().cend(), [&](const Law &law) {
        return law.title == title || withoutState(law.title) == plain
            || withoutState(law.shortTitle) == plain;
    });
    return found == bank.laws().cend() ? nullptr : &*found;
}

/** 第一百三十四条之一 and 第134条之一 are the same label. */
QString plainLabel(const QString &label)
{
    static const QRegularExpression pattern(
        QStringLiteral("第([零〇一二三四五六七八九十百千0-9]+)条(?:之([一二三四五六七八九十]+))?"));
    const auto match = pattern.match(label);
    const auto number = numeralValue(match.captured(1));
    const auto suffix = numeralValue(match.captured(2));
    return number ? QString::number(*number) + (suffix ? QStringLiteral("-%1").arg(*suffix) : QString())
                  : label;
}

QString whole(const QuestionVersion &question)
{
    return askedText(question) + QLatin1Char('\n') + explanationText(question);
}

void namedArticles(
    const QuestionBank &bank, const QuestionVersion &question, const QString &text, Findings &findings)
{
    // 《title》 with an edition in brackets, then one or more articles.
    static const QRegularExpression named(
        QStringLiteral("《([^》]{2,40})》(?:[（(〔](\\d{4})[^）)〕]*[）)〕])?((?:[、和及与，]?第["
                       "零〇一二三四五六七八九十百0-9]+条(?:之[一二三四五六七八九十]+)?"
                       "(?:第[一二三四五六七八九十]+[款项])*)*)"));
    static const QRegularExpression label(
        QStringLiteral("第[零〇一二三四五六七八九十百0-9]+条(?:之[一二三四五六七八九十]+)?"));
    for (auto it = named.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const Law *law = lawCalled(bank, match.captured(1));
        if (!law) {
            continue;
        }
        const int edition = match.captured(2).toInt();
        if (edition > 0 && law->effectiveFrom.isValid() && edition != law->effectiveFrom.year()
            && edition != law->effectiveFrom.year() - 1) {
            findings.add("old-edition", question,
                QStringLiteral("%1: %2").arg(match.captured(), law->effectiveFrom.toString(Qt::ISODate)));
        }
        QSet<QString> cited;
        QStringList labels;
        for (const QString &id : question.articles) {
            const LegalArticle *article = bank.article(id);
            if (article && article->law == law->id) {
                cited.insert(plainLabel(article->label));
                labels.append(article->label);
            }
        }
        for (auto each = label.globalMatch(match.captured(3)); each.hasNext();) {
            const QString found = each.next().captured();
            if (!cited.contains(plainLabel(found))) {
                findings.add("citation-not-listed", question,
                    QStringLiteral("《%1》%2; cited: %3")
                        .arg(match.captured(1), found,
                            labels.isEmpty() ? QStringLiteral("–") : labels.join(QStringLiteral("、"))));
            }
        }
    }
}

void documentNumbers(
    const QuestionBank &bank, const QuestionVersion &question, const QString &text, Findings &findings)
{
    static const QRegularExpression pattern(
        QStringLiteral("[\\x{4e00}-\\x{9fa5}]{1,8}[〔\\[【]\\d{4}[〕\\]】]\\s*\\d+\\s*号"));
    static const QRegularExpression core(QStringLiteral("\\D*(\\d{4})\\D+(\\d+)"));
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QString number = it.next().captured();
        const auto digits = core.match(number);
        const bool known = std::any_of(bank.laws().cbegin(), bank.laws().cend(), [&](const Law &law) {
            const auto held = core.match(law.documentNumber);
            return held.hasMatch() && held.captured(1) == digits.captured(1)
                && held.captured(2) == digits.captured(2) && number.contains(law.documentNumber.left(1));
        });
        if (!known) {
            findings.add("unknown-document-number", question, number);
        }
    }
}

/** All that the bank knows of what the cited articles say. */
QString evidenceOf(const QuestionBank &bank, const QuestionVersion &question)
{
    QString text;
    for (const QString &id : question.articles) {
        if (const LegalArticle *article = bank.article(id)) {
            text += article->summary + QLatin1Char('\n') + article->keywords.join(QLatin1Char('\n'))
                + QLatin1Char('\n') + article->topics.join(QLatin1Char('\n')) + QLatin1Char('\n');
        }
    }
    return text;
}

/** 说法错误, 表述正确 and the like: what the explanation says of a statement; nothing when it does not. */
std::optional<bool> verdictIn(const QString &explanation)
{
    static const QRegularExpression wrong(
        QStringLiteral("(?:说法|表述|观点|题干|判断|本题|此题)[是属为]?(?:错误|不正确|不对|不成立|有误|错的)|"
                       "答案[是为：:]?(?:错误|错|×)"));
    static const QRegularExpression right(QStringLiteral(
        "(?:说法|表述|观点|题干|判断|本题|此题)[是属为]?(?:正确|对的|成立)|答案[是为：:]?(?:正确|对|√)"));
    const bool saysWrong = wrong.match(explanation).hasMatch();
    const bool saysRight = right.match(explanation).hasMatch();
    return saysWrong == saysRight ? std::nullopt : std::optional(saysRight);
}

bool sharesNumber(const QList<TextNumber> &numbers, const TextNumber &number)
{
    return std::any_of(numbers.cbegin(), numbers.cend(), [&number](const TextNumber &other) {
        return other.unit == number.unit && other.value == number.value;
    });
}

/** Numbers of the explanation fit a wrong choice and none of the right ones. */
void numbersAgainstKey(
    const QuestionVersion &question, const AskedItem &asked, const QString &explanation, Findings &findings)
{
    const QList<TextNumber> explained = quantitiesIn(explanation);
    if (explained.isEmpty()) {
        return;
    }
    const QList<TextNumber> right = quantitiesIn(choiceTexts(*asked.item, true).join(QLatin1Char('\n')));
    const QList<TextNumber> wrong = quantitiesIn(choiceTexts(*asked.item, false).join(QLatin1Char('\n')));
    const bool keySupported = std::any_of(right.cbegin(), right.cend(),
        [&](const TextNumber &number) { return sharesNumber(explained, number); });
    for (const TextNumber &number : wrong) {
        if (!right.isEmpty() && !keySupported && sharesNumber(explained, number)
            && !sharesNumber(right, number)) {
            findings.add("key-against-explanation", question,
                asked.place + QStringLiteral("%1 ≠ %2").arg(right.first().text, number.text));
            return;
        }
    }
}

/** The key says 可以… and the explanation 不得… of the same. */
void dutyAgainstKey(
    const QuestionVersion &question, const AskedItem &asked, const QString &explanation, Findings &findings)
{
    static const QRegularExpression allowed(
        QStringLiteral("(?<!不)(可以|允许|应当|有权)([\\x{4e00}-\\x{9fa5}]{2,4})"));
    for (const QString &text : choiceTexts(*asked.item, true)) {
        for (auto it = allowed.globalMatch(text); it.hasNext();) {
            const auto match = it.next();
            const QString act = match.captured(2).left(2);
            for (const QString &no : {QStringLiteral("不得"), QStringLiteral("不可以"),
                     QStringLiteral("不应"), QStringLiteral("不应当"), QStringLiteral("严禁"),
                     QStringLiteral("禁止"), QStringLiteral("不允许")}) {
                if (explanation.contains(no + match.captured(2))
                    || (match.captured(2).size() > 2 && explanation.contains(no + match.captured(2).left(3)))
                    || (text.size() <= 12 && explanation.contains(no + act))) {
                    findings.add("key-against-explanation", question,
                        asked.place + match.captured() + QStringLiteral(" ≠ ") + no + act);
                    return;
                }
            }
        }
    }
}

void lettersAgainstKey(
    const QuestionVersion &question, const AskedItem &asked, const QString &explanation, Findings &findings)
{
    static const QRegularExpression pattern(QStringLiteral(
        "(?:答案|应选|故选|正确选项|选)\\s*(?:应?[是为])?\\s*[：:]?\\s*([A-F]{1,6})(?![A-Za-z])"));
    const auto match = pattern.match(explanation);
    if (!match.hasMatch() || asked.item->choices.isEmpty()) {
        return;
    }
    QString key;
    for (qsizetype i = 0; i < asked.item->choices.size(); ++i) {
        if (asked.item->answer.contains(asked.item->choices.at(i).id)) {
            key += QChar(ushort('A' + i));
        }
    }
    if (key != match.captured(1)) {
        findings.add("key-against-explanation", question,
            asked.place + key + QStringLiteral(" ≠ ") + match.captured());
    }
}

void blanksInExplanation(
    const QuestionVersion &question, const AskedItem &asked, const QString &explanation, Findings &findings)
{
    const QList<double> numerals = numeralsIn(explanation);
    for (const Blank &blank : asked.item->blanks) {
        const bool found = std::any_of(
            blank.accepted.cbegin(), blank.accepted.cend(), [&](const QString &accepted) {
                const QList<double> own = numeralsIn(accepted);
                return explanation.contains(accepted) || (own.size() == 1 && numerals.contains(own.first()));
            });
        if (!found) {
            findings.add("key-not-in-explanation", question,
                asked.place + blank.id + QStringLiteral(": ") + blank.accepted.value(0));
        }
    }
}

} // namespace

void citations(const QuestionBank &bank, const QuestionVersion &question, Findings &findings)
{
    const QString text = whole(question);
    namedArticles(bank, question, text, findings);
    documentNumbers(bank, question, text, findings);
    const QString explanation = explanationText(question);
    bool named = false;
    bool anyLaw = false;
    QStringList expected;
    for (const QString &id : question.articles) {
        const LegalArticle *article = bank.article(id);
        const Law *law = article ? bank.law(article->law) : nullptr;
        if (law && !explanation.trimmed().isEmpty()) {
            anyLaw = true;
            expected.append(law->shortTitle);
            named |= explanation.contains(law->shortTitle) || explanation.contains(withoutState(law->title))
                || explanation.contains(withoutState(law->shortTitle));
        }
    }
    if (anyLaw && !named) {
        expected.removeDuplicates();
        findings.add("explanation-names-no-law", question, expected.join(QStringLiteral("、")));
    }
}

void numbers(const QuestionBank &bank, const QuestionVersion &question, Findings &findings)
{
    QSet<QString> reported;
    QList<double> known;
    bool evidenceRead = false;
    const auto expect = [&](const QString &place, const TextNumber &number) {
        if (!evidenceRead) {
            known = numeralsIn(evidenceOf(bank, question));
            evidenceRead = true;
        }
        if (!known.contains(number.value) && !reported.contains(number.text)) {
            reported.insert(number.text);
            findings.add("number-not-in-article", question, place + number.text);
        }
    };
    for (const TextNumber &number : quantitiesIn(question.stem)) {
        expect({}, number);
    }
    for (const AskedItem &asked : askedItems(question)) {
        if (asked.item != &question) {
            for (const TextNumber &number : quantitiesIn(asked.item->stem)) {
                expect(asked.place, number);
            }
        }
        if (asked.item->type == QuestionType::Single || asked.item->type == QuestionType::Multiple) {
            for (const TextNumber &number :
                quantitiesIn(choiceTexts(*asked.item, true).join(QLatin1Char('\n')))) {
                expect(asked.place, number);
            }
        }
        for (const Blank &blank : asked.item->blanks) {
            const QString best = blank.accepted.value(0);
            const auto value = numeralValue(best); // "三十" alone, its unit stands in the stem
            QList<TextNumber> wanted = quantitiesIn(best);
            if (value) {
                wanted.append({*value, {}, best});
            }
            for (const TextNumber &number : std::as_const(wanted)) {
                expect(asked.place, number);
            }
        }
    }
}

void keyAndExplanation(const QuestionVersion &question, Findings &findings)
{
    const QString explanation = explanationText(question);
    for (const AskedItem &asked : askedItems(question)) {
        switch (asked.item->type) {
        case QuestionType::TrueFalse: {
            const auto verdict = question.type == QuestionType::Case ? std::nullopt : verdictIn(explanation);
            if (verdict
                && asked.item->answer.value(0)
                    != (*verdict ? QLatin1String("true") : QLatin1String("false"))) {
                findings.add("key-against-explanation", question,
                    asked.place + asked.item->answer.value(0) + QStringLiteral(" ≠ ")
                        + (*verdict ? QStringLiteral("正确") : QStringLiteral("错误")));
            }
            break;
        }
        case QuestionType::Single:
        case QuestionType::Multiple:
            numbersAgainstKey(question, asked, explanation, findings);
            dutyAgainstKey(question, asked, explanation, findings);
            if (question.type != QuestionType::Case) {
                lettersAgainstKey(question, asked, explanation, findings);
            }
            break;
        case QuestionType::FillIn:
            blanksInExplanation(question, asked, explanation, findings);
            break;
        default:
            break;
        }
    }
}

} // namespace qingfeng::rules
