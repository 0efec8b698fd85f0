#pragma once

#include <memory>

#include <QByteArray>
#include <QString>

#include "question_bank/package/signature.h"
#include "quiz/protocol/messages.h"

namespace qingfeng {

/**
 * What enrolment (注册) left in the data folder: `device.json` (0600), and below `keys/` the device's Ed25519
 * secret (0600) and the PEM file of the authority that the server's certificate must come from.
 *
 * The secret's stated storage is that 0600 file in a 0700 folder: it protects as far as the account does, works
 * at the gate before a desktop keyring is unlocked, and needs no Secret Service. A keychain back end would take
 * the place of the key file only.
 *
 * `device.json` names the two files and holds the public key; it is written last and by one rename, so a folder
 * is either enrolled whole or not at all.
 */
struct DeviceConfig
{
    QString serverUrl; ///< https://host[:port][/prefix], no slash at the end
    QString device; ///< UUID
    QByteArray publicKey; ///< of the device, 32 bytes
    Unit unit;
    QByteArray receiptKey; ///< pinned: whoever signs receipts
    QList<QByteArray> bankKeys; ///< pinned: whose packages may be used; empty until the unit first published
    int syncWindowSeconds = 600;
    QString keyFile; ///< relative to the data folder, below keys/
    QString caFile; ///< likewise
    bool operator==(const DeviceConfig &) const = default;
};

/** An enrolled device, ready to speak. */
struct EnrolledDevice
{
    QString dataFolder;
    DeviceConfig config;
    KeyPair key;
    QByteArray caPem;
};

/**
 * Reads what enrolment left. NotFound: this folder is not enrolled · Corrupt: damaged, or its parts do not belong
 * together · Io.
 */
Result<EnrolledDevice> loadDevice(const QString &dataFolder);

/**
 * Pins the key of a unit that had published nothing when this device enrolled: its first manifest names it, over
 * the same authenticated connection as enrolment. NotPermitted: keys are pinned already · Io.
 */
Result<void> pinBankKey(const QString &dataFolder, const QByteArray &publicKey);

/**
 * The files of an enrolment that is under way: key pair and authority are on the disk, under names that no
 * enrolment uses, until commit() or destruction, which takes them away again.
 */
class StagedDevice
{
public:
    /** Makes `keys/` (0700), a fresh key pair, and a copy of @p caPem. Io. */
    static Result<std::unique_ptr<StagedDevice>> create(const QString &dataFolder, const QByteArray &caPem);
    ~StagedDevice();
    Q_DISABLE_COPY_MOVE(StagedDevice)

    const KeyPair &key() const { return m_key; }

    /**
     * Writes device.json, from which moment the folder is enrolled with this device, and removes the files of
     * the enrolment that it replaces.
     * @param config  its key and file fields are set here
     */
    Result<DeviceConfig> commit(DeviceConfig config);

private:
    StagedDevice(QString dataFolder, KeyPair key);

    QString m_dataFolder;
    KeyPair m_key;
    QString m_keyFile;
    QString m_caFile;
    bool m_committed = false;
};

} // namespace qingfeng
