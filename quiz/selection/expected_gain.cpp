#include "quiz/selection/expected_gain.h"

#include "quiz/selection/selection_index.h"

#include "question_bank/base/canonical_json.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <tuple>
#include <vector>

#include <QtEndian>

namespace qingfeng {
namespace {

using Gate = ScoreParts::Gate;
using Entry = SelectionIndex::Entry;
using Place = SelectionIndex::Place;

constexpr double sharedCap = 0.40; ///< of slots, for themes and mandates together
constexpr int slotWindow = 10; ///< slots over which shares are kept, this one included
constexpr double fadedBelow = 0.70;
constexpr int newToPostDays = 90;
constexpr qint64 openDeadline = std::numeric_limits<qint64>::max();

/** A question that may be asked, with all that its rank depends on. */
struct Candidate
{
    const Entry *entry = nullptr;
    const Place *place = nullptr;
    const QuestionHistory *seen = nullptr; ///< answered in this version; nullptr = unseen
    const QuestionHistory *history = nullptr; ///< answered in any version
    qint64 deadline = openDeadline; ///< Julian day, at the gate of mandates
    double score = 0;
    bool own = false; ///< of a post held, not of the common one
    ScoreParts parts;
};

quint64 mixed(quint64 x)
{
    // The finaliser of SplitMix64: every bit of the input moves every bit of the output.
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

quint64 personDayHash(const SelectionRequest &request)
{
    const QString key = request.person.number + QLatin1Char('|') + QString::number(request.studyDay)
        + QLatin1Char('|') + QString::number(request.seed);
    return qFromBigEndian<quint64>(sha256(key.toUtf8()).constData());
}

/** Among equal scores, ascending = asked sooner. */
auto tieRankOf(const Candidate &c)
{
    return std::make_tuple(-c.parts.weight, !c.parts.untestedRiskPoint, c.seen ? c.seen->lastStudyDay : 0,
        c.parts.recall, !c.own, c.parts.tie);
}

/** Whether @p a is asked sooner than @p b. */
bool isBefore(const Candidate &a, const Candidate &b)
{
    if (a.parts.otherRiskPoint != b.parts.otherRiskPoint) {
        return a.parts.otherRiskPoint;
    }
    if (a.parts.gate != b.parts.gate) {
        return a.parts.gate > b.parts.gate;
    }
    if (a.deadline != b.deadline) {
        return a.deadline < b.deadline;
    }
    if (a.score != b.score) {
        return a.score > b.score;
    }
    return tieRankOf(a) < tieRankOf(b);
}

/** Whether @p c would be asked later than @p best even if its score were @p ceiling. */
bool isBeaten(const Candidate &c, const Candidate &best, double ceiling)
{
    if (c.parts.otherRiskPoint != best.parts.otherRiskPoint) {
        return best.parts.otherRiskPoint;
    }
    if (c.parts.gate != best.parts.gate) {
        return best.parts.gate > c.parts.gate;
    }
    return c.deadline != best.deadline ? best.deadline < c.deadline : ceiling < best.score;
}

/** One request being worked on: what is looked up once for all candidates. */
class Pass
{
public:
    Pass(const SelectionRequest &request, const SelectionIndex &index, const QuizMemory &memory)
        : m_request(request)
        , m_index(index)
        , m_memory(memory)
        , m_today(request.today.toJulianDay())
        , m_personDay(personDayHash(request))
        , m_prior(request.learner.prior())
        , m_unseenGain(memory.gainOfUnseen(m_prior))
        , m_lastPoint(index.bank().riskPoint(request.lastRiskPoint))
        , m_history(index.entries().size(), nullptr)
        , m_shown(index.entries().size(), 0)
        , m_tested(std::size_t(index.riskPointCount()), 0)
    {
        for (auto it = request.history.constBegin(); it != request.history.constEnd(); ++it) {
            if (const int number = index.find(it.key()); number >= 0 && it->asked > 0) {
                m_history[std::size_t(number)] = &*it;
            }
        }
        for (const QString &id : request.askedToday) {
            if (const int number = index.find(id); number >= 0) {
                m_shown[std::size_t(number)] = 1;
            }
        }
        m_posts = request.posts;
        if (!m_posts.contains(commonPost())) {
            m_posts.append(commonPost());
        }
        findMandates();
        findSiblings();
        shareSlots();
    }

    /**
     * Gives every eligible candidate to @p take, except those that @p best certainly beats, which may be empty and
     * may change meanwhile: most need no score then.
     */
    template <typename Take> void run(Take &&take, const std::optional<Candidate> &best = {})
    {
        for (const QString &post : std::as_const(m_posts)) {
            for (const Place &place : m_index.ofPost(post)) {
                if (m_history[std::size_t(place.entry)]) {
                    m_tested[std::size_t(place.pointNumber)] = 1;
                }
            }
        }
        const int only = m_request.only.isEmpty() ? -1 : m_index.find(m_request.only);
        for (const QString &post : std::as_const(m_posts)) {
            m_own = m_request.posts.contains(post);
            for (const Place &place : m_index.ofPost(post)) {
                if (m_request.only.isEmpty() || place.entry == only) {
                    consider(place, take, best);
                }
            }
        }
    }

    ScoredQuestion described(const Candidate &candidate) const;

private:
    template <typename Take> void consider(const Place &place, Take &take, const std::optional<Candidate> &best)
    {
        const Entry &entry = m_index.entries()[std::size_t(place.entry)];
        const QuestionVersion &question = *entry.question;
        if (m_shown[std::size_t(place.entry)] || m_today < entry.fromDay || m_today > entry.untilDay || (entry.partyRulesAlone && !m_request.person.party)
            || !m_request.person.isInAudience(entry.audience)) {
            return;
        }
        if (!entry.oneRiskPoint && riskPointFor(question, m_index.bank(), m_request.posts) != place.point) {
            return; // it stands under another post, or another risk point, of this person too
        }
        Candidate candidate;
        candidate.entry = &entry;
        candidate.place = &place;
        candidate.history = m_history[std::size_t(place.entry)];
        candidate.seen
            = candidate.history && candidate.history->version >= entry.version ? candidate.history : nullptr;
        if ((candidate.seen && !m_request.ignorePauses && candidate.seen->pausedUntil > m_request.studyDay)
            || (m_request.fits && !m_request.fits(question))) {
            return;
        }
        locate(candidate);
        if (!best || !isHopeless(candidate, *best)) {
            score(candidate);
            take(candidate);
        }
    }

    MemoryState memoryOf(const Candidate &c) const
    {
        return c.seen->memory.stability > 0.0
            ? c.seen->memory
            : m_memory.first(c.seen->lastRight, firstPrior, guessChance(*c.entry->question));
    }

    /** Cheap bounds first: a gain is never above 1, nor above what will have been forgotten by the horizon's end. */
    bool isHopeless(const Candidate &c, const Candidate &best) const
    {
        if (!c.seen) {
            return false;
        }
        const double most = c.parts.weight * QuizMemory::seenDiscount;
        if (isBeaten(c, best, most)) {
            return true;
        }
        const int elapsed = std::max(m_request.studyDay - c.seen->lastStudyDay, 0);
        return isBeaten(c, best, most * m_memory.mostGainOfSeen(memoryOf(c), elapsed));
    }

    /** Everything that the rank depends on except the score. */
    void locate(Candidate &c) const
    {
        const QuestionVersion &question = *c.entry->question;
        ScoreParts &parts = c.parts;
        parts.weight = c.place->weight;
        c.own = m_own;
        parts.otherRiskPoint = c.entry->oneRiskPoint ? c.place->point != m_lastPoint
                                                     : !question.riskPoints.contains(m_request.lastRiskPoint);
        parts.untestedRiskPoint = !m_tested[std::size_t(c.place->pointNumber)];
        parts.tie = mixed(c.entry->hash ^ m_personDay);
        pass(c);
    }

    void score(Candidate &c) const
    {
        ScoreParts &parts = c.parts;
        if (c.seen) {
            const MemoryState state = memoryOf(c);
            parts.elapsedDays = std::max(m_request.studyDay - c.seen->lastStudyDay, 0);
            parts.stability = state.stability;
            parts.recall = m_memory.fsrs().retrievability(parts.elapsedDays, state.stability);
            parts.gain = m_memory.gainOfSeen(state, parts.elapsedDays);
            parts.discount = QuizMemory::seenDiscount;
        } else {
            const bool usual = c.entry->difficulty == 0.0;
            parts.prior = usual ? m_prior : m_request.learner.prior(c.entry->difficulty);
            parts.gain = usual ? m_unseenGain : m_memory.gainOfUnseen(parts.prior);
        }
        c.score = parts.weight * parts.discount * parts.gain;
    }

    /** Which gate lets the candidate through. */
    void pass(Candidate &c) const
    {
        if (!c.seen && (c.history || !m_open.isEmpty())) {
            const auto mandate = m_open.constFind(c.entry->question->id);
            if (mandate != m_open.constEnd() && (m_mandateSlot || m_urgent)) {
                c.parts.gate = Gate::Mandate;
                c.deadline = (*mandate)->deadline.isValid() ? (*mandate)->deadline.toJulianDay() : openDeadline;
                return;
            }
            if (c.history && m_mandateSlot) { // revised since it was answered
                c.parts.gate = Gate::Mandate;
                return;
            }
        }
        if (m_themeSlot && !m_request.themeOf.isEmpty() && m_request.themeOf.contains(c.entry->question->id)) {
            c.parts.gate = Gate::Theme;
        } else if (!m_siblings.isEmpty() && m_siblings.contains(c.place->entry)) {
            c.parts.gate = Gate::Sibling;
        }
    }

    void findMandates()
    {
        for (const Mandate &mandate : m_request.mandates) {
            m_ordered.insert(mandate.question);
            const auto history = m_request.history.constFind(mandate.question);
            const bool fulfilled = history != m_request.history.constEnd() && history->asked > 0
                && history->version >= mandate.version;
            const int number = m_index.find(mandate.question);
            if (!fulfilled && number >= 0
                && m_index.entries()[std::size_t(number)].question->version >= mandate.version) {
                m_open.insert(mandate.question, &mandate);
            }
        }
        // In two of five slots all must be asked by their deadlines; where that is too few, they have every slot.
        std::vector<qint64> deadlines;
        for (const Mandate *mandate : std::as_const(m_open)) {
            if (mandate->deadline.isValid()) {
                deadlines.push_back(mandate->deadline.toJulianDay());
            }
        }
        std::sort(deadlines.begin(), deadlines.end());
        for (std::size_t i = 0; i < deadlines.size(); ++i) {
            const double days = double(std::max<qint64>(deadlines[i] - m_today + 1, 0));
            m_urgent = m_urgent || double(i + 1) > sharedCap * days;
        }
    }

    /** Questions that stand in for one that rests: of the same article, not asked since it was paused. */
    void findSiblings()
    {
        for (std::size_t number = 0; number < m_history.size(); ++number) {
            const QuestionHistory *history = m_history[number];
            if (!history || history->pausedUntil <= m_request.studyDay) {
                continue;
            }
            const int pausedOn = history->pausedUntil - pauseDays;
            const QuestionVersion &resting = *m_index.entries()[number].question;
            const auto isServed = [&](int other) {
                const QuestionHistory *answered = m_history[std::size_t(other)];
                return other != int(number) && answered && answered->lastStudyDay > pausedOn;
            };
            const bool served = std::any_of(resting.articles.cbegin(), resting.articles.cend(), [&](const QString &article) {
                const std::vector<int> &others = m_index.ofArticle(article);
                return std::any_of(others.cbegin(), others.cend(), isServed);
            });
            for (qsizetype i = 0; !served && i < resting.articles.size(); ++i) {
                for (const int other : m_index.ofArticle(resting.articles.at(i))) {
                    if (other != int(number)) {
                        m_siblings.insert(other, resting.articles.at(i));
                    }
                }
            }
        }
    }

    void shareSlots()
    {
        int themes = 0;
        int mandates = 0;
        int slots = 1; // this one
        for (const QString &id : m_request.recent.mid(0, slotWindow - 1)) {
            ++slots;
            if (m_ordered.contains(id)) {
                ++mandates;
            } else if (m_request.themeOf.contains(id)) {
                ++themes;
            }
        }
        const bool shared = themes + mandates < sharedCap * slots;
        m_mandateSlot = shared;
        m_themeSlot = shared && themes < m_request.themeShare * slots;
    }

    int daysSincePostWasTakenUp(const QString &post) const
    {
        for (const Assignment &assignment : m_request.person.assignments) {
            if (assignment.post == post && assignment.isOn(m_request.today) && assignment.from.isValid()) {
                const qint64 days = assignment.from.daysTo(m_request.today) + 1;
                return days <= newToPostDays ? int(days) : 0;
            }
        }
        return 0;
    }

    SelectionReason::Kind kindOf(const Candidate &c) const;

    const SelectionRequest &m_request;
    const SelectionIndex &m_index;
    const QuizMemory &m_memory;
    QStringList m_posts;
    qint64 m_today = 0;
    quint64 m_personDay = 0;
    double m_prior = 0; ///< of a question of mean difficulty
    double m_unseenGain = 0;
    const RiskPoint *m_lastPoint = nullptr; ///< of the question before
    std::vector<const QuestionHistory *> m_history; ///< by entry
    std::vector<char> m_shown; ///< today, by entry
    std::vector<char> m_tested; ///< by risk point
    QSet<QString> m_ordered; ///< questions of mandates, fulfilled ones too
    QHash<QString, const Mandate *> m_open;
    QHash<int, QString> m_siblings; ///< entry → article
    bool m_own = false; ///< the post being looked at is held
    bool m_urgent = false;
    bool m_mandateSlot = false;
    bool m_themeSlot = false;
};

SelectionReason::Kind Pass::kindOf(const Candidate &c) const
{
    using Kind = SelectionReason::Kind;
    switch (c.parts.gate) {
    case Gate::Mandate: {
        const Mandate *mandate = m_open.value(c.entry->question->id);
        return !mandate                                  ? Kind::NewVersion
            : mandate->kind == Mandate::Kind::ChangedLaw ? Kind::ChangedLaw
                                                         : Kind::Mandatory;
    }
    case Gate::Theme:
        return Kind::Theme;
    case Gate::Sibling:
        return Kind::Sibling;
    case Gate::Score:
        break;
    }
    if (!c.history) {
        return c.place->point->grade == RiskGrade::High ? Kind::NewHighRisk : Kind::NewRisk;
    }
    if (!c.seen) {
        return Kind::NewVersion;
    }
    if (!c.seen->lastRight) {
        return Kind::AnsweredWrong;
    }
    return c.parts.recall < fadedBelow ? Kind::Faded : Kind::LongAgo;
}

ScoredQuestion Pass::described(const Candidate &c) const
{
    const QuestionVersion &question = *c.entry->question;
    const RiskPoint &point = *c.place->point;
    ScoredQuestion result {question.id, question.version, c.score, {}, c.parts};
    SelectionReason &reason = result.reason;
    reason.kind = kindOf(c);
    reason.post = point.post;
    reason.riskPoint = point.id;
    reason.grade = point.grade;
    reason.daysSince = c.history ? std::clamp(m_request.studyDay - c.history->lastStudyDay, 0, 999) : 0;
    reason.postHeldDays = daysSincePostWasTakenUp(point.post);
    reason.recall = c.parts.recall;
    if (c.parts.gate == Gate::Theme) {
        reason.theme = m_request.themeOf.value(question.id);
    }
    if (c.parts.gate == Gate::Mandate) {
        const Mandate *mandate = m_open.value(question.id);
        reason.deadline = mandate ? mandate->deadline : QDate();
    }
    if (c.parts.gate == Gate::Sibling) {
        reason.article = m_siblings.value(c.place->entry);
    }
    return result;
}

} // namespace

ExpectedGain::ExpectedGain(const FsrsParameters &parameters)
    : m_memory(parameters)
{
}

QString ExpectedGain::name() const
{
    return QStringLiteral("qingfeng");
}

QList<ScoredQuestion> ExpectedGain::rank(const SelectionRequest &request) const
{
    std::unique_ptr<SelectionIndex> made;
    if (!request.index) {
        made = std::make_unique<SelectionIndex>(*request.bank);
    }
    Pass pass(request, request.index ? *request.index : *made, m_memory);
    std::vector<Candidate> candidates;
    pass.run([&candidates](const Candidate &candidate) { candidates.push_back(candidate); });
    std::sort(candidates.begin(), candidates.end(), isBefore);
    QList<ScoredQuestion> ranked;
    ranked.reserve(qsizetype(candidates.size()));
    for (const Candidate &candidate : candidates) {
        ranked.append(pass.described(candidate));
    }
    return ranked;
}

std::optional<ScoredQuestion> ExpectedGain::next(const SelectionRequest &request) const
{
    std::unique_ptr<SelectionIndex> made;
    if (!request.index) {
        made = std::make_unique<SelectionIndex>(*request.bank);
    }
    Pass pass(request, request.index ? *request.index : *made, m_memory);
    std::optional<Candidate> best;
    pass.run(
        [&best](const Candidate &candidate) {
            if (!best || isBefore(candidate, *best)) {
                best = candidate;
            }
        },
        best);
    if (!best) {
        return std::nullopt;
    }
    return pass.described(*best);
}

} // namespace qingfeng
