#include "app/workstation/core/papers.h"

#include "quiz/selection/shuffle.h"
#include "quiz/store/learning_store.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"
#include "question_bank/base/uuid.h"

#include <algorithm>

namespace qingfeng {
namespace {

QString rulesKey()
{
    return QStringLiteral("paper_rules");
}

} // namespace

Papers::Papers(Learner &learner)
    : m_learner(learner)
{
}

PaperRules Papers::rules() const
{
    const auto kept = parseJsonObject(m_learner.store().value(rulesKey()).toUtf8());
    const auto rules = kept ? paperRulesFromJson(*kept) : Result<PaperRules>(kept.error());
    return rules ? *rules : PaperRules();
}

qsizetype Papers::available(const PaperRules &rules) const
{
    return countForPaper(rules, m_learner.bank(), m_learner.scope());
}

Result<Paper> Papers::draw(const PaperRules &rules)
{
    Paper paper;
    paper.id = makeUuidV7(m_learner.clock(), m_learner.random());
    paper.person = m_learner.identity().person.number;
    paper.rules = rules;
    paper.seed = m_learner.random().next64();
    paper.startedAtMs = m_learner.clock().utcMs();
    SeededRandom order(paper.seed);
    for (const QuestionVersion *question : drawPaper(rules, m_learner.bank(), m_learner.scope(), paper.seed)) {
        const RiskPoint *point = riskPointFor(*question, m_learner.bank(), m_learner.identity().posts);
        paper.items.append({makeUuidV7(m_learner.clock(), m_learner.random()), question->id, question->version,
            point ? point->post : commonPost(), shuffledChoices(*question, order), shuffledParts(*question, order)});
    }
    if (paper.items.isEmpty()) {
        return Error(ErrorCode::NotFound, QStringLiteral("no question fits the rules"));
    }
    const auto kept = m_learner.store().study().addPaper(paper);
    if (!kept) {
        return kept.error();
    }
    // Rules that cannot be remembered are chosen again the next time: no reason to stop.
    const auto remembered
        = m_learner.store().setValue(rulesKey(), QString::fromUtf8(canonicalJson(toJson(rules))));
    Q_UNUSED(remembered)
    return paper;
}

Result<QList<Paper>> Papers::all() const
{
    return m_learner.store().study().papers(m_learner.identity().person.number);
}

std::optional<Paper> Papers::open() const
{
    const auto papers = all();
    if (papers) {
        for (const Paper &paper : *papers) {
            if (paper.finishedAtMs == 0) {
                return paper;
            }
        }
    }
    return std::nullopt;
}

std::optional<Attempt> Papers::attemptFor(const PaperItem &item) const
{
    const QList<Attempt> &attempts = m_learner.attempts();
    const auto found = std::find_if(attempts.crbegin(), attempts.crend(),
        [&item](const Attempt &attempt) { return attempt.id == item.id; });
    return found == attempts.crend() ? std::nullopt : std::optional<Attempt>(*found);
}

QList<PaperItem> Papers::unanswered(const Paper &paper) const
{
    QSet<QString> answered;
    for (const Attempt &attempt : m_learner.attempts()) {
        if (attempt.context == AttemptContext::Test) {
            answered.insert(attempt.id);
        }
    }
    QList<PaperItem> open;
    for (const PaperItem &item : paper.items) {
        if (!answered.contains(item.id) && m_learner.question(item.question, item.version)) {
            open.append(item);
        }
    }
    return open;
}

Result<Presentation> Papers::present(const PaperItem &item) const
{
    const QuestionVersion *question = m_learner.question(item.question, item.version);
    if (!question) {
        return Error(ErrorCode::NotFound, QStringLiteral("the bank has this version no more"), item.question);
    }
    Presentation shown;
    shown.id = item.id;
    shown.question = *question;
    shown.choicesShown = item.choicesShown;
    shown.partsShown = item.partsShown;
    shown.post = item.post;
    shown.context = AttemptContext::Test;
    return shown;
}

Result<Answered> Papers::answer(const Paper &paper, const Presentation &presentation, const Response &response,
    qint64 responseMs, qint64 usedMs)
{
    const auto answered = m_learner.answer(presentation, response, responseMs);
    if (answered) {
        // The answer is what counts; a time that could not be kept is kept with the next one.
        const auto kept = keepTime(paper, usedMs);
        Q_UNUSED(kept)
    }
    return answered;
}

Result<void> Papers::keepTime(const Paper &paper, qint64 usedMs)
{
    return m_learner.store().study().setPaperTime(paper.id, usedMs);
}

Result<Paper> Papers::finish(Paper paper, qint64 usedMs, bool timedOut)
{
    const qint64 now = m_learner.clock().utcMs();
    const auto closed = m_learner.store().study().finishPaper(paper.id, usedMs, now, timedOut);
    if (!closed) {
        return closed.error();
    }
    paper.usedMs = usedMs;
    paper.finishedAtMs = now;
    paper.timedOut = timedOut;
    return paper;
}

PaperResult Papers::result(const Paper &paper) const
{
    QHash<QString, Attempt> answers;
    for (const Attempt &attempt : m_learner.attempts()) {
        if (attempt.context == AttemptContext::Test) {
            answers.insert(attempt.id, attempt);
        }
    }
    return resultOf(paper, answers, m_learner.bank());
}

} // namespace qingfeng
