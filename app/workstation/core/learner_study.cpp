#include "app/workstation/core/learner.h"

#include "quiz/selection/selection_index.h"
#include "quiz/store/learning_store.h"
#include "quiz/study/question_search.h"
#include "quiz/study/wrong_book.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

/** The part of Learner that serves learning by choice. */
namespace qingfeng {
namespace {

Error notInScope(const QString &what)
{
    return Error(ErrorCode::NotFound, QStringLiteral("nothing to study there"), what);
}

/** The learner's own answer, as a doubt carries it. */
QString answerOf(const Attempt &attempt)
{
    QJsonObject answer = detailsOf(attempt);
    answer.insert(QStringLiteral("response"), QJsonArray::fromStringList(attempt.response));
    answer.insert(QStringLiteral("outcome"), nameOf(attempt.outcome));
    return QString::fromUtf8(canonicalJson(answer));
}

} // namespace

void Learner::forget() const
{
    m_attempts.clear();
    m_scopeDay = {};
    m_scope.clear();
    m_search.reset();
}

const QList<const QuestionVersion *> &Learner::scope() const
{
    if (m_scopeDay == today()) {
        return m_scope;
    }
    m_scopeDay = today();
    m_scope.clear();
    m_search.reset();
    SelectionRequest request = selectionRequest();
    request.askedToday.clear();
    request.ignorePauses = true;
    QSet<const QuestionVersion *> taken;
    QStringList posts = m_identity.posts;
    if (!posts.contains(commonPost())) {
        posts.append(commonPost());
    }
    for (const QString &post : std::as_const(posts)) {
        for (const SelectionIndex::Place &place : m_index->ofPost(post)) {
            const QuestionVersion *question = m_index->entries()[std::size_t(place.entry)].question;
            if (!taken.contains(question) && isEligible(*question, request)) {
                taken.insert(question);
                m_scope.append(question);
            }
        }
    }
    return m_scope;
}

bool Learner::belongsTo(const QuestionVersion &question, const CultureTheme &theme)
{
    return theme.questions.contains(question.id)
        || std::any_of(question.riskPoints.cbegin(), question.riskPoints.cend(),
            [&theme](const QString &point) { return theme.riskPoints.contains(point); });
}

bool Learner::fits(const QuestionVersion &question, const StudyFilter &filter) const
{
    if (!filter.post.isEmpty() && !m_bank->postsOf(question).contains(filter.post)) {
        return false;
    }
    if (!filter.riskPoint.isEmpty() && !question.riskPoints.contains(filter.riskPoint)) {
        return false;
    }
    if (!filter.law.isEmpty()
        && std::none_of(question.articles.cbegin(), question.articles.cend(), [&](const QString &id) {
               const LegalArticle *article = m_bank->article(id);
               return article && article->law == filter.law;
           })) {
        return false;
    }
    const CultureTheme *theme = filter.theme.isEmpty() ? nullptr : m_bank->theme(filter.theme);
    return filter.theme.isEmpty() || (theme && belongsTo(question, *theme));
}

Result<Presentation> Learner::presentForStudy(const StudyFilter &filter)
{
    QSet<QString> shelf;
    if (filter.shelf == StudyFilter::Shelf::WrongBook) {
        for (const WrongEntry &entry : wrongBook()) {
            shelf.insert(entry.question);
        }
    } else if (filter.shelf == StudyFilter::Shelf::Favourites) {
        const QStringList marked = favourites();
        shelf = QSet<QString>(marked.cbegin(), marked.cend());
    }
    SelectionRequest request = selectionRequest();
    // Who goes through his mistakes or marks means those that rest, too.
    request.ignorePauses = filter.shelf != StudyFilter::Shelf::All;
    request.fits = [&](const QuestionVersion &question) {
        return (filter.shelf == StudyFilter::Shelf::All || shelf.contains(question.id)) && fits(question, filter);
    };
    const auto chosen = m_selector->next(request);
    if (!chosen) {
        return notInScope(filter.riskPoint);
    }
    return present(*chosen, AttemptContext::Study, {});
}

Result<Presentation> Learner::presentQuestion(const QString &questionId)
{
    SelectionRequest request = selectionRequest();
    request.askedToday.clear();
    request.ignorePauses = true;
    request.only = questionId;
    const auto chosen = m_selector->next(request);
    if (!chosen) {
        return notInScope(questionId);
    }
    return present(*chosen, AttemptContext::Study, {});
}

QList<SearchHit> Learner::search(const QString &query) const
{
    const QList<const QuestionVersion *> &questions = scope();
    if (!m_search) {
        m_search = std::make_unique<QuestionSearch>(*m_bank, questions);
    }
    return m_search->find(query);
}

QList<WrongEntry> Learner::wrongBook() const
{
    QSet<QString> known;
    for (const QuestionVersion *question : scope()) {
        known.insert(question->id);
    }
    QList<WrongEntry> book = qingfeng::wrongBook(attempts());
    book.removeIf([&known](const WrongEntry &entry) { return !known.contains(entry.question); });
    return book;
}

QStringList Learner::favourites() const
{
    const auto marked = m_store.study().favourites(m_identity.person.number);
    return marked ? *marked : QStringList();
}

Result<void> Learner::setFavourite(const QString &questionId, bool favourite)
{
    const auto kept
        = m_store.study().setFavourite(m_identity.person.number, questionId, favourite, m_clock.utcMs());
    if (kept) {
        Q_EMIT favouritesChanged();
    }
    return kept;
}

Result<void> Learner::keepMessage(FeedbackEntry entry)
{
    entry.id = makeUuidV7(m_clock, m_random);
    entry.thread = entry.thread.isEmpty() ? entry.id : entry.thread;
    entry.person = m_identity.person.number;
    entry.text = entry.text.trimmed();
    entry.writtenAtMs = m_clock.utcMs();
    entry.utcOffsetSeconds = m_clock.utcOffsetSeconds();
    const auto kept = m_store.feedback().write(entry);
    if (kept) {
        Q_EMIT messagesChanged();
    }
    return kept;
}

Result<void> Learner::reportDoubt(
    const QuestionVersion &question, const std::optional<Attempt> &answer, const QString &text)
{
    FeedbackEntry entry;
    entry.question = question.id;
    entry.version = question.version;
    if (answer) {
        entry.attempt = answer->id;
        entry.answer = answerOf(*answer);
    }
    entry.text = text;
    return keepMessage(std::move(entry));
}

Result<void> Learner::writeMessage(const QString &thread, const QString &text)
{
    FeedbackEntry entry;
    entry.thread = thread;
    entry.text = text;
    return keepMessage(std::move(entry));
}

Result<void> Learner::setThreadClosed(const QString &thread, bool closed)
{
    FeedbackEntry entry;
    entry.thread = thread;
    entry.kind = closed ? FeedbackKind::Closed : FeedbackKind::Reopened;
    return keepMessage(std::move(entry));
}

QList<FeedbackThread> Learner::threads(const QString &questionId) const
{
    const auto threads = m_store.feedback().threads(m_identity.person.number, questionId);
    return threads ? *threads : QList<FeedbackThread>();
}

int Learner::unseenMessages() const
{
    const auto unseen = m_store.feedback().unseen(m_identity.person.number);
    return unseen ? *unseen : 0;
}

void Learner::markSeen(const QString &thread)
{
    if (m_store.feedback().markSeen(thread)) {
        Q_EMIT messagesChanged();
    }
}

QStringList Learner::recipients() const
{
    QStringList names;
    for (const QJsonValue name : QJsonDocument::fromJson(m_store.value(messageRecipientsKey()).toUtf8()).array()) {
        names.append(name.toString());
    }
    return names;
}

QList<Annotation> Learner::annotations() const
{
    const auto annotations = m_store.annotations(m_identity.person.number);
    return annotations ? *annotations : QList<Annotation>();
}

} // namespace qingfeng
