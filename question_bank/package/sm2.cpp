#include "question_bank/package/sm2.h"

#include "question_bank/package/signature.h"

#include <memory>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

namespace qingfeng {
namespace {

template <auto release> struct Release
{
    template <typename T> void operator()(T *value) const { release(value); }
};
using Key = std::unique_ptr<EVP_PKEY, Release<&EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<&EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<&EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Release<&BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Release<&EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Release<&EC_POINT_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Release<&OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Release<&OSSL_PARAM_free>>;

constexpr qsizetype secretSize = 32;
/** The id of a signer who has no other (GB/T 35276): both sides must use the same one, so it is never left
 * open. */
constexpr char signerId[] = "1234567812345678";

const unsigned char *bytesOf(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

Error badKey()
{
    return Error(ErrorCode::InvalidArgument, QStringLiteral("not an SM2 secret key of 32 bytes"));
}

/** A key from its public point and, to sign, its secret number. Null when they are none. */
Key makeKey(const QByteArray &publicKey, const BIGNUM *secret)
{
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!builder || publicKey.size() != sm2PublicKeySize
        || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(
               builder.get(), OSSL_PKEY_PARAM_PUB_KEY, publicKey.constData(), std::size_t(publicKey.size()))
            != 1
        || (secret && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret) != 1)) {
        return nullptr;
    }
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY *key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(
               context.get(), &key, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters.get())
            != 1) {
        EVP_PKEY_free(key);
        return nullptr;
    }
    return Key(key);
}

Number secretNumber(const QByteArray &secret, const EC_GROUP *group)
{
    if (secret.size() != secretSize) {
        return nullptr;
    }
    Number number(BN_bin2bn(bytesOf(secret), int(secret.size()), nullptr));
    // 1 ≤ secret < order − 1, as the standard asks.
    const Number limit(BN_dup(EC_GROUP_get0_order(group)));
    if (!number || !limit || BN_sub_word(limit.get(), 1) != 1 || BN_is_zero(number.get())
        || BN_cmp(number.get(), limit.get()) >= 0) {
        return nullptr;
    }
    return number;
}

/** A digest context that signs or verifies under the signer's id. */
struct Signing
{
    DigestContext digest{EVP_MD_CTX_new()};
    KeyContext key;

    explicit Signing(EVP_PKEY *pkey)
        : key(EVP_PKEY_CTX_new(pkey, nullptr))
    {
    }

    bool prepare()
    {
        if (!digest || !key || EVP_PKEY_CTX_set1_id(key.get(), signerId, sizeof signerId - 1) != 1) {
            return false;
        }
        EVP_MD_CTX_set_pkey_ctx(digest.get(), key.get());
        return true;
    }
};

} // namespace

Result<KeyPair> makeSm2KeyPair()
{
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
    BIGNUM *number = nullptr;
    if (!key || EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1) {
        return Error(ErrorCode::Internal, QStringLiteral("SM2 key generation failed"));
    }
    const Number secret(number);
    QByteArray bytes(secretSize, '\0');
    if (BN_bn2binpad(secret.get(), reinterpret_cast<unsigned char *>(bytes.data()), int(secretSize))
        != secretSize) {
        return Error(ErrorCode::Internal, QStringLiteral("SM2 key generation failed"));
    }
    return sm2KeyPairFromSecret(bytes);
}

Result<KeyPair> sm2KeyPairFromSecret(const QByteArray &secret)
{
    const Group group(EC_GROUP_new_by_curve_name(NID_sm2));
    const Number number = group ? secretNumber(secret, group.get()) : nullptr;
    const Point point(group ? EC_POINT_new(group.get()) : nullptr);
    QByteArray publicKey(sm2PublicKeySize, '\0');
    if (!number || !point
        || EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) != 1
        || EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
               reinterpret_cast<unsigned char *>(publicKey.data()), std::size_t(publicKey.size()), nullptr)
            != std::size_t(sm2PublicKeySize)) {
        return badKey();
    }
    return KeyPair{secret, publicKey};
}

Result<QByteArray> signSm2(const QByteArray &message, const QByteArray &secret)
{
    const auto pair = sm2KeyPairFromSecret(secret);
    if (!pair) {
        return pair.error();
    }
    const Number number(BN_bin2bn(bytesOf(secret), int(secret.size()), nullptr));
    const Key key = makeKey(pair->publicKey, number.get());
    if (!key) {
        return badKey();
    }
    Signing signing(key.get());
    std::size_t size = 0;
    if (!signing.prepare()
        || EVP_DigestSignInit(signing.digest.get(), nullptr, EVP_sm3(), nullptr, key.get()) != 1
        || EVP_DigestSign(signing.digest.get(), nullptr, &size, bytesOf(message), std::size_t(message.size()))
            != 1) {
        return Error(ErrorCode::Internal, QStringLiteral("SM2 signing failed"));
    }
    QByteArray signature(qsizetype(size), '\0');
    if (EVP_DigestSign(signing.digest.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
            bytesOf(message), std::size_t(message.size()))
        != 1) {
        return Error(ErrorCode::Internal, QStringLiteral("SM2 signing failed"));
    }
    signature.truncate(qsizetype(size));
    return signature;
}

bool verifySm2(const QByteArray &message, const QByteArray &signature, const QByteArray &publicKey)
{
    const Key key = makeKey(publicKey, nullptr);
    if (!key) {
        return false;
    }
    Signing signing(key.get());
    return signing.prepare()
        && EVP_DigestVerifyInit(signing.digest.get(), nullptr, EVP_sm3(), nullptr, key.get()) == 1
        && EVP_DigestVerify(signing.digest.get(), bytesOf(signature), std::size_t(signature.size()),
               bytesOf(message), std::size_t(message.size()))
        == 1;
}

} // namespace qingfeng
