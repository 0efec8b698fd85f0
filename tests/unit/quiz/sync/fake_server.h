#pragma once

#include <deque>
#include <functional>
#include <optional>

#include <QHash>
#include <QStringList>

#include "question_bank/base/clock.h"
#include "question_bank/package/signature.h"
#include "quiz/archive/annotation.h"
#include "quiz/archive/chain.h"
#include "quiz/feedback/feedback.h"
#include "quiz/people/roster.h"
#include "quiz/sync/transport.h"

namespace qingfeng {

/**
 * A server without a socket: it keeps the rules of the protocol for one store, and can be told to break on any
 * request. Replies wait until deliver() or run().
 */
class FakeServer final : public Transport
{
public:
    using Answer = Result<HttpReply>;

    FakeServer(const Clock &clock, QByteArray devicePublicKey);

    void send(HttpRequest request, Done done) override;
    void abort() override;

    /** Answers the oldest waiting request; false when there is none. */
    bool deliver();
    void run();

    /** Goes back to an earlier state, as after a restored backup. */
    void forget(const QList<Attempt> &kept);

    // What it knows.
    KeyPair receiptKey;
    QByteArray package;
    Roster roster;
    QList<Attempt> attempts; ///< in chain order
    QStringList events; ///< ids
    QList<Annotation> annotations; ///< ascending number
    bool knowsAnnotations = true; ///< false: an older server
    QList<FeedbackEntry> messages; ///< ascending number
    QStringList recipients;
    bool knowsMessages = true; ///< false: an older server
    QString refusedMessage; ///< id of the one that it finds invalid
    QList<HttpRequest> log; ///< every request it saw, tokens' too
    int tokens = 0; ///< issued

    // How it behaves.
    bool off = false; ///< nobody answers
    bool revoked = false;
    bool signsWithAnotherKey = false;
    qint64 clockOffsetMs = 0; ///< its clock minus the test's
    int bodyLimit = 1'000'000; ///< bytes of a POST; over it 413
    QString poison; ///< id of the attempt that it finds invalid
    QStringList strangers; ///< people who are not bound to this device
    std::function<std::optional<Answer>(const HttpRequest &)> instead; ///< answers without looking
    std::function<Answer(const HttpRequest &, HttpReply)> afterwards; ///< changes what was answered

    static HttpReply problem(int status, const char *code, const QJsonObject &members = {});
    static HttpReply json(int status, const QByteArray &body, HttpHeaders headers = {});

private:
    struct Waiting
    {
        HttpRequest request;
        Done done;
    };

    Answer answer(const HttpRequest &request);
    HttpReply serve(const HttpRequest &request);
    HttpReply token(const HttpRequest &request);
    HttpReply statements(const HttpRequest &request);
    HttpReply statement(const QByteArray &id) const;
    HttpReply takeEvents(const HttpRequest &request);
    HttpReply receipts() const;
    HttpReply takeMessages(const HttpRequest &request);
    HttpReply messagesAfter(const HttpRequest &request) const;
    HttpReply annotationsAfter(const HttpRequest &request) const;
    HttpReply manifest(const HttpRequest &request) const;
    HttpReply tagged(const HttpRequest &request, const QByteArray &body) const;
    Receipt receipt() const;
    qint64 nowMs() const;

    const Clock &m_clock;
    QByteArray m_deviceKey;
    QByteArray m_token;
    qint64 m_expiresAtMs = 0;
    QHash<QString, QByteArray> m_digests; ///< of the statements held, by id
    std::deque<Waiting> m_waiting;
};

} // namespace qingfeng
