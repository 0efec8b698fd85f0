#include "quiz/archive/summary.h"

#include "quiz/obligation/work_calendar.h"

#include <algorithm>

#include <QHash>
#include <QMap>
#include <QSet>

namespace qingfeng {

QDate dateOfStudyDay(int studyDay)
{
    return QDate(1970, 1, 1).addDays(studyDay);
}

ArchiveSummary summarise(const QList<Attempt> &attempts, const QuestionBank &bank, const QStringList &posts,
    const WorkCalendar &calendar, QDate today)
{
    constexpr qsizetype recentLimit = 50;
    ArchiveSummary summary;

    // Risk points that concern the person and that the bank asks about.
    QHash<QString, RiskPointSummary> byRiskPoint;
    QHash<QString, QSet<QString>> questionsOf;
    for (const QuestionVersion &question : bank.questions()) {
        for (const QString &id : question.riskPoints) {
            questionsOf[id].insert(question.id);
        }
    }
    for (const RiskPoint &point : bank.riskPoints()) {
        const int questions = int(questionsOf.value(point.id).size());
        if (questions > 0 && (posts.contains(point.post) || point.post == commonPost())) {
            byRiskPoint.insert(point.id, {point.id, point.name, point.post, point.grade, questions, 0, 0, 0, 0});
        }
    }

    QMap<QDate, DaySummary> byDay;
    QHash<QString, QSet<QString>> seenOf;
    for (const Attempt &attempt : attempts) {
        if (attempt.outcome == Outcome::Invalid) {
            ++summary.invalid;
            continue;
        }
        const bool right = attempt.outcome == Outcome::Right;
        ++summary.answered;
        summary.right += right;
        const QDate date = dateOfStudyDay(attempt.studyDay);
        DaySummary &day = byDay[date];
        day.day = date;
        ++day.answered;
        day.right += right;
        const QuestionVersion *question = bank.question(attempt.question, attempt.version);
        if (!question) {
            question = bank.latest(attempt.question);
        }
        if (!question) {
            continue;
        }
        for (const QString &id : question->riskPoints) {
            const auto it = byRiskPoint.find(id);
            if (it != byRiskPoint.end()) {
                ++it->answered;
                it->right += right;
                it->lastStudyDay = std::max(it->lastStudyDay, attempt.studyDay);
                seenOf[id].insert(attempt.question);
            }
        }
    }

    summary.days = byDay.values();
    summary.studyDays = int(summary.days.size());
    QSet<QDate> studied;
    for (const DaySummary &day : std::as_const(summary.days)) {
        studied.insert(day.day);
    }
    summary.streakDays = calendar.streak(studied, today);
    summary.answeredToday = byDay.value(today).answered;
    summary.rightToday = byDay.value(today).right;

    for (RiskPointSummary &point : byRiskPoint) {
        point.seen = int(seenOf.value(point.riskPoint).size());
        summary.coveredRiskPoints += point.answered > 0;
        summary.riskPoints.append(point);
    }
    summary.totalRiskPoints = int(summary.riskPoints.size());
    const auto rank = [&posts](const RiskPointSummary &point) {
        const qsizetype own = posts.indexOf(point.post);
        return own < 0 ? posts.size() : own;
    };
    std::sort(summary.riskPoints.begin(), summary.riskPoints.end(),
        [&rank](const RiskPointSummary &a, const RiskPointSummary &b) {
            if (rank(a) != rank(b)) {
                return rank(a) < rank(b);
            }
            return a.grade != b.grade ? a.grade < b.grade : a.riskPoint < b.riskPoint;
        });

    summary.recent = attempts;
    std::sort(summary.recent.begin(), summary.recent.end(),
        [](const Attempt &a, const Attempt &b) { return a.answeredAtMs > b.answeredAtMs; });
    if (summary.recent.size() > recentLimit) {
        summary.recent.resize(recentLimit);
    }
    return summary;
}

} // namespace qingfeng
