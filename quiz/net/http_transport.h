#pragma once

#include <memory>

#include <QNetworkRequest>
#include <QObject>
#include <QSslConfiguration>
#include <QUrl>

#include "quiz/sync/transport.h"

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
class QNetworkReply;
QT_END_NAMESPACE

namespace qingfeng {

/**
 * HTTPS to one server: TLS 1.2 or later, trusting no authority but the one it was given, one kept-alive
 * connection, no redirects, no cookies, no cache, every request under a deadline and every reply under a bound.
 */
class HttpTransport final : public QObject, public Transport
{
    Q_OBJECT

public:
    static constexpr int timeoutMs = 20'000; ///< of a whole exchange; of a silence in a bank package
    static constexpr int packageTimeoutMs = 10 * 60'000; ///< of a whole bank package

    /**
     * @param server  https://host[:port][/prefix]
     * @param caPem   certificates in PEM: the only authorities that are trusted
     * @return InvalidArgument: not such an address, or no certificate in @p caPem
     */
    static Result<std::unique_ptr<HttpTransport>> create(const QUrl &server, const QByteArray &caPem);
    ~HttpTransport() override;

    void send(HttpRequest request, Done done) override;
    void abort() override;

    /** Shortens the deadline of what is sent from now on. */
    void setTimeoutMs(int ms) { m_timeoutMs = ms; }

private:
    HttpTransport(QByteArray server, QSslConfiguration tls);
    QNetworkRequest networkRequest(const HttpRequest &request) const;

    QByteArray m_server; ///< without a slash at the end
    QSslConfiguration m_tls;
    std::unique_ptr<QNetworkAccessManager> m_network;
    int m_timeoutMs = timeoutMs;
};

/** The address as it is kept: no slash at the end. InvalidArgument unless it is https, with a host and no more. */
Result<QByteArray> serverAddress(const QUrl &server);

} // namespace qingfeng
