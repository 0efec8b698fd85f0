#include "app/server/event_store/event_store.h"
#include "app/server/event_store/rows/zstd_text.h"
#include "app/server/event_store/sql/query.h"
#include "app/server/event_store/sqlite/sqlite_database.h"
#include "quiz/protocol/statement.h"
#include "tests/unit/app/server/store_sim.h"

#include <future>

#include <SQLiteCpp/SQLiteCpp.h>

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;
using namespace qingfeng::server;

namespace {

using Kind = AppendOutcome::Kind;

const QString homePage = QStringLiteral("https://qingfeng.example/units/QH");
const QString department = QStringLiteral("QH01");

StatementBatch batchOf(const QString &device, const QJsonArray &statements, qint64 receivedAtMs = 1000)
{
    StatementBatch batch;
    batch.device = device;
    batch.receivedAtMs = receivedAtMs;
    batch.body = QJsonDocument(statements).toJson(QJsonDocument::Compact);
    for (const QJsonValue statement : statements) {
        batch.entries.append({statementDigest(statement.toObject()), *attemptFromStatement(statement.toObject())});
    }
    batch.store = batch.entries.first().attempt.store;
    return batch;
}

/** Calls a change and waits for its answer. */
template <typename T, typename Call> Result<T> wait(Call call)
{
    std::promise<Result<T>> promise;
    auto future = promise.get_future();
    call([&promise](Result<T> result) { promise.set_value(std::move(result)); });
    return future.get();
}

} // namespace

class TestEventStore : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<EventStore> m_store;
    QString m_device = QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789ab");

    QString path() const { return m_dir->filePath(QStringLiteral("server.db")); }

    Result<AppendOutcome> append(const StatementBatch &batch)
    {
        return wait<AppendOutcome>([&](auto done) { m_store->appendStatements(batch, done); });
    }

    Result<AppendOutcome> append(const QJsonArray &statements) { return append(batchOf(m_device, statements)); }

    Result<Device> enrol(const QString &device, const QString &store, const QByteArray &code)
    {
        (void)wait<void>([&](auto done) { m_store->addEnrolmentCodes({department, {code}, 100'000}, done); });
        return wait<Device>([&](auto done) {
            m_store->enrol({code, device, QStringLiteral("PC"), store, QByteArray(32, 'k'), {}, 1000}, done);
        });
    }

    StatementPage everything()
    {
        for (int i = 0; i < 500; ++i) {
            const auto page = m_store->statements({});
            if (page && !page->consistentThroughMs) {
                return *page;
            }
            QTest::qWait(10); // the projection runs when the writer has nothing better to do
        }
        return {};
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        auto store = EventStore::openFile(path());
        QVERIFY2(store, qPrintable(store.has_error() ? store.error().toString() : QString()));
        m_store = std::move(*store);
        QVERIFY(enrol(m_device, QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789ac"), "first code"));
    }

    void cleanup()
    {
        m_store.reset();
        m_dir.reset();
    }

    void whatIsAcknowledgedIsThereAfterReopening()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 1);
        const QJsonArray statements = sim.statements(5);
        const auto outcome = append(statements);
        QVERIFY(outcome);
        QCOMPARE(int(outcome->kind), int(Kind::Stored));
        QCOMPARE(outcome->headSeq, 5);
        QCOMPARE(outcome->headHash, sim.head());
        m_store.reset();
        m_store = std::move(*EventStore::openFile(path()));
        for (const QJsonValue statement : statements) {
            const auto found = m_store->statement(statement[QStringLiteral("id")].toString());
            QVERIFY(found && *found);
            QCOMPARE((*found)->statement, statement.toObject());
        }
        QCOMPARE(everything().statements.size(), 5);
    }

    void aBatchSentAgainChangesNothing()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 2);
        const QJsonArray statements = sim.statements(4);
        QVERIFY(append(statements));
        const auto again = append(statements);
        QVERIFY(again);
        QCOMPARE(int(again->kind), int(Kind::Stored));
        QCOMPARE(again->headHash, sim.head());
        QCOMPARE(everything().statements.size(), 4);
    }

    void aBatchThatIsPartlyKnownAddsTheRest()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 3);
        QJsonArray statements = sim.statements(3);
        QVERIFY(append(statements));
        QJsonArray shuffled = sim.statements(2);
        for (const QJsonValue statement : std::as_const(statements)) {
            shuffled.append(statement);
        }
        shuffled.prepend(shuffled.takeAt(1)); // order within a batch does not matter
        const auto outcome = append(shuffled);
        QVERIFY(outcome);
        QCOMPARE(int(outcome->kind), int(Kind::Stored));
        QCOMPARE(outcome->headSeq, 5);
        QCOMPARE(everything().statements.size(), 5);
        for (const QJsonValue statement : std::as_const(shuffled)) {
            const auto found = m_store->statement(statement[QStringLiteral("id")].toString());
            QVERIFY(found && *found);
            QCOMPARE((*found)->statement, statement.toObject());
        }
    }

    void anotherContentUnderTheSameIdIsAConflict()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 4);
        const QJsonArray statements = sim.statements(2);
        QVERIFY(append(statements));
        StatementBatch changed = batchOf(m_device, statements);
        changed.entries[1].digest = QByteArray(32, 'x');
        const auto outcome = append(changed);
        QVERIFY(outcome);
        QCOMPARE(int(outcome->kind), int(Kind::Conflict));
        QCOMPARE(outcome->conflicting, QStringList {changed.entries.at(1).attempt.id});
    }

    void aGapIsAskedForAndNothingIsStored()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 5);
        QVERIFY(append(sim.statements(2)));
        (void)sim.statement();
        const auto outcome = append(sim.statements(2));
        QVERIFY(outcome);
        QCOMPARE(int(outcome->kind), int(Kind::Gap));
        QCOMPARE(outcome->expectedSeq, 3);
        QJsonArray holed = sim.statements(3);
        holed.removeAt(1);
        QCOMPARE(int(append(holed)->kind), int(Kind::Gap));
        QCOMPARE(everything().statements.size(), 2);
    }

    void aRestoredBackupForksAndBothBranchesGoOn()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 6);
        QVERIFY(append(sim.statements(3)));
        StoreSim restored = sim;
        restored.diverge(99);
        QVERIFY(append(sim.statements(2)));
        const QJsonArray branch = restored.statements(2);
        const auto fork = append(branch);
        QVERIFY(fork);
        QCOMPARE(int(fork->kind), int(Kind::Fork));
        QCOMPARE(fork->epoch, 1);
        QCOMPARE(int(append(branch)->kind), int(Kind::Stored));
        QCOMPARE(append(branch)->headHash, restored.head());
        QCOMPARE(int(append(restored.statements(1))->kind), int(Kind::Stored));
        QCOMPARE(int(append(sim.statements(1))->kind), int(Kind::Stored)); // a clone of the disk, say
        const auto heads = m_store->chainHeads(sim.store());
        QVERIFY(heads);
        QCOMPARE(heads->size(), 2);
        QCOMPARE(everything().statements.size(), 9);
    }

    void aStoreHasOneDevice()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 7);
        QVERIFY(append(sim.statements(1)));
        const QString other = QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789ff");
        QVERIFY(enrol(other, QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789fe"), "second code"));
        const QJsonArray next = sim.statements(1);
        QCOMPARE(int(append(batchOf(other, next))->kind), int(Kind::NotOwner));
        const QString third = QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789fd");
        QVERIFY(enrol(third, sim.store(), "third code")); // the same PC, enrolled again
        QCOMPARE(int(append(batchOf(third, next))->kind), int(Kind::Stored));
    }

    void revocationHoldsAtOnce()
    {
        StoreSim sim(QStringLiteral("001"), homePage, 8);
        QVERIFY(append(sim.statements(1)));
        QVERIFY(wait<void>([&](auto done) { m_store->revoke(m_device, 5, done); }));
        const auto nobody = wait<void>([&](auto done) { m_store->revoke(QStringLiteral("none"), 5, done); });
        QCOMPARE(nobody.error().code(), ErrorCode::NotFound);
        QCOMPARE(int(append(sim.statements(1))->kind), int(Kind::Revoked));
        QVERIFY((*m_store->device(m_device))->revoked);
    }

    void aCodeWorksOnceAndOnlyInTime()
    {
        QVERIFY(!enrol(QStringLiteral("d2"), QStringLiteral("s2"), "first code"));
        (void)wait<void>([&](auto done) { m_store->addEnrolmentCodes({department, {"late"}, 900}, done); });
        const auto late = wait<Device>([&](auto done) {
            m_store->enrol({"late", QStringLiteral("d3"), QStringLiteral("PC"), QStringLiteral("s3"),
                               QByteArray(32, 'k'), {}, 1000},
                done);
        });
        QVERIFY(!late);
        QCOMPARE(late.error().code(), ErrorCode::NotFound);
    }

    void aNonceWorksOnce()
    {
        const auto use = [&](const QByteArray &nonce) {
            return wait<void>([&](auto done) { m_store->useNonce(m_device, nonce, 1000, done); });
        };
        QVERIFY(use("one"));
        QVERIFY(use("two"));
        QCOMPARE(use("one").error().code(), ErrorCode::Conflict);
    }

    void eventsAreStoredOnce()
    {
        GateEvent event {QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789aa"), m_device, QStringLiteral("001"),
            QStringLiteral("shown"), 5, 0, {}};
        const auto post = [&] {
            return wait<EventOutcome>([&](auto done) { m_store->appendEvents({m_device, 9, {event}}, done); });
        };
        QVERIFY(post());
        QVERIFY(post()->conflicting.isEmpty());
        QCOMPARE(m_store->events(0, 10)->size(), 1);
        event.kind = QStringLiteral("passed");
        QCOMPARE(post()->conflicting, QStringList {event.id});
        QCOMPARE(m_store->events(0, 10)->first().event.kind, QStringLiteral("shown"));
    }

    void manyWritersShareCommits()
    {
        std::vector<std::future<Result<AppendOutcome>>> futures;
        std::vector<std::unique_ptr<std::promise<Result<AppendOutcome>>>> promises;
        for (int i = 0; i < 200; ++i) {
            StoreSim sim(QStringLiteral("001"), homePage, quint64(1000 + i));
            promises.push_back(std::make_unique<std::promise<Result<AppendOutcome>>>());
            futures.push_back(promises.back()->get_future());
            m_store->appendStatements(batchOf(m_device, sim.statements(3)),
                [&promise = *promises.back()](Result<AppendOutcome> outcome) { promise.set_value(outcome); });
        }
        for (auto &future : futures) {
            const auto outcome = future.get();
            QVERIFY(outcome);
            QCOMPARE(int(outcome->kind), int(Kind::Stored));
        }
        StatementQuery query;
        query.limit = 250;
        query.ascending = true;
        QVERIFY(!everything().statements.isEmpty());
        QSet<QString> ids;
        for (;;) {
            const auto page = m_store->statements(query);
            QVERIFY(page);
            for (const StoredStatement &stored : page->statements) {
                ids.insert(stored.statement.value(QStringLiteral("id")).toString());
            }
            if (!page->next) {
                break;
            }
            query.after = page->next;
        }
        QCOMPARE(ids.size(), 600);
    }

    void aFullQueueRefusesAtOnce()
    {
        m_store.reset();
        WriterBounds bounds;
        bounds.maxBytes = 100; // less than one batch
        m_store = std::move(*EventStore::openFile(path(), bounds));
        StoreSim sim(QStringLiteral("001"), homePage, 11);
        const auto outcome = append(sim.statements(1));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code(), ErrorCode::Unavailable);
    }

    void aNewerSchemaIsRefusedInWords()
    {
        m_store.reset();
        {
            SQLite::Database database(path().toStdString(), SQLite::OPEN_READWRITE);
            database.exec("PRAGMA user_version = 999");
        }
        const auto opened = EventStore::openFile(path());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code(), ErrorCode::TooNew);
    }

    void aFileThatIsNoDatabaseIsRefused()
    {
        QFile file(m_dir->filePath(QStringLiteral("other.db")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const auto opened = EventStore::openFile(file.fileName());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code(), ErrorCode::Corrupt);
    }

    void acknowledgementsWaitForTheDisk()
    {
        SQLite::Database database(path().toStdString(), SQLite::OPEN_READONLY);
        QCOMPARE(QString::fromStdString(database.execAndGet("PRAGMA journal_mode").getString()),
            QStringLiteral("wal"));
        const auto connections = SqliteDatabase::open(path());
        QVERIFY(connections);
        const auto writing = (*connections)->connect(Sql::Purpose::Write);
        QVERIFY(writing);
        Query synchronous(**writing, "PRAGMA synchronous");
        QVERIFY(synchronous.next());
        QCOMPARE(synchronous.integer(0), 2);
    }

    void aZstdBombIsNotUnfolded()
    {
        const QByteArray bomb = zstdCompress(QByteArray(32 * 1024 * 1024, 'x'));
        QCOMPARE(zstdExpand(bomb, 1024).error().code(), ErrorCode::TooLarge);
        QCOMPARE(zstdExpand("nonsense", 1024).error().code(), ErrorCode::Corrupt);
        QByteArray cut = zstdCompress("some text that is long enough to be cut");
        cut.chop(3);
        QCOMPARE(zstdExpand(cut, 1024).error().code(), ErrorCode::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TestEventStore)
#include "tst_event_store.moc"
