#include "quiz/simulation/policies.h"

#include "quiz/archive/mastery.h"
#include "quiz/selection/expected_gain.h"
#include "quiz/selection/selection_index.h"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

namespace qingfeng {
namespace {

class None final : public Policy
{
public:
    QString choose(const SelectionRequest &) override { return {}; }
};

/** Asks what the program itself would ask. */
class BySelector final : public Policy
{
public:
    QString choose(const SelectionRequest &request) override
    {
        const auto next = m_selector.next(request);
        return next ? next->question : QString();
    }

private:
    ExpectedGain m_selector;
};

/** The question with the smallest key among those not asked today. */
template <typename Key> QString smallest(const SelectionRequest &request, Key &&key)
{
    const SelectionIndex::Entry *best = nullptr;
    decltype(key(request.index->entries().front(), QuestionHistory())) bestKey {};
    for (const SelectionIndex::Entry &entry : request.index->entries()) {
        if (request.askedToday.contains(entry.question->id)) {
            continue;
        }
        const auto mine = key(entry, request.history.value(entry.question->id));
        if (!best || mine < bestKey) {
            best = &entry;
            bestKey = mine;
        }
    }
    return best ? best->question->id : QString();
}

/** A different order every day and for every person. */
quint64 shuffledKey(const SelectionIndex::Entry &entry, const SelectionRequest &request)
{
    quint64 x = entry.hash ^ (request.seed * 0x9E3779B97F4A7C15ULL) ^ (quint64(request.studyDay) << 40);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

class RandomOrder final : public Policy
{
public:
    QString choose(const SelectionRequest &request) override
    {
        return smallest(request, [&request](const SelectionIndex::Entry &entry, const QuestionHistory &) {
            return shuffledKey(entry, request);
        });
    }
};

/** From the first to the last, and round again. */
class Sequential final : public Policy
{
public:
    QString choose(const SelectionRequest &request) override
    {
        return smallest(request, [](const SelectionIndex::Entry &, const QuestionHistory &history) {
            return history.lastStudyDay; // the first of equals is the first of the bank
        });
    }
};

/** The queue of flash-card programs: what is due at 0.9, the longest overdue first; then something new. */
class DueFirst final : public Policy
{
public:
    QString choose(const SelectionRequest &request) override
    {
        return smallest(request, [&](const SelectionIndex::Entry &entry, const QuestionHistory &history) {
            const int due = history.lastStudyDay + (history.asked > 0 ? m_fsrs.interval(history.memory.stability) : 0);
            const int group = history.asked == 0 ? 1 : due <= request.studyDay ? 0 : 2;
            return std::make_tuple(group, due, shuffledKey(entry, request));
        });
    }

private:
    Fsrs m_fsrs;
};

/** Five boxes: right moves up, wrong falls back to the first; what is due comes before what is new. */
class Leitner final : public Policy
{
public:
    QString choose(const SelectionRequest &request) override
    {
        return smallest(request, [&](const SelectionIndex::Entry &entry, const QuestionHistory &history) {
            const int due = history.lastStudyDay + days[std::size_t(m_box.value(entry.question->id))];
            const int group = history.asked == 0 ? 1 : due <= request.studyDay ? 0 : 2;
            return std::make_tuple(group, due, shuffledKey(entry, request));
        });
    }

    void answered(const QString &question, bool right, int) override
    {
        int &box = m_box[question];
        box = right ? std::min(box + 1, int(days.size()) - 1) : 0;
    }

private:
    static constexpr std::array<int, 5> days {1, 2, 4, 8, 16};
    QHash<QString, int> m_box;
};

/** What was never asked, the graver first; then what was asked longest ago. */
class NewFirst final : public Policy
{
public:
    QString choose(const SelectionRequest &request) override
    {
        return smallest(request, [&request](const SelectionIndex::Entry &entry, const QuestionHistory &history) {
            const double weight = severityWeight(request.index->bank().gradeOf(*entry.question));
            return std::make_tuple(history.lastStudyDay, -weight, shuffledKey(entry, request));
        });
    }
};

} // namespace

void Policy::answered(const QString &, bool, int) { }

QStringList policyNames()
{
    return {QStringLiteral("none"), QStringLiteral("random"), QStringLiteral("sequential"),
        QStringLiteral("due-first"), QStringLiteral("leitner"), QStringLiteral("new-first"),
        QStringLiteral("qingfeng")};
}

std::unique_ptr<Policy> makePolicy(const QString &name)
{
    switch (policyNames().indexOf(name)) {
    case 0:
        return std::make_unique<None>();
    case 1:
        return std::make_unique<RandomOrder>();
    case 2:
        return std::make_unique<Sequential>();
    case 3:
        return std::make_unique<DueFirst>();
    case 4:
        return std::make_unique<Leitner>();
    case 5:
        return std::make_unique<NewFirst>();
    case 6:
        return std::make_unique<BySelector>();
    default:
        return nullptr;
    }
}

} // namespace qingfeng
