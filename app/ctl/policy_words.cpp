#include "app/ctl/policy_words.h"

#include <QFileInfo>
#include <QHash>

namespace qingfeng::ctl {
namespace {

QString spoken(const QString &word)
{
    static const QHash<QString, QString> words {
        {QStringLiteral("first-of-day"), QStringLiteral("每天首次开机或解锁时出题")},
        {QStringLiteral("times-a-day"), QStringLiteral("每天分几次出题")},
        {QStringLiteral("every-start"), QStringLiteral("每次登录都出题")},
        {QStringLiteral("every-day"), QStringLiteral("每天都问，包括休息日")},
        {QStringLiteral("working-days"), QStringLiteral("只在工作日问（含调休上班日）")},
        {QStringLiteral("week"), QStringLiteral("周")},
        {QStringLiteral("month"), QStringLiteral("月")},
        {QStringLiteral("taxpayer-waiting"), QStringLiteral("纳税人等候")},
        {QStringLiteral("meeting"), QStringLiteral("会议")},
        {QStringLiteral("emergency"), QStringLiteral("紧急公务")},
        {QStringLiteral("other"), QStringLiteral("其他")},
    };
    return words.value(word, word);
}

/** A value as a file has it. */
QString written(const PolicyValue &value)
{
    if (const bool *flag = std::get_if<bool>(&value)) {
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    }
    if (const int *number = std::get_if<int>(&value)) {
        return QString::number(*number);
    }
    if (const QString *text = std::get_if<QString>(&value)) {
        return QLatin1Char('"') + *text + QLatin1Char('"');
    }
    return QStringLiteral("[\"%1\"]").arg(std::get<QStringList>(value).join(QStringLiteral("\", \"")));
}

QString builtIn(const QString &key)
{
    const PolicyKey *known = policyKey(key);
    return known ? written(valueOf(ObligationPolicy(), *known)) : QString();
}

} // namespace

QString sentence(const QString &key, const PolicyValue &value)
{
    if (const bool *flag = std::get_if<bool>(&value)) {
        return *flag ? QStringLiteral("启用免打扰：掌握得好的人只看一眼，不答题") : QStringLiteral("不启用免打扰");
    }
    if (const QStringList *list = std::get_if<QStringList>(&value)) {
        QStringList words;
        for (const QString &word : *list) {
            words.append(spoken(word));
        }
        return QStringLiteral("紧急进入可选的事由：") + words.join(QStringLiteral("、"));
    }
    if (const QString *text = std::get_if<QString>(&value)) {
        static const QHash<QString, QString> patterns {
            {QStringLiteral("deferral.per"), QStringLiteral("暂缓次数按%1计")},
            {QStringLiteral("deferral.latest"), QStringLiteral("暂缓最晚推到当天 %1")},
            {QStringLiteral("emergency_exit.per"), QStringLiteral("紧急进入次数按%1计")},
        };
        return patterns.value(key, QStringLiteral("%1")).arg(spoken(*text));
    }
    const int number = std::get<int>(value);
    if (number == 0 && key == QLatin1String("deferral.quota")) {
        return QStringLiteral("不提供暂缓");
    }
    if (number == 0 && key == QLatin1String("emergency_exit.quota")) {
        return QStringLiteral("紧急进入不免答：可以进入，稍后再问");
    }
    static const QHash<QString, QString> patterns {
        {QStringLiteral("gate.times_a_day"), QStringLiteral("分几次出题时，每天 %1 次")},
        {QStringLiteral("gate.minutes_apart"), QStringLiteral("分几次出题时，答完至少 %1 分钟后再问")},
        {QStringLiteral("gate.questions"), QStringLiteral("每次 %1 题")},
        {QStringLiteral("deferral.quota"), QStringLiteral("每人可暂缓 %1 次")},
        {QStringLiteral("deferral.minutes"), QStringLiteral("暂缓后 %1 分钟再问")},
        {QStringLiteral("emergency_exit.quota"), QStringLiteral("紧急进入免答 %1 次；用完仍可进入，稍后再问")},
        {QStringLiteral("emergency_exit.again_after_minutes"), QStringLiteral("紧急进入次数用完后，进入 %1 分钟后再问")},
        {QStringLiteral("earned_quiet.min_score"), QStringLiteral("免打扰要求掌握分不低于 %1")},
        {QStringLiteral("earned_quiet.min_coverage_percent"), QStringLiteral("免打扰要求覆盖率不低于 %1%")},
        {QStringLiteral("earned_quiet.days"), QStringLiteral("免打扰每次连续 %1 天，之后答一天再算")},
    };
    return patterns.value(key, key + QStringLiteral(" = %1")).arg(number);
}

QString sentence(GroupKind kind, const QString &code)
{
    switch (kind) {
    case GroupKind::Unit:
        return QStringLiteral("单位 ") + code;
    case GroupKind::Department:
        return QStringLiteral("部门 ") + code;
    case GroupKind::Post:
        return QStringLiteral("岗位 ") + code;
    case GroupKind::Person:
        break;
    }
    return QStringLiteral("个人 ") + code;
}

QString place(const PolicyOrigin &origin)
{
    const QString file = QFileInfo(origin.file).fileName();
    return origin.line > 0 ? QStringLiteral("%1 第 %2 行").arg(file).arg(origin.line) : file;
}

QString sentence(const PolicyFault &fault)
{
    const QString at = place(fault.origin);
    switch (fault.kind) {
    case PolicyFault::Kind::Unreadable:
        return QStringLiteral("%1：读不了（%2），整个文件未采用").arg(at, fault.found);
    case PolicyFault::Kind::TooLarge:
        return QStringLiteral("%1：超过允许的大小或个数（%2），未采用").arg(at, fault.allowed);
    case PolicyFault::Kind::NotTrusted:
        return QStringLiteral("%1：文件应属 root 且他人不可写，未采用；请 chown root 并 chmod 644").arg(at);
    case PolicyFault::Kind::Syntax:
        return QStringLiteral("%1：不是正确的 TOML（%2），整个文件未采用").arg(at, fault.found);
    case PolicyFault::Kind::UnknownKey:
        return QStringLiteral("%1：没有 %2 这一项，不起作用；请检查拼写").arg(at, fault.key);
    case PolicyFault::Kind::BadValue: {
        const QString standard = builtIn(fault.key);
        const QString instead = standard.isEmpty()
            ? QStringLiteral("未采用")
            : QStringLiteral("未采用；沿用先前的设定，没有则为内置值 %1").arg(standard);
        return QStringLiteral("%1：%2 不能是 %3，允许 %4；%5").arg(at, fault.key, fault.found, fault.allowed, instead);
    }
    case PolicyFault::Kind::BadGroup:
        return QStringLiteral("%1：每个 [[group]] 须写明 unit、department、post、person 之一，且只写一个；该组未采用").arg(at);
    case PolicyFault::Kind::BadMandatory:
        return QStringLiteral("%1：%2 %3，应如 %4；该必答题未采用")
            .arg(at, fault.key, fault.found.isEmpty() ? QStringLiteral("缺少") : QStringLiteral("不能是 ") + fault.found,
                fault.allowed);
    case PolicyFault::Kind::BadExemption:
        return QStringLiteral("%1：%2 %3，应如 %4；该项免答未采用")
            .arg(at, fault.key, fault.found.isEmpty() ? QStringLiteral("缺少") : QStringLiteral("不能是 ") + fault.found,
                fault.allowed);
    }
    return at;
}

QString nameOf(DayKind kind, const QString &holiday)
{
    switch (kind) {
    case DayKind::Workday:
        return QStringLiteral("工作日");
    case DayKind::WorkedWeekend:
        return QStringLiteral("调休上班");
    case DayKind::Weekend:
        return QStringLiteral("周末");
    case DayKind::Holiday:
        break;
    }
    return holiday.isEmpty() ? QStringLiteral("节假日") : holiday;
}

QString whyNot(const Decision &decision)
{
    switch (decision.reason) {
    case DecisionReason::Exempt:
        return QStringLiteral("免答：%1，至 %2").arg(decision.text, dayOfStudyDay(decision.lastDay).toString(Qt::ISODate));
    case DecisionReason::DayOff:
        return QStringLiteral("休息：") + nameOf(decision.dayKind, decision.text);
    default:
        return qingfeng::nameOf(decision.reason);
    }
}

QString weekday(QDate day)
{
    return QStringLiteral("周") + QStringLiteral("一二三四五六日").at(day.dayOfWeek() - 1);
}

} // namespace qingfeng::ctl
