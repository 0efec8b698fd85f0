#pragma once

#include "quiz/archive/attempt.h"
#include "quiz/people/roster.h"
#include "quiz/protocol/admin_messages.h"
#include "quiz/protocol/messages.h"

#include <optional>

/** The records that cross between service and store. Times are UTC milliseconds. */
namespace qingfeng::server {

struct StatementEntry
{
    QByteArray digest; ///< statementDigest()
    Attempt attempt; ///< with a hash that matches its content
};

/** What one POST brought, all of one store, in the order of the body. At least one entry. */
struct StatementBatch
{
    QString device;
    QString store;
    qint64 receivedAtMs = 0;
    QByteArray body; ///< JSON array of the statements, verbatim
    QList<StatementEntry> entries;
};

/** What became of a batch. Only Stored changes the ledger at the head; a fork is stored as a branch. */
struct AppendOutcome
{
    enum class Kind {
        Stored, ///< all there now, or there before
        Conflict, ///< ids that are there with other content; the batch is set aside
        Gap, ///< answers before it are missing
        Fork, ///< another answer holds its place: kept as a new branch (epoch)
        TooManyForks,
        NotOwner, ///< the store belongs to another device
        Revoked,
    };
    Kind kind = Kind::Stored;
    QStringList conflicting;
    qint64 expectedSeq = 0; ///< of a gap
    qint64 headSeq = 0;
    QByteArray headHash;
    int epoch = 0; ///< 0 = the first branch
};

struct ChainHead
{
    QString store;
    QString device;
    int epoch = 0;
    qint64 seq = 0;
    QByteArray hash;
};

struct StoredStatement
{
    QJsonObject statement;
    QString device;
    qint64 storedAtMs = 0;
};

/** Filters of GET /xapi/statements; empty or absent = all. */
struct StatementQuery
{
    QString person;
    QString device; ///< only what this device sent
    std::optional<qint64> sinceMs; ///< stored after
    std::optional<qint64> untilMs; ///< stored at or before
    bool ascending = false;
    int limit = 100;
    std::optional<qint64> after; ///< sequence of the last one seen, in the direction of the query
};

struct StatementPage
{
    QList<StoredStatement> statements;
    std::optional<qint64> next; ///< for StatementQuery::after; absent at the end
    std::optional<qint64> consistentThroughMs; ///< what was stored until then is found; absent = everything
};

struct EventBatch
{
    QString device;
    qint64 receivedAtMs = 0;
    QList<GateEvent> events;
};

struct EventOutcome
{
    QStringList conflicting; ///< ids that are there with other content; then nothing was stored
    bool revoked = false;
};

struct StoredEvent
{
    qint64 sequence = 0;
    QString device;
    qint64 receivedAtMs = 0;
    GateEvent event;
};

struct EnrolmentCodeBatch
{
    QString department;
    QList<QByteArray> hashes; ///< SHA-256 of each code
    qint64 expiresAtMs = 0;
};

struct Enrolment
{
    QByteArray codeHash;
    QString device; ///< the id it will have
    QString name;
    QString store;
    QByteArray publicKey;
    QList<PinHash> pins;
    qint64 nowMs = 0;
};

struct Device
{
    QString id;
    QString name;
    QString department;
    QString store;
    QByteArray publicKey;
    bool revoked = false;
};

struct Publication
{
    QString unit;
    qint64 revision = 0;
    QString manifestHash;
    QString packageHash; ///< hex SHA-256 of the bytes: its file name in bank/
    qint64 bytes = 0;
    qint64 questions = 0;
    QByteArray signingPublicKey;
    qint64 publishedAtMs = 0;
};

} // namespace qingfeng::server
