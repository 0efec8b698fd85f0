#include "question_bank/formats/question_text.h"

#include "question_bank/base/canonical_json.h"

#include <algorithm>
#include <array>

#include <QSet>

namespace qingfeng {
namespace {

struct ExplanationPart
{
    const char16_t *label;
    Explanation::Part part;
};

const std::array<ExplanationPart, 4> &explanationParts()
{
    static const std::array<ExplanationPart, 4> parts{
        {{u"【行为】", Explanation::Act}, {u"【依据】", Explanation::Why},
            {u"【后果】", Explanation::Consequence}, {u"【正确做法】", Explanation::Instead}}};
    return parts;
}

QString onlyWords(const QString &text)
{
    QString words;
    for (const QChar c : text.normalized(QString::NormalizationForm_KC).toCaseFolded()) {
        if (c.isLetterOrNumber() || c.isSurrogate() || (c.isSymbol() && c != QLatin1Char('`'))) {
            words += c;
        }
    }
    return words;
}

void addToFingerprint(const QuestionItem &item, QByteArray &out)
{
    out += onlyWords(item.stem).toUtf8() + '\n' + item.picture->media.toUtf8() + '\n';
    QStringList choices;
    for (const QList<Choice> &list : {item.choices, item.targets}) {
        for (const Choice &choice : list) {
            choices.append(onlyWords(choice.text) + QLatin1Char('|') + choice.picture->media);
        }
        choices.append(QString());
    }
    choices.sort();
    out += choices.join(QLatin1Char('\n')).toUtf8() + '\0';
}

} // namespace

QString joinExplanation(const Explanation &explanation)
{
    QStringList lines;
    for (const auto &[label, part] : explanationParts()) {
        if (const QString text = explanation.part(part); !text.isEmpty()) {
            lines.append(QString::fromUtf16(label) + text);
        }
    }
    return lines.join(QLatin1Char('\n'));
}

Explanation splitExplanation(const QString &text)
{
    struct Found
    {
        qsizetype at;
        qsizetype end;
        Explanation::Part part;
    };
    QList<Found> found;
    for (const ExplanationPart &part : explanationParts()) {
        const QString label = QString::fromUtf16(part.label);
        const qsizetype at = text.indexOf(label);
        if (at >= 0) {
            found.append({at, at + label.size(), part.part});
        }
    }
    Explanation explanation;
    if (found.isEmpty()) {
        explanation.setPart(Explanation::Why, text.trimmed());
        return explanation;
    }
    std::sort(found.begin(), found.end(), [](const Found &a, const Found &b) { return a.at < b.at; });
    for (qsizetype i = 0; i < found.size(); ++i) {
        const qsizetype end = i + 1 < found.size() ? found.at(i + 1).at : text.size();
        explanation.setPart(found.at(i).part, text.mid(found.at(i).end, end - found.at(i).end).trimmed());
    }
    const QString before = text.left(found.first().at).trimmed();
    if (!before.isEmpty()) {
        const QString why = explanation.why();
        explanation.setPart(Explanation::Why, why.isEmpty() ? before : before + QLatin1Char('\n') + why);
    }
    return explanation;
}

bool isAsciiSpace(QChar c)
{
    const char16_t u = c.unicode();
    return u == u' ' || u == u'\t' || u == u'\n' || u == u'\r' || u == u'\f';
}

QString pictureName(const QByteArray &bytes)
{
    const auto name = mediaName(bytes);
    return name ? *name : QString();
}

std::optional<bool> truthOf(const QString &word)
{
    static const QSet<QString> right{QStringLiteral("正确"), QStringLiteral("对"), QStringLiteral("是"),
        QStringLiteral("√"), QStringLiteral("✓"), QStringLiteral("✔"), QStringLiteral("t"),
        QStringLiteral("true"), QStringLiteral("yes"), QStringLiteral("y"), QStringLiteral("right"),
        QStringLiteral("correct")};
    static const QSet<QString> wrong{QStringLiteral("错误"), QStringLiteral("错"), QStringLiteral("否"),
        QStringLiteral("不正确"), QStringLiteral("不对"), QStringLiteral("不是"), QStringLiteral("×"),
        QStringLiteral("✗"), QStringLiteral("✘"), QStringLiteral("f"), QStringLiteral("false"),
        QStringLiteral("no"), QStringLiteral("n"), QStringLiteral("wrong"), QStringLiteral("incorrect")};
    QString key = word.trimmed().toLower();
    while (key.endsWith(QLatin1Char('.')) || key.endsWith(QChar(u'。'))) {
        key.chop(1);
    }
    if (right.contains(key)) {
        return true;
    }
    if (wrong.contains(key)) {
        return false;
    }
    return std::nullopt;
}

bool isTrueFalsePair(const QString &first, const QString &second)
{
    const auto a = truthOf(first);
    const auto b = truthOf(second);
    return a && b && *a != *b;
}

QList<Choice> trueFalseChoices()
{
    return {{QStringLiteral("true"), QStringLiteral("正确"), true},
        {QStringLiteral("false"), QStringLiteral("错误"), true}};
}

QString letterId(qsizetype position)
{
    QString id;
    for (; position >= 0; position = position / 26 - 1) {
        id.prepend(QChar(ushort(u'a' + position % 26)));
    }
    return id;
}

QString tidyText(const QString &text)
{
    QStringList lines;
    QString line;
    const auto endLine = [&] {
        while (line.endsWith(QLatin1Char(' '))) {
            line.chop(1);
        }
        if (!line.isEmpty() || (!lines.isEmpty() && !lines.last().isEmpty())) {
            lines.append(line);
        }
        line.clear();
    };
    for (const QChar c : text) {
        if (c == QLatin1Char('\n')) {
            endLine();
        } else if (isAsciiSpace(c)) {
            if (!line.isEmpty() && !line.endsWith(QLatin1Char(' '))) {
                line += QLatin1Char(' ');
            }
        } else if (c.unicode() >= 0x20) {
            line += c;
        }
    }
    endLine();
    return lines.join(QLatin1Char('\n')).trimmed();
}

QByteArray questionFingerprint(const QuestionVersion &question)
{
    QByteArray all;
    addToFingerprint(question, all);
    for (const QuestionPart &part : question.parts) {
        addToFingerprint(part, all);
    }
    return sha256(all);
}

} // namespace qingfeng
