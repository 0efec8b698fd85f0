#include "app/server/monitoring/metrics.h"

#include <limits>

#include <prometheus/collectable.h>
#include <prometheus/exposer.h>
#include <prometheus/metric_family.h>

namespace qingfeng::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr const char *classNames[] = {"later", "1xx", "2xx", "3xx", "4xx", "5xx"};

MetricFamily family(const char *name, const char *help, MetricType type)
{
    MetricFamily made;
    made.name = name;
    made.help = help;
    made.type = type;
    return made;
}

MetricFamily single(const char *name, const char *help, MetricType type, double value)
{
    MetricFamily made = family(name, help, type);
    ClientMetric metric;
    (type == MetricType::Gauge ? metric.gauge.value : metric.counter.value) = value;
    made.metric.push_back(std::move(metric));
    return made;
}

std::vector<ClientMetric::Label> labelsOf(std::size_t route)
{
    const auto table = routes();
    const bool known = route < table.size();
    return {{"method", known ? table[route].method : "-"}, {"route", known ? table[route].path : "-"}};
}

MetricFamily requestsFamily(const ServiceCounts &counts)
{
    MetricFamily made = family("qingfeng_http_requests_total",
        "Requests by route and class of answer; \"later\" were told to come back (429, 503).",
        MetricType::Counter);
    for (std::size_t route = 0; route < counts.routes().size(); ++route) {
        for (std::size_t i = 0; i < std::size(classNames); ++i) {
            const qint64 count = counts.routes()[route].byClass[i];
            if (count > 0) {
                ClientMetric metric;
                metric.label = labelsOf(route);
                metric.label.push_back({"class", classNames[i]});
                metric.counter.value = double(count);
                made.metric.push_back(std::move(metric));
            }
        }
    }
    return made;
}

MetricFamily durationsFamily(const ServiceCounts &counts)
{
    MetricFamily made = family("qingfeng_http_request_duration_seconds",
        "From the whole request to its answer, by route.", MetricType::Histogram);
    for (std::size_t route = 0; route < counts.routes().size(); ++route) {
        const ServiceCounts::Route &entry = counts.routes()[route];
        ClientMetric metric;
        metric.label = labelsOf(route);
        std::uint64_t cumulative = 0;
        for (std::size_t i = 0; i < entry.byDuration.size(); ++i) {
            cumulative += std::uint64_t(entry.byDuration[i]);
            const bool last = i == ServiceCounts::boundsMs.size();
            metric.histogram.bucket.push_back({cumulative,
                last ? std::numeric_limits<double>::infinity() : double(ServiceCounts::boundsMs[i]) / 1000});
        }
        metric.histogram.sample_count = cumulative;
        metric.histogram.sample_sum = double(entry.totalMs) / 1000;
        if (cumulative > 0) {
            made.metric.push_back(std::move(metric));
        }
    }
    return made;
}

} // namespace

namespace {

class Source final : public prometheus::Collectable
{
public:
    Source(const Service &service, const HttpServer &http)
        : m_service(service)
        , m_http(http)
    {
    }

    std::vector<MetricFamily> Collect() const override
    {
        const HttpServer::Counts http = m_http.counts();
        MetricFamily build = single("qingfeng_build_info", "The version that runs.", MetricType::Gauge, 1);
        build.metric.front().label = {{"version", QF_VERSION}};
        return {std::move(build),
            single("qingfeng_connections", "Connections that are open.", MetricType::Gauge,
                double(http.connections)),
            single("qingfeng_connections_refused_total", "Connections for which there was no place.",
                MetricType::Counter, double(http.refused)),
            single("qingfeng_requests_too_slow_total", "Requests that did not come in in time (408).",
                MetricType::Counter, double(http.timedOut)),
            single("qingfeng_requests_in_flight", "Requests between header and written answer.",
                MetricType::Gauge, m_service.admission().inFlight()),
            single("qingfeng_requests_shed_total", "Requests refused because too much was under way (503).",
                MetricType::Counter, double(m_service.admission().shed())),
            requestsFamily(m_service.counts()), durationsFamily(m_service.counts())};
    }

private:
    const Service &m_service;
    const HttpServer &m_http;
};

} // namespace

class Metrics::Impl
{
public:
    std::shared_ptr<prometheus::Collectable> source; ///< the exposer holds it weakly
    std::unique_ptr<prometheus::Exposer> exposer;
};

Metrics::Metrics(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

Metrics::~Metrics() = default;

Result<std::unique_ptr<Metrics>> Metrics::open(
    const QString &address, const Service &service, const HttpServer &http)
{
    auto impl = std::make_unique<Impl>();
    impl->source = std::make_shared<Source>(service, http);
    try {
        impl->exposer = std::make_unique<prometheus::Exposer>(address.toStdString(), 1);
    } catch (const std::exception &failure) { // civetweb's own
        return Error(ErrorCode::Io, QString::fromUtf8(failure.what()), address);
    }
    impl->exposer->RegisterCollectable(impl->source);
    return std::unique_ptr<Metrics>(new Metrics(std::move(impl)));
}

} // namespace qingfeng::server
