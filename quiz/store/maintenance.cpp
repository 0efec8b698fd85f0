#include "quiz/store/attempt_table.h"
#include "quiz/store/database.h"
#include "quiz/store/learner_table.h"
#include "quiz/store/learning_store.h"

#include <limits>
#include <utility>

#include <QFile>
#include <QJsonDocument>

namespace qingfeng {
namespace {

constexpr qint64 attemptsAtATime = 10'000; ///< bounds what a check of a large store needs

/** Receipts that the key vouches for; the others are problems. */
QList<ChainAnchor> confirmedBy(
    const QList<Receipt> &receipts, const QByteArray &receiptKey, QStringList &problems)
{
    QList<ChainAnchor> confirmed;
    for (const Receipt &receipt : receipts) {
        if (!receiptKey.isEmpty() && !verifyReceipt(receipt, receiptKey)) {
            problems.append(
                QStringLiteral("the receipt for attempt %1 is not signed by the server").arg(receipt.seq));
        } else {
            confirmed.append({receipt.seq, receipt.headHash});
        }
    }
    return confirmed;
}

/** Goes through all attempts in chain order; @p read gives some after a number. */
template <typename Read, typename Visit> void forAllAttempts(Read &&read, Visit &&visit)
{
    qint64 seq = std::numeric_limits<qint64>::min();
    for (QList<Attempt> attempts = read(seq); !attempts.isEmpty(); attempts = read(seq)) {
        visit(attempts);
        seq = attempts.last().seq;
    }
}

} // namespace

Result<StoreReport> LearningStore::verify(const QByteArray &receiptKey) const
{
    const auto receipts = m_outbox->receipts();
    const auto made = annotations();
    if (!receipts || !made) {
        return !receipts ? receipts.error() : made.error();
    }
    return guarded([&]() -> Result<StoreReport> {
        SQLite::Database &database = *m_database;
        StoreReport report;
        // One state of the database throughout; nothing is written.
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        const std::string pages = database.execAndGet("PRAGMA integrity_check(1)").getString();
        if (pages != "ok") {
            report.problems.append(QStringLiteral("database: ") + QString::fromStdString(pages));
        }
        const QList<ChainAnchor> confirmed = confirmedBy(*receipts, receiptKey, report.problems);
        ChainAnchor head{readValue(database, QStringLiteral("head_seq")).toLongLong(), chainStart()};
        if (head.seq > 0) {
            head.hash = QByteArray::fromHex(readValue(database, QStringLiteral("head_hash")).toLatin1());
        }
        QHash<qint64, QByteArray> expected{{head.seq, head.hash}};
        for (const ChainAnchor &anchor : confirmed) {
            expected.insert(anchor.seq, anchor.hash);
        }
        learner_table::Derived derived;
        ChainAnchor last{0, chainStart()};
        bool intact = expected.value(0, chainStart()) == chainStart();
        qint64 met = expected.contains(0) ? 1 : 0;
        const auto read
            = [&](qint64 seq) { return attempt_table::list(database, m_storeId, seq, attemptsAtATime); };
        forAllAttempts(read, [&](const QList<Attempt> &attempts) {
            report.attempts += attempts.size();
            intact = intact && verifyChain(attempts, last.seq, last.hash).intact;
            for (const Attempt &attempt : attempts) {
                const auto anchor = expected.constFind(attempt.seq);
                met += anchor != expected.constEnd() && *anchor == attempt.hash ? 1 : 0;
            }
            last = {attempts.last().seq, attempts.last().hash};
            learner_table::derive(attempts, *m_memory, derived);
        });
        report.headHash = last.hash;
        report.receipts = confirmed.size();
        if (!intact || met != expected.size() || last.seq != head.seq || last.hash != head.hash) {
            const QList<Attempt> all
                = attempt_table::list(database, m_storeId, std::numeric_limits<qint64>::min(), -1);
            report.fault = findChainFault(m_storeId, linksOf(all), head, confirmed);
            report.problems.append(report.fault ? report.fault->toString()
                                                : QStringLiteral("the chain does not agree with its head"));
            report.receipts = 0;
        }
        const auto hashOf = [&](const QString &id) {
            const auto attempt = attempt_table::find(database, id, m_storeId);
            return attempt ? chainHash(*attempt) : QByteArray();
        };
        report.problems += annotationProblems(*made, m_storeId, hashOf, receiptKey, AnnotationPlace::Store);
        report.annotations = made->size();
        const int differing = learner_table::countDifferences(database, derived);
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
    learner_table::Derived derived;
    forAllAttempts(
        [&](qint64 seq) { return attempt_table::listForDeriving(*m_database, seq, attemptsAtATime); },
        [&](const QList<Attempt> &attempts) { learner_table::derive(attempts, *m_memory, derived); });
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
