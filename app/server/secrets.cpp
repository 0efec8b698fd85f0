#include "app/server/secrets.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/file.h"
#include "quiz/protocol/admin_messages.h"

#include <future>

#include <QFile>

namespace qingfeng::server {
namespace {

constexpr int secretBytes = 32;
const QString tokenKeySetting = QStringLiteral("token_key");
const QString adminHashSetting = QStringLiteral("admin_token_hash");

/** Stores a setting and waits until it is durable; only used before the server answers anybody. */
Result<void> putAndWait(EventStore &store, const QString &key, const QByteArray &value)
{
    std::promise<Result<void>> promise;
    auto future = promise.get_future();
    store.putSetting(key, value, [&promise](const Result<void> &done) { promise.set_value(done); });
    return future.get();
}

} // namespace

Result<KeyPair> ensureReceiptKey(const DataFolder &folder)
{
    const QString secret = folder.keys() + QStringLiteral("/receipt.key");
    if (QFile::exists(secret)) {
        return readSecretKeyFile(secret);
    }
    const auto pair = makeKeyPair();
    if (!pair) {
        return pair.error();
    }
    const auto written = writeKeyFiles(*pair, secret, folder.keys() + QStringLiteral("/receipt.pub"));
    if (!written) {
        return written.error();
    }
    return *pair;
}

Result<QByteArray> ensureAccountKey(const DataFolder &folder, Random &random)
{
    const QString path = folder.keys() + QStringLiteral("/accounts.key");
    if (QFile::exists(path)) {
        const auto key = readFile(path, secretBytes);
        if (key && key->size() != secretBytes) {
            return Error(ErrorCode::Corrupt, QStringLiteral("32 bytes expected"), path);
        }
        return key;
    }
    const QByteArray key = random.bytes(secretBytes);
    if (const auto written = writePrivateFile(path, key); !written) {
        return written.error();
    }
    return key;
}

Result<QByteArray> ensureTokenKey(EventStore &store, Random &random)
{
    const auto known = store.setting(tokenKeySetting);
    if (!known || !known->isEmpty()) {
        return known;
    }
    const QByteArray key = random.bytes(secretBytes);
    const auto put = putAndWait(store, tokenKeySetting, key);
    if (!put) {
        return put.error();
    }
    return key;
}

Result<QString> ensureAdminToken(const DataFolder &folder, EventStore &store, Random &random)
{
    const auto hash = store.setting(adminHashSetting);
    if (!hash) {
        return hash.error();
    }
    QFile file(folder.adminFile());
    if (file.open(QIODevice::ReadOnly)) {
        const auto object = parseJsonObject(file.read(65'536));
        const auto connection = object ? adminConnectionFromJson(*object) : Result<AdminConnection>(object.error());
        if (connection && sha256(connection->token.toLatin1()) == *hash) {
            return connection->token;
        }
    }
    const QString token = QString::fromLatin1(
        random.bytes(secretBytes).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    const auto put = putAndWait(store, adminHashSetting, sha256(token.toLatin1()));
    if (!put) {
        return put.error();
    }
    return token;
}

Result<void> writeAdminFile(
    const DataFolder &folder, const QString &url, const QString &authorityFile, const QString &token)
{
    return writePrivateFile(folder.adminFile(), canonicalJson(toJson(AdminConnection {url, authorityFile, token})));
}

} // namespace qingfeng::server
