#pragma once

#include "quiz/obligation/ledger.h"

#include <SQLiteCpp/SQLiteCpp.h>

/**
 * Rows of `obligation` and of what stands beside it: logins, deferrals, the memory of the clock, quiet. They throw
 * SQLite::Exception, and whoever calls them holds the transaction.
 */
namespace qingfeng::obligation_table {

std::optional<Obligation> find(SQLite::Database &database, const QString &id);
/** The row of that person and day that still waits for an answer, or empty. */
QString openOn(SQLite::Database &database, const QString &person, int studyDay);
/** Writes what may change: answered, state, reason, settled by and when. */
void update(SQLite::Database &database, const Obligation &obligation);

/**
 * What a decision on study day @p today depends on: rows of the last 40 study days and of any later ones, those
 * since quiet ended, and the row made last, however old.
 */
Ledger readLedger(SQLite::Database &database, const QString &person, int today);
/** Writes what record() made of @p before: new rows and logins, memory, quiet, voided and new deferrals. */
void keepLedger(SQLite::Database &database, const QString &person, const Ledger &before, const Ledger &after);

/** Makes the token for this gate run, writes it to the row, and returns the pass. */
Pass issuePass(
    SQLite::Database &database, const QString &obligation, const QString &word, const QByteArray &gateSecret);

} // namespace qingfeng::obligation_table
