#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"

#include "question_bank/base/uuid.h"
#include "question_bank/package/signature.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

class TestStore : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    SeededRandom m_random {7};

    std::unique_ptr<LearningStore> openIn(const QTemporaryDir &dir)
    {
        auto store = LearningStore::open(pathIn(dir), m_clock, m_random);
        return store ? std::move(*store) : nullptr;
    }

    static QString pathIn(const QTemporaryDir &dir) { return dir.filePath(QStringLiteral("data/learning.db")); }

    Attempt attempt(const QString &question, const QString &obligation = {})
    {
        Attempt a;
        a.id = makeUuidV7(m_clock, m_random);
        a.person = QStringLiteral("001");
        a.post = QStringLiteral("P01");
        a.question = question;
        a.version = 1;
        a.choicesShown = {QStringLiteral("c"), QStringLiteral("a")};
        a.response = {QStringLiteral("a")};
        a.marks = 100;
        a.outcome = Outcome::Right;
        a.obligation = obligation;
        a.answeredAtMs = m_clock.utcMs();
        a.utcOffsetSeconds = m_clock.utcOffsetSeconds();
        a.studyDay = studyDay(m_clock);
        return a;
    }

    static void execute(const QTemporaryDir &dir, const std::string &sql)
    {
        SQLite::Database database(pathIn(dir).toStdString(), SQLite::OPEN_READWRITE);
        database.exec(sql);
    }

private Q_SLOTS:
    void attemptsAreChainedAndSurviveReopening()
    {
        QTemporaryDir dir;
        QString storeId;
        {
            auto store = openIn(dir);
            QVERIFY(store);
            storeId = store->storeId();
            for (int i = 0; i < 5; ++i) {
                QVERIFY(store->record(attempt(QStringLiteral("q%1").arg(i))));
            }
        }
        auto store = openIn(dir);
        QCOMPARE(store->storeId(), storeId);
        const auto attempts = store->attempts(QStringLiteral("001"));
        QCOMPARE(attempts->size(), 5);
        QVERIFY(verifyChain(*attempts).intact);
        QCOMPARE(attempts->at(4).previousHash, attempts->at(3).hash);
        QVERIFY(store->verify()->holds());
    }

    void answeringTwiceIsOneAttempt()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        Attempt first = attempt(QStringLiteral("q"));
        const auto once = store->record(first);
        first.response = {QStringLiteral("c")};
        const auto twice = store->record(first);
        QCOMPARE(twice->attempt, once->attempt);
        QCOMPARE(store->attempts()->size(), 1);
    }

    void anAnswerSettlesItsObligationWithATokenOfThisGateRun()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        const QByteArray secret(32, 's');
        const auto owed = store->obligation(QStringLiteral("001"), 20000, QStringLiteral("day"));
        QVERIFY(owed->isOpen());
        QVERIFY(!store->passForSettled(owed->id, secret));

        const auto recorded = store->record(attempt(QStringLiteral("q"), owed->id), secret);
        QVERIFY(recorded->pass.has_value());
        QCOMPARE(recorded->pass->token, passToken(secret, owed->id, recorded->attempt.id));

        const auto again = store->obligation(QStringLiteral("001"), 20000, QStringLiteral("day"));
        QCOMPARE(again->id, owed->id);
        QCOMPARE(again->state, ObligationState::Settled);
        QCOMPARE(store->passForSettled(owed->id, secret)->word, QStringLiteral("settled"));
    }

    void anExemptionOpensAndLeavesAnEvent()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        const auto owed = store->obligation(QStringLiteral("001"), 20000, QStringLiteral("day"));
        const auto pass = store->exempt(owed->id, QStringLiteral("emergency"), QByteArray(32, 's'));
        QCOMPARE(pass->word, QStringLiteral("exempted"));
        const auto events = store->outbox().pendingEvents(10);
        QCOMPARE(events->size(), 1);
        QCOMPARE(events->first().kind, QStringLiteral("gate-exempted"));
        QCOMPARE(events->first().detail, QStringLiteral("emergency"));
    }

    void anUnansweredPresentationComesBackWithTheSameIdAndOrder()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        PresentationRecord shown {QStringLiteral("p1"), QStringLiteral("001"), 20000, QStringLiteral("P01"),
            QStringLiteral("q1"), 1, {QStringLiteral("c"), QStringLiteral("a")}, AttemptContext::Gate,
            QStringLiteral("o1")};
        QVERIFY(store->present(shown));
        const auto back = store->openPresentation(QStringLiteral("o1"));
        QVERIFY(back->has_value());
        QCOMPARE((*back)->id, shown.id);
        QCOMPARE((*back)->choicesShown, shown.choicesShown);
        Attempt answer = attempt(QStringLiteral("q1"), QStringLiteral("o1"));
        answer.id = shown.id;
        QVERIFY(store->record(answer));
        QVERIFY(!store->openPresentation(QStringLiteral("o1"))->has_value());
        QVERIFY(store->askedOn(QStringLiteral("001"), 20000)->contains(QStringLiteral("q1")));
    }

    void everyAlterationIsFound_data()
    {
        QTest::addColumn<QString>("sql");
        const auto row = [](const char *name, const char *sql) { QTest::newRow(name) << QString::fromLatin1(sql); };
        row("marks raised", "UPDATE attempt SET marks = 50 WHERE seq = 2");
        row("one byte of the response", "UPDATE attempt SET response = '[\"c\"]' WHERE seq = 2");
        row("order shown", "UPDATE attempt SET choices_shown = '[\"a\",\"c\"]' WHERE seq = 2");
        row("an outcome nobody writes", "UPDATE attempt SET outcome = 'rjght' WHERE seq = 2");
        row("another person", "UPDATE attempt SET person = '002' WHERE seq = 3");
        row("time moved", "UPDATE attempt SET answered_at_ms = answered_at_ms + 1 WHERE seq = 1");
        row("one removed", "DELETE FROM attempt WHERE seq = 2");
        row("the last one removed", "DELETE FROM attempt WHERE seq = 4");
        row("all removed", "DELETE FROM attempt");
        row("two swapped",
            "UPDATE attempt SET seq = 99 WHERE seq = 2; UPDATE attempt SET seq = 2 WHERE seq = 3; "
            "UPDATE attempt SET seq = 3 WHERE seq = 99");
        row("a hash", "UPDATE attempt SET hash = zeroblob(32) WHERE seq = 4");
        row("a derived row", "UPDATE question_history SET right = right + 1 WHERE question = 'q1'");
    }

    void everyAlterationIsFound()
    {
        QFETCH(QString, sql);
        QTemporaryDir dir;
        {
            auto store = openIn(dir);
            for (int i = 0; i < 4; ++i) {
                QVERIFY(store->record(attempt(QStringLiteral("q%1").arg(i))));
            }
            QVERIFY(store->verify()->holds());
        }
        execute(dir, sql.toStdString());
        auto store = openIn(dir);
        const auto report = store->verify();
        QVERIFY(report);
        QVERIFY(!report->holds());
    }

    void rebuildMendsWhatIsDerived()
    {
        QTemporaryDir dir;
        {
            auto store = openIn(dir);
            QVERIFY(store->record(attempt(QStringLiteral("q1"))));
        }
        execute(dir, "UPDATE question_history SET asked = 9");
        auto store = openIn(dir);
        QVERIFY(!store->verify()->holds());
        QCOMPARE(*store->rebuild(), 2);
        QVERIFY(store->verify()->holds());
        QCOMPARE(*store->rebuild(), 0);
    }

    void theOutboxKeepsWhatIsNotAcknowledged()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(store->record(attempt(QStringLiteral("q%1").arg(i))));
        }
        Outbox &outbox = store->outbox();
        QCOMPARE(outbox.pendingAttempts(3)->size(), 3);
        QCOMPARE(*outbox.pendingCount(), 5);

        const auto key = makeKeyPair();
        Receipt receipt {store->storeId(), 3, *outbox.hashAt(3), m_clock.utcMs(), {}, {}};
        QVERIFY(signReceipt(receipt, key->secret));
        QVERIFY(outbox.acknowledge(receipt));
        QCOMPARE(*outbox.pendingCount(), 2);
        QCOMPARE(outbox.pendingAttempts(10)->first().seq, 4);
        QCOMPARE(store->verify(key->publicKey)->receipts, 1);

        Receipt foreign = receipt;
        foreign.seq = 5;
        QVERIFY(!outbox.acknowledge(foreign)); // a head that is not ours moves nothing
        QCOMPARE(*outbox.pendingCount(), 2);
        QVERIFY(outbox.rewind(0));
        QCOMPARE(*outbox.pendingCount(), 5);
    }

    void aCutBehindAReceiptIsFound()
    {
        QTemporaryDir dir;
        {
            auto store = openIn(dir);
            for (int i = 0; i < 2; ++i) {
                QVERIFY(store->record(attempt(QStringLiteral("q%1").arg(i))));
            }
            Receipt receipt {store->storeId(), 2, *store->outbox().hashAt(2), 1, {}, {}};
            QVERIFY(signReceipt(receipt, makeKeyPair()->secret));
            QVERIFY(store->outbox().acknowledge(receipt));
        }
        // Even when whoever cuts also mends the recorded head.
        execute(dir,
            "DELETE FROM attempt WHERE seq = 2; UPDATE value SET value = '1' WHERE name = 'head_seq'; "
            "UPDATE value SET value = (SELECT lower(hex(hash)) FROM attempt) WHERE name = 'head_hash'; "
            "DELETE FROM question_history WHERE question = 'q1'");
        auto store = openIn(dir);
        const auto report = store->verify();
        QCOMPARE(report->problems.size(), 1);
        QVERIFY(report->problems.first().contains(QStringLiteral("removed")));
    }

    void gateEventsAreTakenOverOnce()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        const QString path = dir.filePath(QStringLiteral("gate-events.jsonl"));
        const QByteArray line = "{\"id\":\"019ab000-0000-7000-8000-000000000001\",\"kind\":\"covered\",\"at_ms\":5,"
                                "\"detail\":\"\"}\n";
        const auto write = [&path](const QByteArray &bytes) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        write(line + "garbage\n" + line);
        QCOMPARE(*store->importEvents(path, QStringLiteral("001")), 1);
        QVERIFY(!QFile::exists(path));
        write(line);
        QCOMPARE(*store->importEvents(path, QStringLiteral("001")), 0);
        QCOMPARE(store->outbox().pendingEvents(10)->size(), 1);
    }

    void aNewerDatabaseIsRefusedInWords()
    {
        QTemporaryDir dir;
        openIn(dir).reset();
        execute(dir, "PRAGMA user_version = 99");
        const auto store = LearningStore::open(pathIn(dir), m_clock, m_random);
        QVERIFY(!store);
        QCOMPARE(store.error().code(), ErrorCode::TooNew);
    }

    void aFileThatIsNoDatabaseIsCorrupt()
    {
        QTemporaryDir dir;
        openIn(dir).reset();
        QFile file(pathIn(dir));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const auto store = LearningStore::open(pathIn(dir), m_clock, m_random);
        QVERIFY(!store);
        QCOMPARE(store.error().code(), ErrorCode::Corrupt);
    }

    void backupsAreWholeDatabases()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        QVERIFY(store->record(attempt(QStringLiteral("q1"))));
        const QString copy = dir.filePath(QStringLiteral("copy.db"));
        QVERIFY(store->backup(copy));
        QVERIFY(!store->backup(copy));
        const auto opened = LearningStore::open(copy, m_clock, m_random);
        QVERIFY((*opened)->verify()->holds());
        QCOMPARE((*opened)->attempts()->size(), 1);
    }
};

QTEST_APPLESS_MAIN(TestStore)
#include "tst_store.moc"
