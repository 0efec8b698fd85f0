#pragma once

#include "quiz/obligation/calendar_file.h"
#include "quiz/obligation/policy_file.h"

#include <QString>

namespace qingfeng {

class LearningStore;
class Random;

/** What decides, beside the store, when a learner is asked. */
struct GateRules
{
    PolicySet policy; ///< empty: the built-in policy
    WorkCalendar calendar;
    QString login; ///< of this session, see Occurrence::login; may be empty
};

/** Rules as they were found on this PC, and what was wrong with them; they hold in any case. */
struct LoadedRules
{
    GateRules rules;
    QList<PolicyFault> policyFaults;
    QList<Error> calendarFaults;
};

/** Where the administrator's files are: /etc/qingfeng. */
QString systemConfigFolder();

/**
 * Reads `policy.d/` of @p configFolder, of root's files alone, and the working-day calendar: the built-in one, under
 * that of the installation (share/qingfeng/calendar), under `calendar/` of @p configFolder.
 */
LoadedRules loadGateRules(const QString &configFolder, Random &random);

/**
 * Leaves an event for the administrator when what is wrong with the rules is not what was wrong the last time. Its
 * text names file, line and key.
 */
void noteFaults(const LoadedRules &loaded, const QString &person, LearningStore &store);

/**
 * Name of this login: random, and the same in every session and program of this account from its first login until
 * its last session ends, for it lies in $XDG_RUNTIME_DIR, which the system removes then. Empty without that folder.
 */
QString currentLogin(Random &random);

} // namespace qingfeng
