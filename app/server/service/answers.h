#pragma once

#include "app/server/service/message.h"
#include "question_bank/base/result.h"

#include <QJsonArray>
#include <QJsonObject>

/** The forms of an answer. */
namespace qingfeng::server {

/** A constant as text: a field name, a code. */
inline QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

Response jsonAnswer(const QJsonObject &object, int status = 200);
Response jsonAnswer(const QJsonArray &array);

/** A problem document (RFC 9457). docs/protocol.md lists the codes. */
Response problemAnswer(
    int status, const char *code, const QString &detail = {}, const QJsonObject &members = {});

/** For what a client got wrong in a body or parameter: 400 bad-request, naming the field. */
Response badRequest(const Error &error);

/** For what failed on our side: 503 with Retry-After when it may pass, 500 otherwise. */
Response failureAnswer(const Error &error);

/** 200 with a strong ETag, or 304 when the client has it. @param tag  without quotes */
Response taggedAnswer(const Request &request, const QByteArray &tag, const QByteArray &contentType,
    const QByteArray &body);

/** Reads a JSON object or gives the 400 that says at which byte it stops being one. */
Result<QJsonObject> jsonBody(const Request &request);

} // namespace qingfeng::server
