#include "app/ctl/admin_client.h"

#include "quiz/net/http_transport.h"
#include "quiz/protocol/admin_messages.h"
#include "quiz/protocol/messages.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/bank_folder.h"

#include <QEventLoop>

#include <optional>

namespace qingfeng::ctl {
namespace {

constexpr qint64 maxConnectionFile = 64 * 1024;

ErrorCode codeFor(int status)
{
    switch (status) {
    case 401:
    case 403:
        return ErrorCode::NotPermitted;
    case 404:
        return ErrorCode::NotFound;
    case 409:
        return ErrorCode::Conflict;
    case 413:
        return ErrorCode::TooLarge;
    case 429:
    case 503:
        return ErrorCode::Unavailable;
    default:
        return status < 500 ? ErrorCode::InvalidArgument : ErrorCode::Internal;
    }
}

} // namespace

Result<HttpReply> exchange(Transport &transport, HttpRequest request)
{
    QEventLoop loop;
    std::optional<Result<HttpReply>> answer;
    transport.send(std::move(request), [&](Result<HttpReply> reply) {
        answer.emplace(std::move(reply));
        loop.quit();
    });
    while (!answer) {
        loop.exec();
    }
    return std::move(*answer);
}

Result<HttpReply> accepted(Result<HttpReply> reply)
{
    if (!reply || reply->status < 400) {
        return reply;
    }
    const auto document = parseJsonObject(reply->body);
    const auto problem = document ? problemFromJson(*document) : Result<Problem>(document.error());
    return Error(codeFor(reply->status),
        problem ? problem->code + QStringLiteral(": ") + problem->detail
                : QStringLiteral("HTTP status %1").arg(reply->status),
        QStringLiteral("server"));
}

Result<AdminConnection> administrator(const Common &common)
{
    if (common.adminPath.isEmpty()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("the server's admin.json is needed"),
            QStringLiteral("--admin"));
    }
    const auto bytes = readFile(common.adminPath, maxConnectionFile);
    if (!bytes) {
        return bytes.error();
    }
    const auto object = parseJsonObject(*bytes);
    if (!object) {
        return object.error();
    }
    return adminConnectionFromJson(*object);
}

Result<HttpReply> asAdministrator(const Common &common, HttpRequest request)
{
    const auto connection = administrator(common);
    if (!connection) {
        return connection.error();
    }
    const auto ca = readFile(connection->caFile, maxConnectionFile);
    if (!ca) {
        return ca.error();
    }
    auto transport = HttpTransport::create(QUrl(connection->url), *ca);
    if (!transport) {
        return transport.error();
    }
    request.headers.append({"Authorization", "Bearer " + connection->token.toLatin1()});
    return accepted(exchange(**transport, std::move(request)));
}

} // namespace qingfeng::ctl
