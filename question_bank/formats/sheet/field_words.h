#pragma once

#include "question_bank/model/question.h"

#include <optional>

#include <QMap>
#include <QString>
#include <QStringList>

/** The fields beside stem, options and answer as people write them, in tables and in typed text alike. */
namespace qingfeng {

/** 2026-01-31, 2026/1/31, 2026年1月31日, 20260131, with or without a time; nothing for anything else. */
std::optional<QDate> dateByText(const QString &text);

/** Pieces between semicolons, commas, spaces …, or between the separator given. */
QStringList splitList(const QString &text, const QString &separator = {});

std::optional<Audience> audienceByWord(const QString &word);
std::optional<ReviewState> stateByWord(const QString &word);
QString audienceWord(Audience audience);
QString stateWord(ReviewState state);
QString difficultyWord(Difficulty difficulty);

/** The one type that a heading or a sheet's name speaks of; nothing when it is none or several. */
std::optional<QuestionType> typeInHeading(const QString &text);

/** "1单选 2多选", "单选题填1，多选题填2": adds the codes that an instruction explains. */
void readLegend(const QString &source, QMap<QString, QuestionType> &types);

/** 易, 简单, 中等, 较难, ★★★, a coefficient …; nothing when it is none. */
std::optional<Difficulty> difficultyByWord(const QString &word);

/**
 * A text that a spreadsheet might take for a formula gets an apostrophe before it; one that looks guarded already
 * gets one more, so that unguarded(guarded(t)) == t for every t.
 */
QString guarded(const QString &text);
QString unguarded(const QString &text);

} // namespace qingfeng
