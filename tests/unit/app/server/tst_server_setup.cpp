#include "app/server/certificates.h"
#include "app/server/config.h"
#include "app/server/data_folder.h"
#include "tests/support/fake_clock.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;
using namespace qingfeng::server;

class TestServerSetup : public QObject
{
    Q_OBJECT

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void certificatesAreMadeOnceAndRenewedInTime()
    {
        QTemporaryDir dir;
        FakeClock clock;
        const auto first = ensureCertificates(dir.path(), {QStringLiteral("qf.example"), QStringLiteral("10.1.2.3")}, clock);
        QVERIFY2(first, qPrintable(first.has_error() ? first.error().toString() : QString()));
        const QByteArray authority = read(first->authority);
        const QByteArray certificate = read(first->certificate);
        QVERIFY(certificate.contains(authority));
        QCOMPARE(QFile::permissions(first->key) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

        clock.advanceDays(300);
        QVERIFY(ensureCertificates(dir.path(), {QStringLiteral("qf.example")}, clock));
        QCOMPARE(read(first->certificate), certificate);
        clock.advanceDays(40); // 25 days left
        QVERIFY(ensureCertificates(dir.path(), {QStringLiteral("qf.example")}, clock));
        QVERIFY(read(first->certificate) != certificate);
        QCOMPARE(read(first->authority), authority);
    }

    void aNewNameMakesANewCertificate()
    {
        QTemporaryDir dir;
        FakeClock clock;
        const auto first = ensureCertificates(dir.path(), {}, clock);
        QVERIFY(first);
        const QByteArray certificate = read(first->certificate);
        QVERIFY(ensureCertificates(dir.path(), {QStringLiteral("new.example")}, clock));
        QVERIFY(read(first->certificate) != certificate);
    }

    void aDamagedAuthorityIsNeverReplacedSilently()
    {
        QTemporaryDir dir;
        FakeClock clock;
        const auto first = ensureCertificates(dir.path(), {}, clock);
        QVERIFY(first);
        QFile file(first->authority);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("damaged");
        file.close();
        const auto again = ensureCertificates(dir.path(), {}, clock);
        QVERIFY(!again);
        QCOMPARE(again.error().code(), ErrorCode::Corrupt);
    }

    void theDataFolderIsPrivate()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("data"));
        QVERIFY(DataFolder::open(path));
        QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther),
            QFile::Permissions());
    }

    void aConfigurationIsReadStrictly_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QString>("where");
        QTest::newRow("good") << QByteArray("data = '/d'\nlisten = '[::1]:9'\nhosts = ['a.b']\n[http]\nthreads = 3\n")
                              << QString();
        QTest::newRow("a key misspelt") << QByteArray("lisen = '1:2'\n") << QStringLiteral("lisen");
        QTest::newRow("a key misspelt in a table") << QByteArray("[http]\nthread = 3\n") << QStringLiteral("http.thread");
        QTest::newRow("another type") << QByteArray("sync_window_s = 'x'\n") << QStringLiteral("sync_window_s");
        QTest::newRow("out of bounds") << QByteArray("[http]\nthreads = 0\n") << QStringLiteral("http.threads");
        QTest::newRow("no TOML") << QByteArray("data = \n") << QStringLiteral("line 1");
        QTest::newRow("listen without a port") << QByteArray("listen = 'localhost'\n") << QStringLiteral("listen");
        QTest::newRow("a home page that is none") << QByteArray("home_page = 'x'\n") << QStringLiteral("home_page");
        QTest::newRow("a log level that is none") << QByteArray("log_level = 'loud'\n") << QStringLiteral("log_level");
    }

    void aConfigurationIsReadStrictly()
    {
        QFETCH(QByteArray, toml);
        QFETCH(QString, where);
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("server.toml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(toml);
        file.close();
        ServerConfig config;
        const auto result = readConfig(file.fileName(), config);
        if (where.isEmpty()) {
            QVERIFY2(result, qPrintable(result.has_error() ? result.error().toString() : QString()));
            QCOMPARE(config.http.address, QStringLiteral("::1"));
            QCOMPARE(config.http.port, quint16(9));
            QCOMPARE(config.http.threads, 3);
            return;
        }
        QVERIFY(!result);
        QCOMPARE(result.error().code(), ErrorCode::InvalidArgument);
        QVERIFY2(result.error().where().contains(where), qPrintable(result.error().toString()));
    }
};

QTEST_APPLESS_MAIN(TestServerSetup)
#include "tst_server_setup.moc"
