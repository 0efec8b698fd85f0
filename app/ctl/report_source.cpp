#include "app/ctl/report_source.h"

#include "app/ctl/admin_client.h"

#include "quiz/protocol/paths.h"
#include "quiz/protocol/statement.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/package.h"

#include <QDateTime>
#include <QJsonArray>
#include <QThread>

namespace qingfeng::ctl {
namespace {

constexpr int patienceMs = 10'000;
constexpr int pauseMs = 200;

HttpRequest get(const QString &path)
{
    HttpRequest request;
    request.path = path.toLatin1();
    request.headers.append({QByteArray(xapiVersionHeader), QByteArray(xapiVersion)});
    return request;
}

Result<QJsonObject> getObject(const Common &common, const QString &path)
{
    const auto reply = asAdministrator(common, get(path));
    return reply ? parseJsonObject(reply->body) : Result<QJsonObject>(reply.error());
}

/** Lists follow the ledger within moments: waits until they tell everything received before now. */
Result<void> waitUntilSorted(const Common &common)
{
    const auto time = getObject(common, QString(paths::time));
    if (!time) {
        return time.error();
    }
    const qint64 now = time->value(QStringLiteral("time_ms")).toInteger();
    for (int waited = 0; waited <= patienceMs; waited += pauseMs) {
        const auto reply
            = asAdministrator(common, get(QString(paths::xapiStatements) + QStringLiteral("?limit=1")));
        if (!reply) {
            return reply.error();
        }
        const QDateTime through = QDateTime::fromString(
            QString::fromLatin1(reply->header("X-Experience-API-Consistent-Through")), Qt::ISODateWithMs);
        if (through.isValid() && through.toMSecsSinceEpoch() >= now) {
            return {};
        }
        QThread::msleep(pauseMs);
    }
    return Error(ErrorCode::Unavailable,
        QStringLiteral("the server is still sorting in what it has received"), QStringLiteral("server"));
}

Result<QList<Attempt>> allAnswers(const Common &common)
{
    QList<Attempt> attempts;
    QString path = QString(paths::xapiStatements) + QStringLiteral("?ascending=true&limit=500");
    while (!path.isEmpty()) {
        const auto page = getObject(common, path);
        if (!page) {
            return page.error();
        }
        for (const QJsonValue statement : page->value(QStringLiteral("statements")).toArray()) {
            auto attempt = attemptFromStatement(statement.toObject());
            if (!attempt) {
                return attempt.error();
            }
            attempts.append(std::move(*attempt));
        }
        path = page->value(QStringLiteral("more")).toString();
    }
    return attempts;
}

Result<std::shared_ptr<const QuestionBank>> publishedBank(const Common &common)
{
    HttpRequest request = get(QString(paths::bankPackage));
    request.replyLimit = maxPackageBytes;
    const auto reply = asAdministrator(common, std::move(request));
    if (!reply) {
        return reply.error();
    }
    auto package = readPackage(reply->body);
    if (!package) {
        return package.error();
    }
    return std::make_shared<const QuestionBank>(std::move(package->bank));
}

} // namespace

Result<GroupReportInput> readServer(const Common &common, std::shared_ptr<const QuestionBank> bank)
{
    GroupReportInput input;
    const auto people = getObject(common, QString(paths::people));
    auto roster = people ? rosterFromJson(*people) : Result<Roster>(people.error());
    if (!roster) {
        return roster.error();
    }
    input.roster = std::move(*roster);
    input.bank = std::move(bank);
    if (!input.bank) {
        auto published = publishedBank(common);
        if (!published) {
            return published.error();
        }
        input.bank = std::move(*published);
    }
    const auto sorted = waitUntilSorted(common);
    auto attempts = sorted ? allAnswers(common) : Result<QList<Attempt>>(sorted.error());
    if (!attempts) {
        return attempts.error();
    }
    input.attempts = std::move(*attempts);
    return input;
}

} // namespace qingfeng::ctl
