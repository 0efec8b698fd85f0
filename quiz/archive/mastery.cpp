#include "quiz/archive/mastery.h"

#include <algorithm>
#include <cmath>

namespace qingfeng {
namespace {

constexpr double carelessBelow = 0.90;
constexpr int daysApart = 7;

} // namespace

double honesty(const QList<LearnerState::Credit> &recent)
{
    double earned = 2.0;
    double expected = 4.0;
    for (const LearnerState::Credit &credit : recent) {
        earned += credit.earned;
        expected += credit.expected;
    }
    return std::clamp(earned / expected, 0.0, 1.0);
}

int requiredQuestions(qsizetype riskPoints)
{
    return riskPoints > 0 ? int(std::clamp(std::round(160.0 / double(riskPoints)), 1.0, 4.0)) : 4;
}

MasteryLevel masteryLevel(double mastery, int valid, int daysBetweenRight)
{
    if (valid < 2) {
        return MasteryLevel::Untested;
    }
    if (mastery >= 0.85 && daysBetweenRight >= daysApart) {
        return MasteryLevel::Firm;
    }
    return mastery >= 0.70 ? MasteryLevel::Mastered : mastery >= 0.40 ? MasteryLevel::Basic : MasteryLevel::Weak;
}

double severityWeight(RiskGrade grade)
{
    return grade == RiskGrade::High ? 4.0 : grade == RiskGrade::Medium ? 2.0 : 1.0;
}

QList<MasteryScope> masteryScope(const QuestionBank &bank, const QStringList &posts)
{
    QHash<QString, QList<MasteryScope::Item>> itemsOf;
    for (const QuestionVersion &question : bank.questions()) {
        if (bank.latest(question.id) != &question || question.state == ReviewState::Withdrawn) {
            continue;
        }
        for (const QString &id : question.riskPoints) {
            itemsOf[id].append({question.id, question.version});
        }
    }
    QList<MasteryScope> scope;
    for (const RiskPoint &point : bank.riskPoints()) {
        const auto items = itemsOf.constFind(point.id);
        if (items != itemsOf.constEnd() && (posts.contains(point.post) || point.post == commonPost())) {
            scope.append({point.id, point.grade, *items});
        }
    }
    return scope;
}

MasteryReport mastery(const LearnerRecord &record, const QList<MasteryScope> &scope, int studyDay, const Fsrs &fsrs)
{
    MasteryReport report;
    const LearnerState &person = record.person;
    report.honesty = honesty(person.recent);
    report.studyDays = person.studyDays;
    const int answers = person.valid + person.invalid;
    report.validRate = answers > 0 ? double(person.valid) / answers : 1.0;
    report.careless = report.validRate < carelessBelow;

    const int required = requiredQuestions(scope.size());
    double weighted = 0;
    double weights = 0;
    int covered = 0;
    for (const MasteryScope &point : scope) {
        RiskPointMastery result;
        result.riskPoint = point.riskPoint;
        result.grade = point.grade;
        result.questions = int(point.items.size());
        double recall = 0;
        int firstRight = 0;
        int lastRight = 0;
        for (const MasteryScope::Item &item : point.items) {
            const auto history = record.questions.constFind(item.question);
            if (history == record.questions.constEnd() || history->asked == 0) {
                continue;
            }
            result.valid += history->asked;
            if (history->version < item.version || history->memory.stability <= 0.0) {
                continue;
            }
            ++result.seen;
            recall += fsrs.retrievability(studyDay - history->lastStudyDay, history->memory.stability);
            if (history->firstRightDay != 0) {
                firstRight = firstRight == 0 ? history->firstRightDay : std::min(firstRight, history->firstRightDay);
                lastRight = std::max(lastRight, history->lastRightDay);
            }
        }
        result.recall = recall / std::max({result.seen, required, 1});
        result.mastery = report.honesty * result.recall;
        result.level = masteryLevel(result.mastery, result.valid, lastRight - firstRight);
        covered += result.valid > 0 ? 1 : 0;
        const double weight = severityWeight(point.grade);
        weighted += weight * result.recall;
        weights += weight;
        report.riskPoints.append(result);
    }
    report.coverage = scope.isEmpty() ? 0.0 : double(covered) / double(scope.size());
    report.score = weights > 0 ? 100.0 * report.honesty * weighted / weights : 0.0;
    return report;
}

} // namespace qingfeng
