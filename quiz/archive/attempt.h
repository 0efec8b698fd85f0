#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace qingfeng {

/** What became of one presentation. Unsure is 「不确定」; Invalid is a rapid guess (无效), recorded but not counted. */
enum class Outcome { Right, Wrong, Partial, Unsure, Invalid };

/** Where the question was asked. */
enum class AttemptContext { Gate, Study, Theme, Test };

QString nameOf(Outcome outcome);
QString nameOf(AttemptContext context);
std::optional<Outcome> outcomeFromName(const QString &name);
std::optional<AttemptContext> attemptContextFromName(const QString &name);

/**
 * 作答: one answer, append-only. It names the question version and choice ids, never positions, so that it
 * still means the same after the bank has changed.
 */
struct Attempt
{
    QString id; ///< UUIDv7, made when the question is shown: writing the same answer twice is one attempt
    QString store; ///< UUID of the workstation database whose chain it belongs to
    qint64 seq = 0; ///< 1, 2, 3 … within the store
    QString person; ///< employee number (工号), or "os:<account>" for somebody the roster does not know
    QString post; ///< code of the post held then, for which the question was asked
    QString question;
    int version = 0;
    qint64 bankRevision = 0;
    QStringList choicesShown; ///< choice ids in the order shown
    QStringList response; ///< choice ids chosen, sorted; empty when unsure
    int marks = 0; ///< centi-points, 0 … fullMarks
    int fullMarks = 100;
    Outcome outcome = Outcome::Wrong;
    AttemptContext context = AttemptContext::Study;
    QString obligation; ///< id of the obligation it counted for, or empty
    qint64 responseMs = 0; ///< time to answer without lock, unfocus and reading of the explanation
    qint64 answeredAtMs = 0; ///< UTC, device clock
    int utcOffsetSeconds = 0;
    int studyDay = 0; ///< see studyDay() in base/clock.h
    QByteArray previousHash; ///< 32 bytes; all zero for the first
    QByteArray hash; ///< 32 bytes
    bool operator==(const Attempt &) const = default;
};

/** Everything but the two hashes, as JSON; the form that is hashed (after canonicalJson) and exported. */
QJsonObject contentOf(const Attempt &attempt);

/** contentOf() with "previous_hash" and "hash" in hex: the full exchange form. */
QJsonObject toJson(const Attempt &attempt);

/** Strict reading of that form. InvalidArgument names the field. Hashes are read, not checked. */
Result<Attempt> attemptFromJson(const QJsonObject &object);

} // namespace qingfeng
