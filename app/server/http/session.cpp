#include "app/server/http/session.h"

#include <algorithm>
#include <vector>

#include <sys/socket.h>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>

namespace qingfeng::server {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t bufferBytes = 65'536;
constexpr std::uint64_t maxForgottenBytes = 64 * 1024;
constexpr std::size_t maxDiscardedBytes = 64 * 1024 * 1024;
constexpr std::chrono::milliseconds lingerTime(2'000);

QByteArray bytesOf(beast::string_view view)
{
    return QByteArray(view.data(), qsizetype(view.size()));
}

/** Whether the client sent what is no HTTP or over a limit, in contrast to having gone or been too slow. */
bool isHttpError(const error_code &error)
{
    return error && error.category() == make_error_code(http::error::bad_method).category()
        && error != http::error::end_of_stream && error != http::error::partial_message;
}

/** Starts the handler's work; its reply resumes the waiting coroutine on the connection's own executor. */
template <typename Completion> void startWork(Handler &handler, Request request, Completion completion)
{
    auto shared = std::make_shared<Completion>(std::move(completion));
    handler.handle(std::move(request), [shared](Response response) {
        const auto executor = asio::get_associated_executor(*shared);
        asio::post(executor,
            [shared, response = std::move(response)]() mutable { std::move (*shared)(std::move(response)); });
    });
}

} // namespace

std::size_t SessionShared::count() const
{
    const std::lock_guard lock(mutex);
    return alive.size();
}

void SessionShared::close(Which which)
{
    const std::lock_guard lock(mutex);
    for (Session *session : alive) {
        session->close(which);
    }
}

void SessionShared::closeLongestIdle(std::size_t count)
{
    const std::lock_guard lock(mutex);
    std::vector<std::pair<qint64, Session *>> idle;
    for (Session *session : alive) {
        if (const qint64 since = session->idleSinceMs(); since > 0) {
            idle.emplace_back(since, session);
        }
    }
    count = std::min(count, idle.size());
    std::partial_sort(idle.begin(), idle.begin() + std::ptrdiff_t(count), idle.end());
    for (std::size_t i = 0; i < count; ++i) {
        idle[i].second->close(Which::All); // not half: the other side may never say goodbye
    }
}

Session::Session(asio::ip::tcp::socket socket, std::shared_ptr<asio::ssl::context> tls, SessionShared &shared)
    : m_shared(shared)
    , m_tls(std::move(tls))
    , m_stream(beast::tcp_stream(std::move(socket)), *m_tls)
    , m_deadline(m_stream.get_executor())
{
    error_code ignored;
    auto &lowest = beast::get_lowest_layer(m_stream).socket();
    lowest.set_option(asio::ip::tcp::no_delay(true), ignored);
    m_peer = QString::fromStdString(lowest.remote_endpoint(ignored).address().to_string());
    m_buffer.reserve(bufferBytes);
    const std::lock_guard lock(m_shared.mutex);
    m_shared.alive.insert(this);
}

Session::~Session()
{
    const std::lock_guard lock(m_shared.mutex);
    m_shared.alive.erase(this);
}

void Session::close(SessionShared::Which which)
{
    // Only its own strand may touch the stream, so the kernel is asked to end what is pending. Of an idle one
    // the other direction stays open, for a request may just have come in.
    const int descriptor = beast::get_lowest_layer(m_stream).socket().native_handle();
    if (which == SessionShared::Which::All) {
        ::shutdown(descriptor, SHUT_RDWR);
    } else if (m_idleSinceMs > 0) {
        ::shutdown(descriptor, SHUT_RD);
    }
}

void Session::within(std::chrono::milliseconds time)
{
    m_late = false;
    m_deadline.expires_after(time);
    m_deadline.async_wait([weak = weak_from_this()](const error_code &error) {
        const auto self = weak.lock();
        // It may have been set anew after this had been queued.
        if (!error && self && self->m_deadline.expiry() <= std::chrono::steady_clock::now()) {
            self->m_late = true;
            beast::get_lowest_layer(self->m_stream).cancel();
        }
    });
}

asio::awaitable<void> Session::run(std::shared_ptr<Session>)
{
    within(m_shared.settings.headerTimeout);
    const auto [error] = co_await m_stream.async_handshake(asio::ssl::stream_base::server, tuple);
    if (error) {
        co_return;
    }
    for (bool first = true; !m_shared.stopping; first = false) {
        if (!co_await waitForRequest(first)) {
            break;
        }
        const After after = co_await exchange();
        if (after == After::CloseUnread) {
            co_await discardRest();
            co_return;
        }
        if (after == After::Close) {
            break;
        }
    }
    within(lingerTime);
    co_await m_stream.async_shutdown(tuple);
}

asio::awaitable<bool> Session::waitForRequest(bool first)
{
    if (m_buffer.size() > 0) {
        co_return true; // the client did not wait for the answer before it asked again
    }
    within(first ? m_shared.settings.headerTimeout : m_shared.settings.idleTimeout);
    m_idleSinceMs = std::chrono::steady_clock::now().time_since_epoch() / std::chrono::milliseconds(1);
    const auto [error, count] = co_await m_stream.async_read_some(m_buffer.prepare(bufferBytes), tuple);
    m_idleSinceMs = 0;
    m_buffer.commit(count);
    co_return !error;
}

asio::awaitable<Session::After> Session::exchange()
{
    Parser parser;
    parser.header_limit(std::uint32_t(m_shared.settings.maxHeaderBytes));
    parser.body_limit(boost::none); // known once the header is read
    within(m_shared.settings.headerTimeout);
    const auto [error, count] = co_await http::async_read_header(m_stream, m_buffer, parser, tuple);
    boost::ignore_unused(count);
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        co_return co_await refuse(431, 11);
    }
    if (isHttpError(error)) {
        co_return co_await refuse(400, 11);
    }
    if (error) {
        co_return m_late ? co_await refuse(408, 11) : After::Close;
    }
    const unsigned version = parser.get().version();
    bool wellFormed = false;
    Request request = requestFrom(parser, wellFormed);
    if (!wellFormed) {
        co_return co_await refuse(400, version);
    }
    if (auto busy = m_shared.handler.shed(request)) {
        co_return co_await refuseUnread(parser, std::move(*busy));
    }
    const auto limit = std::uint64_t(m_shared.handler.bodyLimit(request));
    parser.body_limit(limit);
    const bool tooLong = parser.content_length() && *parser.content_length() > limit;
    const error_code failure = tooLong ? make_error_code(http::error::body_limit) : co_await readBody(parser);
    if (isHttpError(failure)) {
        co_return co_await refuse(failure == http::error::body_limit ? 413 : 400, version);
    }
    if (failure) {
        co_return m_late ? co_await refuse(408, version) : After::Close;
    }
    const std::string &body = parser.get().body();
    request.body = QByteArray(body.data(), qsizetype(body.size()));
    const bool head = request.method == "HEAD";
    const bool keepAlive = parser.get().keep_alive();
    Response response = co_await answer(std::move(request));
    const bool goOn = keepAlive && !m_shared.stopping;
    const bool written = co_await write(std::move(response), head, goOn, version);
    co_return written &&goOn ? After::KeepAlive : After::Close;
}

/** Says why and ends the connection: what else is on its way has no known beginning. */
asio::awaitable<Session::After> Session::refuse(int status, unsigned version)
{
    if (status == 408) {
        ++m_shared.timedOut;
    }
    co_await write(m_shared.handler.refusal(status), false, false, version);
    co_return After::CloseUnread;
}

/** A small body is read and forgotten, for a new handshake would cost more than it. */
asio::awaitable<Session::After> Session::refuseUnread(Parser &parser, Response response)
{
    const unsigned version = parser.get().version();
    const bool head = parser.get().method() == http::verb::head;
    const bool small = parser.get().keep_alive() && !parser.chunked()
        && parser.content_length().value_or(0) <= maxForgottenBytes && !m_shared.stopping;
    if (small) {
        parser.body_limit(maxForgottenBytes);
        if (co_await readBody(parser)) {
            co_return After::Close;
        }
    }
    const bool written = co_await write(std::move(response), head, small, version);
    co_return written &&small ? After::KeepAlive : small ? After::Close : After::CloseUnread;
}

asio::awaitable<error_code> Session::readBody(Parser &parser)
{
    within(m_shared.settings.bodyTimeout);
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        http::response<http::empty_body> proceed(http::status::continue_, parser.get().version());
        const auto [error, count] = co_await http::async_write(m_stream, proceed, tuple);
        boost::ignore_unused(count);
        if (error) {
            co_return error;
        }
    }
    const auto [error, count] = co_await http::async_read(m_stream, m_buffer, parser, tuple);
    boost::ignore_unused(count);
    co_return error;
}

asio::awaitable<Response> Session::answer(Request request)
{
    Handler &handler = m_shared.handler;
    m_deadline.cancel();
    co_return co_await asio::async_initiate<decltype(asio::use_awaitable), void(Response)>(
        [&handler](auto completion, Request moved) { startWork(handler, std::move(moved), std::move(completion)); },
        asio::use_awaitable, std::move(request));
}

asio::awaitable<bool> Session::write(Response response, bool head, bool keepAlive, unsigned version)
{
    using Body = http::span_body<const char>;
    const auto size = std::size_t(response.body.size());
    http::response<Body> message(http::int_to_status(unsigned(response.status)), version);
    message.set(http::field::server, "qingfeng");
    if (!response.body.isEmpty() || head) {
        message.set(http::field::content_type, beast::string_view(response.contentType.constData(),
                                                   std::size_t(response.contentType.size())));
    }
    for (const auto &[name, value] : response.headers) {
        message.set(beast::string_view(name.constData(), std::size_t(name.size())),
            beast::string_view(value.constData(), std::size_t(value.size())));
    }
    message.keep_alive(keepAlive);
    if (response.status != 304 && response.status != 204) {
        message.content_length(size);
    }
    message.body() = Body::value_type(response.body.constData(), head ? 0 : size);
    within(m_shared.settings.writeTimeout);
    const auto [error, count] = co_await http::async_write(m_stream, message, tuple);
    boost::ignore_unused(count);
    co_return !error;
}

asio::awaitable<void> Session::discardRest()
{
    // Closing with unread bytes would reset the connection and destroy the answer on its way.
    error_code ignored;
    within(lingerTime);
    for (std::size_t total = 0; total < maxDiscardedBytes;) {
        m_buffer.clear();
        const auto [error, count] = co_await m_stream.async_read_some(m_buffer.prepare(bufferBytes), tuple);
        if (error) {
            break;
        }
        total += count;
    }
    beast::get_lowest_layer(m_stream).socket().close(ignored);
}

Request Session::requestFrom(const Parser &parser, bool &wellFormed) const
{
    const auto &message = parser.get();
    Request request;
    request.method = bytesOf(message.method_string());
    request.peer = m_peer;
    wellFormed = parseTarget(bytesOf(message.target()), request);
    for (const auto &field : message) {
        request.headers.insert(bytesOf(field.name_string()).toLower(), bytesOf(field.value()));
    }
    return request;
}

} // namespace qingfeng::server
