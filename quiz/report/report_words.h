#pragma once

#include "quiz/archive/mastery.h"

#include "quiz/people/roster.h"

/** The words of a report, and small questions to bank and roster that several reports ask. */
namespace qingfeng {

QString reportWord(Outcome outcome); ///< 答对, 答错, 部分正确, 不确定, 无效
QString reportWord(AttemptContext context); ///< 登录, 自学, 主题, 测试
QString reportWord(RiskGrade grade); ///< 高风险, 中风险, 低风险
QString reportWord(MasteryLevel level); ///< 未测, 薄弱, 基本, 掌握, 牢固

/** "P03 发票管理岗", or the code when the bank does not know the post. */
QString postTitle(const QuestionBank &bank, const QString &code);
/** "2026年11月24日". */
QString longDate(QDate day);
/** "2026年1月1日至2026年11月24日". */
QString periodText(QDate from, QDate to);
/** Text in one line of at most @p length characters; what is left out is shown by "…". */
QString shortened(const QString &text, qsizetype length);

/** The version that an attempt answered, else the latest one; nullptr when the bank has neither. */
const QuestionVersion *askedVersion(const QuestionBank &bank, const Attempt &attempt);

/** Whether the person held a post on @p day; with @p post or @p departments given, one of these. No entry at
 * all = yes. */
bool isAssigned(
    const Person &person, QDate day, const QString &post = {}, const QStringList &departments = {});

} // namespace qingfeng
