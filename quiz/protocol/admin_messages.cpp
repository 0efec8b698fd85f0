#include "quiz/protocol/admin_messages.h"

#include "quiz/protocol/json_fields.h"

#include <QJsonArray>

namespace qingfeng {
namespace {

using Presence = JsonFields::Presence;

constexpr int maxFindings = 100'000;

QJsonArray findingsToJson(const QList<ImportFinding> &findings)
{
    QJsonArray list;
    for (const ImportFinding &finding : findings) {
        list.append(toJson(finding));
    }
    return list;
}

Result<QList<ImportFinding>> findingsFromJson(const QJsonArray &list)
{
    QList<ImportFinding> findings;
    for (const QJsonValue value : list) {
        JsonFields fields(value.toObject());
        ImportFinding finding;
        finding.file = fields.text(key("file"), 1024, Presence::Optional);
        finding.row = int(fields.integer(key("row"), 0, 100'000'000));
        finding.column = fields.text(key("column"), 256, Presence::Optional);
        finding.reason = fields.text(key("reason"), 256);
        if (fields.error()) {
            return *fields.error();
        }
        findings.append(finding);
    }
    return findings;
}

} // namespace

QJsonObject toJson(const AdminConnection &m)
{
    return {{key("url"), m.url}, {key("ca"), m.caFile}, {key("token"), m.token}};
}

Result<AdminConnection> adminConnectionFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    AdminConnection m;
    m.url = fields.text(key("url"), 512);
    m.caFile = fields.text(key("ca"), 4096);
    m.token = fields.text(key("token"), 128);
    return fields.result(m);
}

QJsonObject toJson(const ImportFinding &m)
{
    return {{key("file"), m.file}, {key("row"), m.row}, {key("column"), m.column}, {key("reason"), m.reason}};
}

QJsonObject toJson(const PeopleReceipt &m)
{
    return {{key("accepted"), m.accepted}, {key("updated"), m.updated}, {key("duplicate"), m.duplicate},
        {key("rejected"), findingsToJson(m.rejected)}, {key("warnings"), findingsToJson(m.warnings)},
        {key("committed"), m.committed}};
}

Result<PeopleReceipt> peopleReceiptFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    PeopleReceipt m;
    m.accepted = int(fields.integer(key("accepted"), 0, 100'000'000));
    m.updated = int(fields.integer(key("updated"), 0, 100'000'000));
    m.duplicate = int(fields.integer(key("duplicate"), 0, 100'000'000));
    m.committed = fields.boolean(key("committed"));
    const auto rejected = findingsFromJson(fields.array(key("rejected"), maxFindings));
    const auto warnings = findingsFromJson(fields.array(key("warnings"), maxFindings));
    if (!rejected) {
        return rejected.error();
    }
    if (!warnings) {
        return warnings.error();
    }
    m.rejected = *rejected;
    m.warnings = *warnings;
    return fields.result(m);
}

QJsonObject toJson(const EnrolmentCodesRequest &m)
{
    return {{key("department"), m.department}, {key("count"), m.count}, {key("valid_days"), m.validDays}};
}

Result<EnrolmentCodesRequest> enrolmentCodesRequestFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    EnrolmentCodesRequest m;
    m.department = fields.text(key("department"), 64);
    m.count = int(fields.integer(key("count"), 1, 1000));
    m.validDays = int(fields.integer(key("valid_days"), 1, 90));
    return fields.result(m);
}

QJsonObject toJson(const EnrolmentCodes &m)
{
    return {{key("department"), m.department}, {key("codes"), QJsonArray::fromStringList(m.codes)},
        {key("expires_at_ms"), m.expiresAtMs}};
}

Result<EnrolmentCodes> enrolmentCodesFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    EnrolmentCodes m;
    m.department = fields.text(key("department"), 64);
    m.codes = fields.texts(key("codes"), 1000, 64);
    m.expiresAtMs = fields.integer(key("expires_at_ms"));
    return fields.result(m);
}

QJsonObject toJson(const DeviceInfo &m)
{
    return {{key("id"), m.id}, {key("name"), m.name}, {key("department"), m.department},
        {key("store"), m.store}, {key("key"), m.key}, {key("enrolled_at_ms"), m.enrolledAtMs},
        {key("last_seen_ms"), m.lastSeenMs}, {key("head_seq"), m.headSeq}, {key("epoch"), m.epoch},
        {key("revoked"), m.revoked}};
}

Result<DeviceInfo> deviceInfoFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    DeviceInfo m;
    m.id = fields.uuid(key("id"));
    m.name = fields.text(key("name"), 120);
    m.department = fields.text(key("department"), 64);
    m.store = fields.uuid(key("store"));
    m.key = fields.text(key("key"), 64);
    m.enrolledAtMs = fields.integer(key("enrolled_at_ms"));
    m.lastSeenMs = fields.integer(key("last_seen_ms"));
    m.headSeq = fields.integer(key("head_seq"));
    m.epoch = int(fields.integer(key("epoch"), 0, 1'000'000));
    m.revoked = fields.boolean(key("revoked"));
    return fields.result(m);
}

} // namespace qingfeng
