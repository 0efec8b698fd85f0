#include "quiz/report/report_words.h"

#include <algorithm>

namespace qingfeng {

QString reportWord(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Right:
        return QStringLiteral("答对");
    case Outcome::Wrong:
        return QStringLiteral("答错");
    case Outcome::Partial:
        return QStringLiteral("部分正确");
    case Outcome::Unsure:
        return QStringLiteral("不确定");
    case Outcome::Invalid:
        break;
    }
    return QStringLiteral("未计入"); // answered too fast: said calmly
}

QString reportWord(AttemptContext context)
{
    switch (context) {
    case AttemptContext::Gate:
        return QStringLiteral("登录");
    case AttemptContext::Study:
        return QStringLiteral("自学");
    case AttemptContext::Theme:
        return QStringLiteral("主题");
    case AttemptContext::Test:
        break;
    }
    return QStringLiteral("测试");
}

QString reportWord(RiskGrade grade)
{
    return grade == RiskGrade::High  ? QStringLiteral("高风险")
        : grade == RiskGrade::Medium ? QStringLiteral("中风险")
                                     : QStringLiteral("低风险");
}

QString reportWord(MasteryLevel level)
{
    switch (level) {
    case MasteryLevel::Untested:
        return QStringLiteral("未测");
    case MasteryLevel::Weak:
        return QStringLiteral("薄弱");
    case MasteryLevel::Basic:
        return QStringLiteral("基本");
    case MasteryLevel::Mastered:
        return QStringLiteral("掌握");
    case MasteryLevel::Firm:
        break;
    }
    return QStringLiteral("牢固");
}

QString postTitle(const QuestionBank &bank, const QString &code)
{
    const Post *post = bank.post(code);
    return post && !post->name.isEmpty() ? code + QLatin1Char(' ') + post->name : code;
}

QString longDate(QDate day)
{
    return QStringLiteral("%1年%2月%3日").arg(day.year()).arg(day.month()).arg(day.day());
}

QString periodText(QDate from, QDate to)
{
    return longDate(from) + QStringLiteral("至") + longDate(to);
}

QString shortened(const QString &text, qsizetype length)
{
    const QString line = text.simplified();
    return line.size() > length ? line.left(length - 1) + QStringLiteral("…") : line;
}

const QuestionVersion *askedVersion(const QuestionBank &bank, const Attempt &attempt)
{
    const QuestionVersion *version = bank.question(attempt.question, attempt.version);
    return version ? version : bank.latest(attempt.question);
}

bool isAssigned(const Person &person, QDate day, const QString &post, const QStringList &departments)
{
    if (person.assignments.isEmpty()) {
        return post.isEmpty() && (departments.isEmpty() || departments.contains(person.department));
    }
    return std::ranges::any_of(person.assignments, [&](const Assignment &assignment) {
        return assignment.isOn(day) && (post.isEmpty() || assignment.post == post)
            && (departments.isEmpty() || departments.contains(assignment.department));
    });
}

} // namespace qingfeng
