#include "question_bank/formats/answer_list.h"

#include "question_bank/formats/source_text.h"

#include <QRegularExpression>
#include <QStringList>

namespace qingfeng {
namespace {

constexpr int maxRange = 500;

/** Answers for @p count questions: a group for each, or else a character for each; none when neither fits. */
QStringList answersFor(const QString &text, int count)
{
    static const QRegularExpression separators(QStringLiteral("[\\s,;、|/]+"));
    const QStringList groups = text.split(separators, Qt::SkipEmptyParts);
    if (groups.size() == count) {
        return groups;
    }
    QStringList letters;
    for (const QChar c : groups.join(QString())) {
        letters.append(QString(c));
    }
    return letters.size() == count ? letters : QStringList {};
}

} // namespace

QList<ListedAnswer> parseAnswerList(const QString &line)
{
    static const QRegularExpression head(QStringLiteral(
        "(?:^|[\\s,;、|])[(第]?(\\d{1,4})(?:\\s*[-~—–－至到]+\\s*(\\d{1,4}))?\\s*[)题]{0,2}\\s*[.、:]?\\s*"
        "(?=[A-Z√×✓✗✔✘对错正TF(\\[【])"));
    static const QRegularExpression value(
        QStringLiteral("^(?:[A-Z√×✓✗✔✘]|对|错|正确|错误|[\\s,;、|/.()\\[\\]【】])+$"));
    static const QRegularExpression frame(QStringLiteral("[()\\[\\]【】.]"));
    const QString half = halfWidth(line).toUpper().trimmed();
    QList<QRegularExpressionMatch> heads;
    auto matches = head.globalMatch(half);
    while (matches.hasNext()) {
        heads.append(matches.next());
    }
    if (heads.isEmpty() || heads.first().capturedStart() != 0) {
        return {};
    }
    QList<ListedAnswer> list;
    for (qsizetype i = 0; i < heads.size(); ++i) {
        const qsizetype from = heads.at(i).capturedEnd();
        const qsizetype to = i + 1 < heads.size() ? heads.at(i + 1).capturedStart() : half.size();
        QString text = half.mid(from, to - from).trimmed();
        if (!value.match(text).hasMatch()) {
            return {};
        }
        text.remove(frame);
        const int first = heads.at(i).captured(1).toInt();
        const bool range = heads.at(i).hasCaptured(2);
        const int last = range ? heads.at(i).captured(2).toInt() : first;
        if (last < first || last - first >= maxRange) {
            return {};
        }
        const QStringList answers = range ? answersFor(text, last - first + 1) : QStringList {text.trimmed()};
        if (answers.isEmpty() || answers.first().isEmpty()) {
            return {};
        }
        for (int k = 0; k < int(answers.size()); ++k) {
            list.append({first + k, answers.at(k)});
        }
    }
    return list;
}

} // namespace qingfeng
