#include "quiz/store/obligation_table.h"

#include "quiz/store/database.h"

#include <algorithm>

namespace qingfeng::obligation_table {
namespace {

/** Quotas look back a month at most. */
constexpr int daysLookedBack = 40;

constexpr const char *select
    = "SELECT id, person, study_day, occasion, owed, answered, state, reason, settled_by, "
      "created_at_ms, settled_at_ms FROM obligation WHERE ";

Obligation obligationAt(SQLite::Statement &query)
{
    // A state this version does not know counts as settled: the gate never closes on what it cannot read.
    return Obligation{textAt(query, 0), textAt(query, 1), int(numberAt(query, 2)), textAt(query, 3),
        int(numberAt(query, 4)), int(numberAt(query, 5)),
        obligationStateFromName(textAt(query, 6)).value_or(ObligationState::Settled), textAt(query, 7),
        textAt(query, 8), numberAt(query, 9), numberAt(query, 10)};
}

QString nameOf(Deferral::Kind kind)
{
    return kind == Deferral::Kind::Token ? QStringLiteral("token") : QStringLiteral("emergency");
}

std::optional<DayMemory> readMemory(SQLite::Database &database, const QString &person)
{
    SQLite::Statement query(
        database, "SELECT last_seen_day, obliged_day, last_seen_ms FROM clock_memory WHERE person = ?");
    bindAll(query, person);
    if (!query.executeStep()) {
        return std::nullopt;
    }
    return DayMemory{int(numberAt(query, 0)), int(numberAt(query, 1)), numberAt(query, 2)};
}

std::optional<QuietGrant> readQuiet(SQLite::Database &database, const QString &person)
{
    SQLite::Statement query(
        database, "SELECT from_day, until_day, ended FROM quiet WHERE person = ? ORDER BY seq DESC LIMIT 1");
    bindAll(query, person);
    if (!query.executeStep()) {
        return std::nullopt;
    }
    return QuietGrant{int(numberAt(query, 0)), int(numberAt(query, 1)), numberAt(query, 2) != 0};
}

QList<LedgerRow> readRows(SQLite::Database &database, const QString &person, int from)
{
    QList<LedgerRow> rows;
    SQLite::Statement query(database,
        std::string(select)
            + "person = ?1 AND (study_day >= ?2 OR number = (SELECT MAX(number) FROM obligation WHERE person "
              "= ?1)) "
              "ORDER BY number");
    bindAll(query, person, qint64(from));
    SQLite::Statement logins(
        database, "SELECT login FROM obligation_login WHERE obligation = ? ORDER BY seq");
    while (query.executeStep()) {
        LedgerRow row{obligationAt(query), {}};
        bindAll(logins, row.obligation.id);
        while (logins.executeStep()) {
            row.logins.append(textAt(logins, 0));
        }
        logins.reset();
        rows.append(std::move(row));
    }
    return rows;
}

QList<Deferral> readDeferrals(SQLite::Database &database, const QString &person, int from)
{
    QList<Deferral> deferrals;
    SQLite::Statement query(database,
        "SELECT id, obligation, person, study_day, number, kind, made_at_ms, until_ms, voided FROM deferral "
        "WHERE person = ? AND study_day >= ? ORDER BY seq");
    bindAll(query, person, qint64(from));
    while (query.executeStep()) {
        const bool token = textAt(query, 5) == nameOf(Deferral::Kind::Token);
        deferrals.append({textAt(query, 0), textAt(query, 1), textAt(query, 2), int(numberAt(query, 3)),
            int(numberAt(query, 4)), token ? Deferral::Kind::Token : Deferral::Kind::Emergency,
            numberAt(query, 6), numberAt(query, 7), numberAt(query, 8) != 0});
    }
    return deferrals;
}

void insert(SQLite::Database &database, const Obligation &o)
{
    SQLite::Statement insert(database,
        "INSERT INTO obligation (id, person, study_day, occasion, owed, answered, state, reason, settled_by, "
        "pass_token, created_at_ms, settled_at_ms, number) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,'',?10,?11,"
        "(SELECT COALESCE(MAX(number), 0) + 1 FROM obligation WHERE person = ?2))");
    bindAll(insert, o.id, o.person, qint64(o.studyDay), o.occasion, qint64(o.owed), qint64(o.answered),
        qingfeng::nameOf(o.state), o.reason, o.settledBy, o.createdAtMs, o.settledAtMs);
    insert.exec();
}

void insert(SQLite::Database &database, const Deferral &d)
{
    SQLite::Statement insert(database,
        "INSERT INTO deferral (id, obligation, number, person, study_day, kind, made_at_ms, until_ms, "
        "voided) "
        "VALUES (?,?,?,?,?,?,?,?,?)");
    bindAll(insert, d.id, d.obligation, qint64(d.number), d.person, qint64(d.studyDay), nameOf(d.kind),
        d.madeAtMs, d.untilMs, qint64(d.voided));
    insert.exec();
}

void keepRows(SQLite::Database &database, const QList<LedgerRow> &before, const QList<LedgerRow> &after)
{
    SQLite::Statement join(database, "INSERT INTO obligation_login (obligation, login) VALUES (?, ?)");
    for (qsizetype i = 0; i < after.size(); ++i) {
        const LedgerRow &row = after.at(i);
        if (i >= before.size()) {
            insert(database, row.obligation);
        }
        for (qsizetype k = i < before.size() ? before.at(i).logins.size() : 0; k < row.logins.size(); ++k) {
            bindAll(join, row.obligation.id, row.logins.at(k));
            join.exec();
            join.reset();
        }
    }
}

void keepDeferrals(SQLite::Database &database, const QList<Deferral> &before, const QList<Deferral> &after)
{
    for (qsizetype i = 0; i < after.size(); ++i) {
        if (i >= before.size()) {
            insert(database, after.at(i));
        } else if (after.at(i).voided != before.at(i).voided) {
            SQLite::Statement update(database, "UPDATE deferral SET voided = ? WHERE id = ?");
            bindAll(update, qint64(after.at(i).voided), after.at(i).id);
            update.exec();
        }
    }
}

} // namespace

std::optional<Obligation> find(SQLite::Database &database, const QString &id)
{
    SQLite::Statement query(database, std::string(select) + "id = ?");
    bindAll(query, id);
    return query.executeStep() ? std::optional(obligationAt(query)) : std::nullopt;
}

void update(SQLite::Database &database, const Obligation &o)
{
    SQLite::Statement update(database,
        "UPDATE obligation SET answered = ?, state = ?, reason = ?, settled_by = ?, settled_at_ms = ? WHERE "
        "id = ?");
    bindAll(
        update, qint64(o.answered), qingfeng::nameOf(o.state), o.reason, o.settledBy, o.settledAtMs, o.id);
    update.exec();
}

QString openOn(SQLite::Database &database, const QString &person, int studyDay)
{
    SQLite::Statement query(database,
        "SELECT id FROM obligation WHERE person = ? AND study_day = ? AND state = ? ORDER BY created_at_ms "
        "LIMIT 1");
    bindAll(query, person, qint64(studyDay), qingfeng::nameOf(ObligationState::Owed));
    return query.executeStep() ? textAt(query, 0) : QString();
}

Ledger readLedger(SQLite::Database &database, const QString &person, int today)
{
    Ledger ledger;
    ledger.memory = readMemory(database, person);
    ledger.quiet = readQuiet(database, person);
    int from = today - daysLookedBack;
    if (ledger.quiet) { // whether it was earned anew
        from = std::min(from, ledger.quiet->fromDay);
    }
    ledger.rows = readRows(database, person, from);
    ledger.deferrals = readDeferrals(database, person, from);
    return ledger;
}

void keepLedger(SQLite::Database &database, const QString &person, const Ledger &before, const Ledger &after)
{
    if (after.memory != before.memory) {
        SQLite::Statement keep(database,
            "INSERT OR REPLACE INTO clock_memory (person, last_seen_day, obliged_day, last_seen_ms) VALUES "
            "(?,?,?,?)");
        bindAll(keep, person, qint64(after.memory->lastSeenDay), qint64(after.memory->obligedDay),
            after.memory->lastSeenMs);
        keep.exec();
    }
    if (after.quiet != before.quiet) { // a replaced row becomes the latest
        SQLite::Statement keep(
            database, "INSERT OR REPLACE INTO quiet (person, from_day, until_day, ended) VALUES (?,?,?,?)");
        bindAll(keep, person, qint64(after.quiet->fromDay), qint64(after.quiet->untilDay),
            qint64(after.quiet->ended));
        keep.exec();
    }
    keepRows(database, before.rows, after.rows);
    keepDeferrals(database, before.deferrals, after.deferrals);
}

Pass issuePass(
    SQLite::Database &database, const QString &obligation, const QString &word, const QByteArray &gateSecret)
{
    const Pass pass{obligation, word, passToken(gateSecret, obligation, word)};
    SQLite::Statement update(database, "UPDATE obligation SET pass_token = ? WHERE id = ?");
    bindAll(update, pass.token, obligation);
    update.exec();
    return pass;
}

} // namespace qingfeng::obligation_table
