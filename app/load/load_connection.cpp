#include "app/load/load_connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace qingfeng::load {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr auto asTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds patience(30);
constexpr std::uint64_t maxReplyBytes = 64 * 1024 * 1024;

beast::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

} // namespace

LoadConnection::LoadConnection(asio::any_io_executor executor, asio::ssl::context &tls,
    asio::ip::tcp::endpoint server, std::string host)
    : m_executor(std::move(executor))
    , m_tls(tls)
    , m_server(std::move(server))
    , m_host(std::move(host))
{
}

asio::awaitable<bool> LoadConnection::connect()
{
    m_stream.emplace(beast::tcp_stream(m_executor), m_tls);
    auto &lowest = beast::get_lowest_layer(*m_stream);
    lowest.expires_after(patience);
    const auto [error] = co_await lowest.async_connect(m_server, asTuple);
    if (error) {
        co_return false;
    }
    boost::system::error_code ignored;
    lowest.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    const auto [failed] = co_await m_stream->async_handshake(asio::ssl::stream_base::client, asTuple);
    co_return !failed;
}

asio::awaitable<LoadReply> LoadConnection::exchange(const LoadRequest &request)
{
    LoadReply reply;
    if (!m_stream && !co_await connect()) {
        m_stream.reset();
        co_return reply;
    }
    using Body = http::span_body<const char>;
    http::request<Body> message(
        http::string_to_verb(viewOf(request.method)), viewOf(request.target), 11);
    message.set(http::field::host, m_host);
    message.set("X-Experience-API-Version", "2.0.0");
    if (!request.token.isEmpty()) {
        message.set(http::field::authorization, "Bearer " + request.token.toStdString());
    }
    if (!request.body.isEmpty()) {
        message.set(http::field::content_type, viewOf(request.contentType));
        message.body() = Body::value_type(request.body.constData(), std::size_t(request.body.size()));
        message.content_length(std::size_t(request.body.size()));
    } else if (request.method == "POST") {
        message.content_length(0);
    }
    beast::get_lowest_layer(*m_stream).expires_after(patience);
    const auto [unsent, sent] = co_await http::async_write(*m_stream, message, asTuple);
    boost::ignore_unused(sent);
    http::response_parser<http::string_body> parser;
    parser.body_limit(maxReplyBytes);
    boost::system::error_code error = unsent;
    if (!error) {
        const auto [unread, count] = co_await http::async_read(*m_stream, m_buffer, parser, asTuple);
        boost::ignore_unused(count);
        error = unread;
    }
    if (error) {
        m_stream.reset();
        m_buffer.clear();
        co_return reply;
    }
    const auto &answer = parser.get();
    reply.status = int(answer.result_int());
    reply.body = QByteArray(answer.body().data(), qsizetype(answer.body().size()));
    const auto wait = answer[http::field::retry_after];
    reply.retryAfterSeconds = QByteArray(wait.data(), qsizetype(wait.size())).toInt();
    if (!answer.keep_alive()) {
        m_stream.reset();
        m_buffer.clear();
    }
    co_return reply;
}

asio::awaitable<void> LoadConnection::close()
{
    if (m_stream) {
        beast::get_lowest_layer(*m_stream).expires_after(std::chrono::seconds(1));
        co_await m_stream->async_shutdown(asTuple);
        m_stream.reset();
    }
}

} // namespace qingfeng::load
