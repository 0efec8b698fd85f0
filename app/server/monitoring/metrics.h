#pragma once

#include "app/server/http/http_server.h"
#include "app/server/service/service.h"

#include <memory>

namespace qingfeng::server {

/**
 * Serves /metrics in the text format of Prometheus on an address of its own, plain HTTP, for the monitoring
 * of the house. Labels are routes of the service's table, never what stood in a request.
 */
class Metrics
{
public:
    /** @param address  "127.0.0.1:9464"; InvalidArgument or Io when it cannot be listened at */
    static Result<std::unique_ptr<Metrics>> open(
        const QString &address, const Service &service, const HttpServer &http);
    ~Metrics();

private:
    class Impl;
    explicit Metrics(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace qingfeng::server
