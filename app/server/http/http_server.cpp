#include "app/server/http/http_server.h"

#include "app/server/http/session.h"

#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <spdlog/spdlog.h>

#include <QDateTime>
#include <QFileInfo>

namespace qingfeng::server {
namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

Result<std::shared_ptr<ssl::context>> readCertificate(const HttpSettings &settings)
{
    const auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    error_code error;
    const auto failed = [&error](const QString &file) {
        return Error(ErrorCode::InvalidArgument, QString::fromStdString(error.message()), file);
    };
    context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3
        | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::single_dh_use);
    context->use_certificate_chain_file(settings.certificateFile.toStdString(), error);
    if (error) {
        return failed(settings.certificateFile);
    }
    context->use_private_key_file(settings.keyFile.toStdString(), ssl::context::pem, error);
    if (error) {
        return failed(settings.keyFile);
    }
    static constexpr unsigned char sessionContext[] = "qingfeng";
    SSL_CTX_set_session_id_context(context->native_handle(), sessionContext, sizeof sessionContext - 1);
    return context;
}

QPair<QDateTime, QDateTime> changeTimes(const HttpSettings &settings)
{
    return {QFileInfo(settings.certificateFile).lastModified(), QFileInfo(settings.keyFile).lastModified()};
}

} // namespace

class HttpServer::Impl
{
public:
    Impl(const HttpSettings &settings, Handler &handler)
        : m_settings(settings)
        , m_io(settings.threads)
        , m_strand(asio::make_strand(m_io))
        , m_acceptor(m_strand)
        , m_signals(m_strand)
        , m_drain(m_strand)
        , m_second(m_strand)
        , m_shared(m_settings, handler)
    {
    }

    Result<void> open();
    quint16 port() const { return m_acceptor.local_endpoint().port(); }
    void run();
    Counts counts() const { return {qint64(m_shared.count()), m_shared.refused, m_shared.timedOut}; }

    std::function<void(bool)> pulse;

private:
    Result<void> listen();
    void waitForSignal();
    void waitForSecond();
    void reloadCertificate();
    asio::awaitable<void> accept();
    void stop();
    void waitForSessions(int rounds);

    const HttpSettings m_settings;
    asio::io_context m_io;
    std::shared_ptr<ssl::context> m_tls; ///< for the next connection
    QPair<QDateTime, QDateTime> m_tlsChanged; ///< of the files that it was read from
    const asio::strand<asio::io_context::executor_type> m_strand; ///< accepting and stopping, not connections
    tcp::acceptor m_acceptor;
    asio::signal_set m_signals;
    asio::steady_timer m_drain;
    asio::steady_timer m_second;
    SessionShared m_shared;
};

Result<void> HttpServer::Impl::open()
{
    m_tlsChanged = changeTimes(m_settings);
    auto context = readCertificate(m_settings);
    if (!context) {
        return context.error();
    }
    m_tls = *context;
    return listen();
}

Result<void> HttpServer::Impl::listen()
{
    error_code error;
    const auto failed = [&error](ErrorCode code, const QString &where) {
        return Error(code, QString::fromStdString(error.message()), where);
    };
    if (m_settings.socket >= 0) {
        m_acceptor.assign(
            tcp::v4(), m_settings.socket, error); // the family is the socket's own, whatever is said here
        return error ? Result<void>(failed(ErrorCode::Io, QStringLiteral("socket from systemd")))
                     : Result<void>();
    }
    const auto address = asio::ip::make_address(m_settings.address.toStdString(), error);
    if (error) {
        return failed(ErrorCode::InvalidArgument, m_settings.address);
    }
    const tcp::endpoint endpoint(address, m_settings.port);
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
        return failed(
            ErrorCode::Io, QStringLiteral("%1 port %2").arg(m_settings.address).arg(m_settings.port));
    }
    return {};
}

void HttpServer::Impl::reloadCertificate()
{
    const auto changed = changeTimes(m_settings);
    auto context = readCertificate(m_settings);
    m_tlsChanged = changed;
    if (!context) {
        spdlog::error(
            "certificate not read again, the old one stays: {}", context.error().toString().toStdString());
        return;
    }
    m_tls = *context;
    spdlog::info("certificate read again");
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
        const auto most = std::size_t(m_settings.maxConnections);
        if (m_shared.count() + most / 10 >= most) {
            m_shared.closeLongestIdle(most / 20 + 1);
        }
        for (int i = 0; i < 10 && m_shared.count() >= most; ++i) { // those that were told to go take a moment
            asio::steady_timer pause(m_strand, std::chrono::milliseconds(5));
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
        }
        if (m_shared.count() >= most) {
            ++m_shared.refused;
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
    if (pulse) {
        pulse(true);
    }
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

void HttpServer::Impl::waitForSignal()
{
    m_signals.async_wait([this](const error_code &error, int signal) {
        if (error) {
            return;
        }
        if (signal == SIGHUP) {
            reloadCertificate();
            waitForSignal();
        } else {
            stop();
        }
    });
}

void HttpServer::Impl::waitForSecond()
{
    m_second.expires_after(std::chrono::seconds(1));
    m_second.async_wait([this](const error_code &error) {
        if (error) {
            return;
        }
        if (pulse) {
            pulse(m_shared.stopping);
        }
        if (changeTimes(m_settings) != m_tlsChanged) {
            reloadCertificate();
        }
        waitForSecond();
    });
}

void HttpServer::Impl::run()
{
    m_signals.add(SIGTERM);
    m_signals.add(SIGINT);
    m_signals.add(SIGHUP);
    waitForSignal();
    waitForSecond();
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

HttpServer::Counts HttpServer::counts() const
{
    return m_impl->counts();
}

void HttpServer::setPulse(std::function<void(bool)> pulse)
{
    m_impl->pulse = std::move(pulse);
}

void HttpServer::run()
{
    m_impl->run();
}

} // namespace qingfeng::server
