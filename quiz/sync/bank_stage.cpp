#include "quiz/sync/bank_stage.h"

#include <QFileInfo>

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/package.h"
#include "quiz/protocol/paths.h"

namespace qingfeng {
namespace {

QString manifestDocument()
{
    return QStringLiteral("bank-manifest");
}

QString refusedValue()
{
    return QStringLiteral("sync_refused_package");
}

QByteArray bytesOf(QLatin1String path)
{
    return QByteArray(path.data(), path.size());
}

} // namespace

void readBank(SyncContext &context)
{
    auto package = context.bankFolder.load();
    if (!package) {
        context.bank.reset();
        context.bankManifestHash.clear();
        return;
    }
    context.bankManifestHash = package->info.manifestHash;
    context.bank = std::make_shared<const QuestionBank>(std::move(package->bank));
}

BankStage::BankStage(SyncContext &context)
    : SyncStage(context)
{
}

std::optional<HttpRequest> BankStage::next()
{
    if (error() || m_step == Step::Done) {
        return std::nullopt;
    }
    if (m_step == Step::Package) {
        HttpRequest request = getRequest(bytesOf(paths::bankPackage));
        request.replyLimit = maxPackageBytes;
        return request;
    }
    // "Unchanged" is an answer only while the bank in use is the one that the tag was given for.
    const auto known = m_context.store.document(manifestDocument());
    const auto object = known ? parseJsonObject(known->second) : known.error();
    const auto manifest = object ? manifestInfoFromJson(*object) : object.error();
    const bool inUse = manifest && manifest->manifestHash == m_context.bankManifestHash;
    return getRequest(bytesOf(paths::bankManifest), inUse ? known->first : QString());
}

void BankStage::take(const HttpReply &reply)
{
    if (m_step == Step::Manifest) {
        takeManifest(reply);
    } else {
        takePackage(reply);
    }
}

void BankStage::takeManifest(const HttpReply &reply)
{
    m_step = Step::Done;
    if (reply.status == 304 || reply.status == 404) {
        return; // unchanged, or nothing published yet
    }
    const auto object = parseJsonObject(reply.body);
    const auto manifest = object ? manifestInfoFromJson(*object) : object.error();
    if (reply.status != 200 || !manifest) {
        stop(unexpected(reply));
        return;
    }
    m_published = *manifest;
    m_etag = QString::fromLatin1(reply.header(QByteArrayLiteral("ETag")));
    if (m_published.manifestHash == m_context.bankManifestHash) {
        const auto saved = m_context.store.saveDocument(manifestDocument(), m_etag, canonicalJson(toJson(m_published)));
        if (!saved) {
            stop(saved.error());
        }
    } else if (m_context.bank && m_published.revision < m_context.bank->revision) {
        refuse(Error(ErrorCode::Conflict, QStringLiteral("revision %1 is older than the revision %2 in use")
                                              .arg(m_published.revision)
                                              .arg(m_context.bank->revision)));
    } else if (m_context.store.value(refusedValue()) == refusalMark()) {
        stop(Error(ErrorCode::NotPermitted, QStringLiteral("the published package was refused before")));
    } else if (m_published.packageBytes > maxPackageBytes) {
        refuse(Error(ErrorCode::TooLarge, QStringLiteral("a package of %1 bytes").arg(m_published.packageBytes)));
    } else if (pinFirstKey()) {
        m_step = Step::Package;
    }
}

/** Whoever signed the first package that this unit publishes is who signs them all. */
bool BankStage::pinFirstKey()
{
    if (!m_context.device.bankKeys.isEmpty()) {
        return true;
    }
    const auto pinned = pinBankKey(m_context.dataFolder, m_published.signingPublicKey);
    if (!pinned) {
        stop(pinned.error());
        return false;
    }
    m_context.device.bankKeys = {m_published.signingPublicKey};
    m_context.bankFolder
        = BankFolder(QFileInfo(m_context.bankFolder.currentPath()).path(), m_context.device.bankKeys);
    return true;
}

void BankStage::takePackage(const HttpReply &reply)
{
    m_step = Step::Done;
    if (reply.status != 200) {
        stop(unexpected(reply));
        return;
    }
    if (sha256Hex(reply.body) != m_published.packageHash) {
        // Published anew between the two requests, or altered on the way: once from the start.
        if (m_startedOver) {
            stop(Error(ErrorCode::Corrupt, QStringLiteral("the package is not the one that the manifest names")));
        } else {
            m_startedOver = true;
            m_step = Step::Manifest;
        }
        return;
    }
    const auto applied = m_context.bankFolder.apply(reply.body);
    if (!applied) {
        refuse(applied.error());
        return;
    }
    m_context.report.bankChanged = applied->manifestHash != m_context.bankManifestHash;
    readBank(m_context);
    ManifestInfo inUse = m_published;
    inUse.manifestHash = applied->manifestHash;
    const auto saved = m_context.store.saveDocument(manifestDocument(), m_etag, canonicalJson(toJson(inUse)));
    if (!saved) {
        stop(saved.error());
    }
}

QString BankStage::refusalMark() const
{
    return m_published.packageHash + QStringLiteral(" " QF_VERSION);
}

void BankStage::refuse(const Error &error)
{
    stop(error);
    // A full disk passes; what is in the package does not.
    if (error.code() == ErrorCode::Io || m_context.store.value(refusedValue()) == refusalMark()) {
        return;
    }
    (void)m_context.store.addEvent(m_context.reporter, QStringLiteral("sync-bank-refused"),
        QStringLiteral("revision %1: %2").arg(m_published.revision).arg(errorName(error.code())));
    (void)m_context.store.setValue(refusedValue(), refusalMark());
}

} // namespace qingfeng
