#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/names.h"
#include "question_bank/model/question.h"

#include <QJsonArray>
#include <QJsonObject>

/** What the JSON forms of this folder share; no header of other folders includes it. */
namespace qingfeng::json {

/** Reads fields one after another and remembers the first that is wrong. */
class Reader
{
public:
    explicit Reader(const QJsonObject &object)
        : m_object(object)
    {
    }

    QString text(const char *key, bool required = true)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isString() && (required || !value.isUndefined())) {
            fail(key, QStringLiteral("text expected"));
        }
        if (required && value.toString().isEmpty()) {
            fail(key, QStringLiteral("must not be empty"));
        }
        return fitted(value.toString());
    }

    QStringList texts(const char *key)
    {
        QStringList list;
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isArray() && !value.isUndefined()) {
            fail(key, QStringLiteral("list expected"));
        }
        for (const QJsonValue element : value.toArray()) {
            if (!element.isString()) {
                fail(key, QStringLiteral("list of text expected"));
            }
            list.append(fitted(element.toString()));
        }
        return list;
    }

    bool flag(const char *key)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isBool() && !value.isUndefined()) {
            fail(key, QStringLiteral("true or false expected"));
        }
        return value.toBool();
    }

    int number(const char *key)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isDouble()) {
            fail(key, QStringLiteral("number expected"));
        }
        return value.toInt();
    }

    QDate date(const char *key)
    {
        const QString value = text(key, false);
        if (value.isEmpty()) {
            return {};
        }
        const QDate day = QDate::fromString(value, Qt::ISODate);
        if (!day.isValid()) {
            fail(key, QStringLiteral("date as YYYY-MM-DD expected"));
        }
        return day;
    }

    template <typename Enum> Enum name(const char *key)
    {
        const auto value = fromName<Enum>(text(key));
        if (!value) {
            fail(key, QStringLiteral("unknown name"));
        }
        return value.value_or(Enum{});
    }

    qint64 integer(const char *key, bool required = true)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isDouble() && (required || !value.isUndefined())) {
            fail(key, QStringLiteral("number expected"));
        }
        return value.toInteger();
    }

    bool has(const char *key) const { return m_object.contains(QLatin1String(key)); }
    QJsonObject object(const char *key) { return m_object.value(QLatin1String(key)).toObject(); }
    QJsonArray array(const char *key) { return m_object.value(QLatin1String(key)).toArray(); }

    void fail(const char *key, const QString &detail)
    {
        if (!m_failed) {
            m_failed = true;
            m_error = Error(ErrorCode::InvalidArgument, detail, QString::fromLatin1(key));
        }
    }

    template <typename T> Result<T> result(T value) const
    {
        if (m_failed) {
            return m_error;
        }
        return value;
    }

private:
    /** Text decoded from UTF-8 keeps room for as many characters as it had bytes: three times what Chinese needs. */
    static QString fitted(QString decoded)
    {
        decoded.squeeze();
        return decoded;
    }

    const QJsonObject m_object;
    bool m_failed = false;
    Error m_error;
};

inline QString isoDate(QDate day)
{
    return day.isValid() ? day.toString(Qt::ISODate) : QString();
}

/** Fields that most items do not have are left out when empty, so that their canonical form stays as it was.
 */
inline void insertUnlessEmpty(QJsonObject &object, const char *key, const QString &value)
{
    if (!value.isEmpty()) {
        object.insert(QLatin1String(key), value);
    }
}

inline void insertUnlessEmpty(QJsonObject &object, const char *key, const QJsonArray &value)
{
    if (!value.isEmpty()) {
        object.insert(QLatin1String(key), value);
    }
}

inline void insertPicture(QJsonObject &object, const Picture &picture)
{
    insertUnlessEmpty(object, "picture", picture.media);
    insertUnlessEmpty(object, "picture_alt", picture.alt);
}

inline Picture readPicture(Reader &in)
{
    return {in.text("picture", false), in.text("picture_alt", false)};
}

} // namespace qingfeng::json
