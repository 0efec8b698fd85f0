#pragma once

#include "app/server/service/message.h"
#include "question_bank/base/result.h"

#include <chrono>
#include <functional>
#include <memory>

namespace qingfeng::server {

/** Where to listen, with which certificate, and how much a client may take. */
struct HttpSettings
{
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 8443; ///< 0 = a free one
    QString certificateFile; ///< PEM, the chain
    QString keyFile; ///< PEM
    int socket = -1; ///< one that listens already, from systemd; -1 = open address and port
    int threads = 2;
    int maxConnections = 10'000;
    int backlog = 4096;
    int maxHeaderBytes = 8192;
    std::chrono::milliseconds headerTimeout {10'000}; ///< handshake too, and the first byte of a connection
    std::chrono::milliseconds bodyTimeout {30'000}; ///< whole body
    std::chrono::milliseconds writeTimeout {30'000}; ///< whole answer
    std::chrono::milliseconds idleTimeout {60'000}; ///< between requests of one connection
    std::chrono::milliseconds drainTimeout {10'000}; ///< for what is under way when asked to stop
};

/**
 * HTTPS/1.1 over Boost.Beast, and the only user of it: TLS 1.2 and later, one coroutine a connection,
 * keep-alive, every size and time bounded. What is too large is answered before the connection is closed.
 */
class HttpServer
{
public:
    /** Opens the port. Io: it is taken or not ours; InvalidArgument: address or certificate. */
    static Result<std::unique_ptr<HttpServer>> open(const HttpSettings &settings, Handler &handler);
    ~HttpServer();

    quint16 port() const;

    /**
     * Serves until SIGTERM or SIGINT: then takes no more, lets what is under way finish, and returns. SIGHUP
     * reads certificate and key again, and so does a change of their files; a pair that does not fit leaves
     * the old one.
     */
    void run();

    /** What is counted, for the metrics. From any thread. */
    struct Counts
    {
        qint64 connections = 0; ///< open now
        qint64 refused = 0; ///< had no place
        qint64 timedOut = 0; ///< requests answered 408
    };
    Counts counts() const;
    /** Called every second while it serves, on one of its threads, and once when the stop begins with true.
     */
    void setPulse(std::function<void(bool stopping)> pulse);

private:
    class Impl;
    explicit HttpServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace qingfeng::server
