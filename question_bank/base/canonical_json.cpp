#include "question_bank/base/canonical_json.h"

#include <algorithm>
#include <cmath>

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

namespace qingfeng {
namespace {

void writeString(const QString &text, QByteArray &out)
{
    out += '"';
    QString plain;
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if (u == u'"' || u == u'\\') {
            plain += QLatin1Char('\\');
            plain += c;
        } else if (u >= 0x20) {
            plain += c;
        } else if (u == u'\b') {
            plain += QLatin1String("\\b");
        } else if (u == u'\t') {
            plain += QLatin1String("\\t");
        } else if (u == u'\n') {
            plain += QLatin1String("\\n");
        } else if (u == u'\f') {
            plain += QLatin1String("\\f");
        } else if (u == u'\r') {
            plain += QLatin1String("\\r");
        } else {
            plain += QStringLiteral("\\u%1").arg(int(u), 4, 16, QLatin1Char('0'));
        }
    }
    out += plain.toUtf8();
    out += '"';
}

void write(const QJsonValue &value, QByteArray &out)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        out += value.toBool() ? "true" : "false";
        break;
    case QJsonValue::Double: {
        constexpr double limit = 9007199254740991.0;
        const double number = value.toDouble();
        if (std::abs(number) <= limit && std::trunc(number) == number) {
            out += QByteArray::number(value.toInteger());
        } else {
            out += "null";
        }
        break;
    }
    case QJsonValue::String:
        writeString(value.toString(), out);
        break;
    case QJsonValue::Array: {
        out += '[';
        bool first = true;
        for (const QJsonValue element : value.toArray()) {
            if (!first) {
                out += ',';
            }
            first = false;
            write(element, out);
        }
        out += ']';
        break;
    }
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        QStringList keys = object.keys();
        std::sort(keys.begin(), keys.end());
        out += '{';
        bool first = true;
        for (const QString &key : keys) {
            if (!first) {
                out += ',';
            }
            first = false;
            writeString(key, out);
            out += ':';
            write(object.value(key), out);
        }
        out += '}';
        break;
    }
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        out += "null";
        break;
    }
}

} // namespace

QByteArray canonicalJson(const QJsonValue &value)
{
    QByteArray out;
    write(value, out);
    return out;
}

QByteArray canonicalJson(const QJsonObject &object)
{
    return canonicalJson(QJsonValue(object));
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QString sha256Hex(const QByteArray &bytes)
{
    return QString::fromLatin1(sha256(bytes).toHex());
}

Result<QJsonObject> parseJsonObject(const QByteArray &utf8)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(utf8, &error);
    if (error.error != QJsonParseError::NoError) {
        return Error(ErrorCode::InvalidArgument, error.errorString(), QStringLiteral("byte %1").arg(error.offset));
    }
    if (!document.isObject()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a JSON object is expected"));
    }
    return document.object();
}

} // namespace qingfeng
