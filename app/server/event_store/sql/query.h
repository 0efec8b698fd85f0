#pragma once

#include "app/server/event_store/sql/sql.h"

#include <optional>

namespace qingfeng::server {

/** One prepared statement with its parameters bound in order; throws SqlError. */
class Query
{
public:
    template <typename... Values>
    Query(Sql &sql, const std::string &text, const Values &...values)
        : m_statement(sql.prepare(text))
    {
        (bindNext(values), ...);
    }

    /** The same statement with other values. */
    template <typename... Values> Query &with(const Values &...values)
    {
        m_statement->reset();
        m_count = 0;
        (bindNext(values), ...);
        return *this;
    }

    /** One more parameter, where their number is known only when it runs. */
    template <typename Value> Query &add(const Value &value)
    {
        bindNext(value);
        return *this;
    }

    bool next() { return m_statement->step(); }
    /** Runs a change; the number of rows it touched. */
    int run() { return int(m_statement->run()); }

    bool isNull(int column) const { return m_statement->isNull(column); }
    qint64 integer(int column) const { return m_statement->integer(column); }
    QString text(int column) const { return m_statement->text(column); }
    QByteArray blob(int column) const { return m_statement->blob(column); }

private:
    void bindNext(const QString &value) { m_statement->bind(++m_count, value); }
    void bindNext(const QByteArray &value) { m_statement->bind(++m_count, value); }
    void bindNext(const char *value) { m_statement->bind(++m_count, QString::fromUtf8(value)); }
    void bindNext(qint64 value) { m_statement->bind(++m_count, value); }
    void bindNext(int value) { m_statement->bind(++m_count, qint64(value)); }
    void bindNext(bool value) { m_statement->bind(++m_count, qint64(value ? 1 : 0)); }
    template <typename Value> void bindNext(const std::optional<Value> &value)
    {
        if (value) {
            bindNext(*value);
        } else {
            m_statement->bindNull(++m_count);
        }
    }

    std::unique_ptr<SqlStatement> m_statement;
    int m_count = 0;
};

} // namespace qingfeng::server
