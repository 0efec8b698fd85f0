#include "question_bank/model/law_ripple.h"

#include "question_bank/model/names.h"
#include "question_bank/model/review.h"

#include <algorithm>

namespace qingfeng {

Result<LawChange> planLawChange(
    const QuestionBank &bank, const QString &article, LawChangeKind kind, QDate day, const QString &note)
{
    if (!bank.article(article)) {
        return Error(ErrorCode::NotFound, QStringLiteral("the bank has no such article"), article);
    }
    if (!day.isValid()) {
        return Error(
            ErrorCode::InvalidArgument, QStringLiteral("the day of the change is expected"), article);
    }
    LawChange change;
    change.id = article + QLatin1Char('@') + day.toString(Qt::ISODate);
    change.article = article;
    change.kind = kind;
    change.on = day;
    change.note = note;
    if (std::any_of(bank.lawChanges().cbegin(), bank.lawChanges().cend(),
            [&change](const LawChange &held) { return held.id == change.id; })) {
        return Error(ErrorCode::Conflict, QStringLiteral("this change is on record already"), change.id);
    }
    for (const QuestionVersion &question : bank.questions()) {
        if (isAskable(question) && question.articles.contains(article)) {
            change.questions.append({question.id, question.version});
        }
    }
    return change;
}

Result<void> applyLawChange(QuestionBank &bank, const LawChange &change)
{
    const LegalArticle *held = bank.article(change.article);
    if (!held) {
        return Error(ErrorCode::NotFound, QStringLiteral("the bank has no such article"), change.article);
    }
    LegalArticle article = *held;
    if (change.kind == LawChangeKind::Repealed) {
        article.effectiveUntil = change.on.addDays(-1);
    } else if (!article.effectiveFrom.isValid() || article.effectiveFrom < change.on) {
        article.effectiveFrom = change.on;
    }
    bank.add(article);
    bank.add(change);
    const QString reason = QStringLiteral("%1 %2 %3")
                               .arg(change.article, nameOf(change.kind), change.on.toString(Qt::ISODate));
    for (const QuestionRef &ref : change.questions) {
        const QuestionVersion *question = bank.question(ref.id, ref.version);
        if (!question || !isAskable(*question)) {
            continue;
        }
        const auto waiting = callForRecheck(*question, reason);
        const auto added = waiting ? bank.add(*waiting) : waiting.error();
        if (!added) {
            return added;
        }
    }
    return {};
}

QStringList postsConcerned(const QuestionBank &bank, const LawChange &change)
{
    QStringList posts;
    for (const QuestionRef &ref : change.questions) {
        if (const QuestionVersion *question = bank.question(ref.id, ref.version)) {
            posts += bank.postsOf(*question);
        }
    }
    posts.sort();
    posts.removeDuplicates();
    return posts;
}

} // namespace qingfeng
