#pragma once

#include "quiz/selection/selector.h"

#include <memory>

namespace qingfeng {

/** What chooses in the simulator, for one simulated person: the policy of the program, or one of its rivals. */
class Policy
{
public:
    virtual ~Policy() = default;
    /** Id of the question to ask; empty for none. */
    virtual QString choose(const SelectionRequest &request) = 0;
    virtual void answered(const QString &question, bool right, int day);
};

/** none, random, sequential, due-first, leitner, new-first, qingfeng. */
QStringList policyNames();
/** nullptr for a name that is none of these. */
std::unique_ptr<Policy> makePolicy(const QString &name);

} // namespace qingfeng
