#include "app/workstation/pages/archive_readings.h"

#include "app/widgets/words.h"

#include <algorithm>
#include <numeric>

namespace qingfeng {
namespace {

constexpr double weakBelow = 0.6; ///< share of right answers
constexpr double noticeableChange = 0.05;
constexpr double noticeableScore = 1.0;
constexpr int lookedBackDays = 28;

class Readings
{
    Q_DECLARE_TR_FUNCTIONS(qingfeng::Readings)
};

QDate mondayOf(QDate day)
{
    return day.addDays(1 - day.dayOfWeek());
}

QDate firstDayOf(QDate today, int weeks)
{
    return mondayOf(today).addDays(-7 * (weeks - 1));
}

const RiskPointMastery *masteryOf(const MasteryReport &report, const QString &riskPoint)
{
    const auto found = std::find_if(report.riskPoints.cbegin(), report.riskPoints.cend(),
        [&riskPoint](const RiskPointMastery &point) { return point.riskPoint == riskPoint; });
    return found == report.riskPoints.cend() ? nullptr : &*found;
}

/** The risk point whose level rose or fell most between two reports, the gravest of those; nullptr = none. */
const RiskPointMastery *mostMoved(const MasteryReport &before, const MasteryReport &now, MasteryLevel &from)
{
    const RiskPointMastery *best = nullptr;
    double largest = 0;
    for (const RiskPointMastery &point : now.riskPoints) {
        const RiskPointMastery *earlier = masteryOf(before, point.riskPoint);
        if (!earlier || earlier->level == MasteryLevel::Untested || point.level == MasteryLevel::Untested) {
            continue;
        }
        const double moved = std::abs(int(point.level) - int(earlier->level)) * severityWeight(point.grade);
        if (moved > largest) {
            largest = moved;
            best = &point;
            from = earlier->level;
        }
    }
    return best;
}

} // namespace

bool isWeak(const RiskPointSummary &point, const MasteryReport &report)
{
    const RiskPointMastery *mastery = masteryOf(report, point.riskPoint);
    return point.answered > 0
        && (point.rightRate() < weakBelow || (mastery && mastery->level == MasteryLevel::Weak));
}

QString archiveHeadline(const ArchiveSummary &archive, const MasteryReport &report)
{
    const int open = archive.totalRiskPoints - archive.coveredRiskPoints;
    const auto weak = std::count_if(archive.riskPoints.cbegin(), archive.riskPoints.cend(),
        [&report](const RiskPointSummary &point) { return isWeak(point, report); });
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

QList<Bar> weakBars(const ArchiveSummary &archive, const MasteryReport &report)
{
    QList<Bar> bars;
    for (const RiskPointSummary &point : archive.riskPoints) {
        if (isWeak(point, report)) {
            bars.append({point.riskPoint, point.name, point.grade, point.rightRate(), point.answered, true});
        }
    }
    std::stable_sort(bars.begin(), bars.end(),
        [](const Bar &a, const Bar &b) { return a.grade != b.grade ? a.grade < b.grade : a.share < b.share; });
    return bars;
}

QString weakReading(const QList<Bar> &bars)
{
    if (bars.isEmpty()) {
        return Readings::tr("No risk point is weak.");
    }
    //: %1 name of a risk point, %2 a percentage.
    return Readings::tr("First of all '%1': %2 right of %n answer(s).", nullptr, bars.first().count)
        .arg(bars.first().name, Words::percent(bars.first().share));
}

QList<LinePoint> scorePoints(const QList<MasteryOn> &history)
{
    QList<LinePoint> points;
    for (const MasteryOn &on : history) {
        points.append({dateOfStudyDay(on.studyDay).toString(QStringLiteral("MM-dd")), on.report.score / 100});
    }
    return points;
}

QString scoreReading(const QList<MasteryOn> &history, const QuestionBank &bank)
{
    if (history.size() < 2) {
        return Readings::tr("The line begins with the second week.");
    }
    const MasteryOn &now = history.last();
    // The newest point that lies four weeks back, or the first there is.
    const auto after = std::find_if(history.cbegin(), history.cend(),
        [&now](const MasteryOn &on) { return on.studyDay > now.studyDay - lookedBackDays; });
    const MasteryOn &before = after == history.cbegin() ? history.first() : *(after - 1);
    const int weeks = std::max(1, (now.studyDay - before.studyDay) / 7);
    MasteryLevel from = MasteryLevel::Untested;
    if (const RiskPointMastery *moved = mostMoved(before.report, now.report, from)) {
        const RiskPoint *point = bank.riskPoint(moved->riskPoint);
        //: %1 name of a risk point, %2 and %3 weak, basic …
        return Readings::tr("In the last %n week(s) '%1' went from %2 to %3.", nullptr, weeks)
            .arg(point ? point->name : moved->riskPoint, Words::of(from), Words::of(moved->level));
    }
    const double change = now.report.score - before.report.score;
    if (std::abs(change) < noticeableScore) {
        return Readings::tr("Steady at %1 for %n week(s).", nullptr, weeks).arg(qRound(now.report.score));
    }
    const QString line = change > 0 ? Readings::tr("Risen from %1 to %2 in %n week(s).", nullptr, weeks)
                                    : Readings::tr("From %1 to %2 in %n week(s): what is not repeated fades.",
                                          nullptr, weeks);
    return line.arg(qRound(before.report.score)).arg(qRound(now.report.score));
}

Numbers scoreNumbers(const QList<MasteryOn> &history)
{
    Numbers numbers{{Readings::tr("Date"), Readings::tr("Mastery score"), Readings::tr("Covered")}, {}};
    for (auto on = history.crbegin(); on != history.crend(); ++on) {
        numbers.rows.append({Words::date(dateOfStudyDay(on->studyDay)), QString::number(qRound(on->report.score)),
            Words::percent(on->report.coverage)});
    }
    return numbers;
}

QList<HeatRow> heatRows(const MasteryReport &report, const QuestionBank &bank, const QStringList &posts)
{
    QStringList order = posts;
    if (!order.contains(commonPost())) {
        order.append(commonPost());
    }
    QList<HeatRow> rows;
    for (const QString &code : std::as_const(order)) {
        HeatRow row;
        row.name = Words::post(bank, code);
        int tested = 0;
        for (const RiskPointMastery &point : report.riskPoints) {
            const RiskPoint *known = bank.riskPoint(point.riskPoint);
            if (known && known->post == code) {
                row.points.append({point.riskPoint, known->name, point.grade, point.level, point.mastery, point.valid});
                tested += point.valid > 0 ? 1 : 0;
            }
        }
        if (!row.points.isEmpty()) {
            row.note = Readings::tr("%1 of %n covered", nullptr, int(row.points.size())).arg(tested);
            rows.append(row);
        }
    }
    return rows;
}

QString heatReading(const MasteryReport &report)
{
    QStringList parts;
    for (const MasteryLevel level : {MasteryLevel::Firm, MasteryLevel::Mastered, MasteryLevel::Basic,
             MasteryLevel::Weak, MasteryLevel::Untested}) {
        const auto count = std::count_if(report.riskPoints.cbegin(), report.riskPoints.cend(),
            [level](const RiskPointMastery &point) { return point.level == level; });
        if (count > 0) {
            //: %1 weak, basic …; %2 how many risk points.
            parts.append(Readings::tr("%1 %2").arg(Words::of(level)).arg(count));
        }
    }
    //: Between the levels and their numbers.
    return parts.join(Readings::tr(", "));
}

Numbers heatNumbers(const QList<HeatRow> &rows)
{
    Numbers numbers{{Readings::tr("Post"), Readings::tr("Risk point"), Readings::tr("Severity"),
                        Readings::tr("Level"), Readings::tr("Mastery"), Readings::tr("Answers")},
        {}};
    for (const HeatRow &row : rows) {
        for (const HeatPoint &point : row.points) {
            numbers.rows.append({row.name, point.name, Words::of(point.grade), Words::of(point.level),
                Words::percent(point.mastery), QString::number(point.answers)});
        }
    }
    return numbers;
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

Numbers weekNumbers(const QList<LinePoint> &weeks)
{
    Numbers numbers{{Readings::tr("Week from"), Readings::tr("Right answers")}, {}};
    for (auto week = weeks.crbegin(); week != weeks.crend(); ++week) {
        if (week->share) {
            numbers.rows.append({week->label, Words::percent(*week->share)});
        }
    }
    return numbers;
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
    const QDate first = firstDayOf(today, weeks);
    const auto days = std::count_if(archive.days.cbegin(), archive.days.cend(),
        [&](const DaySummary &day) { return day.day >= first && day.day <= today; });
    //: %1 number of weeks.
    return Readings::tr("In the last %1 weeks you learned on %n day(s).", nullptr, int(days)).arg(weeks);
}

Numbers dayNumbers(const ArchiveSummary &archive, QDate today, int weeks)
{
    Numbers numbers{{Readings::tr("Date"), Readings::tr("Answers"), Readings::tr("Right")}, {}};
    const QDate first = firstDayOf(today, weeks);
    for (auto day = archive.days.crbegin(); day != archive.days.crend(); ++day) {
        if (day->day >= first && day->day <= today) {
            numbers.rows.append(
                {Words::date(day->day), QString::number(day->answered), QString::number(day->right)});
        }
    }
    return numbers;
}

} // namespace qingfeng
