#include "app/server/event_store/sqlite/sqlite_database.h"

#include "app/server/event_store/sql/migrations.h"

#include <unordered_map>

#include <SQLiteCpp/SQLiteCpp.h>

#include <sqlite3.h>

namespace qingfeng::server {
namespace {

constexpr int busyTimeoutMs = 5'000;

/** What an SQLite exception means here: a full disk and a locked file may pass, a broken file does not. */
Error errorFrom(const SQLite::Exception &exception)
{
    const QString detail = QString::fromUtf8(exception.what());
    switch (exception.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
        return Error(ErrorCode::Unavailable, detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Error(ErrorCode::Corrupt, detail);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return Error(ErrorCode::Io, detail);
    default:
        return Error(ErrorCode::Internal, detail);
    }
}

/** What @p work does, with SQLite's exceptions made ours. */
template <typename Work> auto translated(Work work) -> decltype(work())
{
    try {
        return work();
    } catch (const SQLite::Exception &exception) {
        throw SqlError(errorFrom(exception));
    }
}

/** Statements that were prepared before: to compile one costs ten times as much as to run it. */
class StatementCache
{
public:
    explicit StatementCache(SQLite::Database &database)
        : m_database(database)
    {
    }

    std::unique_ptr<SQLite::Statement> take(const std::string &sql)
    {
        const auto found = m_idle.find(sql);
        if (found == m_idle.end()) {
            return std::make_unique<SQLite::Statement>(m_database, sql);
        }
        auto statement = std::move(found->second);
        m_idle.erase(found);
        return statement;
    }

    void giveBack(std::unique_ptr<SQLite::Statement> statement) noexcept
    {
        if (m_idle.size() < maxIdle) {
            try {
                statement->tryReset();
                statement->clearBindings();
                m_idle.emplace(statement->getQuery(), std::move(statement));
            } catch (const std::exception &) {
                return; // then it is compiled again
            }
        }
    }

private:
    static constexpr std::size_t maxIdle = 128;

    SQLite::Database &m_database;
    std::unordered_multimap<std::string, std::unique_ptr<SQLite::Statement>> m_idle;
};

class SqliteStatement final : public SqlStatement
{
public:
    SqliteStatement(StatementCache &cache, const std::string &sql)
        : m_cache(cache)
        , m_owned(cache.take(sql))
        , m_statement(*m_owned)
    {
    }
    ~SqliteStatement() override { m_cache.giveBack(std::move(m_owned)); }

    void reset() override
    {
        translated([this] {
            m_statement.reset();
            m_statement.clearBindings();
        });
    }
    void bind(int position, qint64 value) override
    {
        translated([&] { m_statement.bind(position, std::int64_t(value)); });
    }
    void bind(int position, const QString &value) override
    {
        translated([&] { m_statement.bind(position, value.toStdString()); });
    }
    void bind(int position, const QByteArray &value) override
    {
        translated([&] { m_statement.bind(position, value.constData(), int(value.size())); });
    }
    void bindNull(int position) override
    {
        translated([&] { m_statement.bind(position); });
    }
    bool step() override
    {
        return translated([this] { return m_statement.executeStep(); });
    }
    qint64 run() override
    {
        return translated([this] {
            while (m_statement.executeStep()) { } // of a change that returns rows
            return qint64(m_statement.getChanges());
        });
    }
    bool isNull(int column) const override { return value(column).isNull(); }
    qint64 integer(int column) const override { return value(column).getInt64(); }
    QString text(int column) const override { return QString::fromStdString(value(column).getString()); }
    QByteArray blob(int column) const override
    {
        const SQLite::Column found = value(column);
        return QByteArray(static_cast<const char *>(found.getBlob()), found.getBytes());
    }

private:
    SQLite::Column value(int column) const
    {
        return translated([&] { return m_statement.getColumn(column); });
    }

    StatementCache &m_cache;
    std::unique_ptr<SQLite::Statement> m_owned;
    SQLite::Statement &m_statement;
};

class SqliteConnection final : public Sql
{
public:
    explicit SqliteConnection(std::unique_ptr<SQLite::Database> database)
        : m_database(std::move(database))
        , m_cache(*m_database)
    {
    }

    Dialect dialect() const override { return Dialect::Sqlite; }
    std::unique_ptr<SqlStatement> prepare(const std::string &sql) override
    {
        return translated([&] { return std::make_unique<SqliteStatement>(m_cache, sql); });
    }
    void execute(const std::string &sql) override
    {
        translated([&] { m_database->exec(sql); });
    }
    void begin(Purpose purpose) override { execute(purpose == Purpose::Write ? "BEGIN IMMEDIATE" : "BEGIN"); }
    void commit() override { execute("COMMIT"); }
    void rollBack() noexcept override
    {
        if (inTransaction()) {
            m_database->tryExec("ROLLBACK");
        }
    }
    bool inTransaction() const override { return sqlite3_get_autocommit(m_database->getHandle()) == 0; }

private:
    std::unique_ptr<SQLite::Database> m_database;
    StatementCache m_cache; // after the database: statements go first
};

void migrate(SQLite::Database &database, int from)
{
    for (int step = from; step < int(migrations.size()); ++step) {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        database.exec(migrations[std::size_t(step)]);
        database.exec("PRAGMA user_version = " + std::to_string(step + 1));
        transaction.commit();
    }
}

std::unique_ptr<SQLite::Database> openForWriting(const QString &path)
{
    auto database = std::make_unique<SQLite::Database>(
        path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busyTimeoutMs);
    database->exec("PRAGMA journal_mode = WAL");
    database->exec("PRAGMA synchronous = FULL");
    database->exec("PRAGMA foreign_keys = ON");
    return database;
}

} // namespace

SqliteDatabase::SqliteDatabase(QString path)
    : m_path(std::move(path))
{
}

Result<std::unique_ptr<SqlDatabase>> SqliteDatabase::open(const QString &path)
{
    try {
        SQLite::Database looking(
            path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busyTimeoutMs);
        const int version = looking.execAndGet("PRAGMA user_version").getInt();
        if (version > int(migrations.size())) {
            return Error(ErrorCode::TooNew,
                QStringLiteral("schema %1 was written by a newer version; this one knows up to %2")
                    .arg(version)
                    .arg(migrations.size()),
                path);
        }
        const auto database = openForWriting(path);
        migrate(*database, version);
    } catch (const SQLite::Exception &exception) {
        const Error error = errorFrom(exception);
        return Error(error.code(), error.detail(), path);
    }
    return std::unique_ptr<SqlDatabase>(new SqliteDatabase(path));
}

Result<std::unique_ptr<Sql>> SqliteDatabase::connect(Sql::Purpose purpose) const
{
    try {
        auto database = purpose == Sql::Purpose::Write
            ? openForWriting(m_path)
            : std::make_unique<SQLite::Database>(m_path.toStdString(), SQLite::OPEN_READONLY, busyTimeoutMs);
        return std::unique_ptr<Sql>(new SqliteConnection(std::move(database)));
    } catch (const SQLite::Exception &exception) {
        const Error error = errorFrom(exception);
        return Error(error.code(), error.detail(), m_path);
    }
}

} // namespace qingfeng::server
