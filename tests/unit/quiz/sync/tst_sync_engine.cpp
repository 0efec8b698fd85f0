#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/paths.h"
#include "quiz/sync/attempt_stage.h"
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

class TestSyncEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingAnsweredArrivesOnceAndInOrder()
    {
        SamplePc pc;
        pc.answer(250);
        QVERIFY(pc.store->addEvent(QStringLiteral("001"), QStringLiteral("gate-passed"), {}));
        const SyncReport report = pc.pass();
        QVERIFY2(report.succeeded(), report.error ? qPrintable(report.error->toString()) : "");
        QVERIFY(pc.isLevel());
        QCOMPARE(report.attemptsAcknowledged, 250);
        QCOMPARE(report.eventsAcknowledged, 1);
        QCOMPARE(report.pendingAttempts, 0);
        QCOMPARE(pc.asked("/xapi/statements"), 3);
        QVERIFY(pc.store->verify(pc.server.receiptKey.publicKey)->holds());
        // A second pass has nothing to say.
        pc.server.log.clear();
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(pc.asked("/xapi/statements"), 0);
        QCOMPARE(pc.server.events.size(), 1);
    }

    void whateverOneBadReplyDoesTheNextPassLevels_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, int status, const QByteArray &body) {
            QTest::newRow(name) << body << status;
        };
        const auto problem = [](int status, const char *code) { return FakeServer::problem(status, code).body; };
        row("200 with nothing", 200, {});
        row("200 with a log-in page", 200, "<html>please log in</html>");
        row("200 with ids and no receipt", 200, "[]");
        row("204", 204, {});
        row("302", 302, {});
        row("bare 400", 400, "<h1>Bad Request</h1>");
        row("bare 401", 401, {});
        row("bare 403", 403, "forbidden");
        row("403 of the server", 403, problem(403, "store-not-yours"));
        row("404", 404, problem(404, "unknown-path"));
        row("408", 408, {});
        row("bare 409", 409, "conflict");
        row("409 gap without a number", 409, problem(409, "chain-gap"));
        row("409 fork", 409, problem(409, "chain-fork"));
        row("409 too many forks", 409, problem(409, "too-many-forks"));
        row("409 conflict without ids", 409, problem(409, "statement-conflict"));
        row("413", 413, problem(413, "too-large"));
        row("415", 415, problem(415, "media-type"));
        row("429", 429, problem(429, "too-many-attempts"));
        row("500", 500, problem(500, "internal"));
        row("502 of a proxy", 502, "<html>");
        row("503", 503, problem(503, "overloaded"));
        row("another protocol", 400, problem(400, "protocol-unsupported"));
        row("a problem that names another status", 400, problem(403, "device-revoked"));
    }

    void whateverOneBadReplyDoesTheNextPassLevels()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        SamplePc pc;
        pc.answer(12);
        int left = 1;
        pc.server.instead = [&](const HttpRequest &request) -> std::optional<Answer> {
            return isBatch(request) && left-- > 0 ? std::optional<Answer>(HttpReply {status, {}, body}) : std::nullopt;
        };
        const SyncReport first = pc.pass();
        QVERIFY(first.succeeded() || pc.pending() > 0);
        pc.server.instead = nullptr;
        QVERIFY(pc.pass().succeeded());
        QVERIFY(pc.isLevel());
        QCOMPARE(*pc.store->outbox().quarantinedCount(), 0);
    }

    void breakingAnyRequestLosesAndDoublesNothing_data()
    {
        QTest::addColumn<bool>("served"); // the server did its part, and its reply was lost
        QTest::newRow("before it arrives") << false;
        QTest::newRow("after the server stored") << true;
    }

    void breakingAnyRequestLosesAndDoublesNothing()
    {
        QFETCH(bool, served);
        int broken = 0;
        for (int victim = 0; victim < 100; ++victim) {
            SamplePc pc;
            pc.server.package = pc.packageOf(1);
            pc.answer(110);
            QVERIFY(pc.store->addEvent(QStringLiteral("001"), QStringLiteral("gate-passed"), {}));
            int number = 0;
            const auto isVictim = [&] { return number++ == victim; };
            const Error lost(ErrorCode::Unavailable, QStringLiteral("lost"));
            if (served) {
                pc.server.afterwards = [&](const HttpRequest &, HttpReply reply) {
                    return isVictim() ? Answer(lost) : Answer(std::move(reply));
                };
            } else {
                pc.server.instead = [&](const HttpRequest &) {
                    return isVictim() ? std::optional<Answer>(lost) : std::nullopt;
                };
            }
            const SyncReport first = pc.pass();
            if (number <= victim) {
                QVERIFY(first.succeeded());
                break; // a pass has no more requests than this
            }
            ++broken;
            QVERIFY(!first.succeeded());
            QVERIFY(first.nextAttemptMs >= Backoff::shortestMs);
            pc.restart();
            const SyncReport second = pc.pass();
            QVERIFY2(second.succeeded(), qPrintable(QStringLiteral("request %1").arg(victim)));
            QVERIFY(pc.isLevel());
            QCOMPARE(pc.server.events.size(), 1);
            QCOMPARE(second.bankRevision, 1);
            QCOMPARE(*pc.store->outbox().quarantinedCount(), 0);
        }
        QVERIFY(broken >= 7); // token, two batches, events, manifest, package, roster
    }

    void aWeekWithoutServerIsCaughtUpInOnePass()
    {
        SamplePc pc;
        pc.server.off = true;
        for (int day = 0; day < 7; ++day) {
            pc.answer(40);
            const SyncReport report = pc.pass();
            QCOMPARE(report.error->code(), ErrorCode::Unavailable);
            QVERIFY(report.nextAttemptMs <= Backoff::longestMs);
            pc.clock.advanceDays(1);
            pc.restart();
        }
        QCOMPARE(pc.pending(), 280);
        pc.server.off = false;
        QVERIFY(pc.pass().succeeded());
        QVERIFY(pc.isLevel());
    }

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

    void aRevokedDeviceKeepsEverything()
    {
        SamplePc pc;
        pc.answer(3);
        QVERIFY(pc.pass().succeeded());
        pc.answer(4);
        pc.server.revoked = true;
        QCOMPARE(pc.pass().error->code(), ErrorCode::NotPermitted); // with a token that still holds
        QCOMPARE(pc.pass().error->code(), ErrorCode::NotPermitted); // asking for one
        QCOMPARE(pc.pending(), 4);
        QCOMPARE(pc.attempts().size(), 7);
    }

    void aTokenIsKeptUntilItRunsOutAndRenewedWhenRefused()
    {
        SamplePc pc;
        QVERIFY(pc.pass().succeeded());
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(pc.server.tokens, 1);
        pc.clock.advanceMs(14 * 60'000 + 1);
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(pc.server.tokens, 2);
        int refused = 0;
        pc.server.instead = [&](const HttpRequest &request) -> std::optional<Answer> {
            const bool first = request.path.startsWith("/v1/roster") && refused++ == 0;
            return first ? std::optional<Answer>(FakeServer::problem(401, "token-required")) : std::nullopt;
        };
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(pc.server.tokens, 3);
    }

    void aServerThatNeverTakesItsTokensEndsThePass()
    {
        SamplePc pc;
        pc.answer(1);
        pc.server.instead = toBatches(FakeServer::problem(401, "token-required"));
        QCOMPARE(pc.pass().error->code(), ErrorCode::NotPermitted);
        QVERIFY(pc.server.log.size() <= 4);
        QCOMPARE(pc.pending(), 1);
    }

    void aWrongClockIsMeasuredAndRemembered()
    {
        SamplePc pc;
        pc.answer(1);
        pc.server.clockOffsetMs = -3 * 86'400'000LL;
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(pc.asked("/v1/token"), 2);
        pc.restart();
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(pc.asked("/v1/token"), 3); // the first proof was dated rightly
        QVERIFY(pc.isLevel());
        QCOMPARE(pc.server.attempts.first().answeredAtMs, pc.clock.utcMs()); // answers carry their own time
    }

    void anOverloadedServerIsObeyed_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("429") << 429;
        QTest::newRow("503") << 503;
    }

    void anOverloadedServerIsObeyed()
    {
        QFETCH(int, status);
        SamplePc pc;
        pc.answer(1);
        HttpReply busy = FakeServer::problem(status, "overloaded");
        busy.headers.append(std::pair<QByteArray, QByteArray>("Retry-After", "900"));
        pc.server.instead = toBatches(busy);
        const SyncReport report = pc.pass();
        QVERIFY(report.delayNamedByServer);
        QVERIFY(report.nextAttemptMs >= 900'000 && report.nextAttemptMs <= 1'000'000);
        QCOMPARE(pc.asked("/v1/roster"), 0); // nothing else is asked of it
    }

    void aCancelledPassReportsOnceAndTheNextGoesOn()
    {
        SamplePc pc;
        pc.answer(150);
        int reports = 0;
        pc.engine->start([&](const SyncReport &report) {
            ++reports;
            QVERIFY(report.cancelled && !report.succeeded());
        });
        QVERIFY(pc.server.deliver()); // token
        QVERIFY(pc.server.deliver()); // first batch
        pc.engine->cancel();
        pc.engine->cancel();
        QCOMPARE(reports, 1);
        QVERIFY(!pc.engine->isRunning());
        QCOMPARE(pc.pending(), 50);
        QVERIFY(pc.pass().succeeded());
        QVERIFY(pc.isLevel());
    }

    void endingTheEngineReportsItsPass()
    {
        SamplePc pc;
        int reports = 0;
        pc.engine->start([&](const SyncReport &report) { reports += report.cancelled ? 1 : 0; });
        pc.engine.reset();
        QCOMPARE(reports, 1);
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
        QTest::newRow("a large object") << QStringLiteral("k") << QStringLiteral("{\"a\":\"%1\"}").arg(QString(3000, QLatin1Char('"')));
        QTest::newRow("an object") << QStringLiteral("k") << QStringLiteral("{\"a\":1}");
    }

    void eventsAreMadeFitToTravel()
    {
        QFETCH(QString, kind);
        QFETCH(QString, detail);
        const StoredEvent stored {1, QStringLiteral("019ab000-0000-7000-8000-000000000001"), {}, kind, -5, 999'999, detail};
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

    void theRosterIsKeptAsItCameAndAskedForConditionally()
    {
        SamplePc pc;
        Person person;
        person.number = QStringLiteral("001");
        person.name = QStringLiteral("甲");
        pc.server.roster.people = {person};
        QVERIFY(pc.pass().rosterChanged);
        QCOMPARE(*pc.store->roster(), pc.server.roster);
        QVERIFY(!pc.pass().rosterChanged);
        pc.server.instead = [](const HttpRequest &request) -> std::optional<Answer> {
            return request.path.startsWith("/v1/roster") ? std::optional<Answer>(HttpReply {200, {}, "{\"roster\":5}"})
                                                         : std::nullopt;
        };
        QVERIFY(!pc.pass().succeeded());
        QCOMPARE(*pc.store->roster(), pc.server.roster);
    }
};

QTEST_APPLESS_MAIN(TestSyncEngine)
#include "tst_sync_engine.moc"
