#include "app/server/certificates.h"

#include "app/server/data_folder.h"

#include <memory>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <QFile>
#include <QSysInfo>

namespace qingfeng::server {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Extension = std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)>;

constexpr int authorityDays = 20 * 365;
constexpr int serverDays = 365;
constexpr qint64 renewBeforeMs = 30LL * 86'400'000;

Error failed(const char *what)
{
    return Error(ErrorCode::Internal, QStringLiteral("OpenSSL: %1 failed").arg(QLatin1String(what)));
}

struct Pair
{
    Key key {nullptr, &EVP_PKEY_free};
    Certificate certificate {nullptr, &X509_free};
    explicit operator bool() const { return key && certificate; }
};

QByteArray contentOf(BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return QByteArray(data, qsizetype(size));
}

QByteArray pemOf(X509 *certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()), &BIO_free);
    return PEM_write_bio_X509(memory.get(), certificate) == 1 ? contentOf(memory.get()) : QByteArray();
}

QByteArray pemOf(EVP_PKEY *key)
{
    const Memory memory(BIO_new(BIO_s_mem()), &BIO_free);
    return PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1
        ? contentOf(memory.get())
        : QByteArray();
}

Pair readPair(const QString &certificatePath, const QString &keyPath)
{
    const auto read = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.read(65'536) : QByteArray();
    };
    const QByteArray certificatePem = read(certificatePath);
    const QByteArray keyPem = read(keyPath);
    const Memory certificate(BIO_new_mem_buf(certificatePem.constData(), int(certificatePem.size())), &BIO_free);
    const Memory key(BIO_new_mem_buf(keyPem.constData(), int(keyPem.size())), &BIO_free);
    Pair pair;
    pair.certificate.reset(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr));
    pair.key.reset(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr));
    if (pair && X509_check_private_key(pair.certificate.get(), pair.key.get()) != 1) {
        pair.certificate.reset();
    }
    return pair;
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()), &X509_EXTENSION_free);
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool isAddress(const QString &host)
{
    ASN1_OCTET_STRING *address = a2i_IPADDRESS(host.toLatin1().constData());
    ASN1_OCTET_STRING_free(address);
    return address != nullptr;
}

/** A certificate without signature and extensions: key, serial, name and validity. */
Pair makeUnsigned(const QByteArray &commonName, int days, const Clock &clock)
{
    Pair pair;
    pair.key.reset(EVP_EC_gen("P-256"));
    Certificate certificate(X509_new(), &X509_free);
    QByteArray serial(16, '\0');
    if (!pair.key || !certificate || RAND_bytes(reinterpret_cast<unsigned char *>(serial.data()), 16) != 1) {
        return {};
    }
    serial[0] = char((uchar(serial.at(0)) & 0x3f) | 0x40); // positive, and of full length
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(
        BN_bin2bn(reinterpret_cast<const unsigned char *>(serial.constData()), 16, nullptr), &BN_free);
    const time_t now = time_t(clock.utcMs() / 1000);
    X509_NAME *name = X509_get_subject_name(certificate.get());
    const bool good = number && X509_set_version(certificate.get(), X509_VERSION_3) == 1
        && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get())) != nullptr
        && ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now - 86'400) != nullptr
        && ASN1_TIME_set(X509_getm_notAfter(certificate.get()), now + time_t(days) * 86'400) != nullptr
        && X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8,
               reinterpret_cast<const unsigned char *>("Qingfeng"), -1, -1, 0)
            == 1
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
               reinterpret_cast<const unsigned char *>(commonName.constData()), -1, -1, 0)
            == 1
        && X509_set_pubkey(certificate.get(), pair.key.get()) == 1;
    if (good) {
        pair.certificate = std::move(certificate);
    }
    return pair;
}

Pair makeAuthority(const Clock &clock)
{
    Pair pair = makeUnsigned("Qingfeng server authority", authorityDays, clock);
    X509 *certificate = pair.certificate.get();
    if (!pair || X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) != 1
        || !addExtension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        || !addExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign")
        || !addExtension(certificate, certificate, NID_subject_key_identifier, "hash")
        || X509_sign(certificate, pair.key.get(), EVP_sha256()) == 0) {
        return {};
    }
    return pair;
}

Pair makeServer(const Pair &authority, const QStringList &names, const Clock &clock)
{
    QByteArrayList alternatives;
    for (const QString &name : names) {
        alternatives.append((isAddress(name) ? "IP:" : "DNS:") + name.toLatin1());
    }
    Pair pair = makeUnsigned(names.first().toLatin1(), serverDays, clock);
    X509 *certificate = pair.certificate.get();
    X509 *issuer = authority.certificate.get();
    if (!pair || X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) != 1
        || !addExtension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE")
        || !addExtension(certificate, issuer, NID_key_usage, "critical,digitalSignature")
        || !addExtension(certificate, issuer, NID_ext_key_usage, "serverAuth")
        || !addExtension(certificate, issuer, NID_subject_key_identifier, "hash")
        || !addExtension(certificate, issuer, NID_authority_key_identifier, "keyid:always")
        || !addExtension(certificate, issuer, NID_subject_alt_name, alternatives.join(','))
        || X509_sign(certificate, authority.key.get(), EVP_sha256()) == 0) {
        return {};
    }
    return pair;
}

bool isStillGood(const Pair &server, const Pair &authority, const QStringList &names, const Clock &clock)
{
    if (!server || X509_verify(server.certificate.get(), authority.key.get()) != 1) {
        return false;
    }
    time_t renewAt = time_t((clock.utcMs() + renewBeforeMs) / 1000);
    if (X509_cmp_time(X509_get0_notAfter(server.certificate.get()), &renewAt) < 0) {
        return false;
    }
    for (const QString &name : names) {
        const QByteArray host = name.toLatin1();
        const int match = isAddress(name) ? X509_check_ip_asc(server.certificate.get(), host.constData(), 0)
                                          : X509_check_host(server.certificate.get(), host.constData(), 0, 0, nullptr);
        if (match != 1) {
            return false;
        }
    }
    return true;
}

Result<void> writePair(const Pair &pair, const QByteArray &behind, const QString &certificate, const QString &key)
{
    const auto written = writePrivateFile(key, pemOf(pair.key.get()));
    if (!written) {
        return written;
    }
    return writePrivateFile(certificate, pemOf(pair.certificate.get()) + behind);
}

} // namespace

Result<TlsFiles> ensureCertificates(const QString &folder, const QStringList &hosts, const Clock &clock)
{
    const TlsFiles files {folder + QStringLiteral("/ca.pem"), folder + QStringLiteral("/server.pem"),
        folder + QStringLiteral("/server.key")};
    const QString authorityKey = folder + QStringLiteral("/ca.key");
    Pair authority = readPair(files.authority, authorityKey);
    if (!authority) {
        if (QFile::exists(files.authority)) {
            return Error(ErrorCode::Corrupt,
                QStringLiteral("the certificate authority cannot be read; restore it from a backup, or remove it and"
                               " enrol every device again"),
                files.authority);
        }
        authority = makeAuthority(clock);
        if (!authority) {
            return failed("making the authority");
        }
        const auto written = writePair(authority, {}, files.authority, authorityKey);
        if (!written) {
            return written.error();
        }
    }
    QStringList names {QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1"),
        QSysInfo::machineHostName()};
    names += hosts;
    names.removeAll(QString());
    names.removeDuplicates();
    if (!isStillGood(readPair(files.certificate, files.key), authority, names, clock)) {
        const Pair server = makeServer(authority, names, clock);
        if (!server) {
            return failed("making the certificate (is every host a name or an address?)");
        }
        const auto written
            = writePair(server, pemOf(authority.certificate.get()), files.certificate, files.key);
        if (!written) {
            return written.error();
        }
    }
    return files;
}

} // namespace qingfeng::server
