#include "quiz/sync/sync_stage.h"

#include "question_bank/base/canonical_json.h"

namespace qingfeng {

std::optional<Problem> problemIn(const HttpReply &reply)
{
    if (reply.status < 400) {
        return std::nullopt;
    }
    const auto object = parseJsonObject(reply.body);
    if (!object) {
        return std::nullopt;
    }
    const auto problem = problemFromJson(*object);
    return problem && problem->status == reply.status ? std::optional(*problem) : std::nullopt;
}

Error unexpected(const HttpReply &reply)
{
    const auto problem = problemIn(reply);
    return Error(reply.status < 300 ? ErrorCode::Corrupt : ErrorCode::Unavailable,
        problem ? QStringLiteral("HTTP %1 %2").arg(reply.status).arg(problem->code)
                : QStringLiteral("HTTP %1 with an unreadable body").arg(reply.status));
}

HttpRequest getRequest(const QByteArray &path, const QString &etag)
{
    HttpRequest request;
    request.path = path;
    if (!etag.isEmpty()) {
        request.headers.append({QByteArrayLiteral("If-None-Match"), etag.toLatin1()});
    }
    return request;
}

HttpRequest postRequest(const QByteArray &path, QByteArray body)
{
    HttpRequest request;
    request.method = QByteArrayLiteral("POST");
    request.path = path;
    request.headers.append({QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")});
    request.body = std::move(body);
    return request;
}

} // namespace qingfeng
