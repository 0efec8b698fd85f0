#include "app/server/backup.h"
#include "app/server/certificates.h"
#include "app/server/config.h"
#include "app/server/data_folder.h"
#include "app/server/event_store/event_store.h"
#include "tests/support/fake_clock.h"

#include <future>

#include <QDir>
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

    void aBackupOfARunningStoreRestoresWhole()
    {
        QTemporaryDir dir;
        const QString data = dir.filePath(QStringLiteral("data"));
        const QString backup = dir.filePath(QStringLiteral("backup"));
        const QString again = dir.filePath(QStringLiteral("again"));
        const auto folder = DataFolder::open(data);
        QVERIFY(folder);
        const auto store = EventStore::openFile(folder->database());
        QVERIFY(store);
        std::promise<void> written;
        (*store)->putSetting(QStringLiteral("k"), "v", [&written](const Result<void> &) { written.set_value(); });
        written.get_future().wait();
        QVERIFY(writePrivateFile(folder->bank() + QStringLiteral("/p.qfbank"), "package"));
        const auto made = makeBackup(data, backup, SystemClock());
        QVERIFY2(made, qPrintable(made.has_error() ? made.error().toString() : QString()));
        QCOMPARE(made->files, 2);
        QCOMPARE(makeBackup(data, backup, SystemClock()).error().code(), ErrorCode::Conflict);
        QCOMPARE(restoreBackup(backup, data).error().code(), ErrorCode::Conflict); // never over what is there
        QVERIFY(restoreBackup(backup, again));
        const auto restored = EventStore::openFile(again + QStringLiteral("/server.db"));
        QVERIFY(restored);
        QCOMPARE(*(*restored)->setting(QStringLiteral("k")), QByteArray("v"));
    }

    void aBackupThatWasTouchedIsRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes"); ///< null = taken away
        QTest::newRow("package altered") << QStringLiteral("bank/p.qfbank") << QByteArray("other");
        QTest::newRow("package gone") << QStringLiteral("bank/p.qfbank") << QByteArray();
        QTest::newRow("database altered") << QStringLiteral("server.db") << QByteArray("no database");
        QTest::newRow("list gone") << QStringLiteral("backup.json") << QByteArray();
        QTest::newRow("something added") << QStringLiteral("keys/other") << QByteArray("x");
        QTest::newRow("a way out") << QStringLiteral("backup.json")
                                   << QByteArray("{\"files\":{\"../data/server.db\":\"00\"}}");
    }

    void aBackupThatWasTouchedIsRefused()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QTemporaryDir dir;
        const QString data = dir.filePath(QStringLiteral("data"));
        const QString backup = dir.filePath(QStringLiteral("backup"));
        const auto folder = DataFolder::open(data);
        QVERIFY(EventStore::openFile(folder->database()));
        QVERIFY(writePrivateFile(folder->bank() + QStringLiteral("/p.qfbank"), "package"));
        QVERIFY(makeBackup(data, backup, SystemClock()));
        const QString path = backup + QLatin1Char('/') + file;
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QVERIFY(bytes.isNull() ? QFile::remove(path) : bool(writePrivateFile(path, bytes)));
        QVERIFY(!verifyBackup(backup));
        const QString again = dir.filePath(QStringLiteral("again"));
        QVERIFY(!restoreBackup(backup, again));
        QVERIFY(!QFileInfo::exists(again));
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
