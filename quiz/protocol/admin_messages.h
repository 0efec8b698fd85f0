#pragma once

#include "question_bank/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

/** The messages between an administrator's program and the server; rules as in messages.h. */
namespace qingfeng {

/** The local administrator's connection file, admin.json in the server's data folder (mode 0600). */
struct AdminConnection
{
    QString url;
    QString caFile; ///< PEM
    QString token;
    bool operator==(const AdminConnection &) const = default;
};

/** One finding of an import, with the place in the file. */
struct ImportFinding
{
    QString file;
    int row = 0; ///< 1 = header row; 0 = the file as a whole
    QString column; ///< header text, or empty
    QString reason; ///< stable code, e.g. "unknown-post"
    bool operator==(const ImportFinding &) const = default;
};

/** Answer to POST /v1/people: what became, or on confirm=0 would become, of each row. */
struct PeopleReceipt
{
    int accepted = 0; ///< people who are new
    int updated = 0; ///< people whose entry changes
    int duplicate = 0; ///< people who are already so
    QList<ImportFinding> rejected;
    QList<ImportFinding> warnings;
    bool committed = false; ///< true only when everything was taken: one rejected row commits nothing
    bool operator==(const PeopleReceipt &) const = default;
};

/** POST /v1/enrolment-codes: one-time codes, bound to a department and those below it. */
struct EnrolmentCodesRequest
{
    QString department;
    int count = 1; ///< 1 … 1000
    int validDays = 7; ///< 1 … 90
    bool operator==(const EnrolmentCodesRequest &) const = default;
};

struct EnrolmentCodes
{
    QString department;
    QStringList codes; ///< shown this once: the server keeps only their hashes
    qint64 expiresAtMs = 0;
    bool operator==(const EnrolmentCodes &) const = default;
};

/** One row of GET /v1/devices. */
struct DeviceInfo
{
    QString id;
    QString name;
    QString department;
    QString store;
    QString key; ///< keyId()
    qint64 enrolledAtMs = 0;
    qint64 lastSeenMs = 0; ///< last token or batch; 0 = never
    qint64 headSeq = 0; ///< answers held of its store
    int epoch = 0; ///< number of forks seen on its store
    bool revoked = false;
    bool operator==(const DeviceInfo &) const = default;
};

QJsonObject toJson(const AdminConnection &message);
QJsonObject toJson(const ImportFinding &message);
QJsonObject toJson(const PeopleReceipt &message);
QJsonObject toJson(const EnrolmentCodesRequest &message);
QJsonObject toJson(const EnrolmentCodes &message);
QJsonObject toJson(const DeviceInfo &message);

Result<AdminConnection> adminConnectionFromJson(const QJsonObject &object);
Result<PeopleReceipt> peopleReceiptFromJson(const QJsonObject &object);
Result<EnrolmentCodesRequest> enrolmentCodesRequestFromJson(const QJsonObject &object);
Result<EnrolmentCodes> enrolmentCodesFromJson(const QJsonObject &object);
Result<DeviceInfo> deviceInfoFromJson(const QJsonObject &object);

} // namespace qingfeng
