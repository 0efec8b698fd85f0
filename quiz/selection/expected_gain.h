#pragma once

#include "quiz/memory/quiz_memory.h"
#include "quiz/selection/selector.h"

namespace qingfeng {

/**
 * The learning policy, named "qingfeng": with one question a day there is never time for everything, so it asks
 * what gains most recall over the next 180 days, weighted by how grave the risk is. In this order:
 *
 * 1. what may be asked (isEligible), of another risk point than the question before unless none is left;
 * 2. mandates unseen in their version, and revised questions, the earliest deadline first: in up to 40 % of slots,
 *    and in every slot once a deadline could not be met otherwise;
 * 3. themes that run today, in up to a fifth of slots, within the same 40 %;
 *    then a sibling of a question that was missed three times in a row and rests;
 * 4. the highest score: weight × 0.7 × gain when seen, weight × gain when not;
 * 5. among equals: the graver, a risk point never tested, the one seen longest ago, the lowest recall, a hash of
 *    (person, question, day).
 *
 * Deterministic for a request. One pass over the questions of the person's posts.
 */
class ExpectedGain final : public Selector
{
public:
    explicit ExpectedGain(const FsrsParameters &parameters = {});

    QString name() const override;
    QList<ScoredQuestion> rank(const SelectionRequest &request) const override;
    std::optional<ScoredQuestion> next(const SelectionRequest &request) const override;

private:
    QuizMemory m_memory;
};

} // namespace qingfeng
