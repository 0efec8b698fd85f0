#pragma once

#include "app/workstation/core/gate_rules.h"

#include "quiz/archive/annotation.h"
#include "quiz/archive/mastery.h"
#include "quiz/archive/summary.h"
#include "quiz/grading/grade.h"
#include "quiz/obligation/decision.h"
#include "quiz/people/identity.h"
#include "quiz/selection/selector.h"

#include "question_bank/model/question_bank.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace qingfeng {

class LearningStore;
class SelectionIndex;
class QuestionSearch;
class Clock;
class Random;
struct FeedbackEntry;
struct FeedbackThread;
struct MasteryOn;
struct SearchHit;
struct WrongEntry;

/** One question as it is put to the learner. Its id becomes the attempt's, so answering twice is one attempt. */
struct Presentation
{
    QString id;
    QuestionVersion question;
    QStringList choicesShown; ///< choice ids in the order shown; target ids for a match
    SelectionReason reason;
    QString post; ///< code of the post it is asked for
    AttemptContext context = AttemptContext::Study;
    QString obligation; ///< id of the obligation it counts for, or empty
    QMap<QString, QStringList> partsShown = {}; ///< of a case: orders shown by id of the part
};

/** What came of an answer. Whoever has it may tell the learner: it is on the disk. */
struct Answered
{
    Attempt attempt;
    Marks marks;
    std::optional<Pass> pass; ///< at the gate, when this answer settled the obligation
};

/** What the study page is narrowed to; empty fields do not narrow. */
struct StudyFilter
{
    enum class Shelf { All, WrongBook, Favourites };

    QString post;
    QString riskPoint;
    QString law; ///< id of a law: questions that rest on one of its articles
    QString theme; ///< id of a theme
    Shelf shelf = Shelf::All;
    bool operator==(const StudyFilter &) const = default;
    bool narrows() const { return *this != StudyFilter(); }
};

/**
 * The learner at this PC: who it is, what to ask, what came of it, and the archive. It needs no display: the
 * windows bind to it, the command line uses it as it is. All calls are made from the thread that created it,
 * take milliseconds, and never wait for the network.
 */
class Learner : public QObject
{
    Q_OBJECT

public:
    Learner(LearningStore &store, std::shared_ptr<const QuestionBank> bank, const Clock &clock, Random &random,
        OsAccount account, QObject *parent = nullptr);
    ~Learner() override;

    const Identity &identity() const { return m_identity; }
    const Unit &unit() const { return m_roster.unit; }
    /** Name of a department with those above it, as the roster has it; empty when unknown. */
    QString departmentPath() const;
    const QuestionBank &bank() const { return *m_bank; }
    std::shared_ptr<const QuestionBank> sharedBank() const { return m_bank; }
    const WorkCalendar &calendar() const { return m_rules.calendar; }
    QDate today() const;

    /** Sign-in with employee number and PIN; on success this account is remembered and changed() is emitted. */
    Result<void> signIn(const QString &number, const QString &pin);
    /** False while there is no roster to check against: asking who somebody is would lead nowhere. */
    bool canSignIn() const { return !m_roster.people.isEmpty(); }

    /** When this learner is asked. Until it is set: the built-in policy and calendar. */
    void setRules(GateRules rules);
    /** What policy holds for this person today, and which of it the office has set. */
    EffectivePolicy policy() const;
    /** What this person asks of his own gate: more questions than he must, where the office has not set them. */
    Result<void> wishQuestions(int questions);

    /** What is owed at this moment; look() keeps nothing. */
    Result<Decided> look(Moment moment) const;
    Result<Decided> decide(Moment moment);

    /**
     * The question for the gate. One that was shown for this obligation before and not answered comes back with
     * the same id and order. NotFound: no eligible question (empty bank).
     */
    Result<Presentation> presentForGate(const Obligation &obligation);

    /** The next question to study. NotFound: none is left under this filter today. */
    Result<Presentation> presentForStudy(const StudyFilter &filter = {});

    /** One question that the learner picked, whenever it was asked last. NotFound: it is not in the scope. */
    Result<Presentation> presentQuestion(const QString &questionId);

    /**
     * Marks, records and, at the gate, settles the obligation in one transaction.
     * @param responseMs time to answer, without lock, unfocus and reading
     * @param gateSecret secret of this gate run, empty elsewhere
     */
    Result<Answered> answer(const Presentation &presentation, const Response &response, qint64 responseMs,
        const QByteArray &gateSecret = {});

    /** A pass where no question is demanded, e.g. at a second login of the day. */
    Result<Pass> passFor(const Decided &decided, const QByteArray &gateSecret);

    /** 暂缓: opens and is asked again later. NotPermitted: none can be had now. */
    Result<Pass> defer(const Decided &decided, const QByteArray &gateSecret);

    /** 紧急进入: opens without an answer; reason is one of Obligation::reason. Recorded and seen by the administrator. */
    Result<Pass> leave(const Decided &decided, const QString &reason, const QByteArray &gateSecret);

    /**
     * Takes over answers to built-in questions that the gate process wrote to this file, as this person's:
     * see LearningStore::importAttempts(). What the bank has is marked by it.
     */
    Result<int> takeBuiltInAttempts(const QString &path);
    /**
     * The way out was chosen at the gate's own page, without a store: what is owed now is settled as leave()
     * would have done, or, by the administrator's code, exempted.
     */
    Result<void> settleExit(const QString &reason);
    Result<void> settleByCode(qint64 atMs);

    /** The culture theme of today for this person; nullptr when there is none. */
    const CultureTheme *theme() const;

    /** Own attempts in chain order, those of the gate's process too. */
    const QList<Attempt> &attempts() const;
    ArchiveSummary archive() const;
    /** 掌握分 of today, with what stands beside it. */
    MasteryReport mastery() const;
    /** What attempts say of each question and of the person. */
    LearnerRecord record() const;
    /** Reports at the end of each of the last weeks, oldest first; the last one is today's. */
    QList<MasteryOn> masteryHistory(int weeks) const;
    /** Versions of questions still held, for showing an old attempt; nullptr when this bank has it no more. */
    const QuestionVersion *question(const QString &id, int version) const;

    // Learning by choice (learner_study.cpp) ---------------------------------------------------------------------

    /**
     * What the learner may study, today's questions and resting ones too: latest versions in force, of the posts
     * held and the common one. By post, then as the bank has them; the pointers live as long as the bank.
     */
    const QList<const QuestionVersion *> &scope() const;
    /** Whether a question is within a filter. */
    bool fits(const QuestionVersion &question, const StudyFilter &filter) const;
    /** Whether a question belongs to a theme: named by it, or on one of its risk points. */
    static bool belongsTo(const QuestionVersion &question, const CultureTheme &theme);

    /** Questions of the scope with every word of @p query; see QuestionSearch. */
    QList<SearchHit> search(const QString &query) const;
    /** 错题本 of what is in the scope, newest mistake first. */
    QList<WrongEntry> wrongBook() const;
    /** 收藏: question ids, newest first. */
    QStringList favourites() const;
    Result<void> setFavourite(const QString &questionId, bool favourite);
    /**
     * Keeps a doubt about a question, with the learner's own answer to it if there is one, as the first message of a
     * thread, until it can be sent. InvalidArgument: nothing written; TooLarge: over FeedbackEntry::maxText.
     */
    Result<void> reportDoubt(
        const QuestionVersion &question, const std::optional<Attempt> &answer, const QString &text);
    /** Writes on in a thread, or for an empty @p thread begins one that is about no question. The same errors. */
    Result<void> writeMessage(const QString &thread, const QString &text);
    /** Says that nothing more is to be answered, or takes that back. */
    Result<void> setThreadClosed(const QString &thread, bool closed);
    /** The learner's threads, the last changed first; about one question unless @p questionId is empty. */
    QList<FeedbackThread> threads(const QString &questionId = {}) const;
    /** Messages of the administrator's desk that the learner has not looked at. */
    int unseenMessages() const;
    void markSeen(const QString &thread);
    /** Name and office of everybody who reads what is written, as the server told; empty before that. */
    QStringList recipients() const;
    /** To be told that messages have come from elsewhere. */
    void messagesArrived() { Q_EMIT messagesChanged(); }
    /** What administrators have put on record about the learner's answers, in the order made. */
    QList<Annotation> annotations() const;

    LearningStore &store() const { return m_store; }
    const Clock &clock() const { return m_clock; }
    Random &random() const { return m_random; }

    /** How much of the outbox the server has not acknowledged, for the settings page. */
    qint64 pendingCount() const;

    /** Replaces the bank after a verified update. */
    void setBank(std::shared_ptr<const QuestionBank> bank);
    /** Reads roster and identity anew, after a sync. */
    void reload();

Q_SIGNALS:
    /** Person, posts, bank or attempts changed: whoever shows them reads them again. */
    void changed();
    void favouritesChanged();
    /** Something was written, or has come from the desk. */
    void messagesChanged();

private:
    Result<void> keepMessage(FeedbackEntry entry);
    SelectionRequest selectionRequest() const;
    Asking asking(Moment moment) const;
    std::optional<LearningFacts> facts() const;
    UserWishes wishes() const;
    void forget() const;
    Result<Presentation> present(const ScoredQuestion &chosen, AttemptContext context, const QString &obligation);

    LearningStore &m_store;
    std::shared_ptr<const QuestionBank> m_bank;
    const Clock &m_clock;
    Random &m_random;
    OsAccount m_account;
    Roster m_roster;
    Identity m_identity;
    GateRules m_rules;
    std::unique_ptr<SelectionIndex> m_index; ///< of m_bank

    // Read or made at need, each good until forget().
    mutable QList<Attempt> m_attempts;
    mutable QDate m_scopeDay;
    mutable QList<const QuestionVersion *> m_scope;
    mutable std::unique_ptr<QuestionSearch> m_search; ///< of m_scope
    std::unique_ptr<Selector> m_selector;
};

} // namespace qingfeng
