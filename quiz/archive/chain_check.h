#pragma once

#include "quiz/archive/chain.h"

#include <QList>

#include <optional>

/** What is wrong with a chain that does not hold: which attempt first, and what was done to it. */
namespace qingfeng {

/** How a chain was broken. */
enum class ChainFaultKind {
    Altered, ///< content, or what comes after, does not agree with its hash
    Removed, ///< its place is empty, and later ones are there
    Inserted, ///< stands beside the one that belongs in its place
    Moved, ///< all are there, in another order
    Cut, ///< the end is missing
    Foreign, ///< comes from another store
    Unproven, ///< may be right, but what follows is somebody else's and only its place is known
};

/** Stable name, as in JSON output: "altered", "removed" … */
QString nameOf(ChainFaultKind kind);

/** The first attempt that is not as it was. */
struct ChainFault
{
    ChainFaultKind kind = ChainFaultKind::Altered;
    qint64 seq = 0;
    QString id; ///< empty when it is not there, or its content is not known
    /** Technical English, e.g. "attempt 4 (019e…): altered". */
    QString toString() const;
};

/**
 * The place of an attempt in its chain. Without content (@ref attempt is null) it is somebody else's: it
 * links its neighbours and says nothing of itself.
 */
struct ChainLink
{
    qint64 seq = 0;
    QByteArray previousHash;
    QByteArray hash;
    const Attempt *attempt = nullptr;
};

/** A hash that an attempt must have, and who says so. */
struct ChainAnchor
{
    qint64 seq = 0;
    QByteArray hash;
};

/**
 * Looks for the first fault of one store's chain.
 *
 * The chain is followed backwards from @p head and from what the server has confirmed, because an alteration
 * shows in what comes after it; then forwards from its start. Linear in the number of links.
 *
 * @param links     in the order found
 * @param head      where the chain says that it ends; seq 0 = it is empty
 * @param confirmed by the server
 * @return nothing when every attempt is as it was
 */
std::optional<ChainFault> findChainFault(const QString &store, const QList<ChainLink> &links,
    const ChainAnchor &head, const QList<ChainAnchor> &confirmed);

/** The links of attempts in the order given; they refer to @p attempts. */
QList<ChainLink> linksOf(const QList<Attempt> &attempts);

} // namespace qingfeng
