#include "quiz/store/attempt_table.h"
#include "quiz/store/database.h"
#include "quiz/store/learner_table.h"
#include "quiz/store/learning_store.h"

#include <utility>

#include <QFile>
#include <QJsonDocument>

namespace qingfeng {
namespace {

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
        // One state of the database throughout; nothing is written.
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
        const int differing
            = learner_table::countDifferences(database, learner_table::derive(attempts, *m_memory));
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
        const int differing = rederive();
        transaction.commit();
        return differing;
    });
}

int LearningStore::rederive()
{
    const auto derived
        = learner_table::derive(attempt_table::list(*m_database, m_storeId, 0, -1), *m_memory);
    const int differing = learner_table::countDifferences(*m_database, derived);
    if (differing > 0) {
        learner_table::replace(*m_database, derived);
    }
    // Whoever has read rows that were replaced reads them again.
    const qint64 generation = readValue(*m_database, QStringLiteral("derived_generation")).toLongLong();
    writeValue(*m_database, QStringLiteral("derived_generation"), QString::number(generation + 1));
    writeValue(*m_database, QStringLiteral("derived_stale"), QStringLiteral("0"));
    return differing;
}

Result<void> LearningStore::setMemoryModel(const MemoryModel &model)
{
    return guarded([&]() -> Result<void> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        writeValue(*m_database, memoryModelValue(),
            QString::fromUtf8(QJsonDocument(toJson(model)).toJson(QJsonDocument::Compact)));
        const MemoryModel before = std::exchange(m_model, model);
        m_memory = std::make_unique<QuizMemory>(model.parameters);
        try {
            rederive();
            transaction.commit();
        } catch (...) {
            m_model = before;
            m_memory = std::make_unique<QuizMemory>(before.parameters);
            throw;
        }
        return {};
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
