#include "quiz/sync/backoff.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>
#include <QtEndian>

#include "question_bank/base/canonical_json.h"

namespace qingfeng {

qint64 randomBetween(Random &random, qint64 low, qint64 high)
{
    return low + qint64(random.next64() % quint64(high - low + 1));
}

Backoff::Backoff(Random &random)
    : m_random(random)
{
}

qint64 Backoff::nextMs()
{
    m_boundMs = std::min(2 * m_boundMs, longestMs);
    return randomBetween(m_random, shortestMs, m_boundMs);
}

void Backoff::reset()
{
    m_boundMs = shortestMs;
}

std::optional<qint64> httpDateMs(const QByteArray &value)
{
    const QString text = QString::fromLatin1(value).simplified();
    const auto read = [&text](const QString &format) {
        QDateTime time = QLocale::c().toDateTime(text, format);
        time.setTimeSpec(Qt::UTC);
        return time;
    };
    QDateTime time = read(QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!time.isValid()) {
        time = read(QStringLiteral("ddd MMM d hh:mm:ss yyyy")); // asctime
    }
    if (!time.isValid()) {
        // RFC 850. Its weekday is for the right century, which two digits do not name: read without it.
        const qsizetype comma = text.indexOf(QLatin1Char(','));
        time = QLocale::c().toDateTime(
            text.mid(comma + 1).trimmed(), QStringLiteral("dd-MMM-yy hh:mm:ss 'GMT'"));
        time.setTimeSpec(Qt::UTC);
        if (comma < 0 || !time.isValid()) {
            return std::nullopt;
        }
        if (time.date().year() < 1970) {
            time = time.addYears(100);
        }
    }
    return time.toMSecsSinceEpoch();
}

std::optional<qint64> retryAfterMs(const QByteArray &value, qint64 serverNowMs)
{
    const QByteArray text = value.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        bool fits = false;
        const qint64 seconds = text.toLongLong(&fits);
        return fits ? std::min(seconds, longestRetryAfterMs / 1000) * 1000 : longestRetryAfterMs;
    }
    const auto date = httpDateMs(text);
    if (!date) {
        return std::nullopt;
    }
    return std::clamp(*date - serverNowMs, qint64(0), longestRetryAfterMs);
}

qint64 windowDelayMs(const QString &device, int windowSeconds)
{
    if (windowSeconds <= 0) {
        return 0;
    }
    const QByteArray hash = sha256(device.toUtf8());
    return qint64(qFromBigEndian<quint64>(hash.constData()) % (quint64(windowSeconds) * 1000));
}

} // namespace qingfeng
