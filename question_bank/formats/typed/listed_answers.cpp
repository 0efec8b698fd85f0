#include "question_bank/formats/typed/listed_answers.h"

#include "question_bank/formats/option_text.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {
namespace {

constexpr qsizetype linesAhead = 6; ///< lines
constexpr qsizetype maxSameNumber = 1000; ///< questions with one number that a listed answer is tried on
constexpr qsizetype shownLine = 300; ///< characters in a remark

} // namespace

const SourceLine *nextLine(const QList<SourceLine> &lines, qsizetype after)
{
    const auto from = lines.cbegin() + std::min(after + 1, lines.size());
    const auto found = std::find_if(from, lines.cend(), [](const SourceLine &line) { return !line.text.trimmed().isEmpty(); });
    return found == lines.cend() ? nullptr : &*found;
}

void appendLine(QString &text, const QString &more)
{
    const QString piece = more.trimmed();
    if (!piece.isEmpty()) {
        text += text.isEmpty() ? piece : QLatin1Char('\n') + piece;
    }
}

ImportRemark strayLine(const QString &file, const SourceLine &line, const QString &reason)
{
    return {file, line.number, QString(), reason + QStringLiteral("\n原文：") + line.text.trimmed().left(shownLine)};
}

ListedAnswers::ListedAnswers(
    const QString &file, const QList<SourceLine> &lines, TypedBank &bank, ImportedFile &out)
    : m_file(file)
    , m_lines(lines)
    , m_bank(bank)
    , m_out(out)
{
}

void ListedAnswers::begin(qsizetype question)
{
    m_section = -1;
    m_cursor = question;
}

void ListedAnswers::stray(const SourceLine &line, const QString &reason)
{
    m_out.rejected.append(strayLine(m_file, line, reason));
}

bool ListedAnswers::startAt(qsizetype index) const
{
    for (qsizetype i = index; i < m_lines.size() && i < index + linesAhead; ++i) {
        const QString &text = m_lines.at(i).text;
        if (text.trimmed().isEmpty() || sectionHeading(text).isHeading) {
            continue;
        }
        if (!parseAnswerList(text).isEmpty()) {
            return true;
        }
        // "1. 三十日": an answer of a blank, when no options and no label follow.
        const SourceLine *following = nextLine(m_lines, i);
        return questionNumber(text).style != NumberStyle::None && !m_bank.questions.isEmpty()
            && (!following || findMarkedOptions(following->text, 0).isEmpty())
            && m_bank.questions.first().draft.answer.isEmpty();
    }
    return false;
}

/** The section of questions that a heading among the answers means. */
bool ListedAnswers::enterSection(const SectionHeading &heading)
{
    for (qsizetype i = 0; i < m_bank.sections.size(); ++i) {
        const bool same = m_bank.sections.at(i).heading.namesType && m_bank.sections.at(i).heading.type == heading.type
            && m_bank.sections.at(i).heading.unmarkable == heading.unmarkable;
        if (same && m_bank.sections.at(i).open > 0) {
            m_section = int(i);
            m_cursor = m_bank.sections.at(i).firstQuestion;
            return true;
        }
    }
    return false;
}

void ListedAnswers::assign(const ListedAnswer &listed, const SourceLine &line)
{
    const auto fits = [&](qsizetype index) {
        const TypedQuestion &candidate = m_bank.questions.at(index);
        return candidate.draft.answer.isEmpty() && !candidate.isCase
            && (m_section < 0 || candidate.section == m_section);
    };
    // From the last one on, and only then from the start: numbers begin again in every section.
    const QList<qsizetype> &candidates = m_bank.byNumber[listed.number];
    const auto from = std::ranges::lower_bound(candidates, m_cursor) - candidates.begin();
    qsizetype found = -1;
    for (qsizetype k = 0; k < std::min(candidates.size(), maxSameNumber) && found < 0; ++k) {
        const qsizetype index = candidates.at((from + k) % candidates.size());
        found = fits(index) ? index : -1;
    }
    if (found < 0) {
        stray(line, QStringLiteral("第 %1 题的答案没有对应的题目，请核对题号").arg(listed.number));
        return;
    }
    m_bank.questions[found].draft.answer = listed.answer;
    --m_bank.sections[m_bank.questions.at(found).section].open;
    m_cursor = found + 1;
}

bool ListedAnswers::take(const SourceLine &line, qsizetype index)
{
    if (const SectionHeading heading = sectionHeading(line.text); heading.isHeading) {
        m_section = -1;
        if (enterSection(heading)) {
            // "一、单选题：1-5 ABCDA": the list in the line of its heading.
            static const QRegularExpression list(QStringLiteral("[^\\d]*(?=\\d)"));
            const auto match = list.match(line.text);
            for (const ListedAnswer &listed : parseAnswerList(line.text.mid(match.capturedLength()))) {
                assign(listed, line);
            }
            return true;
        }
        return !heading.unmarkable.isEmpty() || startAt(index + 1);
    }
    const auto list = parseAnswerList(line.text);
    for (const ListedAnswer &listed : list) {
        assign(listed, line);
    }
    if (!list.isEmpty()) {
        return true;
    }
    const QuestionNumber number = questionNumber(line.text);
    const SourceLine *following = nextLine(m_lines, index);
    const bool asks = following && !findMarkedOptions(following->text, 0).isEmpty();
    if (number.style != NumberStyle::None && !asks) {
        const auto pieces = splitLabels(line.text.mid(number.length));
        for (const LabelledText &piece : pieces) {
            if (piece.label.isEmpty() || piece.label == QStringLiteral("答案")) {
                assign({number.number, piece.text.trimmed()}, line);
            } else if (m_cursor > 0) {
                appendLine(m_bank.questions[m_cursor - 1].fields[piece.label], piece.text);
            }
        }
        return true;
    }
    const auto pieces = splitLabels(line.text);
    if (number.style == NumberStyle::None && !pieces.first().label.isEmpty() && m_cursor > 0) {
        for (const LabelledText &piece : pieces) {
            appendLine(m_bank.questions[m_cursor - 1].fields[piece.label], piece.text);
        }
        return true;
    }
    if (asks) {
        return false;
    }
    stray(line, QStringLiteral("答案部分的这一行看不懂，请写成“1-5 ABCDA”或“1.A 2.B”"));
    return true;
}

} // namespace qingfeng
