#include "quiz/store/learning_store.h"

#include "question_bank/base/uuid.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cstdio>
#include <cstring>

using namespace qingfeng;

namespace {

/** What the workstation does at the moment of answering, over and over: record, then tell the learner. */
int answerUntilKilled(const QString &path)
{
    SystemClock clock;
    SystemRandom random;
    auto store = LearningStore::open(path, clock, random);
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().toString()));
        return 1;
    }
    for (;;) {
        Attempt attempt;
        attempt.id = makeUuidV7(clock, random);
        attempt.person = QStringLiteral("001");
        attempt.post = QStringLiteral("P01");
        attempt.question = QStringLiteral("q%1").arg(random.next64() % 50);
        attempt.version = 1;
        attempt.outcome = Outcome::Right;
        attempt.answeredAtMs = clock.utcMs();
        attempt.studyDay = studyDay(clock);
        if (!(*store)->record(attempt)) {
            return 1;
        }
        std::printf("%s\n", qPrintable(attempt.id)); // the screen confirms
        std::fflush(stdout);
    }
}

} // namespace

class TestKillStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasConfirmedIsThereOnceWheneverTheKillComes()
    {
        const int kills = qEnvironmentVariableIntValue("QF_KILLS") > 0 ? qEnvironmentVariableIntValue("QF_KILLS") : 40;
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("learning.db"));
        QRandomGenerator random(20261124);
        QStringList confirmed;
        for (int round = 0; round < kills; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--answer"), path});
            QVERIFY(child.waitForReadyRead(10'000));
            QThread::usleep(random.bounded(1000, 60'000));
            child.kill();
            QVERIFY(child.waitForFinished(10'000));
            const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
            for (qsizetype i = 0; i + 1 < lines.size(); ++i) { // what follows the last newline was not shown whole
                confirmed.append(QString::fromLatin1(lines.at(i)));
            }
        }
        SystemClock clock;
        SystemRandom systemRandom;
        auto store = LearningStore::open(path, clock, systemRandom);
        QVERIFY(store);
        const auto report = (*store)->verify();
        QVERIFY2(report->holds(), qPrintable(report->problems.join(QLatin1Char('\n'))));
        QSet<QString> held;
        for (const Attempt &attempt : *(*store)->attempts()) {
            QVERIFY(!held.contains(attempt.id));
            held.insert(attempt.id);
        }
        for (const QString &id : std::as_const(confirmed)) {
            QVERIFY2(held.contains(id), qPrintable(id));
        }
        QVERIFY(confirmed.size() >= kills);
        // At most one answer a kill was written and not yet confirmed.
        QVERIFY(held.size() - confirmed.size() <= kills);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && std::strcmp(argv[1], "--answer") == 0) {
        return answerUntilKilled(QString::fromLocal8Bit(argv[2]));
    }
    TestKillStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_kill_store.moc"
