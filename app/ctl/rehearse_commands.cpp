#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/policy_report.h"
#include "app/ctl/policy_words.h"

#include "quiz/obligation/calendar_file.h"
#include "quiz/obligation/rehearsal.h"
#include "quiz/obligation/subject.h"
#include "quiz/people/roster_csv.h"

#include "question_bank/base/file.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QMap>

namespace qingfeng::ctl {
namespace {

constexpr qint64 maxRosterBytes = 16 << 20;
constexpr qint64 maxCalendarBytes = 1 << 20;
constexpr int maxRehearsedDays = 400;
constexpr qint64 maxPersonDays = 2'000'000;
/** With one line a person and day. */
constexpr qint64 maxDetailedPersonDays = 200'000;

struct RehearseOptions
{
    std::vector<std::string> policies;
    std::string roster;
    std::string from;
    std::string to;
    std::string calendar;
    std::string person;
    bool details = false;
};

/** What a rehearsal is made of. */
struct Stage
{
    LoadedPolicy policy;
    Roster roster;
    WorkCalendar calendar;
    QDate from;
    QDate to;
};

Result<QDate> readDate(const std::string &text, const QString &option)
{
    const QDate day = QDate::fromString(QString::fromStdString(text), QStringLiteral("yyyy-MM-dd"));
    if (!day.isValid()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a date like 2026-11-24 is expected"), option);
    }
    return day;
}

Result<Roster> readRoster(const QString &path)
{
    const auto bytes = readFile(path, maxRosterBytes);
    if (!bytes) {
        return bytes.error();
    }
    auto import = readRosterCsv(*bytes, QFileInfo(path).fileName());
    if (!import) {
        return import.error();
    }
    if (!import->rejected.isEmpty()) {
        const RosterFinding &first = import->rejected.first();
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("%1, and %2 more").arg(first.reason).arg(import->rejected.size() - 1),
            QStringLiteral("%1: row %2, column %3").arg(first.file).arg(first.row).arg(first.column));
    }
    return std::move(import->roster);
}

Result<Stage> readStage(const RehearseOptions &options)
{
    Stage stage;
    const auto from = readDate(options.from, QStringLiteral("--from"));
    const auto to = readDate(options.to, QStringLiteral("--to"));
    for (const auto *date : {&from, &to}) {
        if (!*date) {
            return date->error();
        }
    }
    stage.from = *from;
    stage.to = *to;
    if (stage.to < stage.from || stage.from.daysTo(stage.to) >= maxRehearsedDays) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("not before --from, and at most %1 days").arg(maxRehearsedDays), QStringLiteral("--to"));
    }
    auto policy = readPolicy(toStringList(options.policies));
    if (!policy) {
        return policy.error();
    }
    stage.policy = std::move(*policy);
    auto roster = readRoster(QString::fromStdString(options.roster));
    if (!roster) {
        return roster.error();
    }
    stage.roster = std::move(*roster);
    stage.calendar = builtInWorkCalendar();
    if (!options.calendar.empty()) {
        const QString path = QString::fromStdString(options.calendar);
        const auto bytes = readFile(path, maxCalendarBytes);
        if (!bytes) {
            return bytes.error();
        }
        const auto calendar = readWorkCalendar(*bytes, QFileInfo(path).fileName());
        if (!calendar) {
            return calendar.error();
        }
        stage.calendar.overlay(*calendar);
    }
    if (!options.person.empty() && !stage.roster.person(QString::fromStdString(options.person))) {
        return Error(
            ErrorCode::NotFound, QStringLiteral("nobody of this number"), QString::fromStdString(options.person));
    }
    return stage;
}

/** Sums over the whole time. */
struct Totals
{
    int askedDays = 0;
    int questions = 0;
    QMap<QString, int> notAsked; ///< reason → days
};

QJsonObject toJson(const ArrivalPeak &peak)
{
    return {{QStringLiteral("starts"), peak.starts}, {QStringLiteral("per_minute"), peak.perMinute},
        {QStringLiteral("busiest"), peak.busiest.toString(QStringLiteral("HH:mm"))},
        {QStringLiteral("per_minute_at_most"), peak.perMinuteAtMost}};
}

QJsonObject toJson(const Person &person, const RehearsedPerson &rehearsed)
{
    const Decision &decision = rehearsed.decision;
    QJsonObject object {{QStringLiteral("person"), person.number}, {QStringLiteral("questions"), rehearsed.questions},
        {QStringLiteral("occasions"), rehearsed.occasions},
        {QStringLiteral("reason"), qingfeng::nameOf(decision.reason)}};
    if (decision.reason == DecisionReason::Exempt) {
        object.insert(QStringLiteral("text"), decision.text);
        object.insert(QStringLiteral("until"), dayOfStudyDay(decision.lastDay).toString(Qt::ISODate));
    }
    return object;
}

QString reasonGroup(const Decision &decision)
{
    return decision.reason == DecisionReason::Exempt ? QStringLiteral("免答") : QStringLiteral("休息");
}

QString line(const RehearsedDay &day, const ArrivalPeak &peak)
{
    QMap<QString, int> reasons;
    for (const RehearsedPerson &person : day.people) {
        if (person.decision.demand != Demand::Questions) {
            reasons[reasonGroup(person.decision)] += 1;
        }
    }
    QStringList notAsked;
    for (auto reason = reasons.cbegin(); reason != reasons.cend(); ++reason) {
        notAsked.append(QStringLiteral("%1 %2 人").arg(reason.key()).arg(*reason));
    }
    QString text = QStringLiteral("%1 %2 %3：问 %4 人，共 %5 题")
                       .arg(day.day.toString(Qt::ISODate), weekday(day.day), nameOf(day.kind, day.holiday))
                       .arg(day.asked)
                       .arg(day.questions);
    if (!notAsked.isEmpty()) {
        text += QStringLiteral("；") + notAsked.join(QStringLiteral("、"));
    }
    if (day.asked > 0) {
        text += QStringLiteral("；开机峰值 %1 次/分（%2）").arg(peak.perMinute, 0, 'f', 1).arg(peak.perMinuteAtMost);
    }
    return text + (day.calendarMissing ? QStringLiteral("；缺该年日历") : QString());
}

/** Goes through the days and gathers what is to be said, as text at once or for one document. */
class Rehearsing
{
public:
    Rehearsing(const Stage &stage, const Common &common, const RehearseOptions &options)
        : m_stage(stage)
        , m_json(common.json)
        , m_details(options.details || !options.person.empty())
        , m_only(QString::fromStdString(options.person))
    {
    }

    void day(QDate date)
    {
        QList<PolicySubject> subjects;
        for (const Person &person : m_stage.roster.people) {
            subjects.append(subjectOn(person, m_stage.roster, date));
            const ObligationPolicy held = effectivePolicy(m_stage.policy.policy, subjects.last()).policy;
            m_quiet = m_quiet || held.quiet.enabled;
            m_logins = m_logins || held.when == AskWhen::EveryStart;
        }
        const RehearsedDay day = rehearse(m_stage.policy.policy, subjects, date, m_stage.calendar, m_assumed);
        const ArrivalPeak peak = peakOf(m_curve, day.asked);
        if (peak.starts > m_highest.starts) {
            m_highest = peak;
            m_highestDay = date;
        }
        const QString year = QString::number(date.year());
        if (day.calendarMissing && !m_missing.contains(year)) {
            m_missing.append(year);
        }
        if (!m_json) {
            print(line(day, peak));
        }
        const QJsonArray entries = people(day);
        if (m_json) {
            static const QStringList kinds {QStringLiteral("workday"), QStringLiteral("worked-weekend"),
                QStringLiteral("weekend"), QStringLiteral("holiday")};
            m_days.append(QJsonObject {{QStringLiteral("date"), date.toString(Qt::ISODate)},
                {QStringLiteral("kind"), kinds.at(int(day.kind))}, {QStringLiteral("holiday"), day.holiday},
                {QStringLiteral("calendar_missing"), day.calendarMissing}, {QStringLiteral("asked"), day.asked},
                {QStringLiteral("questions"), day.questions}, {QStringLiteral("peak"), toJson(peak)},
                {QStringLiteral("people"), entries}});
        }
    }

    QJsonObject document() const
    {
        const QString time = QStringLiteral("HH:mm");
        return {{QStringLiteral("from"), m_stage.from.toString(Qt::ISODate)},
            {QStringLiteral("to"), m_stage.to.toString(Qt::ISODate)},
            {QStringLiteral("people"), m_stage.roster.people.size()},
            {QStringLiteral("faults"), faultsToJson(m_stage.policy.faults)}, {QStringLiteral("days"), m_days},
            {QStringLiteral("peak"), toJson(m_highest)},
            {QStringLiteral("peak_day"), m_highestDay.toString(Qt::ISODate)},
            {QStringLiteral("arrivals"),
                QJsonObject {{QStringLiteral("from"), m_curve.from.toString(time)},
                    {QStringLiteral("mode"), m_curve.mode.toString(time)},
                    {QStringLiteral("to"), m_curve.to.toString(time)},
                    {QStringLiteral("formula"),
                        QStringLiteral("peak per minute = 2 * starts / minutes from..to; "
                                       "at most = ceil(peak + 3.09 * sqrt(peak))")}}},
            {QStringLiteral("years_without_calendar"), QJsonArray::fromStringList(m_missing)},
            {QStringLiteral("logins_a_day_assumed"), m_assumed.loginsADay},
            {QStringLiteral("quiet_not_foreseen"), m_quiet}};
    }

    void printTotals() const
    {
        print(QStringLiteral("每人合计："));
        for (const Person &person : m_stage.roster.people) {
            const auto total = m_totals.constFind(person.number);
            if (total == m_totals.constEnd()) {
                continue;
            }
            QStringList words {QStringLiteral("%1 天，%2 题").arg(total->askedDays).arg(total->questions)};
            for (auto reason = total->notAsked.cbegin(); reason != total->notAsked.cend(); ++reason) {
                words.append(QStringLiteral("%1 %2 天").arg(reason.key()).arg(*reason));
            }
            print(QStringLiteral("  %1 %2：%3").arg(person.number, person.name, words.join(QStringLiteral("；"))));
        }
        if (m_highest.starts > 0) {
            print(QStringLiteral("最忙的一天：%1，%2 人开机，%3 前后峰值 %4 次/分（%5）")
                      .arg(m_highestDay.toString(Qt::ISODate))
                      .arg(m_highest.starts)
                      .arg(m_highest.busiest.toString(QStringLiteral("H:mm")))
                      .arg(m_highest.perMinute, 0, 'f', 1)
                      .arg(m_highest.perMinuteAtMost));
            printFormula();
        }
        if (m_logins) {
            print(QStringLiteral("「每次登录都出题」按每人每天登录 %1 次计。").arg(m_assumed.loginsADay));
        }
        if (m_quiet) {
            print(QStringLiteral("免打扰取决于今后的作答，演练按没有人享受计。"));
        }
        if (!m_missing.isEmpty()) {
            print(QStringLiteral("缺 %1 年的放假日历，按周一至周五计；通知公布后请更新日历文件。")
                      .arg(m_missing.join(QStringLiteral("、"))));
        }
    }

private:
    /** Counts the people of a day; lists them where they are wanted. */
    QJsonArray people(const RehearsedDay &day)
    {
        QJsonArray entries;
        for (qsizetype i = 0; i < day.people.size(); ++i) {
            const Person &person = m_stage.roster.people.at(i);
            if (!m_only.isEmpty() && person.number != m_only) {
                continue;
            }
            const RehearsedPerson &entry = day.people.at(i);
            const bool asked = entry.decision.demand == Demand::Questions;
            Totals &total = m_totals[person.number];
            total.askedDays += asked;
            total.questions += entry.questions;
            if (!asked) {
                total.notAsked[whyNot(entry.decision)] += 1;
            }
            if (m_json) {
                entries.append(toJson(person, entry));
            } else if (m_details) {
                print(QStringLiteral("    %1 %2：%3")
                          .arg(person.number, person.name,
                              asked ? QStringLiteral("%1 次，共 %2 题").arg(entry.occasions).arg(entry.questions)
                                    : whyNot(entry.decision)));
            }
        }
        return entries;
    }

    void printFormula() const
    {
        const QString time = QStringLiteral("H:mm");
        print(QStringLiteral("开机时刻按三角形分布估算：%1 起，%2 最多，%3 止。T = %4 分钟，N 人开机时峰值为 2N/T 次/分；"
                             "括号内为按 λ+3.09·√λ 计、99.9% 不超过的次数。休息日按应答的人都开机计，是上限。")
                  .arg(m_curve.from.toString(time), m_curve.mode.toString(time), m_curve.to.toString(time))
                  .arg(m_curve.from.secsTo(m_curve.to) / 60));
    }

    const Stage &m_stage;
    const bool m_json;
    const bool m_details;
    const QString m_only;
    const ArrivalCurve m_curve;
    const RehearsalOptions m_assumed;
    QMap<QString, Totals> m_totals;
    QJsonArray m_days;
    ArrivalPeak m_highest;
    QDate m_highestDay;
    QStringList m_missing;
    bool m_quiet = false;
    bool m_logins = false;
};

int rehearseGate(const Common &common, const RehearseOptions &options)
{
    const auto stage = readStage(options);
    if (!stage) {
        return fail(common, stage.error());
    }
    const qsizetype people = stage->roster.people.size();
    const bool listed = options.person.empty() && (common.json || options.details);
    if ((stage->from.daysTo(stage->to) + 1) * people > (listed ? maxDetailedPersonDays : maxPersonDays)) {
        return fail(
            common, Error(ErrorCode::TooLarge, QStringLiteral("take fewer days or people"), QStringLiteral("--to")));
    }
    if (!common.json) {
        print(QStringLiteral("策略 %1 个文件，%2 处错误；名册 %3 人；%4 至 %5")
                  .arg(stage->policy.files.size())
                  .arg(errorsOf(stage->policy))
                  .arg(people)
                  .arg(stage->from.toString(Qt::ISODate), stage->to.toString(Qt::ISODate)));
        printFaults(stage->policy);
    }
    Rehearsing rehearsing(*stage, common, options);
    for (QDate date = stage->from; date <= stage->to; date = date.addDays(1)) {
        rehearsing.day(date);
    }
    if (common.json) {
        print(rehearsing.document());
    } else {
        rehearsing.printTotals();
    }
    return stage->policy.hasErrors() ? False : True;
}

} // namespace

void addRehearseCommands(CLI::App &app, const Common &common, Action &action)
{
    const auto options = std::make_shared<RehearseOptions>();
    auto *rehearse = app.get_subcommand("gate")->add_subcommand(
        "rehearse", "演练：按策略和名册，谁在哪天会被问几题、为什么，以及服务器的开机峰值");
    rehearse->add_option("--policy", options->policies, "策略文件或目录，可多个，后面的覆盖前面的")->required();
    rehearse->add_option("--roster", options->roster, "名册（CSV）")->required();
    rehearse->add_option("--from", options->from, "第一天，如 2026-11-24")->required();
    rehearse->add_option("--to", options->to, "最后一天")->required();
    rehearse->add_option("--calendar", options->calendar, "比内置更新的放假日历文件");
    rehearse->add_option("--person", options->person, "只列此人（工号）的每一天");
    rehearse->add_flag("--details", options->details, "列出每人每天");
    rehearse->callback([&common, &action, options] {
        action = [&common, options] { return rehearseGate(common, *options); };
    });
}

} // namespace qingfeng::ctl
