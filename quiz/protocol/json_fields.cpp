#include "quiz/protocol/json_fields.h"

#include "question_bank/base/uuid.h"

#include <cmath>

namespace qingfeng {

JsonFields::JsonFields(QJsonObject object, QString where)
    : m_object(std::move(object))
    , m_where(std::move(where))
{
}

void JsonFields::fail(QLatin1String key, const QString &detail)
{
    if (!m_error) {
        m_error = Error(ErrorCode::InvalidArgument, detail, m_where + key);
    }
}

QString JsonFields::text(QLatin1String key, int maxLength, Presence presence)
{
    const QJsonValue value = m_object.value(key);
    if (value.isUndefined() && presence == Presence::Optional) {
        return {};
    }
    const QString text = value.toString();
    if (!value.isString() || (text.isEmpty() && presence == Presence::Required)) {
        fail(key, QStringLiteral("text expected"));
    } else if (text.size() > maxLength) {
        fail(key, QStringLiteral("longer than %1 characters").arg(maxLength));
    }
    return m_error ? QString() : text;
}

qint64 JsonFields::integer(QLatin1String key, qint64 min, qint64 max)
{
    const QJsonValue value = m_object.value(key);
    const double number = value.toDouble();
    if (!value.isDouble() || std::trunc(number) != number || number < double(min) || number > double(max)) {
        fail(key, QStringLiteral("whole number from %1 to %2 expected").arg(min).arg(max));
    }
    return m_error ? 0 : value.toInteger();
}

bool JsonFields::boolean(QLatin1String key)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isBool()) {
        fail(key, QStringLiteral("true or false expected"));
    }
    return !m_error && value.toBool();
}

QByteArray JsonFields::base64(QLatin1String key, qsizetype size)
{
    const QByteArray text = m_object.value(key).toString().left(size * 2 + 8).toLatin1();
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).size() != size) {
        fail(key, QStringLiteral("base64 of %1 bytes expected").arg(size));
    }
    return m_error ? QByteArray() : *decoded;
}

QStringList JsonFields::texts(QLatin1String key, int maxCount, int maxLength)
{
    QStringList list;
    for (const QJsonValue element : array(key, maxCount)) {
        const QString text = element.toString();
        if (!element.isString() || text.size() > maxLength) {
            fail(key, QStringLiteral("texts of at most %1 characters expected").arg(maxLength));
        }
        list.append(text);
    }
    return m_error ? QStringList() : list;
}

QJsonArray JsonFields::array(QLatin1String key, int maxCount)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isArray()) {
        fail(key, QStringLiteral("list expected"));
    } else if (value.toArray().size() > maxCount) {
        fail(key, QStringLiteral("more than %1 entries").arg(maxCount));
    }
    return m_error ? QJsonArray() : value.toArray();
}

QJsonObject JsonFields::object(QLatin1String key, Presence presence)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isObject() && !(value.isUndefined() && presence == Presence::Optional)) {
        fail(key, QStringLiteral("object expected"));
    }
    return m_error ? QJsonObject() : value.toObject();
}

QString JsonFields::uuid(QLatin1String key)
{
    const QString id = text(key, 36);
    if (!m_error && !isUuid(id)) {
        fail(key, QStringLiteral("lower-case UUID expected"));
    }
    return m_error ? QString() : id;
}

} // namespace qingfeng
