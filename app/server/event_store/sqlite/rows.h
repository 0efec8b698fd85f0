#pragma once

#include "app/server/event_store/records.h"

#include <SQLiteCpp/SQLiteCpp.h>

/**
 * The SQL of each kind of record: free functions on a connection, inside whatever transaction the caller has.
 * All throw SQLite::Exception.
 */
namespace qingfeng::server::rows {

// ledger.cpp
/** @param frame  zstd of batch.body, made beforehand */
AppendOutcome appendStatements(SQLite::Database &database, const StatementBatch &batch, const QByteArray &frame);
std::optional<StoredStatement> statement(SQLite::Database &database, const QString &id);
QList<ChainHead> chainHeads(SQLite::Database &database, const QString &store);
EventOutcome appendEvents(SQLite::Database &database, const EventBatch &batch);
QList<StoredEvent> events(SQLite::Database &database, qint64 afterSequence, int limit);

// projection.cpp
/** Projects the next few batches; true while there are more. */
bool projectSome(SQLite::Database &database);
StatementPage statements(SQLite::Database &database, const StatementQuery &query);

// roster_rows.cpp
Unit unit(SQLite::Database &database);
Roster roster(SQLite::Database &database);
Roster rosterOf(SQLite::Database &database, const QString &department);
QStringList strangers(SQLite::Database &database, const QStringList &numbers, const QString &department);
void mergeRoster(SQLite::Database &database, const Roster &changes);
/** Sets the PINs of people of @p department who have none. */
void fillPins(SQLite::Database &database, const QList<PinHash> &pins, const QString &department);

// device_rows.cpp
void addEnrolmentCodes(SQLite::Database &database, const EnrolmentCodeBatch &batch);
std::optional<Device> enrol(SQLite::Database &database, const Enrolment &enrolment);
std::optional<Device> device(SQLite::Database &database, const QString &id);
QList<DeviceInfo> devices(SQLite::Database &database);
bool isRevoked(SQLite::Database &database, const QString &device);
/** False when the nonce was used before. */
bool useNonce(SQLite::Database &database, const QString &device, const QByteArray &nonce, qint64 nowMs);
bool revoke(SQLite::Database &database, const QString &device, qint64 nowMs);

// bank_rows.cpp
/** Empty, or why it cannot be published. */
std::optional<Error> publish(SQLite::Database &database, const Publication &publication);
std::optional<Publication> published(SQLite::Database &database);
QList<QByteArray> bankKeys(SQLite::Database &database);
QByteArray setting(SQLite::Database &database, const QString &key);
void putSetting(SQLite::Database &database, const QString &key, const QByteArray &value);

} // namespace qingfeng::server::rows
