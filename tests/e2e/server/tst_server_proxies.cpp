#include "quiz/protocol/paths.h"
#include "tests/e2e/server/server_process.h"
#include "tests/e2e/server/test_client.h"
#include "tests/unit/app/server/store_sim.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace qingfeng;

namespace {

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

QString contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

bool write(const QString &path, const QString &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
}

} // namespace

/** The examples of proxies that are installed beside the server, as they stand but for paths and ports. */
class TestServerProxies : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;
    QTemporaryDir m_dir;
    QProcess m_proxy;
    quint16 m_port = 0;

    QString adapted(const char *name) const
    {
        QString text = contents(QStringLiteral(QF_EXAMPLES) + QLatin1Char('/') + QLatin1String(name));
        const QString tls = m_server->data() + QStringLiteral("/tls/");
        text.replace(QStringLiteral("/etc/qingfeng/tls/haproxy.pem"), m_dir.filePath(QStringLiteral("both.pem")));
        text.replace(QStringLiteral("/etc/qingfeng/tls/"), tls);
        text.replace(QStringLiteral("maxconn 20000"), QStringLiteral("maxconn 500")); // as many files as anyone may open
        text.replace(QStringLiteral("/var/cache/nginx/qingfeng"), m_dir.filePath(QStringLiteral("cache")));
        text.replace(QRegularExpression(QStringLiteral("listen 443 ssl|bind :443 ssl")),
            QLatin1String(name).startsWith(QLatin1String("nginx")) ? QStringLiteral("listen 127.0.0.1:%1 ssl").arg(m_port)
                                                                   : QStringLiteral("bind 127.0.0.1:%1 ssl").arg(m_port));
        text.replace(QStringLiteral("127.0.0.1:8443"), QStringLiteral("127.0.0.1:%1").arg(m_server->port()));
        return text;
    }

    bool startNginx()
    {
        const QString file = m_dir.filePath(QStringLiteral("nginx.conf"));
        const QString text = QStringLiteral("pid %1/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n"
                                            "client_body_temp_path %1/body;\nproxy_temp_path %1/proxy;\n%2}\n")
                                 .arg(m_dir.path(), adapted("nginx.conf"));
        if (!write(file, text)) {
            return false;
        }
        m_proxy.start(QStringLiteral("/usr/sbin/nginx"),
            {QStringLiteral("-p"), m_dir.path(), QStringLiteral("-c"), file, QStringLiteral("-e"), QStringLiteral("stderr"),
                QStringLiteral("-g"), QStringLiteral("daemon off; master_process off;")});
        return m_proxy.waitForStarted();
    }

    bool startHaproxy()
    {
        const QString tls = m_server->data() + QStringLiteral("/tls/");
        const QString file = m_dir.filePath(QStringLiteral("haproxy.cfg"));
        if (!write(m_dir.filePath(QStringLiteral("both.pem")),
                contents(tls + QStringLiteral("server.pem")) + contents(tls + QStringLiteral("server.key")))
            || !write(file, adapted("haproxy.cfg"))) {
            return false;
        }
        m_proxy.start(QStringLiteral("/usr/sbin/haproxy"), {QStringLiteral("-db"), QStringLiteral("-f"), file});
        return m_proxy.waitForStarted();
    }

private Q_SLOTS:
    void init()
    {
        m_port = freePort();
        m_server = std::make_unique<ServerProcess>("trusted_proxies = ['127.0.0.1']\n");
        QVERIFY(m_server->start());
    }

    void cleanup()
    {
        m_proxy.kill(); // its own child: neither has others in this form
        m_proxy.waitForFinished();
        m_server.reset();
    }

    void recordsPassThrough_data()
    {
        QTest::addColumn<QString>("proxy");
        QTest::newRow("nginx") << QStringLiteral("/usr/sbin/nginx");
        QTest::newRow("haproxy") << QStringLiteral("/usr/sbin/haproxy");
    }

    void recordsPassThrough()
    {
        QFETCH(QString, proxy);
        if (!QFile::exists(proxy)) {
            QSKIP("it is not installed");
        }
        QVERIFY(proxy.endsWith(QLatin1String("nginx")) ? startNginx() : startHaproxy());
        const QString authority = m_server->data() + QStringLiteral("/tls/ca.pem");
        const QUrl url(QStringLiteral("https://127.0.0.1:%1").arg(m_port));
        TestClient admin(url, authority);
        admin.setToken(m_server->admin().token);
        QTRY_COMPARE_WITH_TIMEOUT(admin.call("GET", paths::health).status, 200, 10'000);
        TestClient client(url, authority);
        QVERIFY(importRoster(admin));
        StoreSim sim(QStringLiteral("001"), QStringLiteral("https://qingfeng.example/units/QH"), 1);
        const TestDevice device = enrolDevice(admin, client, QStringLiteral("QH01"), sim.store());
        QVERIFY(!device.id.isEmpty());
        client.setToken(device.token);
        for (int i = 0; i < 20; ++i) {
            const QByteArray body = QJsonDocument(sim.statements(20)).toJson(QJsonDocument::Compact);
            QCOMPARE(client.call("POST", paths::xapiStatements, body).status, 200);
        }
        // What is wrong is told by the server, not by the proxy.
        QCOMPARE(client.call("POST", paths::xapiStatements, "[]x").code(), QStringLiteral("bad-request"));

        // Who tries codes is counted by his own address, which nobody can choose.
        TestClient guesser(url, authority);
        int last = 0;
        for (int i = 0; i < 12 && last != 429; ++i) {
            last = guesser.call("POST", paths::enrol,
                              "{\"code\":\"AAAA-AAAA-AAAA\",\"name\":\"x\",\"publicKey\":\"\",\"store\":\"y\"}")
                       .status;
        }
        QVERIFY(last >= 400);
    }
};

QTEST_GUILESS_MAIN(TestServerProxies)
#include "tst_server_proxies.moc"
