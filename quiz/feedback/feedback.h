#pragma once

#include "question_bank/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

/**
 * 意见反馈: what a person and the administrator's desk write to each other. A thread is a list of entries that is only
 * ever added to, by both sides; everything that is said of it is derived from them.
 */
namespace qingfeng {

/** What an entry does. */
enum class FeedbackKind {
    Message, ///< says something
    Read, ///< by the desk: it has seen what was written so far
    Closed, ///< nothing more is to be answered
    Reopened,
};

QString nameOf(FeedbackKind kind);
std::optional<FeedbackKind> feedbackKindFromName(const QString &name);

struct FeedbackEntry
{
    static constexpr int maxText = 2000; ///< UTF-16 units
    static constexpr int maxAuthor = 60;
    static constexpr int maxAnswer = 16'384;

    QString id; ///< UUIDv7, made by whoever writes it: writing it again is one entry
    QString thread; ///< id of the thread's first message
    QString store; ///< UUID of the workstation database where the thread began
    QString person; ///< whose thread it is
    FeedbackKind kind = FeedbackKind::Message;
    bool fromDesk = false;
    QString author; ///< of the desk: name and office; else empty
    QString text; ///< of a message
    QString question; ///< of a first message: what it is about; may be empty
    int version = 0;
    QString attempt; ///< of a first message: the person's own answer; may be empty
    QString answer; ///< that answer as JSON: {"response", "outcome", "texts", "pairs", "parts"}; may be empty
    qint64 writtenAtMs = 0; ///< UTC, by the writer's clock
    int utcOffsetSeconds = 0;
    qint64 number = 0; ///< given by the server: 1, 2, 3 … within the store; 0 = not there yet
    bool operator==(const FeedbackEntry &) const = default;
    bool isFirst() const { return id == thread; }
};

QJsonObject toJson(const FeedbackEntry &entry);
/** InvalidArgument names the field that is missing, too long or of another form, or that contradicts another. */
Result<FeedbackEntry> feedbackEntryFromJson(const QJsonObject &object);
/** Whether both say the same, whatever their numbers. */
bool isSameEntry(const FeedbackEntry &a, const FeedbackEntry &b);

/** How a thread stands, as both sides see it. */
enum class FeedbackState {
    Queued, ///< 待发送: its newest message has not reached the server
    Sent, ///< 已送达
    Read, ///< 已读
    Answered, ///< 已答复: the desk spoke last
    Closed, ///< 已办结
};

QString nameOf(FeedbackState state);
std::optional<FeedbackState> feedbackStateFromName(const QString &name);

/** @param entries  of one thread, in the order of reading: those without a number last */
FeedbackState stateOf(const QList<FeedbackEntry> &entries);

} // namespace qingfeng
