#pragma once

#include "question_bank/package/objects.h"

#include <QStringList>

namespace qingfeng {

/** One object that is not the same in two banks. */
struct BankChange
{
    QString kind; ///< "question", "article", "media" …
    QString id;
    int oldVersion = 0; ///< 0 = it is not in the old bank
    int newVersion = 0; ///< 0 = it is not in the new bank
    QStringList fields; ///< of a changed one: which fields differ, as they are named in its JSON form
    bool operator==(const BankChange &) const = default;
};

/** What one bank has and another has not. Each list by kind and id. */
struct BankDiff
{
    QList<BankChange> added;
    QList<BankChange> changed;
    QList<BankChange> removed;
};

/** Compares two banks object by object; of a question the highest versions are compared. */
BankDiff diffBanks(const QuestionBank &old, const QuestionBank &next);

} // namespace qingfeng
