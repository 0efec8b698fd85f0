#pragma once

#include "quiz/archive/annotation.h"
#include "quiz/archive/chain_check.h"
#include "quiz/archive/learner_state.h"
#include "quiz/memory/memory_model.h"
#include "quiz/obligation/decision.h"
#include "quiz/people/roster.h"
#include "quiz/selection/selector.h"
#include "quiz/store/feedback_records.h"
#include "quiz/store/outbox.h"
#include "quiz/store/study_records.h"

#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"

#include <functional>
#include <memory>

namespace SQLite {
class Database;
}

namespace qingfeng {

/** What was put on the screen, so that a restart shows the same question in the same order. */
struct PresentationRecord
{
    QString id; ///< becomes the attempt's id
    QString person;
    int studyDay = 0;
    QString post;
    QString question;
    int version = 0;
    QStringList choicesShown;
    AttemptContext context = AttemptContext::Study;
    QString obligation;
    QMap<QString, QStringList> partsShown = {}; ///< of a case: orders shown by id of the part
};

/** An answer that is on the disk. */
struct Recorded
{
    Attempt attempt;
    std::optional<Pass> pass; ///< when it settled the obligation it counted for
};

/** What a check of the whole store found. */
struct StoreReport
{
    qint64 attempts = 0;
    QByteArray headHash; ///< of the last attempt
    std::optional<ChainFault> fault; ///< the first attempt that is not as it was
    qint64 receipts = 0; ///< receipts that agree with the chain
    qint64 annotations = 0;
    QStringList problems; ///< technical English; empty = everything holds
    bool holds() const { return problems.isEmpty(); }
};

/**
 * The workstation database (learning.db): attempts in their chain, obligations, what is cached from the server
 * and what is still owed to it. Several processes of one learner may have it open; every change is one
 * transaction, and an answer is on the disk (synchronous=FULL) when record() returns.
 *
 * One object is used from one thread.
 */
class LearningStore
{
public:
    /**
     * Opens or makes the database at @p path; its folder is made with mode 0700.
     * @return Corrupt, TooNew, Io or Unavailable (locked by another for more than 3 s)
     */
    static Result<std::unique_ptr<LearningStore>> open(const QString &path, const Clock &clock, Random &random);
    /**
     * As open(), but one that is damaged is put aside under another name, never deleted, and a new one, with what
     * could be saved of the roster, stands in its place. For the programs that must go on: those that examine a
     * store use open().
     */
    static Result<std::unique_ptr<LearningStore>> openOrReplace(
        const QString &path, const Clock &clock, Random &random);
    ~LearningStore();

    /** UUID of this database: names its chain. */
    QString storeId() const { return m_storeId; }

    /** File name of the damaged database that openOrReplace() has put aside, or empty. */
    QString putAside() const { return m_putAside; }
    /** The value that keeps putAside() until the person has been told. */
    static QString putAsideKey();
    /** To be told of every Corrupt that a call here returned: the next opening then looks at the whole database. */
    void suspectDamage() const;

    // Attempts ------------------------------------------------------------------------------------------------

    Result<void> present(const PresentationRecord &presentation);
    /** The unanswered presentation for an obligation, if there is one. */
    Result<std::optional<PresentationRecord>> openPresentation(const QString &obligation) const;

    /**
     * Appends an answer to the chain and counts it for its obligation, in one transaction. An id that is there
     * already is not written again: what was recorded first is returned.
     *
     * @param attempt    seq, store and hashes are set here
     * @param gateSecret secret of the gate run that waits for the pass; empty elsewhere
     */
    Result<Recorded> record(Attempt attempt, const QByteArray &gateSecret = {});

    /** Where the chain ends: number and hash of the newest attempt. */
    Result<ChainAnchor> head() const;
    /** Attempts of a person in chain order, those after @p afterSeq; of everybody for an empty @p person. */
    Result<QList<Attempt>> attempts(const QString &person = {}, qint64 afterSeq = 0) const;
    /**
     * What a person's attempts say: read once, afterwards only what has changed since. Its questions are shared,
     * not copied, while the caller does not keep them over the next record().
     */
    Result<LearnerRecord> learner(const QString &person) const;
    Result<QHash<QString, QuestionHistory>> history(const QString &person) const;
    Result<QSet<QString>> askedOn(const QString &person, int studyDay) const;
    /** Questions last answered, newest first, at most @p limit. */
    Result<QStringList> recentQuestions(const QString &person, int limit) const;
    /** The question last answered; empty before the first. */
    Result<QString> lastQuestion(const QString &person) const;

    /** What memory is derived with. Changing it derives everything anew. */
    const MemoryModel &memoryModel() const { return m_model; }
    Result<void> setMemoryModel(const MemoryModel &model);

    /**
     * Keeps annotations that the server made, each once. Conflict: they do not follow the last one here by number,
     * or one that is here already is not the same; nothing is kept then.
     */
    Result<void> addAnnotations(const QList<Annotation> &annotations);
    /** Annotations on a person's attempts, in the order made; on everybody's for an empty @p person. */
    Result<QList<Annotation>> annotations(const QString &person = {}) const;
    /** Number of the newest annotation here; 0 before the first. */
    Result<qint64> annotationCount() const;

    // Obligations ---------------------------------------------------------------------------------------------

    /** What a decision on study day @p today would see of a person. */
    Result<Ledger> ledger(const QString &person, int today) const;
    /** What decide() would say; nothing is kept. */
    Result<Decided> look(const Asking &asking) const;
    /**
     * Decides what is owed now and keeps it, in one transaction: two programs that ask at once are given the same
     * row. A clock turned back, quiet earned or ended, and a year without calendar leave an event.
     */
    Result<Decided> decide(const Asking &asking);
    /** The pass when nothing is to be answered: "settled", "deferred" or "not-owed"; NotPermitted when there is. */
    Result<Pass> passFor(const Decided &decided, const QByteArray &gateSecret);
    /**
     * 暂缓: takes a token and leaves the row owed, with an event; the pass's word is "deferred". The offer is looked
     * at anew; one that another program of this person has taken up meanwhile is not taken twice.
     * @return NotPermitted: no deferral can be had now
     */
    Result<Pass> defer(const Asking &asking, const Decided &decided, const QByteArray &gateSecret);
    /**
     * 紧急进入: opens without an answer, with an event. Within the quota the row becomes Exempted ("exempted");
     * beyond it, it is put off ("deferred").
     * @param reason one of emergencyReasons()
     */
    Result<Pass> leave(
        const Asking &asking, const Decided &decided, const QString &reason, const QByteArray &gateSecret);

    /**
     * Takes over what another store of this person holds, each attempt once and for the row that waits for it, with
     * its events, and removes that store: it stood in while this one could not be written. Nothing to do when there
     * is none.
     * @return how many attempts it held
     */
    Result<int> adopt(const QString &path, const QString &person);

    // What is cached and what is remembered -------------------------------------------------------------------

    Result<void> saveDocument(const QString &name, const QString &etag, const QByteArray &body);
    /** (etag, body); two empty values when there is none. */
    Result<std::pair<QString, QByteArray>> document(const QString &name) const;
    /** The cached roster; empty when none was ever received. */
    Result<Roster> roster() const;
    QString value(const QString &name) const;
    Result<void> setValue(const QString &name, const QString &value);

    // Events --------------------------------------------------------------------------------------------------

    Result<void> addEvent(const QString &person, const QString &kind, const QString &detail);
    /**
     * Takes over the events that the gate process wrote to a file of JSON lines, each once, and removes the
     * file. Returns those that were new. A line that is none is skipped.
     * @param person who sits at this PC, for the gate does not know
     */
    Result<QList<StoredEvent>> importEvents(const QString &path, const QString &person);

    // Built-in questions
    // --------------------------------------------------------------------------------------

    /** Marks an answer by the bank, where that has the question; what the gate has marked stays where it has
     * not. */
    using Remark = std::function<void(Attempt &attempt)>;
    /**
     * Takes over the answers to built-in questions that the gate process wrote to a file of JSON lines, when
     * no question program could ask: each once, at its own time, as this person's, and for the row of its day
     * that waits for an answer; and removes the file. A line that is none is skipped; a rapid guess counts
     * for no row.
     * @return how many were new
     */
    Result<int> importAttempts(const QString &path, const QString &person, const Remark &remark = {});
    /**
     * The row of that day that waits for an answer is exempted: the administrator's code has opened the gate.
     * False when none waits.
     */
    Result<bool> exemptByCode(const QString &person, int studyDay, qint64 atMs);

    Outbox &outbox() { return *m_outbox; }
    const Outbox &outbox() const { return *m_outbox; }

    /** 意见反馈. */
    FeedbackRecords &feedback() { return *m_feedback; }
    const FeedbackRecords &feedback() const { return *m_feedback; }

    /** Favourites and papers. */
    StudyRecords &study() { return *m_study; }
    const StudyRecords &study() const { return *m_study; }

    // Maintenance ---------------------------------------------------------------------------------------------

    /**
     * Checks pages and indexes, the chain, its recorded head, the receipts held, and that everything derived
     * equals what the attempts say.
     * @param receiptKey the server's public key (32 bytes); empty = receipts are compared but not verified
     */
    Result<StoreReport> verify(const QByteArray &receiptKey = {}) const;
    /** Derives everything anew from the attempts. Returns how many rows differed. */
    Result<int> rebuild();
    /** Writes a consistent copy to a new file while in use. */
    Result<void> backup(const QString &path) const;

private:
    LearningStore(std::unique_ptr<SQLite::Database> database, const Clock &clock, Random &random);

    /** A learner's record as last read, and what it holds good for. */
    struct Read
    {
        LearnerRecord record;
        qint64 seq = 0; ///< of the newest attempt that is in it
        QString generation;
    };

    int rederive();
    /** Inside the caller's transaction; throws SQLite::Exception. */
    void insertEvent(const QString &person, const QString &kind, const QString &detail);
    void noteDecision(const Asking &asking, const Decision &decision, bool isNew);
    void putOff(Deferral deferral, const Ledger &before, const QString &event, const QString &reason);
    static QString memoryModelValue();
    void readMemoryModel();

    std::unique_ptr<SQLite::Database> m_database;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<StudyRecords> m_study;
    std::unique_ptr<FeedbackRecords> m_feedback;
    MemoryModel m_model;
    std::unique_ptr<QuizMemory> m_memory;
    mutable QHash<QString, Read> m_read; ///< by person
    const Clock &m_clock;
    Random &m_random;
    QString m_storeId;
    QString m_putAside;
};

} // namespace qingfeng
