#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "question_bank/base/canonical_json.h"
#include "quiz/net/enrolment.h"
#include "quiz/protocol/messages.h"
#include "tests/unit/quiz/net/tls_server.h"

using namespace qingfeng;

namespace {

QByteArray goodAnswer()
{
    EnrolResponse answer;
    answer.device = QStringLiteral("019ab000-0000-7000-8000-000000000001");
    answer.unit = {QStringLiteral("U1"), QStringLiteral("单位"), QStringLiteral("https://unit.example")};
    answer.receiptKey = QByteArray(32, 'r');
    answer.bankKeys = {QByteArray(32, 'b')};
    return TlsServer::reply(201, canonicalJson(toJson(answer)));
}

QByteArray problem(int status, const char *code, const QJsonObject &members = {})
{
    return TlsServer::reply(
        status, canonicalJson(toJson(Problem {status, QString::fromLatin1(code), QStringLiteral("no"), {}, members})));
}

} // namespace

class TestEnrolment : public QObject
{
    Q_OBJECT

    struct Site
    {
        Site()
        {
            const QString path = dir.filePath(QStringLiteral("ca.pem"));
            QFile file(path);
            (void)file.open(QIODevice::WriteOnly);
            file.write(server.authority());
            input = {server.start() ? server.url() : QUrl(), path, QStringLiteral(" ABCD-EFGH "),
                QStringLiteral("PC 1"), QStringLiteral("019ab000-0000-7000-8000-00000000000a"), {}};
        }

        QString data() const { return dir.filePath(QStringLiteral("data")); }

        /** Files in the data folder. */
        QStringList files() const
        {
            return QDir(data()).entryList(QDir::Files | QDir::Hidden)
                + QDir(data() + QStringLiteral("/keys")).entryList(QDir::Files | QDir::Hidden);
        }

        Result<DeviceConfig> enrol()
        {
            std::optional<Result<DeviceConfig>> answer;
            Enrolment enrolment(data(), input);
            enrolment.start([&answer](const Result<DeviceConfig> &result) { answer = result; });
            if (answer || !QTest::qWaitFor([&answer] { return answer.has_value(); }, 10'000)) {
                return Error(ErrorCode::Internal, QStringLiteral("an answer at once, or none"));
            }
            return *answer;
        }

        QTemporaryDir dir;
        TlsServer server;
        EnrolmentInput input;
    };

private Q_SLOTS:
    void aPlaceIsBoughtWithACodeAndAFreshKey()
    {
        Site site;
        site.server.respond = [](const QByteArray &) { return goodAnswer(); };
        const auto config = site.enrol();
        QVERIFY2(config, config ? "" : qPrintable(config.error().toString()));
        const auto device = loadDevice(site.data());
        QCOMPARE(device->config, *config);
        QCOMPARE(device->config.serverUrl, site.server.url().toString());
        QCOMPARE(device->caPem, site.server.authority());
        const QByteArray &seen = site.server.requests.first();
        const auto asked = enrolRequestFromJson(*parseJsonObject(seen.mid(seen.indexOf("\r\n\r\n") + 4)));
        QCOMPARE(asked->code, QStringLiteral("ABCD-EFGH"));
        QCOMPARE(asked->publicKey, device->key.publicKey);
        QVERIFY(!seen.contains(device->key.secret.toBase64()));
    }

    void aRefusalLeavesNothing_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const QByteArray &reply, ErrorCode code, const char *where) {
            QTest::newRow(name) << reply << int(code) << QString::fromLatin1(where);
        };
        row("a used code", problem(403, "code-invalid"), ErrorCode::NotPermitted, "code");
        row("a field", problem(400, "bad-request", {{QStringLiteral("where"), QStringLiteral("device_name")}}),
            ErrorCode::InvalidArgument, "device_name");
        row("another protocol", problem(400, "protocol-unsupported"), ErrorCode::TooNew, "server");
        row("overloaded", problem(503, "overloaded"), ErrorCode::Unavailable, "");
        row("not our server", TlsServer::reply(200, "<html>"), ErrorCode::Corrupt, "server");
        row("cut short", goodAnswer().chopped(9), ErrorCode::Unavailable, "server");
    }

    void aRefusalLeavesNothing()
    {
        QFETCH(QByteArray, reply);
        QFETCH(int, code);
        QFETCH(QString, where);
        Site site;
        site.server.closesAfterwards = true;
        site.server.respond = [&](const QByteArray &) { return reply; };
        const auto config = site.enrol();
        QVERIFY(!config);
        QCOMPARE(int(config.error().code()), code);
        QCOMPARE(config.error().where(), where);
        QCOMPARE(site.files(), QStringList());
    }

    void wrongInputIsNamed_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("caFile");
        QTest::addColumn<QString>("where");
        QTest::newRow("plain http") << QStringLiteral("http://127.0.0.1") << QString() << QStringLiteral("server");
        QTest::newRow("no such file") << QString() << QStringLiteral("/nowhere.pem") << QStringLiteral("ca_file");
        QTest::newRow("no certificate") << QString() << QStringLiteral("/dev/null") << QStringLiteral("ca_file");
    }

    void wrongInputIsNamed()
    {
        QFETCH(QString, server);
        QFETCH(QString, caFile);
        QFETCH(QString, where);
        Site site;
        site.input.server = server.isEmpty() ? site.input.server : QUrl(server);
        site.input.caFile = caFile.isEmpty() ? site.input.caFile : caFile;
        const auto config = site.enrol();
        QVERIFY(!config);
        QCOMPARE(config.error().where(), where);
        QCOMPARE(site.files(), QStringList());
        QCOMPARE(site.server.requests.size(), 0);
    }

    void anotherAuthorityNeverSeesTheCode()
    {
        Site site;
        const TlsServer other;
        QFile file(site.input.caFile);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(other.authority());
        file.close();
        const auto config = site.enrol();
        QCOMPARE(config.error().code(), ErrorCode::NotPermitted);
        QCOMPARE(config.error().where(), QStringLiteral("server"));
        QCOMPARE(site.server.requests.size(), 0);
        QCOMPARE(site.files(), QStringList());
    }

    void givingUpReportsOnceAndLeavesNothing()
    {
        Site site;
        site.server.respond = [](const QByteArray &) { return QByteArray(); };
        int reports = 0;
        auto enrolment = std::make_unique<Enrolment>(site.data(), site.input);
        enrolment->start([&reports](const Result<DeviceConfig> &result) { reports += result ? 100 : 1; });
        QTRY_COMPARE(site.server.requests.size(), 1);
        enrolment.reset();
        QCOMPARE(reports, 1);
        QCOMPARE(site.files(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestEnrolment)
#include "tst_enrolment.moc"
