#include "quiz/report/store_source.h"

#include "quiz/archive/summary.h"
#include "quiz/store/learning_store.h"

namespace qingfeng {

Result<PersonReportInput> readPerson(LearningStore &store, const QString &number,
    std::shared_ptr<const QuestionBank> bank, const WorkCalendar &calendar, QDate from, QDate to,
    const Clock &clock)
{
    const auto roster = store.roster();
    auto attempts = store.attempts(number);
    const auto head = store.head();
    const auto receipt = store.outbox().lastReceipt();
    auto annotations = store.annotations(number);
    if (!roster || !attempts || !head || !receipt || !annotations) {
        return !roster  ? roster.error()
            : !attempts ? attempts.error()
            : !head     ? head.error()
            : !receipt  ? receipt.error()
                        : annotations.error();
    }
    const Person *known = roster->person(number);
    if (!known && attempts->isEmpty()) {
        return Error(ErrorCode::NotFound,
            QStringLiteral("neither the roster nor an attempt names this person"), number);
    }
    PersonReportInput input;
    input.unit = roster->unit;
    input.person.number = number;
    if (known) {
        input.person = *known;
        input.person.pinHash.clear();
        input.department = roster->departmentPath(known->department);
    }
    input.bank = std::move(bank);
    input.attempts = std::move(*attempts);
    input.annotations = std::move(*annotations);
    input.today = dateOfStudyDay(studyDay(clock));
    input.to = to.isValid() ? to : input.today;
    input.from = from.isValid() ? from : QDate(input.to.year(), 1, 1);
    if (input.from > input.to) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("the period ends before it begins"),
            QStringLiteral("--from"));
    }
    input.calendar = calendar;
    input.memory = store.memoryModel();
    input.store = store.storeId();
    input.headSeq = head->seq;
    input.headHash = head->hash;
    input.receipt = *receipt;
    input.writtenAtMs = clock.utcMs();
    input.utcOffsetSeconds = clock.utcOffsetSeconds();
    return input;
}

} // namespace qingfeng
