#pragma once

#include <chrono>
#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <QByteArray>
#include <QList>

namespace qingfeng::load {

struct LoadRequest
{
    QByteArray method = "GET";
    QByteArray target;
    QByteArray contentType;
    QByteArray body;
    QByteArray token; ///< bearer; empty = none
};

struct LoadReply
{
    int status = 0; ///< 0 = the connection failed
    int retryAfterSeconds = 0;
    QByteArray body;
};

/** One connection of one device, made when first needed and again after it broke. */
class LoadConnection
{
public:
    LoadConnection(boost::asio::any_io_executor executor, boost::asio::ssl::context &tls,
        boost::asio::ip::tcp::endpoint server, std::string host);

    boost::asio::awaitable<LoadReply> exchange(const LoadRequest &request);
    /** Says goodbye, so that the server does not wait for it. */
    boost::asio::awaitable<void> close();

private:
    using Stream = boost::beast::ssl_stream<boost::beast::tcp_stream>;

    boost::asio::awaitable<bool> connect();

    boost::asio::any_io_executor m_executor;
    boost::asio::ssl::context &m_tls;
    const boost::asio::ip::tcp::endpoint m_server;
    const std::string m_host;
    std::optional<Stream> m_stream;
    boost::beast::flat_buffer m_buffer;
};

} // namespace qingfeng::load
