#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QLatin1String>

/**
 * Every path and header of the service, spelt once for workstation, server and tests. docs/protocol.md says
 * what each does.
 */
namespace qingfeng::paths {

inline constexpr QLatin1String health("/healthz");
inline constexpr QLatin1String ready("/readyz");
inline constexpr QLatin1String time("/v1/time");
inline constexpr QLatin1String enrol("/v1/enrol");
inline constexpr QLatin1String token("/v1/token");
inline constexpr QLatin1String xapiAbout("/xapi/about");
inline constexpr QLatin1String xapiStatements("/xapi/statements");
inline constexpr QLatin1String bankManifest("/v1/bank/manifest");
inline constexpr QLatin1String bankPackage("/v1/bank/package");
inline constexpr QLatin1String rosterMe("/v1/roster/me");
inline constexpr QLatin1String events("/v1/events");
inline constexpr QLatin1String receipts("/v1/receipts"); ///< ?store=UUID
inline constexpr QLatin1String annotations("/v1/annotations"); ///< ?store=UUID&after=N; administrators: ?person=

inline constexpr QLatin1String messages("/v1/messages"); ///< ?store=UUID&after=N

// Administrators only.
inline constexpr QLatin1String people("/v1/people"); ///< POST ?confirm=0|1
inline constexpr QLatin1String enrolmentCodes("/v1/enrolment-codes");
inline constexpr QLatin1String publish("/v1/publish");
inline constexpr QLatin1String devices("/v1/devices"); ///< POST devices/{id}/revoke
inline constexpr QLatin1String archives("/v1/archives"); ///< GET archives/{person}
inline constexpr QLatin1String inbox("/v1/inbox"); ///< GET, POST inbox/{thread}
inline constexpr QLatin1String signIn("/v1/sign-in");
inline constexpr QLatin1String signOut("/v1/sign-out");
inline constexpr QLatin1String account("/v1/account"); ///< one's own; account/password, account/totp …
inline constexpr QLatin1String accounts("/v1/accounts"); ///< accounts/{id}/disable, enable, roles, password, drop-totp
inline constexpr QLatin1String tools("/v1/tools"); ///< tools/{id}/revoke
inline constexpr QLatin1String audit("/v1/audit"); ///< ?after=N&limit=N, or ?department=CODE

} // namespace qingfeng::paths

namespace qingfeng {

inline constexpr char protocolHeader[] = "X-Qingfeng-Protocol";
inline constexpr char receiptHeader[] = "X-Qingfeng-Receipt"; ///< base64 of the receipt's canonical JSON
inline constexpr char xapiVersionHeader[] = "X-Experience-API-Version";
inline constexpr char xapiVersion[] = "2.0.0";

inline constexpr int oldestProtocol = 1; ///< the oldest version this build still speaks
inline constexpr int newestProtocol = 1;

inline constexpr int maxStatementsPerPost = 500;
inline constexpr int maxEventsPerPost = 500;
inline constexpr int maxAnnotationsPerPage = 100;
inline constexpr int maxMessagesPerPost = 50;
inline constexpr int maxMessagesPerPage = 100;
inline constexpr qint64 maxPostBytes = 4 * 1024 * 1024;

/**
 * The version in which a peer that asked with @p header is answered: the lower of its own and our newest.
 * No header means 1; a newer peer comes down to ours. InvalidArgument for a peer older than oldestProtocol, or
 * for a header that is no number.
 */
Result<int> negotiateProtocol(const QByteArray &header);

} // namespace qingfeng
