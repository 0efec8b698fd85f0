#pragma once

#include "app/workstation/core/learner.h"

#include "quiz/study/paper.h"

namespace qingfeng {

/**
 * 试卷 of one learner: drawn by rules, answered one question after another, left and taken up again. Each answer is
 * an attempt in the context "test", on the disk before the next question is shown: whatever happens to the program,
 * what was answered is answered. It shows nothing and knows no clock but the one it is told.
 */
class Papers
{
public:
    /** @p learner outlives it. */
    explicit Papers(Learner &learner);

    /** The rules used last, or those a paper has at first. */
    PaperRules rules() const;
    /** How many questions there are to draw from. */
    qsizetype available(const PaperRules &rules) const;

    /** Draws and keeps a paper. NotFound: the rules allow no question. Conflict: one is open. */
    Result<Paper> draw(const PaperRules &rules);
    /** All papers, newest first. */
    Result<QList<Paper>> all() const;
    /** The one that is not finished. */
    std::optional<Paper> open() const;

    /** Items of a paper that are not answered and can still be shown, in order. */
    QList<PaperItem> unanswered(const Paper &paper) const;
    /** An item as it is put to the learner; NotFound: the bank has this version no more. */
    Result<Presentation> present(const PaperItem &item) const;
    /** Marks and records an answer, and keeps the time spent. */
    Result<Answered> answer(const Paper &paper, const Presentation &presentation, const Response &response,
        qint64 responseMs, qint64 usedMs);
    /** Keeps the time spent; the paper stays open. */
    Result<void> keepTime(const Paper &paper, qint64 usedMs);
    /** Hands in, or closes because the time is up; returns the closed paper. */
    Result<Paper> finish(Paper paper, qint64 usedMs, bool timedOut);

    PaperResult result(const Paper &paper) const;
    /** The answer to an item, if there is one. */
    std::optional<Attempt> attemptFor(const PaperItem &item) const;

private:
    Learner &m_learner;
};

} // namespace qingfeng
