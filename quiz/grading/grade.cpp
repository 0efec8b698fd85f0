#include "quiz/grading/grade.h"

#include <algorithm>

#include <QSet>

namespace qingfeng {

Result<Marks> grade(const QuestionVersion &question, const Response &response, const MarkingRules &rules)
{
    Marks marks {0, rules.fullMarks, Outcome::Wrong};
    if (response.unsure) {
        if (!response.choices.isEmpty()) {
            return Error(ErrorCode::InvalidArgument, QStringLiteral("unsure together with choices"), question.id);
        }
        marks.outcome = Outcome::Unsure;
        return marks;
    }
    if (response.choices.isEmpty()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("nothing chosen"), question.id);
    }
    const QSet<QString> chosen(response.choices.cbegin(), response.choices.cend());
    if (chosen.size() != response.choices.size()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a choice is named twice"), question.id);
    }
    for (const QString &id : chosen) {
        if (!question.choice(id)) {
            return Error(ErrorCode::NotFound, QStringLiteral("no choice \"%1\"").arg(id), question.id);
        }
    }
    const QSet<QString> right(question.answer.cbegin(), question.answer.cend());
    switch (question.type) {
    case QuestionType::Single:
    case QuestionType::TrueFalse:
        if (chosen.size() != 1) {
            return Error(ErrorCode::InvalidArgument, QStringLiteral("exactly one choice expected"), question.id);
        }
        [[fallthrough]];
    case QuestionType::Multiple:
        break;
    default:
        return Error(
            ErrorCode::InvalidArgument, QStringLiteral("this question type cannot be marked here"), question.id);
    }
    if (chosen == right) {
        marks.earned = rules.fullMarks;
        marks.outcome = Outcome::Right;
    } else if (question.type == QuestionType::Multiple && rules.halfForMissing && right.contains(chosen)) {
        marks.earned = rules.fullMarks / 2;
        marks.outcome = Outcome::Partial;
    }
    return marks;
}

qint64 rapidGuessLimitMs(const QuestionVersion &question)
{
    qsizetype characters = question.stem.size();
    for (const Choice &choice : question.choices) {
        characters += choice.text.size();
    }
    const qint64 expectedMs = 2000 + qint64(characters) * 1000 / 7;
    return std::clamp<qint64>(expectedMs / 10, 1500, 10'000);
}

} // namespace qingfeng
