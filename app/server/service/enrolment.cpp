#include "app/server/service/access.h"
#include "app/server/service/answers.h"
#include "app/server/service/operations.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"
#include "quiz/protocol/admin_messages.h"
#include "quiz/protocol/messages.h"

#include <algorithm>
#include <cstdlib>

namespace qingfeng::server::operations {
namespace {

constexpr qint64 allowedSkewMs = 10 * 60'000;
constexpr qint64 dayMs = 86'400'000;
constexpr int codeBytes = 10; ///< 80 random bits = 16 letters

/** Crockford's base 32: no I, L, O, U, so that a code survives being read out. */
constexpr char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

QString makeCode(Random &random)
{
    const QByteArray bytes = random.bytes(codeBytes);
    QString code;
    for (int letter = 0; letter < codeBytes * 8 / 5; ++letter) {
        int value = 0;
        for (int bit = letter * 5; bit < letter * 5 + 5; ++bit) {
            value = value << 1 | ((uchar(bytes.at(bit / 8)) >> (7 - bit % 8)) & 1);
        }
        if (letter > 0 && letter % 4 == 0) {
            code += QLatin1Char('-');
        }
        code += QLatin1Char(letters[value]);
    }
    return code;
}

/** SHA-256 of the code as it was meant: case, hyphens and look-alikes do not count. */
QByteArray codeHash(const QString &code)
{
    QByteArray plain;
    for (const QChar c : code.toUpper()) {
        const char16_t u = c.unicode();
        if (u == u'O') {
            plain += '0';
        } else if (u == u'I' || u == u'L') {
            plain += '1';
        } else if (u != u'-' && u != u' ' && u < 0x80) {
            plain += char(u);
        }
    }
    return sha256(plain);
}

Response tooMany(int seconds)
{
    Response response = problemAnswer(429, "too-many-attempts");
    response.addHeader("Retry-After", QByteArray::number(seconds));
    return response;
}

bool areArgon2(const QList<PinHash> &pins)
{
    return std::all_of(pins.begin(), pins.end(),
        [](const PinHash &pin) { return pin.hash.startsWith(QLatin1String("$argon2id$")); });
}

Response enrolled(Context &context, const Device &device)
{
    const auto unit = context.store.unit();
    const auto keys = context.store.bankKeys();
    if (!unit || !keys) {
        return failureAnswer(unit ? keys.error() : unit.error());
    }
    return jsonAnswer(toJson(EnrolResponse {device.id, *unit, context.settings.receiptKey.publicKey, *keys,
                          context.settings.syncWindowSeconds, context.clock.utcMs()}),
        201);
}

/** Why this proof does not do, or nothing. */
std::optional<Response> refuseProof(const Context &context, const TokenRequest &request, const Device &device)
{
    const qint64 now = context.clock.utcMs();
    if (std::abs(now - request.timeMs) > allowedSkewMs) {
        return problemAnswer(401, "clock-skew", QStringLiteral("more than ten minutes off"),
            {{QStringLiteral("server_time_ms"), now}});
    }
    if (!verifySignature(tokenProof(request), request.signature, device.publicKey)) {
        return problemAnswer(401, "proof-invalid");
    }
    return std::nullopt;
}

} // namespace

void enrol(Context &context, Call call, Reply reply)
{
    const QString peer = call.request.peer;
    if (const int wait = context.limiter.waitSeconds(peer); wait > 0) {
        return reply(tooMany(wait));
    }
    const auto body = jsonBody(call.request);
    const auto request = body ? enrolRequestFromJson(*body) : Result<EnrolRequest>(body.error());
    if (!request) {
        return reply(badRequest(request.error()));
    }
    if (!areArgon2(request->pins)) {
        return reply(badRequest(Error(ErrorCode::InvalidArgument, QStringLiteral("argon2id expected"),
            QStringLiteral("pins.pin_hash"))));
    }
    const QString device = makeUuidV7(context.clock, context.random);
    context.store.enrol({codeHash(request->code), device, request->deviceName, request->store, request->publicKey,
                            request->pins, context.clock.utcMs()},
        [&context, peer, reply](const Result<Device> &enrolledDevice) {
            if (enrolledDevice) {
                return reply(enrolled(context, *enrolledDevice));
            }
            if (enrolledDevice.error().code() != ErrorCode::NotFound) {
                return reply(failureAnswer(enrolledDevice.error()));
            }
            context.limiter.failed(peer);
            reply(problemAnswer(403, "code-invalid", enrolledDevice.error().detail()));
        });
}

void token(Context &context, Call call, Reply reply)
{
    const QString peer = call.request.peer;
    const auto body = jsonBody(call.request);
    const auto request = body ? tokenRequestFromJson(*body) : Result<TokenRequest>(body.error());
    if (!request) {
        return reply(badRequest(request.error()));
    }
    const auto device = context.store.device(request->device);
    if (!device) {
        return reply(failureAnswer(device.error()));
    }
    if (!*device) {
        return reply(problemAnswer(401, "device-unknown"));
    }
    if (auto refused = refuseProof(context, *request, **device)) {
        return reply(std::move(*refused));
    }
    if ((*device)->revoked) {
        return reply(problemAnswer(403, "device-revoked"));
    }
    const qint64 now = context.clock.utcMs();
    context.store.useNonce(request->device, request->nonce, now,
        [&context, now, id = request->device, reply](const Result<void> &used) {
            if (!used) {
                return reply(used.error().code() == ErrorCode::Conflict ? problemAnswer(401, "nonce-used")
                                                                        : failureAnswer(used.error()));
            }
            const qint64 expires = now + Callers::tokenLifeMs;
            reply(jsonAnswer(toJson(TokenResponse {context.callers.issueToken(id, expires), expires, now})));
        });
}

void makeEnrolmentCodes(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    const auto request
        = body ? enrolmentCodesRequestFromJson(*body) : Result<EnrolmentCodesRequest>(body.error());
    if (!request) {
        return reply(badRequest(request.error()));
    }
    if (!demand(context, call, Role::System, request->department, reply)) {
        return;
    }
    const auto roster = context.store.roster();
    if (!roster) {
        return reply(failureAnswer(roster.error()));
    }
    if (roster->department(request->department) == nullptr) {
        return reply(badRequest(Error(ErrorCode::InvalidArgument, QStringLiteral("no such department"),
            QStringLiteral("department"))));
    }
    EnrolmentCodes made {request->department, {}, context.clock.utcMs() + request->validDays * dayMs};
    EnrolmentCodeBatch batch {request->department, {}, made.expiresAtMs};
    for (int i = 0; i < request->count; ++i) {
        made.codes.append(makeCode(context.random));
        batch.hashes.append(codeHash(made.codes.last()));
    }
    context.store.addEnrolmentCodes(std::move(batch), [made, reply](const Result<void> &added) {
        reply(added ? jsonAnswer(toJson(made), 201) : failureAnswer(added.error()));
    });
}

void listDevices(Context &context, Call, Reply reply)
{
    const auto devices = context.store.devices();
    if (!devices) {
        return reply(failureAnswer(devices.error()));
    }
    QJsonArray list;
    for (const DeviceInfo &device : *devices) {
        list.append(toJson(device));
    }
    reply(jsonAnswer(QJsonObject {{QStringLiteral("devices"), list}}));
}

void revokeDevice(Context &context, Call call, Reply reply)
{
    context.store.revoke(call.parameter, context.clock.utcMs(), [reply](const Result<void> &revoked) {
        if (revoked) {
            return reply(jsonAnswer(QJsonObject {{QStringLiteral("revoked"), true}}));
        }
        reply(revoked.error().code() == ErrorCode::NotFound
                ? problemAnswer(404, "not-found", revoked.error().detail())
                : failureAnswer(revoked.error()));
    });
}

} // namespace qingfeng::server::operations
