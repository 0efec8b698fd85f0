#include "question_bank/package/bank_folder.h"

#include "question_bank/model/review.h"
#include "question_bank/package/delta.h"

#include <boost/filesystem/operations.hpp>

#include <QFile>

namespace qingfeng {
namespace {

namespace fs = boost::filesystem;

fs::path pathOf(const QString &path)
{
    return fs::path(QFile::encodeName(path).toStdString());
}

} // namespace

BankFolder::BankFolder(QString path, QList<QByteArray> trustedKeys, Sm2Policy sm2)
    : m_path(std::move(path))
    , m_trustedKeys(std::move(trustedKeys))
    , m_sm2(std::move(sm2))
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
        return readTrustedPackage(*bytes, m_trustedKeys, m_sm2);
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

Result<QByteArray> BankFolder::bytesInUse() const
{
    for (const QString &path : {currentPath(), previousPath()}) {
        auto bytes = readFile(path, maxPackageBytes);
        if (bytes && readTrustedPackage(*bytes, m_trustedKeys, m_sm2)) {
            return bytes;
        }
    }
    return Error(ErrorCode::NotFound, QStringLiteral("no bank is in use that a delta could change"), m_path);
}

Result<void> BankFolder::mayFollow(const BankPackage &held, const BankPackage &next) const
{
    if (held.info.rollsBack.contains(next.info.manifestHash)) {
        return Error(ErrorCode::Conflict,
            QStringLiteral("revision %1 was taken back by the revision %2 in use")
                .arg(next.info.revision)
                .arg(held.info.revision));
    }
    const bool takesBack = next.info.rollsBack.contains(held.info.manifestHash);
    if (next.info.revision <= held.info.revision && !takesBack) {
        return Error(ErrorCode::Conflict,
            QStringLiteral("revision %1 does not follow the revision %2 in use")
                .arg(next.info.revision)
                .arg(held.info.revision));
    }
    for (const QuestionVersion &question : held.bank.questions()) {
        if (!wasPublished(question)) {
            continue;
        }
        const QuestionVersion *same = next.bank.question(question.id, question.version);
        if (same && !sameContent(question, *same)) {
            return Error(ErrorCode::Conflict,
                QStringLiteral("published question %1 version %2 has another content there")
                    .arg(question.id)
                    .arg(question.version));
        }
    }
    return {};
}

Result<PackageInfo> BankFolder::apply(const QByteArray &bytes)
{
    if (isDelta(bytes)) {
        const auto old = bytesInUse();
        const auto patched = old ? applyDelta(*old, bytes) : old.error();
        return patched ? apply(*patched) : patched.error();
    }
    const auto package = readTrustedPackage(bytes, m_trustedKeys, m_sm2);
    if (!package) {
        return package.error();
    }
    const auto held = load();
    if (held) {
        if (package->info.manifestHash == held->info.manifestHash) {
            return package->info;
        }
        if (const auto follows = mayFollow(*held, *package); !follows) {
            return follows.error();
        }
    }
    const auto taken = takeIntoUse(bytes, held.has_value());
    if (!taken) {
        return taken.error();
    }
    return package->info;
}

Result<void> BankFolder::takeIntoUse(const QByteArray &bytes, bool held)
{
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
        if (current && readTrustedPackage(*current, m_trustedKeys, m_sm2)) {
            fs::rename(pathOf(currentPath()), pathOf(previousPath()), failed);
        }
    }
    fs::rename(pathOf(incoming), pathOf(currentPath()), failed);
    if (failed) {
        return Error(ErrorCode::Io, QString::fromStdString(failed.message()), currentPath());
    }
    return {};
}

} // namespace qingfeng
