#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "quiz/protocol/paths.h"
#include "quiz/sync/event_stage.h"
#include "tests/unit/quiz/sync/sample_pc.h"

using namespace qingfeng;

namespace {

using Answer = FakeServer::Answer;

bool isBatch(const HttpRequest &request)
{
    return request.method == "POST" && request.path.startsWith("/xapi/statements");
}

/** Answers batches with @p reply and everything else in earnest. */
auto toBatches(HttpReply reply)
{
    return [reply](const HttpRequest &request) -> std::optional<Answer> {
        return isBatch(request) ? std::optional<Answer>(reply) : std::nullopt;
    };
}

} // namespace

class TestSyncRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReceiptThatIsNotOursMovesNothing_data()
    {
        QTest::addColumn<QString>("change");
        for (const char *change : {"head", "seq beyond ours", "store", "signature", "key"}) {
            QTest::newRow(change) << QString::fromLatin1(change);
        }
    }

    void aReceiptThatIsNotOursMovesNothing()
    {
        QFETCH(QString, change);
        SamplePc pc;
        pc.answer(3);
        pc.server.signsWithAnotherKey = change == QLatin1String("key");
        pc.server.afterwards = [&](const HttpRequest &request, HttpReply reply) {
            if (isBatch(request)) {
                Receipt receipt = *receiptFromHeader(reply.header(receiptHeader));
                if (change == QLatin1String("head")) {
                    receipt.headHash[0] = char(receipt.headHash[0] ^ 1);
                } else if (change == QLatin1String("seq beyond ours")) {
                    receipt.seq = 99;
                } else if (change == QLatin1String("store")) {
                    receipt.store = QStringLiteral("019ab000-0000-7000-8000-00000000ffff");
                } else if (change == QLatin1String("signature")) {
                    receipt.signature[5] = char(receipt.signature[5] ^ 1);
                }
                if (change != QLatin1String("signature") && change != QLatin1String("key")) {
                    (void)signReceipt(receipt, pc.server.receiptKey.secret);
                }
                reply.headers = {{QByteArray(receiptHeader), receiptToHeader(receipt)}};
            }
            return Answer(std::move(reply));
        };
        const SyncReport report = pc.pass();
        QCOMPARE(report.error->code(), ErrorCode::Corrupt);
        QCOMPARE(report.attemptsAcknowledged, 0);
        QCOMPARE(pc.pending(), 3);
        QVERIFY(!pc.store->outbox().lastReceipt()->has_value());
        QVERIFY(report.bankRevision == 0 && report.rosterChanged); // the other stages went on
    }

    void onePoisonedAnswerIsSetAsideAndThoseBeforeItGo()
    {
        SamplePc pc;
        pc.answer(200);
        pc.server.poison = pc.attempts().at(72).id;
        const SyncReport report = pc.pass();
        QCOMPARE(report.attemptsSetAside, 1);
        QCOMPARE(*pc.store->outbox().quarantinedCount(), 1);
        QCOMPARE(pc.server.attempts.size(), 72);
        QCOMPARE(report.error->code(), ErrorCode::Conflict); // this server insists on an unbroken chain
        QCOMPARE(pc.pending(), 128);
        // The same again is short, sets nothing else aside, and a server that learnt to read it gets everything.
        pc.server.log.clear();
        QCOMPARE(pc.pass().attemptsSetAside, 0);
        QVERIFY(pc.asked("/xapi/statements") <= 3);
        pc.restart();
        pc.server.poison.clear();
        QVERIFY(pc.pass().succeeded());
        QVERIFY(pc.isLevel());
        QCOMPARE(*pc.store->outbox().quarantinedCount(), 1);
    }

    void theNamedIndexOfAPoisonedAnswerIsUsed()
    {
        SamplePc pc;
        pc.answer(100);
        const QString poison = pc.attempts().at(60).id;
        pc.server.poison = poison;
        pc.server.instead = [&](const HttpRequest &request) -> std::optional<Answer> {
            const QJsonArray list = QJsonDocument::fromJson(request.body).array();
            for (qsizetype i = 0; isBatch(request) && i < list.size(); ++i) {
                if (list.at(i).toObject().value(QLatin1String("id")).toString() == poison) {
                    return FakeServer::problem(400, "statement-invalid", {{QStringLiteral("index"), i}});
                }
            }
            return std::nullopt;
        };
        pc.pass();
        QCOMPARE(pc.server.attempts.size(), 60);
        QCOMPARE(*pc.store->outbox().quarantinedCount(), 1);
        QVERIFY(pc.asked("/xapi/statements") <= 6);
    }

    void aServerThatLostAnswersGetsThemAgain()
    {
        SamplePc pc;
        pc.answer(30);
        QVERIFY(pc.pass().succeeded());
        const auto kept = pc.server.attempts.first(12);
        pc.server.forget(kept);
        pc.answer(1);
        QVERIFY(pc.pass().succeeded()); // told by the gap
        QVERIFY(pc.isLevel());
        pc.server.forget(kept);
        pc.restart();
        QVERIFY(pc.pass().succeeded()); // found by comparing heads, with nothing to send
        QVERIFY(pc.isLevel());
    }

    void aForkStopsSendingAndIsRecordedOnce()
    {
        SamplePc pc;
        pc.answer(5);
        pc.server.instead = toBatches(FakeServer::problem(409, "chain-fork"));
        QCOMPARE(pc.pass().error->code(), ErrorCode::Conflict);
        QCOMPARE(pc.pass().error->code(), ErrorCode::Conflict);
        QCOMPARE(pc.pending(), 5);
        QCOMPARE(*pc.store->outbox().quarantinedCount(), 0);
        QCOMPARE(pc.server.events.size(), 1);
        QCOMPARE(pc.store->outbox().pendingEvents(9)->size(), 0);
    }

    void aConflictIsOnlyOneIfTheAnswersDiffer()
    {
        SamplePc pc;
        pc.answer(4);
        pc.server.afterwards = [](const HttpRequest &request, HttpReply reply) {
            return isBatch(request) ? Answer(Error(ErrorCode::Unavailable, QStringLiteral("lost")))
                                    : Answer(std::move(reply));
        };
        pc.pass();
        pc.server.afterwards = nullptr;
        // The bank came between the two sendings: the same answers, another definition of the question.
        QVERIFY(pc.folder->apply(pc.packageOf(1)));
        pc.restart();
        const SyncReport report = pc.pass();
        QVERIFY(report.succeeded());
        QCOMPARE(report.attemptsAcknowledged, 4);
        QVERIFY(pc.isLevel());
        QCOMPARE(*pc.store->outbox().quarantinedCount(), 0);
    }

    void anAnswerThatTheServerHoldsOtherwiseIsSetAside()
    {
        SamplePc pc;
        pc.answer(2);
        const QString id = pc.attempts().first().id;
        pc.server.instead = toBatches(
            FakeServer::problem(409, "statement-conflict", {{QStringLiteral("ids"), QJsonArray {id}}}));
        pc.pass();
        QVERIFY(*pc.store->outbox().quarantinedCount() >= 1);
        QCOMPARE(pc.pending(), 2);
    }

    void aBatchThatIsTooLargeIsHalved()
    {
        SamplePc pc;
        pc.answer(100);
        pc.server.bodyLimit = 40'000;
        QVERIFY(pc.pass().succeeded());
        QVERIFY(pc.isLevel());
    }

    void somebodyTheRosterDoesNotBindWaitsAndTheRestGoesOn()
    {
        SamplePc pc;
        pc.answer(3);
        pc.answer(2, QStringLiteral("777"));
        pc.answer(1);
        pc.server.strangers = {QStringLiteral("777")};
        pc.server.package = pc.packageOf(4);
        const SyncReport report = pc.pass();
        QCOMPARE(report.error->code(), ErrorCode::NotPermitted);
        QCOMPARE(pc.server.attempts.size(), 3);
        QCOMPARE(report.bankRevision, 4);
        QCOMPARE(*pc.store->outbox().quarantinedCount(), 0);
        pc.server.strangers.clear();
        QVERIFY(pc.pass().succeeded());
        QVERIFY(pc.isLevel());
    }

    void eventsAreMadeFitToTravel_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("detail");
        QTest::newRow("plain") << QStringLiteral("gate-passed") << QString();
        QTest::newRow("an odd kind") << QStringLiteral("Gate Passed!") << QStringLiteral("x");
        QTest::newRow("no kind") << QString() << QString();
        QTest::newRow("a long text") << QStringLiteral("k") << QString(5000, QChar(0x5EC9));
        QTest::newRow("control characters") << QStringLiteral("k") << QString(5000, QChar(7));
        QTest::newRow("a large object")
            << QStringLiteral("k") << QStringLiteral("{\"a\":\"%1\"}").arg(QString(3000, QLatin1Char('x')));
        QTest::newRow("an object") << QStringLiteral("k") << QStringLiteral("{\"a\":1}");
    }

    void eventsAreMadeFitToTravel()
    {
        QFETCH(QString, kind);
        QFETCH(QString, detail);
        const StoredEvent stored {
            1, QStringLiteral("019ab000-0000-7000-8000-000000000001"), {}, kind, -5, 999'999, detail};
        const GateEvent event = eventToSend(stored, QStringLiteral("019ab000-0000-7000-8000-000000000002"));
        const auto read = gateEventFromJson(toJson(event));
        QVERIFY2(read, read ? "" : qPrintable(read.error().toString()));
        QCOMPARE(*read, event);
    }

    void anEventThatIsRefusedDoesNotStopTheOthers()
    {
        SamplePc pc;
        for (int i = 0; i < 8; ++i) {
            QVERIFY(pc.store->addEvent(QStringLiteral("001"), QStringLiteral("kind-%1").arg(i), {}));
        }
        pc.server.instead = [](const HttpRequest &request) -> std::optional<Answer> {
            const bool bad = request.path.startsWith("/v1/events") && request.body.contains("kind-5");
            return bad ? std::optional<Answer>(FakeServer::problem(400, "bad-request")) : std::nullopt;
        };
        const SyncReport report = pc.pass();
        QVERIFY(report.succeeded());
        QCOMPARE(report.eventsAcknowledged, 7);
        QCOMPARE(report.eventsRefused, 1);
    }
};

QTEST_APPLESS_MAIN(TestSyncRefusals)
#include "tst_sync_refusals.moc"
