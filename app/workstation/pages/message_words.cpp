#include "app/workstation/pages/message_words.h"

#include "app/widgets/words.h"

namespace qingfeng {

QString MessageWords::of(FeedbackState state)
{
    switch (state) {
    case FeedbackState::Queued:
        return tr("Waiting to be sent");
    case FeedbackState::Sent:
        return tr("Arrived");
    case FeedbackState::Read:
        return tr("Read");
    case FeedbackState::Answered:
        return tr("Answered");
    case FeedbackState::Closed:
        break;
    }
    return tr("Closed");
}

QString MessageWords::whoAndWhen(const FeedbackEntry &entry)
{
    //: %1 who wrote it, %2 date and time.
    return tr("%1, %2").arg(
        entry.fromDesk ? entry.author : tr("You"), Words::moment(entry.writtenAtMs, entry.utcOffsetSeconds));
}

QString MessageWords::recipients(const QStringList &names)
{
    return names.isEmpty()
        ? tr("It goes to the administrator of your office. Who that is stands here once the server has said so.")
        //: %1 names and offices.
        : tr("It goes to %1 and to nobody else.").arg(names.join(tr(", ", "between names")));
}

QString messageLine(const FeedbackEntry &entry, FeedbackState state)
{
    if (entry.fromDesk) {
        //: %1 name and office of an administrator, with the time; %2 what was written.
        return MessageWords::tr("Answer of %1: %2").arg(MessageWords::whoAndWhen(entry), entry.text);
    }
    //: %1 you and the time; %2 arrived, read …; %3 what was written.
    return MessageWords::tr("%1 (%2): %3")
        .arg(MessageWords::whoAndWhen(entry), MessageWords::of(state), entry.text);
}

} // namespace qingfeng
