#pragma once

#include <QString>

namespace qingfeng {

/**
 * What the learner asked for at the gate, when no desktop was there to show it yet: the store keeps it under
 * this name for the tray program, which takes it over when it starts or is told to look.
 */
inline QString intentKey()
{
    return QStringLiteral("intent");
}

/** The messages are to be read. */
inline QString messagesIntent()
{
    return QStringLiteral("messages");
}

/** Before the id of a theme that is to be read; other intents are as in requestFor(). */
inline QString themeIntentPrefix()
{
    return QStringLiteral("theme/");
}

} // namespace qingfeng
