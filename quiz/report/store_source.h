#pragma once

#include "quiz/report/person_report.h"

#include "question_bank/base/clock.h"

namespace qingfeng {

class LearningStore;

/**
 * Reads what one person's report says out of the workstation's store.
 *
 * @param number  employee number or "os:account"
 * @param from,to period; @p from invalid = 1 January of the year of @p to; @p to invalid = today
 * @return NotFound: neither the roster nor an attempt names the person; InvalidArgument: the period ends
 * before it begins
 */
Result<PersonReportInput> readPerson(LearningStore &store, const QString &number,
    std::shared_ptr<const QuestionBank> bank, const WorkCalendar &calendar, QDate from, QDate to,
    const Clock &clock);

} // namespace qingfeng
