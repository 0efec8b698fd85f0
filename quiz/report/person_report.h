#pragma once

#include "quiz/archive/annotation.h"
#include "quiz/archive/chain.h"
#include "quiz/memory/memory_model.h"
#include "quiz/obligation/work_calendar.h"
#include "quiz/people/roster.h"
#include "quiz/report/report.h"

#include "question_bank/model/question_bank.h"

#include <optional>

namespace qingfeng {

/** Everything that one person's report is made from. */
struct PersonReportInput
{
    Unit unit;
    QString department; ///< with those above it
    Person person; ///< with a number only, when no roster knows the person
    std::shared_ptr<const QuestionBank> bank; ///< never null
    QList<Attempt> attempts; ///< all of the person's, in chain order
    QList<Annotation> annotations; ///< on them, in the order made
    QDate from; ///< period, both days included
    QDate to;
    QDate today;
    WorkCalendar calendar;
    MemoryModel memory;
    QString store; ///< UUID of the chain
    qint64 headSeq = 0;
    QByteArray headHash; ///< 32 bytes
    std::optional<Receipt> receipt; ///< the newest
    qint64 writtenAtMs = 0; ///< UTC
    int utcOffsetSeconds = 0;
};

/**
 * 电子学习档案 of one person over a period. Pure.
 *
 * Mastery of a day is that of all attempts up to the day; everything else counts the period alone. A day owed
 * is a working day with an assignment, up to yesterday; leave is not known and said so.
 */
Report personReport(const PersonReportInput &input);

} // namespace qingfeng
