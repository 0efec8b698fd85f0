#include "question_bank/base/file.h"

#include <QFile>
#include <QSaveFile>

namespace qingfeng {

Result<QByteArray> readFile(const QString &path, qint64 maxBytes)
{
    QFile file(path);
    if (!file.exists()) {
        return Error(ErrorCode::NotFound, QStringLiteral("no such file"), path);
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    const QByteArray bytes = file.read(maxBytes + 1);
    if (bytes.size() > maxBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("over %1 bytes").arg(maxBytes), path);
    }
    return bytes;
}

Result<void> writeFileAtomically(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    return {};
}

} // namespace qingfeng
