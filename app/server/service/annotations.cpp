#include "app/server/event_store/rows/rows.h"
#include "app/server/service/answers.h"
#include "app/server/service/operations.h"

#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"
#include "quiz/protocol/statement.h"

#include <algorithm>

namespace qingfeng::server {

Result<bool> isOwnStore(const Context &context, const Caller &caller, const QString &store)
{
    if (store == caller.device.store) {
        return true;
    }
    const auto heads = context.store.chainHeads(store);
    if (!heads) {
        return heads.error();
    }
    return std::any_of(heads->cbegin(), heads->cend(),
        [&caller](const ChainHead &head) { return head.device == caller.device.id; });
}

namespace operations {
namespace {

Error annotationParameter(const char *name, const char *detail)
{
    return Error(ErrorCode::InvalidArgument, text(detail), text(name));
}

/** The page that @p read gives, which is asked for one more than a page holds. */
template <typename Read> Response pageOf(const Context &context, Read read)
{
    auto found = context.store.read(read);
    if (!found) {
        return failureAnswer(found.error());
    }
    AnnotationPage page {std::move(*found), false};
    if (page.annotations.size() > maxAnnotationsPerPage) {
        page.annotations.resize(maxAnnotationsPerPage);
        page.more = true;
    }
    return jsonAnswer(toJson(page));
}

} // namespace

void annotate(Context &context, Call call, Reply reply)
{
    const auto body = jsonBody(call.request);
    const auto request = body ? annotationRequestFromJson(*body) : Result<AnnotationRequest>(body.error());
    if (!request) {
        return reply(badRequest(request.error()));
    }
    const auto stored = context.store.statement(request->attempt);
    if (!stored) {
        return reply(failureAnswer(stored.error()));
    }
    if (!*stored) {
        return reply(problemAnswer(404, "not-found", text("no such attempt")));
    }
    const auto attempt = attemptFromStatement((*stored)->statement);
    if (!attempt) {
        return reply(failureAnswer(attempt.error()));
    }
    Annotation annotation;
    annotation.id = request->id;
    annotation.store = attempt->store;
    annotation.attempt = attempt->id;
    annotation.attemptHash = attempt->hash;
    annotation.person = attempt->person;
    annotation.author = request->author;
    annotation.text = request->text;
    annotation.writtenAtMs = context.clock.utcMs();
    const auto sign = [secret = context.settings.receiptKey.secret](
                          Annotation &made) { return signAnnotation(made, secret); };
    const qint64 bytes = 4 * annotation.text.size();
    context.store.write<Annotation>(
        bytes, [annotation, sign](Sql &sql) { return rows::annotate(sql, annotation, sign); },
        [reply](const Result<Annotation> &made) {
            if (!made && made.error().code() == ErrorCode::Conflict) {
                return reply(problemAnswer(409, "annotation-conflict", made.error().detail()));
            }
            reply(made ? jsonAnswer(toJson(*made)) : failureAnswer(made.error()));
        });
}

void annotations(Context &context, Call call, Reply reply)
{
    const auto &query = call.request.query;
    constexpr int limit = maxAnnotationsPerPage + 1;
    if (call.caller.kind != Caller::Kind::Device) {
        const QString person = query.value(text("person"));
        if (person.isEmpty() || person.size() > 200) {
            return reply(badRequest(annotationParameter("person", "an employee number is expected")));
        }
        return reply(
            pageOf(context, [&](Sql &sql) { return rows::annotationsOfPerson(sql, person, limit); }));
    }
    bool ok = false;
    const qint64 after = query.value(text("after"), text("0")).toLongLong(&ok);
    if (!ok || after < 0) {
        return reply(badRequest(annotationParameter("after", "a number of 0 or more is expected")));
    }
    const QString store = query.value(text("store"), call.caller.device.store);
    const auto own = isOwnStore(context, call.caller, store);
    if (!own) {
        return reply(failureAnswer(own.error()));
    }
    if (!*own) {
        return reply(problemAnswer(404, "not-found", text("nothing is held of this store")));
    }
    reply(pageOf(context, [&](Sql &sql) { return rows::annotations(sql, store, after, limit); }));
}

} // namespace operations
} // namespace qingfeng::server
