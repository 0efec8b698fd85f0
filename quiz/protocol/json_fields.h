#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <limits>
#include <optional>

namespace qingfeng {

/** The name of a field. */
inline QLatin1String key(const char *name)
{
    return QLatin1String(name);
}

/**
 * Reads the fields of one JSON object strictly and remembers the first thing that was wrong, so that a reader
 * is a list of fields and one test at the end. Once something failed, every further read gives an empty value.
 */
class JsonFields
{
public:
    /** @param where  put before field names in errors: "events[3]." */
    explicit JsonFields(QJsonObject object, QString where = {});

    enum class Presence { Required, Optional };

    /** Text of at most @p maxLength UTF-16 units; a required one must not be empty. */
    QString text(QLatin1String key, int maxLength, Presence presence = Presence::Required);
    /** A whole number in [min, max]. */
    qint64 integer(QLatin1String key, qint64 min = 0, qint64 max = maxInteger);
    bool boolean(QLatin1String key);
    /** Base64 of exactly @p size bytes. */
    QByteArray base64(QLatin1String key, qsizetype size);
    /** At most @p maxCount texts. */
    QStringList texts(QLatin1String key, int maxCount, int maxLength);
    QJsonArray array(QLatin1String key, int maxCount);
    QJsonObject object(QLatin1String key, Presence presence = Presence::Required);
    QString uuid(QLatin1String key);

    void fail(QLatin1String key, const QString &detail);
    const std::optional<Error> &error() const { return m_error; }
    /** The value, unless a field was wrong. */
    template <typename T> Result<T> result(T value) const
    {
        if (m_error) {
            return *m_error;
        }
        return value;
    }

    static constexpr qint64 maxInteger = 9007199254740991; ///< 2^53 − 1: what JSON carries exactly

private:
    QJsonObject m_object;
    QString m_where;
    std::optional<Error> m_error;
};

} // namespace qingfeng
