#pragma once

#include "app/server/service/access.h"
#include "app/server/service/service_counts.h"

#include <span>

namespace qingfeng::server {

/** One line of the table that is the service's face. */
struct Route
{
    const char *method;
    const char *path; ///< may have one "{…}" segment
    Access access;
    const char *mediaTypes; ///< accepted of a body, separated by a space; null = no body
    qint64 maxBody; ///< bytes
    Operation operation;
    Needs needs = {}; ///< of accounts and tools, on top of access
    const char *act = nullptr; ///< of an administrator: its name in the audit, where it stands before it is done
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
    /** Notes that a session is in use. */
    void touch(const Caller &caller);
    /** A reply that first enters in the audit what was refused to an administrator, or what failed. */
    Reply entered(const Route &route, const Call &call, const Reply &reply);
    /** Runs it after its entry in the audit is durable; what becomes of an entered act that fails is entered too. */
    void runEntered(const Route &route, Call call, const Reply &reply);
    void run(const Route &route, Call call, const Reply &reply);

    Context m_context;
    ServiceCounts m_counts;
};

} // namespace qingfeng::server
