#include "quiz/obligation/obligation_policy.h"

#include <algorithm>

#include <QSet>

namespace qingfeng {
namespace {

const QStringList &whenNames()
{
    static const QStringList names {
        QStringLiteral("first-of-day"), QStringLiteral("times-a-day"), QStringLiteral("every-start")};
    return names;
}

const QStringList &daysNames()
{
    static const QStringList names {QStringLiteral("every-day"), QStringLiteral("working-days")};
    return names;
}

const QStringList &periodNames()
{
    static const QStringList names {QStringLiteral("week"), QStringLiteral("month")};
    return names;
}

QString timeFormat()
{
    return QStringLiteral("HH:mm");
}

/** Times before this belong to the night of the study day before. */
const QTime earliestTime(5, 0);

/** One key: how it is read from a policy and put into one. */
struct Access
{
    PolicyKey key;
    PolicyValue (*get)(const ObligationPolicy &);
    void (*set)(ObligationPolicy &, const PolicyValue &);
};

int number(const PolicyValue &value)
{
    return std::get<int>(value);
}

int place(const QStringList &names, const PolicyValue &value)
{
    return int(names.indexOf(std::get<QString>(value)));
}

using Type = PolicyKey::Type;
using P = ObligationPolicy;
using V = PolicyValue;

const QList<Access> &accesses()
{
    static const QList<Access> list {
        {{"gate.when", Type::Choice, 0, 0, whenNames()}, [](const P &p) { return V(whenNames().at(int(p.when))); },
            [](P &p, const V &v) { p.when = AskWhen(place(whenNames(), v)); }},
        {{"gate.times_a_day", Type::Number, 2, 8, {}}, [](const P &p) { return V(p.timesADay); },
            [](P &p, const V &v) { p.timesADay = number(v); }},
        {{"gate.minutes_apart", Type::Number, 10, 480, {}}, [](const P &p) { return V(p.minutesApart); },
            [](P &p, const V &v) { p.minutesApart = number(v); }},
        {{"gate.days", Type::Choice, 0, 0, daysNames()}, [](const P &p) { return V(daysNames().at(int(p.days))); },
            [](P &p, const V &v) { p.days = AskDays(place(daysNames(), v)); }},
        {{"gate.questions", Type::Number, 1, 10, {}}, [](const P &p) { return V(p.questions); },
            [](P &p, const V &v) { p.questions = number(v); }},
        {{"deferral.quota", Type::Number, 0, 31, {}}, [](const P &p) { return V(p.deferral.quota); },
            [](P &p, const V &v) { p.deferral.quota = number(v); }},
        {{"deferral.per", Type::Choice, 0, 0, periodNames()},
            [](const P &p) { return V(periodNames().at(int(p.deferral.per))); },
            [](P &p, const V &v) { p.deferral.per = QuotaPeriod(place(periodNames(), v)); }},
        {{"deferral.minutes", Type::Number, 5, 240, {}}, [](const P &p) { return V(p.deferral.minutes); },
            [](P &p, const V &v) { p.deferral.minutes = number(v); }},
        {{"deferral.latest", Type::TimeOfDay, 0, 0, {}},
            [](const P &p) { return V(p.deferral.latest.toString(timeFormat())); },
            [](P &p, const V &v) { p.deferral.latest = QTime::fromString(std::get<QString>(v), timeFormat()); }},
        {{"emergency_exit.quota", Type::Number, 0, 100, {}}, [](const P &p) { return V(p.emergency.quota); },
            [](P &p, const V &v) { p.emergency.quota = number(v); }},
        {{"emergency_exit.per", Type::Choice, 0, 0, periodNames()},
            [](const P &p) { return V(periodNames().at(int(p.emergency.per))); },
            [](P &p, const V &v) { p.emergency.per = QuotaPeriod(place(periodNames(), v)); }},
        {{"emergency_exit.reasons", Type::Choices, 0, 0, emergencyReasons()},
            [](const P &p) { return V(p.emergency.reasons); },
            [](P &p, const V &v) { p.emergency.reasons = std::get<QStringList>(v); }},
        {{"emergency_exit.again_after_minutes", Type::Number, 10, 240, {}},
            [](const P &p) { return V(p.emergency.againAfterMinutes); },
            [](P &p, const V &v) { p.emergency.againAfterMinutes = number(v); }},
        {{"earned_quiet.enabled", Type::Switch, 0, 0, {}}, [](const P &p) { return V(p.quiet.enabled); },
            [](P &p, const V &v) { p.quiet.enabled = std::get<bool>(v); }},
        {{"earned_quiet.min_score", Type::Number, 50, 100, {}}, [](const P &p) { return V(p.quiet.minScore); },
            [](P &p, const V &v) { p.quiet.minScore = number(v); }},
        {{"earned_quiet.min_coverage_percent", Type::Number, 50, 100, {}},
            [](const P &p) { return V(p.quiet.minCoveragePercent); },
            [](P &p, const V &v) { p.quiet.minCoveragePercent = number(v); }},
        {{"earned_quiet.days", Type::Number, 1, 31, {}}, [](const P &p) { return V(p.quiet.days); },
            [](P &p, const V &v) { p.quiet.days = number(v); }},
    };
    return list;
}

const Access *accessOf(const QString &name)
{
    const QList<Access> &list = accesses();
    const auto found = std::find_if(
        list.cbegin(), list.cend(), [&](const Access &access) { return name == QLatin1String(access.key.name); });
    return found == list.cend() ? nullptr : &*found;
}

/** Puts settings in force one after the other. */
void applyAll(const QList<PolicySetting> &settings, EffectivePolicy &effective)
{
    for (const PolicySetting &setting : settings) {
        apply(setting, effective.policy);
        effective.origins.insert(setting.key, setting.origin);
    }
}

void applyGroups(const PolicySet &set, GroupKind kind, const QString &code, EffectivePolicy &effective)
{
    for (const PolicyGroup &group : set.groups) {
        if (group.kind == kind && group.code == code) {
            applyAll(group.settings, effective);
        }
    }
}

} // namespace

EmergencyRules::EmergencyRules()
    : reasons(emergencyReasons())
{
}

QString unlockCodeReason()
{
    return QStringLiteral("unlock-code");
}

QStringList emergencyReasons()
{
    return {QStringLiteral("taxpayer-waiting"), QStringLiteral("meeting"), QStringLiteral("emergency"),
        QStringLiteral("other")};
}

bool PolicyExemption::isOn(QDate day) const
{
    return (!from.isValid() || day >= from) && day <= until;
}

bool MandatoryQuestion::isOn(QDate day) const
{
    return (!from.isValid() || from <= day) && day <= until;
}

QString PolicyKey::allowed() const
{
    const QString choice
        = QLatin1Char('"') + names.join(QStringLiteral("\" | \"")) + QLatin1Char('"');
    switch (type) {
    case Type::Switch:
        return QStringLiteral("true | false");
    case Type::Number:
        return QStringLiteral("%1…%2").arg(min).arg(max);
    case Type::Choice:
        return choice;
    case Type::TimeOfDay:
        return QStringLiteral("\"05:00\"…\"23:59\"");
    case Type::Choices:
        return QStringLiteral("[%1], 1…%2").arg(choice).arg(names.size());
    }
    return {};
}

const QList<PolicyKey> &policyKeys()
{
    static const QList<PolicyKey> keys = [] {
        QList<PolicyKey> list;
        for (const Access &access : accesses()) {
            list.append(access.key);
        }
        return list;
    }();
    return keys;
}

const PolicyKey *policyKey(const QString &name)
{
    const Access *access = accessOf(name);
    return access ? &access->key : nullptr;
}

bool isAllowed(const PolicyKey &key, const PolicyValue &value)
{
    switch (key.type) {
    case Type::Switch:
        return std::holds_alternative<bool>(value);
    case Type::Number: {
        const int *found = std::get_if<int>(&value);
        return found && *found >= key.min && *found <= key.max;
    }
    case Type::Choice: {
        const QString *found = std::get_if<QString>(&value);
        return found && key.names.contains(*found);
    }
    case Type::TimeOfDay: {
        const QString *found = std::get_if<QString>(&value);
        const QTime time = found ? QTime::fromString(*found, timeFormat()) : QTime();
        return time.isValid() && time >= earliestTime;
    }
    case Type::Choices: {
        const QStringList *found = std::get_if<QStringList>(&value);
        return found && !found->isEmpty() && QSet<QString>(found->cbegin(), found->cend()).size() == found->size()
            && std::all_of(
                found->cbegin(), found->cend(), [&](const QString &name) { return key.names.contains(name); });
    }
    }
    return false;
}

void apply(const PolicySetting &setting, ObligationPolicy &policy)
{
    const Access *access = accessOf(setting.key);
    Q_ASSERT(access && isAllowed(access->key, setting.value));
    if (access && isAllowed(access->key, setting.value)) {
        access->set(policy, setting.value);
    }
}

PolicyValue valueOf(const ObligationPolicy &policy, const PolicyKey &key)
{
    const Access *access = accessOf(QLatin1String(key.name));
    return access ? access->get(policy) : PolicyValue();
}

EffectivePolicy effectivePolicy(const PolicySet &set, const PolicySubject &subject)
{
    EffectivePolicy effective;
    applyAll(set.settings, effective);
    applyGroups(set, GroupKind::Unit, subject.unit, effective);
    for (auto code = subject.departments.crbegin(); code != subject.departments.crend(); ++code) {
        applyGroups(set, GroupKind::Department, *code, effective);
    }
    for (auto code = subject.posts.crbegin(); code != subject.posts.crend(); ++code) {
        applyGroups(set, GroupKind::Post, *code, effective);
    }
    applyGroups(set, GroupKind::Person, subject.person, effective);
    const UserWishes &wishes = subject.wishes;
    ObligationPolicy &policy = effective.policy;
    const PolicyKey *questions = policyKey(QStringLiteral("gate.questions"));
    if (wishes.questions && !effective.isLocked(QLatin1String(questions->name))) {
        policy.questions = std::clamp(*wishes.questions, policy.questions, questions->max);
    }
    if (wishes.days == AskDays::EveryDay && !effective.isLocked(QStringLiteral("gate.days"))) {
        policy.days = AskDays::EveryDay;
    }
    return effective;
}

std::optional<PolicyExemption> exemptionOn(const PolicySet &set, const QString &person, QDate day)
{
    std::optional<PolicyExemption> longest;
    for (const PolicyExemption &exemption : set.exemptions) {
        if (exemption.person == person && exemption.isOn(day) && (!longest || exemption.until > longest->until)) {
            longest = exemption;
        }
    }
    return longest;
}

} // namespace qingfeng
