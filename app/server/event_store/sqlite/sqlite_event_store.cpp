#include "app/server/event_store/sqlite/sqlite_event_store.h"

#include "app/server/event_store/sqlite/open_database.h"
#include "app/server/event_store/sqlite/rows.h"
#include "app/server/event_store/sqlite/zstd_text.h"

namespace qingfeng::server {
namespace {

constexpr std::size_t keptReaders = 16;
constexpr qint64 smallJob = 512; ///< bytes that a job without a body is counted as

} // namespace

SqliteEventStore::SqliteEventStore(
    QString path, std::unique_ptr<SQLite::Database> database, WriterBounds bounds)
    : m_path(std::move(path))
    , m_writer(std::move(database), bounds, rows::projectSome)
{
}

SqliteEventStore::~SqliteEventStore() = default;

Result<std::unique_ptr<SqliteEventStore>> SqliteEventStore::open(const QString &path, WriterBounds bounds)
{
    auto database = openForWriting(path);
    if (!database) {
        return database.error();
    }
    return std::unique_ptr<SqliteEventStore>(new SqliteEventStore(path, std::move(*database), bounds));
}

Result<std::unique_ptr<SQLite::Database>> SqliteEventStore::borrow() const
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_readers.empty()) {
            auto connection = std::move(m_readers.back());
            m_readers.pop_back();
            return connection;
        }
    }
    return openForReading(m_path);
}

void SqliteEventStore::giveBack(std::unique_ptr<SQLite::Database> connection) const
{
    const std::lock_guard lock(m_mutex);
    if (m_readers.size() < keptReaders) {
        m_readers.push_back(std::move(connection));
    }
}

template <typename Work>
auto SqliteEventStore::read(Work work) const -> Result<decltype(work(std::declval<SQLite::Database &>()))>
{
    auto connection = borrow();
    if (!connection) {
        return connection.error();
    }
    try {
        SQLite::Transaction snapshot(**connection);
        auto value = work(**connection);
        snapshot.commit();
        giveBack(std::move(*connection));
        return value;
    } catch (const SQLite::Exception &exception) {
        return errorFrom(exception);
    }
}

template <typename T, typename Work> void SqliteEventStore::write(qint64 bytes, Work work, Done<T> done)
{
    auto outcome = std::make_shared<std::optional<Result<T>>>();
    m_writer.submit(
        bytes, [outcome, work = std::move(work)](SQLite::Database &database) { *outcome = work(database); },
        [outcome, done = std::move(done)](std::optional<Error> failure) {
            done(failure ? Result<T>(*failure) : **outcome);
        });
}

void SqliteEventStore::appendStatements(StatementBatch batch, Done<AppendOutcome> done)
{
    const qint64 bytes = smallJob + batch.body.size();
    QByteArray frame = zstdCompress(batch.body); // on the caller's thread: the writer has better things to do
    write<AppendOutcome>(
        bytes,
        [batch = std::move(batch), frame](SQLite::Database &database) -> Result<AppendOutcome> {
            return rows::appendStatements(database, batch, frame);
        },
        std::move(done));
}

Result<std::optional<StoredStatement>> SqliteEventStore::statement(const QString &id) const
{
    return read([&](SQLite::Database &database) { return rows::statement(database, id); });
}

Result<StatementPage> SqliteEventStore::statements(const StatementQuery &query) const
{
    return read([&](SQLite::Database &database) { return rows::statements(database, query); });
}

Result<QList<ChainHead>> SqliteEventStore::chainHeads(const QString &store) const
{
    return read([&](SQLite::Database &database) { return rows::chainHeads(database, store); });
}

void SqliteEventStore::appendEvents(EventBatch batch, Done<EventOutcome> done)
{
    const qint64 bytes = smallJob * (1 + batch.events.size());
    write<EventOutcome>(
        bytes,
        [batch = std::move(batch)](SQLite::Database &database) -> Result<EventOutcome> {
            return rows::appendEvents(database, batch);
        },
        std::move(done));
}

Result<QList<StoredEvent>> SqliteEventStore::events(qint64 afterSequence, int limit) const
{
    return read([&](SQLite::Database &database) { return rows::events(database, afterSequence, limit); });
}

Result<Unit> SqliteEventStore::unit() const
{
    return read([](SQLite::Database &database) { return rows::unit(database); });
}

Result<Roster> SqliteEventStore::roster() const
{
    return read([](SQLite::Database &database) { return rows::roster(database); });
}

Result<Roster> SqliteEventStore::rosterOf(const QString &department) const
{
    return read([&](SQLite::Database &database) { return rows::rosterOf(database, department); });
}

Result<QStringList> SqliteEventStore::strangers(const QStringList &numbers, const QString &department) const
{
    return read([&](SQLite::Database &database) { return rows::strangers(database, numbers, department); });
}

void SqliteEventStore::mergeRoster(Roster changes, Done<void> done)
{
    const qint64 bytes = smallJob * (1 + changes.people.size());
    write<void>(
        bytes,
        [changes = std::move(changes)](SQLite::Database &database) -> Result<void> {
            rows::mergeRoster(database, changes);
            return {};
        },
        std::move(done));
}

void SqliteEventStore::addEnrolmentCodes(EnrolmentCodeBatch batch, Done<void> done)
{
    write<void>(
        smallJob,
        [batch = std::move(batch)](SQLite::Database &database) -> Result<void> {
            rows::addEnrolmentCodes(database, batch);
            return {};
        },
        std::move(done));
}

void SqliteEventStore::enrol(Enrolment enrolment, Done<Device> done)
{
    write<Device>(
        smallJob,
        [enrolment = std::move(enrolment)](SQLite::Database &database) -> Result<Device> {
            auto device = rows::enrol(database, enrolment);
            if (!device) {
                return Error(ErrorCode::NotFound, QStringLiteral("no such code, or used or expired"));
            }
            return *device;
        },
        std::move(done));
}

Result<std::optional<Device>> SqliteEventStore::device(const QString &id) const
{
    return read([&](SQLite::Database &database) { return rows::device(database, id); });
}

Result<QList<DeviceInfo>> SqliteEventStore::devices() const
{
    return read([](SQLite::Database &database) { return rows::devices(database); });
}

void SqliteEventStore::useNonce(QString device, QByteArray nonce, qint64 nowMs, Done<void> done)
{
    write<void>(
        smallJob,
        [device = std::move(device), nonce = std::move(nonce), nowMs](SQLite::Database &database) -> Result<void> {
            if (!rows::useNonce(database, device, nonce, nowMs)) {
                return Error(ErrorCode::Conflict, QStringLiteral("this nonce was used before"));
            }
            return {};
        },
        std::move(done));
}

void SqliteEventStore::revoke(QString device, qint64 nowMs, Done<void> done)
{
    write<void>(
        smallJob,
        [device = std::move(device), nowMs](
            SQLite::Database &database) -> Result<void> {
            if (!rows::revoke(database, device, nowMs)) {
                return Error(ErrorCode::NotFound, QStringLiteral("no such device"));
            }
            return {};
        },
        std::move(done));
}

void SqliteEventStore::publish(Publication publication, Done<void> done)
{
    write<void>(
        smallJob,
        [publication = std::move(publication)](SQLite::Database &database) -> Result<void> {
            if (auto refused = rows::publish(database, publication)) {
                return *refused;
            }
            return {};
        },
        std::move(done));
}

Result<std::optional<Publication>> SqliteEventStore::published() const
{
    return read([](SQLite::Database &database) { return rows::published(database); });
}

Result<QList<QByteArray>> SqliteEventStore::bankKeys() const
{
    return read([](SQLite::Database &database) { return rows::bankKeys(database); });
}

Result<QByteArray> SqliteEventStore::setting(const QString &key) const
{
    return read([&](SQLite::Database &database) { return rows::setting(database, key); });
}

void SqliteEventStore::putSetting(QString key, QByteArray value, Done<void> done)
{
    write<void>(
        smallJob,
        [key = std::move(key), value = std::move(value)](SQLite::Database &database) -> Result<void> {
            rows::putSetting(database, key, value);
            return {};
        },
        std::move(done));
}

} // namespace qingfeng::server
