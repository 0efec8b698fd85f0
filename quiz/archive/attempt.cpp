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

constexpr qsizetype maxEntries = 64;
constexpr qsizetype maxEntryLength = 4096;

void insertUnlessEmpty(QJsonObject &object, const QString &key, const QStringList &list)
{
    if (!list.isEmpty()) {
        object.insert(key, QJsonArray::fromStringList(list));
    }
}

void insertUnlessEmpty(QJsonObject &object, const QString &key, const QMap<QString, QString> &pairs)
{
    if (pairs.isEmpty()) {
        return;
    }
    QJsonObject map;
    for (auto pair = pairs.constBegin(); pair != pairs.constEnd(); ++pair) {
        map.insert(pair.key(), pair.value());
    }
    object.insert(key, map);
}

/** Reads the fields that may be missing; remembers the first that has another form. */
struct DetailReader
{
    QJsonObject object;
    QString where; ///< put before field names
    std::optional<Error> failed;

    void fail(const QString &key, const QString &detail)
    {
        if (!failed) {
            failed = fieldError(where + key, detail);
        }
    }

    QStringList texts(const QString &key)
    {
        const QJsonValue value = object.value(key);
        const QJsonArray array = value.toArray();
        if ((!value.isUndefined() && !value.isArray()) || array.size() > maxEntries) {
            fail(key, QStringLiteral("a list of at most 64 texts expected"));
            return {};
        }
        QStringList list;
        for (const QJsonValue entry : array) {
            if (!entry.isString() || entry.toString().size() > maxEntryLength) {
                fail(key, QStringLiteral("texts of at most 4096 characters expected"));
                return {};
            }
            list.append(entry.toString());
        }
        return list;
    }

    QMap<QString, QString> pairs(const QString &key)
    {
        const QJsonValue value = object.value(key);
        const QJsonObject map = value.toObject();
        if ((!value.isUndefined() && !value.isObject()) || map.size() > maxEntries) {
            fail(key, QStringLiteral("an object of at most 64 texts expected"));
            return {};
        }
        QMap<QString, QString> result;
        for (auto entry = map.constBegin(); entry != map.constEnd(); ++entry) {
            if (!entry->isString() || entry->toString().size() > maxEntryLength
                || entry.key().size() > maxEntryLength) {
                fail(key, QStringLiteral("texts of at most 4096 characters expected"));
                return {};
            }
            result.insert(entry.key(), entry->toString());
        }
        return result;
    }
};

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

QJsonObject detailsOf(const Attempt &a)
{
    QJsonObject object;
    insertUnlessEmpty(object, QStringLiteral("texts"), a.texts);
    insertUnlessEmpty(object, QStringLiteral("pairs"), a.pairs);
    if (!a.parts.isEmpty()) {
        QJsonObject parts;
        for (auto part = a.parts.constBegin(); part != a.parts.constEnd(); ++part) {
            QJsonObject fields;
            insertUnlessEmpty(fields, QStringLiteral("choices_shown"), part->choicesShown);
            insertUnlessEmpty(fields, QStringLiteral("response"), part->choices);
            insertUnlessEmpty(fields, QStringLiteral("texts"), part->texts);
            insertUnlessEmpty(fields, QStringLiteral("pairs"), part->pairs);
            parts.insert(part.key(), fields);
        }
        object.insert(QStringLiteral("parts"), parts);
    }
    if (a.guessPpm != 0) {
        object.insert(QStringLiteral("guess_ppm"), a.guessPpm);
    }
    return object;
}

Result<void> readDetails(const QJsonObject &object, Attempt &a)
{
    DetailReader reader {object, QString(), {}};
    a.texts = reader.texts(QStringLiteral("texts"));
    a.pairs = reader.pairs(QStringLiteral("pairs"));
    const QJsonValue parts = object.value(QStringLiteral("parts"));
    const QJsonObject byId = parts.toObject();
    if ((!parts.isUndefined() && !parts.isObject()) || byId.size() > maxEntries) {
        return fieldError(QStringLiteral("parts"), QStringLiteral("an object of at most 64 parts expected"));
    }
    for (auto part = byId.constBegin(); part != byId.constEnd(); ++part) {
        if (!part->isObject() || part.key().size() > maxEntryLength) {
            return fieldError(QStringLiteral("parts.%1").arg(part.key().left(64)), QStringLiteral("object expected"));
        }
        DetailReader inner {part->toObject(), QStringLiteral("parts.%1.").arg(part.key()), {}};
        a.parts.insert(part.key(),
            PartResponse {inner.texts(QStringLiteral("choices_shown")), inner.texts(QStringLiteral("response")),
                inner.texts(QStringLiteral("texts")), inner.pairs(QStringLiteral("pairs"))});
        if (inner.failed) {
            return *inner.failed;
        }
    }
    const QJsonValue guess = object.value(QStringLiteral("guess_ppm"));
    const qint64 ppm = guess.toInteger(guess.isUndefined() ? 0 : -1);
    if (ppm < 0 || ppm > 1'000'000) {
        return fieldError(QStringLiteral("guess_ppm"), QStringLiteral("a whole number from 0 to 1000000 expected"));
    }
    a.guessPpm = int(ppm);
    return reader.failed ? Result<void>(*reader.failed) : Result<void>();
}

QJsonObject contentOf(const Attempt &a)
{
    QJsonObject content {{QStringLiteral("id"), a.id}, {QStringLiteral("store"), a.store}, {QStringLiteral("seq"), a.seq},
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
    const QJsonObject details = detailsOf(a);
    for (auto field = details.constBegin(); field != details.constEnd(); ++field) {
        content.insert(field.key(), field.value());
    }
    return content;
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
    const auto details = readDetails(object, a);
    if (!details) {
        return details.error();
    }
    return a;
}

} // namespace qingfeng
