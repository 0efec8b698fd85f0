#include "question_bank/formats/open_bank.h"

#include "question_bank/formats/bank_file.h"
#include "question_bank/formats/bank_sources.h"

#include <QFile>
#include <QFileInfo>

namespace qingfeng {
namespace {

Result<QByteArray> readWhole(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    constexpr qint64 limit = 256LL * 1024 * 1024;
    const QByteArray bytes = file.read(limit + 1);
    if (bytes.size() > limit) {
        return Error(ErrorCode::TooLarge, QStringLiteral("over %1 bytes").arg(limit), path);
    }
    return bytes;
}

} // namespace

Result<OpenBank> openBank(const QString &path)
{
    OpenBank open;
    open.path = path;
    const QFileInfo info(path);
    open.exists = info.exists();
    if (path.endsWith(QLatin1String(".qfbank"), Qt::CaseInsensitive)) {
        return Error(ErrorCode::NotPermitted,
            QStringLiteral(
                "a signed package is never changed: import into its sources and publish a new package"),
            path);
    }
    const bool file
        = open.exists ? !info.isDir() : path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    open.kind = file ? BankKind::File : BankKind::Sources;
    if (!open.exists) {
        return open;
    }
    if (file) {
        const auto bytes = readWhole(path);
        if (!bytes) {
            return bytes.error();
        }
        if (bytes->startsWith("QFBANK")) {
            return Error(ErrorCode::NotPermitted,
                QStringLiteral(
                    "a signed package is never changed: import into its sources and publish a new package"),
                path);
        }
        auto bank = parseBankFile(*bytes);
        if (!bank) {
            const QString where = bank.error().where();
            return Error(bank.error().code(), bank.error().detail(),
                where.isEmpty() ? path : path + QStringLiteral(": ") + where);
        }
        open.bank = std::move(*bank);
        return open;
    }
    auto bank = readBankSources(path);
    if (!bank) {
        return bank.error();
    }
    open.bank = std::move(*bank);
    return open;
}

} // namespace qingfeng
