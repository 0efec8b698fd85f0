#include "app/server/event_store/sqlite/query.h"
#include "app/server/event_store/sqlite/rows.h"
#include "app/server/event_store/sqlite/zstd_text.h"

#include "quiz/protocol/paths.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng::server::rows {
namespace {

constexpr int batchesAtATime = 64;
const QLatin1String progressKey("projected_batch");

QJsonArray listOf(const QByteArray &frame)
{
    const auto body = zstdExpand(frame, 2 * maxPostBytes);
    if (!body) {
        throw SQLite::Exception("a stored batch is damaged");
    }
    return QJsonDocument::fromJson(*body).array();
}

QString personOf(const QJsonObject &statement)
{
    return statement.value(QLatin1String("actor"))
        .toObject()
        .value(QLatin1String("account"))
        .toObject()
        .value(QLatin1String("name"))
        .toString();
}

/** When the newest projected batch came, if a newer one waits. */
std::optional<qint64> consistentThrough(SQLite::Database &database)
{
    const qint64 projected = setting(database, progressKey).toLongLong();
    Query newer(database, "SELECT 1 FROM batches WHERE id > ? LIMIT 1", projected);
    if (!newer.next()) {
        return std::nullopt;
    }
    Query last(database, "SELECT received_ms FROM batches WHERE id = ?", projected);
    return last.next() ? last.integer(0) : 0;
}

} // namespace

bool projectSome(SQLite::Database &database)
{
    qint64 done = setting(database, progressKey).toLongLong();
    Query batches(database,
        "SELECT id, device, received_ms, first, body FROM batches WHERE id > ? ORDER BY id LIMIT ?", done,
        batchesAtATime);
    Query insert(database,
        "INSERT INTO answers (stored, person, device, received_ms, batch, position) VALUES (?, ?, ?, ?, ?, ?)");
    int count = 0;
    for (; batches.next(); ++count) {
        done = batches.integer(0);
        const QJsonArray list = listOf(batches.blob(4));
        for (qsizetype i = 0; i < list.size(); ++i) {
            insert
                .with(batches.integer(3) + i, personOf(list.at(i).toObject()), batches.text(1), batches.integer(2),
                    done, qint64(i))
                .run();
        }
    }
    if (count > 0) {
        putSetting(database, progressKey, QByteArray::number(done));
    }
    return count == batchesAtATime;
}

StatementPage statements(SQLite::Database &database, const StatementQuery &query)
{
    std::string sql = "SELECT a.stored, a.device, a.received_ms, a.batch, a.position FROM answers a WHERE 1";
    if (!query.person.isEmpty()) {
        sql += " AND a.person = :person";
    }
    if (!query.device.isEmpty()) {
        sql += " AND a.device = :device";
    }
    if (query.sinceMs) {
        sql += " AND a.received_ms > :since";
    }
    if (query.untilMs) {
        sql += " AND a.received_ms <= :until";
    }
    if (query.after) {
        sql += query.ascending ? " AND a.stored > :after" : " AND a.stored < :after";
    }
    sql += query.ascending ? " ORDER BY a.stored ASC LIMIT :limit" : " ORDER BY a.stored DESC LIMIT :limit";

    SQLite::Statement rows(database, sql);
    if (!query.person.isEmpty()) {
        rows.bind(":person", query.person.toStdString());
    }
    if (!query.device.isEmpty()) {
        rows.bind(":device", query.device.toStdString());
    }
    if (query.sinceMs) {
        rows.bind(":since", std::int64_t(*query.sinceMs));
    }
    if (query.untilMs) {
        rows.bind(":until", std::int64_t(*query.untilMs));
    }
    if (query.after) {
        rows.bind(":after", std::int64_t(*query.after));
    }
    rows.bind(":limit", query.limit + 1);

    StatementPage page;
    page.consistentThroughMs = consistentThrough(database);
    Query body(database, "SELECT body FROM batches WHERE id = ?");
    qint64 openBatch = 0;
    QJsonArray open;
    qint64 last = 0;
    while (rows.executeStep()) {
        if (page.statements.size() == query.limit) {
            page.next = last;
            break;
        }
        last = rows.getColumn(0).getInt64();
        const qint64 batch = rows.getColumn(3).getInt64();
        if (batch != openBatch && body.with(batch).next()) {
            open = listOf(body.blob(0));
            openBatch = batch;
        }
        page.statements.append({open.at(rows.getColumn(4).getInt64()).toObject(),
            QString::fromStdString(rows.getColumn(1).getString()), rows.getColumn(2).getInt64()});
    }
    return page;
}

} // namespace qingfeng::server::rows
