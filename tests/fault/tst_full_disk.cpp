#include "quiz/store/learning_store.h"

#include "question_bank/base/uuid.h"
#include "tests/support/fake_clock.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <csignal>

using namespace qingfeng;

/**
 * A disk that takes no more, by way of the file-size limit of this process: every write beyond it fails as on a
 * full disk.
 */
class TestFullDisk : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    SeededRandom m_random {5};

    Attempt attempt()
    {
        Attempt a;
        a.id = makeUuidV7(m_clock, m_random);
        m_clock.advanceMs(1000);
        a.person = QStringLiteral("001");
        a.post = QStringLiteral("P01");
        a.question = QString(400, QLatin1Char('q'));
        a.version = 1;
        a.outcome = Outcome::Right;
        a.studyDay = studyDay(m_clock);
        return a;
    }

    static void limitFileSize(rlim_t bytes)
    {
        rlimit limit {};
        getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &limit);
    }

private Q_SLOTS:
    void anAnswerThatCannotBeWrittenIsAnErrorAndLeavesTheRestWhole()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("learning.db"));
        qint64 kept = 0;
        bool failed = false;
        {
            auto store = LearningStore::open(path, m_clock, m_random);
            QVERIFY(store);
            QVERIFY((*store)->record(attempt()));
            ++kept;
            limitFileSize(400'000);
            for (int i = 0; i < 2000 && !failed; ++i) {
                const auto recorded = (*store)->record(attempt());
                failed = recorded.has_error();
                kept += failed ? 0 : 1;
                if (failed) {
                    QCOMPARE(recorded.error().code(), ErrorCode::Io);
                }
            }
            limitFileSize(RLIM_INFINITY);
            QVERIFY(failed);
            // Room again: the same store goes on where it was.
            QVERIFY((*store)->record(attempt()));
            ++kept;
        }
        auto store = LearningStore::open(path, m_clock, m_random);
        QVERIFY(store);
        QVERIFY((*store)->verify()->holds());
        QCOMPARE((*store)->attempts()->size(), kept);
    }
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_full_disk.moc"
