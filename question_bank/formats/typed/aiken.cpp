#include "question_bank/formats/typed/aiken.h"

#include "question_bank/formats/question_text.h"
#include "question_bank/formats/source_text.h"
#include "question_bank/formats/weighted_answers.h"

#include <QRegularExpression>

namespace qingfeng {
namespace {

/** Reads line by line; what is wrong is told at the end of its question, and the next one begins anew. */
class Reader
{
public:
    Reader(const QString &fileName, ImportedFile &out)
        : m_fileName(fileName)
        , m_out(out)
    {
    }

    void read(const QString &text)
    {
        static const QRegularExpression choice(
            QStringLiteral("^([A-Za-z])(?:[.)]\\s+|[.)](?=[^\\x00-\\x7f])|[．、）]\\s*)(.*)$"));
        static const QRegularExpression answer(
            QStringLiteral("^ANSWER\\s*[:：]\\s*(.*)$"), QRegularExpression::CaseInsensitiveOption);
        qint64 row = 0;
        for (const QString &raw : text.split(QLatin1Char('\n'))) {
            ++row;
            const QString line = raw.trimmed();
            if (line.isEmpty()) {
                continue;
            }
            if (const auto match = answer.match(line); match.hasMatch()) {
                end(match.captured(1).trimmed(), row);
            } else if (const auto each = choice.match(line);
                       each.hasMatch() && !m_stem.isEmpty() && fits(each)) {
                m_choices.append(each.captured(2).trimmed());
                m_lower |= each.captured(1).at(0).isLower();
            } else if (m_choices.isEmpty()) {
                addStem(line, row);
            } else {
                // A line of text after choices: the answer of the question before is missing.
                fail(row, QStringLiteral("ANSWER"), QStringLiteral("选项之后没有 ANSWER: 行"));
                reject();
                addStem(line, row);
            }
        }
        if (!m_stem.isEmpty()) {
            fail(m_row, QStringLiteral("ANSWER"), QStringLiteral("没有 ANSWER: 行"));
            reject();
        }
    }

private:
    /** The next letter in turn; anything else is text, or a gap that end() speaks of. */
    bool fits(const QRegularExpressionMatch &match)
    {
        const int letter = match.captured(1).at(0).toUpper().unicode() - u'A';
        if (letter == m_choices.size()) {
            return true;
        }
        if (!m_choices.isEmpty()) {
            fail(0, match.captured(1), QStringLiteral("选项 %1 不接着前面的选项").arg(match.captured(1)));
        }
        return !m_choices.isEmpty();
    }

    void addStem(const QString &line, qint64 row)
    {
        if (m_stem.isEmpty()) {
            m_stem = line;
            m_row = row;
            return;
        }
        fail(row, QStringLiteral("题干"), QStringLiteral("题干只能写在一行上，这一行是多出来的"));
    }

    void fail(qint64 row, const QString &column, const QString &reason)
    {
        if (m_problem.reason.isEmpty()) {
            m_problem = {m_fileName, row > 0 ? row : m_row, column, reason};
        }
    }

    void reject()
    {
        m_out.rejected.append(m_problem);
        m_stem.clear();
        m_choices.clear();
        m_problem = {};
        m_lower = false;
    }

    void end(const QString &letters, qint64 row)
    {
        if (m_stem.isEmpty()) {
            m_row = row;
            fail(row, QStringLiteral("ANSWER"), QStringLiteral("ANSWER: 之前没有题目"));
        } else if (m_choices.size() < 2) {
            fail(row, QStringLiteral("选项"),
                QStringLiteral("只有 %1 个选项，至少要两个").arg(m_choices.size()));
        }
        QList<bool> right(m_choices.size(), false);
        static const QRegularExpression form(
            QStringLiteral("^[A-Za-z](?:\\s*[,，、;；]?\\s*[A-Za-z]){0,25}[.)]?$"));
        if (!form.match(letters).hasMatch()) {
            fail(row, QStringLiteral("ANSWER"), QStringLiteral("答案“%1”不是选项字母").arg(letters.left(20)));
        } else {
            for (const QChar c : letters) {
                if (!c.isLetter()) {
                    continue;
                }
                const int letter = c.toUpper().unicode() - u'A';
                if (letter >= right.size()) {
                    fail(row, QStringLiteral("ANSWER"), QStringLiteral("答案是 %1，却没有这个选项").arg(c));
                    break;
                }
                m_lower |= c.isLower();
                right[letter] = true;
            }
        }
        if (!m_problem.reason.isEmpty()) {
            reject();
            return;
        }
        accept(right);
    }

    void accept(const QList<bool> &right)
    {
        ImportedQuestion imported;
        imported.file = m_fileName;
        imported.row = m_row;
        imported.question.stem = m_stem;
        QList<WeightedAnswer> answers;
        const qsizetype count = right.count(true);
        for (qsizetype i = 0; i < m_choices.size(); ++i) {
            answers.append({m_choices.at(i), {}, right.at(i) ? 100.0 / double(count) : 0.0, {}});
        }
        QStringList notes;
        const QString problem = settleChoices(imported.question, answers, count == 1, notes);
        if (!problem.isEmpty()) {
            fail(m_row, {}, problem);
            reject();
            return;
        }
        const auto warn = [&](const QString &reason) {
            m_out.warnings.append({m_fileName, m_row, {}, reason});
        };
        if (m_lower) {
            warn(QStringLiteral("Aiken 的选项和答案应为大写字母，已按大写读取"));
        }
        if (count > 1) {
            warn(QStringLiteral("Aiken 只有一个答案，这里有 %1 个，按多选题导入").arg(count));
        }
        m_out.questions.append(imported);
        m_stem.clear();
        m_choices.clear();
        m_lower = false;
    }

    const QString m_fileName;
    ImportedFile &m_out;
    QString m_stem;
    qint64 m_row = 0;
    QStringList m_choices;
    bool m_lower = false;
    ImportRemark m_problem;
};

QString oneLine(QString text)
{
    return text.replace(QLatin1Char('\n'), QLatin1Char(' ')).trimmed();
}

/** What of a question has no place in Aiken, by field. */
QStringList fieldsLost(const QuestionVersion &question)
{
    QStringList fields;
    const auto add = [&fields](const char *name, bool lost) {
        if (lost) {
            fields.append(QLatin1String(name));
        }
    };
    const Explanation none;
    add("id", true);
    add("version", question.version != 1);
    add("explanation", question.explanation != none);
    add("risk_points", !question.riskPoints.isEmpty());
    add("articles", !question.articles.isEmpty());
    add("audience", question.audience != Audience::All);
    add("difficulty", question.difficulty != Difficulty::Medium);
    add("keyword", !question.keyword.isEmpty());
    add("valid_from", question.validFrom.isValid());
    add("valid_until", question.validUntil.isValid());
    add("author", !question.author.isEmpty());
    add("reviewer", !question.reviewer.isEmpty());
    add("reviewed_on", question.reviewedOn.isValid());
    add("source", !question.source.isEmpty());
    add("state", question.state != ReviewState::Draft);
    return fields;
}

} // namespace

ImportedFile readAiken(const QByteArray &bytes, const QString &fileName, const ImportOptions &)
{
    ImportedFile out;
    const QString text = decodeImportText(bytes);
    Reader(fileName, out).read(text);
    return out;
}

Result<ExportedFile> writeAiken(const QuestionBank &bank)
{
    ExportedFile out;
    for (const QuestionVersion &question : bank.questions()) {
        if (bank.latest(question.id) != &question) {
            continue;
        }
        const auto lose = [&](const QString &field, const QString &reason) {
            out.lost.append({question.id, 0, field, reason});
        };
        if ((question.type != QuestionType::Single && question.type != QuestionType::TrueFalse)
            || question.choices.size() > 26 || question.answer.size() != 1) {
            lose(QStringLiteral("type"), QStringLiteral("Aiken 只有单选题，未导出"));
            continue;
        }
        QString text = oneLine(question.stem);
        bool flattened = text != question.stem;
        bool pictures = !question.picture->media.isEmpty();
        bool pinned = false;
        QString letter;
        QString choices;
        for (qsizetype i = 0; i < question.choices.size(); ++i) {
            const Choice &choice = question.choices.at(i);
            const QChar mark(ushort(u'A' + i));
            const QString line = oneLine(choice.text);
            flattened |= line != choice.text;
            pictures |= !choice.picture->media.isEmpty();
            pinned |= choice.pinned && question.type != QuestionType::TrueFalse;
            choices += mark + QStringLiteral(". ") + line + QLatin1Char('\n');
            if (question.answer.first() == choice.id) {
                letter = mark;
            }
        }
        out.bytes
            += (text + QLatin1Char('\n') + choices + QStringLiteral("ANSWER: ") + letter).toUtf8() + "\n\n";
        for (const QString &field : fieldsLost(question)) {
            lose(field, QStringLiteral("Aiken 没有这一项"));
        }
        if (flattened) {
            lose(QStringLiteral("stem"), QStringLiteral("换行改成了空格"));
        }
        if (pictures) {
            lose(QStringLiteral("picture"), QStringLiteral("Aiken 没有图片"));
        }
        if (pinned) {
            lose(QStringLiteral("pinned"), QStringLiteral("Aiken 不能固定选项的位置"));
        }
    }
    return out;
}

} // namespace qingfeng
