#include "quiz/store/learning_store.h"
#include "quiz/store/server_clock.h"
#include "tests/support/fake_clock.h"

#include "question_bank/base/uuid.h"
#include "question_bank/package/signature.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QDir>
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

    Asking asking() const
    {
        Asking asking;
        asking.person.person = QStringLiteral("001");
        asking.clock = {m_clock.utcMs(), m_clock.utcOffsetSeconds(), {}};
        return asking;
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
        const auto owed = store->decide(asking());
        QVERIFY(owed->obligation->isOpen());
        QCOMPARE(store->passFor(*owed, secret).error().code(), ErrorCode::NotPermitted);
        const QString id = owed->obligation->id;

        const auto recorded = store->record(attempt(QStringLiteral("q"), id), secret);
        QVERIFY(recorded->pass.has_value());
        QCOMPARE(recorded->pass->token, passToken(secret, id, recorded->attempt.id));

        const auto again = store->decide(asking());
        QCOMPARE(again->decision.reason, DecisionReason::Settled);
        QCOMPARE(store->passFor(*again, secret)->word, QStringLiteral("settled"));
    }

    void anExemptionOpensAndLeavesAnEvent()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        const auto owed = store->decide(asking());
        const auto pass = store->leave(asking(), *owed, QStringLiteral("emergency"), QByteArray(32, 's'));
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
        QCOMPARE(*store->rebuild(), 1);
        QVERIFY(store->verify()->holds());
        QCOMPARE(*store->rebuild(), 0);
    }

    void aDatabaseOfTheFirstVersionIsTakenOver()
    {
        QTemporaryDir dir;
        QDir(dir.path()).mkdir(QStringLiteral("data"));
        QVERIFY(QFile::copy(QStringLiteral(QF_DATA_DIR "/stores/learning_v1.db"), pathIn(dir)));
        QVERIFY(QFile::setPermissions(pathIn(dir), QFile::ReadOwner | QFile::WriteOwner));
        auto store = openIn(dir);
        QVERIFY(store);
        // The hashes were made before attempts had texts, pairs and parts.
        const auto report = store->verify();
        QVERIFY2(report->holds(), qPrintable(report->problems.join(QLatin1Char('\n'))));
        QCOMPARE(report->attempts, 5);

        const auto record = store->learner(QStringLiteral("001"));
        QCOMPARE(record->person.valid, 4);
        QCOMPARE(record->person.invalid, 1);
        const QuestionHistory history = record->questions.value(QStringLiteral("q1"));
        QCOMPARE(history.asked, 2);
        QCOMPARE(history.right, 2);
        QVERIFY(history.memory.stability > 1.0);
        QVERIFY(store->openPresentation(QStringLiteral("o1"))->has_value());
        QVERIFY(store->record(attempt(QStringLiteral("q1"))));
        QVERIFY(store->verify()->holds());
    }

    void aDatabaseOfTheSecondVersionIsTakenOver()
    {
        QTemporaryDir dir;
        QDir(dir.path()).mkdir(QStringLiteral("data"));
        QVERIFY(QFile::copy(QStringLiteral(QF_DATA_DIR "/stores/learning_v2.db"), pathIn(dir)));
        QVERIFY(QFile::setPermissions(pathIn(dir), QFile::ReadOwner | QFile::WriteOwner));
        auto store = openIn(dir);
        QVERIFY(store);
        const auto report = store->verify();
        QVERIFY2(report->holds(), qPrintable(report->problems.join(QLatin1Char('\n'))));
        QCOMPARE(report->attempts, 2);

        // Two days answered, one exempted, one still open: in the order in which they were made.
        const int lastDay = studyDay(m_clock) + 3;
        const auto ledger = store->ledger(QStringLiteral("001"), lastDay);
        QCOMPARE(ledger->rows.size(), 4);
        QCOMPARE(ledger->rows.at(0).obligation.studyDay, lastDay - 3);
        QCOMPARE(ledger->rows.at(2).obligation.state, ObligationState::Exempted);
        QVERIFY(ledger->rows.at(3).obligation.isOpen());
        QVERIFY(!ledger->memory && ledger->deferrals.isEmpty() && !ledger->quiet);

        // What was open stays owed on its day, though the clock is three days behind it.
        const auto decided = store->decide(asking());
        QCOMPARE(decided->decision.reason, DecisionReason::LeftOpen);
        QCOMPARE(decided->obligation->id, ledger->rows.at(3).obligation.id);
        QVERIFY(decided->decision.clockWentBack);
        QCOMPARE(store->outbox().pendingEvents(10)->last().kind, QStringLiteral("clock-back"));
    }

    void answersOfEveryTypeComeBackAsTheyWere()
    {
        QTemporaryDir dir;
        QString id;
        {
            auto store = openIn(dir);
            Attempt a = attempt(QStringLiteral("case"));
            id = a.id;
            a.response.clear();
            a.texts = {QStringLiteral("六个月"), QString()};
            a.pairs = {{QStringLiteral("a"), QStringLiteral("x")}};
            a.parts.insert(QStringLiteral("1"),
                {{QStringLiteral("b"), QStringLiteral("a")}, {QStringLiteral("a")}, {}, {}});
            a.guessPpm = 250'000;
            QVERIFY(store->record(a));
        }
        {
            auto store = openIn(dir);
            const Attempt back = store->attempts()->first();
            QCOMPARE(back.texts, (QStringList {QStringLiteral("六个月"), QString()}));
            QCOMPARE(back.pairs.value(QStringLiteral("a")), QStringLiteral("x"));
            QCOMPARE(back.parts.value(QStringLiteral("1")).choices, QStringList {QStringLiteral("a")});
            QCOMPARE(back.guessPpm, 250'000);
            QVERIFY(store->verify()->holds());
        }
        execute(dir, "UPDATE attempt SET details = replace(details, '六', '七')");
        QVERIFY(!openIn(dir)->verify()->holds());
    }

    void whatIsKeptWithEachAnswerIsWhatARebuildSays()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        SeededRandom random(5);
        for (int i = 0; i < 120; ++i) {
            Attempt a = attempt(QStringLiteral("q%1").arg(random.next64() % 15));
            a.person = random.next64() % 3 == 0 ? QStringLiteral("002") : QStringLiteral("001");
            a.version = 1 + int(random.next64() % 20 == 0);
            a.outcome = Outcome(random.next64() % 5);
            a.guessPpm = 250'000;
            // A clock that goes forwards, back, and once far away.
            a.studyDay = 20'000 + i / 2 - int(random.next64() % 3) + (i == 60 ? 1000 : 0);
            QVERIFY(store->record(a));
            QVERIFY(store->learner(a.person)); // so that what is read along the way is kept up to date
        }
        QVERIFY(store->verify()->holds());
        const auto kept = store->learner(QStringLiteral("001"));
        QCOMPARE(kept->person.quarantined + store->learner(QStringLiteral("002"))->person.quarantined, 1);
        QVERIFY(kept->person.backwards > 0);
        QCOMPARE(*store->rebuild(), 0);
        const auto rebuilt = store->learner(QStringLiteral("001"));
        QCOMPARE(rebuilt->questions, kept->questions);
        QVERIFY(rebuilt->person == kept->person);
        auto second = openIn(dir);
        QCOMPARE(second->learner(QStringLiteral("001"))->questions, kept->questions);
    }

    void anotherProcessAndOtherParametersAreSeen()
    {
        QTemporaryDir dir;
        auto one = openIn(dir);
        auto two = openIn(dir);
        QVERIFY(one->record(attempt(QStringLiteral("q1"))));
        QCOMPARE(two->history(QStringLiteral("001"))->value(QStringLiteral("q1")).asked, 1);
        QVERIFY(one->record(attempt(QStringLiteral("q1"))));
        QCOMPARE(two->history(QStringLiteral("001"))->value(QStringLiteral("q1")).asked, 2);

        const double before = two->history(QStringLiteral("001"))->value(QStringLiteral("q1")).memory.stability;
        MemoryModel model;
        model.version = QStringLiteral("other");
        model.parameters.w[3] = 20;
        QVERIFY(one->setMemoryModel(model));
        QVERIFY(two->history(QStringLiteral("001"))->value(QStringLiteral("q1")).memory.stability > before);
        QVERIFY(one->verify()->holds());
        QVERIFY(openIn(dir)->memoryModel() == model);
    }

    void aRapidGuessMayBeAskedAgainTheSameDay()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        Attempt guess = attempt(QStringLiteral("q1"));
        guess.outcome = Outcome::Invalid;
        QVERIFY(store->present({guess.id, guess.person, guess.studyDay, guess.post, guess.question, 1, {},
            AttemptContext::Study, {}}));
        QVERIFY(store->askedOn(guess.person, guess.studyDay)->contains(guess.question));
        QVERIFY(store->record(guess));
        QVERIFY(!store->askedOn(guess.person, guess.studyDay)->contains(guess.question));
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
            "UPDATE value SET value = '1' WHERE name = 'derived_stale'");
        auto store = openIn(dir);
        const auto report = store->verify();
        QCOMPARE(report->problems.size(), 1);
        QVERIFY(report->fault);
        QCOMPARE(nameOf(report->fault->kind), QStringLiteral("cut"));
        QCOMPARE(report->fault->seq, 2);
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
        QCOMPARE(store->importEvents(path, QStringLiteral("001"))->size(), 1);
        QVERIFY(!QFile::exists(path));
        write(line);
        QCOMPARE(store->importEvents(path, QStringLiteral("001"))->size(), 0);
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

    void aDamagedStoreIsPutAsideWholeAndTheRosterIsKept()
    {
        QTemporaryDir dir;
        {
            auto store = openIn(dir);
            QVERIFY(store->record(attempt(QStringLiteral("q"))));
            QVERIFY(store->saveDocument(QStringLiteral("roster"), QStringLiteral("etag"), "{}"));
            QVERIFY(store->setValue(QStringLiteral("signed_in/me"), QStringLiteral("001")));
        }
        execute(dir, "DROP TABLE obligation");
        auto store = LearningStore::openOrReplace(pathIn(dir), m_clock, m_random);
        QVERIFY(store); // what is whole at first sight is used until a fault is met
        QVERIFY((*store)->putAside().isEmpty());
        const auto lost = (*store)->decide(asking());
        QVERIFY(!lost);
        QCOMPARE(lost.error().code(), ErrorCode::Corrupt);
        (*store)->suspectDamage();
        const QString damagedId = (*store)->storeId();
        store->reset();

        QCOMPARE(LearningStore::open(pathIn(dir), m_clock, m_random).error().code(), ErrorCode::Corrupt);
        store = LearningStore::openOrReplace(pathIn(dir), m_clock, m_random);
        QVERIFY(store);
        QVERIFY((*store)->putAside().startsWith(QStringLiteral("learning.db.damaged-")));
        QVERIFY((*store)->storeId() != damagedId);
        QVERIFY((*store)->decide(asking()));
        const auto roster = (*store)->document(QStringLiteral("roster"));
        QCOMPARE(roster->second, QByteArray("{}"));
        QVERIFY(roster->first.isEmpty()); // so that it is fetched anew
        QCOMPARE((*store)->value(QStringLiteral("signed_in/me")), QStringLiteral("001"));
        QCOMPARE((*store)->value(LearningStore::putAsideKey()), (*store)->putAside());
        SQLite::Database aside(QFileInfo(pathIn(dir)).dir().filePath((*store)->putAside()).toStdString());
        QCOMPARE(aside.execAndGet("SELECT count(*) FROM attempt").getInt(), 1);
        store->reset();
        QVERIFY(LearningStore::openOrReplace(pathIn(dir), m_clock, m_random)->get()->putAside().isEmpty());
    }

    void whatAStandInHeldIsAdoptedOnceAndCounts()
    {
        QTemporaryDir dir;
        const QString standIn = dir.filePath(QStringLiteral("run/learning.db"));
        const Attempt given = attempt(QStringLiteral("q"));
        {
            auto other = LearningStore::open(standIn, m_clock, m_random);
            Attempt answered = given;
            answered.person = QStringLiteral("os:me");
            QVERIFY((*other)->record(answered));
            QVERIFY((*other)->addEvent(QStringLiteral("os:me"), QStringLiteral("exempted"), QString()));
        }
        auto store = openIn(dir);
        const auto owed = store->decide(asking());
        QVERIFY(owed && owed->obligation && owed->obligation->isOpen());
        QCOMPARE(*store->adopt(standIn, QStringLiteral("001")), 1);
        QVERIFY(!QFile::exists(standIn));
        QCOMPARE(*store->adopt(standIn, QStringLiteral("001")), 0);
        const auto attempts = store->attempts(QStringLiteral("001"));
        QCOMPARE(attempts->size(), 1);
        QCOMPARE(attempts->first().id, given.id);
        QCOMPARE(attempts->first().obligation, owed->obligation->id);
        QVERIFY(verifyChain(*attempts).intact);
        QCOMPARE(store->look(asking())->decision.demand, Demand::Nothing);
        QCOMPARE(store->outbox().pendingEvents(10)->last().person, QStringLiteral("001"));
    }

    void aSuspicionWithoutDamageIsForgotten()
    {
        QTemporaryDir dir;
        openIn(dir)->suspectDamage();
        QVERIFY(openIn(dir));
        QVERIFY(!QFile::exists(pathIn(dir) + QStringLiteral(".suspect")));
    }

    void theServersTimeRunsOnWhateverTheClockSays()
    {
        QTemporaryDir dir;
        auto store = openIn(dir);
        QVERIFY(!serverTime(*store));
        noteServerTime(*store, 1'000'000);
        m_clock.advanceMs(-86'400'000);
        QTest::qWait(20);
        QVERIFY(*serverTime(*store) >= 1'000'020);
        QVERIFY(*serverTime(*store) < 1'060'000);
        QVERIFY(store->setValue(QStringLiteral("server_clock"), QStringLiteral("another-start 5")));
        QVERIFY(!serverTime(*store));
        m_clock.advanceMs(86'400'000);
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
