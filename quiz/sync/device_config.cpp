#include "quiz/sync/device_config.h"

#include <boost/filesystem/operations.hpp>

#include <QFile>
#include <QSaveFile>

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/file.h"
#include "quiz/protocol/json_fields.h"

namespace qingfeng {
namespace {

namespace fs = boost::filesystem;

constexpr qint64 maxConfigBytes = 64 * 1024;
constexpr qint64 maxPemBytes = 256 * 1024;
constexpr int format = 1;

QLatin1String key(const char *name)
{
    return QLatin1String(name);
}

QString configPath(const QString &dataFolder)
{
    return dataFolder + QStringLiteral("/device.json");
}

QString publicPathOf(const QString &keyFile)
{
    return keyFile + QStringLiteral(".pub");
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QJsonObject toJson(const DeviceConfig &config)
{
    QStringList bankKeys;
    for (const QByteArray &bankKey : config.bankKeys) {
        bankKeys.append(base64(bankKey));
    }
    return {{key("format"), format}, {key("server_url"), config.serverUrl}, {key("device"), config.device},
        {key("public_key"), base64(config.publicKey)},
        {key("unit"),
            QJsonObject {{key("code"), config.unit.code}, {key("name"), config.unit.name},
                {key("home_page"), config.unit.homePage}}},
        {key("receipt_key"), base64(config.receiptKey)}, {key("bank_keys"), QJsonArray::fromStringList(bankKeys)},
        {key("sync_window_s"), config.syncWindowSeconds}, {key("key_file"), config.keyFile},
        {key("ca_file"), config.caFile}};
}

/** A name directly below keys/, so that a damaged file cannot point elsewhere. */
bool isBelowKeys(const QString &file)
{
    const QString name = file.mid(5);
    return file.startsWith(QLatin1String("keys/")) && !name.isEmpty() && !name.contains(QLatin1Char('/'))
        && !name.startsWith(QLatin1Char('.'));
}

Result<DeviceConfig> configFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    DeviceConfig config;
    if (fields.integer(key("format")) > format) {
        return Error(ErrorCode::TooNew, QStringLiteral("written by a later version"));
    }
    config.serverUrl = fields.text(key("server_url"), 512);
    config.device = fields.uuid(key("device"));
    config.publicKey = fields.base64(key("public_key"), 32);
    JsonFields unit(fields.object(key("unit")), QStringLiteral("unit."));
    config.unit = {unit.text(key("code"), 120), unit.text(key("name"), 120), unit.text(key("home_page"), 512)};
    config.receiptKey = fields.base64(key("receipt_key"), 32);
    for (const QString &text : fields.texts(key("bank_keys"), 32, 64)) {
        config.bankKeys.append(QByteArray::fromBase64(text.toLatin1()));
        if (config.bankKeys.last().size() != 32) {
            fields.fail(key("bank_keys"), QStringLiteral("base64 of 32 bytes expected"));
        }
    }
    config.syncWindowSeconds = int(fields.integer(key("sync_window_s"), 0, 86'400));
    config.keyFile = fields.text(key("key_file"), 128);
    config.caFile = fields.text(key("ca_file"), 128);
    if (!isBelowKeys(config.keyFile) || !isBelowKeys(config.caFile)) {
        fields.fail(key("key_file"), QStringLiteral("a file below keys/ expected"));
    }
    for (const JsonFields *read : {&fields, &unit}) {
        if (read->error()) {
            return Error(ErrorCode::Corrupt, read->error()->detail(), read->error()->where());
        }
    }
    return config;
}

Result<DeviceConfig> readConfig(const QString &dataFolder)
{
    const auto bytes = readFile(configPath(dataFolder), maxConfigBytes);
    if (!bytes) {
        return bytes.error();
    }
    const auto object = parseJsonObject(*bytes);
    if (!object) {
        return Error(ErrorCode::Corrupt, object.error().detail(), configPath(dataFolder));
    }
    return configFromJson(*object);
}

/** Like writeFileAtomically(), readable by the owner alone from its first byte on. */
Result<void> writePrivateFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(bytes) != bytes.size() || !file.commit()) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    return {};
}

Result<void> writeConfig(const QString &dataFolder, const DeviceConfig &config)
{
    return writePrivateFile(configPath(dataFolder), canonicalJson(toJson(config)) + '\n');
}

Result<void> makeKeysFolder(const QString &dataFolder)
{
    const fs::path folder(QFile::encodeName(dataFolder + QStringLiteral("/keys")).toStdString());
    boost::system::error_code failed;
    if (fs::create_directories(folder.parent_path(), failed)) {
        fs::permissions(folder.parent_path(), fs::owner_all, failed);
    }
    if (!failed) {
        fs::create_directory(folder, failed);
    }
    if (!failed) {
        fs::permissions(folder, fs::owner_all, failed);
    }
    if (failed) {
        return Error(ErrorCode::Io, QString::fromStdString(failed.message()), dataFolder);
    }
    return {};
}

/** keys/<stem><suffix>, or a name with @p id in it when that is taken. */
QString freeName(const QString &dataFolder, const QString &stem, const QString &suffix, const QString &id)
{
    const QString plain = QStringLiteral("keys/") + stem + suffix;
    if (!QFile::exists(dataFolder + QLatin1Char('/') + plain)) {
        return plain;
    }
    return QStringLiteral("keys/") + stem + QLatin1Char('-') + id + suffix;
}

void removeFiles(const QString &dataFolder, const QString &keyFile, const QString &caFile)
{
    const QString folder = dataFolder + QLatin1Char('/');
    if (!keyFile.isEmpty()) {
        QFile::remove(folder + keyFile);
        QFile::remove(folder + publicPathOf(keyFile));
    }
    if (!caFile.isEmpty()) {
        QFile::remove(folder + caFile);
    }
}

} // namespace

Result<EnrolledDevice> loadDevice(const QString &dataFolder)
{
    const auto config = readConfig(dataFolder);
    if (!config) {
        return config.error();
    }
    // A missing part is damage here: NotFound would say "not enrolled".
    for (const QString &part : {config->keyFile, config->caFile}) {
        if (!QFile::exists(dataFolder + QLatin1Char('/') + part)) {
            return Error(ErrorCode::Corrupt, QStringLiteral("a part of the enrolment is missing"), part);
        }
    }
    const auto pair = readSecretKeyFile(dataFolder + QLatin1Char('/') + config->keyFile);
    if (!pair) {
        return pair.error();
    }
    if (pair->publicKey != config->publicKey) {
        return Error(ErrorCode::Corrupt, QStringLiteral("this key belongs to another enrolment"), config->keyFile);
    }
    const auto pem = readFile(dataFolder + QLatin1Char('/') + config->caFile, maxPemBytes);
    if (!pem) {
        return pem.error();
    }
    return EnrolledDevice {dataFolder, *config, *pair, *pem};
}

Result<void> pinBankKey(const QString &dataFolder, const QByteArray &publicKey)
{
    auto config = readConfig(dataFolder);
    if (!config) {
        return config.error();
    }
    if (!config->bankKeys.isEmpty()) {
        return Error(ErrorCode::NotPermitted, QStringLiteral("bank keys are pinned already"), configPath(dataFolder));
    }
    config->bankKeys = {publicKey};
    return writeConfig(dataFolder, *config);
}

StagedDevice::StagedDevice(QString dataFolder, KeyPair key)
    : m_dataFolder(std::move(dataFolder))
    , m_key(std::move(key))
{
}

StagedDevice::~StagedDevice()
{
    if (!m_committed) {
        removeFiles(m_dataFolder, m_keyFile, m_caFile);
    }
}

Result<std::unique_ptr<StagedDevice>> StagedDevice::create(const QString &dataFolder, const QByteArray &caPem)
{
    const auto folder = makeKeysFolder(dataFolder);
    if (!folder) {
        return folder.error();
    }
    const auto pair = makeKeyPair();
    if (!pair) {
        return pair.error();
    }
    std::unique_ptr<StagedDevice> staged(new StagedDevice(dataFolder, *pair));
    const QString id = keyId(pair->publicKey);
    staged->m_keyFile = freeName(dataFolder, QStringLiteral("device"), QStringLiteral(".key"), id);
    const QString keyPath = dataFolder + QLatin1Char('/') + staged->m_keyFile;
    const auto keys = writeKeyFiles(*pair, keyPath, publicPathOf(keyPath));
    if (!keys) {
        return keys.error();
    }
    staged->m_caFile = freeName(dataFolder, QStringLiteral("server-ca"), QStringLiteral(".pem"), id);
    const auto pem = writePrivateFile(dataFolder + QLatin1Char('/') + staged->m_caFile, caPem);
    if (!pem) {
        return pem.error();
    }
    return Result<std::unique_ptr<StagedDevice>>(std::move(staged));
}

Result<DeviceConfig> StagedDevice::commit(DeviceConfig config)
{
    config.publicKey = m_key.publicKey;
    config.keyFile = m_keyFile;
    config.caFile = m_caFile;
    const auto replaced = readConfig(m_dataFolder);
    const auto written = writeConfig(m_dataFolder, config);
    if (!written) {
        return written.error();
    }
    m_committed = true;
    if (replaced && replaced->keyFile != m_keyFile) {
        removeFiles(m_dataFolder, replaced->keyFile, replaced->caFile);
    }
    return config;
}

} // namespace qingfeng
