#include "quiz/archive/chain_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <QHash>
#include <QMultiHash>
#include <QSet>

namespace qingfeng {
namespace {

/** One examination. Links are named by their position in the list; −1 = none. */
class ChainCheck
{
public:
    ChainCheck(const QString &store, const QList<ChainLink> &links)
        : m_store(store)
        , m_links(links)
        , m_onChain(links.size(), false)
        , m_proven(links.size(), false)
    {
        for (qsizetype i = 0; i < links.size(); ++i) {
            m_bySeq.insert(links.at(i).seq, i);
            m_last = std::max(m_last, links.at(i).seq);
        }
    }

    std::optional<ChainFault> run(const ChainAnchor &head, const QList<ChainAnchor> &confirmed)
    {
        std::multimap<qint64, QByteArray> anchors{{head.seq, head.hash}};
        for (const ChainAnchor &anchor : confirmed) {
            anchors.insert({anchor.seq, anchor.hash});
            m_confirmed.insert(anchor.seq, anchor.hash);
        }
        for (const auto &[seq, hash] : anchors) {
            m_vouched.insert(hash);
        }
        for (auto anchor = anchors.crbegin(); anchor != anchors.crend(); ++anchor) {
            follow(anchor->first, anchor->second);
        }
        if (const auto fault = firstFault(anchors.crbegin()->first)) {
            return fault;
        }
        // All of one piece, but not the piece that somebody vouched for: it was written anew after the last
        // that was.
        qint64 good = 0;
        for (const auto &[seq, hash] : anchors) {
            if (seq > 0 && find(seq, hash) < 0) {
                const auto same = anchors.equal_range(seq);
                const bool doubted = std::any_of(same.first, same.second,
                    [this](const auto &anchor) { return find(anchor.first, anchor.second) >= 0; });
                const qint64 first = doubted ? seq : good + 1;
                return faultAt(ChainFaultKind::Altered, first, m_bySeq.value(first, -1));
            }
            good = seq;
        }
        return misplaced();
    }

private:
    bool isForeign(qsizetype position) const
    {
        const Attempt *attempt = m_links.at(position).attempt;
        return attempt && attempt->store != m_store;
    }

    /** Whether the hash covers the content and the content is of this store. */
    bool isWhole(qsizetype position) const
    {
        const ChainLink &link = m_links.at(position);
        return !link.attempt
            || (!isForeign(position) && link.attempt->seq == link.seq
                && chainHash(*link.attempt) == link.hash);
    }

    template <typename Test> qsizetype findAt(qint64 seq, Test &&test) const
    {
        for (auto at = m_bySeq.constFind(seq); at != m_bySeq.constEnd() && at.key() == seq; ++at) {
            if (test(m_links.at(*at)) && isWhole(*at)) {
                return *at;
            }
        }
        return -1;
    }

    qsizetype find(qint64 seq, const QByteArray &hash) const
    {
        return findAt(seq, [&hash](const ChainLink &link) { return link.hash == hash; });
    }

    /** Backwards from an anchor, until a place is wrong or known already. */
    void follow(qint64 seq, QByteArray hash)
    {
        bool proven = true;
        for (; seq > 0; --seq) {
            proven = proven || m_confirmed.contains(seq, hash);
            const qsizetype at = find(seq, hash);
            if (at < 0 || (m_onChain.at(at) && m_proven.at(at) >= proven)) {
                return;
            }
            m_onChain[at] = true;
            m_proven[at] = proven;
            m_chain.insert(seq, at);
            proven = proven && m_links.at(at).attempt;
            hash = m_links.at(at).previousHash;
        }
    }

    /** Forwards from the start: the first place that no anchor vouches for and that is not as it was. */
    std::optional<ChainFault> firstFault(qint64 end) const
    {
        QByteArray hash = chainStart();
        QByteArray before; // the hash before that
        for (qint64 seq = 1; seq <= end; ++seq) {
            const qsizetype vouched = m_chain.value(seq, -1);
            qsizetype follows = -1;
            if (vouched < 0) {
                follows = findAt(seq, [&hash](const ChainLink &link) { return link.previousHash == hash; });
                // What follows it is as it was and wants another one here, or nothing follows and this is not
                // the end.
                if (follows < 0 || m_chain.contains(seq + 1) || seq == end) {
                    return faultOf(seq, hash, before, follows);
                }
            } else if (m_links.at(vouched).previousHash != hash) {
                return faultAt(ChainFaultKind::Altered, seq, vouched);
            }
            before = std::exchange(hash, m_links.at(vouched < 0 ? follows : vouched).hash);
        }
        return std::nullopt;
    }

    /** What happened to a place that should follow @p hash; @p follows is a whole one that does. */
    ChainFault faultOf(qint64 seq, const QByteArray &hash, const QByteArray &before, qsizetype follows) const
    {
        const qsizetype at = follows >= 0 ? follows : m_bySeq.value(seq, -1);
        if (at >= 0 && seq > 1 && m_links.at(at).previousHash == before) {
            return faultAt(ChainFaultKind::Inserted, seq - 1, m_bySeq.value(seq - 1, -1));
        }
        for (qsizetype i = 0; i < m_links.size() && follows < 0; ++i) {
            if (m_links.at(i).previousHash == hash && m_links.at(i).seq != seq) {
                // What should stand here stands elsewhere: exchanged with this one, or pushed away by it.
                return isWanted(at) ? faultAt(ChainFaultKind::Moved, seq, i)
                                    : faultAt(ChainFaultKind::Inserted, seq, at);
            }
        }
        if (at < 0) {
            return faultAt(seq > m_last ? ChainFaultKind::Cut : ChainFaultKind::Removed, seq);
        }
        if (isForeign(at)) {
            return faultAt(ChainFaultKind::Foreign, seq, at);
        }
        // Whole, and does not follow: the one before it was written anew, unless somebody vouches for that
        // one.
        if (follows < 0 && seq > 1 && isWhole(at) && !m_chain.contains(seq - 1)) {
            return faultAt(ChainFaultKind::Altered, seq - 1, m_bySeq.value(seq - 1, -1));
        }
        return faultAt(ChainFaultKind::Altered, seq, at);
    }

    /** Whether some other attempt follows this one, or somebody vouches for it. */
    bool isWanted(qsizetype position) const
    {
        return position < 0 || m_vouched.contains(m_links.at(position).hash)
            || std::ranges::any_of(m_links, [hash = m_links.at(position).hash](const ChainLink &link) {
                   return link.previousHash == hash;
               });
    }

    /** The chain is all there: what stands beside it, or out of its order? */
    std::optional<ChainFault> misplaced() const
    {
        std::optional<ChainFault> fault;
        const auto note = [this, &fault](ChainFaultKind kind, qsizetype position) {
            const qint64 seq = m_links.at(position).seq;
            if (!fault || seq < fault->seq) {
                fault = faultAt(kind, seq, position);
            }
        };
        qint64 expected = 1;
        for (qsizetype i = 0; i < m_links.size(); ++i) {
            if (!m_onChain.at(i)) {
                note(isForeign(i) ? ChainFaultKind::Foreign : ChainFaultKind::Inserted, i);
                continue;
            }
            if (m_links.at(i).seq != expected) {
                note(ChainFaultKind::Moved, i);
            } else if (m_links.at(i).attempt && !m_proven.at(i)) {
                note(ChainFaultKind::Unproven, i);
            }
            expected = m_links.at(i).seq + 1;
        }
        return fault;
    }

    ChainFault faultAt(ChainFaultKind kind, qint64 seq, qsizetype position = -1) const
    {
        const Attempt *attempt = position >= 0 ? m_links.at(position).attempt : nullptr;
        return {kind, seq, attempt ? attempt->id : QString()};
    }

    const QString &m_store;
    const QList<ChainLink> &m_links;
    QMultiHash<qint64, qsizetype> m_bySeq;
    QMultiHash<qint64, QByteArray> m_confirmed;
    QSet<QByteArray> m_vouched; ///< hashes of all anchors
    QHash<qint64, qsizetype> m_chain; ///< by seq, what an anchor vouches for
    QList<bool> m_onChain;
    QList<bool> m_proven;
    qint64 m_last = 0;
};

} // namespace

QString nameOf(ChainFaultKind kind)
{
    constexpr std::array<const char16_t *, 7> names{
        u"altered", u"removed", u"inserted", u"moved", u"cut", u"foreign", u"unproven"};
    return QString::fromUtf16(names[std::size_t(kind)]);
}

QString ChainFault::toString() const
{
    const QString name = id.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(id);
    return QStringLiteral("attempt %1%2: %3").arg(seq).arg(name, nameOf(kind));
}

std::optional<ChainFault> findChainFault(const QString &store, const QList<ChainLink> &links,
    const ChainAnchor &head, const QList<ChainAnchor> &confirmed)
{
    return ChainCheck(store, links).run(head, confirmed);
}

QList<ChainLink> linksOf(const QList<Attempt> &attempts)
{
    QList<ChainLink> links;
    links.reserve(attempts.size());
    for (const Attempt &attempt : attempts) {
        links.append({attempt.seq, attempt.previousHash, attempt.hash, &attempt});
    }
    return links;
}

} // namespace qingfeng
