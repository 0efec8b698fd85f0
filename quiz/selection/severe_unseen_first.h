#pragma once

#include "quiz/selection/selector.h"

namespace qingfeng {

/**
 * The first policy: own post before common, unseen before seen, severe before slight, answered wrong before
 * answered right, then what was asked longest ago; another risk point than the question before unless none is
 * left. Ties by a hash of person, question and day, so that neighbours are not all asked the same.
 */
class SevereUnseenFirst final : public Selector
{
public:
    QString name() const override;
    QList<ScoredQuestion> rank(const SelectionRequest &request) const override;
};

} // namespace qingfeng
