#include "quiz/net/http_transport.h"

#include <optional>
#include <utility>

#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslError>
#include <QTimer>

namespace qingfeng {
namespace {

Q_LOGGING_CATEGORY(logNet, "qingfeng.net")

Error networkError(const QNetworkReply &reply)
{
    switch (reply.error()) {
    case QNetworkReply::SslHandshakeFailedError:
        return Error(ErrorCode::NotPermitted,
            QStringLiteral("the server did not prove that it is ours: ") + reply.errorString());
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // how a transfer time-out shows
        return Error(ErrorCode::TimedOut, QStringLiteral("the server did not answer in time"));
    default:
        return Error(ErrorCode::Unavailable, reply.errorString());
    }
}

/** Errors below this are of the connection or a proxy; from it on they only say which HTTP status came. */
constexpr int firstHttpError = 200;

/**
 * One exchange. It gathers the body under its bound, and reports once: whole reply, failure, deadline or end of
 * the transport. A child of the network reply, so it lives exactly as long.
 */
class Exchange final : public QObject
{
public:
    Exchange(QNetworkReply &reply, qint64 replyLimit, int deadlineMs, Transport::Done done)
        : QObject(&reply)
        , m_reply(reply)
        , m_limit(replyLimit)
        , m_done(std::move(done))
    {
        connect(&reply, &QNetworkReply::metaDataChanged, this, &Exchange::checkLength);
        connect(&reply, &QNetworkReply::readyRead, this, &Exchange::read);
        connect(&reply, &QNetworkReply::finished, this, &Exchange::finish);
        QTimer::singleShot(deadlineMs, this, [this] {
            fail(Error(ErrorCode::TimedOut, QStringLiteral("the server did not answer in time")));
        });
    }

    ~Exchange() override { report(Error(ErrorCode::Unavailable, QStringLiteral("the connection was closed"))); }

    void fail(Error error)
    {
        if (!m_failure) {
            m_failure = std::move(error);
            m_reply.abort(); // comes back to finish()
        }
    }

private:
    void checkLength()
    {
        if (m_reply.header(QNetworkRequest::ContentLengthHeader).toLongLong() > m_limit) {
            fail(Error(ErrorCode::TooLarge, QStringLiteral("a reply of more than %1 bytes").arg(m_limit)));
        }
    }

    void read()
    {
        m_body += m_reply.read(m_limit + 1 - m_body.size());
        if (m_body.size() > m_limit) {
            fail(Error(ErrorCode::TooLarge, QStringLiteral("a reply of more than %1 bytes").arg(m_limit)));
        }
    }

    void finish()
    {
        if (!m_failure && m_reply.isOpen()) {
            read();
        }
        m_reply.deleteLater();
        const int status = m_reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const bool whole = m_reply.error() == QNetworkReply::NoError || int(m_reply.error()) >= firstHttpError;
        if (m_failure) {
            report(*m_failure);
        } else if (!whole || status == 0) {
            report(networkError(m_reply));
        } else {
            HttpReply reply {status, m_reply.rawHeaderPairs(), m_body};
            bool stated = false;
            const qint64 length = reply.header(QByteArrayLiteral("Content-Length")).toLongLong(&stated);
            if (stated && status != 304 && length != m_body.size()) {
                report(Error(ErrorCode::Unavailable, QStringLiteral("the reply was cut short")));
            } else {
                report(std::move(reply));
            }
        }
    }

    void report(Result<HttpReply> result)
    {
        if (const Transport::Done done = std::exchange(m_done, nullptr)) {
            done(std::move(result));
        }
    }

    QNetworkReply &m_reply;
    const qint64 m_limit;
    Transport::Done m_done;
    QByteArray m_body;
    std::optional<Error> m_failure;
};

} // namespace

Result<QByteArray> serverAddress(const QUrl &server)
{
    if (!server.isValid() || server.scheme() != QLatin1String("https") || server.host().isEmpty()
        || !server.userInfo().isEmpty() || server.hasQuery() || server.hasFragment()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("an address https://host[:port] expected"));
    }
    return server.adjusted(QUrl::StripTrailingSlash).toEncoded();
}

HttpTransport::HttpTransport(QByteArray server, QSslConfiguration tls)
    : m_server(std::move(server))
    , m_tls(std::move(tls))
    , m_network(std::make_unique<QNetworkAccessManager>())
{
    while (m_server.endsWith('/')) {
        m_server.chop(1);
    }
}

HttpTransport::~HttpTransport()
{
    abort();
}

Result<std::unique_ptr<HttpTransport>> HttpTransport::create(const QUrl &server, const QByteArray &caPem)
{
    const auto address = serverAddress(server);
    if (!address) {
        return address.error();
    }
    const QList<QSslCertificate> authorities = QSslCertificate::fromData(caPem, QSsl::Pem);
    if (authorities.isEmpty()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("no certificate in PEM form"));
    }
    QSslConfiguration tls;
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.setCaCertificates(authorities); // in place of the system's, which are not loaded on demand either then
    return Result<std::unique_ptr<HttpTransport>>(
        std::unique_ptr<HttpTransport>(new HttpTransport(*address, std::move(tls))));
}

QNetworkRequest HttpTransport::networkRequest(const HttpRequest &request) const
{
    QNetworkRequest out(QUrl::fromEncoded(m_server + request.path, QUrl::StrictMode));
    out.setSslConfiguration(m_tls);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setTransferTimeout(m_timeoutMs);
    // Without this Qt asks for gzip and unpacks it: the bound would hold for the packed bytes only.
    out.setRawHeader("Accept-Encoding", "identity");
    out.setRawHeader("User-Agent", "Qingfeng/" QF_VERSION);
    for (const auto &[name, value] : request.headers) {
        out.setRawHeader(name, value);
    }
    return out;
}

void HttpTransport::send(HttpRequest request, Done done)
{
    QNetworkReply *reply
        = m_network->sendCustomRequest(networkRequest(request), request.method, request.body);
    const int deadline = request.replyLimit > maxReplyBytes ? packageTimeoutMs : m_timeoutMs;
    new Exchange(*reply, request.replyLimit, deadline, std::move(done));
    connect(reply, &QNetworkReply::sslErrors, this, [](const QList<QSslError> &errors) {
        for (const QSslError &error : errors) {
            qCWarning(logNet, "TLS: %s", qUtf8Printable(error.errorString()));
        }
    });
}

void HttpTransport::abort()
{
    const auto replies = m_network->findChildren<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly);
    for (QNetworkReply *reply : replies) {
        if (reply->isRunning()) {
            reply->abort();
        }
    }
}

} // namespace qingfeng
