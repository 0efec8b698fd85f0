#pragma once

#include <QList>
#include <QString>

namespace qingfeng {

/** The answer of one question in a list of answers apart from the questions. */
struct ListedAnswer
{
    int number = 0; ///< of the question
    QString answer;
    bool operator==(const ListedAnswer &) const = default;
};

/**
 * Reads "1-5 ABCDA", "6-8：AB CD ABC", "1.A 2.B 3.√": answers that stand together. Empty when any of it is something
 * else, so that a question is never taken for answers.
 */
QList<ListedAnswer> parseAnswerList(const QString &line);

} // namespace qingfeng
