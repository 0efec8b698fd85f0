#include "question_bank/check/check.h"

#include "question_bank/check/rules.h"

#include <algorithm>

#include <QHash>
#include <QSet>

namespace qingfeng {
namespace {

void checkOne(const QuestionBank &bank, const QuestionVersion &question, rules::Findings &findings)
{
    rules::references(bank, question, findings);
    rules::windows(bank, question, findings);
    rules::form(question, findings);
    rules::texts(bank, question, findings);
    rules::wording(question, findings);
    rules::giveaways(question, findings);
    rules::citations(bank, question, findings);
    rules::numbers(bank, question, findings);
    rules::keyAndExplanation(question, findings);
    rules::review(question, findings);
    rules::pictures(bank, question, findings);
}

/** Separates the warnings that have a written reason, and finds reasons that are for nothing. */
CheckReport separateAccepted(const QuestionBank &bank, QList<Finding> findings)
{
    CheckReport report;
    QHash<QPair<QString, QString>, QString> reasons;
    for (const Acceptance &acceptance : bank.acceptances()) {
        reasons.insert({acceptance.rule, acceptance.object}, acceptance.reason);
    }
    QSet<QPair<QString, QString>> used;
    for (Finding &finding : findings) {
        QPair<QString, QString> name(finding.rule, finding.object);
        if (!reasons.contains(name)) {
            name.second = QStringLiteral("*");
        }
        if (finding.severity == Severity::Warning && reasons.contains(name)) {
            used.insert(name);
            report.accepted.append({std::move(finding), reasons.value(name)});
        } else {
            report.findings.append(std::move(finding));
        }
    }
    rules::Findings idle;
    for (const Acceptance &acceptance : bank.acceptances()) {
        if (!used.contains({acceptance.rule, acceptance.object})) {
            idle.add("acceptance-for-nothing", acceptance.object, acceptance.rule);
        }
    }
    report.findings += idle.take();
    return report;
}

} // namespace

QString nameOf(Severity severity)
{
    return severity == Severity::Error ? QStringLiteral("error") : QStringLiteral("warning");
}

qsizetype CheckReport::errors() const
{
    return std::count_if(findings.cbegin(), findings.cend(),
        [](const Finding &finding) { return finding.severity == Severity::Error; });
}

CheckReport reportOn(const QuestionBank &bank)
{
    QList<const QuestionVersion *> questions;
    for (const QuestionVersion &question : bank.questions()) {
        if (bank.isLatest(question) && question.state != ReviewState::Withdrawn) {
            questions.append(&question);
        }
    }
    rules::Findings findings;
    for (const QuestionVersion *question : std::as_const(questions)) {
        checkOne(bank, *question, findings);
    }
    rules::balance(questions, findings);
    rules::coverage(bank, questions, findings);
    rules::duplicates(questions, findings);
    rules::themes(bank, findings);
    rules::unusedPictures(bank, findings);
    CheckReport report = separateAccepted(bank, findings.take());
    std::stable_sort(report.findings.begin(), report.findings.end(),
        [](const Finding &a, const Finding &b) { return a.severity < b.severity; });
    return report;
}

QList<Finding> checkBank(const QuestionBank &bank)
{
    return reportOn(bank).findings;
}

QList<Finding> checkQuestion(const QuestionBank &bank, const QuestionVersion &question)
{
    rules::Findings findings;
    checkOne(bank, question, findings);
    return findings.take();
}

bool isPublishable(const QList<Finding> &findings)
{
    return std::none_of(findings.cbegin(), findings.cend(),
        [](const Finding &finding) { return finding.severity == Severity::Error; });
}

namespace rules {

void Findings::add(const char *rule, const QString &object, const QString &evidence)
{
    const QString name = QString::fromLatin1(rule);
    const Rule *found = ruleNamed(name);
    Q_ASSERT(found);
    m_findings.append({found ? found->severity : Severity::Error, name, object, evidence});
}

QVarLengthArray<AskedItem, 6> askedItems(const QuestionVersion &question)
{
    QVarLengthArray<AskedItem, 6> items;
    if (question.type != QuestionType::Case) {
        items.append({&question, {}});
    }
    for (const QuestionPart &part : question.parts) {
        items.append({&part, part.id + QStringLiteral(": ")});
    }
    return items;
}

QStringList choiceTexts(const QuestionItem &item, bool right)
{
    QStringList texts;
    for (const Choice &choice : item.choices) {
        if (item.answer.contains(choice.id) == right) {
            texts.append(choice.text);
        }
    }
    return texts;
}

QString explanationText(const QuestionVersion &question)
{
    const Explanation &explanation = question.explanation;
    return QStringList {explanation.act(), explanation.why(), explanation.consequence(), explanation.instead()}.join(
        QLatin1Char('\n'));
}

QString askedText(const QuestionVersion &question)
{
    QString text = question.stem;
    const auto append = [&text](const QString &more) { text += QLatin1Char('\n') + more; };
    for (const AskedItem &asked : askedItems(question)) {
        if (asked.item != &question) {
            append(asked.item->stem);
        }
        for (const Choice &choice : asked.item->choices) {
            append(choice.text);
        }
        for (const Choice &target : asked.item->targets) {
            append(target.text);
        }
        for (const Blank &blank : asked.item->blanks) {
            append(blank.accepted.join(QLatin1Char('\n')));
        }
    }
    return text;
}

} // namespace rules

} // namespace qingfeng
