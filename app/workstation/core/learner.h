#pragma once

#include "app/workstation/core/gate_rules.h"

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
class Clock;
class Random;

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
    QString post;
    QString riskPoint;
    bool wrongOnly = false; ///< 错题: last answer was not right
    QString theme = {}; ///< id of a culture theme
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

    /** The culture theme of today for this person; nullptr when there is none. */
    const CultureTheme *theme() const;

    ArchiveSummary archive() const;
    /** 掌握分 of today, with what stands beside it. */
    MasteryReport mastery() const;
    /** Versions of questions still held, for showing an old attempt; nullptr when this bank has it no more. */
    const QuestionVersion *question(const QString &id, int version) const;

    /** How much of the outbox the server has not acknowledged, for the settings page. */
    qint64 pendingCount() const;

    /** Replaces the bank after a verified update. */
    void setBank(std::shared_ptr<const QuestionBank> bank);
    /** Reads roster and identity anew, after a sync. */
    void reload();

Q_SIGNALS:
    /** Person, posts, bank or attempts changed: whoever shows them reads them again. */
    void changed();

private:
    SelectionRequest selectionRequest() const;
    Asking asking(Moment moment) const;
    std::optional<LearningFacts> facts() const;
    UserWishes wishes() const;
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
    std::unique_ptr<Selector> m_selector;
};

} // namespace qingfeng
