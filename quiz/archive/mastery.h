#pragma once

#include "quiz/archive/learner_state.h"

#include "question_bank/model/question_bank.h"

#include <QList>

namespace qingfeng {

/** 未测 · 薄弱 · 基本 · 掌握 · 牢固. */
enum class MasteryLevel { Untested, Weak, Basic, Mastered, Firm };

/** 掌握度 of one risk point. */
struct RiskPointMastery
{
    QString riskPoint;
    RiskGrade grade = RiskGrade::Medium;
    double recall = 0; ///< M_ρ in 0…1, before λ
    double mastery = 0; ///< λ·M_ρ in 0…1: what the level is read from
    int questions = 0; ///< the bank asks about it, latest versions
    int seen = 0; ///< of them, validly answered in their latest version
    int valid = 0; ///< valid answers
    MasteryLevel level = MasteryLevel::Untested;
};

/** 掌握分, and what always stands beside it. */
struct MasteryReport
{
    double score = 0; ///< 0…100
    double honesty = 0; ///< λ in 0…1: how far the answers bear out what the model expects
    double coverage = 0; ///< 覆盖率: risk points with a valid answer, in 0…1
    double validRate = 1; ///< 有效作答率: valid of all answers, in 0…1; 1 when there are none
    bool careless = false; ///< 作答不认真, a neutral flag: validRate under 0.90
    int studyDays = 0;
    QList<RiskPointMastery> riskPoints; ///< in the order given
};

/** λ = clamp((2 + Σz)/(4 + ΣR̂), 0, 1) over the last valid answers. */
double honesty(const QList<LearnerState::Credit> &recent);

/** n_req = clamp(round(160 / risk points), 1, 4): how many questions of a risk point make it known. */
int requiredQuestions(qsizetype riskPoints);

/** 未测 under two valid answers; the thresholds on λM; 牢固 also needs two right answers 7 days apart. */
MasteryLevel masteryLevel(double mastery, int valid, int daysBetweenRight);

/** 4, 2, 1 for high, medium, low: the weight of a risk point in the score and in selection. */
double severityWeight(RiskGrade grade);

/** A risk point with the latest versions of its questions. */
struct MasteryScope
{
    QString riskPoint;
    RiskGrade grade = RiskGrade::Medium;
    struct Item
    {
        QString question;
        int version = 0;
    };
    QList<Item> items;
};

/** The risk points of some posts (and the common one) that a bank asks about, in the bank's order. */
QList<MasteryScope> masteryScope(const QuestionBank &bank, const QStringList &posts);

/**
 * The mastery of a person on a study day. Pure. Recall is of the day, so it falls by itself when nothing is
 * studied; what the newest version of a question asks counts as not seen until that version was answered.
 *
 * @param studyDay  max(today, last recorded): an earlier day counts as no time
 */
MasteryReport mastery(const LearnerRecord &record, const QList<MasteryScope> &scope, int studyDay, const Fsrs &fsrs);

} // namespace qingfeng
