#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/policy_words.h"

#include "quiz/obligation/calendar_file.h"
#include "quiz/obligation/rehearsal.h"
#include "quiz/people/roster_csv.h"

#include "question_bank/base/clock.h"
#include "question_bank/package/bank_folder.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QMap>

namespace qingfeng::ctl {
namespace {

constexpr qint64 maxRosterBytes = 16 << 20;
constexpr qint64 maxCalendarBytes = 1 << 20;
constexpr int maxDays = 400;
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

struct CheckOptions
{
    std::vector<std::string> files;
};

QStringList toStringList(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts) {
        list.append(QString::fromStdString(text));
    }
    return list;
}

/** Reads policy for looking at it. NotFound for a path that is not there. */
Result<LoadedPolicy> readPolicy(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (!QFileInfo::exists(path)) {
            return Error(ErrorCode::NotFound, QStringLiteral("no such policy file or folder"), path);
        }
    }
    return loadPolicy(paths, PolicyTrust::Anyone);
}

QJsonValue toJson(const PolicyValue &value)
{
    if (const bool *flag = std::get_if<bool>(&value)) {
        return *flag;
    }
    if (const int *number = std::get_if<int>(&value)) {
        return *number;
    }
    if (const QString *text = std::get_if<QString>(&value)) {
        return *text;
    }
    return QJsonArray::fromStringList(std::get<QStringList>(value));
}

QJsonObject withOrigin(QJsonObject object, const PolicyOrigin &origin)
{
    object.insert(QStringLiteral("file"), origin.file);
    object.insert(QStringLiteral("line"), origin.line);
    return object;
}

QJsonArray toJson(const QList<PolicyFault> &faults)
{
    QJsonArray list;
    for (const PolicyFault &fault : faults) {
        list.append(withOrigin({{QStringLiteral("severity"),
                                    fault.isError() ? QStringLiteral("error") : QStringLiteral("warning")},
                                   {QStringLiteral("kind"), qingfeng::nameOf(fault.kind)},
                                   {QStringLiteral("key"), fault.key}, {QStringLiteral("found"), fault.found},
                                   {QStringLiteral("allowed"), fault.allowed}},
            fault.origin));
    }
    return list;
}

qsizetype errorsOf(const LoadedPolicy &loaded)
{
    return std::count_if(
        loaded.faults.cbegin(), loaded.faults.cend(), [](const PolicyFault &fault) { return fault.isError(); });
}

void printFaults(const LoadedPolicy &loaded)
{
    for (const PolicyFault &fault : loaded.faults) {
        print(QStringLiteral("  %1 %2").arg(
            fault.isError() ? QStringLiteral("错误") : QStringLiteral("提示"), sentence(fault)));
    }
}

// policy check ------------------------------------------------------------------------------------------------

/** The settings that count, the last one of each key, in the order of policyKeys(). */
QList<PolicySetting> inForce(const QList<PolicySetting> &settings)
{
    QList<PolicySetting> list;
    for (const PolicyKey &key : policyKeys()) {
        const auto last = std::find_if(settings.crbegin(), settings.crend(),
            [&](const PolicySetting &setting) { return setting.key == QLatin1String(key.name); });
        if (last != settings.crend()) {
            list.append(*last);
        }
    }
    return list;
}

/** Groups of one kind and code together, in the order in which they win. */
QList<PolicyGroup> joined(const PolicySet &policy)
{
    QMap<std::pair<int, QString>, PolicyGroup> groups;
    for (const PolicyGroup &group : policy.groups) {
        PolicyGroup &target = groups[{int(group.kind), group.code}];
        target.kind = group.kind;
        target.code = group.code;
        target.settings += group.settings;
    }
    return groups.values();
}

QJsonArray toJson(const QList<PolicySetting> &settings)
{
    QJsonArray list;
    for (const PolicySetting &setting : inForce(settings)) {
        list.append(withOrigin({{QStringLiteral("key"), setting.key}, {QStringLiteral("value"), toJson(setting.value)},
                                   {QStringLiteral("meaning"), sentence(setting.key, setting.value)}},
            setting.origin));
    }
    return list;
}

void printCheckJson(const LoadedPolicy &loaded)
{
    const PolicySet &policy = loaded.policy;
    const ObligationPolicy held = effectivePolicy(policy, {}).policy;
    QJsonObject everybody;
    for (const PolicyKey &key : policyKeys()) {
        everybody.insert(QLatin1String(key.name), toJson(valueOf(held, key)));
    }
    QJsonArray groups;
    for (const PolicyGroup &group : joined(policy)) {
        static const QStringList kinds {QStringLiteral("unit"), QStringLiteral("department"), QStringLiteral("post"),
            QStringLiteral("person")};
        groups.append(QJsonObject {{QStringLiteral("kind"), kinds.at(int(group.kind))},
            {QStringLiteral("code"), group.code}, {QStringLiteral("settings"), toJson(group.settings)}});
    }
    QJsonArray exemptions;
    for (const PolicyExemption &exemption : policy.exemptions) {
        exemptions.append(withOrigin(
            {{QStringLiteral("person"), exemption.person}, {QStringLiteral("reason"), exemption.reason},
                {QStringLiteral("from"), exemption.from.toString(Qt::ISODate)},
                {QStringLiteral("until"), exemption.until.toString(Qt::ISODate)}},
            exemption.origin));
    }
    const qsizetype errors = errorsOf(loaded);
    print(QJsonObject {{QStringLiteral("files"), QJsonArray::fromStringList(loaded.files)},
        {QStringLiteral("everybody"), everybody}, {QStringLiteral("settings"), toJson(policy.settings)},
        {QStringLiteral("groups"), groups}, {QStringLiteral("exemptions"), exemptions},
        {QStringLiteral("faults"), toJson(loaded.faults)}, {QStringLiteral("errors"), errors},
        {QStringLiteral("warnings"), loaded.faults.size() - errors}});
}

void printCheck(const LoadedPolicy &loaded)
{
    const PolicySet &policy = loaded.policy;
    print(QStringLiteral("读取 %1 个文件，后面的覆盖前面的：").arg(loaded.files.size()));
    for (const QString &file : loaded.files) {
        print(QStringLiteral("  ") + file);
    }
    print(QStringLiteral("对所有人："));
    const EffectivePolicy all = effectivePolicy(policy, {});
    for (const PolicyKey &key : policyKeys()) {
        const QString name = QLatin1String(key.name);
        const auto origin = all.origins.constFind(name);
        print(QStringLiteral("  · %1（%2，%3）")
                  .arg(sentence(name, valueOf(all.policy, key)), name,
                      origin == all.origins.constEnd() ? QStringLiteral("内置") : place(*origin)));
    }
    for (const PolicyGroup &group : joined(policy)) {
        print(sentence(group.kind, group.code) + QStringLiteral(" 另有规定："));
        for (const PolicySetting &setting : inForce(group.settings)) {
            print(QStringLiteral("  · %1（%2，%3）")
                      .arg(sentence(setting.key, setting.value), setting.key, place(setting.origin)));
        }
    }
    if (!policy.exemptions.isEmpty()) {
        print(QStringLiteral("免答："));
    }
    const QDate today = dayOfStudyDay(studyDay(SystemClock()));
    for (const PolicyExemption &exemption : policy.exemptions) {
        print(QStringLiteral("  · %1：%2，%3至 %4%5（%6）")
                  .arg(exemption.person, exemption.reason,
                      exemption.from.isValid() ? exemption.from.toString(Qt::ISODate) + QLatin1Char(' ') : QString(),
                      exemption.until.toString(Qt::ISODate),
                      exemption.until < today ? QStringLiteral("，已到期") : QString(), place(exemption.origin)));
    }
    const qsizetype errors = errorsOf(loaded);
    print(QStringLiteral("%1 处错误，%2 处提示").arg(errors).arg(loaded.faults.size() - errors));
    printFaults(loaded);
}

int checkPolicy(const Common &common, const QStringList &paths)
{
    const auto loaded = readPolicy(paths);
    if (!loaded) {
        return fail(common, loaded.error());
    }
    common.json ? printCheckJson(*loaded) : printCheck(*loaded);
    return loaded->hasErrors() ? False : True;
}

// gate rehearse -----------------------------------------------------------------------------------------------

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
    if (stage.to < stage.from || stage.from.daysTo(stage.to) >= maxDays) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("not before --from, and at most %1 days").arg(maxDays), QStringLiteral("--to"));
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
        return Error(ErrorCode::NotFound, QStringLiteral("nobody of this number"), QString::fromStdString(options.person));
    }
    return stage;
}

/** A person of the roster as policy sees him on a day. */
PolicySubject subjectOn(const Person &person, const Roster &roster, QDate day)
{
    PolicySubject subject;
    subject.person = person.number;
    subject.unit = roster.unit.code;
    subject.posts = person.postsOn(day);
    QString code = person.department;
    for (const Assignment &assignment : person.assignments) {
        if (assignment.main && assignment.isOn(day) && !assignment.department.isEmpty()) {
            code = assignment.department;
            break;
        }
    }
    while (!code.isEmpty() && !subject.departments.contains(code)) {
        subject.departments.append(code);
        const Department *department = roster.department(code);
        code = department ? department->parent : QString();
    }
    return subject;
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

QString formula(const ArrivalCurve &curve)
{
    return QStringLiteral("开机时刻按三角形分布估算：%1 起，%2 最多，%3 止。T = %4 分钟，N 人开机时峰值为 2N/T 次/分；"
                          "括号内为按 λ+3.09·√λ 计、99.9% 不超过的次数。休息日按应答的人都开机计，是上限。")
        .arg(curve.from.toString(QStringLiteral("H:mm")), curve.mode.toString(QStringLiteral("H:mm")),
            curve.to.toString(QStringLiteral("H:mm")))
        .arg(curve.from.secsTo(curve.to) / 60);
}

QString line(const RehearsedDay &day, const ArrivalPeak &peak)
{
    QMap<QString, int> reasons;
    for (const RehearsedPerson &person : day.people) {
        if (person.decision.demand != Demand::Questions) {
            // In a list for the whole house the kind of reason is enough.
            reasons[person.decision.reason == DecisionReason::Exempt ? QStringLiteral("免答") : QStringLiteral("休息")] += 1;
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

int rehearseGate(const Common &common, const RehearseOptions &options)
{
    const auto read = readStage(options);
    if (!read) {
        return fail(common, read.error());
    }
    const Stage &stage = *read;
    const QList<Person> &people = stage.roster.people;
    const qint64 personDays = (stage.from.daysTo(stage.to) + 1) * people.size();
    const bool detailed = common.json || options.details || !options.person.empty();
    if (personDays > (detailed && options.person.empty() ? maxDetailedPersonDays : maxPersonDays)) {
        return fail(common, Error(ErrorCode::TooLarge, QStringLiteral("take fewer days or people"), QStringLiteral("--to")));
    }
    const QString only = QString::fromStdString(options.person);
    const ArrivalCurve curve;
    const RehearsalOptions assumed;
    if (!common.json) {
        print(QStringLiteral("策略 %1 个文件，%2 处错误；名册 %3 人；%4 至 %5")
                  .arg(stage.policy.files.size())
                  .arg(errorsOf(stage.policy))
                  .arg(people.size())
                  .arg(stage.from.toString(Qt::ISODate), stage.to.toString(Qt::ISODate)));
        printFaults(stage.policy);
    }
    QMap<QString, Totals> totals;
    QJsonArray days;
    ArrivalPeak highest;
    QDate highestDay;
    QStringList missing;
    bool quiet = false;
    bool logins = false;
    for (QDate date = stage.from; date <= stage.to; date = date.addDays(1)) {
        QList<PolicySubject> subjects;
        for (const Person &person : people) {
            subjects.append(subjectOn(person, stage.roster, date));
            const ObligationPolicy held = effectivePolicy(stage.policy.policy, subjects.last()).policy;
            quiet = quiet || held.quiet.enabled;
            logins = logins || held.when == AskWhen::EveryStart;
        }
        const RehearsedDay day = rehearse(stage.policy.policy, subjects, date, stage.calendar, assumed);
        const ArrivalPeak peak = peakOf(curve, day.asked);
        if (peak.starts > highest.starts) {
            highest = peak;
            highestDay = date;
        }
        if (day.calendarMissing && !missing.contains(QString::number(date.year()))) {
            missing.append(QString::number(date.year()));
        }
        if (!common.json) {
            print(line(day, peak));
        }
        QJsonArray entries;
        for (qsizetype i = 0; i < people.size(); ++i) {
            const Person &person = people.at(i);
            if (!only.isEmpty() && person.number != only) {
                continue;
            }
            const RehearsedPerson &entry = day.people.at(i);
            const bool asked = entry.decision.demand == Demand::Questions;
            Totals &total = totals[person.number];
            total.askedDays += asked;
            total.questions += entry.questions;
            if (!asked) {
                total.notAsked[whyNot(entry.decision)] += 1;
            }
            if (common.json) {
                entries.append(toJson(person, entry));
            } else if (detailed) {
                print(QStringLiteral("    %1 %2：%3")
                          .arg(person.number, person.name,
                              asked ? QStringLiteral("%1 次，共 %2 题").arg(entry.occasions).arg(entry.questions)
                                    : whyNot(entry.decision)));
            }
        }
        if (common.json) {
            static const QStringList kinds {QStringLiteral("workday"), QStringLiteral("worked-weekend"),
                QStringLiteral("weekend"), QStringLiteral("holiday")};
            days.append(QJsonObject {{QStringLiteral("date"), date.toString(Qt::ISODate)},
                {QStringLiteral("kind"), kinds.at(int(day.kind))}, {QStringLiteral("holiday"), day.holiday},
                {QStringLiteral("calendar_missing"), day.calendarMissing}, {QStringLiteral("asked"), day.asked},
                {QStringLiteral("questions"), day.questions}, {QStringLiteral("peak"), toJson(peak)},
                {QStringLiteral("people"), entries}});
        }
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("from"), stage.from.toString(Qt::ISODate)},
            {QStringLiteral("to"), stage.to.toString(Qt::ISODate)}, {QStringLiteral("people"), people.size()},
            {QStringLiteral("faults"), toJson(stage.policy.faults)}, {QStringLiteral("days"), days},
            {QStringLiteral("peak"), toJson(highest)}, {QStringLiteral("peak_day"), highestDay.toString(Qt::ISODate)},
            {QStringLiteral("arrivals"),
                QJsonObject {{QStringLiteral("from"), curve.from.toString(QStringLiteral("HH:mm"))},
                    {QStringLiteral("mode"), curve.mode.toString(QStringLiteral("HH:mm"))},
                    {QStringLiteral("to"), curve.to.toString(QStringLiteral("HH:mm"))},
                    {QStringLiteral("formula"), QStringLiteral("peak per minute = 2 * starts / minutes from..to; at "
                                                               "most = ceil(peak + 3.09 * sqrt(peak))")}}},
            {QStringLiteral("years_without_calendar"), QJsonArray::fromStringList(missing)},
            {QStringLiteral("logins_a_day_assumed"), assumed.loginsADay},
            {QStringLiteral("quiet_not_foreseen"), quiet}});
        return stage.policy.hasErrors() ? False : True;
    }
    print(QStringLiteral("每人合计："));
    for (const Person &person : people) {
        const auto total = totals.constFind(person.number);
        if (total == totals.constEnd()) {
            continue;
        }
        QStringList notAsked;
        for (auto reason = total->notAsked.cbegin(); reason != total->notAsked.cend(); ++reason) {
            notAsked.append(QStringLiteral("%1 %2 天").arg(reason.key()).arg(*reason));
        }
        print(QStringLiteral("  %1 %2：%3 天，%4 题%5")
                  .arg(person.number, person.name)
                  .arg(total->askedDays)
                  .arg(total->questions)
                  .arg(notAsked.isEmpty() ? QString() : QStringLiteral("；") + notAsked.join(QStringLiteral("；"))));
    }
    if (highest.starts > 0) {
        print(QStringLiteral("最忙的一天：%1，%2 人开机，%3 前后峰值 %4 次/分（%5）")
                  .arg(highestDay.toString(Qt::ISODate))
                  .arg(highest.starts)
                  .arg(highest.busiest.toString(QStringLiteral("H:mm")))
                  .arg(highest.perMinute, 0, 'f', 1)
                  .arg(highest.perMinuteAtMost));
        print(formula(curve));
    }
    if (logins) {
        print(QStringLiteral("「每次登录都出题」按每人每天登录 %1 次计。").arg(assumed.loginsADay));
    }
    if (quiet) {
        print(QStringLiteral("免打扰取决于今后的作答，演练按没有人享受计。"));
    }
    if (!missing.isEmpty()) {
        print(QStringLiteral("缺 %1 年的放假日历，按周一至周五计；通知公布后请更新日历文件。").arg(missing.join(QStringLiteral("、"))));
    }
    return stage.policy.hasErrors() ? False : True;
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

    auto *policy = app.add_subcommand("policy", "策略文件");
    policy->require_subcommand(1);
    const auto checked = std::make_shared<CheckOptions>();
    auto *check = policy->add_subcommand("check", "检查策略文件或目录，用平常话说明其含义和问题");
    check->add_option("files", checked->files, "策略文件或目录，后面的覆盖前面的")->required();
    check->callback([&common, &action, checked] {
        action = [&common, checked] { return checkPolicy(common, toStringList(checked->files)); };
    });
}

} // namespace qingfeng::ctl
