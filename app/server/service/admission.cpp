#include "app/server/service/admission.h"

#include <algorithm>
#include <cmath>

namespace qingfeng::server {
namespace {

constexpr qsizetype maxBuckets = 200'000; ///< more than that are looked through for those that are full again

/** Percent of the places that an errand may find taken and still come in. */
int shareOf(Errand errand)
{
    switch (errand) {
    case Errand::Health:
    case Errand::Answers:
        return 100;
    case Errand::Administration:
        return 90;
    case Errand::Bank:
        return 75;
    case Errand::Themes:
        return 60;
    case Errand::Messages:
        return 50;
    }
    return 50;
}

} // namespace

Errand errandOf(const QString &path)
{
    struct Prefix
    {
        const char *path;
        Errand errand;
    };
    static constexpr Prefix prefixes[] = {
        {"/xapi/", Errand::Answers},
        {"/healthz", Errand::Health},
        {"/readyz", Errand::Health},
        {"/v1/time", Errand::Answers},
        {"/v1/token", Errand::Answers},
        {"/v1/events", Errand::Answers},
        {"/v1/receipts", Errand::Answers},
        {"/v1/enrol", Errand::Answers},
        {"/v1/bank/", Errand::Bank},
        {"/v1/roster/", Errand::Bank},
        {"/v1/policy", Errand::Bank},
        {"/v1/themes", Errand::Themes},
        {"/v1/messages", Errand::Messages},
        {"/v1/annotations", Errand::Messages},
    };
    for (const Prefix &prefix : prefixes) {
        if (path.startsWith(QLatin1String(prefix.path))) {
            return prefix.errand;
        }
    }
    return Errand::Administration;
}

Admission::Admission(const Clock &clock, AdmissionSettings settings)
    : m_clock(clock)
    , m_settings(settings)
    , m_inFlight(std::make_shared<std::atomic<int>>(0))
{
}

bool Admission::hasRoomFor(Errand errand)
{
    const int most = std::max(1, m_settings.maxInFlight * shareOf(errand) / 100);
    const bool room = errand == Errand::Health || *m_inFlight < most;
    m_shed += room ? 0 : 1;
    return room;
}

std::shared_ptr<void> Admission::enter()
{
    m_inFlight->fetch_add(1);
    return std::shared_ptr<void>(nullptr, [count = m_inFlight](void *) { count->fetch_sub(1); });
}

int Admission::retrySeconds()
{
    return 1 + int(m_shed % 5);
}

int Admission::wait(const QString &name)
{
    const qint64 now = m_clock.utcMs();
    const std::lock_guard lock(m_mutex);
    if (m_buckets.size() >= maxBuckets) {
        forgetFull(now);
    }
    auto found = m_buckets.find(name);
    if (found == m_buckets.end()) {
        found = m_buckets.insert(name, {double(m_settings.burst), now});
    }
    Bucket &bucket = *found;
    const double since = double(std::max<qint64>(0, now - bucket.filledAtMs)) / 1000;
    bucket.tokens = std::min(double(m_settings.burst), bucket.tokens + since * m_settings.perSecond);
    bucket.filledAtMs = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
    }
    return int(std::ceil((1 - bucket.tokens) / m_settings.perSecond));
}

void Admission::forgetFull(qint64 nowMs)
{
    const qint64 refillMs = qint64(m_settings.burst) * 1000 / m_settings.perSecond;
    m_buckets.removeIf([nowMs, refillMs](const QHash<QString, Bucket>::iterator bucket) {
        return nowMs - bucket->filledAtMs >= refillMs;
    });
    if (m_buckets.size() >= maxBuckets) {
        m_buckets.clear(); // so many at once are no bureau; nobody is locked out by the others
    }
}

} // namespace qingfeng::server
