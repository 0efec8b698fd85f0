#include "quiz/obligation/policy_file.h"
#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"

#include "question_bank/base/uuid.h"

#include <QCoreApplication>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cstdio>
#include <cstring>

using namespace qingfeng;

namespace {

const QByteArray secret(32, 's');

PolicySet policy()
{
    LoadedPolicy loaded;
    addPolicy("[gate]\nquestions = 2\n[deferral]\nquota = 31\nper = \"month\"\nminutes = 5\n",
        QStringLiteral("kill.toml"), loaded);
    return loaded.policy;
}

Asking asking(const Clock &clock)
{
    Asking asking;
    asking.policy = policy();
    asking.person.person = QStringLiteral("001");
    asking.occurrence.login = QStringLiteral("login");
    asking.clock = {clock.utcMs(), clock.utcOffsetSeconds(), {}};
    return asking;
}

/** Says that something was kept, as a screen would. */
void confirm(const char *what, const QString &id)
{
    std::printf("%s %s\n", what, qPrintable(id));
    std::fflush(stdout);
}

/** Decides, defers and answers, day after day, going on where the run before was killed. */
int goOnUntilKilled(const QString &path)
{
    FakeClock clock;
    SystemRandom random;
    auto store = LearningStore::open(path, clock, random);
    if (!store) {
        return 1;
    }
    if (const auto ledger = (*store)->ledger(QStringLiteral("001"), 0); ledger->memory) {
        clock.setUtcMs(ledger->memory->lastSeenMs);
    }
    for (;;) {
        const auto decided = (*store)->decide(asking(clock));
        if (!decided) {
            return 1;
        }
        if (decided->decision.demand != Demand::Questions) {
            // Deferred, or done for today.
            clock.advanceMs(decided->decision.nextAskMs - clock.utcMs());
            continue;
        }
        const QString row = decided->obligation->id;
        confirm("owed", row);
        if (decided->deferral.isAllowed() && random.next64() % 2 == 0) {
            if (!(*store)->defer(asking(clock), *decided, secret)) {
                return 1;
            }
            confirm("deferred", row);
            continue;
        }
        Attempt attempt;
        attempt.id = makeUuidV7(clock, random);
        attempt.person = QStringLiteral("001");
        attempt.question = QStringLiteral("q%1").arg(random.next64() % 50);
        attempt.version = 1;
        attempt.outcome = Outcome::Right;
        attempt.obligation = row;
        attempt.studyDay = studyDay(clock);
        const auto recorded = (*store)->record(attempt, secret);
        if (!recorded) {
            return 1;
        }
        if (recorded->pass) {
            confirm("settled", row);
        }
    }
}

/** Decides once, as one of several sessions that begin at the same moment. */
int decideOnce(const QString &path)
{
    FakeClock clock;
    SystemRandom random;
    auto store = LearningStore::open(path, clock, random);
    const auto decided = store ? (*store)->decide(asking(clock)) : Result<Decided>(store.error());
    if (!decided) {
        return 1;
    }
    confirm("owed", decided->obligation->id);
    return 0;
}

} // namespace

class TestKillObligation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasDecidedOrDeferredStandsWheneverTheKillComes()
    {
        const int kills
            = qEnvironmentVariableIntValue("QF_KILLS") > 0 ? qEnvironmentVariableIntValue("QF_KILLS") : 30;
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("learning.db"));
        QRandomGenerator random(20261124);
        QHash<QString, QString> last; // what was said last of each obligation
        QHash<QString, int> deferrals;
        for (int round = 0; round < kills; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--go-on"), path});
            QVERIFY(child.waitForReadyRead(10'000));
            QThread::usleep(random.bounded(1000, 60'000));
            child.kill();
            QVERIFY(child.waitForFinished(10'000));
            const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
            for (qsizetype i = 0; i + 1 < lines.size();
                 ++i) { // what follows the last newline was not shown whole
                const QList<QByteArray> words = lines.at(i).split(' ');
                const QString row = QString::fromLatin1(words.at(1));
                last[row] = QString::fromLatin1(words.at(0));
                deferrals[row] += words.at(0) == "deferred";
            }
        }
        FakeClock clock;
        SystemRandom systemRandom;
        auto store = LearningStore::open(path, clock, systemRandom);
        QVERIFY(store);
        QVERIFY((*store)->verify()->holds());
        const auto ledger = (*store)->ledger(QStringLiteral("001"), 0);
        QHash<QString, Obligation> held;
        QSet<int> days;
        for (const LedgerRow &row : ledger->rows) {
            QVERIFY2(!days.contains(row.obligation.studyDay), "a day was owed twice");
            days.insert(row.obligation.studyDay);
            QVERIFY(row.obligation.answered <= row.obligation.owed);
            held.insert(row.obligation.id, row.obligation);
        }
        QHash<QString, int> kept;
        for (const Deferral &deferral : ledger->deferrals) {
            QCOMPARE(deferral.number, ++kept[deferral.obligation]); // each once, none left out
        }
        for (auto it = last.cbegin(); it != last.cend(); ++it) {
            QVERIFY2(held.contains(it.key()), qPrintable(it.key()));
            QVERIFY(*it != QLatin1String("settled") || !held.value(it.key()).isOpen());
            QVERIFY(kept.value(it.key()) >= deferrals.value(it.key()));
        }
        QVERIFY(last.size() >= 2);
    }

    void sessionsThatBeginAtOnceOweOneObligation()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("learning.db"));
        constexpr int sessions = 6;
        QProcess children[sessions];
        for (QProcess &child : children) {
            child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--decide"), path});
        }
        QSet<QByteArray> said;
        for (QProcess &child : children) {
            QVERIFY(child.waitForFinished(20'000));
            QCOMPARE(child.exitCode(), 0);
            said.insert(child.readAllStandardOutput());
        }
        QCOMPARE(said.size(), 1);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && std::strcmp(argv[1], "--go-on") == 0) {
        return goOnUntilKilled(QString::fromLocal8Bit(argv[2]));
    }
    if (argc == 3 && std::strcmp(argv[1], "--decide") == 0) {
        return decideOnce(QString::fromLocal8Bit(argv[2]));
    }
    TestKillObligation test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_kill_obligation.moc"
