#include "app/server/event_store/sql/query.h"
#include "app/server/event_store/rows/rows.h"
#include "app/server/event_store/rows/zstd_text.h"

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
        throw SqlError(Error(ErrorCode::Corrupt, QStringLiteral("a stored batch is damaged")));
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
std::optional<qint64> consistentThrough(Sql &sql)
{
    const qint64 projected = setting(sql, progressKey).toLongLong();
    Query newer(sql, "SELECT 1 FROM batches WHERE id > ? LIMIT 1", projected);
    if (!newer.next()) {
        return std::nullopt;
    }
    Query last(sql, "SELECT received_ms FROM batches WHERE id = ?", projected);
    return last.next() ? last.integer(0) : 0;
}

} // namespace

bool projectSome(Sql &sql)
{
    qint64 done = setting(sql, progressKey).toLongLong();
    Query batches(sql,
        "SELECT id, device, received_ms, first, body FROM batches WHERE id > ? ORDER BY id LIMIT ?", done,
        batchesAtATime);
    Query insert(sql,
        "INSERT INTO answers (stored, person, device, received_ms, batch, position) VALUES (?, ?, ?, ?, ?, "
        "?)");
    int count = 0;
    for (; batches.next(); ++count) {
        done = batches.integer(0);
        const QJsonArray list = listOf(batches.blob(4));
        for (qsizetype i = 0; i < list.size(); ++i) {
            insert
                .with(batches.integer(3) + i, personOf(list.at(i).toObject()), batches.text(1),
                    batches.integer(2), done, qint64(i))
                .run();
        }
    }
    if (count > 0) {
        putSetting(sql, progressKey, QByteArray::number(done));
    }
    return count == batchesAtATime;
}

StatementPage statements(Sql &sql, const StatementQuery &query)
{
    std::string text
        = "SELECT a.stored, a.device, a.received_ms, a.batch, a.position FROM answers a WHERE 1 = 1";
    if (!query.person.isEmpty()) {
        text += " AND a.person = ?";
    }
    if (!query.device.isEmpty()) {
        text += " AND a.device = ?";
    }
    if (query.sinceMs) {
        text += " AND a.received_ms > ?";
    }
    if (query.untilMs) {
        text += " AND a.received_ms <= ?";
    }
    if (query.after) {
        text += query.ascending ? " AND a.stored > ?" : " AND a.stored < ?";
    }
    text += query.ascending ? " ORDER BY a.stored ASC LIMIT ?" : " ORDER BY a.stored DESC LIMIT ?";

    Query found(sql, text);
    for (const QString &name : {query.person, query.device}) {
        if (!name.isEmpty()) {
            found.add(name);
        }
    }
    for (const auto &bound : {query.sinceMs, query.untilMs, query.after}) {
        if (bound) {
            found.add(*bound);
        }
    }
    found.add(query.limit + 1);

    StatementPage page;
    page.consistentThroughMs = consistentThrough(sql);
    Query body(sql, "SELECT body FROM batches WHERE id = ?");
    qint64 openBatch = 0;
    QJsonArray open;
    qint64 last = 0;
    while (found.next()) {
        if (page.statements.size() == query.limit) {
            page.next = last;
            break;
        }
        last = found.integer(0);
        const qint64 batch = found.integer(3);
        if (batch != openBatch && body.with(batch).next()) {
            open = listOf(body.blob(0));
            openBatch = batch;
        }
        page.statements.append({open.at(found.integer(4)).toObject(), found.text(1), found.integer(2)});
    }
    return page;
}

} // namespace qingfeng::server::rows
