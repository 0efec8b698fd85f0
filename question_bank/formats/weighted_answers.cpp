#include "question_bank/formats/weighted_answers.h"

#include "question_bank/formats/moodle/grades.h"
#include "question_bank/formats/question_text.h"

#include <algorithm>
#include <cmath>

#include <QRegularExpression>

namespace qingfeng {
namespace {

constexpr qsizetype maxChoices = 26;

QString percentText(double percent)
{
    return QString::number(percent, 'g', 8);
}

void noteWeights(const QList<WeightedAnswer> &answers, QStringList &notes)
{
    for (const WeightedAnswer &answer : answers) {
        if (isGrade(answer.percent)) {
            continue;
        }
        const auto meant = nearestGrade(answer.percent);
        notes.append(meant
                ? QStringLiteral("权重 %1 不是 Moodle 的有效分值，按 %2 理解")
                      .arg(percentText(answer.percent), percentText(*meant))
                : QStringLiteral("权重 %1 不是 Moodle 的有效分值").arg(percentText(answer.percent)));
    }
}

} // namespace

QString settleChoices(
    QuestionItem &item, const QList<WeightedAnswer> &answers, bool oneOnly, QStringList &notes)
{
    if (answers.size() < 2) {
        return QStringLiteral("只有 %1 个选项，至少要两个").arg(answers.size());
    }
    if (answers.size() > maxChoices) {
        return QStringLiteral("有 %1 个选项，最多 %2 个").arg(answers.size()).arg(maxChoices);
    }
    noteWeights(answers, notes);
    double best = 0;
    for (const WeightedAnswer &answer : answers) {
        best = std::max(best, answer.percent);
    }
    if (best <= 0) {
        return QStringLiteral("没有正确选项");
    }
    QStringList right;
    for (qsizetype i = 0; i < answers.size(); ++i) {
        const WeightedAnswer &answer = answers.at(i);
        if (answer.text.isEmpty() && answer.picture->media.isEmpty()) {
            return QStringLiteral("第 %1 个选项是空的").arg(i + 1);
        }
        Choice choice;
        choice.id = letterId(i);
        choice.text = answer.text;
        choice.picture = answer.picture;
        item.choices.append(choice);
        const bool full = oneOnly ? answer.percent >= best - 0.001 : answer.percent > 0;
        if (full) {
            right.append(choice.id);
        } else if (answer.percent > 0) {
            notes.append(QStringLiteral("选项“%1”得部分分 %2%，按错误选项导入")
                             .arg(answer.text.left(40), percentText(answer.percent)));
        }
    }
    if (oneOnly && right.size() > 1) {
        notes.append(QStringLiteral("有 %1 个选项得满分，按多选题导入").arg(right.size()));
    }
    if (!oneOnly && right.size() > 1) {
        double sum = 0;
        bool even = true;
        for (const WeightedAnswer &answer : answers) {
            sum += std::max(answer.percent, 0.0);
            even &= answer.percent <= 0 || std::abs(answer.percent - best) < 0.51;
        }
        if (!even) {
            notes.append(QStringLiteral("各正确选项的权重不同，导入后一律平均"));
        } else if (std::abs(sum - 100) > 1.5) {
            notes.append(QStringLiteral("正确选项的权重合计为 %1，不是 100").arg(percentText(sum)));
        }
    }
    item.type = right.size() > 1 ? QuestionType::Multiple : QuestionType::Single;
    item.answer = right;
    const bool pictures = std::any_of(item.choices.cbegin(), item.choices.cend(),
        [](const Choice &choice) { return !choice.picture->media.isEmpty(); });
    if (item.type == QuestionType::Single && item.choices.size() == 2 && !pictures
        && isTrueFalsePair(item.choices.first().text, item.choices.last().text)) {
        const bool truth = *truthOf(item.choice(right.first())->text);
        item.type = QuestionType::TrueFalse;
        item.choices = trueFalseChoices();
        item.answer = {truth ? QStringLiteral("true") : QStringLiteral("false")};
    }
    return {};
}

QStringList acceptedWordings(const QList<WeightedAnswer> &answers, QStringList &notes)
{
    QStringList accepted;
    for (const WeightedAnswer &answer : answers) {
        if (answer.percent <= 0) {
            continue;
        }
        // Moodle's "*" stands for anything; "\*" is the star itself.
        QString text = answer.text;
        text.replace(QStringLiteral("\\*"), QStringLiteral("\ue000"));
        if (text.contains(QLatin1Char('*'))) {
            notes.append(QStringLiteral("答案“%1”含通配符 *，未采用").arg(answer.text.left(40)));
            continue;
        }
        text.replace(QChar(0xe000), QLatin1Char('*'));
        if (answer.percent < 99.99) {
            notes.append(QStringLiteral("答案“%1”得部分分 %2%，未采用")
                             .arg(text.left(40), percentText(answer.percent)));
        } else if (!text.isEmpty() && !accepted.contains(text)) {
            accepted.append(text);
        }
    }
    return accepted;
}

QString settleBlank(QuestionItem &item, const QString &stem, const QStringList &accepted)
{
    static const QRegularExpression blank(QStringLiteral("[_＿]{2,}"));
    if (accepted.isEmpty()) {
        return QStringLiteral("没有得满分的固定答案");
    }
    item.type = QuestionType::FillIn;
    item.stem = stem;
    qsizetype places = 0;
    for (auto it = blank.globalMatch(stem); it.hasNext(); it.next()) {
        ++places;
    }
    if (places > 1) {
        return QStringLiteral("题干有 %1 个空，答案只有一组").arg(places);
    }
    if (places == 1) {
        item.stem.replace(blank, QStringLiteral("____"));
    } else {
        item.stem += QStringLiteral("____");
    }
    item.blanks = {{QStringLiteral("1"), accepted}};
    return {};
}

void addAnswerFeedback(Explanation &explanation, const QList<WeightedAnswer> &answers)
{
    QStringList lines;
    for (const WeightedAnswer &answer : answers) {
        if (answer.feedback.isEmpty()) {
            continue;
        }
        const QString line = answer.percent > 0 || answer.text.isEmpty() || answer.text == QLatin1String("*")
            ? answer.feedback
            : QStringLiteral("“%1”：%2").arg(answer.text, answer.feedback);
        if (!lines.contains(line)) {
            lines.append(line);
        }
    }
    if (lines.isEmpty()) {
        return;
    }
    if (!explanation.why().isEmpty()) {
        lines.prepend(explanation.why());
    }
    explanation.setPart(Explanation::Why, lines.join(QLatin1Char('\n')));
}

QString exactNumber(const QString &number, const QString &tolerance)
{
    static const QRegularExpression plain(
        QStringLiteral("^[+-]?(\\d{1,18}(\\.\\d{0,9})?|\\.\\d{1,9})([eE][+-]?\\d{1,2})?$"));
    const QString value = number.trimmed();
    const QString margin = tolerance.trimmed();
    if (!plain.match(value).hasMatch()) {
        return {};
    }
    if (!margin.isEmpty() && (!plain.match(margin).hasMatch() || margin.toDouble() != 0.0)) {
        return {};
    }
    return value;
}

QString settlePairs(QuestionItem &item, const QList<QPair<Choice, QString>> &pairs)
{
    item.type = QuestionType::Match;
    if (pairs.size() > maxChoices) {
        return QStringLiteral("有 %1 对，最多 %2 对").arg(pairs.size()).arg(maxChoices);
    }
    const auto targetOf = [&item](const QString &text) {
        for (const Choice &target : std::as_const(item.targets)) {
            if (target.text == text) {
                return target.id;
            }
        }
        Choice target;
        target.id = QString::number(item.targets.size() + 1);
        target.text = text;
        item.targets.append(target);
        return target.id;
    };
    for (const auto &[left, right] : pairs) {
        if (right.isEmpty()) {
            return QStringLiteral("有一项的右边是空的");
        }
        if (left.text.isEmpty() && left.picture->media.isEmpty()) {
            continue;
        }
        Choice choice = left;
        choice.id = letterId(item.choices.size());
        item.choices.append(choice);
        item.pairs.insert(choice.id, targetOf(right));
    }
    for (const auto &[left, right] : pairs) {
        if (left.text.isEmpty() && left.picture->media.isEmpty()) {
            targetOf(right);
        }
    }
    return item.choices.size() < 2 ? QStringLiteral("连线题至少要两对") : QString();
}

QString settleOrder(QuestionItem &item, QList<Choice> inRightOrder)
{
    item.type = QuestionType::Order;
    if (inRightOrder.size() < 2 || inRightOrder.size() > maxChoices) {
        return QStringLiteral("排序题要有 2 到 %1 项").arg(maxChoices);
    }
    for (qsizetype i = 0; i < inRightOrder.size(); ++i) {
        if (inRightOrder.at(i).text.isEmpty() && inRightOrder.at(i).picture->media.isEmpty()) {
            return QStringLiteral("第 %1 项是空的").arg(i + 1);
        }
        inRightOrder[i].id = letterId(i);
        item.answer.append(inRightOrder.at(i).id);
    }
    std::stable_sort(inRightOrder.begin(), inRightOrder.end(),
        [](const Choice &a, const Choice &b) { return a.text < b.text; });
    item.choices = inRightOrder;
    return {};
}

} // namespace qingfeng
