#pragma once

#include "quiz/obligation/obligation.h"

#include <SQLiteCpp/SQLiteCpp.h>

/** Rows of `obligation`. They throw SQLite::Exception, and whoever calls them holds the transaction. */
namespace qingfeng::obligation_table {

std::optional<Obligation> find(SQLite::Database &database, const QString &id);
std::optional<Obligation> find(
    SQLite::Database &database, const QString &person, int studyDay, const QString &occasion);
void insert(SQLite::Database &database, const Obligation &obligation);
/** Writes what may change: answered, state, reason, settled by and when. */
void update(SQLite::Database &database, const Obligation &obligation);

/** Makes the token for this gate run, writes it to the row, and returns the pass. */
Pass issuePass(
    SQLite::Database &database, const QString &obligation, const QString &word, const QByteArray &gateSecret);

} // namespace qingfeng::obligation_table
