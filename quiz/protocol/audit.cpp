#include "quiz/protocol/audit.h"

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/json_fields.h"

namespace qingfeng {
namespace {

using Presence = JsonFields::Presence;

QJsonObject hashed(const AuditEntry &m)
{
    return {{key("number"), m.number}, {key("at_ms"), m.atMs}, {key("actor"), m.actor}, {key("action"), m.action},
        {key("subject"), m.subject}, {key("department"), m.department}, {key("detail"), m.detail},
        {key("previous"), QString::fromLatin1(m.previous.toHex())}};
}

QByteArray hashIn(JsonFields &fields, QLatin1String name)
{
    const QByteArray bytes = QByteArray::fromHex(fields.text(name, 64).toLatin1());
    if (bytes.size() != 32) {
        fields.fail(name, QStringLiteral("64 hex digits expected"));
    }
    return bytes;
}

} // namespace

QByteArray auditHash(const AuditEntry &entry)
{
    return sha256(canonicalJson(hashed(entry)));
}

QJsonObject toJson(const AuditEntry &m)
{
    QJsonObject object = hashed(m);
    object.insert(key("hash"), QString::fromLatin1(m.hash.toHex()));
    return object;
}

Result<AuditEntry> auditEntryFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    AuditEntry m;
    m.number = fields.integer(key("number"), 1);
    m.atMs = fields.integer(key("at_ms"));
    m.actor = fields.text(key("actor"), 64, Presence::Optional);
    m.action = fields.text(key("action"), 64);
    m.subject = fields.text(key("subject"), 256, Presence::Optional);
    m.department = fields.text(key("department"), 64, Presence::Optional);
    m.detail = fields.object(key("detail"), Presence::Optional);
    m.previous = hashIn(fields, key("previous"));
    m.hash = hashIn(fields, key("hash"));
    return fields.result(m);
}

Result<void> AuditChain::follow(const AuditEntry &entry)
{
    const auto broken = [this](const char *why) {
        return Error(ErrorCode::Corrupt, QString::fromLatin1(why), QStringLiteral("audit %1").arg(m_count + 1));
    };
    if (entry.number != m_count + 1) {
        return broken("an entry is missing or stands twice");
    }
    if (entry.previous != m_head) {
        return broken("it does not continue the entry before");
    }
    if (entry.hash != auditHash(entry)) {
        return broken("its content was changed");
    }
    m_count = entry.number;
    m_head = entry.hash;
    return {};
}

} // namespace qingfeng
