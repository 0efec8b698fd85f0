#include "app/server/service/answers.h"
#include "app/server/service/operations.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/package.h"
#include "quiz/protocol/messages.h"

#include <QFile>
#include <QSaveFile>

namespace qingfeng::server::operations {
namespace {

QString packagePath(const Context &context, const QString &hash)
{
    return context.settings.bankFolder + QLatin1Char('/') + hash + QStringLiteral(".qfbank");
}

Response nothingPublished()
{
    return problemAnswer(404, "nothing-published");
}

Response refusedPackage(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::NotPermitted:
        return problemAnswer(403, "signature-unknown", error.detail());
    case ErrorCode::Conflict:
        return problemAnswer(409, "revision-conflict", error.detail());
    case ErrorCode::Corrupt:
    case ErrorCode::InvalidArgument:
    case ErrorCode::TooLarge:
    case ErrorCode::TooNew:
        return problemAnswer(400, "package-invalid", error.detail());
    default:
        return failureAnswer(error);
    }
}

ManifestInfo infoOf(const Publication &p)
{
    return {p.unit, p.revision, p.manifestHash, p.packageHash, p.bytes, p.questions, p.signingPublicKey,
        p.publishedAtMs};
}

/** Writes the package before the database names it, so that what is named is always there. */
Result<void> keepPackage(const Context &context, const QString &hash, const QByteArray &bytes)
{
    QSaveFile file(packagePath(context, hash));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return Error(ErrorCode::Unavailable, file.errorString());
    }
    return {};
}

Result<QByteArray> packageBytes(Context &context, const QString &hash)
{
    const std::lock_guard lock(context.package.mutex);
    if (context.package.hash != hash) {
        QFile file(packagePath(context, hash));
        if (!file.open(QIODevice::ReadOnly)) {
            return Error(ErrorCode::Io, file.errorString());
        }
        context.package.bytes = file.readAll();
        context.package.hash = hash;
    }
    return context.package.bytes;
}

void runPublish(Context &context, const QByteArray &bytes, const Reply &reply)
{
    const auto info = inspectPackage(bytes);
    if (!info) {
        return reply(refusedPackage(info.error()));
    }
    const QString hash = sha256Hex(bytes);
    const auto kept = keepPackage(context, hash, bytes);
    if (!kept) {
        return reply(failureAnswer(kept.error()));
    }
    const Publication publication {info->unit, info->revision, info->manifestHash, hash, bytes.size(),
        info->questions, info->signingPublicKey, context.clock.utcMs()};
    context.store.publish(publication, [publication, reply](const Result<void> &published) {
        reply(published ? jsonAnswer(toJson(infoOf(publication))) : refusedPackage(published.error()));
    });
}

} // namespace

void publish(Context &context, Call call, Reply reply)
{
    const bool taken = context.slow.post(
        [&context, bytes = call.request.body, reply] { runPublish(context, bytes, reply); });
    if (!taken) {
        reply(failureAnswer(Error(ErrorCode::Unavailable)));
    }
}

void manifest(Context &context, Call call, Reply reply)
{
    const auto published = context.store.published();
    if (!published) {
        return reply(failureAnswer(published.error()));
    }
    if (!*published) {
        return reply(nothingPublished());
    }
    const QByteArray body = canonicalJson(toJson(infoOf(**published)));
    reply(taggedAnswer(call.request, sha256(body).toHex(), "application/json", body));
}

void package(Context &context, Call call, Reply reply)
{
    const auto published = context.store.published();
    if (!published) {
        return reply(failureAnswer(published.error()));
    }
    if (!*published) {
        return reply(nothingPublished());
    }
    const auto bytes = packageBytes(context, (*published)->packageHash);
    if (!bytes) {
        return reply(failureAnswer(bytes.error()));
    }
    reply(taggedAnswer(
        call.request, (*published)->packageHash.toLatin1(), "application/vnd.qingfeng.bank", *bytes));
}

} // namespace qingfeng::server::operations
