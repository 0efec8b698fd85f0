#include "question_bank/check/rules.h"

#include "question_bank/model/names.h"

#include <algorithm>

#include <QSet>

namespace qingfeng::rules {
namespace {

constexpr qsizetype maxStem = 500;
constexpr qsizetype maxQuickStem = 80; ///< what can be read at the gate in half a minute
constexpr qsizetype maxChoice = 100;

void add(QList<Finding> &findings, Severity severity, const char *rule, const QuestionVersion &question,
    const QString &evidence)
{
    findings.append({severity, QString::fromLatin1(rule), question.id, evidence});
}

/** Names that an office no longer has, or rules that no longer exist. */
const QStringList &retiredWords()
{
    static const QStringList words {QStringLiteral("地税局"), QStringLiteral("国税局"),
        QStringLiteral("地方税务局"), QStringLiteral("监察部"), QStringLiteral("监察室"),
        QStringLiteral("增值税暂行条例"), QStringLiteral("预防职务犯罪工作站")};
    return words;
}

} // namespace

void references(const QuestionBank &bank, const QuestionVersion &question, QList<Finding> &findings)
{
    if (question.riskPoints.isEmpty()) {
        add(findings, Severity::Error, "no-risk-point", question, {});
    }
    for (const QString &id : question.riskPoints) {
        if (!bank.riskPoint(id)) {
            add(findings, Severity::Error, "unknown-risk-point", question, id);
        }
    }
    if (question.articles.isEmpty()) {
        add(findings, Severity::Error, "no-article", question, {});
    }
    bool stateLaw = false;
    for (const QString &id : question.articles) {
        const LegalArticle *article = bank.article(id);
        if (!article) {
            add(findings, Severity::Error, "unknown-article", question, id);
            continue;
        }
        stateLaw |= !article->partyOnly;
        if (!article->citable) {
            add(findings, Severity::Error, "article-not-citable", question, bank.citation(id));
        }
        const Law *law = bank.law(article->law);
        if (law && law->effectiveUntil.isValid()
            && (!question.validUntil.isValid() || law->effectiveUntil < question.validUntil)) {
            add(findings, Severity::Error, "article-repealed", question, bank.citation(id));
        }
    }
    if (!stateLaw && question.audience != Audience::Party && !question.articles.isEmpty()) {
        add(findings, Severity::Error, "party-rules-alone", question, nameOf(question.audience));
    }
}

void answerForm(const QuestionVersion &question, QList<Finding> &findings)
{
    QSet<QString> ids;
    for (const Choice &choice : question.choices) {
        if (ids.contains(choice.id)) {
            add(findings, Severity::Error, "choice-id-twice", question, choice.id);
        }
        ids.insert(choice.id);
    }
    for (const QString &id : question.answer) {
        if (!ids.contains(id)) {
            add(findings, Severity::Error, "answer-not-a-choice", question, id);
        }
    }
    const qsizetype right = question.answer.size();
    const qsizetype count = question.choices.size();
    bool fits = false;
    switch (question.type) {
    case QuestionType::Single:
        fits = right == 1 && count >= 2 && count <= 10;
        break;
    case QuestionType::Multiple:
        fits = right >= 2 && count >= 3 && count <= 10;
        break;
    case QuestionType::TrueFalse:
        fits = right == 1 && ids == QSet<QString> {QStringLiteral("true"), QStringLiteral("false")};
        break;
    default:
        break;
    }
    if (!fits) {
        add(findings, Severity::Error, "answer-form", question,
            QStringLiteral("%1: %2 right of %3 choices").arg(nameOf(question.type)).arg(right).arg(count));
    }
}

void texts(const QuestionVersion &question, QList<Finding> &findings)
{
    const Explanation &explanation = question.explanation;
    if (question.stem.size() > maxStem) {
        add(findings, Severity::Error, "stem-too-long", question, QString::number(question.stem.size()));
    } else if (question.stem.size() > maxQuickStem) {
        add(findings, Severity::Warning, "stem-long-for-the-gate", question, QString::number(question.stem.size()));
    }
    QSet<QString> seen;
    for (const Choice &choice : question.choices) {
        if (choice.text.size() > maxChoice) {
            add(findings, Severity::Error, "choice-too-long", question, choice.id);
        }
        if (seen.contains(choice.text)) {
            add(findings, Severity::Error, "choice-text-twice", question, choice.text);
        }
        seen.insert(choice.text);
    }
    if (explanation.act.isEmpty() || explanation.why.isEmpty() || explanation.consequence.isEmpty()
        || explanation.instead.isEmpty()) {
        add(findings, Severity::Error, "explanation-incomplete", question, {});
    }
    const QString all = question.stem + explanation.act + explanation.why + explanation.consequence
        + explanation.instead;
    if (!question.keyword.isEmpty() && !all.contains(question.keyword)) {
        add(findings, Severity::Warning, "keyword-missing", question, question.keyword);
    }
}

void wording(const QuestionVersion &question, QList<Finding> &findings)
{
    QString choices;
    for (const Choice &choice : question.choices) {
        choices += choice.text + QLatin1Char('\n');
        if (choice.text.contains(QStringLiteral("以上都"))) {
            add(findings, Severity::Error, "all-of-the-above", question, choice.text);
        }
    }
    const QString all = question.stem + choices + question.explanation.act + question.explanation.why
        + question.explanation.consequence + question.explanation.instead;
    for (const QString &word : retiredWords()) {
        if (all.contains(word)) {
            add(findings, Severity::Error, "retired-word", question, word);
        }
    }
    const auto names = [&choices](const QStringList &sanctions) {
        return std::any_of(sanctions.cbegin(), sanctions.cend(),
            [&choices](const QString &sanction) { return choices.contains(sanction); });
    };
    if (names({QStringLiteral("撤销党内职务"), QStringLiteral("留党察看"), QStringLiteral("开除党籍")})
        && names({QStringLiteral("记过"), QStringLiteral("记大过"), QStringLiteral("降级"),
            QStringLiteral("开除公职")})) {
        add(findings, Severity::Error, "sanctions-mixed", question, {});
    }
}

void review(const QuestionVersion &question, QList<Finding> &findings)
{
    if (question.author.isEmpty()) {
        add(findings, Severity::Error, "no-author", question, {});
    }
    const bool approved = question.state == ReviewState::Approved || question.state == ReviewState::Published;
    if (approved && (question.reviewer.isEmpty() || question.reviewer == question.author)) {
        add(findings, Severity::Error, "not-reviewed-by-another", question, question.reviewer);
    }
    if (!question.validFrom.isValid()) {
        add(findings, Severity::Error, "no-validity-window", question, {});
    }
}

} // namespace qingfeng::rules
