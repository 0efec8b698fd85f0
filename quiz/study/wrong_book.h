#pragma once

#include "quiz/archive/attempt.h"

#include <QList>

namespace qingfeng {

/** A question in the wrong-book. */
struct WrongEntry
{
    QString question;
    int version = 0; ///< that was last answered wrong
    int timesWrong = 0; ///< valid answers that were not right, since it was last out of the book
    int lastWrongDay = 0; ///< study day
    qint64 lastWrongMs = 0; ///< UTC
    bool rightSinceSameDay = false; ///< answered right on the day of the mistake, which is not yet a proof
};

/**
 * 错题本: questions whose last valid answer was not right (wrong, partly right, 不确定). A question leaves when it is
 * answered right on a later study day than it was missed on: right again within minutes of reading the explanation is
 * no proof. Rapid guesses neither enter nor leave anything.
 *
 * @param attempts  of one person, in chain order
 * @return newest mistake first
 */
QList<WrongEntry> wrongBook(const QList<Attempt> &attempts);

} // namespace qingfeng
