#include "quiz/store/attempt_table.h"
#include "quiz/store/database.h"
#include "quiz/store/learning_store.h"

#include <QFile>

namespace qingfeng {
namespace {

constexpr const char *historyRows
    = "SELECT person, question, version, asked, right, last_study_day, last_right FROM question_history "
      "ORDER BY person, question";

QStringList dumpHistory(SQLite::Database &database)
{
    SQLite::Statement query(database, historyRows);
    QStringList rows;
    while (query.executeStep()) {
        QStringList cells;
        for (int column = 0; column < 7; ++column) {
            cells.append(textAt(query, column));
        }
        rows.append(cells.join(QLatin1Char('|')));
    }
    return rows;
}

/** Derives the history anew; inside the caller's transaction. Returns how many rows differed. */
int rederive(SQLite::Database &database, const QString &storeId)
{
    const QStringList before = dumpHistory(database);
    database.exec("DELETE FROM question_history");
    for (const Attempt &attempt : attempt_table::list(database, storeId, 0, -1)) {
        attempt_table::count(database, attempt);
    }
    const QStringList after = dumpHistory(database);
    const QSet<QString> was(before.cbegin(), before.cend());
    const QSet<QString> is(after.cbegin(), after.cend());
    return int((was - is).size() + (is - was).size());
}

void checkReceipts(SQLite::Database &database, const QString &storeId, const QHash<qint64, QByteArray> &hashes,
    qint64 count, const QByteArray &receiptKey, StoreReport &report)
{
    SQLite::Statement query(
        database, "SELECT seq, head_hash, server_time_ms, key, signature FROM receipt ORDER BY seq");
    while (query.executeStep()) {
        const Receipt receipt {storeId, numberAt(query, 0), bytesAt(query, 1), numberAt(query, 2),
            textAt(query, 3), bytesAt(query, 4)};
        if (receipt.seq > count) {
            report.problems.append(
                QStringLiteral("the server confirmed attempt %1, but the chain ends at %2: attempts were removed")
                    .arg(receipt.seq)
                    .arg(count));
        } else if (hashes.value(receipt.seq) != receipt.headHash) {
            report.problems.append(
                QStringLiteral("attempt %1 is not the one that the server confirmed").arg(receipt.seq));
        } else if (!receiptKey.isEmpty() && !verifyReceipt(receipt, receiptKey)) {
            report.problems.append(
                QStringLiteral("the receipt for attempt %1 is not signed by the server").arg(receipt.seq));
        } else {
            ++report.receipts;
        }
    }
}

} // namespace

Result<StoreReport> LearningStore::verify(const QByteArray &receiptKey) const
{
    return guarded([&]() -> Result<StoreReport> {
        SQLite::Database &database = *m_database;
        StoreReport report;
        // Derived tables are compared inside a transaction that is never committed.
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        const std::string pages = database.execAndGet("PRAGMA integrity_check(1)").getString();
        if (pages != "ok") {
            report.problems.append(QStringLiteral("database: ") + QString::fromStdString(pages));
        }
        const QList<Attempt> attempts = attempt_table::list(database, m_storeId, 0, -1);
        report.chain = verifyChain(attempts);
        if (!report.chain.intact) {
            report.problems.append(QStringLiteral("attempt %1 (%2): %3")
                                       .arg(report.chain.firstBadSeq)
                                       .arg(report.chain.firstBadId, report.chain.reason));
        }
        const qint64 last = attempts.isEmpty() ? 0 : attempts.last().seq;
        const QByteArray lastHash = attempts.isEmpty() ? chainStart() : attempts.last().hash;
        const QString headSeq = readValue(database, QStringLiteral("head_seq"));
        if (headSeq.toLongLong() != last
            || (last > 0
                && readValue(database, QStringLiteral("head_hash")).toLatin1() != lastHash.toHex())) {
            report.problems.append(
                QStringLiteral("the chain ends at attempt %1, but %2 were written").arg(last).arg(headSeq));
        }
        QHash<qint64, QByteArray> hashes;
        for (const Attempt &attempt : attempts) {
            hashes.insert(attempt.seq, attempt.hash);
        }
        checkReceipts(database, m_storeId, hashes, last, receiptKey, report);
        const int differing = rederive(database, m_storeId);
        if (differing > 0) {
            report.problems.append(
                QStringLiteral("%1 derived rows differ from the attempts: run archive rebuild").arg(differing));
        }
        return report;
    });
}

Result<int> LearningStore::rebuild()
{
    return guarded([&]() -> Result<int> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        const int differing = rederive(*m_database, m_storeId);
        transaction.commit();
        return differing;
    });
}

Result<void> LearningStore::backup(const QString &path) const
{
    if (QFile::exists(path)) {
        return Error(ErrorCode::Conflict, QStringLiteral("the file exists"), path);
    }
    return guarded([&]() -> Result<void> {
        SQLite::Statement vacuum(*m_database, "VACUUM INTO ?");
        bindAll(vacuum, path);
        vacuum.exec();
        return {};
    });
}

} // namespace qingfeng
