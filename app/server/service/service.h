#pragma once

#include "app/server/service/operations.h"
#include "app/server/service/service_counts.h"

#include <span>

namespace qingfeng::server {

/** Who may call a route. */
enum class Access { Anyone, Device, Admin, DeviceOrAdmin };

/** One line of the table that is the service's face. */
struct Route
{
    const char *method;
    const char *path; ///< may have one "{…}" segment
    Access access;
    const char *mediaTypes; ///< accepted of a body, separated by a space; null = no body
    qint64 maxBody; ///< bytes
    Operation operation;
};

/** The whole table; GET routes answer HEAD too. */
std::span<const Route> routes();

/**
 * The service without a transport: finds the route, says who asks, and runs the operation.
 *
 * Safe from any thread. Everything that goes wrong becomes a problem document.
 */
class Service final : public Handler
{
public:
    Service(EventStore &store, const Clock &clock, Random &random, const Callers &callers, ServiceSettings settings);

    qint64 bodyLimit(const Request &request) const override;
    std::optional<Response> shed(const Request &request) override;
    void handle(Request request, Reply reply) override;
    Response refusal(int status) const override;
    const ServiceCounts &counts() const { return m_counts; }
    const Admission &admission() const { return m_context.admission; }

private:
    void dispatch(Request request, const Reply &reply);

    Context m_context;
    ServiceCounts m_counts;
};

} // namespace qingfeng::server
