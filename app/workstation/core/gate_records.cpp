#include "app/workstation/core/gate_records.h"

#include "app/workstation/core/data_folder.h"
#include "app/workstation/core/learner.h"

#include "quiz/obligation/obligation_policy.h"
#include "quiz/store/learning_store.h"

#include "question_bank/base/clock.h"

#include <QFile>

namespace qingfeng {
namespace {

bool isThere(const QString &path)
{
    return QFile::exists(path) || QFile::exists(path + QStringLiteral(".importing"));
}

/** Of an emergency exit that no store has kept: at the gate's own page, or beside a store that failed. */
QString exitReason(const StoredEvent &event)
{
    const QString exit = QStringLiteral("emergency-exit");
    if (event.kind == exit) {
        return event.detail;
    }
    const bool reported
        = event.kind == QLatin1String("ui-event") && event.detail.startsWith(exit + QLatin1Char(' '));
    return reported ? event.detail.mid(exit.size() + 1) : QString();
}

/** What an event about the gate's own page means for what is owed. Of another day it means nothing any more.
 */
Result<void> settle(Learner &learner, const StoredEvent &event)
{
    if (studyDay(event.atMs, event.utcOffsetSeconds) != studyDay(learner.clock())) {
        return {};
    }
    if (event.kind == QLatin1String("unlocked")) {
        return learner.settleByCode(event.atMs);
    }
    const QString reason = exitReason(event);
    return emergencyReasons().contains(reason) ? learner.settleExit(reason) : Result<void>();
}

} // namespace

Result<GateRecords> takeBuiltInAttempts(Learner &learner, const DataFolder &folder)
{
    GateRecords taken;
    for (const QString &path : {folder.gateAttempts(), DataFolder::standInAttempts()}) {
        if (!isThere(path)) {
            continue;
        }
        const auto decided = learner.decide(Moment::Start); // makes the row that the answer is for
        if (!decided) {
            return decided.error();
        }
        const auto attempts = learner.takeBuiltInAttempts(path);
        if (!attempts) {
            return attempts.error();
        }
        taken.attempts += *attempts;
    }
    return taken;
}

Result<GateRecords> takeGateRecords(Learner &learner, const DataFolder &folder)
{
    auto taken = takeBuiltInAttempts(learner, folder);
    if (!taken) {
        return taken;
    }
    for (const QString &path : {folder.olderGateEvents(), folder.gateEvents()}) {
        const auto events = learner.store().importEvents(path, learner.identity().person.number);
        if (!events) {
            return events.error();
        }
        taken->events += int(events->size());
        for (const StoredEvent &event : *events) {
            const auto settled = settle(learner, event);
            if (!settled) {
                return settled.error();
            }
        }
    }
    return taken;
}

} // namespace qingfeng
