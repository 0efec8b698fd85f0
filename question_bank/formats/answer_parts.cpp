#include "question_bank/formats/answer_parts.h"

#include "question_bank/formats/source_text.h"

namespace qingfeng {
namespace {

bool isSeparator(QChar c)
{
    static const QString separators = QStringLiteral(",;、./|&+和与，；。");
    return c.isSpace() || separators.contains(c);
}

} // namespace

std::optional<QList<int>> namedByLetters(const QString &answer)
{
    QList<int> list;
    for (const QChar c : halfWidth(answer).toUpper()) {
        if (c >= u'A' && c <= u'Z') {
            list.append(c.unicode() - u'A');
        } else if (!isSeparator(c)) {
            return std::nullopt;
        }
    }
    return list.isEmpty() ? std::nullopt : std::optional(list);
}

std::optional<QList<int>> namedByNumbers(const QString &answer, qsizetype options)
{
    QList<int> list;
    QString run;
    const QString text = halfWidth(answer) + QLatin1Char(' ');
    for (const QChar c : text) {
        if (c >= u'0' && c <= u'9') {
            run += c;
            continue;
        }
        if (!isSeparator(c)) {
            return std::nullopt;
        }
        if (run.isEmpty()) {
            continue;
        }
        if (const int whole = run.toInt(); run.size() <= 2 && whole >= 1 && whole <= options) {
            list.append(whole - 1);
        } else {
            for (const QChar digit : run) {
                const int number = digit.digitValue();
                if (number < 1 || number > options) {
                    return std::nullopt;
                }
                list.append(number - 1);
            }
        }
        run.clear();
    }
    return list.isEmpty() ? std::nullopt : std::optional(list);
}

QString bareAnswer(const QString &answer)
{
    static const QRegularExpression label(QStringLiteral("^[【\\[]?(?:(?:正确|参考|标准)?答案|应选|选)[】\\]]?[:：]?\\s*"));
    static const QRegularExpression brackets(QStringLiteral("^[（(【\\[]([^（()）【】\\[\\]]*)[)）】\\]]$"));
    QString text = answer.trimmed();
    if (const auto match = label.match(text); match.hasMatch() && match.capturedLength() < text.size()) {
        text = text.mid(match.capturedLength()).trimmed();
    }
    if (const auto match = brackets.match(text); match.hasMatch()) {
        text = match.captured(1).trimmed();
    }
    while (text.endsWith(QChar(u'。')) || text.endsWith(QChar(u'；'))) {
        text.chop(1);
    }
    return text;
}

QList<BlankPlace> findBlanks(const QString &stem, const QRegularExpression &kind)
{
    QList<BlankPlace> found;
    auto matches = kind.globalMatch(stem);
    while (matches.hasNext()) {
        const auto match = matches.next();
        found.append({match.capturedStart(), match.capturedLength()});
    }
    return found;
}

const QRegularExpression &underlines()
{
    static const QRegularExpression pattern(QStringLiteral("[_＿]{2,}"));
    return pattern;
}

const QRegularExpression &anyBlank()
{
    static const QRegularExpression pattern(
        QStringLiteral("[_＿]{2,}|[(（][\\s\\x{3000}_＿]*[)）]|[【\\[]\\s*[】\\]]|—{3,}"));
    return pattern;
}

QStringList splitBlanks(const QString &answer, qsizetype blanks, const QString &separator)
{
    if (!separator.isEmpty()) {
        return answer.split(separator);
    }
    static const QRegularExpression bracketed(QStringLiteral("[(（]\\s*([^()（）]*?)\\s*[)）]"));
    static const QRegularExpression ways[] = {QRegularExpression(QStringLiteral("[;；]")),
        QRegularExpression(QStringLiteral("\n")), QRegularExpression(QStringLiteral("\\|")),
        QRegularExpression(QStringLiteral("[,，]")), QRegularExpression(QStringLiteral("、")),
        QRegularExpression(QStringLiteral("[\\s\\x{3000}]+")), QRegularExpression(QStringLiteral("/"))};
    QString rest = answer;
    if (rest.remove(bracketed).trimmed().isEmpty()) {
        QStringList parts;
        auto matches = bracketed.globalMatch(answer);
        while (matches.hasNext()) {
            parts.append(matches.next().captured(1));
        }
        return parts;
    }
    if (blanks <= 1) {
        return answer.split(ways[0]);
    }
    for (const auto &way : ways) {
        const QStringList parts = answer.split(way);
        if (parts.size() == blanks) {
            return parts;
        }
    }
    return answer.split(ways[0]);
}

} // namespace qingfeng
