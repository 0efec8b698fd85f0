#pragma once

#include <optional>

#include <QList>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

/** What the answer of an item is made of: names of options, or words for the blanks of its stem. */
namespace qingfeng {

/** Letters that name options, from 0, in the order written; nothing when the text is anything else. */
std::optional<QList<int>> namedByLetters(const QString &answer);

/** Numbers from 1 that name some of so many options; "13" may be two of them. */
std::optional<QList<int>> namedByNumbers(const QString &answer, qsizetype options);

/** Without 答案：, brackets around the whole, and full-width forms at the ends. */
QString bareAnswer(const QString &answer);

/** Position and length of a blank in a stem. */
using BlankPlace = std::pair<qsizetype, qsizetype>;

/** The places where the stem has blanks of this kind. */
QList<BlankPlace> findBlanks(const QString &stem, const QRegularExpression &kind);

/** Runs of underscores. */
const QRegularExpression &underlines();
/** These, empty brackets and long dashes. */
const QRegularExpression &anyBlank();

/** The parts of a fill-in answer: as many as there are blanks, if any way of splitting gives so many. */
QStringList splitBlanks(const QString &answer, qsizetype blanks, const QString &separator);

} // namespace qingfeng
