#include "quiz/archive/mastery_history.h"

#include <algorithm>

namespace qingfeng {

QList<MasteryOn> masteryHistory(const QList<Attempt> &attempts, const QList<MasteryScope> &scope,
    const QuizMemory &memory, const QList<int> &days)
{
    // An attempt counts from its day on; one that a wrong clock put too late, from the day of what came after it in
    // the chain, or it would hold up all that follows.
    QList<int> from(attempts.size());
    for (qsizetype i = attempts.size() - 1; i >= 0; --i) {
        from[i] = i + 1 < attempts.size() ? std::min(attempts.at(i).studyDay, from.at(i + 1)) : attempts.at(i).studyDay;
    }
    QList<MasteryOn> history;
    LearnerRecord record;
    qsizetype counted = 0;
    for (const int day : days) {
        while (counted < attempts.size() && from.at(counted) <= day) {
            record.count(attempts.at(counted++), memory);
        }
        if (counted > 0) {
            history.append({day, mastery(record, scope, std::max(day, record.person.lastStudyDay), memory.fsrs())});
        }
    }
    return history;
}

} // namespace qingfeng
