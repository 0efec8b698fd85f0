#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"
#include "question_bank/package/package.h"
#include "quiz/protocol/admin_messages.h"
#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"
#include "quiz/protocol/statement.h"
#include "tests/support/sample_bank.h"
#include "tests/unit/app/server/service_fixture.h"

#include <QTest>
#include <QUrl>

using namespace qingfeng;
using namespace qingfeng::server;

/** What is stored, refused, published and found. */
class TestServiceContent : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServiceFixture> m_fixture;
    KeyPair m_bankKey = *makeKeyPair();

    static QByteArray package(qint64 revision, const KeyPair &key)
    {
        QuestionBank bank = sampleBank();
        bank.revision = revision;
        return *buildPackage(bank, key.secret);
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ServiceFixture>();
        QVERIFY(m_fixture->open());
    }

    void cleanup() { m_fixture.reset(); }

    void answersAreStoredAndReceipted()
    {
        StoreSim sim(QStringLiteral("001"), m_fixture->homePage, 1);
        const QJsonArray statements = sim.statements(3);
        const Response stored = m_fixture->call("POST", "/xapi/statements", ADevice, compact(statements));
        QVERIFY2(stored.status == 200, stored.body.constData());
        const auto ack = statementAckFromHttp(stored.body, stored.header("X-Qingfeng-Receipt"));
        QVERIFY(ack && ack->receipt);
        QCOMPARE(ack->ids.size(), 3);
        QCOMPARE(ack->receipt->headHash, sim.head());
        QVERIFY(verifyReceipt(*ack->receipt, m_fixture->receiptKey.publicKey));
        QCOMPARE(m_fixture->call("POST", "/xapi/statements", ADevice, compact(statements)).status, 200);
        QCOMPARE(m_fixture->call("POST", "/xapi/statements", ADevice, compact(sim.statement())).status, 200); // a single one

        const QByteArray id = statements[0][QStringLiteral("id")].toString().toLatin1();
        const Response one = m_fixture->call("GET", "/xapi/statements?statementId=" + id, ADevice);
        QCOMPARE(one.status, 200);
        QCOMPARE(statementDigest(objectOf(one)), statementDigest(statements[0].toObject()));
        QCOMPARE(objectOf(one).value(QStringLiteral("version")).toString(), QStringLiteral("2.0.0"));

        const auto receipts = objectOf(m_fixture->call("GET", "/v1/receipts?store=" + sim.store().toLatin1(), ADevice));
        const auto receipt = receiptFromJson(receipts.value(QStringLiteral("receipts"))[0].toObject());
        QVERIFY(receipt && verifyReceipt(*receipt, m_fixture->receiptKey.publicKey));
        QCOMPARE(receipt->seq, 4);
    }

    void answersCanBePut()
    {
        StoreSim sim(QStringLiteral("001"), m_fixture->homePage, 2);
        const QJsonObject statement = sim.statement();
        const QByteArray id = statement.value(QStringLiteral("id")).toString().toLatin1();
        QCOMPARE(m_fixture->call("PUT", "/xapi/statements?statementId=" + id, ADevice, compact(statement)).status, 204);
        QCOMPARE(m_fixture->call("PUT", "/xapi/statements?statementId=" + id, ADevice, compact(statement)).status, 204);
        QCOMPARE(m_fixture->call("PUT", "/xapi/statements", ADevice, compact(sim.statement())).status, 400);
    }

    void whatContradictsIsRefusedByName()
    {
        const auto post = [&](const QJsonArray &statements) {
            return m_fixture->call("POST", "/xapi/statements", ADevice, compact(statements));
        };
        StoreSim sim(QStringLiteral("001"), m_fixture->homePage, 3);
        const QJsonArray first = sim.statements(2);
        QCOMPARE(post(first).status, 200);

        QJsonObject changed = first[1].toObject();
        changed.insert(QStringLiteral("verb"),
            QJsonObject {{QStringLiteral("id"), QString(answeredVerb)}, {QStringLiteral("display"), QJsonObject {}}});
        const Response conflict = post({changed});
        QCOMPARE(codeOf(conflict), QStringLiteral("statement-conflict"));
        QCOMPARE(objectOf(conflict).value(QStringLiteral("ids"))[0], changed.value(QStringLiteral("id")));

        StoreSim forked = sim;
        forked.diverge(77);
        (void)sim.statement();
        const Response gap = post(sim.statements(1));
        QCOMPARE(codeOf(gap), QStringLiteral("chain-gap"));
        QCOMPARE(objectOf(gap).value(QStringLiteral("expected_seq")).toInt(), 3);

        QCOMPARE(post(forked.statements(1)).status, 200);
        StoreSim again = forked;
        again.diverge(78);
        QCOMPARE(post(forked.statements(1)).status, 200);
        const QJsonArray branch = again.statements(1);
        QCOMPARE(codeOf(post(branch)), QStringLiteral("chain-fork"));
        QCOMPARE(post(branch).status, 200); // kept: the device goes on

        Attempt altered = sim.answer();
        altered.marks = 50;
        const Response hash = post({statementFromAttempt(altered, m_fixture->homePage)});
        QCOMPARE(codeOf(hash), QStringLiteral("statement-invalid"));
        QCOMPARE(objectOf(hash).value(QStringLiteral("where")).toString(), QStringLiteral("context.extensions.hash"));

        StoreSim elsewhere(QStringLiteral("001"), QStringLiteral("https://other.example"), 4);
        QCOMPARE(codeOf(post(elsewhere.statements(1))), QStringLiteral("statement-invalid"));
        StoreSim one(QStringLiteral("001"), m_fixture->homePage, 5);
        StoreSim two(QStringLiteral("001"), m_fixture->homePage, 6);
        QCOMPARE(codeOf(post({one.statement(), two.statement()})), QStringLiteral("batch-mixed-stores"));
        StoreSim twice(QStringLiteral("001"), m_fixture->homePage, 7);
        const QJsonObject repeated = twice.statement();
        QCOMPARE(codeOf(post({repeated, repeated})), QStringLiteral("statement-invalid"));
        StoreSim many(QStringLiteral("001"), m_fixture->homePage, 8);
        QCOMPARE(post(many.statements(maxStatementsPerPost + 1)).status, 413);
        QCOMPARE(post({}).status, 200);
    }

    void aDeviceSpeaksOnlyForItsPeople()
    {
        StoreSim stranger(QStringLiteral("002"), m_fixture->homePage, 1);
        const Response refused = m_fixture->call("POST", "/xapi/statements", ADevice, compact(stranger.statements(1)));
        QCOMPARE(codeOf(refused), QStringLiteral("person-not-of-device"));
        QCOMPARE(objectOf(refused).value(QStringLiteral("people"))[0].toString(), QStringLiteral("002"));
        StoreSim unknown(QStringLiteral("os:li"), m_fixture->homePage, 2);
        QCOMPARE(m_fixture->call("POST", "/xapi/statements", ADevice, compact(unknown.statements(1))).status, 200);

        const auto roster = rosterAnswerFromJson(objectOf(m_fixture->call("GET", "/v1/roster/me", ADevice)));
        QVERIFY(roster);
        QCOMPARE(roster->roster.people.size(), 1);
        QCOMPARE(roster->roster.people.first().number, QStringLiteral("001"));
        QCOMPARE(roster->roster.departmentPath(QStringLiteral("QH01")), QStringLiteral("局领导 / 稽查局"));
    }

    void whatIsUnchangedIsNotSentAgain()
    {
        const Response first = m_fixture->call("GET", "/v1/roster/me", ADevice);
        const Response again = m_fixture->call("GET", "/v1/roster/me", ADevice, {}, {}, first.header("ETag"));
        QCOMPARE(again.status, 304);
        QVERIFY(again.body.isEmpty());
        QCOMPARE(m_fixture->call("GET", "/v1/roster/me", ADevice, {}, {}, "\"other\"").status, 200);
    }

    void aBankIsPublishedForwardsOnlyAndByItsKey()
    {
        const auto publish = [&](const QByteArray &bytes) {
            return m_fixture->call("POST", "/v1/publish", Admin, bytes, "application/octet-stream");
        };
        const QByteArray second = package(2, m_bankKey);
        QCOMPARE(codeOf(publish("no package")), QStringLiteral("package-invalid"));
        QCOMPARE(publish(second).status, 200);
        QCOMPARE(publish(second).status, 200);
        QCOMPARE(codeOf(publish(package(1, m_bankKey))), QStringLiteral("revision-conflict"));
        QCOMPARE(codeOf(publish(package(3, *makeKeyPair()))), QStringLiteral("signature-unknown"));
        const Response sent = m_fixture->call("GET", "/v1/bank/package", ADevice);
        QCOMPARE(sent.body, second);
        QCOMPARE(sent.header("ETag"), '"' + sha256(second).toHex() + '"');
        QCOMPARE(m_fixture->call("GET", "/v1/bank/package", ADevice, {}, {}, sent.header("ETag")).status, 304);
        const auto manifest = manifestInfoFromJson(objectOf(m_fixture->call("GET", "/v1/bank/manifest", ADevice)));
        QVERIFY(manifest);
        QCOMPARE(manifest->revision, 2);
        QCOMPARE(manifest->signingPublicKey, m_bankKey.publicKey);
        QCOMPARE(publish(package(3, m_bankKey)).status, 200);
        QCOMPARE(m_fixture->call("GET", "/v1/bank/package", ADevice).body, package(3, m_bankKey));
    }

    void anImportIsTriedFirstAndTakenWhole()
    {
        const auto import = [&](const QByteArray &csv, const char *confirm) {
            const Response response
                = m_fixture->call("POST", QByteArray("/v1/people?confirm=") + confirm, Admin, csv, "text/csv; charset=utf-8");
            return *peopleReceiptFromJson(objectOf(response));
        };
        const QByteArray more = QStringLiteral("部门编码,上级部门编码,部门名称,工号,姓名,岗位\n"
                                               "QH02,QH,办公室,002,样例二,P22\n"
                                               "QH02,QH,办公室,003,样例三,P23\n")
                                    .toUtf8();
        PeopleReceipt receipt = import(more, "0");
        QCOMPARE(receipt.accepted, 1);
        QCOMPARE(receipt.updated, 1);
        QVERIFY(!receipt.committed);
        QVERIFY(!(*m_fixture->store->roster()).person(QStringLiteral("003")));
        receipt = import(more + QStringLiteral("QH02,QH,办公室,004,样例四,X\n").toUtf8(), "1");
        QVERIFY(!receipt.committed);
        QCOMPARE(receipt.rejected.size(), 1);
        QVERIFY(!(*m_fixture->store->roster()).person(QStringLiteral("003")));
        QVERIFY(import(more, "1").committed);
        QVERIFY((*m_fixture->store->roster()).person(QStringLiteral("003")));
        QCOMPARE(import(more, "1").duplicate, 2);
        QVERIFY(!import(QByteArray(more).replace("QH02,QH,", "QH02,NO,"), "1").committed);
        QCOMPARE(objectOf(m_fixture->call("GET", "/v1/people", Admin)).value(QStringLiteral("people"))[1][QStringLiteral("pin_hash")],
            QJsonValue(QString()));
    }

    void anAnnotationIsMadeOnceAndSigned()
    {
        StoreSim own(QStringLiteral("001"), m_fixture->homePage, 21);
        const Attempt first = own.answer();
        const QJsonObject statement = statementFromAttempt(first, m_fixture->homePage);
        QCOMPARE(m_fixture->call("POST", "/xapi/statements", ADevice, compact(QJsonArray {statement})).status, 200);
        const auto annotate = [&](const QString &id, const QString &attempt, const QString &words) {
            return m_fixture->call("POST", "/v1/annotations", Admin,
                compact(toJson(AnnotationRequest {id, attempt, QStringLiteral("张三（纪检组）"), words})));
        };
        const QString id = QStringLiteral("019e0c1e-7c3a-7def-8abc-0123456789ab");
        QCOMPARE(annotate(id, id, QStringLiteral("更正")).status, 404); // no such attempt
        QCOMPARE(annotate(id, first.id, QStringLiteral("  ")).status, 400);
        QCOMPARE(annotate(id, first.id, QString(1001, QLatin1Char('a'))).status, 400);
        const Response made = annotate(id, first.id, QStringLiteral("更正"));
        QCOMPARE(made.status, 200);
        const auto annotation = annotationFromJson(objectOf(made));
        QVERIFY(annotation);
        QVERIFY(verifyAnnotation(*annotation, m_fixture->receiptKey.publicKey));
        QCOMPARE(annotation->attemptHash, first.hash);
        QCOMPARE(annotation->person, QStringLiteral("001"));
        QCOMPARE(annotation->number, 1);
        QCOMPARE(annotate(id, first.id, QStringLiteral("更正")).body, made.body); // sent again
        QCOMPARE(codeOf(annotate(id, first.id, QStringLiteral("别的"))), QStringLiteral("annotation-conflict"));
        const QString another = QStringLiteral("019e0c1e-7c3a-7def-8abc-0123456789ac");
        QCOMPARE(annotationFromJson(objectOf(annotate(another, first.id, QStringLiteral("再更正"))))->number, 2);

        const auto page = [&](const QByteArray &query, Who who) {
            return *annotationPageFromJson(objectOf(m_fixture->call("GET", "/v1/annotations" + query, who)));
        };
        QCOMPARE(page("?person=001", Admin).annotations.size(), 2);
        QVERIFY(page("?person=002", Admin).annotations.isEmpty());
        const QByteArray store = "?store=" + own.store().toLatin1();
        QCOMPARE(page(store, ADevice).annotations.size(), 2);
        QCOMPARE(page(store + "&after=1", ADevice).annotations.first().number, 2);
        QVERIFY(page("", ADevice).annotations.isEmpty()); // of the store that it enrolled with
        const QByteArray strange = "?store=" + QByteArray("019e0c1e-7c3a-7def-8abc-0123456789ad");
        QCOMPARE(m_fixture->call("GET", "/v1/annotations" + strange, ADevice).status, 404);
        QCOMPARE(m_fixture->call("GET", "/v1/annotations?after=-1", ADevice).status, 400);
    }

    void messagesGoBothWaysAndOnlyToTheirStore()
    {
        FeedbackEntry first;
        first.id = first.thread = QStringLiteral("019e0c1e-7c3a-7def-8abc-0123456789ab");
        first.store = m_fixture->device.store;
        first.person = QStringLiteral("001");
        first.text = QStringLiteral("第三项不对");
        first.question = QStringLiteral("P01-R01-01");
        first.version = 1;
        first.writtenAtMs = 5;
        const auto post = [&](const QList<FeedbackEntry> &entries) {
            return m_fixture->call("POST", "/v1/messages", ADevice, compact(messagesToJson(entries)));
        };
        FeedbackEntry stray = first;
        stray.id = QStringLiteral("019e0c1e-7c3a-7def-8abc-0123456789ac");
        QCOMPARE(codeOf(post({stray})), QStringLiteral("thread-unknown"));
        FeedbackEntry stranger = first;
        stranger.person = QStringLiteral("002");
        QCOMPARE(codeOf(post({stranger})), QStringLiteral("person-not-of-device"));
        FeedbackEntry elsewhere = first;
        elsewhere.store = first.id;
        QCOMPARE(codeOf(post({elsewhere})), QStringLiteral("store-not-yours"));
        FeedbackEntry forged = stray;
        forged.fromDesk = true;
        forged.author = QStringLiteral("张三");
        QCOMPARE(codeOf(post({forged})), QStringLiteral("not-permitted"));
        QCOMPARE(post({first}).status, 200);
        QCOMPARE(post({first, stray}).status, 200); // the first once more
        FeedbackEntry other = first;
        other.text = QStringLiteral("别的");
        QCOMPARE(codeOf(post({other})), QStringLiteral("message-conflict"));

        const auto inboxOf = [&](const QByteArray &query) {
            return inboxFromJson(objectOf(m_fixture->call("GET", "/v1/inbox" + query, Admin)))->threads;
        };
        QCOMPARE(inboxOf("").size(), 1);
        QCOMPARE(inboxOf("").first().entries, 2);
        QCOMPARE(inboxOf("").first().text, first.text);
        const QByteArray thread = "/v1/inbox/" + first.thread.toLatin1();
        const auto act = [&](const char *id, FeedbackKind kind, const QString &words) {
            return m_fixture->call("POST", thread, Admin,
                compact(toJson(DeskEntryRequest {QLatin1String(id), kind, QStringLiteral("张三（纪检组）"), words})));
        };
        QCOMPARE(act("019e0c1e-7c3a-7def-8abc-0123456789ad", FeedbackKind::Read, {}).status, 200);
        QCOMPARE(inboxOf("?state=read").size(), 1);
        QCOMPARE(act("019e0c1e-7c3a-7def-8abc-0123456789ae", FeedbackKind::Message, {}).status, 400);
        const Response answer
            = act("019e0c1e-7c3a-7def-8abc-0123456789ae", FeedbackKind::Message, QStringLiteral("已更正"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(act("019e0c1e-7c3a-7def-8abc-0123456789ae", FeedbackKind::Message, QStringLiteral("已更正")).body,
            answer.body); // sent again
        QVERIFY(inboxOf("").isEmpty());
        QCOMPARE(inboxOf("?state=answered").size(), 1);
        QCOMPARE(m_fixture->call("GET", "/v1/inbox?state=odd", Admin).status, 400);

        const auto page = *feedbackPageFromJson(objectOf(m_fixture->call("GET", "/v1/messages?after=2", ADevice)));
        QCOMPARE(page.entries.size(), 2);
        QCOMPARE(page.entries.last().text, QStringLiteral("已更正"));
        QCOMPARE(page.entries.last().number, 4);
        QVERIFY(!page.more);
        const QByteArray strange = "?store=019e0c1e-7c3a-7def-8abc-0123456789ad";
        QCOMPARE(m_fixture->call("GET", "/v1/messages" + strange, ADevice).status, 404);
        QCOMPARE(objectOf(m_fixture->call("GET", thread, Admin)).value(QStringLiteral("state")).toString(),
            QStringLiteral("answered"));
    }

    void theInboxComesInPages()
    {
        QList<FeedbackEntry> entries;
        for (int i = 0; i < maxMessagesPerPost; ++i) {
            FeedbackEntry entry;
            entry.id = entry.thread = makeUuidV7(m_fixture->clock, m_fixture->random);
            entry.store = m_fixture->device.store;
            entry.person = QStringLiteral("001");
            entry.text = QString::number(i);
            entries.append(entry);
        }
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(m_fixture->call("POST", "/v1/messages", ADevice, compact(messagesToJson(entries))).status, 200);
            for (FeedbackEntry &entry : entries) {
                entry.id = entry.thread = makeUuidV7(m_fixture->clock, m_fixture->random);
            }
        }
        QSet<QString> seen;
        QByteArray cursor;
        do {
            const QJsonObject answer = objectOf(m_fixture->call("GET", "/v1/inbox?state=open" + cursor, Admin));
            const auto inbox = inboxFromJson(answer);
            QVERIFY(inbox);
            for (const InboxThread &thread : inbox->threads) {
                seen.insert(thread.thread);
            }
            const QString next = answer.value(QStringLiteral("cursor")).toString();
            cursor = next.isEmpty() ? QByteArray() : "&cursor=" + next.toLatin1();
        } while (!cursor.isEmpty());
        QCOMPARE(seen.size(), 2 * maxMessagesPerPost);
    }

    void pagesLeadThroughAnArchive()
    {
        StoreSim sim(QStringLiteral("001"), m_fixture->homePage, 9);
        QCOMPARE(m_fixture->call("POST", "/xapi/statements", ADevice, compact(sim.statements(25))).status, 200);
        const auto isProjected = [&] {
            return objectOf(m_fixture->call("GET", "/v1/archives/001", Admin)).value(QStringLiteral("attempts")).toArray().size() == 25;
        };
        QTRY_VERIFY(isProjected());
        QByteArray query = "?limit=10";
        qint64 seq = 0;
        for (int page = 0; page < 3; ++page) {
            const QJsonObject answer = objectOf(m_fixture->call("GET", "/v1/archives/001" + query, Admin));
            for (const QJsonValue value : answer.value(QStringLiteral("attempts")).toArray()) {
                const auto attempt = attemptFromJson(value.toObject());
                QVERIFY(attempt);
                QCOMPARE(attempt->seq, ++seq);
            }
            query = "?cursor=" + answer.value(QStringLiteral("more")).toString().toLatin1();
            QCOMPARE(answer.contains(QStringLiteral("more")), page < 2);
        }
        QCOMPARE(seq, 25);
        QCOMPARE(m_fixture->call("GET", "/v1/archives/001?cursor=nonsense", Admin).status, 400);

        const QByteArray agent
            = QUrl::toPercentEncoding(QStringLiteral("{\"account\":{\"m_fixture->homePage\":\"%1\",\"name\":\"001\"}}").arg(m_fixture->homePage));
        QJsonObject answer = objectOf(m_fixture->call("GET", "/xapi/statements?limit=20&ascending=true&agent=" + agent, ADevice));
        QCOMPARE(answer.value(QStringLiteral("statements")).toArray().size(), 20);
        answer = objectOf(m_fixture->call("GET", answer.value(QStringLiteral("more")).toString().toLatin1(), ADevice));
        QCOMPARE(answer.value(QStringLiteral("statements")).toArray().size(), 5);
        QCOMPARE(answer.value(QStringLiteral("more")).toString(), QString());
        QCOMPARE(m_fixture->call("GET", "/xapi/statements?nonsense=1", ADevice).status, 400);
        QCOMPARE(m_fixture->call("GET", "/xapi/statements?since=never", ADevice).status, 400);
    }

    void eventsComeOnceAndAreListed()
    {
        const GateEvent event {QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789aa"), m_fixture->device.store,
            QStringLiteral("001"), QStringLiteral("shown"), 5, 0, {}};
        const QByteArray body = compact(eventsToJson({event}));
        QCOMPARE(eventAckFromJson(objectOf(m_fixture->call("POST", "/v1/events", ADevice, body)))->ids, QStringList {event.id});
        QCOMPARE(m_fixture->call("POST", "/v1/events", ADevice, body).status, 200);
        const QJsonObject listed = objectOf(m_fixture->call("GET", "/v1/events", Admin));
        QCOMPARE(listed.value(QStringLiteral("events")).toArray().size(), 1);
        const QByteArray cursor = listed.value(QStringLiteral("cursor")).toString().toLatin1();
        QVERIFY(objectOf(m_fixture->call("GET", "/v1/events?cursor=" + cursor, Admin))
                    .value(QStringLiteral("events"))
                    .toArray()
                    .isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestServiceContent)
#include "tst_service_content.moc"
