#include "quiz/grading/grade.h"

#include <algorithm>
#include <cmath>

#include <QSet>

namespace qingfeng {
namespace {

/** What one item, a question or a part of a case, has earned: right of total equal shares. */
struct Share
{
    int right = 0;
    int total = 1;
    bool half = false; ///< of a multiple choice that misses some

    bool isFull() const { return right == total; }
};

Error misfit(const QString &detail, const QString &where)
{
    return Error(ErrorCode::InvalidArgument, detail, where);
}

const Choice *findTarget(const QuestionItem &item, const QString &id)
{
    const auto it = std::find_if(
        item.targets.cbegin(), item.targets.cend(), [&id](const Choice &target) { return target.id == id; });
    return it == item.targets.cend() ? nullptr : &*it;
}

/** Chosen ids, each once and each of the item. */
Result<QSet<QString>> chosenIds(const QuestionItem &item, const PartResponse &response, const QString &where)
{
    const QSet<QString> chosen(response.choices.cbegin(), response.choices.cend());
    if (chosen.size() != response.choices.size()) {
        return misfit(QStringLiteral("a choice is named twice"), where);
    }
    for (const QString &id : chosen) {
        if (!item.choice(id)) {
            return Error(ErrorCode::NotFound, QStringLiteral("no choice \"%1\"").arg(id), where);
        }
    }
    return chosen;
}

Result<Share> gradeChoices(
    const QuestionItem &item, const PartResponse &response, const MarkingRules &rules, const QString &where)
{
    const auto chosen = chosenIds(item, response, where);
    if (!chosen) {
        return chosen.error();
    }
    if (item.type != QuestionType::Multiple && chosen->size() != 1) {
        return misfit(QStringLiteral("exactly one choice expected"), where);
    }
    const QSet<QString> right(item.answer.cbegin(), item.answer.cend());
    Share share {*chosen == right ? 1 : 0, 1, false};
    share.half = item.type == QuestionType::Multiple && !share.isFull() && rules.halfForMissing
        && right.contains(*chosen);
    return share;
}

Result<Share> gradeOrder(
    const QuestionItem &item, const PartResponse &response, const MarkingRules &rules, const QString &where)
{
    const auto chosen = chosenIds(item, response, where);
    if (!chosen) {
        return chosen.error();
    }
    if (response.choices.size() != item.choices.size()) {
        return misfit(QStringLiteral("all %1 choices in order expected").arg(item.choices.size()), where);
    }
    Share share {0, int(item.choices.size()), false};
    for (qsizetype i = 0; i < response.choices.size(); ++i) {
        share.right += response.choices.at(i) == item.answer.value(i) ? 1 : 0;
    }
    if (!share.isFull() && !rules.partialOrder) {
        share.right = 0;
    }
    return share;
}

Result<Share> gradePairs(
    const QuestionItem &item, const PartResponse &response, const MarkingRules &rules, const QString &where)
{
    Share share {0, int(item.choices.size()), false};
    QSet<QString> used;
    for (auto pair = response.pairs.constBegin(); pair != response.pairs.constEnd(); ++pair) {
        if (!item.choice(pair.key())) {
            return Error(ErrorCode::NotFound, QStringLiteral("no choice \"%1\"").arg(pair.key()), where);
        }
        if (!findTarget(item, *pair)) {
            return Error(ErrorCode::NotFound, QStringLiteral("no target \"%1\"").arg(*pair), where);
        }
        // Two choices may share a target only where the key says so.
        if (used.contains(*pair) && item.pairs.keys(*pair).size() < 2) {
            return misfit(QStringLiteral("target \"%1\" is used twice").arg(*pair), where);
        }
        used.insert(*pair);
        share.right += item.pairs.value(pair.key()) == *pair ? 1 : 0;
    }
    if (!share.isFull() && !rules.partialMatch) {
        share.right = 0;
    }
    return share;
}

Result<Share> gradeBlanks(
    const QuestionItem &item, const PartResponse &response, const MarkingRules &rules, const QString &where)
{
    if (response.texts.size() != item.blanks.size()) {
        return misfit(QStringLiteral("%1 texts expected, one a blank").arg(item.blanks.size()), where);
    }
    Share share {0, int(item.blanks.size()), false};
    for (qsizetype i = 0; i < item.blanks.size(); ++i) {
        const QString given = normalisedAnswer(response.texts.at(i));
        const QStringList &accepted = item.blanks.at(i).accepted;
        share.right += !given.isEmpty() && std::any_of(accepted.cbegin(), accepted.cend(), [&](const QString &wording) {
            return normalisedAnswer(wording) == given;
        });
    }
    if (!share.isFull() && !rules.partialFillIn) {
        share.right = 0;
    }
    return share;
}

/** Whether a response to an item has nothing in it, blanks left empty included. */
bool isUntouched(const PartResponse &response)
{
    return response.choices.isEmpty() && response.pairs.isEmpty()
        && std::all_of(response.texts.cbegin(), response.texts.cend(),
            [](const QString &text) { return text.trimmed().isEmpty(); });
}

/** Marks an item that is no case and has an answer. */
Result<Share> gradeItem(
    const QuestionItem &item, const PartResponse &response, const MarkingRules &rules, const QString &where)
{
    const bool choices = !response.choices.isEmpty();
    const bool texts = !response.texts.isEmpty();
    const bool pairs = !response.pairs.isEmpty();
    const QString strange = QStringLiteral("an answer of another form than the question's");
    switch (item.type) {
    case QuestionType::Single:
    case QuestionType::TrueFalse:
    case QuestionType::Multiple:
        return texts || pairs ? misfit(strange, where) : gradeChoices(item, response, rules, where);
    case QuestionType::Order:
        return texts || pairs ? misfit(strange, where) : gradeOrder(item, response, rules, where);
    case QuestionType::Match:
        return texts || choices ? misfit(strange, where) : gradePairs(item, response, rules, where);
    case QuestionType::FillIn:
        return choices || pairs ? misfit(strange, where) : gradeBlanks(item, response, rules, where);
    case QuestionType::Case:
        break;
    }
    return misfit(QStringLiteral("a case within a case"), where);
}

int marksFor(const Share &share, int full)
{
    if (share.half) {
        return full / 2;
    }
    return share.total > 0 ? int(qint64(full) * share.right / share.total) : 0;
}

Outcome outcomeOf(int earned, int full, bool right)
{
    return right ? Outcome::Right : earned > 0 && earned < full ? Outcome::Partial : Outcome::Wrong;
}

Result<Marks> gradeCase(const QuestionVersion &question, const Response &response, const MarkingRules &rules)
{
    if (!response.choices.isEmpty() || !response.texts.isEmpty() || !response.pairs.isEmpty()) {
        return misfit(QStringLiteral("a case is answered part by part"), question.id);
    }
    QSet<QString> known;
    for (const QuestionPart &part : question.parts) {
        known.insert(part.id);
    }
    for (auto part = response.parts.constBegin(); part != response.parts.constEnd(); ++part) {
        if (!known.contains(part.key())) {
            return Error(ErrorCode::NotFound, QStringLiteral("no part \"%1\"").arg(part.key()), question.id);
        }
    }
    const int count = int(question.parts.size());
    Marks marks {0, rules.fullMarksEachPart ? rules.fullMarks * count : rules.fullMarks, Outcome::Wrong};
    bool answered = false;
    int rightParts = 0;
    int given = 0; // marks handed out so far, so that shares add up to the whole
    for (int i = 0; i < count; ++i) {
        const QuestionPart &part = question.parts.at(i);
        const int worth = int(qint64(marks.full) * (i + 1) / count) - given;
        given += worth;
        const PartResponse mine = response.parts.value(part.id);
        if (isUntouched(mine)) {
            continue;
        }
        answered = true;
        const auto share = gradeItem(part, mine, rules, question.id + QLatin1Char('/') + part.id);
        if (!share) {
            return share.error();
        }
        marks.earned += marksFor(*share, worth);
        rightParts += share->isFull() ? 1 : 0;
    }
    if (!answered) {
        return misfit(QStringLiteral("nothing answered"), question.id);
    }
    const bool right = rightParts == count;
    if (!right && !rules.partialCase) {
        marks.earned = 0;
    }
    marks.outcome = outcomeOf(marks.earned, marks.full, right);
    return marks;
}

qsizetype charactersOf(const QuestionItem &item)
{
    qsizetype characters = item.stem.size();
    for (const Choice &choice : item.choices) {
        characters += choice.text.size();
    }
    for (const Choice &target : item.targets) {
        characters += target.text.size();
    }
    return characters;
}

PartResponse canonical(const QuestionItem &item, PartResponse response)
{
    if (item.type != QuestionType::Order) {
        response.choices.sort();
    }
    return response;
}

} // namespace

bool Response::isEmpty() const
{
    return choices.isEmpty() && pairs.isEmpty() && !unsure
        && std::all_of(texts.cbegin(), texts.cend(), [](const QString &text) { return text.trimmed().isEmpty(); })
        && std::all_of(parts.cbegin(), parts.cend(), isUntouched);
}

Result<Marks> grade(const QuestionVersion &question, const Response &response, const MarkingRules &rules)
{
    const int count = int(question.parts.size());
    const bool eachPart = question.type == QuestionType::Case && rules.fullMarksEachPart;
    Marks marks {0, eachPart ? rules.fullMarks * count : rules.fullMarks, Outcome::Wrong};
    if (response.unsure) {
        Response rest = response;
        rest.unsure = false;
        if (!rest.isEmpty()) {
            return misfit(QStringLiteral("unsure together with an answer"), question.id);
        }
        marks.outcome = Outcome::Unsure;
        return marks;
    }
    if (response.timedOut) {
        return marks;
    }
    if (response.isEmpty()) {
        return misfit(QStringLiteral("nothing answered"), question.id);
    }
    if (question.type == QuestionType::Case) {
        return gradeCase(question, response, rules);
    }
    if (!response.parts.isEmpty()) {
        return misfit(QStringLiteral("only a case has parts"), question.id);
    }
    const auto share = gradeItem(question, {{}, response.choices, response.texts, response.pairs}, rules, question.id);
    if (!share) {
        return share.error();
    }
    marks.earned = marksFor(*share, rules.fullMarks);
    marks.outcome = outcomeOf(marks.earned, marks.full, share->isFull());
    return marks;
}

void putResponse(const QuestionVersion &question, const Response &response, Attempt &attempt)
{
    const PartResponse whole
        = canonical(question, {{}, response.choices, response.texts, response.pairs});
    attempt.response = whole.choices;
    attempt.texts = whole.texts;
    attempt.pairs = whole.pairs;
    for (const QuestionPart &part : question.parts) {
        PartResponse mine = canonical(part, response.parts.value(part.id));
        mine.choicesShown = mine.choicesShown.isEmpty() ? attempt.parts.value(part.id).choicesShown : mine.choicesShown;
        if (!mine.isEmpty() || !mine.choicesShown.isEmpty()) {
            attempt.parts.insert(part.id, mine);
        }
    }
    attempt.guessPpm = int(std::lround(guessChance(question) * 1e6));
}

Response responseOf(const Attempt &attempt)
{
    Response response;
    response.choices = attempt.response;
    response.texts = attempt.texts;
    response.pairs = attempt.pairs;
    response.parts = attempt.parts;
    response.unsure = attempt.outcome == Outcome::Unsure;
    return response;
}

qint64 rapidGuessLimitMs(const QuestionVersion &question, std::optional<qint64> medianMs)
{
    qsizetype characters = charactersOf(question);
    for (const QuestionPart &part : question.parts) {
        characters += charactersOf(part);
    }
    const qint64 expectedMs = medianMs ? *medianMs : 2000 + qint64(characters) * 1000 / 7;
    return std::clamp<qint64>(expectedMs / 10, 1500, 10'000);
}

} // namespace qingfeng
