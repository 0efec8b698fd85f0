#include "quiz/store/database.h"
#include "quiz/store/learning_store.h"

#include "question_bank/base/canonical_json.h"

namespace qingfeng {
namespace {

qint64 newestAnnotation(SQLite::Database &database)
{
    return database.execAndGet("SELECT coalesce(max(number), 0) FROM annotation").getInt64();
}

} // namespace

Result<void> LearningStore::addAnnotations(const QList<Annotation> &annotations)
{
    return guarded([&]() -> Result<void> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        qint64 newest = newestAnnotation(*m_database);
        for (const Annotation &annotation : annotations) {
            const QString body = QString::fromUtf8(canonicalJson(toJson(annotation)));
            SQLite::Statement held(*m_database, "SELECT body FROM annotation WHERE number = ? OR id = ?");
            bindAll(held, annotation.number, annotation.id);
            const bool known = held.executeStep();
            if (known ? textAt(held, 0) != body : annotation.number != newest + 1) {
                return Error(ErrorCode::Conflict,
                    known ? QStringLiteral("another annotation stands in its place")
                          : QStringLiteral("annotation %1 must come first").arg(newest + 1),
                    annotation.id);
            }
            if (known) {
                continue;
            }
            SQLite::Statement insert(*m_database,
                "INSERT INTO annotation (number, id, attempt, person, body) VALUES (?,?,?,?,?)");
            bindAll(insert, annotation.number, annotation.id, annotation.attempt, annotation.person, body);
            insert.exec();
            newest = annotation.number;
        }
        transaction.commit();
        return {};
    });
}

Result<QList<Annotation>> LearningStore::annotations(const QString &person) const
{
    return guarded([&]() -> Result<QList<Annotation>> {
        SQLite::Statement query(
            *m_database, "SELECT body FROM annotation WHERE ?1 = '' OR person = ?1 ORDER BY number");
        bindAll(query, person);
        QList<Annotation> list;
        while (query.executeStep()) {
            const auto object = parseJsonObject(textAt(query, 0).toUtf8());
            auto annotation = object ? annotationFromJson(*object) : Result<Annotation>(object.error());
            if (!annotation) {
                return Error(ErrorCode::Corrupt, annotation.error().toString(), QStringLiteral("annotation"));
            }
            list.append(std::move(*annotation));
        }
        return list;
    });
}

Result<qint64> LearningStore::annotationCount() const
{
    return guarded([&]() -> Result<qint64> { return newestAnnotation(*m_database); });
}

} // namespace qingfeng
