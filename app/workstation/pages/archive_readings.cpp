#include "app/workstation/pages/archive_readings.h"

#include "app/widgets/words.h"

#include <algorithm>
#include <numeric>

namespace qingfeng {
namespace {

constexpr int enoughAnswers = 1; // one wrong answer deserves another look
constexpr double weakBelow = 0.6;
constexpr double noticeableChange = 0.05;

class Readings
{
    Q_DECLARE_TR_FUNCTIONS(qingfeng::Readings)
};

QDate mondayOf(QDate day)
{
    return day.addDays(1 - day.dayOfWeek());
}

} // namespace

bool isWeak(const RiskPointSummary &point)
{
    return point.answered >= enoughAnswers && point.rightRate() < weakBelow;
}

QString archiveHeadline(const ArchiveSummary &archive)
{
    const int open = archive.totalRiskPoints - archive.coveredRiskPoints;
    const auto weak = std::count_if(archive.riskPoints.cbegin(), archive.riskPoints.cend(), isWeak);
    if (open > 0 && weak > 0) {
        //: %1: "n risk points …", completed below.
        return Readings::tr("%1, %2.").arg(Readings::tr("%n risk point(s) not asked yet", nullptr, open),
            Readings::tr("%n deserve(s) another look", nullptr, int(weak)));
    }
    if (open > 0) {
        return Readings::tr(
            "%n risk point(s) not asked yet; what was asked is in good order.", nullptr, open);
    }
    if (weak > 0) {
        return Readings::tr("Every risk point was asked; %n deserve(s) another look.", nullptr, int(weak));
    }
    return Readings::tr("Every risk point was asked, and none is weak.");
}

QList<Bar> archiveBars(const ArchiveSummary &archive)
{
    QList<Bar> bars;
    for (const RiskPointSummary &point : archive.riskPoints) {
        bars.append(
            {point.riskPoint, point.name, point.grade, point.rightRate(), point.answered, isWeak(point)});
    }
    const auto rank = [](const Bar &bar) { return bar.weak ? 0 : bar.count > 0 ? 1 : 2; };
    std::stable_sort(bars.begin(), bars.end(), [&rank](const Bar &a, const Bar &b) {
        if (rank(a) != rank(b)) {
            return rank(a) < rank(b);
        }
        return a.weak && a.share < b.share;
    });
    return bars;
}

QString barsReading(const ArchiveSummary &archive)
{
    const QList<Bar> bars = archiveBars(archive);
    if (bars.isEmpty() || bars.first().count == 0) {
        return Readings::tr("Nothing was asked yet.");
    }
    if (!bars.first().weak) {
        return Readings::tr("No risk point is weak.");
    }
    //: %1 name of a risk point, %2 a percentage.
    return Readings::tr("The weakest is '%1': %2 right of %n answer(s).", nullptr, bars.first().count)
        .arg(bars.first().name, Words::percent(bars.first().share));
}

QList<LinePoint> weeklyRates(const ArchiveSummary &archive, QDate today, int weeks)
{
    QHash<QDate, std::pair<int, int>> byWeek; // right, answered
    for (const DaySummary &day : archive.days) {
        auto &[right, answered] = byWeek[mondayOf(day.day)];
        right += day.right;
        answered += day.answered;
    }
    QList<LinePoint> points;
    for (int back = weeks - 1; back >= 0; --back) {
        const QDate monday = mondayOf(today).addDays(-7 * back);
        const auto [right, answered] = byWeek.value(monday);
        LinePoint point{monday.toString(QStringLiteral("MM-dd")), std::nullopt};
        if (answered > 0) {
            point.share = double(right) / answered;
        }
        points.append(point);
    }
    return points;
}

QString weeksReading(const QList<LinePoint> &weeks)
{
    QList<double> known;
    for (const LinePoint &week : weeks) {
        if (week.share) {
            known.append(*week.share);
        }
    }
    if (known.isEmpty()) {
        return Readings::tr("Nothing was answered in this time.");
    }
    if (known.size() == 1) {
        return Readings::tr("%1 right in the one week with answers.").arg(Words::percent(known.first()));
    }
    // Halves, for a single week says little.
    const auto middle = known.cbegin() + known.size() / 2;
    const double before = std::accumulate(known.cbegin(), middle, 0.0) / double(middle - known.cbegin());
    const double after = std::accumulate(middle, known.cend(), 0.0) / double(known.cend() - middle);
    if (after - before > noticeableChange) {
        return Readings::tr("Risen from about %1 to about %2 right.")
            .arg(Words::percent(before), Words::percent(after));
    }
    if (before - after > noticeableChange) {
        return Readings::tr("From about %1 to about %2 right; the newer questions are harder for you.")
            .arg(Words::percent(before), Words::percent(after));
    }
    return Readings::tr("Steady at about %1 right.").arg(Words::percent((before + after) / 2));
}

QHash<QDate, int> answersByDay(const ArchiveSummary &archive)
{
    QHash<QDate, int> answers;
    for (const DaySummary &day : archive.days) {
        answers.insert(day.day, day.answered);
    }
    return answers;
}

QString daysReading(const ArchiveSummary &archive, QDate today, int weeks)
{
    const QDate first = mondayOf(today).addDays(-7 * (weeks - 1));
    const auto days = std::count_if(archive.days.cbegin(), archive.days.cend(),
        [&](const DaySummary &day) { return day.day >= first && day.day <= today; });
    //: %1 number of weeks.
    return Readings::tr("In the last %1 weeks you learned on %n day(s).", nullptr, int(days)).arg(weeks);
}

} // namespace qingfeng
