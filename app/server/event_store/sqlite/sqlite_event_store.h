#pragma once

#include "app/server/event_store/event_store.h"
#include "app/server/event_store/sqlite/writer.h"

#include <mutex>

namespace qingfeng::server {

/**
 * The event store in one SQLite file: one writer thread with group commit, readers on connections of their own.
 * A process that dies loses nothing that was acknowledged (WAL, synchronous=FULL).
 */
class SqliteEventStore final : public EventStore
{
public:
    static Result<std::unique_ptr<SqliteEventStore>> open(const QString &path, WriterBounds bounds = {});
    /** Commits what is queued. */
    ~SqliteEventStore() override;

    void appendStatements(StatementBatch batch, Done<AppendOutcome> done) override;
    Result<std::optional<StoredStatement>> statement(const QString &id) const override;
    Result<StatementPage> statements(const StatementQuery &query) const override;
    Result<QList<ChainHead>> chainHeads(const QString &store) const override;
    void appendEvents(EventBatch batch, Done<EventOutcome> done) override;
    Result<QList<StoredEvent>> events(qint64 afterSequence, int limit) const override;
    Result<Unit> unit() const override;
    Result<Roster> roster() const override;
    Result<Roster> rosterOf(const QString &department) const override;
    Result<QStringList> strangers(const QStringList &numbers, const QString &department) const override;
    void mergeRoster(Roster changes, Done<void> done) override;
    void addEnrolmentCodes(EnrolmentCodeBatch batch, Done<void> done) override;
    void enrol(Enrolment enrolment, Done<Device> done) override;
    Result<std::optional<Device>> device(const QString &id) const override;
    Result<QList<DeviceInfo>> devices() const override;
    void useNonce(QString device, QByteArray nonce, qint64 nowMs, Done<void> done) override;
    void revoke(QString device, qint64 nowMs, Done<void> done) override;
    void publish(Publication publication, Done<void> done) override;
    Result<std::optional<Publication>> published() const override;
    Result<QList<QByteArray>> bankKeys() const override;
    Result<QByteArray> setting(const QString &key) const override;
    void putSetting(QString key, QByteArray value, Done<void> done) override;

private:
    SqliteEventStore(QString path, std::unique_ptr<SQLite::Database> database, WriterBounds bounds);

    /** Runs @p work on a connection nobody else uses meanwhile; one snapshot for all its queries. */
    template <typename Work> auto read(Work work) const -> Result<decltype(work(std::declval<SQLite::Database &>()))>;
    /** Queues @p work, which returns a Result; @p done gets it after the commit. */
    template <typename T, typename Work> void write(qint64 bytes, Work work, Done<T> done);
    Result<std::unique_ptr<SQLite::Database>> borrow() const;
    void giveBack(std::unique_ptr<SQLite::Database> connection) const;

    const QString m_path;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<SQLite::Database>> m_readers;
    Writer m_writer;
};

} // namespace qingfeng::server
