#include "quiz/archive/attempt.h"

#include <array>

#include <QJsonArray>

namespace qingfeng {
namespace {

constexpr std::array<const char16_t *, 5> outcomeNames {u"right", u"wrong", u"partial", u"unsure", u"invalid"};
constexpr std::array<const char16_t *, 4> contextNames {u"gate", u"study", u"theme", u"test"};

template <typename Enum, std::size_t N>
std::optional<Enum> lookUp(const std::array<const char16_t *, N> &names, const QString &name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (name == QStringView(names[i])) {
            return Enum(i);
        }
    }
    return std::nullopt;
}

Error fieldError(const QString &field, const QString &detail)
{
    return Error(ErrorCode::InvalidArgument, detail, field);
}

} // namespace

QString nameOf(Outcome outcome)
{
    return QString::fromUtf16(outcomeNames[std::size_t(outcome)]);
}

QString nameOf(AttemptContext context)
{
    return QString::fromUtf16(contextNames[std::size_t(context)]);
}

std::optional<Outcome> outcomeFromName(const QString &name)
{
    return lookUp<Outcome>(outcomeNames, name);
}

std::optional<AttemptContext> attemptContextFromName(const QString &name)
{
    return lookUp<AttemptContext>(contextNames, name);
}

QJsonObject contentOf(const Attempt &a)
{
    return {{QStringLiteral("id"), a.id}, {QStringLiteral("store"), a.store}, {QStringLiteral("seq"), a.seq},
        {QStringLiteral("person"), a.person}, {QStringLiteral("post"), a.post},
        {QStringLiteral("question"), a.question}, {QStringLiteral("version"), a.version},
        {QStringLiteral("bank_revision"), a.bankRevision},
        {QStringLiteral("choices_shown"), QJsonArray::fromStringList(a.choicesShown)},
        {QStringLiteral("response"), QJsonArray::fromStringList(a.response)},
        {QStringLiteral("marks"), a.marks}, {QStringLiteral("full_marks"), a.fullMarks},
        {QStringLiteral("outcome"), nameOf(a.outcome)}, {QStringLiteral("context"), nameOf(a.context)},
        {QStringLiteral("obligation"), a.obligation}, {QStringLiteral("response_ms"), a.responseMs},
        {QStringLiteral("answered_at_ms"), a.answeredAtMs},
        {QStringLiteral("utc_offset_s"), a.utcOffsetSeconds}, {QStringLiteral("study_day"), a.studyDay}};
}

QJsonObject toJson(const Attempt &attempt)
{
    QJsonObject object = contentOf(attempt);
    object.insert(QStringLiteral("previous_hash"), QString::fromLatin1(attempt.previousHash.toHex()));
    object.insert(QStringLiteral("hash"), QString::fromLatin1(attempt.hash.toHex()));
    return object;
}

Result<Attempt> attemptFromJson(const QJsonObject &object)
{
    const auto has = [&object](QLatin1String key, QJsonValue::Type type) {
        return object.value(key).type() == type;
    };
    for (const char *key : {"id", "store", "person", "post", "question", "outcome", "context", "obligation",
             "previous_hash", "hash"}) {
        if (!has(QLatin1String(key), QJsonValue::String)) {
            return fieldError(QLatin1String(key), QStringLiteral("text expected"));
        }
    }
    for (const char *key : {"seq", "version", "bank_revision", "marks", "full_marks", "response_ms",
             "answered_at_ms", "utc_offset_s", "study_day"}) {
        if (!has(QLatin1String(key), QJsonValue::Double)) {
            return fieldError(QLatin1String(key), QStringLiteral("number expected"));
        }
    }
    const auto texts = [&object](const char *key) {
        QStringList list;
        for (const QJsonValue element : object.value(QLatin1String(key)).toArray()) {
            list.append(element.toString());
        }
        return list;
    };
    const auto text = [&object](const char *key) { return object.value(QLatin1String(key)).toString(); };
    const auto number = [&object](const char *key) { return object.value(QLatin1String(key)).toInteger(); };

    Attempt a;
    a.id = text("id");
    a.store = text("store");
    a.seq = number("seq");
    a.person = text("person");
    a.post = text("post");
    a.question = text("question");
    a.version = int(number("version"));
    a.bankRevision = number("bank_revision");
    a.choicesShown = texts("choices_shown");
    a.response = texts("response");
    a.marks = int(number("marks"));
    a.fullMarks = int(number("full_marks"));
    const auto outcome = outcomeFromName(text("outcome"));
    if (!outcome) {
        return fieldError(QStringLiteral("outcome"), QStringLiteral("unknown name"));
    }
    a.outcome = *outcome;
    const auto context = attemptContextFromName(text("context"));
    if (!context) {
        return fieldError(QStringLiteral("context"), QStringLiteral("unknown name"));
    }
    a.context = *context;
    a.obligation = text("obligation");
    a.responseMs = number("response_ms");
    a.answeredAtMs = number("answered_at_ms");
    a.utcOffsetSeconds = int(number("utc_offset_s"));
    a.studyDay = int(number("study_day"));
    a.previousHash = QByteArray::fromHex(text("previous_hash").toLatin1());
    a.hash = QByteArray::fromHex(text("hash").toLatin1());
    if (a.previousHash.size() != 32 || a.hash.size() != 32) {
        return fieldError(QStringLiteral("hash"), QStringLiteral("64 hex digits expected"));
    }
    return a;
}

} // namespace qingfeng
