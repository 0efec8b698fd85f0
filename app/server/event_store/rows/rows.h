#pragma once

#include "app/server/event_store/records.h"
#include "app/server/event_store/sql/sql.h"
#include "quiz/archive/annotation.h"
#include "quiz/protocol/messages.h"

/**
 * The SQL of each kind of record: free functions on a connection, inside whatever transaction the caller has.
 * All throw SqlError.
 */
namespace qingfeng::server::rows {

// ledger.cpp
/** @param frame  zstd of batch.body, made beforehand */
AppendOutcome appendStatements(Sql &sql, const StatementBatch &batch, const QByteArray &frame);
std::optional<StoredStatement> statement(Sql &sql, const QString &id);
QList<ChainHead> chainHeads(Sql &sql, const QString &store);
EventOutcome appendEvents(Sql &sql, const EventBatch &batch);
QList<StoredEvent> events(Sql &sql, qint64 afterSequence, int limit);

// projection.cpp
/** Projects the next few batches; true while there are more. */
bool projectSome(Sql &sql);
StatementPage statements(Sql &sql, const StatementQuery &query);

// annotation_rows.cpp
/**
 * Gives @p annotation its number, has it signed by @p sign and keeps it; one whose id is there already is returned as
 * it was first written. Conflict: there it is about another attempt, or says something else.
 */
Result<Annotation> annotate(
    Sql &sql, Annotation annotation, const std::function<Result<void>(Annotation &)> &sign);
/** Those of a store with a number beyond @p after, ascending, at most @p limit. */
QList<Annotation> annotations(Sql &sql, const QString &store, qint64 after, int limit);
/** Those of a person on all stores, at most @p limit. */
QList<Annotation> annotationsOfPerson(Sql &sql, const QString &person, int limit);

// feedback_rows.cpp
/**
 * Keeps entries of one store and gives each its number; those whose ids are there already stay as they are. Conflict:
 * one is there otherwise. NotFound: one belongs to a thread that is not there, or that is of another store or person.
 * Nothing is kept then.
 */
Result<QList<FeedbackEntry>> addFeedback(Sql &sql, QList<FeedbackEntry> entries, qint64 nowMs);
/** Those of a store with a number beyond @p after, ascending, at most @p limit. */
QList<FeedbackEntry> feedback(Sql &sql, const QString &store, qint64 after, int limit);
/** Those of a thread, in order. */
QList<FeedbackEntry> feedbackThread(Sql &sql, const QString &thread);
/** Threads in one of @p states (1 … 4 of them), the longest unchanged first; after @p after, when it is given. */
QList<InboxThread> inbox(
    Sql &sql, const QList<FeedbackState> &states, const std::optional<InboxThread> &after, int limit);

// roster_rows.cpp
Unit unit(Sql &sql);
Roster roster(Sql &sql);
/** People whose assignment ended before yesterday of @p today are not among them. */
Roster rosterOf(Sql &sql, const QString &department, QDate today);
QStringList strangers(Sql &sql, const QStringList &numbers, const QString &department);
void mergeRoster(Sql &sql, const Roster &changes);
/** Sets the PINs of people of @p department who have none. */
void fillPins(Sql &sql, const QList<PinHash> &pins, const QString &department);

// device_rows.cpp
void addEnrolmentCodes(Sql &sql, const EnrolmentCodeBatch &batch);
std::optional<Device> enrol(Sql &sql, const Enrolment &enrolment);
std::optional<Device> device(Sql &sql, const QString &id);
QList<DeviceInfo> devices(Sql &sql);
bool isRevoked(Sql &sql, const QString &device);
/** False when the nonce was used before. */
bool useNonce(Sql &sql, const QString &device, const QByteArray &nonce, qint64 nowMs);
bool revoke(Sql &sql, const QString &device, qint64 nowMs);

// bank_rows.cpp
/** Empty, or why it cannot be published. */
std::optional<Error> publish(Sql &sql, const Publication &publication);
std::optional<Publication> published(Sql &sql);
QList<QByteArray> bankKeys(Sql &sql);
QByteArray setting(Sql &sql, const QString &key);
void putSetting(Sql &sql, const QString &key, const QByteArray &value);

} // namespace qingfeng::server::rows
