#include "tests/unit/quiz/net/tls_server.h"

#include <memory>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QUrl>

namespace qingfeng {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

QByteArray bytesOf(BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return QByteArray(data, qsizetype(size));
}

void addExtension(X509 *certificate, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate selfSigned(EVP_PKEY *key)
{
    Certificate certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86'400);
    X509_NAME *name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key);
    addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(certificate.get(), NID_subject_alt_name, "IP:127.0.0.1");
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

} // namespace

TlsServer::TlsServer(QObject *parent)
    : QSslServer(parent)
{
    const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const Certificate certificate = selfSigned(key.get());
    const Memory keyPem(BIO_new(BIO_s_mem()), &BIO_free);
    const Memory certificatePem(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PrivateKey(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_bio_X509(certificatePem.get(), certificate.get());
    m_certificate = bytesOf(certificatePem.get());
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(bytesOf(keyPem.get()), QSsl::Ec));
    tls.setLocalCertificate(QSslCertificate(m_certificate));
    setSslConfiguration(tls);
    connect(this, &QTcpServer::pendingConnectionAvailable, this, &TlsServer::accept);
}

bool TlsServer::start()
{
    return listen(QHostAddress::LocalHost);
}

QUrl TlsServer::url() const
{
    return QUrl(QStringLiteral("https://127.0.0.1:%1").arg(serverPort()));
}

QByteArray TlsServer::reply(int status, const QByteArray &body, const QByteArray &headers)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " X\r\n" + headers + "Content-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

void TlsServer::accept()
{
    while (QTcpSocket *next = nextPendingConnection()) {
        auto *socket = static_cast<QSslSocket *>(next);
        ++connections;
        auto buffer = std::make_shared<QByteArray>();
        connect(socket, &QSslSocket::readyRead, this, [this, socket, buffer] { read(socket, *buffer); });
        read(socket, *buffer);
    }
}

void TlsServer::read(QSslSocket *socket, QByteArray &buffer)
{
    buffer += socket->readAll();
    const qsizetype head = buffer.indexOf("\r\n\r\n");
    if (head < 0) {
        return;
    }
    qsizetype length = 0;
    for (const QByteArray &line : buffer.left(head).toLower().split('\n')) {
        if (line.startsWith("content-length:")) {
            length = line.mid(15).trimmed().toLongLong();
        }
    }
    if (buffer.size() < head + 4 + length) {
        return;
    }
    requests.append(buffer.left(head + 4 + length));
    buffer.remove(0, head + 4 + length);
    socket->write(respond ? respond(requests.last()) : reply(200, "{}"));
    if (closesAfterwards) {
        socket->disconnectFromHost();
    }
}

} // namespace qingfeng
