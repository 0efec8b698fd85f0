#pragma once

#include "quiz/store/feedback_records.h"

#include <QCoreApplication>

namespace qingfeng {

/** What pages say of messages, in the user's language. */
class MessageWords
{
    Q_DECLARE_TR_FUNCTIONS(qingfeng::MessageWords)

public:
    /** "Waiting to be sent", "Arrived", "Read", "Answered", "Closed". */
    static QString of(FeedbackState state);
    /** "You, 24 November 2026 09:15" or the desk's name with it. */
    static QString whoAndWhen(const FeedbackEntry &entry);
    /** Who reads what is written, truthfully. */
    static QString recipients(const QStringList &names);
};

/** A message in one line below a question: who wrote it when, how its thread stands, and what it says. */
QString messageLine(const FeedbackEntry &entry, FeedbackState state);

} // namespace qingfeng
