#include "quiz/store/server_clock.h"

#include "quiz/store/learning_store.h"

#include <QFile>
#include <QStringList>

#include <ctime>

namespace qingfeng {
namespace {

constexpr qint64 worthWritingMs = 1000;

QString serverClockValue()
{
    return QStringLiteral("server_clock"); // "<boot id> <server's UTC at the machine's start, ms>"
}

/** A random name of this run of the machine; empty where the system gives none. */
QString bootId()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed()) : QString();
}

qint64 sinceStartMs()
{
    timespec time {};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

/** The server's time at the machine's start. */
std::optional<qint64> measuredStart(const LearningStore &store)
{
    const QStringList parts = store.value(serverClockValue()).split(QLatin1Char(' '));
    if (parts.size() != 2 || parts.first().isEmpty() || parts.first() != bootId()) {
        return std::nullopt;
    }
    bool isNumber = false;
    const qint64 start = parts.last().toLongLong(&isNumber);
    return isNumber ? std::optional(start) : std::nullopt;
}

} // namespace

void noteServerTime(LearningStore &store, qint64 serverUtcMs)
{
    const qint64 start = serverUtcMs - sinceStartMs();
    const auto known = measuredStart(store);
    const QString id = bootId();
    if (!id.isEmpty() && (!known || std::abs(*known - start) >= worthWritingMs)) {
        (void)store.setValue(serverClockValue(), id + QLatin1Char(' ') + QString::number(start));
    }
}

std::optional<qint64> serverTime(const LearningStore &store)
{
    const auto start = measuredStart(store);
    return start ? std::optional(*start + sinceStartMs()) : std::nullopt;
}

} // namespace qingfeng
