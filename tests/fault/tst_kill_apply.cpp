#include "question_bank/package/bank_folder.h"
#include "question_bank/package/delta.h"
#include "tests/support/sample_bank.h"

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

/** Takes each revision of a folder of packages into use, in turn, as deltas and as whole packages. */
int applyUntilKilled(const QString &incoming, const QString &path, const QByteArray &key)
{
    BankFolder folder(path, {key});
    for (;;) {
        const auto held = folder.load();
        const qint64 next = held ? held->info.revision + 1 : 1;
        const QString file = incoming
            + QStringLiteral("/%1.%2").arg(next).arg(
                next % 2 == 0 && held ? QStringLiteral("qfdelta") : QStringLiteral("qfbank"));
        const auto bytes = readFile(file, maxPackageBytes);
        if (!bytes) {
            return 0; // all of them were applied
        }
        std::printf("%lld begins\n", qlonglong(next));
        std::fflush(stdout);
        const auto applied = folder.apply(*bytes);
        if (!applied) {
            std::fprintf(stderr, "%s\n", qPrintable(applied.error().toString()));
            return 1;
        }
        std::printf("%lld applied\n", qlonglong(next));
        std::fflush(stdout);
    }
}

} // namespace

/** A kill at any moment of taking a bank into use leaves a whole bank: the old one or the new one. */
class TestKillApply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereIsAWholeBankWheneverTheKillComes()
    {
        const int kills
            = qEnvironmentVariableIntValue("QF_KILLS") > 0 ? qEnvironmentVariableIntValue("QF_KILLS") : 40;
        constexpr int revisions = 400;
        QTemporaryDir dir;
        const KeyPair key = *makeKeyPair();
        QuestionBank bank = sampleBank();
        QByteArray before;
        for (int revision = 1; revision <= revisions; ++revision) {
            bank.revision = revision;
            QuestionVersion question = bank.questions().first();
            question.stem = QStringLiteral("第 %1 版的题干").arg(revision);
            QVERIFY(bank.add(question));
            const QByteArray package = *buildPackage(bank, key.secret);
            QVERIFY(writeFileAtomically(dir.filePath(QStringLiteral("%1.qfbank").arg(revision)), package));
            if (revision % 2 == 0) {
                QVERIFY(writeFileAtomically(
                    dir.filePath(QStringLiteral("%1.qfdelta").arg(revision)), *makeDelta(before, package)));
            }
            before = package;
        }
        const QString folder = dir.filePath(QStringLiteral("bank"));
        QRandomGenerator random(20261125);
        qint64 applied = 0;
        for (int round = 0; round < kills; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--apply"), dir.path(), folder, QString::fromLatin1(key.publicKey.toHex())});
            QVERIFY(child.waitForReadyRead(10'000));
            QThread::usleep(random.bounded(0, 8'000));
            child.kill();
            QVERIFY(child.waitForFinished(10'000));
            qint64 begun = applied;
            const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
            for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
                const QList<QByteArray> words = lines.at(i).split(' ');
                (words.at(1) == "begins" ? begun : applied) = words.first().toLongLong();
            }
            const auto held = BankFolder(folder, {key.publicKey}).load();
            if (!held) {
                QVERIFY2(applied == 0, qPrintable(held.error().toString())); // killed before there was any
                continue;
            }
            QVERIFY2(held->info.revision >= applied && held->info.revision <= begun,
                qPrintable(QStringLiteral("%1 in use, %2 applied, %3 begun")
                               .arg(held->info.revision)
                               .arg(applied)
                               .arg(begun)));
            QCOMPARE(held->bank.questions().first().stem,
                QStringLiteral("第 %1 版的题干").arg(held->info.revision));
            applied = held->info.revision;
        }
        QVERIFY(applied > 1);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 5 && std::strcmp(argv[1], "--apply") == 0) {
        return applyUntilKilled(
            QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]), QByteArray::fromHex(argv[4]));
    }
    TestKillApply test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_kill_apply.moc"
