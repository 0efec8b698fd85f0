#include "quiz/protocol/paths.h"

#include <algorithm>

namespace qingfeng {

Result<int> negotiateProtocol(const QByteArray &header)
{
    const QByteArray text = header.trimmed();
    if (text.isEmpty()) {
        return 1;
    }
    bool ok = false;
    const int asked = text.toInt(&ok);
    if (!ok || asked < oldestProtocol) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("versions %1 to %2 are spoken here").arg(oldestProtocol).arg(newestProtocol),
            QString::fromLatin1(protocolHeader));
    }
    return std::min(asked, newestProtocol);
}

} // namespace qingfeng
