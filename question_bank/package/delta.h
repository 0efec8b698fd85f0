#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QString>

/**
 * 题库增量 (`*.qfdelta`): what turns one package into the next. "QFDELT1\n" and one zstd frame: the base's
 * manifest hash, the new manifest and its signatures, then the objects that are new or changed and the names
 * of those that go, sorted. It carries no listing: whoever applies it writes the listing from the objects he
 * then holds and compares it with the one that was signed.
 */
namespace qingfeng {

/** What can be said of a delta without the package it changes. */
struct DeltaInfo
{
    QString base; ///< manifest hash of the package that it changes
    qint64 baseRevision = 0;
    qint64 revision = 0;
    qint64 put = 0; ///< objects added or changed
    qint64 removed = 0;
};

/** True for bytes that begin as a delta. */
bool isDelta(const QByteArray &bytes);

/**
 * The delta from one package to another. Both are read whole and verified first.
 * Conflict: @p next has another content under a published (id, version) · the errors of readPackage()
 */
Result<QByteArray> makeDelta(const QByteArray &old, const QByteArray &next);

/** Reads a delta without applying it. Corrupt, TooLarge, TooNew, NotPermitted as readPackage(). */
Result<DeltaInfo> inspectDelta(const QByteArray &delta);

/**
 * The package that @p delta makes of @p old: the objects are merged, the listing is written anew, and only if
 * it is the one that the new manifest was signed for are the bytes returned. Trust is for the caller to ask.
 *
 * @return Conflict: the delta is for another bank than @p old · Corrupt, TooLarge, TooNew, NotPermitted
 */
Result<QByteArray> applyDelta(const QByteArray &old, const QByteArray &delta);

} // namespace qingfeng
