#include "question_bank/package/bank_folder.h"

#include <boost/filesystem/operations.hpp>

#include <QFile>
#include <QSaveFile>

namespace qingfeng {
namespace {

namespace fs = boost::filesystem;

fs::path pathOf(const QString &path)
{
    return fs::path(QFile::encodeName(path).toStdString());
}

} // namespace

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

BankFolder::BankFolder(QString path, QList<QByteArray> trustedKeys)
    : m_path(std::move(path))
    , m_trustedKeys(std::move(trustedKeys))
{
}

QString BankFolder::currentPath() const
{
    return m_path + QStringLiteral("/current.qfbank");
}

QString BankFolder::previousPath() const
{
    return m_path + QStringLiteral("/previous.qfbank");
}

Result<BankPackage> BankFolder::load() const
{
    const auto read = [this](const QString &path) -> Result<BankPackage> {
        const auto bytes = readFile(path, maxPackageBytes);
        if (!bytes) {
            return bytes.error();
        }
        return readTrustedPackage(*bytes, m_trustedKeys);
    };
    auto current = read(currentPath());
    if (current) {
        return current;
    }
    auto previous = read(previousPath());
    if (previous) {
        return previous;
    }
    return current.error();
}

Result<PackageInfo> BankFolder::apply(const QByteArray &bytes)
{
    const auto package = readTrustedPackage(bytes, m_trustedKeys);
    if (!package) {
        return package.error();
    }
    const auto held = load();
    if (held) {
        if (package->info.manifestHash == held->info.manifestHash) {
            return package->info;
        }
        if (package->info.revision <= held->info.revision) {
            return Error(ErrorCode::Conflict,
                QStringLiteral("revision %1 does not follow the revision %2 in use")
                    .arg(package->info.revision)
                    .arg(held->info.revision));
        }
    }
    boost::system::error_code failed;
    fs::create_directories(pathOf(m_path), failed);
    if (failed) {
        return Error(ErrorCode::Io, QString::fromStdString(failed.message()), m_path);
    }
    const QString incoming = m_path + QStringLiteral("/incoming.qfbank");
    const auto written = writeFileAtomically(incoming, bytes);
    if (!written) {
        return written.error();
    }
    const auto readBack = readFile(incoming, maxPackageBytes);
    if (!readBack || *readBack != bytes) {
        return Error(ErrorCode::Io, QStringLiteral("the disk returned other bytes than were written"), incoming);
    }
    // The bank that proved itself becomes the one to fall back on; a damaged current never does.
    if (held && fs::exists(pathOf(currentPath()), failed)) {
        const auto current = readFile(currentPath(), maxPackageBytes);
        if (current && readTrustedPackage(*current, m_trustedKeys)) {
            fs::rename(pathOf(currentPath()), pathOf(previousPath()), failed);
        }
    }
    fs::rename(pathOf(incoming), pathOf(currentPath()), failed);
    if (failed) {
        return Error(ErrorCode::Io, QString::fromStdString(failed.message()), currentPath());
    }
    return package->info;
}

} // namespace qingfeng
