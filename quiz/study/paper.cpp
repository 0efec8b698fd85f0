#include "quiz/study/paper.h"

#include "question_bank/base/random.h"
#include "question_bank/model/names.h"

#include <algorithm>

#include <QHash>
#include <QJsonArray>
#include <QMap>

namespace qingfeng {
namespace {

template <typename T> void shuffle(QList<T> &list, Random &random)
{
    for (qsizetype i = list.size() - 1; i > 0; --i) {
        list.swapItemsAt(i, qsizetype(random.below(quint64(i) + 1)));
    }
}

bool allows(const PaperRules &rules, const QuestionBank &bank, const QuestionVersion &question)
{
    if (!rules.types.isEmpty() && !rules.types.contains(question.type)) {
        return false;
    }
    if (!rules.grades.isEmpty() && !rules.grades.contains(bank.gradeOf(question))) {
        return false;
    }
    const QStringList posts = bank.postsOf(question);
    return rules.posts.isEmpty()
        || std::any_of(posts.cbegin(), posts.cend(),
            [&rules](const QString &post) { return rules.posts.contains(post); });
}

QList<const QuestionVersion *> allowed(
    const PaperRules &rules, const QuestionBank &bank, const QList<const QuestionVersion *> &candidates)
{
    QList<const QuestionVersion *> fitting;
    std::copy_if(candidates.cbegin(), candidates.cend(), std::back_inserter(fitting),
        [&](const QuestionVersion *question) { return allows(rules, bank, *question); });
    return fitting;
}

/** 单选, 多选, 判断, 填空, 连线, 排序, 案例: the order of a paper. */
int placeOf(QuestionType type)
{
    constexpr QuestionType order[] = {QuestionType::Single, QuestionType::Multiple, QuestionType::TrueFalse,
        QuestionType::FillIn, QuestionType::Match, QuestionType::Order, QuestionType::Case};
    return int(std::find(std::begin(order), std::end(order), type) - std::begin(order));
}

template <typename Enum> QJsonArray namesOf(const QList<Enum> &values)
{
    QJsonArray names;
    for (const Enum value : values) {
        names.append(nameOf(value));
    }
    return names;
}

template <typename Enum> bool readNames(const QJsonValue &array, QList<Enum> &values)
{
    for (const QJsonValue name : array.toArray()) {
        const auto value = fromName<Enum>(name.toString());
        if (!value) {
            return false;
        }
        values.append(*value);
    }
    return array.isArray();
}

bool readNumber(const QJsonValue &value, int largest, int &number)
{
    number = value.toInt();
    return number >= 1 && number <= largest;
}

} // namespace

QJsonObject toJson(const PaperRules &rules)
{
    return {{QStringLiteral("questions"), rules.questions}, {QStringLiteral("types"), namesOf(rules.types)},
        {QStringLiteral("posts"), QJsonArray::fromStringList(rules.posts)},
        {QStringLiteral("grades"), namesOf(rules.grades)}, {QStringLiteral("minutes"), rules.minutes},
        {QStringLiteral("pass_percent"), rules.passPercent}};
}

Result<PaperRules> paperRulesFromJson(const QJsonObject &object)
{
    PaperRules rules;
    const auto wrong = [](const char *field) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("not a rule for papers"), QLatin1String(field));
    };
    if (!readNumber(object.value(QLatin1String("questions")), 100, rules.questions)) {
        return wrong("questions");
    }
    if (!readNumber(object.value(QLatin1String("minutes")), 180, rules.minutes)) {
        return wrong("minutes");
    }
    if (!readNumber(object.value(QLatin1String("pass_percent")), 100, rules.passPercent)) {
        return wrong("pass_percent");
    }
    if (!readNames(object.value(QLatin1String("types")), rules.types)) {
        return wrong("types");
    }
    if (!readNames(object.value(QLatin1String("grades")), rules.grades)) {
        return wrong("grades");
    }
    if (!object.value(QLatin1String("posts")).isArray()) {
        return wrong("posts");
    }
    for (const QJsonValue post : object.value(QLatin1String("posts")).toArray()) {
        rules.posts.append(post.toString());
    }
    return rules;
}

QList<const QuestionVersion *> drawPaper(const PaperRules &rules, const QuestionBank &bank,
    const QList<const QuestionVersion *> &candidates, quint64 seed)
{
    QMap<QString, QList<const QuestionVersion *>> byRiskPoint;
    for (const QuestionVersion *question : allowed(rules, bank, candidates)) {
        byRiskPoint[question->riskPoints.value(0)].append(question);
    }
    SeededRandom random(seed);
    QList<QList<const QuestionVersion *>> groups;
    for (QList<const QuestionVersion *> &group : byRiskPoint) {
        std::sort(group.begin(), group.end(),
            [](const QuestionVersion *a, const QuestionVersion *b) { return a->id < b->id; });
        shuffle(group, random);
        groups.append(group);
    }
    shuffle(groups, random);
    const auto gradeOf = [&bank](const QList<const QuestionVersion *> &group) {
        const RiskPoint *point = bank.riskPoint(group.first()->riskPoints.value(0));
        return point ? point->grade : RiskGrade::Low;
    };
    std::stable_sort(groups.begin(), groups.end(),
        [&gradeOf](const auto &a, const auto &b) { return gradeOf(a) < gradeOf(b); });

    QList<const QuestionVersion *> drawn;
    bool more = true;
    for (qsizetype round = 0; more; ++round) {
        more = false;
        for (const QList<const QuestionVersion *> &group : std::as_const(groups)) {
            if (round < group.size() && drawn.size() < rules.questions) {
                drawn.append(group.at(round));
                more = true;
            }
        }
    }
    shuffle(drawn, random);
    std::stable_sort(drawn.begin(), drawn.end(), [](const QuestionVersion *a, const QuestionVersion *b) {
        return placeOf(a->type) < placeOf(b->type);
    });
    return drawn;
}

qsizetype countForPaper(
    const PaperRules &rules, const QuestionBank &bank, const QList<const QuestionVersion *> &candidates)
{
    return allowed(rules, bank, candidates).size();
}

PaperResult resultOf(const Paper &paper, const QHash<QString, Attempt> &attempts, const QuestionBank &bank)
{
    PaperResult result;
    QMap<QString, PaperRiskPoint> points;
    double earned = 0;
    for (const PaperItem &item : paper.items) {
        const auto attempt = attempts.constFind(item.id);
        const bool answered = attempt != attempts.constEnd();
        const QuestionVersion *question = bank.question(item.question, item.version);
        if (!question && !answered) {
            continue;
        }
        ++result.questions;
        const bool right = answered && attempt->outcome == Outcome::Right;
        if (question) {
            PaperRiskPoint &point = points[question->riskPoints.value(0)];
            point.riskPoint = question->riskPoints.value(0);
            ++point.questions;
            point.right += right ? 1 : 0;
        }
        if (!answered) {
            ++result.notAnswered;
            continue;
        }
        ++result.answered;
        result.right += right ? 1 : 0;
        result.invalid += attempt->outcome == Outcome::Invalid ? 1 : 0;
        earned += attempt->fullMarks > 0 ? double(attempt->marks) / attempt->fullMarks : 0.0;
    }
    result.share = result.questions > 0 ? earned / result.questions : 0.0;
    // In whole thousandths, so that 12 of 20 is 60 % whatever the sum of doubles says.
    result.passed = qRound(result.share * 1000) >= paper.rules.passPercent * 10;
    result.riskPoints = points.values();
    std::stable_sort(result.riskPoints.begin(), result.riskPoints.end(),
        [](const PaperRiskPoint &a, const PaperRiskPoint &b) { return a.right * b.questions < b.right * a.questions; });
    return result;
}

} // namespace qingfeng
