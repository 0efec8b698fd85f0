#pragma once

#include "quiz/archive/attempt.h"

#include "question_bank/model/question_bank.h"

#include <QJsonObject>
#include <QList>

/** 试卷: rules for drawing one, the drawing, and what came of it. Pure. */
namespace qingfeng {

/** What a paper is drawn by. Empty lists do not narrow. */
struct PaperRules
{
    int questions = 20; ///< 1 … 100; fewer are drawn when there are not so many
    QList<QuestionType> types;
    QStringList posts; ///< codes
    QList<RiskGrade> grades;
    int minutes = 20; ///< 1 … 180
    int passPercent = 60; ///< 1 … 100
    bool operator==(const PaperRules &) const = default;
};

QJsonObject toJson(const PaperRules &rules);
/** InvalidArgument names the field: another form, or out of its range. */
Result<PaperRules> paperRulesFromJson(const QJsonObject &object);

/** One question of a paper, as it is shown. */
struct PaperItem
{
    QString id; ///< UUIDv7, becomes the attempt's: answering twice is one attempt
    QString question;
    int version = 0;
    QString post; ///< for which it is asked
    QStringList choicesShown;
    QMap<QString, QStringList> partsShown; ///< of a case: orders by id of the part
    bool operator==(const PaperItem &) const = default;
};

/** A paper that was drawn: open until it is handed in or its time is up. */
struct Paper
{
    QString id; ///< UUIDv7
    QString person;
    PaperRules rules;
    quint64 seed = 0;
    qint64 startedAtMs = 0; ///< UTC
    qint64 usedMs = 0; ///< time spent on it; it stands still while the paper is left
    qint64 finishedAtMs = 0; ///< UTC; 0 = still open
    bool timedOut = false; ///< finished because the time was up
    QList<PaperItem> items; ///< in the order asked
    bool operator==(const Paper &) const = default;
    qint64 limitMs() const { return rules.minutes * 60'000LL; }
};

/**
 * Draws questions by the rules: as many risk points as possible before a second question of one, graver ones first
 * when there is not room for all; then in the order of types that papers have. The same candidates, rules and seed
 * give the same paper on every machine.
 *
 * @param candidates  what may be asked, latest versions, in any order
 */
QList<const QuestionVersion *> drawPaper(const PaperRules &rules, const QuestionBank &bank,
    const QList<const QuestionVersion *> &candidates, quint64 seed);

/** How many of the candidates the rules allow: what there is to draw from. */
qsizetype countForPaper(
    const PaperRules &rules, const QuestionBank &bank, const QList<const QuestionVersion *> &candidates);

/** What a paper says about one risk point. */
struct PaperRiskPoint
{
    QString riskPoint;
    int questions = 0;
    int right = 0;
};

/** 成绩: questions weigh the same; what was not answered earns nothing, like a rapid guess. */
struct PaperResult
{
    int questions = 0;
    int answered = 0;
    int right = 0;
    int notAnswered = 0;
    int invalid = 0; ///< rapid guesses
    double share = 0; ///< of all marks, in 0…1
    bool passed = false; ///< share ≥ rules.passPercent
    QList<PaperRiskPoint> riskPoints; ///< fewest right first
};

/**
 * @param attempts  by id, at least those of this paper. A question whose version the bank has no more and that was
 *                  not answered is not counted.
 */
PaperResult resultOf(const Paper &paper, const QHash<QString, Attempt> &attempts, const QuestionBank &bank);

} // namespace qingfeng
