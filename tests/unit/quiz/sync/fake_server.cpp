#include "tests/unit/quiz/sync/fake_server.h"

#include <cstdlib>
#include <utility>

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/package.h"
#include "quiz/archive/chain.h"
#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"
#include "quiz/protocol/statement.h"

namespace qingfeng {
namespace {

constexpr qint64 tokenLifeMs = 15 * 60'000;
constexpr qint64 allowedSkewMs = 10 * 60'000;

QByteArray headerOf(const HttpRequest &request, const QByteArray &name)
{
    return HttpReply {0, request.headers, {}}.header(name);
}

bool is(const QByteArray &path, QLatin1String expected)
{
    return path == QByteArray(expected.data(), expected.size());
}

} // namespace

FakeServer::FakeServer(const Clock &clock, QByteArray devicePublicKey)
    : receiptKey(*makeKeyPair())
    , m_clock(clock)
    , m_deviceKey(std::move(devicePublicKey))
{
}

HttpReply FakeServer::json(int status, const QByteArray &body, HttpHeaders headers)
{
    headers.append(std::pair<QByteArray, QByteArray>("Content-Type", "application/json"));
    return {status, headers, body};
}

HttpReply FakeServer::problem(int status, const char *code, const QJsonObject &members)
{
    const Problem problem {status, QString::fromLatin1(code), QStringLiteral("refused"), {}, members};
    return json(status, canonicalJson(toJson(problem)));
}

void FakeServer::send(HttpRequest request, Done done)
{
    m_waiting.push_back({std::move(request), std::move(done)});
}

void FakeServer::abort()
{
    auto waiting = std::exchange(m_waiting, {});
    for (Waiting &each : waiting) {
        each.done(Error(ErrorCode::Unavailable, QStringLiteral("given up")));
    }
}

bool FakeServer::deliver()
{
    if (m_waiting.empty()) {
        return false;
    }
    Waiting next = std::move(m_waiting.front());
    m_waiting.pop_front();
    next.done(answer(next.request));
    return true;
}

void FakeServer::run()
{
    while (deliver()) { }
}

void FakeServer::forget(const QList<Attempt> &kept)
{
    QHash<QString, QByteArray> digests;
    for (const Attempt &attempt : kept) {
        digests.insert(attempt.id, m_digests.value(attempt.id));
    }
    attempts = kept;
    m_digests = digests;
}

FakeServer::Answer FakeServer::answer(const HttpRequest &request)
{
    log.append(request);
    if (off) {
        return Error(ErrorCode::Unavailable, QStringLiteral("nobody there"));
    }
    if (instead) {
        if (auto other = instead(request)) {
            return *other;
        }
    }
    HttpReply reply = serve(request);
    return afterwards ? afterwards(request, std::move(reply)) : Answer(reply);
}

HttpReply FakeServer::serve(const HttpRequest &request)
{
    const QByteArray path = request.path.split('?').first();
    if (is(path, paths::token)) {
        return token(request);
    }
    const bool known = !m_token.isEmpty() && headerOf(request, "Authorization") == "Bearer " + m_token;
    if (!known || nowMs() >= m_expiresAtMs) {
        return problem(401, "token-required");
    }
    if (revoked) {
        return problem(403, "device-revoked");
    }
    if (request.body.size() > bodyLimit) {
        return problem(413, "too-large");
    }
    if (is(path, paths::xapiStatements)) {
        return request.method == "POST" ? statements(request) : statement(request.path.split('=').last());
    }
    if (is(path, paths::events)) {
        return takeEvents(request);
    }
    if (is(path, paths::receipts)) {
        return receipts();
    }
    if (is(path, paths::annotations) && knowsAnnotations) {
        return annotationsAfter(request);
    }
    if (is(path, paths::messages) && knowsMessages) {
        return request.method == "POST" ? takeMessages(request) : messagesAfter(request);
    }
    if (is(path, paths::bankManifest)) {
        return manifest(request);
    }
    if (is(path, paths::bankPackage)) {
        return package.isEmpty() ? problem(404, "nothing-published") : HttpReply {200, {}, package};
    }
    if (is(path, paths::rosterMe)) {
        return tagged(request, canonicalJson(toJson(RosterAnswer {roster})));
    }
    return problem(404, "unknown-path");
}

HttpReply FakeServer::takeMessages(const HttpRequest &request)
{
    const auto entries = messagesFromJson(*parseJsonObject(request.body));
    if (!entries) {
        return problem(400, "bad-request");
    }
    for (const FeedbackEntry &entry : *entries) {
        if (entry.id == refusedMessage) {
            return problem(400, "bad-request");
        }
    }
    QJsonArray ids;
    for (FeedbackEntry entry : *entries) {
        const bool held = std::any_of(
            messages.cbegin(), messages.cend(), [&entry](const FeedbackEntry &each) { return each.id == entry.id; });
        if (!held) {
            entry.number = messages.size() + 1;
            messages.append(entry);
        }
        ids.append(entry.id);
    }
    return json(200, canonicalJson(QJsonObject {{QStringLiteral("ids"), ids}}));
}

HttpReply FakeServer::messagesAfter(const HttpRequest &request) const
{
    const qint64 after = request.path.split('=').last().toLongLong();
    FeedbackPage page;
    page.recipients = recipients;
    for (const FeedbackEntry &entry : messages) {
        if (entry.number > after && page.entries.size() < maxMessagesPerPage) {
            page.entries.append(entry);
        }
    }
    page.more = !page.entries.isEmpty() && page.entries.last().number < messages.last().number;
    return json(200, canonicalJson(toJson(page)));
}

HttpReply FakeServer::annotationsAfter(const HttpRequest &request) const
{
    const qint64 after = request.path.split('=').last().toLongLong();
    AnnotationPage page;
    for (const Annotation &annotation : annotations) {
        if (annotation.number > after && page.annotations.size() < maxAnnotationsPerPage) {
            page.annotations.append(annotation);
        }
    }
    page.more = !page.annotations.isEmpty() && page.annotations.last().number < annotations.last().number;
    return json(200, canonicalJson(toJson(page)));
}

HttpReply FakeServer::token(const HttpRequest &request)
{
    const auto asked = tokenRequestFromJson(*parseJsonObject(request.body));
    if (!asked) {
        return problem(400, "bad-request");
    }
    if (std::abs(asked->timeMs - nowMs()) > allowedSkewMs) {
        return problem(401, "clock-skew", {{QStringLiteral("server_time_ms"), nowMs()}});
    }
    if (!verifySignature(tokenProof(*asked), asked->signature, m_deviceKey)) {
        return problem(401, "proof-invalid");
    }
    if (revoked) {
        return problem(403, "device-revoked");
    }
    m_token = "token-" + QByteArray::number(++tokens);
    m_expiresAtMs = nowMs() + tokenLifeMs;
    return json(200, canonicalJson(toJson(TokenResponse {QString::fromLatin1(m_token), m_expiresAtMs, nowMs()})));
}

HttpReply FakeServer::statements(const HttpRequest &request)
{
    QList<std::pair<Attempt, QByteArray>> fresh;
    QStringList ids;
    QJsonArray conflicting;
    const QJsonArray list = QJsonDocument::fromJson(request.body).array();
    for (qsizetype i = 0; i < list.size(); ++i) {
        const auto attempt = attemptFromStatement(list.at(i).toObject());
        if (!attempt || chainHash(*attempt) != attempt->hash || attempt->id == poison) {
            return problem(400, "statement-invalid");
        }
        if (strangers.contains(attempt->person)) {
            return problem(403, "person-not-of-device",
                {{QStringLiteral("people"), QJsonArray::fromStringList(strangers)}});
        }
        const QByteArray digest = statementDigest(list.at(i).toObject());
        ids.append(attempt->id);
        if (!m_digests.contains(attempt->id)) {
            fresh.append({*attempt, digest});
        } else if (m_digests.value(attempt->id) != digest) {
            conflicting.append(attempt->id);
        }
    }
    if (!conflicting.isEmpty()) {
        return problem(409, "statement-conflict", {{QStringLiteral("ids"), conflicting}});
    }
    const qint64 head = attempts.isEmpty() ? 0 : attempts.last().seq;
    if (!fresh.isEmpty() && fresh.first().first.seq > head + 1) {
        return problem(409, "chain-gap", {{QStringLiteral("expected_seq"), head + 1}});
    }
    if (!fresh.isEmpty() && fresh.first().first.seq <= head) {
        return problem(409, "chain-fork");
    }
    for (const auto &[attempt, digest] : std::as_const(fresh)) {
        attempts.append(attempt);
        m_digests.insert(attempt.id, digest);
    }
    return json(200, QJsonDocument(QJsonArray::fromStringList(ids)).toJson(QJsonDocument::Compact),
        HttpHeaders {{QByteArray(receiptHeader), receiptToHeader(receipt())}});
}

HttpReply FakeServer::statement(const QByteArray &id) const
{
    for (const Attempt &attempt : attempts) {
        if (attempt.id.toLatin1() == id) {
            return json(200,
                QJsonDocument(statementFromAttempt(attempt, QStringLiteral("https://unit.example")))
                    .toJson(QJsonDocument::Compact));
        }
    }
    return problem(404, "not-found");
}

HttpReply FakeServer::takeEvents(const HttpRequest &request)
{
    const auto list = eventsFromJson(*parseJsonObject(request.body));
    if (!list) {
        return problem(400, "bad-request");
    }
    EventAck ack;
    for (const GateEvent &event : *list) {
        if (!events.contains(event.id)) {
            events.append(event.id);
        }
        ack.ids.append(event.id);
    }
    return json(200, canonicalJson(toJson(ack)));
}

Receipt FakeServer::receipt() const
{
    Receipt receipt {attempts.last().store, attempts.last().seq, attempts.last().hash, nowMs(), {}, {}};
    (void)signReceipt(receipt, signsWithAnotherKey ? makeKeyPair()->secret : receiptKey.secret);
    return receipt;
}

HttpReply FakeServer::receipts() const
{
    if (attempts.isEmpty()) {
        return problem(404, "not-found");
    }
    return json(200, canonicalJson(QJsonObject {{QStringLiteral("receipts"), QJsonArray {toJson(receipt())}}}));
}

HttpReply FakeServer::manifest(const HttpRequest &request) const
{
    if (package.isEmpty()) {
        return problem(404, "nothing-published");
    }
    const auto info = inspectPackage(package);
    ManifestInfo manifest {QStringLiteral("sample"), 1, QString(64, QLatin1Char('0')), sha256Hex(package),
        package.size(), 1, QByteArray(32, 'u'), nowMs()};
    if (info) {
        manifest = {info->unit, info->revision, info->manifestHash, sha256Hex(package), package.size(),
            info->questions, info->signingPublicKey, info->createdAtMs};
    }
    return tagged(request, canonicalJson(toJson(manifest)));
}

HttpReply FakeServer::tagged(const HttpRequest &request, const QByteArray &body) const
{
    const QByteArray tag = '"' + sha256(body).toHex() + '"';
    const HttpHeaders headers {{QByteArrayLiteral("ETag"), tag}};
    return headerOf(request, "If-None-Match") == tag ? HttpReply {304, headers, {}} : json(200, body, headers);
}

qint64 FakeServer::nowMs() const
{
    return m_clock.utcMs() + clockOffsetMs;
}

} // namespace qingfeng
