#include "app/server/event_store/event_store.h"

#include "app/server/event_store/rows/rows.h"
#include "app/server/event_store/rows/zstd_text.h"
#include "app/server/event_store/sqlite/sqlite_database.h"

namespace qingfeng::server {
namespace {

constexpr std::size_t keptReaders = 16;
constexpr qint64 perRecord = 512; ///< bytes that one record of a list is counted as

} // namespace

EventStore::EventStore(
    std::unique_ptr<SqlDatabase> database, std::unique_ptr<Sql> writing, WriterBounds bounds)
    : m_database(std::move(database))
    , m_writer(std::move(writing), bounds, rows::projectSome)
{
}

EventStore::~EventStore() = default;

Result<std::unique_ptr<EventStore>> EventStore::open(
    std::unique_ptr<SqlDatabase> database, WriterBounds bounds)
{
    auto writing = database->connect(Sql::Purpose::Write);
    if (!writing) {
        return writing.error();
    }
    return std::make_unique<EventStore>(std::move(database), std::move(*writing), bounds);
}

Result<std::unique_ptr<EventStore>> EventStore::openFile(const QString &path, WriterBounds bounds)
{
    auto database = SqliteDatabase::open(path);
    if (!database) {
        return database.error();
    }
    return open(std::move(*database), bounds);
}

Result<std::unique_ptr<Sql>> EventStore::borrow() const
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_readers.empty()) {
            auto connection = std::move(m_readers.back());
            m_readers.pop_back();
            return connection;
        }
    }
    return m_database->connect(Sql::Purpose::Read);
}

void EventStore::giveBack(std::unique_ptr<Sql> connection) const
{
    const std::lock_guard lock(m_mutex);
    if (m_readers.size() < keptReaders) {
        m_readers.push_back(std::move(connection));
    }
}

std::optional<Error> EventStore::runReading(const std::function<void(Sql &)> &work) const
{
    auto connection = borrow();
    if (!connection) {
        return connection.error();
    }
    try {
        SqlTransaction snapshot(**connection, Sql::Purpose::Read);
        work(**connection);
        snapshot.commit();
    } catch (const SqlError &failure) {
        return failure.error(); // the connection goes with it: it may be the fault
    }
    giveBack(std::move(*connection));
    return std::nullopt;
}

void EventStore::appendStatements(StatementBatch batch, Done<AppendOutcome> done)
{
    const qint64 bytes = batch.body.size();
    QByteArray frame = zstdCompress(batch.body); // on the caller's thread: the writer has better things to do
    write<AppendOutcome>(
        bytes,
        [batch = std::move(batch), frame](
            Sql &sql) -> Result<AppendOutcome> { return rows::appendStatements(sql, batch, frame); },
        std::move(done));
}

Result<std::optional<StoredStatement>> EventStore::statement(const QString &id) const
{
    return read([&](Sql &sql) { return rows::statement(sql, id); });
}

Result<StatementPage> EventStore::statements(const StatementQuery &query) const
{
    return read([&](Sql &sql) { return rows::statements(sql, query); });
}

Result<QList<ChainHead>> EventStore::chainHeads(const QString &store) const
{
    return read([&](Sql &sql) { return rows::chainHeads(sql, store); });
}

void EventStore::appendEvents(EventBatch batch, Done<EventOutcome> done)
{
    const qint64 bytes = perRecord * batch.events.size();
    write<EventOutcome>(
        bytes,
        [batch = std::move(batch)](
            Sql &sql) -> Result<EventOutcome> { return rows::appendEvents(sql, batch); },
        std::move(done));
}

Result<QList<StoredEvent>> EventStore::events(qint64 afterSequence, int limit) const
{
    return read([&](Sql &sql) { return rows::events(sql, afterSequence, limit); });
}

Result<Unit> EventStore::unit() const
{
    return read([](Sql &sql) { return rows::unit(sql); });
}

Result<Roster> EventStore::roster() const
{
    return read([](Sql &sql) { return rows::roster(sql); });
}

Result<Roster> EventStore::rosterOf(const QString &department, QDate today) const
{
    return read([&](Sql &sql) { return rows::rosterOf(sql, department, today); });
}

Result<QStringList> EventStore::strangers(const QStringList &numbers, const QString &department) const
{
    return read([&](Sql &sql) { return rows::strangers(sql, numbers, department); });
}

void EventStore::mergeRoster(Roster changes, Done<void> done)
{
    const qint64 bytes = perRecord * changes.people.size();
    write<void>(
        bytes,
        [changes = std::move(changes)](Sql &sql) -> Result<void> {
            rows::mergeRoster(sql, changes);
            return {};
        },
        std::move(done));
}

void EventStore::addEnrolmentCodes(EnrolmentCodeBatch batch, Done<void> done)
{
    write<void>(
        0,
        [batch = std::move(batch)](Sql &sql) -> Result<void> {
            rows::addEnrolmentCodes(sql, batch);
            return {};
        },
        std::move(done));
}

void EventStore::enrol(Enrolment enrolment, Done<Device> done)
{
    write<Device>(
        0,
        [enrolment = std::move(enrolment)](Sql &sql) -> Result<Device> {
            auto device = rows::enrol(sql, enrolment);
            if (!device) {
                return Error(ErrorCode::NotFound, QStringLiteral("no such code, or used or expired"));
            }
            return *device;
        },
        std::move(done));
}

Result<std::optional<Device>> EventStore::device(const QString &id) const
{
    return read([&](Sql &sql) { return rows::device(sql, id); });
}

Result<QList<DeviceInfo>> EventStore::devices() const
{
    return read([](Sql &sql) { return rows::devices(sql); });
}

void EventStore::useNonce(QString device, QByteArray nonce, qint64 nowMs, Done<void> done)
{
    write<void>(
        0,
        [device = std::move(device), nonce = std::move(nonce), nowMs](Sql &sql) -> Result<void> {
            if (!rows::useNonce(sql, device, nonce, nowMs)) {
                return Error(ErrorCode::Conflict, QStringLiteral("this nonce was used before"));
            }
            return {};
        },
        std::move(done));
}

void EventStore::revoke(QString device, qint64 nowMs, Done<void> done)
{
    write<void>(
        0,
        [device = std::move(device), nowMs](Sql &sql) -> Result<void> {
            if (!rows::revoke(sql, device, nowMs)) {
                return Error(ErrorCode::NotFound, QStringLiteral("no such device"));
            }
            return {};
        },
        std::move(done));
}

void EventStore::publish(Publication publication, Done<void> done)
{
    write<void>(
        0,
        [publication = std::move(publication)](Sql &sql) -> Result<void> {
            if (auto refused = rows::publish(sql, publication)) {
                return *refused;
            }
            return {};
        },
        std::move(done));
}

Result<std::optional<Publication>> EventStore::published() const
{
    return read([](Sql &sql) { return rows::published(sql); });
}

Result<QList<QByteArray>> EventStore::bankKeys() const
{
    return read([](Sql &sql) { return rows::bankKeys(sql); });
}

Result<QByteArray> EventStore::setting(const QString &key) const
{
    return read([&](Sql &sql) { return rows::setting(sql, key); });
}

void EventStore::putSetting(QString key, QByteArray value, Done<void> done)
{
    write<void>(
        0,
        [key = std::move(key), value = std::move(value)](Sql &sql) -> Result<void> {
            rows::putSetting(sql, key, value);
            return {};
        },
        std::move(done));
}

} // namespace qingfeng::server
