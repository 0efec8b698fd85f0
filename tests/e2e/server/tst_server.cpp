#include "question_bank/package/package.h"
#include "quiz/protocol/paths.h"
#include "quiz/protocol/statement.h"
#include "tests/e2e/server/server_process.h"
#include "tests/e2e/server/test_client.h"
#include "tests/support/sample_bank.h"
#include "tests/unit/app/server/store_sim.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSslSocket>
#include <QTest>

using namespace qingfeng;

namespace {

QByteArray compact(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QStringList idsOf(const QJsonArray &statements)
{
    QStringList ids;
    for (const QJsonValue statement : statements) {
        ids.append(statement[QStringLiteral("id")].toString());
    }
    return ids;
}

} // namespace

class TestServer : public QObject
{
    Q_OBJECT

    const QString m_homePage = QStringLiteral("https://qingfeng.example/units/QH");
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<TestClient> m_admin;
    std::unique_ptr<TestClient> m_client;
    TestDevice m_device;
    std::unique_ptr<StoreSim> m_sim;
    quint64 m_seed = 1;

    QString authority() const { return m_server->data() + QStringLiteral("/tls/ca.pem"); }

    Answer post(const QJsonArray &statements)
    {
        return m_client->call("POST", paths::xapiStatements, compact(statements));
    }

    Answer statement(const QString &id)
    {
        return m_client->call("GET", QStringLiteral("/xapi/statements?statementId=") + id);
    }

    bool restart()
    {
        const bool started = m_server->start();
        m_admin->setUrl(m_server->url());
        m_client->setUrl(m_server->url());
        return started;
    }

    /** Every id that the administrator can find, page by page, once the projection has caught up. */
    QStringList everyId()
    {
        QStringList ids;
        QString path = QStringLiteral("/xapi/statements?limit=500&ascending=true");
        while (!path.isEmpty()) {
            const QJsonObject page = m_admin->call("GET", path).object();
            ids += idsOf(page.value(QStringLiteral("statements")).toArray());
            path = page.value(QStringLiteral("more")).toString();
        }
        return ids;
    }

    std::unique_ptr<QSslSocket> connectRaw()
    {
        auto socket = std::make_unique<QSslSocket>();
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(authority(), QSsl::Pem));
        socket->setSslConfiguration(tls);
        socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_server->port());
        return socket->waitForEncrypted(5000) ? std::move(socket) : nullptr;
    }

    /** What comes before the server hangs up. */
    static QByteArray readToEnd(QSslSocket &socket, int ms)
    {
        QElapsedTimer timer;
        timer.start();
        QByteArray bytes;
        while (timer.elapsed() < ms && socket.state() == QAbstractSocket::ConnectedState) {
            socket.waitForReadyRead(50);
            bytes += socket.readAll();
        }
        return bytes + socket.readAll();
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<ServerProcess>(
            "[http]\nheader_timeout_ms = 800\nbody_timeout_ms = 800\nidle_timeout_ms = 1500\n");
        QVERIFY2(m_server->start(), qPrintable(m_server->output()));
        m_admin = std::make_unique<TestClient>(m_server->url(), authority());
        m_admin->setToken(m_server->admin().token);
        m_client = std::make_unique<TestClient>(m_server->url(), authority());
        QVERIFY(importRoster(*m_admin));
        m_sim = std::make_unique<StoreSim>(QStringLiteral("001"), m_homePage, m_seed++);
        m_device = enrolDevice(*m_admin, *m_client, QStringLiteral("QH01"), m_sim->store());
        QVERIFY(!m_device.id.isEmpty());
    }

    void cleanup()
    {
        m_client.reset();
        m_admin.reset();
        m_server.reset();
    }

    void aDeviceEnrolsSendsAndFindsItsAnswers()
    {
        const QJsonArray statements = m_sim->statements(20);
        const Answer stored = post(statements);
        QCOMPARE(stored.status, 200);
        const auto ack = statementAckFromHttp(stored.body, stored.header(receiptHeader));
        QVERIFY(ack && ack->receipt);
        QCOMPARE(ack->ids, idsOf(statements));
        QVERIFY(verifyReceipt(*ack->receipt, m_device.enrolment.receiptKey));
        QCOMPARE(ack->receipt->headHash, m_sim->head());
        QCOMPARE(post(statements).status, 200);
        const auto attempt = attemptFromStatement(statement(ack->ids.first()).object());
        QVERIFY(attempt);
        QCOMPARE(chainHash(*attempt), attempt->hash);
        QTRY_COMPARE(everyId(), idsOf(statements));
    }

    void anotherAuthorityIsNotTrusted()
    {
        ServerProcess other;
        QVERIFY(other.start());
        TestClient deceived(m_server->url(), other.data() + QStringLiteral("/tls/ca.pem"));
        const Answer answer = deceived.call("GET", paths::health);
        QCOMPARE(answer.status, 0);
        QCOMPARE(answer.error, QNetworkReply::SslHandshakeFailedError);
    }

    void contradictionsAreNamed()
    {
        const QJsonArray first = m_sim->statements(3);
        QCOMPARE(post(first).status, 200);
        QJsonObject changed = first[2].toObject();
        changed.insert(QStringLiteral("verb"), QJsonObject {{QStringLiteral("id"), QString(answeredVerb)}});
        QCOMPARE(post({changed}).code(), QStringLiteral("statement-conflict"));
        StoreSim restored = *m_sim;
        restored.diverge(4711);
        (void)m_sim->statement();
        const Answer gap = post(m_sim->statements(1));
        QCOMPARE(gap.status, 409);
        QCOMPARE(gap.object().value(QStringLiteral("expected_seq")).toInt(), 4);
        QCOMPARE(post(restored.statements(2)).status, 200);
        StoreSim fork = restored;
        fork.diverge(4712);
        QCOMPARE(post(restored.statements(1)).status, 200);
        const QJsonArray branch = fork.statements(1);
        QCOMPARE(post(branch).code(), QStringLiteral("chain-fork"));
        QCOMPARE(post(branch).status, 200);
    }

    void revocationTakesEffectAtOnce()
    {
        QCOMPARE(post(m_sim->statements(1)).status, 200);
        QCOMPARE(m_admin->call("POST", QStringLiteral("/v1/devices/%1/revoke").arg(m_device.id)).status, 200);
        const Answer refused = post(m_sim->statements(1));
        QCOMPARE(refused.status, 403);
        QCOMPARE(refused.code(), QStringLiteral("device-revoked"));
    }

    void whatIsTooLargeIsAnsweredBeforeTheConnectionEnds()
    {
        const Answer large = m_client->call("POST", paths::xapiStatements, QByteArray(5 * 1024 * 1024, ' '));
        QCOMPARE(large.status, 413);
        QCOMPARE(large.code(), QStringLiteral("too-large"));

        const auto socket = connectRaw();
        QVERIFY(socket);
        socket->write("POST /v1/enrol HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      "Transfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 40; ++i) {
            socket->write("1000\r\n" + QByteArray(4096, 'x') + "\r\n");
        }
        QVERIFY(readToEnd(*socket, 5000).startsWith("HTTP/1.1 413 "));

        const auto header = connectRaw();
        QVERIFY(header);
        header->write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: " + QByteArray(20'000, 'x') + "\r\n\r\n");
        QVERIFY(readToEnd(*header, 5000).startsWith("HTTP/1.1 431 "));
    }

    void whatIsNoHttpIsRefused()
    {
        const auto socket = connectRaw();
        QVERIFY(socket);
        socket->write("nonsense\r\n\r\n");
        QVERIFY(readToEnd(*socket, 5000).startsWith("HTTP/1.1 400 "));
        const auto target = connectRaw();
        QVERIFY(target);
        target->write("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QVERIFY(readToEnd(*target, 5000).startsWith("HTTP/1.1 400 "));
    }

    void aSlowClientIsCutOff_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("says nothing") << QByteArray() << QByteArray();
        QTest::newRow("never ends its header")
            << QByteArray("GET /healthz HTTP/1.1\r\nHost: ") << QByteArray("HTTP/1.1 408 ");
        QTest::newRow("never ends its body")
            << QByteArray("POST /v1/enrol HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
            << QByteArray("HTTP/1.1 408 ");
    }

    void aSlowClientIsCutOff()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, answer);
        const auto socket = connectRaw();
        QVERIFY(socket);
        socket->write(sent);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(readToEnd(*socket, 8000).left(answer.size()), answer);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(m_client->call("GET", paths::health).status, 200);
    }

    void whatIsUnchangedIsNotSentAgain()
    {
        const auto key = makeKeyPair();
        QuestionBank bank = sampleBank();
        bank.revision = 4;
        const QByteArray package = *buildPackage(bank, key->secret);
        QCOMPARE(m_client->call("GET", paths::bankPackage).code(), QStringLiteral("nothing-published"));
        QCOMPARE(m_admin->call("POST", paths::publish, package, "application/octet-stream").status, 200);
        const Answer first = m_client->call("GET", paths::bankPackage);
        QCOMPARE(first.body, package);
        const Answer again = m_client->call("GET", paths::bankPackage, {}, {}, first.header("ETag"));
        QCOMPARE(again.status, 304);
        QVERIFY(again.body.isEmpty());
        QVERIFY(readTrustedPackage(first.body, {key->publicKey}));
    }

    void aRestartKeepsAuthorityDataAndTokens()
    {
        const QJsonArray statements = m_sim->statements(2);
        QCOMPARE(post(statements).status, 200);
        const AdminConnection before = m_server->admin();
        QVERIFY(m_server->terminate());
        QCOMPARE(m_server->exitCode(), 0);
        QVERIFY(restart());
        QCOMPARE(m_server->admin().token, before.token);
        QCOMPARE(statement(idsOf(statements).first()).status, 200); // same client, authority and token
        QCOMPARE(post(m_sim->statements(1)).status, 200);
    }

    void aSecondServerOnTheSameFolderIsTold()
    {
        QProcess second;
        second.start(ServerProcess::program(),
            {QStringLiteral("--data"), m_server->data(), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
        QVERIFY(second.waitForFinished(10'000));
        QCOMPARE(second.exitCode(), 1);
        QVERIFY(second.readAllStandardError().contains("another qingfeng-server works on this data folder"));
    }

    void theCommandLineSaysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("version") << QStringList {QStringLiteral("--version")} << 0;
        QTest::newRow("good configuration") << QStringList {QStringLiteral("--check-config")} << 0;
        QTest::newRow("bad address")
            << QStringList {QStringLiteral("--check-config"), QStringLiteral("--listen"), QStringLiteral("x")} << 1;
        QTest::newRow("no such file") << QStringList {QStringLiteral("--config"), QStringLiteral("/none.toml")} << 1;
        QTest::newRow("unknown flag") << QStringList {QStringLiteral("--nonsense")} << 2;
    }

    void theCommandLineSaysWhatIsWrong()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QProcess process;
        process.start(ServerProcess::program(), arguments);
        QVERIFY(process.waitForFinished(10'000));
        QCOMPARE(process.exitCode(), exitCode);
    }

    void aStopAnswersWhatIsUnderWay()
    {
        int ended = 0;
        QStringList acknowledged;
        std::vector<std::unique_ptr<StoreSim>> sims;
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 5; ++i) {
            sims.push_back(std::make_unique<StoreSim>(QStringLiteral("001"), m_homePage, m_seed++));
            clients.push_back(std::make_unique<TestClient>(m_server->url(), authority()));
            QVERIFY(!enrolDevice(*m_admin, *clients.back(), QStringLiteral("QH01"), sims.back()->store()).id.isEmpty());
        }
        for (std::size_t i = 0; i < sims.size(); ++i) {
            const QJsonArray statements = sims[i]->statements(200);
            clients[i]->callLater("POST", paths::xapiStatements, compact(statements), [&, statements](const Answer &a) {
                ++ended;
                acknowledged += a.status == 200 ? idsOf(statements) : QStringList();
            });
        }
        QTRY_VERIFY(!acknowledged.isEmpty());
        m_server->sendTerminate();
        QTRY_COMPARE(ended, 5);
        QVERIFY(m_server->waitForEnd(15'000));
        QCOMPARE(m_server->exitCode(), 0);
        QVERIFY(restart());
        for (const QString &id : acknowledged) {
            QCOMPARE(m_admin->call("GET", QStringLiteral("/xapi/statements?statementId=") + id).status, 200);
        }
    }

    void whatWasAcknowledgedSurvivesBeingKilled()
    {
        struct Sender
        {
            std::unique_ptr<StoreSim> sim;
            std::unique_ptr<TestClient> client;
            QJsonArray pending; ///< sent, but not yet acknowledged
        };
        std::vector<Sender> senders(3);
        for (Sender &sender : senders) {
            sender.sim = std::make_unique<StoreSim>(QStringLiteral("001"), m_homePage, m_seed++);
            sender.client = std::make_unique<TestClient>(m_server->url(), authority());
            QVERIFY(!enrolDevice(*m_admin, *sender.client, QStringLiteral("QH01"), sender.sim->store()).id.isEmpty());
        }
        QStringList acknowledged;
        QStringList made;
        int underWay = 0;
        bool sending = true;
        int wrong = 0;
        const std::function<void(Sender &)> sendNext = [&](Sender &sender) {
            if (sender.pending.isEmpty()) {
                sender.pending = sender.sim->statements(5);
                made += idsOf(sender.pending);
            }
            ++underWay;
            sender.client->callLater(
                "POST", paths::xapiStatements, compact(sender.pending), [&](const Answer &answer) {
                    --underWay;
                    if (answer.status == 200) {
                        acknowledged += idsOf(sender.pending);
                        sender.pending = {};
                    } else if (answer.status != 0) {
                        ++wrong; // only silence is allowed of a server that was killed
                    }
                    if (sending && answer.status == 200) {
                        sendNext(sender);
                    }
                });
        };
        for (int round = 0; round < 10; ++round) {
            const qsizetype before = acknowledged.size();
            sending = true;
            for (Sender &sender : senders) {
                sendNext(sender);
            }
            QTRY_VERIFY(acknowledged.size() > before + 20 + round * 3);
            m_server->kill();
            sending = false;
            QTRY_COMPARE(underWay, 0);
            QVERIFY2(restart(), qPrintable(m_server->output()));
            for (Sender &sender : senders) {
                sender.client->setUrl(m_server->url());
            }
        }
        sending = false;
        for (Sender &sender : senders) {
            sendNext(sender); // what was never answered is sent again
        }
        QTRY_COMPARE(underWay, 0);
        QCOMPARE(wrong, 0);
        QCOMPARE(acknowledged.size(), made.size());
        QTRY_COMPARE(everyId().size(), made.size());
        QStringList found = everyId();
        found.sort();
        made.sort();
        QCOMPARE(found, made); // all there, and none twice
    }
};

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
