#pragma once

#include "app/server/http/http_server.h"

#include <atomic>
#include <mutex>
#include <set>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace qingfeng::server {

class Session;

/** What all connections share. The set of those alive is what a stop has to wait for. */
struct SessionShared
{
    SessionShared(const HttpSettings &httpSettings, Handler &httpHandler)
        : settings(httpSettings)
        , handler(httpHandler)
    {
    }

    const HttpSettings &settings;
    Handler &handler;
    std::atomic<qint64> refused{0}; ///< connections for which there was no place
    std::atomic<qint64> timedOut{0}; ///< requests that came too slowly
    std::atomic<bool> stopping{false};
    mutable std::mutex mutex;
    std::set<Session *> alive;

    enum class Which { Idle, All };

    std::size_t count() const;
    /** Ends the reading of connections that wait for a request, or all traffic of all of them. */
    void close(Which which);
    /** Makes room: ends the @p count connections that have waited longest for a request of theirs. */
    void closeLongestIdle(std::size_t count);
};

/** One connection: handshake, then request and answer in turn until either side has enough. */
class Session : public std::enable_shared_from_this<Session>
{
public:
    Session(boost::asio::ip::tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> tls,
        SessionShared &shared);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /** @param self  keeps the session alive while the coroutine runs */
    boost::asio::awaitable<void> run(std::shared_ptr<Session> self);
    /** From any thread; the coroutine notices. */
    void close(SessionShared::Which which);
    /** Since when it has waited for a request, on the steady clock; 0 while it serves one. From any thread.
     */
    qint64 idleSinceMs() const { return m_idleSinceMs; }

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    enum class After { KeepAlive, Close, CloseUnread };

    boost::asio::awaitable<bool> waitForRequest(bool first);
    boost::asio::awaitable<After> exchange();
    boost::asio::awaitable<boost::system::error_code> readBody(Parser &parser);
    boost::asio::awaitable<After> refuse(int status, unsigned version);
    boost::asio::awaitable<After> refuseUnread(Parser &parser, Response response);
    boost::asio::awaitable<Response> answer(Request request);
    boost::asio::awaitable<bool> write(Response response, bool head, bool keepAlive, unsigned version);
    boost::asio::awaitable<void> discardRest();
    /** What is under way is called off after @p time; m_late says so. */
    void within(std::chrono::milliseconds time);
    Request requestFrom(const Parser &parser, bool &wellFormed) const;

    SessionShared &m_shared;
    const std::shared_ptr<boost::asio::ssl::context> m_tls; ///< stays that of the handshake
    boost::beast::ssl_stream<boost::beast::tcp_stream> m_stream;
    boost::asio::steady_timer
        m_deadline; ///< not the stream's own, which would close it: a late request gets its 408
    boost::beast::flat_buffer m_buffer;
    QString m_peer;
    bool m_late = false;
    std::atomic<qint64> m_idleSinceMs{0};
};

} // namespace qingfeng::server
