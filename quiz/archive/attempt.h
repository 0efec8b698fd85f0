#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
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

/** What was done with one sub-question of a case (小题): the same fields as of an attempt. */
struct PartResponse
{
    QStringList choicesShown; ///< choice or target ids in the order shown
    QStringList choices; ///< ids chosen, sorted; for an order in the order given
    QStringList texts; ///< one text a blank, in the order of the blanks
    QMap<QString, QString> pairs; ///< choice id → target id
    bool operator==(const PartResponse &) const = default;
    bool isEmpty() const { return choices.isEmpty() && texts.isEmpty() && pairs.isEmpty(); }
};

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
    QStringList choicesShown; ///< choice ids in the order shown; for a match the target ids
    QStringList response; ///< choice ids chosen, sorted; for an order in the order given; empty when unsure
    QStringList texts; ///< fill-in: one text a blank, in the order of the blanks
    QMap<QString, QString> pairs; ///< match: choice id → target id
    QMap<QString, PartResponse> parts; ///< case: by the id of the part
    int guessPpm = 0; ///< chance of guessing right in millionths, see guessChance(); 0 = not recorded or none
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

/**
 * Everything but the two hashes, as JSON; the form that is hashed (after canonicalJson) and exported. "texts",
 * "pairs", "parts" and "guess_ppm" are left out when empty or 0, so that attempts recorded before these fields
 * existed keep their hashes.
 */
QJsonObject contentOf(const Attempt &attempt);

/** The fields that are left out when empty, alone: {"texts", "pairs", "parts", "guess_ppm"}. */
QJsonObject detailsOf(const Attempt &attempt);
/**
 * Reads those fields into @p attempt; a field that is missing is empty. InvalidArgument names the field: another
 * form, over 64 entries, or an entry over 4096 characters.
 */
Result<void> readDetails(const QJsonObject &object, Attempt &attempt);

/** contentOf() with "previous_hash" and "hash" in hex: the full exchange form. */
QJsonObject toJson(const Attempt &attempt);

/** Strict reading of that form. InvalidArgument names the field. Hashes are read, not checked. */
Result<Attempt> attemptFromJson(const QJsonObject &object);

} // namespace qingfeng
