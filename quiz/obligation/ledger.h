#pragma once

#include "quiz/obligation/obligation.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace qingfeng {

/** An obligation and the logins it stands for. The key (person, study day, occasion) makes it one, whoever asks. */
struct LedgerRow
{
    Obligation obligation;
    /**
     * Logins that it was asked in. A login is what begins when a person without a session logs in and ends with
     * the last session: two sessions at once are one login, and so is a program that was killed and came again.
     */
    QStringList logins;
};

/**
 * A 暂缓 or, beyond the quota of emergency exits, a postponement: the obligation stays owed and is asked again
 * at untilMs. The key (obligation, number) makes two programs that defer at once one deferral.
 */
struct Deferral
{
    enum class Kind { Token, Emergency };
    QString id; ///< UUIDv7
    QString obligation;
    QString person;
    int studyDay = 0; ///< of the obligation
    int number = 1; ///< of this obligation, from 1
    Kind kind = Kind::Token;
    qint64 madeAtMs = 0;
    qint64 untilMs = 0;
    bool voided = false; ///< the clock was turned back while it ran: asked again at once
    bool operator==(const Deferral &) const = default;
};

/** What was seen last of the clock, so that turning it back is noticed. One row a person. */
struct DayMemory
{
    int lastSeenDay = 0; ///< study day by the clock at the last decision
    int obligedDay = 0; ///< study day that the last decision was about: later, when the clock was turned back
    qint64 lastSeenMs = 0;
    bool operator==(const DayMemory &) const = default;
};

/** Quiet that was earned: a row a person and first day. */
struct QuietGrant
{
    int fromDay = 0; ///< first study day
    int untilDay = 0; ///< last study day
    bool ended = false; ///< before its time, by a changed law or a mandatory question
    bool operator==(const QuietGrant &) const = default;
};

/** What the store holds of one person, as far as a decision needs it. */
struct Ledger
{
    QList<LedgerRow> rows; ///< in the order in which they were made; the last 40 study days and any later ones
    QList<Deferral> deferrals; ///< in the order in which they were made; of the same days
    std::optional<DayMemory> memory;
    std::optional<QuietGrant> quiet; ///< the latest
};

} // namespace qingfeng
