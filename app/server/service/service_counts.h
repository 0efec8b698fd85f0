#pragma once

#include <array>
#include <atomic>
#include <vector>

#include <QtGlobal>

namespace qingfeng::server {

/**
 * What was answered, by route: counters that threads add to without a lock and the metrics read. The last
 * route is for paths that are none of ours.
 */
class ServiceCounts
{
public:
    /** Upper bounds of the buckets of durations, in ms; what took longer is in the last one. */
    static constexpr std::array<qint64, 10> boundsMs{1, 2, 5, 10, 20, 50, 100, 250, 1000, 5000};

    struct Route
    {
        std::array<std::atomic<qint64>, 6>
            byClass{}; ///< of status 1xx … 5xx; 429 and 503 in place 0: told to come back
        std::array<std::atomic<qint64>, boundsMs.size() + 1> byDuration{};
        std::atomic<qint64> totalMs{0};
    };

    explicit ServiceCounts(std::size_t routes)
        : m_routes(routes + 1)
    {
    }

    void add(std::size_t route, int status, qint64 tookMs)
    {
        Route &entry = m_routes[route < m_routes.size() ? route : m_routes.size() - 1];
        const bool later = status == 429 || status == 503;
        const int statusClass = later || status < 100 || status > 599 ? 0 : status / 100;
        ++entry.byClass[std::size_t(statusClass)];
        std::size_t bucket = 0;
        while (bucket < boundsMs.size() && tookMs > boundsMs[bucket]) {
            ++bucket;
        }
        ++entry.byDuration[bucket];
        entry.totalMs += tookMs;
    }

    const std::vector<Route> &routes() const { return m_routes; }

private:
    std::vector<Route> m_routes;
};

} // namespace qingfeng::server
