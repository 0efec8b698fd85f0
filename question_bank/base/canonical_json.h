#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>

namespace qingfeng {

/**
 * The canonical form of a JSON value: keys sorted by UTF-16 code unit, UTF-8, no insignificant space, only the
 * escapes that JSON requires, integers without fraction or exponent (RFC 8785 restricted to integers).
 *
 * Whatever is hashed or signed is hashed in this form, so that a value means the same bytes everywhere.
 * Numbers must be integers of magnitude ≤ 2^53 − 1; anything else is written as null, for a rounded number
 * must never carry a signature.
 */
QByteArray canonicalJson(const QJsonValue &value);
QByteArray canonicalJson(const QJsonObject &object);

/** SHA-256 of @p bytes, 32 raw bytes. */
QByteArray sha256(const QByteArray &bytes);
/** The same as 64 lower-case hex digits. */
QString sha256Hex(const QByteArray &bytes);

/** Parses UTF-8 that must be one JSON object; InvalidArgument with the byte offset otherwise. */
Result<QJsonObject> parseJsonObject(const QByteArray &utf8);

} // namespace qingfeng
