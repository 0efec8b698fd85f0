#include "app/server/service/answers.h"
#include "app/server/service/operations.h"

#include "question_bank/base/canonical_json.h"
#include "quiz/people/pin.h"
#include "quiz/people/roster_csv.h"
#include "quiz/protocol/admin_messages.h"
#include "quiz/protocol/messages.h"

#include <algorithm>

#include <QUrl>

namespace qingfeng::server::operations {
namespace {

QList<ImportFinding> findingsOf(const QList<RosterFinding> &findings)
{
    QList<ImportFinding> list;
    for (const RosterFinding &finding : findings) {
        list.append({finding.file, finding.row, finding.column, finding.reason});
    }
    return list;
}

/** What an import would change, against the roster that is there. */
struct Plan
{
    PeopleReceipt receipt;
    Roster changes; ///< new and changed people; every department and the unit of the file
    QList<std::pair<qsizetype, QString>> pins; ///< index in changes.people → PIN to be hashed
};

void planUnit(const Context &context, const Roster &current, const QString &file, Plan &plan)
{
    Unit &unit = plan.changes.unit;
    if (unit.code.isEmpty()) {
        unit = current.unit;
    }
    if (unit.code.isEmpty()) {
        plan.receipt.rejected.append({file, 0, QStringLiteral("单位编码"), text("missing-unit")});
    } else if (!current.unit.code.isEmpty() && unit.code != current.unit.code) {
        plan.receipt.rejected.append({file, 0, QStringLiteral("单位编码"), text("another-unit")});
    }
    if (unit.name.isEmpty()) {
        unit.name = current.unit.name.isEmpty() ? unit.code : current.unit.name;
    }
    unit.homePage = current.unit.homePage;
    if (unit.homePage.isEmpty()) {
        unit.homePage = context.settings.homePage.isEmpty()
            ? text("https://qingfeng.example/units/") + QString::fromLatin1(QUrl::toPercentEncoding(unit.code))
            : context.settings.homePage;
    }
}

void planDepartments(const Roster &current, const QString &file, Plan &plan)
{
    for (const Department &department : std::as_const(plan.changes.departments)) {
        if (!department.parent.isEmpty() && plan.changes.department(department.parent) == nullptr
            && current.department(department.parent) == nullptr) {
            plan.receipt.rejected.append(
                {file, 0, QStringLiteral("上级部门编码"), text("unknown-parent: ") + department.parent});
        }
    }
}

void planPeople(const RosterImport &import, const Roster &current, const QString &file, Plan &plan)
{
    QHash<QString, const Person *> known;
    QHash<QString, QString> owners; ///< account → number, of people whom the file does not name
    for (const Person &person : current.people) {
        known.insert(person.number, &person);
        if (import.roster.person(person.number) == nullptr) {
            for (const QString &account : person.accounts) {
                owners.insert(account, person.number);
            }
        }
    }
    for (Person person : import.roster.people) {
        const Person *before = known.value(person.number);
        person.pinHash = before != nullptr ? before->pinHash : QString();
        const QString pin = import.initialPins.value(person.number);
        if (!pin.isEmpty() && !person.pinHash.isEmpty()) {
            plan.receipt.warnings.append({file, 0, QStringLiteral("初始口令"), text("pin-kept: ") + person.number});
        }
        const bool newPin = !pin.isEmpty() && person.pinHash.isEmpty();
        if (std::any_of(person.accounts.begin(), person.accounts.end(),
                [&owners](const QString &account) { return owners.contains(account); })) {
            plan.receipt.rejected.append(
                {file, 0, QStringLiteral("系统账号"), text("account-of-another: ") + person.number});
        }
        if (before != nullptr && *before == person && !newPin) {
            ++plan.receipt.duplicate;
            continue;
        }
        ++(before != nullptr ? plan.receipt.updated : plan.receipt.accepted);
        if (newPin) {
            plan.pins.append({plan.changes.people.size(), pin});
        }
        plan.changes.people.append(person);
    }
}

Plan planImport(const Context &context, const RosterImport &import, const Roster &current, const QString &file)
{
    Plan plan;
    plan.receipt.rejected = findingsOf(import.rejected);
    plan.receipt.warnings = findingsOf(import.warnings);
    plan.changes.unit = import.roster.unit;
    plan.changes.departments = import.roster.departments;
    if (plan.receipt.rejected.isEmpty() || !import.roster.people.isEmpty()) {
        planUnit(context, current, file, plan);
        planDepartments(current, file, plan);
        planPeople(import, current, file, plan);
    }
    return plan;
}

void runImport(Context &context, const Call &call, const Reply &reply)
{
    const QString file = call.request.query.value(text("file"), text("people.csv")).left(200);
    const auto import = readRosterCsv(call.request.body, file);
    if (!import) {
        return reply(badRequest(import.error()));
    }
    const auto current = context.store.roster();
    if (!current) {
        return reply(failureAnswer(current.error()));
    }
    Plan plan = planImport(context, *import, *current, file);
    const bool confirmed = call.request.query.value(text("confirm")) == text("1");
    if (!confirmed || !plan.receipt.rejected.isEmpty()) {
        return reply(jsonAnswer(toJson(plan.receipt)));
    }
    for (const auto &[index, pin] : std::as_const(plan.pins)) {
        const auto hash = hashPin(pin);
        if (!hash) {
            return reply(failureAnswer(hash.error()));
        }
        plan.changes.people[index].pinHash = *hash;
    }
    plan.receipt.committed = true;
    context.store.mergeRoster(plan.changes, [receipt = plan.receipt, reply](const Result<void> &merged) {
        reply(merged ? jsonAnswer(toJson(receipt)) : failureAnswer(merged.error()));
    });
}

} // namespace

void importPeople(Context &context, Call call, Reply reply)
{
    const QString confirm = call.request.query.value(text("confirm"), text("0"));
    if (confirm != text("0") && confirm != text("1")) {
        return reply(badRequest(Error(ErrorCode::InvalidArgument, text("0 or 1 expected"), text("confirm"))));
    }
    const bool taken = context.slow.post([&context, call, reply] { runImport(context, call, reply); });
    if (!taken) {
        reply(failureAnswer(Error(ErrorCode::Unavailable)));
    }
}

void listPeople(Context &context, Call, Reply reply)
{
    auto roster = context.store.roster();
    if (!roster) {
        return reply(failureAnswer(roster.error()));
    }
    for (Person &person : roster->people) {
        person.pinHash.clear();
    }
    reply(jsonAnswer(toJson(*roster)));
}

void rosterMe(Context &context, Call call, Reply reply)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(context.clock.utcMs(), Qt::UTC).date();
    const auto roster = context.store.rosterOf(call.caller.device.department, today);
    if (!roster) {
        return reply(failureAnswer(roster.error()));
    }
    const QByteArray body = canonicalJson(toJson(RosterAnswer {*roster}));
    reply(taggedAnswer(call.request, sha256(body).toHex(), "application/json", body));
}

} // namespace qingfeng::server::operations
