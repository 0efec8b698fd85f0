#pragma once

#include <functional>
#include <utility>

#include <QByteArray>
#include <QList>

#include "question_bank/base/result.h"

/** HTTP as sync sees it: plain values and one interface, so that a whole pass runs in a test without a socket. */
namespace qingfeng {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

constexpr qint64 maxReplyBytes = 8LL * 1024 * 1024; ///< of anything but a bank package

struct HttpRequest
{
    QByteArray method = QByteArrayLiteral("GET");
    QByteArray path; ///< below the server's address, with its query, percent-encoded
    HttpHeaders headers;
    QByteArray body;
    qint64 replyLimit = maxReplyBytes; ///< a longer body is TooLarge
};

struct HttpReply
{
    int status = 0;
    HttpHeaders headers;
    QByteArray body;

    /** Value of a header, its name in any case; empty when absent. */
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

/** Carries requests to the one server a device is enrolled with. */
class Transport
{
public:
    /**
     * A whole reply of any status, or why there is none: Unavailable · TimedOut · TooLarge · NotPermitted (the
     * server did not prove that it is ours).
     */
    using Done = std::function<void(Result<HttpReply>)>;

    virtual ~Transport() = default;
    /** Calls @p done exactly once, on the caller's thread, and never before send() has returned. */
    virtual void send(HttpRequest request, Done done) = 0;
    /** Ends what is under way; its callback comes with an error. */
    virtual void abort() = 0;
};

} // namespace qingfeng
