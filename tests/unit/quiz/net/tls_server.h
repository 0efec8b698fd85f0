#pragma once

#include <functional>

#include <QList>
#include <QSslServer>

namespace qingfeng {

/**
 * A TLS server on a free port of this machine, with a certificate of its own making. It reads whole requests and
 * writes back whatever bytes respond() gives; nothing when those are empty.
 */
class TlsServer final : public QSslServer
{
public:
    explicit TlsServer(QObject *parent = nullptr);

    bool start();
    QUrl url() const;
    QByteArray authority() const { return m_certificate; } ///< PEM

    QList<QByteArray> requests; ///< head and body of each, as they came
    int connections = 0;
    bool closesAfterwards = false;
    std::function<QByteArray(const QByteArray &request)> respond;

    /** A reply with Content-Length. */
    static QByteArray reply(int status, const QByteArray &body, const QByteArray &headers = {});

private:
    void accept();
    void read(QSslSocket *socket, QByteArray &buffer);

    QByteArray m_certificate;
};

} // namespace qingfeng
