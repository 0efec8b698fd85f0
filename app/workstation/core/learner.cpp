#include "app/workstation/core/learner.h"

#include "quiz/archive/mastery_history.h"
#include "quiz/obligation/subject.h"
#include "quiz/selection/agenda.h"
#include "quiz/selection/expected_gain.h"
#include "quiz/selection/selection_index.h"
#include "quiz/selection/shuffle.h"
#include "quiz/store/learning_store.h"
#include "quiz/store/server_clock.h"
#include "quiz/study/question_search.h"

#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"
#include "question_bank/base/uuid.h"

#include <QDateTime>

#include <algorithm>

namespace qingfeng {
namespace {

QString signedInKey(const OsAccount &account)
{
    return QStringLiteral("signed_in/") + account.name;
}

QString wishKey(const Person &person)
{
    return QStringLiteral("wish/questions/") + person.number;
}

Error nothingToAsk()
{
    return Error(ErrorCode::NotFound, QStringLiteral("no eligible question"));
}

} // namespace

Learner::Learner(LearningStore &store, std::shared_ptr<const QuestionBank> bank, const Clock &clock,
    Random &random, OsAccount account, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_bank(std::move(bank))
    , m_clock(clock)
    , m_random(random)
    , m_account(std::move(account))
    , m_rules({{}, builtInWorkCalendar(), {}})
    , m_index(std::make_unique<SelectionIndex>(*m_bank))
    , m_selector(std::make_unique<ExpectedGain>(m_store.memoryModel().parameters))
{
    reload();
}

Learner::~Learner() = default;

void Learner::reload()
{
    if (auto roster = m_store.roster()) {
        m_roster = std::move(*roster);
    }
    m_identity = identify(m_account, m_roster, m_store.value(signedInKey(m_account)), today());
    forget();
    Q_EMIT changed();
}

void Learner::setBank(std::shared_ptr<const QuestionBank> bank)
{
    forget();
    m_index.reset();
    m_bank = std::move(bank);
    m_index = std::make_unique<SelectionIndex>(*m_bank);
    Q_EMIT changed();
}

QDate Learner::today() const
{
    return dateOfStudyDay(studyDay(m_clock));
}

QString Learner::departmentPath() const
{
    return m_roster.departmentPath(m_identity.person.department);
}

Result<void> Learner::signIn(const QString &number, const QString &pin)
{
    const auto person = qingfeng::signIn(number, pin, m_roster);
    if (!person) {
        return person.error();
    }
    const auto remembered = m_store.setValue(signedInKey(m_account), person->number);
    if (!remembered) {
        return remembered;
    }
    reload();
    return {};
}

void Learner::setRules(GateRules rules)
{
    m_rules = std::move(rules);
    Q_EMIT changed();
}

EffectivePolicy Learner::policy() const
{
    return effectivePolicy(m_rules.policy, asking(Moment::Timer).person);
}

UserWishes Learner::wishes() const
{
    bool isNumber = false;
    const int questions = m_store.value(wishKey(m_identity.person)).toInt(&isNumber);
    return {isNumber ? std::optional(questions) : std::nullopt, {}};
}

Result<void> Learner::wishQuestions(int questions)
{
    const auto kept = m_store.setValue(wishKey(m_identity.person), QString::number(questions));
    if (kept) {
        Q_EMIT changed();
    }
    return kept;
}

Asking Learner::asking(Moment moment) const
{
    Asking asking;
    asking.policy = m_rules.policy;
    asking.person = subjectOn(m_identity.person, m_roster, today());
    asking.person.wishes = wishes();
    asking.occurrence = {moment, m_rules.login};
    asking.clock = {m_clock.utcMs(), m_clock.utcOffsetSeconds(), serverTime(m_store)};
    asking.calendar = m_rules.calendar;
    // The timer asks only what was deferred, each minute: nothing has to be known for it.
    if (moment != Moment::Timer && effectivePolicy(asking.policy, asking.person).policy.quiet.enabled) {
        asking.facts = facts();
    }
    return asking;
}

std::optional<LearningFacts> Learner::facts() const
{
    if (!m_store.learner(m_identity.person.number)) {
        return std::nullopt;
    }
    const MasteryReport report = mastery();
    LearningFacts facts;
    facts.score = int(report.score);
    facts.coveragePercent = int(report.coverage * 100);
    SelectionRequest request = selectionRequest();
    request.askedToday.clear();
    request.ignorePauses = true;
    for (const RiskPointMastery &point : report.riskPoints) {
        if (point.grade != RiskGrade::High || point.valid > 0) {
            continue;
        }
        // What can never be asked of this person, for instance Party rules, is not missing either.
        const QList<const QuestionVersion *> questions = m_bank->questionsOfRiskPoint(point.riskPoint);
        facts.unseenHighRisk += std::any_of(questions.cbegin(), questions.cend(),
            [&request](const QuestionVersion *question) { return isEligible(*question, request); });
    }
    for (const Mandate &mandate : std::as_const(request.mandates)) {
        const auto history = request.history.constFind(mandate.question);
        const bool seen = history != request.history.constEnd() && history->asked > 0
            && history->version >= mandate.version;
        const QuestionVersion *question = m_bank->latest(mandate.question);
        if (!seen && question && isEligible(*question, request)) {
            (mandate.kind == Mandate::Kind::ChangedLaw ? facts.changedLaw : facts.mandatory) += 1;
        }
    }
    return facts;
}

Result<Decided> Learner::look(Moment moment) const
{
    return m_store.look(asking(moment));
}

Result<Decided> Learner::decide(Moment moment)
{
    return m_store.decide(asking(moment));
}

const CultureTheme *Learner::theme() const
{
    return themeFor(*m_bank, m_identity.person, m_identity.posts, today());
}

SelectionRequest Learner::selectionRequest() const
{
    SelectionRequest request;
    request.bank = m_bank.get();
    request.index = m_index.get();
    request.person = m_identity.person;
    request.posts = m_identity.posts;
    request.today = today();
    request.studyDay = studyDay(m_clock);
    const QString &person = request.person.number;
    // Without its history a choice is poorer but possible: a fault of reading must not keep the gate closed.
    if (auto record = m_store.learner(person)) {
        request.history = std::move(record->questions);
        request.learner = std::move(record->person);
    }
    // A clock that was set back does not bring back a day that was studied.
    request.studyDay = std::max(request.studyDay, request.learner.lastStudyDay);
    if (const auto asked = m_store.askedOn(person, request.studyDay)) {
        request.askedToday = *asked;
    }
    constexpr int slotsLookedAt = 10;
    if (const auto recent = m_store.recentQuestions(person, slotsLookedAt)) {
        request.recent = *recent;
        const QuestionVersion *question = m_bank->latest(recent->value(0));
        request.lastRiskPoint = question ? question->riskPoints.value(0) : QString();
    }
    addAgenda(request, m_rules.policy);
    return request;
}

Result<Presentation> Learner::present(
    const ScoredQuestion &chosen, AttemptContext context, const QString &obligation)
{
    const QuestionVersion *question = m_bank->question(chosen.question, chosen.version);
    if (!question) {
        return nothingToAsk();
    }
    Presentation shown;
    shown.id = makeUuidV7(m_clock, m_random);
    shown.question = *question;
    shown.choicesShown = shuffledChoices(*question, m_random);
    shown.partsShown = shuffledParts(*question, m_random);
    shown.reason = chosen.reason;
    shown.post = chosen.reason.post;
    shown.context = context;
    shown.obligation = obligation;
    const auto kept = m_store.present({shown.id, m_identity.person.number, studyDay(m_clock), shown.post,
        question->id, question->version, shown.choicesShown, context, obligation, shown.partsShown});
    if (!kept) {
        return kept.error();
    }
    return shown;
}

Result<Presentation> Learner::presentForGate(const Obligation &obligation)
{
    if (const auto open = m_store.openPresentation(obligation.id); open && open->has_value()) {
        const PresentationRecord &record = **open;
        // A bank update may have withdrawn the version that was on the screen: then another is chosen.
        if (const QuestionVersion *question = m_bank->question(record.question, record.version)) {
            SelectionRequest request = selectionRequest();
            request.askedToday.remove(question->id);
            request.only = question->id;
            const auto candidate = m_selector->next(request);
            if (candidate && candidate->version == question->version) {
                return Presentation {record.id, *question, record.choicesShown, candidate->reason, record.post,
                    record.context, record.obligation, record.partsShown};
            }
        }
    }
    SelectionRequest request = selectionRequest();
    request.fits = [](const QuestionVersion &question) { return isForGate(question.type); };
    auto chosen = m_selector->next(request);
    if (!chosen) {
        // Everything was asked today or rests: the gate asks again, or something longer, rather than stay closed.
        request.askedToday.clear();
        request.ignorePauses = true;
        chosen = m_selector->next(request);
    }
    if (!chosen) {
        request.fits = {};
        chosen = m_selector->next(request);
    }
    if (!chosen) {
        // By a clock that stands before the bank was made, or far ahead, nothing is in force.
        request.today = QDateTime::fromMSecsSinceEpoch(m_bank->createdAtMs, Qt::UTC).date();
        chosen = m_selector->next(request);
    }
    if (!chosen) {
        return nothingToAsk();
    }
    return present(*chosen, AttemptContext::Gate, obligation.id);
}

Result<Answered> Learner::answer(const Presentation &presentation, const Response &response, qint64 responseMs,
    const QByteArray &gateSecret)
{
    auto marks = grade(presentation.question, response, m_bank->marking);
    if (!marks) {
        return marks.error();
    }
    if (marks->outcome != Outcome::Unsure && !response.timedOut && responseMs < rapidGuessLimitMs(presentation.question)) {
        marks->outcome = Outcome::Invalid;
        marks->earned = 0;
    }
    Attempt attempt;
    attempt.id = presentation.id;
    attempt.person = m_identity.person.number;
    attempt.post = presentation.post;
    attempt.question = presentation.question.id;
    attempt.version = presentation.question.version;
    attempt.bankRevision = m_bank->revision;
    attempt.choicesShown = presentation.choicesShown;
    for (auto part = presentation.partsShown.constBegin(); part != presentation.partsShown.constEnd(); ++part) {
        attempt.parts[part.key()].choicesShown = *part;
    }
    putResponse(presentation.question, response, attempt);
    attempt.marks = marks->earned;
    attempt.fullMarks = marks->full;
    attempt.outcome = marks->outcome;
    attempt.context = presentation.context;
    attempt.obligation = presentation.obligation;
    attempt.responseMs = responseMs;
    attempt.answeredAtMs = m_clock.utcMs();
    attempt.utcOffsetSeconds = m_clock.utcOffsetSeconds();
    attempt.studyDay = studyDay(m_clock);
    const auto recorded = m_store.record(std::move(attempt), gateSecret);
    if (!recorded) {
        return recorded.error();
    }
    Q_EMIT changed();
    const Attempt &kept = recorded->attempt;
    return Answered {kept, Marks {kept.marks, kept.fullMarks, kept.outcome}, recorded->pass};
}

Result<Pass> Learner::passFor(const Decided &decided, const QByteArray &gateSecret)
{
    return m_store.passFor(decided, gateSecret);
}

// What was decided stands; the moment plays no part in what can be done about it.
Result<Pass> Learner::defer(const Decided &decided, const QByteArray &gateSecret)
{
    return m_store.defer(asking(Moment::Timer), decided, gateSecret);
}

Result<Pass> Learner::leave(const Decided &decided, const QString &reason, const QByteArray &gateSecret)
{
    return m_store.leave(asking(Moment::Timer), decided, reason, gateSecret);
}

Result<int> Learner::takeBuiltInAttempts(const QString &path)
{
    const auto remark = [this](Attempt &attempt) {
        const QuestionVersion *question = m_bank->question(attempt.question, attempt.version);
        const Response response{attempt.response, attempt.outcome == Outcome::Unsure};
        const auto marks = question ? grade(*question, response, m_bank->marking)
                                    : Result<Marks>(Error(ErrorCode::NotFound, attempt.question));
        if (!marks) {
            return; // as the gate has marked it
        }
        putResponse(*question, response, attempt);
        attempt.fullMarks = marks->full;
        if (attempt.outcome != Outcome::Invalid) {
            attempt.marks = marks->earned;
            attempt.outcome = marks->outcome;
        }
    };
    const auto taken = m_store.importAttempts(path, m_identity.person.number, remark);
    if (taken && *taken > 0) {
        Q_EMIT changed();
    }
    return taken;
}

Result<void> Learner::settleExit(const QString &reason)
{
    const auto decided = decide(Moment::Start);
    if (!decided) {
        return decided.error();
    }
    if (!decided->obligation || !decided->obligation->isOpen()) {
        return {};
    }
    const auto left = leave(*decided, reason, {});
    return left ? Result<void>() : Result<void>(left.error());
}

Result<void> Learner::settleByCode(qint64 atMs)
{
    const auto decided = decide(Moment::Start);
    if (!decided) {
        return decided.error();
    }
    const auto exempted = m_store.exemptByCode(m_identity.person.number, studyDay(m_clock), atMs);
    return exempted ? Result<void>() : Result<void>(exempted.error());
}

const QList<Attempt> &Learner::attempts() const
{
    const qint64 known = m_attempts.isEmpty() ? 0 : m_attempts.last().seq;
    // What cannot be read now is read the next time; the windows show what there is.
    if (auto fresh = m_store.attempts(m_identity.person.number, known)) {
        m_attempts += *fresh;
    }
    return m_attempts;
}

ArchiveSummary Learner::archive() const
{
    return summarise(attempts(), *m_bank, m_identity.posts, m_rules.calendar, today());
}

LearnerRecord Learner::record() const
{
    const auto record = m_store.learner(m_identity.person.number);
    return record ? *record : LearnerRecord();
}

MasteryReport Learner::mastery() const
{
    const LearnerRecord known = record();
    const int day = std::max(studyDay(m_clock), known.person.lastStudyDay);
    return qingfeng::mastery(
        known, masteryScope(*m_bank, m_identity.posts), day, Fsrs(m_store.memoryModel().parameters));
}

QList<MasteryOn> Learner::masteryHistory(int weeks) const
{
    QList<int> days;
    for (int back = weeks - 1; back >= 0; --back) {
        days.append(studyDay(m_clock) - 7 * back);
    }
    return qingfeng::masteryHistory(attempts(), masteryScope(*m_bank, m_identity.posts),
        QuizMemory(m_store.memoryModel().parameters), days);
}

const QuestionVersion *Learner::question(const QString &id, int version) const
{
    return m_bank->question(id, version);
}

qint64 Learner::pendingCount() const
{
    const auto pending = m_store.outbox().pendingCount();
    return pending ? *pending : 0;
}

} // namespace qingfeng
