#include "question_bank/check/rules.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng::rules {
namespace {

/** A word that is not to be used, unless what follows or precedes makes it part of another. */
struct Word
{
    const char16_t *text;
    const char16_t *unlessBefore; ///< characters any of which before it excuses it
    const char16_t *unlessAfter;
};

/** Bodies that no longer exist, and rules that were repealed. */
constexpr Word retired[] = {
    {u"地税局", u"", u""},
    {u"国税局", u"", u""},
    {u"地方税务局", u"", u""},
    {u"地税", u"土", u"局务"}, // 土地税收, 供货地税务机关
    {u"国税", u"中各全本我两该他外", u"局发函总办务"}, // 我国税收, 国税发〔2005〕
    {u"监察部", u"", u"门"},
    {u"监察室", u"", u""},
    {u"营业税", u"", u""},
    {u"增值税暂行条例", u"", u""},
    {u"预防职务犯罪工作站", u"", u""},
    {u"行政监察法", u"", u""},
};

/** Statements that are often met and wrong. */
const QRegularExpression &bannedStatements()
{
    static const QRegularExpression pattern(
        QStringLiteral("[六七八九6789]种(?:党的?纪律?|党内)处分|党纪处分[有共分为]{0,2}[六七八九6789]种|"
                       "政务处分[有共分为]{0,2}[五七八5784四]种"
                       "|消费(?:金额)?[二两2]倍"));
    return pattern;
}

bool excused(const QString &text, qsizetype at, const Word &word, qsizetype length)
{
    const QChar before = at > 0 ? text.at(at - 1) : QChar();
    const QChar after = at + length < text.size() ? text.at(at + length) : QChar();
    const QStringView befores(word.unlessBefore);
    const QStringView afters(word.unlessAfter);
    return (!before.isNull() && befores.contains(before)) || (!after.isNull() && afters.contains(after));
}

void bannedWords(const QuestionVersion &question, const QString &all, Findings &findings)
{
    for (const Word &word : retired) {
        const QStringView text(word.text);
        for (qsizetype at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
            if (!excused(all, at, word, text.size())) {
                findings.add("retired-word", question, text.toString());
                break;
            }
        }
    }
    const auto banned = bannedStatements().match(all);
    if (banned.hasMatch()) {
        findings.add("banned-word", question, banned.captured());
    }
}

/** Names a sanction that only one of the two orders knows. */
QString sanctionIn(const QString &list, const QStringList &sanctions)
{
    const auto found = std::find_if(sanctions.cbegin(), sanctions.cend(),
        [&list](const QString &sanction) { return list.contains(sanction); });
    return found == sanctions.cend() ? QString() : *found;
}

void sanctions(const QuestionVersion &question, const AskedItem &asked, Findings &findings)
{
    static const QStringList party{QStringLiteral("严重警告"), QStringLiteral("撤销党内职务"),
        QStringLiteral("留党察看"), QStringLiteral("开除党籍")};
    static const QStringList state{QStringLiteral("记过"), QStringLiteral("记大过"), QStringLiteral("降级"),
        QStringLiteral("撤职"), QStringLiteral("开除公职")};
    for (const QList<Choice> *choices : {&asked.item->choices, &asked.item->targets}) {
        QString list;
        for (const Choice &choice : *choices) {
            list += choice.text + QLatin1Char('\n');
        }
        const QString ofParty = sanctionIn(list, party);
        QString ofState = sanctionIn(list, state);
        if (ofState.isEmpty()) { // 开除 by itself is the state's
            static const QRegularExpression dismissal(
                QStringLiteral("(?:^|[给处予、，])开除(?!党籍)"), QRegularExpression::MultilineOption);
            const auto found = dismissal.match(list);
            ofState = found.hasMatch() ? QStringLiteral("开除") : QString();
        }
        if (!ofParty.isEmpty() && !ofState.isEmpty()) {
            findings.add(
                "sanctions-mixed", question, asked.place + ofParty + QStringLiteral(" / ") + ofState);
        }
    }
}

void shuffled(const QuestionVersion &question, const AskedItem &asked, Findings &findings)
{
    static const QRegularExpression all(
        QStringLiteral("(?:以上|上述|前述|前面)(?:各项|选项|几项|[二两三四]项|说法|做法)?(?:都|均|全|皆)|(?:"
                       "以上|上述)(?:选项|各项)|(?:都|均)(?:正确|不正确|对|不对)$"));
    static const QRegularExpression letters(QStringLiteral(
        "(?<![A-Za-z])[A-F](?:[、和与及,，]\\s*[A-F])+(?![A-Za-z])|选项\\s*[A-Fa-f](?![A-Za-z])"));
    for (const Choice &choice : asked.item->choices) {
        if (asked.item->type == QuestionType::TrueFalse) {
            break;
        }
        const auto match = all.match(choice.text);
        if (match.hasMatch()) {
            findings.add("all-of-the-above", question, asked.place + choice.text);
        } else if (letters.match(choice.text).hasMatch()) {
            findings.add("letters-named", question, asked.place + choice.text);
        }
    }
}

void lettersNamed(const QuestionVersion &question, Findings &findings)
{
    static const QRegularExpression pattern(
        QStringLiteral("(?:选项|答案|应选|故选|选择?)\\s*(?:是|为|：|:)?\\s*[A-F]{1,6}(?![A-Za-z])|(?<![A-Za-"
                       "z])[A-F]{1,4}\\s*(?:项|选项)"));
    const auto match = pattern.match(question.stem + QLatin1Char('\n') + explanationText(question));
    if (match.hasMatch()) {
        findings.add("letters-named", question, match.captured());
    }
}

void quotationsAndNames(const QuestionVersion &question, const QString &all, Findings &findings)
{
    // A longer text in quotation marks looks like the wording of a law, which the bank does not have.
    static const QRegularExpression quoted(QStringLiteral("[“「]([^”」]{16,})[”」]"));
    const auto quote = quoted.match(all);
    if (quote.hasMatch()) {
        findings.add("quoted-text", question, quote.captured());
    }
    static const QRegularExpression unit(QStringLiteral(
        "([\\x{4e00}-\\x{9fa5}]{2,3}[省市县区州旗])(?:国家)?(?:税务局|税务所|纪委|监委|人民政府|财政局)"));
    static const QRegularExpression nobody(
        QStringLiteral("[某本该全各上下市省县区外兄邻这那原到向由归在同我他其新老另一两甲乙丙丁贵和与及对于往"
                       "从给请因经地][省市县区州旗]?[省市县区州旗]$"));
    for (auto it = unit.globalMatch(all); it.hasNext();) {
        const auto match = it.next();
        if (!nobody.match(match.captured(1)).hasMatch()) {
            findings.add("unit-named", question, match.captured());
            break;
        }
    }
    static const QRegularExpression person(
        QStringLiteral("(?<![\\x{4e00}-\\x{9fa5}])["
                       "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕]"
                       "(?![某局处科股所组队姓工师])[\\x{4e00}-\\x{9fa5}]{1,2}(?:同志|案|(?:副?(?:局长|处长|"
                       "科长|股长|所长|主任|书记)))"));
    static const QRegularExpression role(QStringLiteral("副|某"));
    for (auto it = person.globalMatch(all); it.hasNext();) {
        const auto match = it.next();
        const QString name = match.captured();
        if (!role.match(name.left(3)).hasMatch()) {
            findings.add("person-named", question, name);
            break;
        }
    }
}

} // namespace

void wording(const QuestionVersion &question, Findings &findings)
{
    const QString all = askedText(question) + QLatin1Char('\n') + explanationText(question);
    bannedWords(question, all, findings);
    quotationsAndNames(question, all, findings);
    lettersNamed(question, findings);
    for (const AskedItem &asked : askedItems(question)) {
        sanctions(question, asked, findings);
        shuffled(question, asked, findings);
    }
}

void giveaways(const QuestionVersion &question, Findings &findings)
{
    static const QStringList absolute{QStringLiteral("一律"), QStringLiteral("一概"),
        QStringLiteral("任何情况下"), QStringLiteral("任何情况都"), QStringLiteral("绝对"),
        QStringLiteral("绝不"), QStringLiteral("永远"), QStringLiteral("无论如何"), QStringLiteral("从不"),
        QStringLiteral("百分之百"), QStringLiteral("毫无例外")};
    for (const AskedItem &asked : askedItems(question)) {
        const QuestionItem &item = *asked.item;
        if (item.type != QuestionType::Single && item.type != QuestionType::Multiple) {
            continue;
        }
        const QString right = choiceTexts(item, true).join(QLatin1Char('\n'));
        const QString wrong = choiceTexts(item, false).join(QLatin1Char('\n'));
        const bool inRight = std::any_of(absolute.cbegin(), absolute.cend(),
            [&right](const QString &word) { return right.contains(word); });
        for (const QString &word : absolute) {
            if (!inRight && wrong.contains(word)) {
                findings.add("absolute-word-in-wrong", question, asked.place + word);
                break;
            }
        }
        if (item.type != QuestionType::Single || item.choices.size() < 3 || item.answer.size() != 1) {
            continue;
        }
        qsizetype second = 0;
        for (const Choice &choice : item.choices) {
            second = choice.id == item.answer.first() ? second : std::max(second, choice.text.size());
        }
        const Choice *key = item.choice(item.answer.first());
        if (key && key->text.size() * 4 > second * 5 && key->text.size() >= second + 3) {
            findings.add("key-much-longer", question,
                asked.place + QStringLiteral("%1 > %2: %3").arg(key->text.size()).arg(second).arg(key->text));
        }
    }
}

} // namespace qingfeng::rules
