#include "app/server/event_store/rows/rows.h"
#include "app/server/event_store/sql/query.h"

#include "question_bank/base/canonical_json.h"

namespace qingfeng::server::rows {
namespace {

/** A body as it was kept. */
Annotation annotationIn(const QString &body)
{
    const auto object = parseJsonObject(body.toUtf8());
    const auto annotation = object ? annotationFromJson(*object) : Result<Annotation>(object.error());
    return annotation ? *annotation : Annotation();
}

QList<Annotation> listOf(Query &query)
{
    QList<Annotation> list;
    while (query.next()) {
        list.append(annotationIn(query.text(0)));
    }
    return list;
}

} // namespace

Result<Annotation> annotate(
    Sql &sql, Annotation annotation, const std::function<Result<void>(Annotation &)> &sign)
{
    Query known(sql, "SELECT body FROM annotations WHERE id = ?", annotation.id);
    if (known.next()) {
        const Annotation held = annotationIn(known.text(0));
        if (held.attempt != annotation.attempt || held.author != annotation.author
            || held.text != annotation.text) {
            return Error(ErrorCode::Conflict, QStringLiteral("this id says something else"), annotation.id);
        }
        return held;
    }
    Query newest(sql, "SELECT coalesce(max(number), 0) FROM annotations WHERE store = ?", annotation.store);
    newest.next();
    annotation.number = newest.integer(0) + 1;
    const auto isSigned = sign(annotation);
    if (!isSigned) {
        return isSigned.error();
    }
    Query(sql, "INSERT INTO annotations (store, number, id, person, body) VALUES (?, ?, ?, ?, ?)",
        annotation.store, annotation.number, annotation.id, annotation.person,
        QString::fromUtf8(canonicalJson(toJson(annotation))))
        .run();
    return annotation;
}

QList<Annotation> annotations(Sql &sql, const QString &store, qint64 after, int limit)
{
    Query query(sql, "SELECT body FROM annotations WHERE store = ? AND number > ? ORDER BY number LIMIT ?", store,
        after, limit);
    return listOf(query);
}

QList<Annotation> annotationsOfPerson(Sql &sql, const QString &person, int limit)
{
    Query query(
        sql, "SELECT body FROM annotations WHERE person = ? ORDER BY store, number LIMIT ?", person, limit);
    return listOf(query);
}

} // namespace qingfeng::server::rows
