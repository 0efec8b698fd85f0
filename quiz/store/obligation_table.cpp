#include "quiz/store/obligation_table.h"

#include "quiz/store/database.h"

namespace qingfeng::obligation_table {
namespace {

constexpr const char *select = "SELECT id, person, study_day, occasion, owed, answered, state, reason, settled_by, "
                               "created_at_ms, settled_at_ms FROM obligation WHERE ";

std::optional<Obligation> readOne(SQLite::Statement &query)
{
    if (!query.executeStep()) {
        return std::nullopt;
    }
    // A state this version does not know counts as settled: the gate never closes on what it cannot read.
    return Obligation {textAt(query, 0), textAt(query, 1), int(numberAt(query, 2)), textAt(query, 3),
        int(numberAt(query, 4)), int(numberAt(query, 5)),
        obligationStateFromName(textAt(query, 6)).value_or(ObligationState::Settled), textAt(query, 7),
        textAt(query, 8), numberAt(query, 9), numberAt(query, 10)};
}

} // namespace

std::optional<Obligation> find(SQLite::Database &database, const QString &id)
{
    SQLite::Statement query(database, std::string(select) + "id = ?");
    bindAll(query, id);
    return readOne(query);
}

std::optional<Obligation> find(
    SQLite::Database &database, const QString &person, int studyDay, const QString &occasion)
{
    SQLite::Statement query(database, std::string(select) + "person = ? AND study_day = ? AND occasion = ?");
    bindAll(query, person, qint64(studyDay), occasion);
    return readOne(query);
}

void insert(SQLite::Database &database, const Obligation &o)
{
    SQLite::Statement insert(database,
        "INSERT INTO obligation (id, person, study_day, occasion, owed, answered, state, reason, settled_by, "
        "pass_token, created_at_ms, settled_at_ms) VALUES (?,?,?,?,?,?,?,?,?,'',?,?)");
    bindAll(insert, o.id, o.person, qint64(o.studyDay), o.occasion, qint64(o.owed), qint64(o.answered),
        nameOf(o.state), o.reason, o.settledBy, o.createdAtMs, o.settledAtMs);
    insert.exec();
}

void update(SQLite::Database &database, const Obligation &o)
{
    SQLite::Statement update(database,
        "UPDATE obligation SET answered = ?, state = ?, reason = ?, settled_by = ?, settled_at_ms = ? WHERE id = ?");
    bindAll(update, qint64(o.answered), nameOf(o.state), o.reason, o.settledBy, o.settledAtMs, o.id);
    update.exec();
}

Pass issuePass(
    SQLite::Database &database, const QString &obligation, const QString &word, const QByteArray &gateSecret)
{
    const Pass pass {obligation, word, passToken(gateSecret, obligation, word)};
    SQLite::Statement update(database, "UPDATE obligation SET pass_token = ? WHERE id = ?");
    bindAll(update, pass.token, obligation);
    update.exec();
    return pass;
}

} // namespace qingfeng::obligation_table
