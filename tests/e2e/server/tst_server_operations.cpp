#include "quiz/protocol/paths.h"
#include "tests/e2e/server/server_process.h"
#include "tests/e2e/server/test_client.h"
#include "tests/unit/app/server/store_sim.h"

#include <csignal>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

using namespace qingfeng;

namespace {

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

bool copyOver(const QString &from, const QString &to)
{
    return QFile::remove(to) && QFile::copy(from, to);
}

} // namespace

/** What those who run the server need: bounds, metrics, certificates, systemd. */
class TestServerOperations : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;

    QString file(const char *name) const { return m_server->data() + QLatin1Char('/') + QLatin1String(name); }

    bool begin(const QByteArray &toml)
    {
        m_server = std::make_unique<ServerProcess>(toml);
        return m_server->start();
    }

    std::unique_ptr<QSslSocket> connectRaw(QSsl::SslProtocol protocol = QSsl::SecureProtocols) const
    {
        auto socket = std::make_unique<QSslSocket>();
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->setProtocol(protocol);
        socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_server->port());
        return socket->waitForEncrypted(5000) ? std::move(socket) : nullptr;
    }

    QByteArray serialOfPeer() const
    {
        const auto socket = connectRaw();
        return socket ? socket->peerCertificate().serialNumber() : QByteArray();
    }

    /** Gives both clients their tokens: of the administrator, and of a device whose store is returned. */
    StoreSim enrolled(TestClient &admin, TestClient &client) const
    {
        admin.setToken(m_server->admin().token);
        (void)importRoster(admin);
        StoreSim sim(QStringLiteral("001"), QStringLiteral("https://qingfeng.example/units/QH"), 1);
        client.setToken(enrolDevice(admin, client, QStringLiteral("QH01"), sim.store()).token);
        return sim;
    }

    static QByteArray scrape(quint16 port)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port);
        if (!socket.waitForConnected(5000)) {
            return {};
        }
        socket.write("GET /metrics HTTP/1.0\r\n\r\n");
        QByteArray text;
        while (socket.waitForReadyRead(5000)) {
            text += socket.readAll();
        }
        return text + socket.readAll();
    }

private Q_SLOTS:
    void cleanup() { m_server.reset(); }

    void overTheBoundTheLeastUrgentIsToldToComeBack()
    {
        QVERIFY(begin("[admission]\nmax_in_flight = 8\n"));
        TestClient admin(m_server->url(), file("tls/ca.pem"));
        TestClient client(m_server->url(), file("tls/ca.pem"));
        StoreSim sim = enrolled(admin, client);
        QVERIFY(!client.token().isEmpty());

        // Each import hashes PINs for a while in the one slow lane, and holds its place.
        QString roster = QStringLiteral(
            "单位编码,单位名称,部门编码,上级部门编码,部门名称,工号,姓名,系统账号,岗位,初始口令\n");
        for (int i = 100; i < 120; ++i) {
            roster += QStringLiteral("QH,清河样例,QH01,QH,稽查局,%1,样例,acc%1,P06,2468\n").arg(i);
        }
        std::vector<std::unique_ptr<TestClient>> importers;
        int done = 0;
        for (int i = 0; i < 7; ++i) {
            importers.push_back(std::make_unique<TestClient>(m_server->url(), file("tls/ca.pem")));
            importers.back()->setToken(m_server->admin().token);
            importers.back()->callLater(
                "POST", QStringLiteral("/v1/people?confirm=1"), roster.toUtf8(),
                [&done](const Answer &) { ++done; }, "text/csv");
        }
        Answer refused;
        QTRY_VERIFY_WITH_TIMEOUT(
            (refused = admin.call("GET", QStringLiteral("/v1/devices"))).status == 503, 10'000);
        QCOMPARE(refused.code(), QStringLiteral("overloaded"));
        QVERIFY(refused.header("Retry-After").toInt() >= 1);
        QCOMPARE(client.call("GET", paths::health).status, 200);
        const QByteArray body = QJsonDocument(sim.statements(3)).toJson(QJsonDocument::Compact);
        QCOMPARE(client.call("POST", paths::xapiStatements, body).status, 200); // answers come in to the end
        QTRY_COMPARE_WITH_TIMEOUT(done, 7, 60'000);
        QCOMPARE(admin.call("GET", QStringLiteral("/v1/devices")).status, 200);
    }

    void aDeviceThatAsksTooOftenWaits()
    {
        QVERIFY(begin("[admission]\nper_second = 1\nburst = 5\n"));
        TestClient admin(m_server->url(), file("tls/ca.pem"));
        TestClient client(m_server->url(), file("tls/ca.pem"));
        (void)enrolled(admin, client);
        QVERIFY(!client.token().isEmpty());
        Answer last;
        for (int i = 0; i < 7 && last.status != 429; ++i) {
            last = client.call("GET", paths::rosterMe);
        }
        QCOMPARE(last.status, 429);
        QCOMPARE(last.code(), QStringLiteral("too-often"));
        QVERIFY(last.header("Retry-After").toInt() >= 1);
        QCOMPARE(admin.call("GET", QStringLiteral("/v1/devices")).status, 200); // nobody else waits for it
    }

    void idleConnectionsGiveWayToThoseWhoAsk()
    {
        QVERIFY(begin("[http]\nmax_connections = 40\n"));
        std::vector<std::unique_ptr<QSslSocket>> idle;
        for (int i = 0; i < 60; ++i) {
            idle.push_back(connectRaw());
        }
        TestClient client(m_server->url(), file("tls/ca.pem"));
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(client.call("GET", paths::health).status, 200);
        }
    }

    void metricsCountWithoutNames()
    {
        const quint16 port = freePort();
        QVERIFY(begin("metrics_listen = '127.0.0.1:" + QByteArray::number(port) + "'\n"));
        TestClient admin(m_server->url(), file("tls/ca.pem"));
        admin.setToken(m_server->admin().token);
        QCOMPARE(admin.call("GET", QStringLiteral("/v1/archives/30012345")).status, 200);
        QCOMPARE(admin.call("GET", QStringLiteral("/nowhere/30012345")).status, 404);
        const QByteArray text = scrape(port);
        QVERIFY2(text.contains("qingfeng_http_requests_total{method=\"GET\",route=\"/v1/archives/"
                               "{person}\",class=\"2xx\"} 1"),
            text.constData());
        QVERIFY(text.contains("qingfeng_http_request_duration_seconds_bucket"));
        QVERIFY(text.contains("qingfeng_build_info{version="));
        QVERIFY(!text.contains("30012345"));
    }

    void aNewCertificateIsTakenWhileItServes()
    {
        QVERIFY(begin({}));
        const QByteArray first = serialOfPeer();
        QVERIFY(!first.isEmpty());
        ServerProcess other;
        QVERIFY(other.start());
        const QString from = other.data() + QStringLiteral("/tls/");
        const auto before = connectRaw();

        QVERIFY(copyOver(from + QStringLiteral("server.pem"), file("tls/server.pem"))); // without its key
        ::kill(pid_t(m_server->pid()), SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->output().contains(QStringLiteral("the old one stays")), 5000);
        QCOMPARE(serialOfPeer(), first);

        QVERIFY(copyOver(from + QStringLiteral("server.key"), file("tls/server.key")));
        QTRY_VERIFY_WITH_TIMEOUT(serialOfPeer() != first, 10'000); // seen without a signal
        QVERIFY(!serialOfPeer().isEmpty());
        before->write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QVERIFY(before->waitForReadyRead(5000)); // who was connected stays so
        QVERIFY(before->readAll().startsWith("HTTP/1.1 200"));
    }

    void systemdIsToldHowItGoes()
    {
        QTemporaryDir dir;
        const QByteArray path = dir.filePath(QStringLiteral("notify")).toUtf8();
        const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, path.constData(), sizeof address.sun_path);
        QCOMPARE(::bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        QByteArray heard;
        const auto listen = [&] {
            char text[512];
            for (ssize_t size = 0; (size = ::recv(descriptor, text, sizeof text, 0)) > 0;) {
                heard += QByteArray(text, qsizetype(size)) + '\n';
            }
            return heard;
        };
        m_server = std::make_unique<ServerProcess>();
        m_server->setVariable(QStringLiteral("NOTIFY_SOCKET"), QString::fromUtf8(path));
        QVERIFY(m_server->start());
        QTRY_VERIFY_WITH_TIMEOUT(listen().contains("READY=1"), 5000);
        QTRY_VERIFY_WITH_TIMEOUT(listen().contains("WATCHDOG=1"), 5000);
        QVERIFY(m_server->terminate());
        QVERIFY(listen().contains("STOPPING=1"));
        ::close(descriptor);
    }

    void itServesOnASocketOfSystemd()
    {
        const QString activate = QStringLiteral("/usr/bin/systemd-socket-activate");
        if (!QFile::exists(activate)) {
            QSKIP("systemd is not installed");
        }
        QTemporaryDir dir;
        const quint16 port = freePort();
        QProcess process;
        process.start(activate,
            {QStringLiteral("--listen=127.0.0.1:%1").arg(port), ServerProcess::program(),
                QStringLiteral("--data"), dir.filePath(QStringLiteral("data"))});
        QVERIFY(process.waitForStarted());
        QElapsedTimer timer;
        timer.start();
        QByteArray answer;
        while (timer.elapsed() < 15'000 && !answer.startsWith("HTTP/1.1 200")) {
            QSslSocket socket;
            socket.setPeerVerifyMode(QSslSocket::VerifyNone);
            socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
            if (socket.waitForEncrypted(10'000)) {
                socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
                socket.waitForReadyRead(5000);
                answer = socket.readAll();
            } else {
                QTest::qWait(50); // it does not listen yet
            }
        }
        process.terminate();
        QVERIFY(process.waitForFinished(15'000));
        QVERIFY2(answer.startsWith("HTTP/1.1 200"), process.readAllStandardError().constData());
    }
};

QTEST_GUILESS_MAIN(TestServerOperations)
#include "tst_server_operations.moc"
