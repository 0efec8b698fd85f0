#pragma once

#include "app/server/event_store/records.h"
#include "app/server/event_store/sql/writer.h"

#include <functional>
#include <mutex>

namespace qingfeng::server {

/** Called exactly once: after the change is durable, or with the reason why there was none. From any thread.
 */
template <typename T> using Done = std::function<void(Result<T>)>;

/**
 * All state of the service, in one SQLite file or one PostgreSQL database, so that any server can answer any
 * request.
 *
 * Reads may be called from any thread and see only what is committed. Changes are queued: many share one
 * transaction, and Done is called after its commit. Unavailable: the queue is full, or the disk refused;
 * nothing was changed and the same call may work later. A process that dies loses nothing that was
 * acknowledged.
 */
class EventStore
{
public:
    explicit EventStore(
        std::unique_ptr<SqlDatabase> database, std::unique_ptr<Sql> writing, WriterBounds bounds);
    /** Corrupt, TooNew, Io or Unavailable: what the database said. */
    static Result<std::unique_ptr<EventStore>> open(
        std::unique_ptr<SqlDatabase> database, WriterBounds bounds = {});
    /** In one SQLite file, made when there is none. */
    static Result<std::unique_ptr<EventStore>> openFile(const QString &path, WriterBounds bounds = {});
    /** Commits what is queued. */
    ~EventStore();

    // Any rows: see event_store/rows
    /** What @p work makes of one snapshot; it gets a connection that nobody else uses meanwhile. */
    template <typename Work> auto read(Work work) const -> Result<std::invoke_result_t<Work, Sql &>>
    {
        std::optional<std::invoke_result_t<Work, Sql &>> value;
        if (const auto failure = runReading([&](Sql &sql) { value = work(sql); })) {
            return *failure;
        }
        return *std::move(value);
    }
    /**
     * Queues @p work, which returns a Result<T>; @p done gets it after the commit. What fails with an
     * exception is undone, what returns an error is not: it must have changed nothing.
     *
     * @param bytes  what the job holds in memory beyond a small record
     */
    template <typename T, typename Work> void write(qint64 bytes, Work work, Done<T> done)
    {
        auto outcome = std::make_shared<std::optional<Result<T>>>();
        m_writer.submit(
            bytes + smallJob, [outcome, work = std::move(work)](Sql &sql) { *outcome = work(sql); },
            [outcome, done = std::move(done)](
                std::optional<Error> failure) { done(failure ? Result<T>(*failure) : **outcome); });
    }

    // Ledger
    void appendStatements(StatementBatch batch, Done<AppendOutcome> done);
    Result<std::optional<StoredStatement>> statement(const QString &id) const;
    Result<StatementPage> statements(const StatementQuery &query) const;
    Result<QList<ChainHead>> chainHeads(const QString &store) const;

    // Gate events
    void appendEvents(EventBatch batch, Done<EventOutcome> done);
    Result<QList<StoredEvent>> events(qint64 afterSequence, int limit) const;

    // Roster
    Result<Unit> unit() const; ///< with an empty code before the first import
    Result<Roster> roster() const;
    /** The people of a department and those below it, with the tree that leads there. */
    Result<Roster> rosterOf(const QString &department, QDate today) const;
    /** Those of @p numbers who never had an assignment in @p department or below. */
    Result<QStringList> strangers(const QStringList &numbers, const QString &department) const;
    /** Adds and replaces people and departments; who is absent from @p changes stays. */
    void mergeRoster(Roster changes, Done<void> done);

    // Devices
    void addEnrolmentCodes(EnrolmentCodeBatch batch, Done<void> done);
    /** NotFound: no such code, used or expired. */
    void enrol(Enrolment enrolment, Done<Device> done);
    Result<std::optional<Device>> device(const QString &id) const;
    Result<QList<DeviceInfo>> devices() const;
    /** Remembers a token request. Conflict: this nonce was used before. */
    void useNonce(QString device, QByteArray nonce, qint64 nowMs, Done<void> done);
    /** NotFound: no such device. Revoking twice is as good as once. */
    void revoke(QString device, qint64 nowMs, Done<void> done);

    // Bank
    /** Conflict: the revision does not grow, or the same revision with other bytes; NotPermitted: its key. */
    void publish(Publication publication, Done<void> done);
    Result<std::optional<Publication>> published() const;
    Result<QList<QByteArray>> bankKeys() const;

    // Server's own secrets and marks
    Result<QByteArray> setting(const QString &key) const; ///< empty when never set
    void putSetting(QString key, QByteArray value, Done<void> done);

private:
    static constexpr qint64 smallJob = 512; ///< bytes that a job without a body is counted as

    std::optional<Error> runReading(const std::function<void(Sql &)> &work) const;
    Result<std::unique_ptr<Sql>> borrow() const;
    void giveBack(std::unique_ptr<Sql> connection) const;

    const std::unique_ptr<SqlDatabase> m_database;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<Sql>> m_readers;
    Writer m_writer;
};

} // namespace qingfeng::server
