#pragma once

#include <QByteArray>
#include <QString>

#include <SQLiteCpp/SQLiteCpp.h>

namespace qingfeng::server {

/** One prepared statement with its parameters bound in order; throws SQLite::Exception. */
class Query
{
public:
    template <typename... Values>
    Query(SQLite::Database &database, const char *sql, const Values &...values)
        : m_statement(database, sql)
    {
        bindAll(values...);
    }

    /** The same statement with other values. */
    template <typename... Values> Query &with(const Values &...values)
    {
        m_statement.reset();
        m_statement.clearBindings();
        m_count = 0;
        bindAll(values...);
        return *this;
    }

    bool next() { return m_statement.executeStep(); }
    /** Runs a change; the number of rows it touched. */
    int run() { return m_statement.exec(); }

    bool isNull(int column) { return m_statement.isColumnNull(column); }
    qint64 integer(int column) { return m_statement.getColumn(column).getInt64(); }
    QString text(int column) { return QString::fromStdString(m_statement.getColumn(column).getString()); }
    QByteArray blob(int column)
    {
        const SQLite::Column value = m_statement.getColumn(column);
        return QByteArray(static_cast<const char *>(value.getBlob()), value.getBytes());
    }

private:
    template <typename... Values> void bindAll(const Values &...values) { (bindNext(values), ...); }
    void bindNext(const QString &value) { m_statement.bind(++m_count, value.toStdString()); }
    void bindNext(const QByteArray &value) { m_statement.bind(++m_count, value.constData(), int(value.size())); }
    void bindNext(const char *value) { m_statement.bind(++m_count, value); }
    void bindNext(qint64 value) { m_statement.bind(++m_count, std::int64_t(value)); }
    void bindNext(int value) { m_statement.bind(++m_count, value); }
    void bindNext(bool value) { m_statement.bind(++m_count, value ? 1 : 0); }

    SQLite::Statement m_statement;
    int m_count = 0;
};

} // namespace qingfeng::server
