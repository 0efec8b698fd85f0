#pragma once

#include "app/server/accounts/accounts.h"
#include "app/server/service/admission.h"
#include "app/server/service/message.h"
#include "app/server/service/caller.h"
#include "app/server/service/failure_limiter.h"
#include "app/server/service/slow_lane.h"
#include "question_bank/base/random.h"
#include "question_bank/package/signature.h"

#include <mutex>

namespace qingfeng::server {

/** What the service is told at start. */
struct ServiceSettings
{
    QString homePage; ///< of the unit's accounts; empty = made from the unit's code
    int syncWindowSeconds = 600;
    QString bankFolder; ///< where packages lie, named by their SHA-256
    KeyPair receiptKey;
    AdmissionSettings admission = {};
    QStringList trustedProxies = {}; ///< addresses whose X-Forwarded-For is believed
    QStringList deskRecipients = {}; ///< name and office of everybody who reads messages
    QByteArray accountKey = {}; ///< seals administrators' second factors; sealKeyBytes
};

/** The published package's bytes, kept in memory: every device of the bureau asks for the same. */
struct PackageCache
{
    std::mutex mutex;
    QString hash;
    QByteArray bytes;
};

/** What operations work with; lives as long as the service. */
struct Context
{
    EventStore &store;
    const Clock &clock;
    Random &random;
    const ServiceSettings settings;
    const Callers &callers;
    FailureLimiter limiter;
    Admission admission;
    PackageCache package;
    Accounts accounts;
    FailureLimiter signInLimiter; ///< wrong passwords by address, whatever the name
    // Last: their tasks use all the others. Who tries passwords at speed delays nobody who is signed in.
    SlowLane slow; ///< imports
    SlowLane signIns;
    SlowLane administration; ///< what is recorded in the audit
};

/** One request that was let in: path, method, media type and caller are as the route demands. */
struct Call
{
    Request request;
    Caller caller;
    QString parameter; ///< the {…} of the route's path
    std::shared_ptr<std::atomic<bool>> demanded = std::make_shared<std::atomic<bool>>(false); ///< by demand()
};

using Operation = void (*)(Context &, Call, Reply);

/** Whether a device enrolled with a store or sends for it: it sees what is said of those. */
Result<bool> isOwnStore(const Context &context, const Caller &caller, const QString &store);

/** Runs @p task, which may wait, beside the requests and replies with what it makes; 503 when too many wait. */
void runBeside(SlowLane &lane, const Reply &reply, std::function<Response()> task);

/** The answer to what Accounts refused: its words for people, with the status that fits. */
Response accountFailure(const Error &error);

/** One function per operation; each replies exactly once. docs/protocol.md says what they mean. */
namespace operations {

// service_state.cpp
void health(Context &context, Call call, Reply reply);
void ready(Context &context, Call call, Reply reply);
void time(Context &context, Call call, Reply reply);

// enrolment.cpp
void enrol(Context &context, Call call, Reply reply);
void token(Context &context, Call call, Reply reply);
void makeEnrolmentCodes(Context &context, Call call, Reply reply);
void listDevices(Context &context, Call call, Reply reply);
void revokeDevice(Context &context, Call call, Reply reply);

// statements.cpp
void postStatements(Context &context, Call call, Reply reply);
void putStatement(Context &context, Call call, Reply reply);
void receipts(Context &context, Call call, Reply reply);

// statement_queries.cpp
void about(Context &context, Call call, Reply reply);
void getStatements(Context &context, Call call, Reply reply);
void archive(Context &context, Call call, Reply reply);

// feedback.cpp
void postMessages(Context &context, Call call, Reply reply);
void messages(Context &context, Call call, Reply reply);
void inbox(Context &context, Call call, Reply reply);
void inboxThread(Context &context, Call call, Reply reply);
void postDeskEntry(Context &context, Call call, Reply reply);

// annotations.cpp
void annotate(Context &context, Call call, Reply reply);
void annotations(Context &context, Call call, Reply reply);

// sign_in.cpp
void signIn(Context &context, Call call, Reply reply);
void signOut(Context &context, Call call, Reply reply);
void ownAccount(Context &context, Call call, Reply reply);
void changePassword(Context &context, Call call, Reply reply);
void beginTotp(Context &context, Call call, Reply reply);
void confirmTotp(Context &context, Call call, Reply reply);
void removeTotp(Context &context, Call call, Reply reply);

// account_administration.cpp
void listAccounts(Context &context, Call call, Reply reply);
void createAccount(Context &context, Call call, Reply reply);
void disableAccount(Context &context, Call call, Reply reply);
void enableAccount(Context &context, Call call, Reply reply);
void setAccountRoles(Context &context, Call call, Reply reply);
void resetAccountPassword(Context &context, Call call, Reply reply);
void dropAccountTotp(Context &context, Call call, Reply reply);
void listTools(Context &context, Call call, Reply reply);
void createTool(Context &context, Call call, Reply reply);
void revokeTool(Context &context, Call call, Reply reply);
void readAudit(Context &context, Call call, Reply reply);

// gate_events.cpp
void postEvents(Context &context, Call call, Reply reply);
void listEvents(Context &context, Call call, Reply reply);

// people.cpp
void importPeople(Context &context, Call call, Reply reply);
void listPeople(Context &context, Call call, Reply reply);
void rosterMe(Context &context, Call call, Reply reply);

// bank.cpp
void publish(Context &context, Call call, Reply reply);
void manifest(Context &context, Call call, Reply reply);
void package(Context &context, Call call, Reply reply);

} // namespace operations
} // namespace qingfeng::server
