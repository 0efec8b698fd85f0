#include <QTest>

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
