#pragma once

#include "app/server/event_store/records.h"

#include <functional>

namespace qingfeng::server {

/** Called exactly once: after the change is durable, or with the reason why there was none. From any thread. */
template <typename T> using Done = std::function<void(Result<T>)>;

/**
 * All state of the service, behind one interface, so that any server can answer any request.
 *
 * Reads may be called from any thread and see only what is committed. Changes are queued: many share one
 * transaction, and Done is called after its commit. Unavailable: the queue is full, or the disk refused;
 * nothing was changed and the same call may work later.
 */
class EventStore
{
public:
    virtual ~EventStore() = default;

    // Ledger
    virtual void appendStatements(StatementBatch batch, Done<AppendOutcome> done) = 0;
    virtual Result<std::optional<StoredStatement>> statement(const QString &id) const = 0;
    virtual Result<StatementPage> statements(const StatementQuery &query) const = 0;
    virtual Result<QList<ChainHead>> chainHeads(const QString &store) const = 0;

    // Gate events
    virtual void appendEvents(EventBatch batch, Done<EventOutcome> done) = 0;
    virtual Result<QList<StoredEvent>> events(qint64 afterSequence, int limit) const = 0;

    // Roster
    virtual Result<Unit> unit() const = 0; ///< with an empty code before the first import
    virtual Result<Roster> roster() const = 0;
    /** The people of a department and those below it, with the tree that leads there. */
    virtual Result<Roster> rosterOf(const QString &department) const = 0;
    /** Those of @p numbers who never had an assignment in @p department or below. */
    virtual Result<QStringList> strangers(const QStringList &numbers, const QString &department) const = 0;
    /** Adds and replaces people and departments; who is absent from @p changes stays. */
    virtual void mergeRoster(Roster changes, Done<void> done) = 0;

    // Devices
    virtual void addEnrolmentCodes(EnrolmentCodeBatch batch, Done<void> done) = 0;
    /** NotFound: no such code, used or expired. */
    virtual void enrol(Enrolment enrolment, Done<Device> done) = 0;
    virtual Result<std::optional<Device>> device(const QString &id) const = 0;
    virtual Result<QList<DeviceInfo>> devices() const = 0;
    /** Remembers a token request. Conflict: this nonce was used before. */
    virtual void useNonce(QString device, QByteArray nonce, qint64 nowMs, Done<void> done) = 0;
    /** NotFound: no such device. Revoking twice is as good as once. */
    virtual void revoke(QString device, qint64 nowMs, Done<void> done) = 0;

    // Bank
    /** Conflict: the revision does not grow, or the same revision with other bytes; NotPermitted: its key. */
    virtual void publish(Publication publication, Done<void> done) = 0;
    virtual Result<std::optional<Publication>> published() const = 0;
    virtual Result<QList<QByteArray>> bankKeys() const = 0;

    // Server's own secrets and marks
    virtual Result<QByteArray> setting(const QString &key) const = 0; ///< empty when never set
    virtual void putSetting(QString key, QByteArray value, Done<void> done) = 0;
};

} // namespace qingfeng::server
