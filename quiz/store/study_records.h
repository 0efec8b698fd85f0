#pragma once

#include "quiz/study/paper.h"

#include <QSet>

namespace SQLite {
class Database;
}

namespace qingfeng {

/** 疑问: what a person doubts about a question, as they wrote it. */
struct Doubt
{
    static constexpr qsizetype maxText = 2000; ///< characters

    QString id; ///< UUIDv7
    QString person;
    QString question;
    int version = 0;
    QString attempt; ///< id of the person's own answer; empty when it was not answered
    QString answer; ///< that answer as JSON: {"response", "outcome", "texts", "pairs", "parts"}; empty likewise
    QString text;
    qint64 createdAtMs = 0; ///< UTC
    int utcOffsetSeconds = 0;
    QString state = QStringLiteral("queued"); ///< queued: on this computer, not sent yet
    bool operator==(const Doubt &) const = default;
};

/** What a person keeps while learning by choice: favourites, papers, doubts. Every change is one transaction. */
class StudyRecords
{
public:
    explicit StudyRecords(SQLite::Database &database);

    /** Question ids, newest first. */
    Result<QStringList> favourites(const QString &person) const;
    Result<void> setFavourite(const QString &person, const QString &question, bool favourite, qint64 atMs);

    /** Keeps a paper with its questions. Conflict: the person has an open one already, or the id is taken. */
    Result<void> addPaper(const Paper &paper);
    /** All papers of a person, newest first; at most one is open. */
    Result<QList<Paper>> papers(const QString &person) const;
    /** Time spent so far; a smaller value than is kept changes nothing. */
    Result<void> setPaperTime(const QString &paper, qint64 usedMs);
    /** Closes an open paper; nothing happens to one that is closed. */
    Result<void> finishPaper(const QString &paper, qint64 usedMs, qint64 atMs, bool timedOut);

    /** InvalidArgument: no text. TooLarge: over Doubt::maxText. */
    Result<void> addDoubt(const Doubt &doubt);
    /** Doubts of a person, newest first; about one question unless @p question is empty. */
    Result<QList<Doubt>> doubts(const QString &person, const QString &question = {}) const;

private:
    SQLite::Database &m_database;
};

} // namespace qingfeng
