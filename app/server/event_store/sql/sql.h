#pragma once

#include "question_bank/base/result.h"

#include <exception>
#include <memory>

#include <QByteArray>
#include <QString>

/**
 * The database as the rows of this store see it: SQLite or PostgreSQL, the SQL that both understand.
 *
 * Parameters are ? in order, or ?1, ?2 … by number. Text is UTF-8, whole numbers have 64 bits. Where the two
 * differ in a way that matters for speed, ask dialect().
 */
namespace qingfeng::server {

/** What the database refused; Unavailable: the same may work later. */
class SqlError : public std::exception
{
public:
    explicit SqlError(Error error)
        : m_error(std::move(error))
        , m_what(m_error.detail().toStdString())
    {
    }
    const Error &error() const { return m_error; }
    const char *what() const noexcept override { return m_what.c_str(); }

private:
    Error m_error;
    std::string m_what;
};

/** One prepared statement. Everything throws SqlError. */
class SqlStatement
{
public:
    virtual ~SqlStatement() = default;

    /** Ready to run again; what was bound is forgotten. */
    virtual void reset() = 0;
    /** @param position  from 1 */
    virtual void bind(int position, qint64 value) = 0;
    virtual void bind(int position, const QString &value) = 0;
    virtual void bind(int position, const QByteArray &value) = 0;
    virtual void bindNull(int position) = 0;

    /** True when there is a (further) row to read. */
    virtual bool step() = 0;
    /** Runs a change to its end; the number of rows it touched. */
    virtual qint64 run() = 0;

    /** @param column  from 0 */
    virtual bool isNull(int column) const = 0;
    virtual qint64 integer(int column) const = 0;
    virtual QString text(int column) const = 0;
    virtual QByteArray blob(int column) const = 0; ///< of a text column: its UTF-8
};

/** One connection; used by one thread at a time. Everything throws SqlError. */
class Sql
{
public:
    enum class Dialect { Sqlite, Postgres };
    enum class Purpose { Read, Write };

    virtual ~Sql() = default;

    virtual Dialect dialect() const = 0;
    virtual std::unique_ptr<SqlStatement> prepare(const std::string &sql) = 0;
    /** One or more statements without parameters or rows. */
    virtual void execute(const std::string &sql) = 0;

    /** Reading: one snapshot for all queries. Writing: nothing else is changed by another writer meanwhile.
     */
    virtual void begin(Purpose purpose) = 0;
    virtual void commit() = 0;
    virtual void rollBack() noexcept = 0;
    /** False when the database has ended the transaction by itself, as SQLite does when the disk is full. */
    virtual bool inTransaction() const = 0;
};

/** Rolls back unless committed. */
class SqlTransaction
{
public:
    SqlTransaction(Sql &sql, Sql::Purpose purpose)
        : m_sql(sql)
    {
        m_sql.begin(purpose);
    }
    ~SqlTransaction()
    {
        if (!m_committed) {
            m_sql.rollBack();
        }
    }
    SqlTransaction(const SqlTransaction &) = delete;
    SqlTransaction &operator=(const SqlTransaction &) = delete;

    void commit()
    {
        m_sql.commit();
        m_committed = true;
    }

private:
    Sql &m_sql;
    bool m_committed = false;
};

/** Opens connections to one database, whose schema it has brought up to date. Safe from any thread. */
class SqlDatabase
{
public:
    virtual ~SqlDatabase() = default;
    virtual Result<std::unique_ptr<Sql>> connect(Sql::Purpose purpose) const = 0;
};

} // namespace qingfeng::server
