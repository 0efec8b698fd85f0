#include "app/server/service/answers.h"
#include "app/server/service/operations.h"

#include "quiz/archive/chain.h"
#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"
#include "quiz/protocol/statement.h"

#include <QJsonDocument>
#include <QSet>

namespace qingfeng::server::operations {
namespace {

using Kind = AppendOutcome::Kind;

/** A batch that is sound in itself, or the answer that says why it is not. */
struct Reading
{
    StatementBatch batch;
    std::optional<Response> refused;
};

Response invalidStatement(qsizetype index, const Error &error)
{
    return problemAnswer(400, "statement-invalid", error.detail(),
        {{text("index"), qint64(index)}, {text("where"), error.where()}});
}

/** Reads one statement and checks it against itself: form, unit, and that its hash covers its content. */
Result<StatementEntry> readEntry(const QJsonObject &statement, const QString &homePage)
{
    auto attempt = attemptFromStatement(statement);
    if (!attempt) {
        return attempt.error();
    }
    if (homePageOf(statement) != homePage) {
        return Error(ErrorCode::InvalidArgument, text("not the home page of this unit"), text("actor.account.homePage"));
    }
    if ((attempt->seq == 1) != (attempt->previousHash == chainStart())) {
        return Error(ErrorCode::InvalidArgument, text("zero before the first, and only there"),
            text("context.extensions.previous_hash"));
    }
    if (chainHash(*attempt) != attempt->hash) {
        return Error(
            ErrorCode::InvalidArgument, text("does not match the content"), text("context.extensions.hash"));
    }
    return StatementEntry {statementDigest(statement), *attempt};
}

Reading readBatch(const QJsonArray &statements, const QString &homePage)
{
    Reading reading;
    QSet<QString> ids;
    for (qsizetype i = 0; i < statements.size(); ++i) {
        const auto entry = readEntry(statements.at(i).toObject(), homePage);
        if (!entry) {
            reading.refused = invalidStatement(i, entry.error());
            return reading;
        }
        if (ids.contains(entry->attempt.id)) {
            reading.refused
                = invalidStatement(i, Error(ErrorCode::InvalidArgument, text("twice in one batch"), text("id")));
            return reading;
        }
        ids.insert(entry->attempt.id);
        if (reading.batch.entries.isEmpty()) {
            reading.batch.store = entry->attempt.store;
        } else if (reading.batch.store != entry->attempt.store) {
            reading.refused = problemAnswer(400, "batch-mixed-stores", text("one batch is of one store"));
            return reading;
        }
        reading.batch.entries.append(*entry);
    }
    reading.batch.body = QJsonDocument(statements).toJson(QJsonDocument::Compact);
    return reading;
}

/** The problem that this device does not speak for everybody in the batch, or nothing. */
std::optional<Response> refuseStrangers(const Context &context, const Device &device, const StatementBatch &batch)
{
    QStringList people;
    for (const StatementEntry &entry : batch.entries) {
        if (!entry.attempt.person.startsWith(QLatin1String("os:")) && !people.contains(entry.attempt.person)) {
            people.append(entry.attempt.person);
        }
    }
    const auto strangers = context.store.strangers(people, device.department);
    if (!strangers) {
        return failureAnswer(strangers.error());
    }
    if (!strangers->isEmpty()) {
        return problemAnswer(403, "person-not-of-device", {},
            {{text("people"), QJsonArray::fromStringList(*strangers)}});
    }
    return std::nullopt;
}

QByteArray signedReceipt(const Context &context, const QString &store, qint64 seq, const QByteArray &hash)
{
    Receipt receipt {store, seq, hash, context.clock.utcMs(), {}, {}};
    return signReceipt(receipt, context.settings.receiptKey.secret) ? receiptToHeader(receipt) : QByteArray();
}

Response answerFor(const Context &context, const AppendOutcome &outcome, const QString &store, const QStringList &ids)
{
    switch (outcome.kind) {
    case Kind::Stored: {
        Response response = jsonAnswer(QJsonArray::fromStringList(ids));
        response.addHeader(receiptHeader, signedReceipt(context, store, outcome.headSeq, outcome.headHash));
        return response;
    }
    case Kind::Conflict:
        return problemAnswer(409, "statement-conflict", text("set aside for the administrator"),
            {{text("ids"), QJsonArray::fromStringList(outcome.conflicting)}});
    case Kind::Gap:
        return problemAnswer(
            409, "chain-gap", text("answers before these are missing"), {{text("expected_seq"), outcome.expectedSeq}});
    case Kind::Fork:
        return problemAnswer(409, "chain-fork", text("kept as a branch; the same batch again is acknowledged"),
            {{text("epoch"), outcome.epoch}, {text("head_seq"), outcome.headSeq}});
    case Kind::TooManyForks:
        return problemAnswer(409, "too-many-forks");
    case Kind::NotOwner:
        return problemAnswer(403, "store-not-yours");
    case Kind::Revoked:
        break;
    }
    return problemAnswer(403, "device-revoked");
}

void append(Context &context, const Call &call, const QJsonArray &statements, Reply reply)
{
    if (statements.isEmpty()) {
        return reply(jsonAnswer(QJsonArray()));
    }
    if (statements.size() > maxStatementsPerPost) {
        return reply(problemAnswer(413, "too-many", text("at most %1 statements").arg(maxStatementsPerPost)));
    }
    const auto unit = context.store.unit();
    if (!unit) {
        return reply(failureAnswer(unit.error()));
    }
    Reading reading = readBatch(statements, unit->homePage);
    if (reading.refused) {
        return reply(std::move(*reading.refused));
    }
    if (auto refused = refuseStrangers(context, call.caller.device, reading.batch)) {
        return reply(std::move(*refused));
    }
    reading.batch.device = call.caller.device.id;
    reading.batch.receivedAtMs = context.clock.utcMs();
    QStringList ids;
    for (const StatementEntry &entry : std::as_const(reading.batch.entries)) {
        ids.append(entry.attempt.id);
    }
    const QString store = reading.batch.store;
    context.store.appendStatements(
        std::move(reading.batch), [&context, store, ids, reply](const Result<AppendOutcome> &outcome) {
            reply(outcome ? answerFor(context, *outcome, store, ids) : failureAnswer(outcome.error()));
        });
}

Response badJson(const QJsonParseError &error)
{
    return badRequest(Error(
        ErrorCode::InvalidArgument, error.errorString(), QStringLiteral("byte %1").arg(error.offset)));
}

} // namespace

void postStatements(Context &context, Call call, Reply reply)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(call.request.body, &error);
    if (error.error != QJsonParseError::NoError) {
        return reply(badJson(error));
    }
    append(context, call, document.isArray() ? document.array() : QJsonArray {document.object()}, std::move(reply));
}

void putStatement(Context &context, Call call, Reply reply)
{
    const auto statement = jsonBody(call.request);
    if (!statement) {
        return reply(badRequest(statement.error()));
    }
    if (statement->value(QLatin1String("id")).toString() != call.request.query.value(text("statementId"))) {
        return reply(badRequest(
            Error(ErrorCode::InvalidArgument, text("differs from the statement's id"), text("statementId"))));
    }
    append(context, call, {*statement}, [reply](Response response) {
        if (response.status == 200) {
            response.status = 204;
            response.body.clear();
        }
        reply(std::move(response));
    });
}

void receipts(Context &context, Call call, Reply reply)
{
    const QString store = call.request.query.value(text("store"));
    const auto heads = context.store.chainHeads(store);
    if (!heads) {
        return reply(failureAnswer(heads.error()));
    }
    QJsonArray list;
    for (const ChainHead &head : *heads) {
        const bool own = call.caller.kind != Caller::Kind::Device || head.device == call.caller.device.id
            || store == call.caller.device.store;
        Receipt receipt {store, head.seq, head.hash, context.clock.utcMs(), {}, {}};
        if (own && signReceipt(receipt, context.settings.receiptKey.secret)) {
            list.append(toJson(receipt));
        }
    }
    if (list.isEmpty()) {
        return reply(problemAnswer(404, "not-found", text("nothing is held of this store")));
    }
    reply(jsonAnswer(QJsonObject {{text("receipts"), list}}));
}

} // namespace qingfeng::server::operations
