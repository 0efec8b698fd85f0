#include "question_bank/formats/question_lines.h"

#include "question_bank/formats/answer_list.h"
#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/field_words.h"
#include "question_bank/formats/item_draft.h"
#include "question_bank/formats/line_kinds.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>

#include <QHash>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

constexpr qsizetype shownSource = 300; ///< characters of the source lines in a remark
constexpr qsizetype lookAhead = 6; ///< lines
constexpr qsizetype maxSameNumber = 1000; ///< questions with one number that a listed answer is tried on

enum class Target { None, Stem, Option, Answer, Explanation, Other };

/** A question or sub-question while its lines are gathered. */
struct TypedItem
{
    ItemDraft draft;
    QList<QStringList> optionMarks; ///< kinds of mark on each option
    QString number; ///< as counted, for remarks
    int count = 0; ///< the number
    qint64 firstLine = 0;
    qint64 lastLine = 0;
    QStringList source;
    bool refused = false; ///< said already
};

struct TypedQuestion : TypedItem
{
    int section = 0;
    QString unmarkable; ///< 简答题 …
    bool isCase = false;
    QList<TypedItem> parts;
    QMap<QString, QString> fields; ///< by label: 解析, 难度 …
};

struct Section
{
    QString title;
    QStringList category;
    SectionHeading heading;
    qsizetype firstQuestion = 0;
    NumberStyle style = NumberStyle::None; ///< of its questions
    qsizetype open = 0; ///< questions without an answer beside them
};

class LineReader
{
public:
    LineReader(const QString &file, const QList<SourceLine> &lines, ImportedFile &out)
        : m_file(file)
        , m_lines(lines)
        , m_out(out)
    {
    }

    void read();

private:
    const SourceLine *next(qsizetype after) const;
    bool isUnnumberedStart(qsizetype index) const;
    void takeLine(qsizetype index);
    bool takeAnswersLine(const SourceLine &line, qsizetype index);
    bool startsAnswers(qsizetype index) const;
    void startSection(const SourceLine &line, const SectionHeading &heading);
    bool enterAnswerSection(const SectionHeading &heading);
    bool takeNumber(const SourceLine &line, const QuestionNumber &number, qsizetype index);
    void startQuestion(const SourceLine &line, qsizetype from, int number);
    void startPart(const SourceLine &line, qsizetype from, int number);
    bool takeOptions(const SourceLine &line, qsizetype from);
    void takeContent(const SourceLine &line, qsizetype from);
    void takeLabelled(const SourceLine &line, const QList<LabelledText> &pieces);
    void takePictures(const SourceLine &line);
    void placePicture(const SourceLine &line, const Picture &picture, qsizetype option);
    void append(QString &text, const QString &more) const;
    void assignAnswer(const ListedAnswer &listed, const SourceLine &line);
    void note(const SourceLine &line, const QString &reason);
    void stray(const SourceLine &line, const QString &reason);

    void settleMarks();
    void finish(TypedQuestion &question);
    void finishCase(TypedQuestion &question, QuestionVersion &version);
    bool settleItem(TypedItem &item, QuestionItem &out);
    void takeBracketAnswer(TypedItem &item);
    void takeFields(const TypedQuestion &question, QuestionVersion &version);
    void reject(TypedItem &item, const QString &reason);

    TypedItem *item();
    bool isComplete() const;

    const QString m_file;
    const QList<SourceLine> &m_lines;
    ImportedFile &m_out;
    QList<Section> m_sections {Section {}};
    QList<TypedQuestion> m_questions;
    Target m_target = Target::None;
    QString m_label; ///< of Target::Other
    bool m_inPart = false;
    bool m_caseByWord = false; ///< 案例一：, so that any number is a sub-question's
    bool m_numbered = false; ///< questions have numbers
    bool m_inAnswers = false; ///< answers gathered at the end
    qsizetype m_cursor = 0; ///< question after the last that got a listed answer
    int m_answerSection = -1; ///< the section whose answers are listed; -1 = any
    QString m_chosenMark; ///< the kind of mark that stands for the right option
    QStringList m_chapters;
    QHash<int, QList<qsizetype>> m_byNumber; ///< indices of questions by their number, ascending
};

void LineReader::note(const SourceLine &line, const QString &reason)
{
    m_out.warnings.append({m_file, line.number, QString(), reason});
}

void LineReader::stray(const SourceLine &line, const QString &reason)
{
    m_out.rejected.append({m_file, line.number, QString(),
        reason + QStringLiteral("\n原文：") + line.text.trimmed().left(shownSource)});
}

TypedItem *LineReader::item()
{
    if (m_questions.isEmpty()) {
        return nullptr;
    }
    TypedQuestion &question = m_questions.last();
    return m_inPart && !question.parts.isEmpty() ? &question.parts.last() : &question;
}

/** The question being gathered has what it needs, so that something new may begin. */
bool LineReader::isComplete() const
{
    if (m_questions.isEmpty()) {
        return true;
    }
    const TypedQuestion &question = m_questions.last();
    const TypedItem &last = m_inPart && !question.parts.isEmpty() ? question.parts.last() : question;
    return !last.draft.answer.isEmpty() || last.draft.options.size() >= 2;
}

const SourceLine *LineReader::next(qsizetype after) const
{
    for (qsizetype i = after + 1; i < m_lines.size(); ++i) {
        if (!m_lines.at(i).text.trimmed().isEmpty()) {
            return &m_lines.at(i);
        }
    }
    return nullptr;
}

void LineReader::append(QString &text, const QString &more) const
{
    const QString piece = more.trimmed();
    if (!piece.isEmpty()) {
        text += text.isEmpty() ? piece : QLatin1Char('\n') + piece;
    }
}

/** In a bank without numbers: a line that options or an answer follow soon. */
bool LineReader::isUnnumberedStart(qsizetype index) const
{
    if (m_numbered || !isComplete()) {
        return false;
    }
    qsizetype seen = 0;
    for (qsizetype i = index + 1; i < m_lines.size() && seen < lookAhead; ++i) {
        const QString &text = m_lines.at(i).text;
        if (text.trimmed().isEmpty()) {
            continue;
        }
        ++seen;
        if (!findMarkedOptions(text, 0).isEmpty()) {
            return true;
        }
        const auto pieces = splitLabels(text);
        if (pieces.first().label == QStringLiteral("答案")) {
            return true;
        }
    }
    return false;
}

void LineReader::startSection(const SourceLine &line, const SectionHeading &heading)
{
    Section section;
    section.title = line.text.trimmed();
    section.heading = heading;
    section.firstQuestion = m_questions.size();
    if (!heading.namesType) {
        m_chapters = {section.title};
        section.category = m_chapters;
    } else {
        section.category = m_chapters + QStringList {section.title};
    }
    m_sections.append(section);
    m_target = Target::None;
    m_inPart = false;
    m_caseByWord = false;
}

void LineReader::startQuestion(const SourceLine &line, qsizetype from, int number)
{
    const Section &section = m_sections.last();
    TypedQuestion question;
    question.section = int(m_sections.size() - 1);
    question.count = number;
    question.number = number > 0 ? QStringLiteral("第 %1 题").arg(number) : QString();
    question.firstLine = line.number;
    question.draft.type = section.heading.type;
    question.unmarkable = section.heading.unmarkable;
    QString stem = line.text.mid(from).trimmed();
    static const QRegularExpression typed(
        QStringLiteral("^[(（\\[【]\\s*([^()（）\\[\\]【】]{2,8})\\s*[)）\\]】]\\s*[:：、.]?\\s*"));
    if (const auto match = typed.match(stem); match.hasMatch()) {
        const auto type = typeByWord(match.captured(1));
        if (type || isUnmarkableWord(match.captured(1)) || isAnyChoiceWord(match.captured(1))) {
            question.draft.type = type;
            question.unmarkable = isUnmarkableWord(match.captured(1)) ? match.captured(1) : QString();
            stem = stem.mid(match.capturedLength());
        }
    }
    question.isCase = question.draft.type == QuestionType::Case;
    question.source.append(line.text.trimmed());
    question.lastLine = line.number;
    m_byNumber[number].append(m_questions.size());
    m_questions.append(question);
    ++m_sections.last().open;
    m_inPart = false;
    m_target = Target::Stem;
    // Options may follow in the same line: "1. 题干 A.甲 B.乙".
    static const QRegularExpression optionsInside(QStringLiteral("[\\s\\x{3000}][(（]?[AＡ]\\s*[.．、:：)）]"));
    const auto inside = optionsInside.match(stem);
    if (inside.hasMatch() && findMarkedOptions(stem.mid(inside.capturedStart()), 0).size() >= 2) {
        m_questions.last().draft.stem = stem.left(inside.capturedStart()).trimmed();
        SourceLine rest {line.number, stem.mid(inside.capturedStart()), {}, {}};
        takeOptions(rest, 0);
    } else {
        m_questions.last().draft.stem = stem;
    }
}

void LineReader::startPart(const SourceLine &line, qsizetype from, int number)
{
    TypedQuestion &question = m_questions.last();
    TypedItem part;
    part.count = number;
    part.number = question.number + QStringLiteral("第 %1 小题").arg(question.parts.size() + 1);
    part.firstLine = line.number;
    part.lastLine = line.number;
    part.source.append(line.text.trimmed());
    QString stem = line.text.mid(from).trimmed();
    static const QRegularExpression typed(
        QStringLiteral("^[(（\\[【]\\s*([^()（）\\[\\]【】]{2,8})\\s*[)）\\]】]\\s*"));
    if (const auto match = typed.match(stem); match.hasMatch() && typeByWord(match.captured(1))) {
        part.draft.type = typeByWord(match.captured(1));
        stem = stem.mid(match.capturedLength());
    }
    part.draft.stem = stem;
    question.parts.append(part);
    m_inPart = true;
    m_target = Target::Stem;
}

/** A line with a number before it: a question, a sub-question, or a numbered statement inside one. */
bool LineReader::takeNumber(const SourceLine &line, const QuestionNumber &number, qsizetype index)
{
    Section &section = m_sections.last();
    const TypedQuestion *current = m_questions.isEmpty() ? nullptr : &m_questions.last();
    const bool inCase = current && current->isCase && current->section == int(m_sections.size() - 1);
    const int last = current && current->section == int(m_sections.size() - 1) ? current->count : 0;
    if (number.style == NumberStyle::None || number.number == 0) {
        return false;
    }
    if (inCase && (m_caseByWord || number.style != section.style)) {
        const int expected = int(current->parts.size()) + 1;
        if (number.number == expected || isComplete()) {
            startPart(line, number.length, number.number);
            return true;
        }
        return false;
    }
    const bool expected = number.number == last + 1;
    if (number.style == NumberStyle::Circle || (number.digitFollows && !expected)
        || (number.style == NumberStyle::Space && (!expected || !isComplete()))) {
        return false;
    }
    if (section.style != NumberStyle::None && number.style != section.style && !(isComplete() && expected)) {
        return false; // "(1) … (2) …" inside a stem
    }
    if (!isComplete() && !expected && m_target == Target::Stem && number.number <= last
        && number.number != 1) {
        return false;
    }
    // 1. 2. 3. inside the explanation of a question, when the next question has another number.
    if (m_target == Target::Explanation && !expected && number.number != last + 1
        && (last > 1 || number.number == 1)) {
        const SourceLine *following = next(index);
        const bool asks = following
            && (!findMarkedOptions(following->text, 0).isEmpty()
                || splitLabels(following->text).first().label == QStringLiteral("答案"));
        if (!asks) {
            return false;
        }
    }
    section.style = section.style == NumberStyle::None ? number.style : section.style;
    m_caseByWord = false;
    startQuestion(line, number.length, number.number);
    return true;
}

/** Options that continue those of the item, from position @p from of the line. */
bool LineReader::takeOptions(const SourceLine &line, qsizetype from)
{
    TypedItem *current = item();
    if (!current || (m_target != Target::Stem && m_target != Target::Option)) {
        return false;
    }
    if (!m_inPart && m_questions.last().isCase && !m_questions.last().parts.isEmpty()) {
        return false;
    }
    const QString text = line.text.mid(from);
    const auto spans = findMarkedOptions(text, int(current->draft.options.size()));
    if (spans.isEmpty()) {
        return false;
    }
    for (const OptionSpan &span : spans) {
        current->draft.options.append(text.mid(span.start, span.length));
        QMap<QString, qsizetype> covered;
        QSet<QString> onMarker;
        for (const LineMark &mark : line.marks) {
            const qsizetype begin = std::max(mark.start, from + span.start);
            const qsizetype end = std::min(mark.start + mark.length, from + span.start + span.length);
            covered[mark.kind] += std::max<qsizetype>(0, end - begin);
            if (mark.start <= from + span.marker && mark.start + mark.length > from + span.marker) {
                onMarker.insert(mark.kind);
            }
        }
        QStringList kinds;
        for (auto it = covered.cbegin(); it != covered.cend(); ++it) {
            if (it.value() * 2 >= std::max<qsizetype>(span.length, 1) || onMarker.contains(it.key())) {
                kinds.append(it.key());
            }
        }
        current->optionMarks.append(kinds);
    }
    m_target = Target::Option;
    return true;
}

void LineReader::placePicture(const SourceLine &line, const Picture &picture, qsizetype option)
{
    TypedItem *current = item();
    if (!current) {
        note(line, QStringLiteral("第一题之前的图片没有读入"));
        return;
    }
    Picture *slot = &current->draft.picture;
    if (option >= 0) {
        if (current->draft.optionPictures.size() <= option) {
            current->draft.optionPictures.resize(option + 1);
        }
        slot = &current->draft.optionPictures[option];
    }
    if (slot->media.isEmpty()) {
        *slot = picture;
    } else {
        note(line, QStringLiteral("同一处有几张图片，只读入第一张；请合并成一张"));
    }
}

/** Each picture goes to the option that it stands in, or else to the stem. */
void LineReader::takePictures(const SourceLine &line)
{
    if (line.pictures.isEmpty()) {
        return;
    }
    const TypedItem *current = item();
    const qsizetype options = current ? current->draft.options.size() : 0;
    QList<OptionSpan> spans;
    if (m_target == Target::Option) {
        for (qsizetype first = options - 1; first >= 0 && spans.isEmpty(); --first) {
            const auto found = findMarkedOptions(line.text, int(first));
            if (!found.isEmpty() && first + found.size() == options) {
                spans = found;
            }
        }
    }
    for (const LinePicture &picture : line.pictures) {
        qsizetype option = m_target == Target::Option ? options - 1 : -1;
        for (qsizetype i = 0; i < spans.size(); ++i) {
            if (picture.position >= spans.at(i).marker) {
                option = options - spans.size() + i;
            }
        }
        placePicture(line, picture.picture, option);
    }
}

void LineReader::takeContent(const SourceLine &line, qsizetype from)
{
    TypedItem *current = item();
    const QString text = line.text.mid(from);
    if (text.trimmed().isEmpty()) {
        return;
    }
    switch (current ? m_target : Target::None) {
    case Target::Stem:
        append(current->draft.stem, text);
        break;
    case Target::Option:
        append(current->draft.options.last(), text);
        break;
    case Target::Answer:
        append(current->draft.answer, text);
        break;
    case Target::Explanation:
        append(m_questions.last().fields[QStringLiteral("解析")], text);
        break;
    case Target::Other:
        append(m_questions.last().fields[m_label], text);
        break;
    case Target::None:
        note(line, QStringLiteral("没有当作题目：%1").arg(text.trimmed().left(60)));
        break;
    }
}

void LineReader::takeLabelled(const SourceLine &line, const QList<LabelledText> &pieces)
{
    for (const LabelledText &piece : pieces) {
        if (piece.label.isEmpty()) {
            SourceLine part {line.number, piece.text, line.marks, {}};
            if (!takeOptions(part, 0)) {
                takeContent(part, 0);
            }
            continue;
        }
        TypedItem *current = item();
        if (!current) {
            note(line, QStringLiteral("第一题之前的“%1”没有读取").arg(piece.label));
            continue;
        }
        if (piece.label == QStringLiteral("答案")) {
            m_target = Target::Answer;
            append(current->draft.answer, piece.text);
            m_sections.last().open -= !m_inPart;
        } else if (piece.label == QStringLiteral("题型")) {
            const auto type = typeByWord(piece.text);
            current->draft.type = type;
            m_questions.last().unmarkable = isUnmarkableWord(piece.text) ? piece.text : QString();
            m_questions.last().isCase = m_questions.last().isCase || (!m_inPart && type == QuestionType::Case);
            m_target = Target::Stem;
            if (!type && m_questions.last().unmarkable.isEmpty() && !isAnyChoiceWord(piece.text)) {
                note(line, QStringLiteral("不认识的题型“%1”，按内容判断").arg(piece.text.left(20)));
            }
        } else {
            const bool explanation = piece.label == QStringLiteral("解析");
            m_target = explanation ? Target::Explanation : Target::Other;
            m_label = piece.label;
            append(m_questions.last().fields[piece.label], piece.text);
        }
    }
}

/** Whether answers are listed from here on: this line is a list, or a heading that one follows. */
bool LineReader::startsAnswers(qsizetype index) const
{
    for (qsizetype i = index; i < m_lines.size() && i < index + lookAhead; ++i) {
        const QString &text = m_lines.at(i).text;
        if (text.trimmed().isEmpty() || sectionHeading(text).isHeading) {
            continue;
        }
        if (!parseAnswerList(text).isEmpty()) {
            return true;
        }
        // "1. 三十日": an answer of a blank, when no options and no label follow.
        const SourceLine *following = next(i);
        return questionNumber(text).style != NumberStyle::None && !m_questions.isEmpty()
            && (!following || findMarkedOptions(following->text, 0).isEmpty())
            && m_questions.first().draft.answer.isEmpty();
    }
    return false;
}

/** The section of questions that a heading among the answers means. */
bool LineReader::enterAnswerSection(const SectionHeading &heading)
{
    for (qsizetype i = 0; i < m_sections.size(); ++i) {
        const bool same = m_sections.at(i).heading.namesType && m_sections.at(i).heading.type == heading.type
            && m_sections.at(i).heading.unmarkable == heading.unmarkable;
        if (same && m_sections.at(i).open > 0) {
            m_answerSection = int(i);
            m_cursor = m_sections.at(i).firstQuestion;
            return true;
        }
    }
    return false;
}

void LineReader::assignAnswer(const ListedAnswer &listed, const SourceLine &line)
{
    const auto fits = [&](qsizetype index) {
        const TypedQuestion &candidate = m_questions.at(index);
        return candidate.draft.answer.isEmpty() && !candidate.isCase
            && (m_answerSection < 0 || candidate.section == m_answerSection);
    };
    // From the last one on, and only then from the start: numbers begin again in every section.
    const QList<qsizetype> &candidates = m_byNumber[listed.number];
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
    m_questions[found].draft.answer = listed.answer;
    --m_sections[m_questions.at(found).section].open;
    m_cursor = found + 1;
}

/** A line among answers gathered at the end. @return false when the answers are over */
bool LineReader::takeAnswersLine(const SourceLine &line, qsizetype index)
{
    if (const SectionHeading heading = sectionHeading(line.text); heading.isHeading) {
        m_answerSection = -1;
        if (enterAnswerSection(heading)) {
            // "一、单选题：1-5 ABCDA": the list in the line of its heading.
            static const QRegularExpression list(QStringLiteral("[^\\d]*(?=\\d)"));
            const auto match = list.match(line.text);
            for (const ListedAnswer &listed : parseAnswerList(line.text.mid(match.capturedLength()))) {
                assignAnswer(listed, line);
            }
            return true;
        }
        return !heading.unmarkable.isEmpty() || startsAnswers(index + 1);
    }
    const auto list = parseAnswerList(line.text);
    for (const ListedAnswer &listed : list) {
        assignAnswer(listed, line);
    }
    if (!list.isEmpty()) {
        return true;
    }
    const QuestionNumber number = questionNumber(line.text);
    const SourceLine *following = next(index);
    const bool asks = following && !findMarkedOptions(following->text, 0).isEmpty();
    if (number.style != NumberStyle::None && !asks) {
        const auto pieces = splitLabels(line.text.mid(number.length));
        for (const LabelledText &piece : pieces) {
            if (piece.label.isEmpty() || piece.label == QStringLiteral("答案")) {
                assignAnswer({number.number, piece.text.trimmed()}, line);
            } else if (m_cursor > 0) {
                append(m_questions[m_cursor - 1].fields[piece.label], piece.text);
            }
        }
        return true;
    }
    const auto pieces = splitLabels(line.text);
    if (number.style == NumberStyle::None && !pieces.first().label.isEmpty() && m_cursor > 0) {
        for (const LabelledText &piece : pieces) {
            append(m_questions[m_cursor - 1].fields[piece.label], piece.text);
        }
        return true;
    }
    if (asks) {
        return false;
    }
    stray(line, QStringLiteral("答案部分的这一行看不懂，请写成“1-5 ABCDA”或“1.A 2.B”"));
    return true;
}

void LineReader::takeLine(qsizetype index)
{
    const SourceLine &line = m_lines.at(index);
    if (line.text.trimmed().isEmpty() && line.pictures.isEmpty()) {
        return;
    }
    if (line.text.size() > maxLineText) {
        stray(line, QStringLiteral("一行超过 %1 字，没有读取").arg(maxLineText));
        return;
    }
    if (isPageFurniture(line.text)) {
        note(line, QStringLiteral("是目录、页码或分隔线，没有当作题目：%1").arg(line.text.trimmed().left(60)));
        return;
    }
    if (m_inAnswers) {
        if (takeAnswersLine(line, index)) {
            return;
        }
        m_inAnswers = false;
    }
    if (isAnswersHeading(line.text) && !m_questions.isEmpty() && startsAnswers(index + 1)) {
        m_inAnswers = true;
        m_answerSection = -1;
        m_cursor = 0;
        return;
    }
    if (const SectionHeading heading = sectionHeading(line.text);
        heading.isHeading && (m_target != Target::Stem || isComplete() || heading.namesType)) {
        startSection(line, heading);
        return;
    }
    if (const qsizetype marker = caseMarker(line.text); marker > 0) {
        startQuestion(line, marker, 0);
        TypedQuestion &question = m_questions.last();
        question.isCase = true;
        question.draft.type = QuestionType::Case;
        question.number = line.text.left(marker).trimmed();
        question.count = 0;
        m_caseByWord = true;
        takePictures(line);
        return;
    }
    const auto pieces = splitLabels(line.text);
    const QString label = pieces.first().label;
    if (label == QStringLiteral("答案") && !m_questions.isEmpty()) {
        // Answers of a whole section after it: "答案：1-5 ABCDA".
        const auto list = parseAnswerList(pieces.first().text);
        const bool many = list.size() > 1 || (!list.isEmpty() && item() && !item()->draft.answer.isEmpty());
        if (many) {
            m_answerSection = -1;
            m_cursor = m_sections.last().firstQuestion;
            for (const ListedAnswer &listed : list) {
                assignAnswer(listed, line);
            }
            m_inAnswers = true;
            return;
        }
    }
    const QuestionNumber number = questionNumber(line.text);
    bool started = label.isEmpty() && takeNumber(line, number, index);
    if (!started && label.isEmpty() && pieces.size() == 1 && isUnnumberedStart(index)
        && findMarkedOptions(line.text, 0).isEmpty()) {
        startQuestion(line, 0, 0);
        started = true;
    }
    if (started) {
        if (pieces.size() > 1) {
            // "1. 题干【答案】A": the labels that stand in the line of the stem.
            TypedItem *current = item();
            const auto inside = splitLabels(current->draft.stem);
            current->draft.stem = inside.first().label.isEmpty() ? inside.first().text.trimmed() : QString();
            takeLabelled(line, inside.first().label.isEmpty() ? inside.mid(1) : inside);
        }
        takePictures(line);
        return;
    }
    if (TypedItem *current = item(); current && m_target != Target::None) {
        current->source.append(line.text.trimmed());
        current->lastLine = line.number;
    }
    if (pieces.size() > 1 || !label.isEmpty()) {
        takeLabelled(line, pieces);
    } else if (!takeOptions(line, 0)) {
        takeContent(line, 0);
    }
    takePictures(line);
}

/** One kind of mark, on some but not all options of every question that has no answer, is the answer. */
void LineReader::settleMarks()
{
    QMap<QString, int> fitting;
    int asked = 0;
    const auto look = [&](const TypedItem &candidate) {
        static const QRegularExpression bracket(QStringLiteral("[(（]\\s*[A-ZＡ-Ｚ][A-ZＡ-Ｚ\\s,、]*[)）]"));
        if (!candidate.draft.answer.isEmpty() || candidate.draft.options.size() < 2
            || bracket.match(candidate.draft.stem).hasMatch()) {
            return;
        }
        ++asked;
        QMap<QString, qsizetype> counts;
        for (const QStringList &kinds : candidate.optionMarks) {
            for (const QString &kind : kinds) {
                ++counts[kind];
            }
        }
        for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
            fitting[it.key()] += it.value() < candidate.draft.options.size();
        }
    };
    for (const TypedQuestion &question : std::as_const(m_questions)) {
        if (!question.unmarkable.isEmpty()) {
            continue;
        }
        look(question);
        for (const TypedItem &part : question.parts) {
            look(part);
        }
    }
    for (auto it = fitting.cbegin(); it != fitting.cend(); ++it) {
        if (it.value() == asked) {
            m_chosenMark = it.key();
            m_out.warnings.append({m_file, 0, QString(),
                QStringLiteral("%1 道题没有写答案，按选项上的标记（%2）认定答案，请核对").arg(asked).arg(it.key())});
            return;
        }
    }
    if (!fitting.isEmpty()) {
        m_out.warnings.append({m_file, 0, QString(),
            QStringLiteral("有的选项带标记（%1），但不是每道没有答案的题都有，没有当作答案")
                .arg(fitting.keys().join(QStringLiteral("、")))});
    }
}

void LineReader::reject(TypedItem &item, const QString &reason)
{
    item.refused = true;
    const QString place = item.lastLine > item.firstLine
        ? QStringLiteral("%1–%2").arg(item.firstLine).arg(item.lastLine)
        : QString::number(item.firstLine);
    m_out.rejected.append({m_file, item.firstLine, item.number,
        QStringLiteral("%1\n原文（%2）：%3").arg(reason, place, item.source.join(QLatin1Char('\n')).left(shownSource))});
}

/** （ABC） in the stem is the answer, and would give it away if it stayed there. */
void LineReader::takeBracketAnswer(TypedItem &item)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\(\\s*((?:[A-Z](?:[\\s,、]*[A-Z])*)|[√×✓✗]|对|错|正确|错误|T|F)\\s*\\)"));
    const QString half = halfWidth(item.draft.stem);
    QRegularExpressionMatch last;
    auto matches = pattern.globalMatch(half);
    while (matches.hasNext()) {
        last = matches.next();
    }
    if (!last.hasMatch()) {
        return;
    }
    const bool letters = last.captured(1).at(0).isLetter() && last.captured(1).at(0).unicode() < 0x80;
    if (letters && item.draft.options.size() < 2 && !truthByWord(last.captured(1))) {
        return;
    }
    const bool said = !item.draft.answer.isEmpty();
    static const QRegularExpression separators(QStringLiteral("[,、;]"));
    const auto same = [](QString text) { return plainKey(text.remove(separators)); };
    if (said && same(item.draft.answer) != same(last.captured(1))) {
        m_out.warnings.append({m_file, item.firstLine, item.number,
            QStringLiteral("题干括号里是 %1，另写的答案是 %2；以另写的答案为准，请核对")
                .arg(last.captured(1), item.draft.answer.left(20))});
        return;
    }
    item.draft.answer = last.captured(1);
    item.draft.stem.replace(last.capturedStart(), last.capturedLength(), QStringLiteral("（　）"));
}

bool LineReader::settleItem(TypedItem &item, QuestionItem &out)
{
    takeBracketAnswer(item);
    static const QSet<QString> none {QStringLiteral("略"), QStringLiteral("无"), QStringLiteral("暂无")};
    if (none.contains(item.draft.answer.trimmed())) {
        item.draft.answer.clear();
    }
    if (item.draft.answer.isEmpty() && !m_chosenMark.isEmpty()) {
        for (qsizetype i = 0; i < item.optionMarks.size(); ++i) {
            if (item.optionMarks.at(i).contains(m_chosenMark)) {
                item.draft.flagged.append(int(i));
            }
        }
    }
    const SettledItem settled = settle(item.draft);
    if (!settled.item) {
        reject(item, settled.problem);
        return false;
    }
    for (const QString &text : settled.notes) {
        m_out.warnings.append({m_file, item.firstLine, item.number, text});
    }
    out = *settled.item;
    return true;
}

void LineReader::takeFields(const TypedQuestion &question, QuestionVersion &version)
{
    const auto warn = [&](const QString &label, const QString &reason) {
        m_out.warnings.append({m_file, question.firstLine, label, reason});
    };
    for (auto it = question.fields.cbegin(); it != question.fields.cend(); ++it) {
        const QString &label = it.key();
        const QString text = it.value().trimmed();
        if (text.isEmpty()) {
            continue;
        }
        if (label == QStringLiteral("解析")) {
            version.explanation = splitExplanation(text);
        } else if (label == QStringLiteral("难度")) {
            const auto difficulty = difficultyByWord(text);
            version.difficulty = difficulty.value_or(Difficulty::Medium);
            if (!difficulty) {
                warn(label, QStringLiteral("不认识的难度“%1”，按“中”处理").arg(text.left(20)));
            }
        } else if (label == QStringLiteral("知识点")) {
            version.keyword = text;
        } else if (label == QStringLiteral("法律依据")) {
            version.articles = splitList(text);
        } else if (label == QStringLiteral("风险点")) {
            version.riskPoints = splitList(text);
        } else if (label == QStringLiteral("来源")) {
            version.source = text;
        } else if (label == QStringLiteral("命题人")) {
            version.author = text;
        } else if (label == QStringLiteral("身份")) {
            const auto audience = audienceByWord(text);
            version.audience = audience.value_or(Audience::All);
            if (!audience) {
                warn(label, QStringLiteral("不认识的身份“%1”，按“全体”处理，请核对").arg(text.left(20)));
            }
        } else if (label != QStringLiteral("分类")) {
            warn(label, QStringLiteral("“%1”没有保存：%2").arg(label, text.left(20)));
        }
    }
}

void LineReader::finishCase(TypedQuestion &question, QuestionVersion &version)
{
    version.type = QuestionType::Case;
    version.stem = question.draft.stem.trimmed();
    version.picture = question.draft.picture;
    if (version.stem.isEmpty()) {
        reject(question, QStringLiteral("案例没有案情，请补上"));
        return;
    }
    if (question.parts.isEmpty()) {
        reject(question, QStringLiteral("案例没有小题，请在案情后面写出带编号的小题，如（1）……"));
        return;
    }
    bool good = true;
    for (TypedItem &typed : question.parts) {
        QuestionPart part;
        part.id = QString::number(version.parts.size() + 1);
        good = settleItem(typed, part) && good;
        version.parts.append(part);
    }
    if (!good) {
        reject(question, QStringLiteral("这道案例有小题不能用，整道没有导入，请改正所列小题"));
    }
}

void LineReader::finish(TypedQuestion &question)
{
    if (!question.unmarkable.isEmpty()) {
        reject(question, QStringLiteral("“%1”不能自动评分，系统没有这种题型").arg(question.unmarkable));
        return;
    }
    QuestionVersion version;
    if (question.isCase) {
        finishCase(question, version);
    } else {
        settleItem(question, version);
    }
    if (question.refused) {
        return;
    }
    takeFields(question, version);
    QStringList category = m_sections.at(question.section).category;
    if (const QString extra = question.fields.value(QStringLiteral("分类")).trimmed(); !extra.isEmpty()) {
        category.append(extra);
    }
    QStringList stated;
    if (!question.fields.value(QStringLiteral("难度")).isEmpty()) {
        stated.append(QStringLiteral("difficulty"));
    }
    if (!question.fields.value(QStringLiteral("身份")).isEmpty()) {
        stated.append(QStringLiteral("audience"));
    }
    m_out.questions.append({version, m_file, question.firstLine, category, stated});
}

void LineReader::read()
{
    qsizetype numbers = 0;
    qsizetype answers = 0;
    for (const SourceLine &line : m_lines) {
        const QuestionNumber number = questionNumber(line.text.left(200));
        numbers += number.style != NumberStyle::None && number.style != NumberStyle::Space
            && number.style != NumberStyle::Circle;
        answers += findMarkedOptions(line.text.left(200), 0).size() > 0;
    }
    m_numbered = numbers >= 2 || (numbers == 1 && answers <= 1);
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        takeLine(i);
    }
    settleMarks();
    for (TypedQuestion &question : m_questions) {
        finish(question);
    }
}

} // namespace

void readQuestionLines(const QString &file, const QList<SourceLine> &lines, ImportedFile &out)
{
    LineReader(file, lines, out).read();
}

} // namespace qingfeng
