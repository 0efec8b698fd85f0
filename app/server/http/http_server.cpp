#include "app/server/http/http_server.h"

#include "app/server/http/session.h"

#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

namespace qingfeng::server {
namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

class HttpServer::Impl
{
public:
    Impl(const HttpSettings &settings, Handler &handler)
        : m_settings(settings)
        , m_io(settings.threads)
        , m_tls(ssl::context::tls_server)
        , m_strand(asio::make_strand(m_io))
        , m_acceptor(m_strand)
        , m_signals(m_strand)
        , m_drain(m_strand)
        , m_shared(m_settings, handler)
    {
    }

    Result<void> open();
    quint16 port() const { return m_acceptor.local_endpoint().port(); }
    void run();

private:
    asio::awaitable<void> accept();
    void stop();
    void waitForSessions(int rounds);

    const HttpSettings m_settings;
    asio::io_context m_io;
    ssl::context m_tls;
    const asio::strand<asio::io_context::executor_type> m_strand; ///< accepting and stopping, not connections
    tcp::acceptor m_acceptor;
    asio::signal_set m_signals;
    asio::steady_timer m_drain;
    SessionShared m_shared;
};

Result<void> HttpServer::Impl::open()
{
    error_code error;
    const auto failed = [&error](ErrorCode code, const QString &where) {
        return Error(code, QString::fromStdString(error.message()), where);
    };
    m_tls.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3
        | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::single_dh_use);
    m_tls.use_certificate_chain_file(m_settings.certificateFile.toStdString(), error);
    if (error) {
        return failed(ErrorCode::InvalidArgument, m_settings.certificateFile);
    }
    m_tls.use_private_key_file(m_settings.keyFile.toStdString(), ssl::context::pem, error);
    if (error) {
        return failed(ErrorCode::InvalidArgument, m_settings.keyFile);
    }
    static constexpr unsigned char sessionContext[] = "qingfeng";
    SSL_CTX_set_session_id_context(m_tls.native_handle(), sessionContext, sizeof sessionContext - 1);

    const auto address = asio::ip::make_address(m_settings.address.toStdString(), error);
    if (error) {
        return failed(ErrorCode::InvalidArgument, m_settings.address);
    }
    const tcp::endpoint endpoint(address, m_settings.port);
    const QString where = QStringLiteral("%1 port %2").arg(m_settings.address).arg(m_settings.port);
    m_acceptor.open(endpoint.protocol(), error);
    if (!error) {
        m_acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error) {
        m_acceptor.bind(endpoint, error);
    }
    if (!error) {
        m_acceptor.listen(m_settings.backlog, error);
    }
    if (error) {
        return failed(ErrorCode::Io, where);
    }
    return {};
}

asio::awaitable<void> HttpServer::Impl::accept()
{
    while (!m_shared.stopping) {
        auto [error, socket]
            = co_await m_acceptor.async_accept(asio::make_strand(m_io), asio::as_tuple(asio::use_awaitable));
        if (error == asio::error::operation_aborted) {
            co_return;
        }
        if (error) { // out of descriptors, or gone again: go on, but not in a circle
            asio::steady_timer pause(m_strand, std::chrono::milliseconds(20));
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
            continue;
        }
        if (m_shared.count() >= std::size_t(m_settings.maxConnections)) {
            continue; // closes the socket
        }
        const auto executor = socket.get_executor();
        auto session = std::make_shared<Session>(std::move(socket), m_tls, m_shared);
        asio::co_spawn(
            executor, [session]() -> asio::awaitable<void> { return session->run(session); }, asio::detached);
    }
}

void HttpServer::Impl::stop()
{
    m_shared.stopping = true;
    error_code ignored;
    m_acceptor.close(ignored);
    m_shared.close(SessionShared::Which::Idle);
    waitForSessions(int(m_settings.drainTimeout / std::chrono::milliseconds(20)));
}

void HttpServer::Impl::waitForSessions(int rounds)
{
    if (m_shared.count() == 0) {
        m_io.stop();
        return;
    }
    if (rounds == 0) {
        m_shared.close(SessionShared::Which::All); // those that wait for the service still get its reply
    }
    m_drain.expires_after(std::chrono::milliseconds(20));
    m_drain.async_wait([this, rounds](const error_code &) { waitForSessions(rounds - 1); });
}

void HttpServer::Impl::run()
{
    m_signals.add(SIGTERM);
    m_signals.add(SIGINT);
    m_signals.async_wait([this](const error_code &error, int) {
        if (!error) {
            stop();
        }
    });
    asio::co_spawn(m_strand, accept(), asio::detached);
    std::vector<std::jthread> helpers;
    for (int i = 1; i < m_settings.threads; ++i) {
        helpers.emplace_back([this] { m_io.run(); });
    }
    m_io.run();
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::open(const HttpSettings &settings, Handler &handler)
{
    auto impl = std::make_unique<Impl>(settings, handler);
    const auto opened = impl->open();
    if (!opened) {
        return opened.error();
    }
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

quint16 HttpServer::port() const
{
    return m_impl->port();
}

void HttpServer::run()
{
    m_impl->run();
}

} // namespace qingfeng::server
