#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"

#include "question_bank/base/uuid.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

/** What people write is kept until the server has it, and what the desk writes back is kept with it, each once. */
class TestFeedbackRecords : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    SeededRandom m_random {7};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<LearningStore> m_store;

    QString database() const { return m_dir->filePath(QStringLiteral("learning.db")); }
    void openStore() { m_store = std::move(*LearningStore::open(database(), m_clock, m_random)); }
    FeedbackRecords &records() { return m_store->feedback(); }

    FeedbackEntry message(const QString &thread = {}, const QString &person = QStringLiteral("001"))
    {
        m_clock.advanceMs(1000);
        FeedbackEntry entry;
        entry.id = makeUuidV7(m_clock, m_random);
        entry.thread = thread.isEmpty() ? entry.id : thread;
        entry.store = m_store->storeId();
        entry.person = person;
        entry.text = QStringLiteral("依据的条款是否已经修订？");
        entry.writtenAtMs = m_clock.utcMs();
        entry.utcOffsetSeconds = 28'800;
        return entry;
    }

    FeedbackEntry fromDesk(const QString &thread, qint64 number, FeedbackKind kind = FeedbackKind::Message)
    {
        FeedbackEntry entry = message(thread);
        entry.fromDesk = true;
        entry.kind = kind;
        entry.author = QStringLiteral("张三（纪检组）");
        entry.text = kind == FeedbackKind::Message ? QStringLiteral("已经改了，谢谢。") : QString();
        entry.number = number;
        return entry;
    }

    FeedbackState state() { return records().threads(QStringLiteral("001"))->first().state(); }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        openStore();
    }
    void cleanup() { m_store.reset(); }

    void whatIsWrittenWaitsUntilItIsSent()
    {
        FeedbackEntry doubt = message();
        doubt.question = QStringLiteral("q1");
        doubt.version = 3;
        doubt.attempt = makeUuidV7(m_clock, m_random);
        doubt.answer = QStringLiteral("{\"response\":[\"b\"]}");
        QVERIFY(records().write(doubt));
        QVERIFY(records().write(doubt)); // once
        m_store.reset();
        openStore();
        QCOMPARE(*records().pending(10), QList<FeedbackEntry> {doubt});
        QCOMPARE(records().threads(QStringLiteral("001"), QStringLiteral("q1"))->size(), 1);
        QVERIFY(records().threads(QStringLiteral("001"), QStringLiteral("q2"))->isEmpty());
        QVERIFY(records().threads(QStringLiteral("002"))->isEmpty());
        QCOMPARE(state(), FeedbackState::Queued);
        QVERIFY(m_store->verify()->holds());
    }

    void whatIsNoMessageIsRefused()
    {
        FeedbackEntry empty = message();
        empty.text = QStringLiteral(" \n");
        QCOMPARE(records().write(empty).error().code(), ErrorCode::InvalidArgument);
        FeedbackEntry endless = message();
        endless.text = QString(FeedbackEntry::maxText + 1, u'长');
        QCOMPARE(records().write(endless).error().code(), ErrorCode::TooLarge);
        FeedbackEntry forged = fromDesk(message().thread, 0);
        QCOMPARE(records().write(forged).error().code(), ErrorCode::InvalidArgument);
        QVERIFY(records().pending(10)->isEmpty());
    }

    void aThreadStandsAsItsEntriesSay()
    {
        FeedbackEntry first = message();
        QVERIFY(records().write(first));
        first.number = 1;
        QCOMPARE(*records().take({first}), 0);
        QCOMPARE(state(), FeedbackState::Sent);
        QVERIFY(records().pending(10)->isEmpty());
        const FeedbackEntry read = fromDesk(first.thread, 2, FeedbackKind::Read);
        QCOMPARE(*records().take({read}), 0);
        QCOMPARE(state(), FeedbackState::Read);
        const FeedbackEntry answer = fromDesk(first.thread, 3);
        QCOMPARE(*records().take({answer}), 1);
        QCOMPARE(*records().take({answer}), 0); // once
        QCOMPARE(state(), FeedbackState::Answered);
        QCOMPARE(*records().unseen(QStringLiteral("001")), 1);
        QCOMPARE(*records().newestNumber(), 3);
        QVERIFY(records().markSeen(first.thread));
        QCOMPARE(*records().unseen(QStringLiteral("001")), 0);
        FeedbackEntry closed = message(first.thread);
        closed.kind = FeedbackKind::Closed;
        closed.text.clear();
        QVERIFY(records().write(closed));
        QCOMPARE(state(), FeedbackState::Closed);
        QVERIFY(records().write(message(first.thread)));
        QCOMPARE(state(), FeedbackState::Queued);
        QCOMPARE(records().threads(QStringLiteral("001"))->first().entries.size(), 5);
    }

    /** A store of the version before, with a doubt in it. */
    void doubtsOfEarlierVersionsAreTheirThreadsFirstMessages()
    {
        const QString id = makeUuidV7(m_clock, m_random);
        m_store.reset();
        {
            SQLite::Database raw(database().toStdString(), SQLite::OPEN_READWRITE);
            raw.exec("DROP TABLE feedback; CREATE TABLE doubt (id TEXT PRIMARY KEY, person TEXT NOT NULL, question TEXT "
                     "NOT NULL, version INTEGER NOT NULL, attempt TEXT NOT NULL, answer TEXT NOT NULL, text TEXT NOT "
                     "NULL, created_at_ms INTEGER NOT NULL, utc_offset_s INTEGER NOT NULL, state TEXT NOT NULL) "
                     "WITHOUT ROWID; PRAGMA user_version = 5;");
            raw.exec("INSERT INTO doubt VALUES ('" + id.toStdString()
                + "', '001', 'q1', 2, '', '', '第三项不对', 7, 28800, 'queued')");
        }
        openStore();
        const auto pending = records().pending(10);
        QCOMPARE(pending->size(), 1);
        QCOMPARE(pending->first().thread, id);
        QCOMPARE(pending->first().text, QStringLiteral("第三项不对"));
        QCOMPARE(pending->first().version, 2);
        QVERIFY(feedbackEntryFromJson(toJson(pending->first())));
    }

    /** While the store could not be written another one stood in: what was written there is not lost with it. */
    void theStandInsMessagesAreAdopted()
    {
        const QString path = m_dir->filePath(QStringLiteral("stand-in.db"));
        FeedbackEntry entry = message({}, QStringLiteral("os:somebody"));
        {
            const auto other = LearningStore::open(path, m_clock, m_random);
            QVERIFY((*other)->feedback().write(entry));
        }
        QVERIFY(m_store->adopt(path, QStringLiteral("001")));
        QVERIFY(!QFile::exists(path));
        const auto pending = records().pending(10);
        QCOMPARE(pending->size(), 1);
        QCOMPARE(pending->first().text, entry.text);
        QCOMPARE(pending->first().person, QStringLiteral("001"));
    }
};

QTEST_APPLESS_MAIN(TestFeedbackRecords)
#include "tst_feedback_records.moc"
