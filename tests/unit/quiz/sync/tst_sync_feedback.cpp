#include <QTest>

#include "question_bank/base/uuid.h"
#include "quiz/protocol/paths.h"
#include "tests/unit/quiz/sync/sample_pc.h"

using namespace qingfeng;

/** Messages travel both ways with a pass, each once, and one that is refused holds up no other. */
class TestSyncFeedback : public QObject
{
    Q_OBJECT

    static FeedbackEntry write(SamplePc &pc, const QString &thread = {})
    {
        pc.clock.advanceMs(1000);
        FeedbackEntry entry;
        entry.id = makeUuidV7(pc.clock, pc.random);
        entry.thread = thread.isEmpty() ? entry.id : thread;
        entry.store = pc.store->storeId();
        entry.person = QStringLiteral("001");
        entry.text = QStringLiteral("第三项不对");
        entry.writtenAtMs = pc.clock.utcMs();
        [&] { QVERIFY(pc.store->feedback().write(entry)); }();
        return entry;
    }

    static void reply(SamplePc &pc, const QString &thread)
    {
        FeedbackEntry entry;
        entry.id = makeUuidV7(pc.clock, pc.random);
        entry.thread = thread;
        entry.store = pc.store->storeId();
        entry.person = QStringLiteral("001");
        entry.fromDesk = true;
        entry.author = QStringLiteral("张三");
        entry.text = QStringLiteral("已更正");
        entry.number = pc.server.messages.size() + 1;
        pc.server.messages.append(entry);
    }

private Q_SLOTS:
    void everythingArrivesOnce()
    {
        SamplePc pc;
        pc.server.recipients = {QStringLiteral("张三（纪检组）")};
        QString thread;
        for (int i = 0; i < 2 * maxMessagesPerPost + 20; ++i) {
            thread = write(pc).thread;
        }
        SyncReport report = pc.pass();
        QVERIFY2(report.succeeded(), report.error ? qPrintable(report.error->toString()) : "");
        QCOMPARE(report.messagesSent, 2 * maxMessagesPerPost + 20);
        QCOMPARE(pc.server.messages.size(), 2 * maxMessagesPerPost + 20);
        QVERIFY(pc.store->feedback().pending(1)->isEmpty());
        QCOMPARE(report.messagesReceived, 0);
        QVERIFY(pc.store->value(messageRecipientsKey()).contains(QStringLiteral("纪检组")));
        reply(pc, thread);
        report = pc.pass();
        QCOMPARE(report.messagesSent, 0);
        QCOMPARE(report.messagesReceived, 1);
        QCOMPARE(*pc.store->feedback().unseen(QStringLiteral("001")), 1);
        QCOMPARE(pc.pass().messagesReceived, 0);
    }

    void anAcknowledgementThatWasLostDoublesNothing()
    {
        SamplePc pc;
        write(pc);
        bool lost = false;
        pc.server.afterwards = [&lost](const HttpRequest &request, HttpReply reply) -> FakeServer::Answer {
            if (!lost && request.method == "POST" && request.path == "/v1/messages") {
                lost = true;
                return Error(ErrorCode::Unavailable, QStringLiteral("cut"));
            }
            return reply;
        };
        QVERIFY(!pc.pass().succeeded());
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(pc.server.messages.size(), 1);
        QVERIFY(pc.store->feedback().pending(1)->isEmpty());
    }

    void oneThatIsRefusedHoldsUpNoOther()
    {
        SamplePc pc;
        write(pc);
        pc.server.refusedMessage = write(pc).id;
        write(pc);
        const SyncReport report = pc.pass();
        QVERIFY(report.succeeded());
        QCOMPARE(report.messagesSent, 2);
        QCOMPARE(report.messagesRefused, 1);
        QCOMPARE(pc.store->feedback().pending(10)->size(), 1); // kept
        pc.server.refusedMessage.clear();
        QCOMPARE(pc.pass().messagesSent, 1);
    }

    void whateverAProxyAnswersNothingIsLost()
    {
        for (const int status : {200, 204, 302, 400, 404, 410}) {
            SamplePc pc;
            write(pc);
            pc.server.instead = [status](const HttpRequest &request) -> std::optional<FakeServer::Answer> {
                return request.path.startsWith("/v1/messages")
                    ? std::optional<FakeServer::Answer>(HttpReply {status, {}, "<html>please log in</html>"})
                    : std::nullopt;
            };
            pc.pass();
            pc.server.instead = nullptr;
            QVERIFY(pc.pass().succeeded());
            QCOMPARE(pc.server.messages.size(), 1);
            QVERIFY(pc.store->feedback().pending(1)->isEmpty());
        }
    }

    void anOlderServerGetsNone()
    {
        SamplePc pc;
        pc.answer(1);
        write(pc);
        pc.server.knowsMessages = false;
        QVERIFY(pc.pass().succeeded());
        QVERIFY(pc.isLevel());
        QCOMPARE(pc.store->feedback().pending(10)->size(), 1);
    }
};

QTEST_APPLESS_MAIN(TestSyncFeedback)
#include "tst_sync_feedback.moc"
