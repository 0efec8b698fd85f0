#include "question_bank/check/rules.h"

#include "question_bank/model/names.h"

#include <algorithm>

#include <QSet>

namespace qingfeng::rules {
namespace {

constexpr qsizetype maxStem = 500;
constexpr qsizetype maxQuickStem = 80; ///< what can be read at the gate in half a minute
constexpr qsizetype maxChoice = 100;
constexpr qsizetype maxQuickChoice = 40;
constexpr qsizetype maxChoices = 10;

void addChoiceIds(const QuestionVersion &question, const QString &place, const QList<Choice> &choices,
    QSet<QString> &ids, Findings &findings)
{
    for (const Choice &choice : choices) {
        if (ids.contains(choice.id)) {
            findings.add("choice-id-twice", question, place + choice.id);
        }
        ids.insert(choice.id);
        if (choice.text.trimmed().isEmpty() && choice.picture->media.isEmpty()) {
            findings.add("choice-empty", question, place + choice.id);
        }
    }
}

bool matchFits(const QuestionItem &item, const QSet<QString> &left, const QSet<QString> &right)
{
    QSet<QString> paired;
    for (auto it = item.pairs.cbegin(); it != item.pairs.cend(); ++it) {
        if (!left.contains(it.key()) || !right.contains(it.value())) {
            return false;
        }
        paired.insert(it.key());
    }
    return left.size() >= 2 && right.size() >= 2 && paired == left;
}

void itemForm(const QuestionVersion &question, const AskedItem &asked, Findings &findings)
{
    const QuestionItem &item = *asked.item;
    const QString &place = asked.place;
    QSet<QString> ids;
    addChoiceIds(question, place, item.choices, ids, findings);
    for (const QString &id : item.answer) {
        if (!ids.contains(id)) {
            findings.add("answer-not-a-choice", question, place + id);
        }
    }
    const qsizetype right = QSet<QString>(item.answer.cbegin(), item.answer.cend()).size();
    const qsizetype count = item.choices.size();
    const QString shape = place
        + QStringLiteral("%1: %2 right of %3 choices")
              .arg(nameOf(item.type))
              .arg(item.answer.size())
              .arg(count);
    bool fits = right == item.answer.size() && item.blanks.isEmpty() && item.targets.isEmpty()
        && item.pairs.isEmpty();
    switch (item.type) {
    case QuestionType::Single:
        fits &= right == 1 && count >= 2 && count <= maxChoices;
        break;
    case QuestionType::Multiple:
        fits &= right >= 2 && count >= 3 && count <= maxChoices;
        break;
    case QuestionType::TrueFalse:
        fits &= right == 1 && ids == QSet<QString>{QStringLiteral("true"), QStringLiteral("false")};
        break;
    case QuestionType::FillIn: {
        fits = item.answer.isEmpty() && item.choices.isEmpty();
        const bool accepts = std::all_of(item.blanks.cbegin(), item.blanks.cend(), [](const Blank &blank) {
            return !blank.accepted.isEmpty() && !blank.accepted.contains(QString());
        });
        const qsizetype shown = item.stem.count(QLatin1String("____"));
        if (item.blanks.isEmpty() || !accepts || shown != item.blanks.size()) {
            findings.add("blanks-and-stem", question,
                place + QStringLiteral("%1 blanks, %2 in the stem").arg(item.blanks.size()).arg(shown));
        }
        break;
    }
    case QuestionType::Match: {
        fits = item.answer.isEmpty() && count <= maxChoices && item.targets.size() <= maxChoices;
        QSet<QString> targets;
        addChoiceIds(question, place, item.targets, targets, findings);
        if (!matchFits(item, ids, targets)) {
            findings.add("pairs-form", question,
                place
                    + QStringLiteral("%1 pairs for %2 choices and %3 targets")
                          .arg(item.pairs.size())
                          .arg(count)
                          .arg(item.targets.size()));
        }
        break;
    }
    case QuestionType::Order:
        fits = count <= maxChoices;
        if (count < 2 || right != count || item.answer.size() != count) {
            findings.add("order-form", question, shape);
        }
        break;
    case QuestionType::Case:
        fits = false; // a case within a case
        break;
    }
    if (!fits) {
        findings.add("answer-form", question, shape);
    }
}

bool containsAny(const QString &text, const QStringList &words)
{
    return std::any_of(
        words.cbegin(), words.cend(), [&text](const QString &word) { return text.contains(word); });
}

} // namespace

void references(const QuestionBank &bank, const QuestionVersion &question, Findings &findings)
{
    if (question.riskPoints.isEmpty()) {
        findings.add("no-risk-point", question, {});
    }
    if (question.riskPoints.size() > 1 && question.type != QuestionType::Case) {
        findings.add("several-risk-points", question, question.riskPoints.join(QLatin1Char(' ')));
    }
    for (const QString &id : question.riskPoints) {
        if (!bank.riskPoint(id)) {
            findings.add("unknown-risk-point", question, id);
        }
    }
    if (question.articles.isEmpty()) {
        findings.add("no-article", question, {});
    }
    bool stateLaw = false;
    for (const QString &id : question.articles) {
        const LegalArticle *article = bank.article(id);
        if (!article) {
            findings.add("unknown-article", question, id);
            continue;
        }
        stateLaw |= !article->partyOnly;
        if (!article->citable) {
            findings.add("article-not-citable", question, bank.citation(id));
        }
    }
    if (!stateLaw && question.audience != Audience::Party && !question.articles.isEmpty()) {
        findings.add("party-rules-alone", question, nameOf(question.audience));
    }
}

void windows(const QuestionBank &bank, const QuestionVersion &question, Findings &findings)
{
    if (question.state == ReviewState::Recheck) {
        findings.add("waits-for-recheck", question, question.stateReason);
        return;
    }
    if (!question.validFrom.isValid()) {
        findings.add("no-validity-window", question, {});
        return;
    }
    if (question.validUntil.isValid() && question.validUntil < question.validFrom) {
        findings.add("validity-reversed", question,
            question.validFrom.toString(Qt::ISODate) + QStringLiteral(" – ")
                + question.validUntil.toString(Qt::ISODate));
    }
    for (const QString &id : question.articles) {
        const LegalArticle *article = bank.article(id);
        if (!article) {
            continue;
        }
        const Law *law = bank.law(article->law);
        if (law && law->effectiveFrom.isValid() && question.validFrom < law->effectiveFrom) {
            findings.add("valid-before-law", question,
                QStringLiteral("%1: %2").arg(bank.citation(id), law->effectiveFrom.toString(Qt::ISODate)));
        }
        for (const QDate end : {law ? law->effectiveUntil : QDate(), article->effectiveUntil}) {
            if (end.isValid() && (!question.validUntil.isValid() || end < question.validUntil)) {
                findings.add("article-repealed", question,
                    QStringLiteral("%1: %2").arg(bank.citation(id), end.toString(Qt::ISODate)));
                break;
            }
        }
        const bool confirmed
            = std::any_of(bank.lawChanges().cbegin(), bank.lawChanges().cend(), [&](const LawChange &change) {
                  return change.article == id && change.confirmed.contains({question.id, question.version});
              });
        if (article->effectiveFrom.isValid() && question.reviewedOn.isValid()
            && question.reviewedOn < article->effectiveFrom && !confirmed) {
            findings.add("article-amended-since-review", question,
                QStringLiteral("%1: %2").arg(
                    bank.citation(id), article->effectiveFrom.toString(Qt::ISODate)));
        }
    }
}

void form(const QuestionVersion &question, Findings &findings)
{
    for (const AskedItem &asked : askedItems(question)) {
        itemForm(question, asked, findings);
    }
    if (question.type != QuestionType::Case) {
        if (!question.parts.isEmpty()) {
            findings.add("case-form", question, QStringLiteral("only a case has parts"));
        }
        return;
    }
    QSet<QString> ids;
    for (const QuestionPart &part : question.parts) {
        if (ids.contains(part.id)) {
            findings.add("case-form", question, part.id);
        }
        ids.insert(part.id);
    }
    if (question.parts.isEmpty() || !question.answer.isEmpty() || !question.choices.isEmpty()) {
        findings.add("case-form", question, QStringLiteral("%1 parts").arg(question.parts.size()));
    } else if (question.parts.size() < 3 || question.parts.size() > 5) {
        findings.add("case-size", question, QString::number(question.parts.size()));
    }
}

void texts(const QuestionBank &bank, const QuestionVersion &question, Findings &findings)
{
    const bool isCase = question.type == QuestionType::Case;
    if (question.stem.size() > maxStem) {
        findings.add("stem-too-long", question, QString::number(question.stem.size()));
    } else if (question.stem.size() > maxQuickStem && !isCase) {
        findings.add("stem-long-for-the-gate", question, QString::number(question.stem.size()));
    }
    for (const AskedItem &asked : askedItems(question)) {
        for (const QList<Choice> *list : {&asked.item->choices, &asked.item->targets}) {
            QSet<QString> seen;
            for (const Choice &choice : *list) {
                if (choice.text.size() > maxChoice) {
                    findings.add("choice-too-long", question, asked.place + choice.id);
                } else if (choice.text.size() > maxQuickChoice) {
                    findings.add("choice-long-for-the-gate", question, asked.place + choice.id);
                }
                if (!choice.text.isEmpty() && seen.contains(choice.text)) {
                    findings.add("choice-text-twice", question, asked.place + choice.text);
                }
                seen.insert(choice.text);
            }
        }
    }
    const Explanation &explanation = question.explanation;
    if (explanation.act().isEmpty() || explanation.why().isEmpty() || explanation.consequence().isEmpty()
        || explanation.instead().isEmpty()) {
        findings.add("explanation-incomplete", question, {});
    }
    const QString all = askedText(question) + QLatin1Char('\n') + explanationText(question);
    if (!question.keyword.isEmpty() && !all.contains(question.keyword)) {
        findings.add("keyword-missing", question, question.keyword);
    }
    for (const QString &id : question.articles) {
        const LegalArticle *article = bank.article(id);
        if (article && !article->keywords.isEmpty() && !containsAny(all, article->keywords)
            && !containsAny(all, article->topics)) {
            findings.add("article-keyword-missing", question,
                QStringLiteral("%1: %2").arg(
                    bank.citation(id), article->keywords.join(QStringLiteral("、"))));
        }
    }
}

void review(const QuestionVersion &question, Findings &findings)
{
    if (question.author.trimmed().isEmpty()) {
        findings.add("no-author", question, {});
    }
    const bool approved = question.state == ReviewState::Approved || question.state == ReviewState::Published
        || question.state == ReviewState::Recheck;
    if (approved
        && (question.reviewer.trimmed().isEmpty()
            || question.reviewer.trimmed() == question.author.trimmed())) {
        findings.add("not-reviewed-by-another", question, question.reviewer);
    }
}

void pictures(const QuestionBank &bank, const QuestionVersion &question, Findings &findings)
{
    const auto look = [&](const Picture &picture, const QString &place) {
        if (picture.media.isEmpty()) {
            return;
        }
        if (!bank.media().contains(picture.media)) {
            findings.add("picture-missing", question, place + picture.media);
        }
        if (picture.alt.trimmed().isEmpty()) {
            findings.add("picture-without-alt", question, place + picture.media);
        }
    };
    look(question.picture, {});
    for (const AskedItem &asked : askedItems(question)) {
        if (asked.item != &question) {
            look(asked.item->picture, asked.place);
        }
        for (const QList<Choice> *list : {&asked.item->choices, &asked.item->targets}) {
            for (const Choice &choice : *list) {
                look(choice.picture, asked.place);
            }
        }
    }
}

} // namespace qingfeng::rules
