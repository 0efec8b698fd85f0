#include <QTest>

#include "quiz/net/http_transport.h"
#include "tests/unit/quiz/net/tls_server.h"

using namespace qingfeng;

namespace {

std::unique_ptr<HttpTransport> transportTo(const TlsServer &server, const QByteArray &authority)
{
    auto transport = HttpTransport::create(server.url(), authority);
    return transport ? std::move(*transport) : nullptr;
}

/** Sends and waits for the one answer. */
Result<HttpReply> exchange(HttpTransport &transport, HttpRequest request)
{
    std::optional<Result<HttpReply>> answer;
    transport.send(std::move(request), [&answer](Result<HttpReply> reply) { answer = std::move(reply); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 10'000)) {
        return Error(ErrorCode::Internal, QStringLiteral("no answer at all"));
    }
    return *answer;
}

HttpRequest get(const QByteArray &path)
{
    HttpRequest request;
    request.path = path;
    return request;
}

} // namespace

class TestHttpTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyHttpsWithACertificateWillDo_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *url, bool good) { QTest::newRow(url) << QString::fromLatin1(url) << good; };
        row("https://host", true);
        row("https://host:8443/", true);
        row("https://host/prefix/", true);
        row("http://host", false);
        row("ftp://host", false);
        row("https://", false);
        row("https://user:word@host", false);
        row("https://host/?a=b", false);
        row("host:8443", false);
        row("", false);
    }

    void onlyHttpsWithACertificateWillDo()
    {
        QFETCH(QString, url);
        QFETCH(bool, good);
        const TlsServer server;
        QCOMPARE(HttpTransport::create(QUrl(url), server.authority()).has_value(), good);
        QVERIFY(!HttpTransport::create(QUrl(url), "no certificate"));
    }

    void theRequestArrivesAndTheReplyComesBack()
    {
        TlsServer server;
        QVERIFY(server.start());
        server.respond = [](const QByteArray &) { return TlsServer::reply(201, "made", "X-One: a b\r\n"); };
        const auto transport = transportTo(server, server.authority());
        HttpRequest request = get("/v1/thing?store=1%20");
        request.method = "POST";
        request.headers.append(std::pair<QByteArray, QByteArray>("Content-Type", "application/json"));
        request.body = "{\"a\":1}";
        const auto reply = exchange(*transport, request);
        QVERIFY2(reply, reply ? "" : qPrintable(reply.error().toString()));
        QCOMPARE(reply->status, 201);
        QCOMPARE(reply->body, QByteArray("made"));
        QCOMPARE(reply->header("x-one"), QByteArray("a b"));
        const QByteArray &seen = server.requests.first();
        QVERIFY(seen.startsWith("POST /v1/thing?store=1%20 HTTP/1.1\r\n"));
        QVERIFY(seen.endsWith("\r\n\r\n{\"a\":1}"));
        QVERIFY(seen.contains("Accept-Encoding: identity\r\n"));
    }

    void everyStatusIsAReply_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {200, 301, 400, 401, 403, 404, 409, 413, 429, 500, 503}) {
            QTest::addRow("%d", status) << status;
        }
    }

    void everyStatusIsAReply()
    {
        QFETCH(int, status);
        TlsServer server;
        QVERIFY(server.start());
        server.respond = [&](const QByteArray &) {
            return TlsServer::reply(status, "why", "WWW-Authenticate: Bearer\r\nLocation: /elsewhere\r\n");
        };
        const auto transport = transportTo(server, server.authority());
        const auto reply = exchange(*transport, get("/x"));
        QVERIFY2(reply, reply ? "" : qPrintable(reply.error().toString()));
        QCOMPARE(reply->status, status);
        QCOMPARE(reply->body, QByteArray("why"));
        QCOMPARE(server.requests.size(), 1); // a redirect is not followed, a refusal not repeated
    }

    void notModifiedHasNoBody()
    {
        TlsServer server;
        QVERIFY(server.start());
        server.respond = [](const QByteArray &) { return QByteArray("HTTP/1.1 304 X\r\nETag: \"a\"\r\n\r\n"); };
        const auto transport = transportTo(server, server.authority());
        const auto reply = exchange(*transport, get("/x"));
        QCOMPARE(reply->status, 304);
        QCOMPARE(reply->header("ETag"), QByteArray("\"a\""));
    }

    void oneConnectionCarriesManyRequests()
    {
        TlsServer server;
        QVERIFY(server.start());
        const auto transport = transportTo(server, server.authority());
        for (int i = 0; i < 5; ++i) {
            QVERIFY(exchange(*transport, get("/x")));
        }
        QCOMPARE(server.connections, 1);
    }

    void anotherAuthorityIsRefused()
    {
        TlsServer server;
        const TlsServer other;
        QVERIFY(server.start());
        const auto transport = transportTo(server, other.authority());
        const auto reply = exchange(*transport, get("/x"));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code(), ErrorCode::NotPermitted);
        QCOMPARE(server.requests.size(), 0); // nothing was said to it
    }

    void badRepliesAreFailures_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("expected");
        QTest::newRow("more than the bound, as stated")
            << TlsServer::reply(200, QByteArray(2000, 'x')) << int(ErrorCode::TooLarge);
        QTest::newRow("more than the bound, in chunks")
            << "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + QByteArray(2000, 'x') + "\r\n0\r\n\r\n"
            << int(ErrorCode::TooLarge);
        QTest::newRow("cut short") << TlsServer::reply(200, QByteArray(900, 'x')).chopped(10)
                                   << int(ErrorCode::Unavailable);
        QTest::newRow("chunks cut short") << QByteArray("HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")
                                          << int(ErrorCode::Unavailable);
        QTest::newRow("nothing at all") << QByteArray() << int(ErrorCode::Unavailable);
    }

    void badRepliesAreFailures()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, expected);
        TlsServer server;
        QVERIFY(server.start());
        server.closesAfterwards = true;
        server.respond = [&](const QByteArray &) { return bytes; };
        const auto transport = transportTo(server, server.authority());
        HttpRequest request = get("/x");
        request.replyLimit = 1000;
        const auto reply = exchange(*transport, request);
        QVERIFY(!reply);
        QCOMPARE(int(reply.error().code()), expected);
    }

    void silenceEndsAtTheDeadline()
    {
        TlsServer server;
        QVERIFY(server.start());
        server.respond = [](const QByteArray &) { return QByteArray(); };
        const auto transport = transportTo(server, server.authority());
        transport->setTimeoutMs(150);
        QCOMPARE(exchange(*transport, get("/x")).error().code(), ErrorCode::TimedOut);
    }

    void nobodyThereIsUnavailable()
    {
        TlsServer server;
        QVERIFY(server.start());
        const auto transport = transportTo(server, server.authority());
        server.close();
        QCOMPARE(exchange(*transport, get("/x")).error().code(), ErrorCode::Unavailable);
    }

    void givingUpReportsOnce_data()
    {
        QTest::addColumn<bool>("byDestruction");
        QTest::newRow("abort") << false;
        QTest::newRow("destruction") << true;
    }

    void givingUpReportsOnce()
    {
        QFETCH(bool, byDestruction);
        TlsServer server;
        QVERIFY(server.start());
        server.respond = [](const QByteArray &) { return QByteArray(); };
        auto transport = transportTo(server, server.authority());
        int reports = 0;
        transport->send(get("/x"), [&reports](const Result<HttpReply> &reply) { reports += reply ? 100 : 1; });
        QCOMPARE(reports, 0);
        QTRY_COMPARE(server.requests.size(), 1);
        if (byDestruction) {
            transport.reset();
        } else {
            transport->abort();
        }
        QTRY_COMPARE(reports, 1);
    }
};

QTEST_GUILESS_MAIN(TestHttpTransport)
#include "tst_http_transport.moc"
