#pragma once

#include "app/ctl/commands.h"

#include "quiz/protocol/admin_messages.h"
#include "quiz/sync/transport.h"

#include <QUrl>

namespace qingfeng::ctl {

/** Waits for one exchange with a server; the transport's own deadline bounds it. */
Result<HttpReply> exchange(Transport &transport, HttpRequest request);

/** A reply of 400 and above as an Error whose detail is what the server's problem document says. */
Result<HttpReply> accepted(Result<HttpReply> reply);

/** The connection file that --admin names. */
Result<AdminConnection> administrator(const Common &common);

/** Sends a request as the local administrator named by --admin; refuses what the server refuses. */
Result<HttpReply> asAdministrator(const Common &common, HttpRequest request);

} // namespace qingfeng::ctl
