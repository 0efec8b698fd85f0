#include "quiz/store/study_records.h"

#include "quiz/store/attempt_table.h"
#include "quiz/store/database.h"

#include "question_bank/base/canonical_json.h"

#include <QHash>

namespace qingfeng {
namespace {

QHash<QString, QList<PaperItem>> paperItems(SQLite::Database &database, const QString &person)
{
    SQLite::Statement query(database,
        "SELECT paper, paper_item.id, question, version, post, choices_shown, parts_shown FROM paper_item "
        "JOIN paper ON paper.id = paper WHERE person = ? ORDER BY paper, position");
    bindAll(query, person);
    QHash<QString, QList<PaperItem>> items;
    while (query.executeStep()) {
        items[textAt(query, 0)].append({textAt(query, 1), textAt(query, 2), int(numberAt(query, 3)),
            textAt(query, 4), unpackIds(textAt(query, 5)), attempt_table::unpackParts(textAt(query, 6))});
    }
    return items;
}

} // namespace

StudyRecords::StudyRecords(SQLite::Database &database)
    : m_database(database)
{
}

Result<QStringList> StudyRecords::favourites(const QString &person) const
{
    return guarded([&]() -> Result<QStringList> {
        SQLite::Statement query(
            m_database, "SELECT question FROM favourite WHERE person = ? ORDER BY added_at_ms DESC, question");
        bindAll(query, person);
        QStringList questions;
        while (query.executeStep()) {
            questions.append(textAt(query, 0));
        }
        return questions;
    });
}

Result<void> StudyRecords::setFavourite(
    const QString &person, const QString &question, bool favourite, qint64 atMs)
{
    return guarded([&]() -> Result<void> {
        SQLite::Statement change(m_database,
            favourite ? "INSERT OR IGNORE INTO favourite (person, question, added_at_ms) VALUES (?,?,?)"
                      : "DELETE FROM favourite WHERE person = ? AND question = ?");
        favourite ? bindAll(change, person, question, atMs) : bindAll(change, person, question);
        change.exec();
        return {};
    });
}

Result<void> StudyRecords::addPaper(const Paper &paper)
{
    return guarded([&]() -> Result<void> {
        SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement open(m_database, "SELECT 1 FROM paper WHERE person = ? AND finished_at_ms = 0");
        bindAll(open, paper.person);
        if (open.executeStep()) {
            return Error(ErrorCode::Conflict, QStringLiteral("another paper is open"), paper.person);
        }
        SQLite::Statement insert(m_database,
            "INSERT INTO paper (id, person, rules, seed, started_at_ms, used_ms, finished_at_ms, timed_out) "
            "VALUES (?,?,?,?,?,?,?,?)");
        bindAll(insert, paper.id, paper.person, QString::fromUtf8(canonicalJson(toJson(paper.rules))),
            QString::number(paper.seed), paper.startedAtMs, paper.usedMs, paper.finishedAtMs,
            qint64(paper.timedOut ? 1 : 0));
        insert.exec();
        SQLite::Statement item(m_database,
            "INSERT INTO paper_item (paper, position, id, question, version, post, choices_shown, parts_shown) "
            "VALUES (?,?,?,?,?,?,?,?)");
        for (qsizetype i = 0; i < paper.items.size(); ++i) {
            const PaperItem &each = paper.items.at(i);
            bindAll(item, paper.id, qint64(i), each.id, each.question, qint64(each.version), each.post,
                packIds(each.choicesShown), attempt_table::packParts(each.partsShown));
            item.exec();
            item.reset();
        }
        transaction.commit();
        return {};
    });
}

Result<QList<Paper>> StudyRecords::papers(const QString &person) const
{
    return guarded([&]() -> Result<QList<Paper>> {
        SQLite::Transaction transaction(m_database); // papers and items of one state
        const QHash<QString, QList<PaperItem>> items = paperItems(m_database, person);
        SQLite::Statement query(m_database,
            "SELECT id, rules, seed, started_at_ms, used_ms, finished_at_ms, timed_out FROM paper "
            "WHERE person = ? ORDER BY started_at_ms DESC, id DESC");
        bindAll(query, person);
        QList<Paper> papers;
        while (query.executeStep()) {
            const auto json = parseJsonObject(textAt(query, 1).toUtf8());
            const auto rules = json ? paperRulesFromJson(*json) : Result<PaperRules>(json.error());
            if (!rules) {
                return Error(ErrorCode::Corrupt, rules.error().detail(), textAt(query, 0));
            }
            papers.append({textAt(query, 0), person, *rules, textAt(query, 2).toULongLong(), numberAt(query, 3),
                numberAt(query, 4), numberAt(query, 5), numberAt(query, 6) != 0, items.value(textAt(query, 0))});
        }
        return papers;
    });
}

Result<void> StudyRecords::setPaperTime(const QString &paper, qint64 usedMs)
{
    return guarded([&]() -> Result<void> {
        SQLite::Statement update(
            m_database, "UPDATE paper SET used_ms = max(used_ms, ?) WHERE id = ? AND finished_at_ms = 0");
        bindAll(update, usedMs, paper);
        update.exec();
        return {};
    });
}

Result<void> StudyRecords::finishPaper(const QString &paper, qint64 usedMs, qint64 atMs, bool timedOut)
{
    return guarded([&]() -> Result<void> {
        SQLite::Statement update(m_database,
            "UPDATE paper SET used_ms = max(used_ms, ?), finished_at_ms = ?, timed_out = ? "
            "WHERE id = ? AND finished_at_ms = 0");
        bindAll(update, usedMs, atMs, qint64(timedOut ? 1 : 0), paper);
        update.exec();
        return {};
    });
}

} // namespace qingfeng
