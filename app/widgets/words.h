#pragma once

#include "app/widgets/tokens.h"

#include "quiz/archive/attempt.h"
#include "quiz/archive/mastery.h"

#include "question_bank/model/question_bank.h"

#include <QCoreApplication>
#include <QDateTime>

/** What the values of the domain are called in the user's language, and how they look. */
namespace qingfeng {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(qingfeng::Words)

public:
    /** 单选, 多选, 判断 … */
    static QString of(QuestionType type);
    /** 高风险, 中风险, 低风险. */
    static QString of(RiskGrade grade);
    /** 答对了, 答错了, 部分正确, 已记为不确定, 作答过快,未计入. */
    static QString of(Outcome outcome);
    static QString of(AttemptContext context);
    /** 未测, 薄弱, 基本, 掌握, 牢固. */
    static QString of(MasteryLevel level);

    /** Name of a post, or its code when the bank does not know it. */
    static QString post(const QuestionBank &bank, const QString &code);

    /** 2026年11月24日. */
    static QString date(QDate date);
    /** 2026年11月24日 09:15, in the local time of the offset. */
    static QString moment(qint64 utcMs, int utcOffsetSeconds);
    /** 11-24 09:15. */
    static QString shortMoment(const QDateTime &moment);
    /** 星期二. */
    static QString weekday(QDate date);
    /** 83%, rounded. */
    static QString percent(double share);
    /** The key of the choice at @p position: A, B, C … */
    static QString letter(qsizetype position);
};

/** ● high, ▲ medium, ■ low: the shape that goes with the colour. */
QChar shapeOf(RiskGrade grade);
Ink inkOf(RiskGrade grade);
Ink inkOf(Outcome outcome);
/** Name of the icon that goes with the outcome's word. */
QString iconOf(Outcome outcome);

} // namespace qingfeng
