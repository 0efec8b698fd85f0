#include "quiz/feedback/feedback.h"

#include "question_bank/base/uuid.h"

#include <array>

namespace qingfeng {
namespace {

constexpr std::array<const char *, 4> kindNames {"message", "read", "closed", "reopened"};
constexpr std::array<const char *, 5> stateNames {"queued", "sent", "read", "answered", "closed"};

template <typename Enum, std::size_t count>
std::optional<Enum> fromNames(const std::array<const char *, count> &names, const QString &name)
{
    for (std::size_t i = 0; i < count; ++i) {
        if (name == QLatin1String(names[i])) {
            return Enum(int(i));
        }
    }
    return std::nullopt;
}

} // namespace

QString nameOf(FeedbackKind kind)
{
    return QLatin1String(kindNames.at(std::size_t(kind)));
}

std::optional<FeedbackKind> feedbackKindFromName(const QString &name)
{
    return fromNames<FeedbackKind>(kindNames, name);
}

QString nameOf(FeedbackState state)
{
    return QLatin1String(stateNames.at(std::size_t(state)));
}

std::optional<FeedbackState> feedbackStateFromName(const QString &name)
{
    return fromNames<FeedbackState>(stateNames, name);
}

QJsonObject toJson(const FeedbackEntry &entry)
{
    QJsonObject object {{QStringLiteral("id"), entry.id}, {QStringLiteral("thread"), entry.thread},
        {QStringLiteral("store"), entry.store}, {QStringLiteral("person"), entry.person},
        {QStringLiteral("kind"), nameOf(entry.kind)}, {QStringLiteral("from_desk"), entry.fromDesk},
        {QStringLiteral("text"), entry.text}, {QStringLiteral("written_at_ms"), entry.writtenAtMs},
        {QStringLiteral("utc_offset_s"), entry.utcOffsetSeconds}, {QStringLiteral("number"), entry.number}};
    if (entry.fromDesk) {
        object.insert(QStringLiteral("author"), entry.author);
    }
    if (!entry.question.isEmpty()) {
        object.insert(QStringLiteral("question"), entry.question);
        object.insert(QStringLiteral("version"), entry.version);
    }
    if (!entry.attempt.isEmpty()) {
        object.insert(QStringLiteral("attempt"), entry.attempt);
        object.insert(QStringLiteral("answer"), entry.answer);
    }
    return object;
}

Result<FeedbackEntry> feedbackEntryFromJson(const QJsonObject &object)
{
    const auto text = [&object](const char *name) { return object.value(QLatin1String(name)).toString(); };
    FeedbackEntry entry;
    const auto kind = feedbackKindFromName(text("kind"));
    entry.id = text("id");
    entry.thread = text("thread");
    entry.store = text("store");
    entry.person = text("person");
    entry.kind = kind.value_or(FeedbackKind::Message);
    entry.fromDesk = object.value(QStringLiteral("from_desk")).toBool();
    entry.author = text("author");
    entry.text = text("text");
    entry.question = text("question");
    entry.version = object.value(QStringLiteral("version")).toInt();
    entry.attempt = text("attempt");
    entry.answer = text("answer");
    entry.writtenAtMs = object.value(QStringLiteral("written_at_ms")).toInteger(-1);
    entry.utcOffsetSeconds = object.value(QStringLiteral("utc_offset_s")).toInt(-1'000'000);
    entry.number = object.value(QStringLiteral("number")).toInteger(0);
    const bool isMessage = entry.kind == FeedbackKind::Message;
    const char *wrong = !isUuid(entry.id)                                                ? "id"
        : !isUuid(entry.thread)                                                          ? "thread"
        : !isUuid(entry.store)                                                           ? "store"
        : entry.person.isEmpty() || entry.person.size() > 120                            ? "person"
        : !kind || (entry.isFirst() && !isMessage)                                       ? "kind"
        : entry.isFirst() && entry.fromDesk                                              ? "from_desk"
        : entry.kind == FeedbackKind::Read && !entry.fromDesk                            ? "from_desk"
        : entry.fromDesk != !entry.author.isEmpty() || entry.author.size() > FeedbackEntry::maxAuthor ? "author"
        : isMessage != !entry.text.trimmed().isEmpty() || entry.text.size() > FeedbackEntry::maxText  ? "text"
        : entry.question.size() > 120 || (!entry.question.isEmpty() && entry.version < 1) ? "question"
        : !entry.attempt.isEmpty() && !isUuid(entry.attempt)                             ? "attempt"
        : entry.answer.size() > FeedbackEntry::maxAnswer                                 ? "answer"
        : entry.writtenAtMs < 0                                                          ? "written_at_ms"
        : std::abs(entry.utcOffsetSeconds) > 86'400                                      ? "utc_offset_s"
        : entry.number < 0                                                               ? "number"
                                                                                         : nullptr;
    if (wrong != nullptr) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("missing, too long or of another form"),
            QLatin1String(wrong));
    }
    return entry;
}

bool isSameEntry(const FeedbackEntry &a, const FeedbackEntry &b)
{
    FeedbackEntry other = b;
    other.number = a.number;
    return a == other;
}

FeedbackState stateOf(const QList<FeedbackEntry> &entries)
{
    FeedbackState state = FeedbackState::Queued;
    for (const FeedbackEntry &entry : entries) {
        switch (entry.kind) {
        case FeedbackKind::Message:
            state = entry.fromDesk ? FeedbackState::Answered
                : entry.number > 0 ? FeedbackState::Sent
                                   : FeedbackState::Queued;
            break;
        case FeedbackKind::Read:
            state = state == FeedbackState::Sent ? FeedbackState::Read : state;
            break;
        case FeedbackKind::Closed:
            state = FeedbackState::Closed;
            break;
        case FeedbackKind::Reopened:
            state = entry.number > 0 || entry.fromDesk ? FeedbackState::Sent : FeedbackState::Queued;
            break;
        }
    }
    return state;
}

} // namespace qingfeng
