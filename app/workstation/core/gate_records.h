#pragma once

#include "question_bank/base/result.h"

namespace qingfeng {

class DataFolder;
class Learner;

/** What was taken over from the gate process. */
struct GateRecords
{
    int attempts = 0; ///< answers to built-in questions
    int events = 0;
};

/**
 * Takes over the answers to built-in questions, each once, and counts them for what is owed today. Where
 * there are none nothing is read and nothing decided.
 */
Result<GateRecords> takeBuiltInAttempts(Learner &learner, const DataFolder &folder);

/**
 * The same, and the events that the gate has recorded, with what follows from them: an emergency exit or an
 * unlock code at the gate's own page settles what is owed at the moment, so that nobody is asked at once what
 * he was just let off. What cannot be taken over now stays for the next time; the first error is returned
 * then.
 */
Result<GateRecords> takeGateRecords(Learner &learner, const DataFolder &folder);

} // namespace qingfeng
