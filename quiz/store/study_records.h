#pragma once

#include "quiz/study/paper.h"

#include <QSet>

namespace SQLite {
class Database;
}

namespace qingfeng {

/** What a person keeps while learning by choice: favourites and papers. Every change is one transaction. */
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

private:
    SQLite::Database &m_database;
};

} // namespace qingfeng
