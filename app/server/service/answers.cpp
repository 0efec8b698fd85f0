#include "app/server/service/answers.h"

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/messages.h"

#include <QJsonDocument>

namespace qingfeng::server {
namespace {

/** Words for people who read logs; a program decides by the code. */
QString titleOf(int status)
{
    switch (status) {
    case 400:
        return QStringLiteral("The request is not understood");
    case 401:
        return QStringLiteral("Who asks is not known");
    case 403:
        return QStringLiteral("Not permitted");
    case 404:
        return QStringLiteral("There is no such thing");
    case 405:
        return QStringLiteral("Not with this method");
    case 409:
        return QStringLiteral("It contradicts what is stored");
    case 413:
        return QStringLiteral("The body is too large");
    case 415:
        return QStringLiteral("Not in this media type");
    case 429:
        return QStringLiteral("Too many attempts");
    case 431:
        return QStringLiteral("The header is too large");
    case 503:
        return QStringLiteral("Not now; try again later");
    default:
        return QStringLiteral("Something failed here");
    }
}

} // namespace

Response jsonAnswer(const QJsonObject &object, int status)
{
    Response response;
    response.status = status;
    response.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return response;
}

Response jsonAnswer(const QJsonArray &array)
{
    Response response;
    response.body = QJsonDocument(array).toJson(QJsonDocument::Compact);
    return response;
}

Response problemAnswer(int status, const char *code, const QString &detail, const QJsonObject &members)
{
    Response response
        = jsonAnswer(toJson(Problem {status, QString::fromLatin1(code), titleOf(status), detail, members}), status);
    response.contentType = "application/problem+json";
    return response;
}

Response badRequest(const Error &error)
{
    return problemAnswer(400, "bad-request", error.detail(),
        error.where().isEmpty() ? QJsonObject() : QJsonObject {{QStringLiteral("where"), error.where()}});
}

Response failureAnswer(const Error &error)
{
    if (error.code() != ErrorCode::Unavailable) {
        return problemAnswer(500, "internal");
    }
    Response response = problemAnswer(503, "overloaded");
    response.addHeader("Retry-After", "5");
    return response;
}

Response taggedAnswer(
    const Request &request, const QByteArray &tag, const QByteArray &contentType, const QByteArray &body)
{
    Response response;
    response.addHeader("ETag", '"' + tag + '"');
    response.addHeader("Cache-Control", "no-cache");
    for (const QByteArray &known : request.header("if-none-match").split(',')) {
        const QByteArray candidate = known.trimmed();
        if (candidate == '"' + tag + '"' || candidate == "*") {
            response.status = 304;
            return response;
        }
    }
    response.contentType = contentType;
    response.body = body;
    return response;
}

Result<QJsonObject> jsonBody(const Request &request)
{
    return parseJsonObject(request.body);
}

} // namespace qingfeng::server
