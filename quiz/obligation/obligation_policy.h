#pragma once

#include <QDate>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTime>

#include <optional>
#include <variant>

namespace qingfeng {

enum class AskWhen {
    FirstOfDay, ///< once a study day, at its first start or unlock
    TimesADay, ///< several times a study day, some time apart
    EveryStart, ///< at each login
};
enum class AskDays { EveryDay, WorkingDays };
enum class QuotaPeriod { Week, Month }; ///< Monday to Sunday; the calendar month

/** 暂缓: an obligation is moved to later the same day. */
struct DeferralRules
{
    int quota = 0; ///< a person's in each period; 0 = not offered
    QuotaPeriod per = QuotaPeriod::Week;
    int minutes = 60; ///< after which it is asked again
    QTime latest {16, 30}; ///< local time of day to which it can be moved at most
    bool operator==(const DeferralRules &) const = default;
};

/**
 * 紧急进入. It always opens the desktop. Within the quota the obligation is exempted; beyond it the obligation
 * stays and is asked again.
 */
struct EmergencyRules
{
    int quota = 5;
    QuotaPeriod per = QuotaPeriod::Month;
    QStringList reasons; ///< of emergencyReasons(), in the order offered; never empty
    int againAfterMinutes = 60; ///< beyond the quota
    EmergencyRules();
    bool operator==(const EmergencyRules &) const = default;
};

/** 免打扰: shown mastery makes the gate a glance, without a question, for some days. */
struct QuietRules
{
    bool enabled = false;
    int minScore = 80; ///< 掌握分
    int minCoveragePercent = 80; ///< 覆盖率
    int days = 5; ///< study days in a row, then a day with questions
    bool operator==(const QuietRules &) const = default;
};

/** When a person is asked, how much, and what stands in for it. The values here are the built-in ones. */
struct ObligationPolicy
{
    AskWhen when = AskWhen::FirstOfDay;
    int timesADay = 2; ///< with TimesADay
    int minutesApart = 120; ///< with TimesADay: between one answer and the next question
    AskDays days = AskDays::EveryDay;
    int questions = 1; ///< on each occasion
    DeferralRules deferral;
    EmergencyRules emergency;
    QuietRules quiet;
    bool operator==(const ObligationPolicy &) const = default;
};

/** Every reason that an emergency exit can have: "taxpayer-waiting", "meeting", "emergency", "other". */
QStringList emergencyReasons();

/** The reason of a row that is exempted because the administrator's unlock code has opened the gate:
 * "unlock-code". */
QString unlockCodeReason();

// Policy files
// ------------------------------------------------------------------------------------------------

/** Where something was said. */
struct PolicyOrigin
{
    QString file;
    int line = 0; ///< from 1; 0 = the file as a whole
    bool operator==(const PolicyOrigin &) const = default;
};

using PolicyValue = std::variant<bool, int, QString, QStringList>;

/** One key of one file, checked. */
struct PolicySetting
{
    QString key; ///< "gate.when", "deferral.quota" …
    PolicyValue value;
    PolicyOrigin origin;
    bool operator==(const PolicySetting &) const = default;
};

/** Whom a group means; a later one is more specific and wins. */
enum class GroupKind { Unit, Department, Post, Person };

struct PolicyGroup
{
    GroupKind kind = GroupKind::Unit;
    QString code; ///< unit, department or post code, or employee number
    QList<PolicySetting> settings; ///< in file order: later ones win
    PolicyOrigin origin;
    bool operator==(const PolicyGroup &) const = default;
};

/** Somebody who is asked nothing for a while: 产假, 外派. */
struct PolicyExemption
{
    QString person; ///< employee number
    QString reason; ///< as the administrator wrote it
    QDate from; ///< first day; invalid = always
    QDate until; ///< last day
    PolicyOrigin origin;
    bool operator==(const PolicyExemption &) const = default;
    bool isOn(QDate day) const;
};

/** 必答题: whom the question concerns is asked it before others, by the last day. */
struct MandatoryQuestion
{
    QString question; ///< id; its latest version in the bank
    QDate from; ///< first day; invalid = always
    QDate until; ///< last day: it is asked in time, and no longer after it
    PolicyOrigin origin;
    bool operator==(const MandatoryQuestion &) const = default;
    bool isOn(QDate day) const;
};

/** All that policy files say. Empty: the built-in policy for everybody. */
struct PolicySet
{
    QList<PolicySetting> settings; ///< for all, in file order: later ones win
    QList<PolicyGroup> groups;
    QList<PolicyExemption> exemptions;
    QList<MandatoryQuestion> mandatory;
    bool operator==(const PolicySet &) const = default;
};

/** A key that policy files have, and what it may hold. */
struct PolicyKey
{
    enum class Type { Switch, Number, Choice, TimeOfDay, Choices };
    const char *name;
    Type type;
    int min = 0; ///< of a number
    int max = 0;
    QStringList names; ///< of a choice
    /** What is allowed, as technical text: "1…10", "\"every-day\" | \"working-days\"". */
    QString allowed() const;
};

const QList<PolicyKey> &policyKeys();
const PolicyKey *policyKey(const QString &name);

/** Whether @p value may stand for @p key. */
bool isAllowed(const PolicyKey &key, const PolicyValue &value);
/** Puts an allowed value into @p policy. */
void apply(const PolicySetting &setting, ObligationPolicy &policy);
/** What @p policy holds for @p key, in the form that files have it. */
PolicyValue valueOf(const ObligationPolicy &policy, const PolicyKey &key);

// For one person ----------------------------------------------------------------------------------------------

/** What a user may ask of his own gate: more than he must, never less. */
struct UserWishes
{
    std::optional<int> questions;
    std::optional<AskDays> days;
    bool operator==(const UserWishes &) const = default;
};

/** A person, as far as policy is concerned. */
struct PolicySubject
{
    QString person; ///< employee number
    QString unit;
    QStringList departments; ///< codes, the person's own first, then those above it
    QStringList posts; ///< held today, the main one first
    UserWishes wishes;
};

struct EffectivePolicy
{
    ObligationPolicy policy;
    QHash<QString, PolicyOrigin> origins; ///< key → where it was set; such a key is locked for the user
    bool isLocked(const QString &key) const { return origins.contains(key); }
};

/**
 * What holds for @p subject: built-in values, then the settings for all, then for the unit, the departments
 * from the top down, the posts (the main one last), and the person. Key by key, the last one wins. The user's
 * wishes count for keys that no file sets, as far as they ask for more.
 */
EffectivePolicy effectivePolicy(const PolicySet &set, const PolicySubject &subject);

/** The exemption of @p person that holds on @p day and lasts longest. */
std::optional<PolicyExemption> exemptionOn(const PolicySet &set, const QString &person, QDate day);

} // namespace qingfeng
