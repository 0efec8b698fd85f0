#include "question_bank/model/review.h"

#include "question_bank/model/names.h"

#include <algorithm>

namespace qingfeng {
namespace {

QString whereOf(const QuestionVersion &question)
{
    return QStringLiteral("%1 version %2").arg(question.id).arg(question.version);
}

Result<void> expectState(const QuestionVersion &question, std::initializer_list<ReviewState> states)
{
    if (std::find(states.begin(), states.end(), question.state) != states.end()) {
        return {};
    }
    return Error(ErrorCode::Conflict,
        QStringLiteral("this step does not start from \"%1\"").arg(nameOf(question.state)),
        whereOf(question));
}

Result<void> expectGiven(const QuestionVersion &question, const QString &value, const char *what)
{
    if (!value.trimmed().isEmpty()) {
        return {};
    }
    return Error(ErrorCode::InvalidArgument, QStringLiteral("%1 is expected").arg(QLatin1String(what)),
        whereOf(question));
}

/** Two people: whoever wrote a version does not approve it. */
Result<void> expectAnother(const QuestionVersion &question, const QString &reviewer)
{
    if (const auto given = expectGiven(question, reviewer, "a reviewer"); !given) {
        return given;
    }
    if (reviewer.trimmed() == question.author.trimmed()) {
        return Error(ErrorCode::NotPermitted, QStringLiteral("the author cannot review the own version"),
            whereOf(question));
    }
    return {};
}

} // namespace

Result<QuestionVersion> submitForReview(QuestionVersion question)
{
    if (const auto fits = expectState(question, {ReviewState::Draft}); !fits) {
        return fits.error();
    }
    if (const auto given = expectGiven(question, question.author, "an author"); !given) {
        return given.error();
    }
    question.state = ReviewState::InReview;
    question.stateReason.clear();
    return question;
}

Result<QuestionVersion> sendBack(QuestionVersion question, const QString &reviewer, const QString &reason)
{
    if (const auto fits = expectState(question, {ReviewState::InReview}); !fits) {
        return fits.error();
    }
    if (const auto another = expectAnother(question, reviewer); !another) {
        return another.error();
    }
    if (const auto given = expectGiven(question, reason, "a reason"); !given) {
        return given.error();
    }
    question.state = ReviewState::Draft;
    question.stateReason = reason;
    return question;
}

Result<QuestionVersion> approve(QuestionVersion question, const QString &reviewer, QDate day)
{
    if (const auto fits = expectState(question, {ReviewState::InReview}); !fits) {
        return fits.error();
    }
    if (const auto another = expectAnother(question, reviewer); !another) {
        return another.error();
    }
    question.state = ReviewState::Approved;
    question.reviewer = reviewer;
    question.reviewedOn = day;
    question.stateReason.clear();
    return question;
}

Result<QuestionVersion> publish(QuestionVersion question, qint64 revision)
{
    if (const auto fits = expectState(question, {ReviewState::Approved}); !fits) {
        return fits.error();
    }
    if (const auto another = expectAnother(question, question.reviewer); !another) {
        return another.error();
    }
    if (revision <= 0) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a revision is expected"), whereOf(question));
    }
    question.state = ReviewState::Published;
    question.publishedRevision = revision;
    return question;
}

Result<QuestionVersion> withdraw(QuestionVersion question, const QString &reason)
{
    if (const auto fits
        = expectState(question, {ReviewState::Approved, ReviewState::Published, ReviewState::Recheck});
        !fits) {
        return fits.error();
    }
    if (const auto given = expectGiven(question, reason, "a reason"); !given) {
        return given.error();
    }
    question.state = ReviewState::Withdrawn;
    question.stateReason = reason;
    return question;
}

Result<QuestionVersion> callForRecheck(QuestionVersion question, const QString &reason)
{
    if (const auto fits = expectState(question, {ReviewState::Approved, ReviewState::Published}); !fits) {
        return fits.error();
    }
    if (const auto given = expectGiven(question, reason, "a reason"); !given) {
        return given.error();
    }
    question.state = ReviewState::Recheck;
    question.stateReason = reason;
    return question;
}

Result<QuestionVersion> confirmUnchanged(QuestionVersion question, const QString &reviewer, QDate day)
{
    if (const auto fits = expectState(question, {ReviewState::Recheck}); !fits) {
        return fits.error();
    }
    if (const auto another = expectAnother(question, reviewer); !another) {
        return another.error();
    }
    question.state = question.publishedRevision > 0 ? ReviewState::Published : ReviewState::Approved;
    question.reviewer = reviewer;
    question.reviewedOn = day;
    question.stateReason.clear();
    return question;
}

QuestionVersion nextVersion(const QuestionVersion &question, const QString &author)
{
    QuestionVersion next = question;
    ++next.version;
    next.author = author;
    next.reviewer.clear();
    next.reviewedOn = {};
    next.state = ReviewState::Draft;
    next.stateReason.clear();
    next.publishedRevision = 0;
    return next;
}

bool wasPublished(const QuestionVersion &question)
{
    return question.publishedRevision > 0 || question.state == ReviewState::Published;
}

bool sameContent(const QuestionVersion &a, const QuestionVersion &b)
{
    QuestionVersion other = b;
    other.state = a.state;
    other.stateReason = a.stateReason;
    other.publishedRevision = a.publishedRevision;
    other.reviewer = a.reviewer;
    other.reviewedOn = a.reviewedOn;
    return a == other;
}

bool isAskable(const QuestionVersion &question)
{
    return question.state == ReviewState::Approved || question.state == ReviewState::Published;
}

} // namespace qingfeng
