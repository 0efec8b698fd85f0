#include "quiz/study/wrong_book.h"

#include <algorithm>

#include <QHash>

namespace qingfeng {

QList<WrongEntry> wrongBook(const QList<Attempt> &attempts)
{
    QHash<QString, WrongEntry> book;
    for (const Attempt &attempt : attempts) {
        if (attempt.outcome == Outcome::Invalid) {
            continue;
        }
        const auto entry = book.find(attempt.question);
        if (attempt.outcome != Outcome::Right) {
            const int before = entry == book.end() ? 0 : entry->timesWrong;
            book.insert(attempt.question,
                {attempt.question, attempt.version, before + 1, attempt.studyDay, attempt.answeredAtMs, false});
        } else if (entry != book.end() && attempt.studyDay > entry->lastWrongDay) {
            book.erase(entry);
        } else if (entry != book.end()) {
            entry->rightSinceSameDay = true;
        }
    }
    QList<WrongEntry> entries = book.values();
    std::sort(entries.begin(), entries.end(), [](const WrongEntry &a, const WrongEntry &b) {
        return a.lastWrongMs != b.lastWrongMs ? a.lastWrongMs > b.lastWrongMs : a.question < b.question;
    });
    return entries;
}

} // namespace qingfeng
