#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace qingfeng {

/** Owed until answered; Settled by attempts; Exempted by the emergency exit, with a reason. */
enum class ObligationState { Owed, Settled, Exempted };

QString nameOf(ObligationState state);
std::optional<ObligationState> obligationStateFromName(const QString &name);

/**
 * 当日义务: "n questions owed by this person for this day". A row of the store, never a state in memory, so
 * that neither a restart nor a kill loses or forgives it.
 */
struct Obligation
{
    QString id; ///< UUIDv7
    QString person;
    int studyDay = 0;
    QString occasion; ///< "day", or the login it was created for
    int owed = 1;
    int answered = 0;
    ObligationState state = ObligationState::Owed;
    QString reason; ///< of an exemption: "taxpayer-waiting", "meeting", "emergency", "other", or
                    ///< unlockCodeReason()
    QString settledBy; ///< id of the attempt that settled it
    qint64 createdAtMs = 0;
    qint64 settledAtMs = 0;
    bool isOpen() const { return state == ObligationState::Owed; }
};

/**
 * What shows the gate that the store settled this row: HMAC-SHA256 with the gate's secret of this run over
 * "obligation|word", lower-case hex. The word is the settling attempt's id, or "settled" for a row that was settled
 * before this run, "exempted", "deferred" (it stays owed), or "not-owed" (nothing to ask now; the obligation may be
 * "none").
 */
QString passToken(const QByteArray &secret, const QString &obligation, const QString &word);

/** A pass as it goes to the gate. */
struct Pass
{
    QString obligation;
    QString word;
    QString token;
};

} // namespace qingfeng
