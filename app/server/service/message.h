#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <functional>
#include <optional>
#include <utility>

/** What the service sees of HTTP: plain values, so that it can be tested without a socket. */
namespace qingfeng::server {

struct Request
{
    QByteArray method; ///< upper case
    QString path; ///< percent-decoded, without the query
    QHash<QString, QString> query; ///< decoded; of a repeated name the last
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    QString peer; ///< address of the other side, for rate limits only

    QByteArray header(const char *lowerName) const { return headers.value(QByteArray(lowerName)); }
};

struct Response
{
    int status = 200;
    QByteArray contentType = "application/json";
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;

    void addHeader(const QByteArray &name, const QByteArray &value) { headers.append(std::pair(name, value)); }
    QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0) {
                return value;
            }
        }
        return {};
    }
};

/** Called exactly once, from any thread. */
using Reply = std::function<void(Response)>;

/** Splits "/a/b?c=d" into path and query; false when its percent encoding is malformed. */
bool parseTarget(const QByteArray &target, Request &request);

/** What the transport asks of the service. All functions are called from several threads at once. */
class Handler
{
public:
    virtual ~Handler() = default;
    /** Largest body that is read for this request; the rest of the request's fields are set, its body is not. */
    virtual qint64 bodyLimit(const Request &request) const = 0;
    /** Asked before the body is read: the answer in place of the operation's when too much is under way. */
    virtual std::optional<Response> shed(const Request &request) = 0;
    virtual void handle(Request request, Reply reply) = 0;
    /** The answer to what could not be read: 400, 408, 413, 431 or 503. */
    virtual Response refusal(int status) const = 0;
};

} // namespace qingfeng::server
