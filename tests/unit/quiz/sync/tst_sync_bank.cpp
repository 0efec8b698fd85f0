#include <QFile>
#include <QTest>

#include "question_bank/base/canonical_json.h"
#include "tests/support/sample_bank.h"
#include "tests/unit/quiz/sync/sample_pc.h"

using namespace qingfeng;

namespace {

using Answer = FakeServer::Answer;

QByteArray altered(QByteArray package)
{
    const qsizetype middle = package.size() / 2;
    package[middle] = char(package[middle] ^ 1);
    return package;
}

} // namespace

class TestSyncBank : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewBankIsFetchedOnceAndThenOnlyAskedFor()
    {
        SamplePc pc;
        pc.server.package = pc.packageOf(3);
        const SyncReport first = pc.pass();
        QVERIFY(first.succeeded());
        QVERIFY(first.bankChanged);
        QCOMPARE(first.bankRevision, 3);
        QCOMPARE(pc.engine->bank()->revision, 3);
        const SyncReport second = pc.pass();
        QVERIFY(second.succeeded() && !second.bankChanged);
        QCOMPARE(pc.asked("/v1/bank/package"), 1);
        pc.server.package = pc.packageOf(4);
        QCOMPARE(pc.pass().bankRevision, 4);
    }

    void whatCannotBeTrustedIsRefusedAndTheOldBankStays_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"another key", "altered after signing", "truncated", "not a package", "older"}) {
            QTest::newRow(what) << QString::fromLatin1(what);
        }
    }

    void whatCannotBeTrustedIsRefusedAndTheOldBankStays()
    {
        QFETCH(QString, what);
        SamplePc pc;
        pc.server.package = pc.packageOf(3);
        QVERIFY(pc.pass().succeeded());
        QuestionBank next = sampleBank();
        next.revision = 4;
        if (what == QLatin1String("another key")) {
            pc.server.package = *buildPackage(next, makeKeyPair()->secret);
        } else if (what == QLatin1String("altered after signing")) {
            pc.server.package = altered(pc.packageOf(4));
        } else if (what == QLatin1String("truncated")) {
            pc.server.package = pc.packageOf(4).chopped(100);
        } else if (what == QLatin1String("not a package")) {
            pc.server.package = "hello";
        } else {
            pc.server.package = pc.packageOf(2);
        }
        pc.answer(2);
        const SyncReport report = pc.pass();
        QVERIFY(report.error.has_value());
        QVERIFY(!report.bankChanged);
        QCOMPARE(report.bankRevision, 3);
        QCOMPARE(pc.folder->load()->info.revision, 3);
        QVERIFY(pc.isLevel()); // answers are not affected
        // Not fetched again while nothing else is published; the administrator hears of it once.
        const int fetched = pc.asked("/v1/bank/package");
        QVERIFY(!pc.pass().succeeded());
        QVERIFY(!pc.pass().succeeded());
        QCOMPARE(pc.asked("/v1/bank/package"), fetched);
        QCOMPARE(pc.server.events.size(), 1);
        pc.server.package = pc.packageOf(5);
        QCOMPARE(pc.pass().bankRevision, 5);
    }

    void aPackageAlteredOnTheWayIsFetchedAgain()
    {
        SamplePc pc;
        pc.server.package = pc.packageOf(3);
        int fetched = 0;
        pc.server.afterwards = [&](const HttpRequest &request, HttpReply reply) {
            if (request.path == "/v1/bank/package" && fetched++ == 0) {
                reply.body = altered(reply.body);
            }
            return Answer(std::move(reply));
        };
        const SyncReport report = pc.pass();
        QVERIFY(report.succeeded());
        QCOMPARE(report.bankRevision, 3);
        QCOMPARE(fetched, 2);
    }

    void oneThatIsAlwaysAlteredOnTheWayIsGivenUpForThisPass()
    {
        SamplePc pc;
        pc.server.package = pc.packageOf(3);
        pc.server.afterwards = [](const HttpRequest &request, HttpReply reply) {
            if (request.path == "/v1/bank/package") {
                reply.body = altered(reply.body);
            }
            return Answer(std::move(reply));
        };
        QCOMPARE(pc.pass().error->code(), ErrorCode::Corrupt);
        QCOMPARE(pc.asked("/v1/bank/package"), 2);
        pc.server.afterwards = nullptr;
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(pc.engine->bank()->revision, 3);
    }

    void aBankLostFromTheDiskIsFetchedAgain()
    {
        SamplePc pc;
        pc.server.package = pc.packageOf(3);
        QVERIFY(pc.pass().succeeded());
        QVERIFY(QFile::remove(pc.folder->currentPath()));
        pc.restart();
        const SyncReport report = pc.pass();
        QVERIFY(report.succeeded() && report.bankChanged);
        QVERIFY(pc.folder->load());
    }

    void theKeyOfTheFirstPublicationIsPinnedForGood()
    {
        SamplePc pc;
        auto staged = StagedDevice::create(pc.dir.path(), "PEM");
        DeviceConfig config = pc.device.config;
        config.serverUrl = QStringLiteral("https://qingfeng.example");
        config.bankKeys.clear();
        QVERIFY((*staged)->commit(config));
        pc.device.config.bankKeys.clear();
        pc.restart();
        QVERIFY(pc.pass().succeeded()); // nothing published yet
        pc.server.package = pc.packageOf(1);
        const SyncReport report = pc.pass();
        QVERIFY2(report.succeeded(), report.error ? qPrintable(report.error->toString()) : "");
        QCOMPARE(report.bankRevision, 1);
        QCOMPARE(loadDevice(pc.dir.path())->config.bankKeys, QList<QByteArray> {pc.bankKey.publicKey});
        QuestionBank next = sampleBank();
        next.revision = 2;
        pc.server.package = *buildPackage(next, makeKeyPair()->secret);
        QCOMPARE(pc.pass().error->code(), ErrorCode::NotPermitted);
        QVERIFY(!pinBankKey(pc.dir.path(), QByteArray(32, 'x')));
    }

    void aPackageMayBeLargerThanOtherReplies()
    {
        SamplePc pc;
        pc.server.package = pc.packageOf(3);
        QVERIFY(pc.pass().succeeded());
        for (const HttpRequest &request : std::as_const(pc.server.log)) {
            QCOMPARE(request.replyLimit, request.path == "/v1/bank/package" ? maxPackageBytes : maxReplyBytes);
        }
    }
};

QTEST_APPLESS_MAIN(TestSyncBank)
#include "tst_sync_bank.moc"
