#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace qingfeng {

/**
 * One entry of the audit (审计): who did what to what, and when. Entries form a chain: each holds the hash of the
 * one before, so that none can be changed, added or taken out from between without its showing.
 */
struct AuditEntry
{
    qint64 number = 0; ///< 1, 2, 3 … without a gap
    qint64 atMs = 0; ///< server's clock
    QString actor; ///< an account's id, "local" for the connection file, or empty for somebody unknown
    QString action; ///< stable name, e.g. "account.create"
    QString subject; ///< id of what it was done to, or empty
    QString department; ///< where it belongs, empty = the whole unit
    QJsonObject detail; ///< integers, texts and booleans only
    QByteArray previous; ///< hash of the entry before, 32 zero bytes for the first
    QByteArray hash;
    bool operator==(const AuditEntry &) const = default;
};

/** SHA-256 of the canonical JSON of everything but the hash itself. */
QByteArray auditHash(const AuditEntry &entry);

QJsonObject toJson(const AuditEntry &entry);
Result<AuditEntry> auditEntryFromJson(const QJsonObject &object);

/** Follows the chain from its first entry on. */
class AuditChain
{
public:
    /** Corrupt: the entry is not the next one, was changed, or does not continue the one before. */
    Result<void> follow(const AuditEntry &entry);

    qint64 count() const { return m_count; }
    const QByteArray &head() const { return m_head; } ///< hash of the last entry, zeros before the first

private:
    qint64 m_count = 0;
    QByteArray m_head = QByteArray(32, '\0');
};

} // namespace qingfeng
