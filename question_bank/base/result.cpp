#include "question_bank/base/result.h"

namespace qingfeng {

QString errorName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return QStringLiteral("invalid-argument");
    case ErrorCode::NotFound:
        return QStringLiteral("not-found");
    case ErrorCode::Conflict:
        return QStringLiteral("conflict");
    case ErrorCode::NotPermitted:
        return QStringLiteral("not-permitted");
    case ErrorCode::Corrupt:
        return QStringLiteral("corrupt");
    case ErrorCode::TooNew:
        return QStringLiteral("too-new");
    case ErrorCode::TooLarge:
        return QStringLiteral("too-large");
    case ErrorCode::Unavailable:
        return QStringLiteral("unavailable");
    case ErrorCode::TimedOut:
        return QStringLiteral("timed-out");
    case ErrorCode::Io:
        return QStringLiteral("io");
    case ErrorCode::Internal:
        break;
    }
    return QStringLiteral("internal");
}

Error::Error(ErrorCode code, QString detail, QString where)
    : m_code(code)
    , m_detail(std::move(detail))
    , m_where(std::move(where))
{
}

QString Error::toString() const
{
    QString text = m_where.isEmpty() ? QString() : m_where + QStringLiteral(": ");
    return text + m_detail + QStringLiteral(" (") + errorName(m_code) + QLatin1Char(')');
}

} // namespace qingfeng
