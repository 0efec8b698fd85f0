#include "question_bank/formats/typed/question_lines.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/typed/bare_options.h"
#include "question_bank/formats/typed/listed_answers.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {
namespace {

constexpr qsizetype lookAhead = 6; ///< lines

enum class Target { None, Stem, Option, Answer, Explanation, Other };

class LineReader
{
public:
    LineReader(const QString &file, const QList<SourceLine> &lines, ImportedFile &out)
        : m_file(file)
        , m_lines(lines)
        , m_out(out)
        , m_answers(file, lines, m_bank, out)
    {
    }

    void read();

private:
    bool isUnnumberedStart(qsizetype index) const;
    void takeLine(qsizetype index);
    void startSection(const SourceLine &line, const SectionHeading &heading);
    bool takeNumber(const SourceLine &line, const QuestionNumber &number, qsizetype index);
    void startQuestion(const SourceLine &line, qsizetype from, int number);
    void startPart(const SourceLine &line, qsizetype from, int number);
    bool takeOptions(const SourceLine &line, qsizetype from);
    void takeContent(const SourceLine &line, qsizetype from);
    void takeLabelled(const SourceLine &line, const QList<LabelledText> &pieces);
    void takePictures(const SourceLine &line);
    void placePicture(const SourceLine &line, const Picture &picture, qsizetype option);
    void note(const SourceLine &line, const QString &reason);

    TypedItem *item();
    bool isComplete() const;

    const QString m_file;
    const QList<SourceLine> &m_lines;
    ImportedFile &m_out;
    TypedBank m_bank;
    ListedAnswers m_answers;
    Target m_target = Target::None;
    QString m_label; ///< of Target::Other
    qsizetype m_index = 0; ///< of the line being read
    bool m_bareOptions = false; ///< options of this item have no points
    bool m_inPart = false;
    bool m_caseByWord = false; ///< 案例一：, so that any number is a sub-question's
    bool m_numbered = false; ///< questions have numbers
    bool m_inAnswers = false; ///< answers gathered at the end
    QStringList m_chapters;
};

void LineReader::note(const SourceLine &line, const QString &reason)
{
    m_out.warnings.append({m_file, line.number, QString(), reason});
}

TypedItem *LineReader::item()
{
    if (m_bank.questions.isEmpty()) {
        return nullptr;
    }
    TypedQuestion &question = m_bank.questions.last();
    return m_inPart && !question.parts.isEmpty() ? &question.parts.last() : &question;
}

/** The question being gathered has what it needs, so that something new may begin. */
bool LineReader::isComplete() const
{
    if (m_bank.questions.isEmpty()) {
        return true;
    }
    const TypedQuestion &question = m_bank.questions.last();
    const TypedItem &last = m_inPart && !question.parts.isEmpty() ? question.parts.last() : question;
    return !last.draft.answer.isEmpty() || last.draft.options.size() >= 2;
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
    section.firstQuestion = m_bank.questions.size();
    if (!heading.namesType) {
        m_chapters = {section.title};
        section.category = m_chapters;
    } else {
        section.category = m_chapters + QStringList {section.title};
    }
    m_bank.sections.append(section);
    m_target = Target::None;
    m_inPart = false;
    m_caseByWord = false;
}

void LineReader::startQuestion(const SourceLine &line, qsizetype from, int number)
{
    const Section &section = m_bank.sections.last();
    TypedQuestion question;
    question.section = int(m_bank.sections.size() - 1);
    question.count = number;
    question.number = number > 0 ? QStringLiteral("第 %1 题").arg(number) : QString();
    question.firstLine = line.number;
    question.draft.type = section.heading.type;
    question.unmarkable = section.heading.unmarkable;
    QString stem = line.text.mid(from).trimmed();
    if (const QString word = takeTypeWord(stem); !word.isEmpty()) {
        question.draft.type = typeByWord(word);
        question.unmarkable = isUnmarkableWord(word) ? word : QString();
    }
    question.isCase = question.draft.type == QuestionType::Case;
    question.source.append(line.text.trimmed());
    question.lastLine = line.number;
    m_bank.byNumber[number].append(m_bank.questions.size());
    m_bank.questions.append(question);
    ++m_bank.sections.last().open;
    m_inPart = false;
    m_target = Target::Stem;
    // Options may follow in the same line: "1. 题干 A.甲 B.乙".
    static const QRegularExpression optionsInside(QStringLiteral("[\\s\\x{3000}][(（]?[AＡ]\\s*[.．、:：)）]"));
    const auto inside = optionsInside.match(stem);
    if (inside.hasMatch() && findMarkedOptions(stem.mid(inside.capturedStart()), 0).size() >= 2) {
        m_bank.questions.last().draft.stem = stem.left(inside.capturedStart()).trimmed();
        SourceLine rest {line.number, stem.mid(inside.capturedStart()), {}, {}};
        takeOptions(rest, 0);
    } else {
        m_bank.questions.last().draft.stem = stem;
    }
}

void LineReader::startPart(const SourceLine &line, qsizetype from, int number)
{
    TypedQuestion &question = m_bank.questions.last();
    TypedItem part;
    part.count = number;
    part.number = question.number + QStringLiteral("第 %1 小题").arg(question.parts.size() + 1);
    part.firstLine = line.number;
    part.lastLine = line.number;
    part.source.append(line.text.trimmed());
    QString stem = line.text.mid(from).trimmed();
    if (const auto type = typeByWord(takeTypeWord(stem))) {
        part.draft.type = type;
    }
    part.draft.stem = stem;
    question.parts.append(part);
    m_inPart = true;
    m_target = Target::Stem;
}

/** A line with a number before it: a question, a sub-question, or a numbered statement inside one. */
bool LineReader::takeNumber(const SourceLine &line, const QuestionNumber &number, qsizetype index)
{
    Section &section = m_bank.sections.last();
    const TypedQuestion *current = m_bank.questions.isEmpty() ? nullptr : &m_bank.questions.last();
    const bool inCase = current && current->isCase && current->section == int(m_bank.sections.size() - 1);
    const int last = current && current->section == int(m_bank.sections.size() - 1) ? current->count : 0;
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
        const SourceLine *following = nextLine(m_lines, index);
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
    if (!m_inPart && m_bank.questions.last().isCase && !m_bank.questions.last().parts.isEmpty()) {
        return false;
    }
    const QString text = line.text.mid(from);
    const int first = int(current->draft.options.size());
    auto spans = findMarkedOptions(text, first);
    if (spans.isEmpty() && (first > 0 ? m_bareOptions : startsBareOptions(m_lines, m_index, text))) {
        spans = findBareOptions(text, first);
        m_bareOptions = !spans.isEmpty();
    } else {
        m_bareOptions = false;
    }
    if (spans.isEmpty()) {
        spans = findSignedOptions(text);
    }
    if (spans.isEmpty()) {
        return false;
    }
    for (const OptionSpan &span : spans) {
        current->draft.options.append(text.mid(span.start, span.length));
        current->optionMarks.append(marksOn(line, from, span));
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
    Rare<Picture> *slot = &current->draft.picture;
    if (option >= 0) {
        if (current->draft.optionPictures.size() <= option) {
            current->draft.optionPictures.resize(option + 1);
        }
        slot = &current->draft.optionPictures[option];
    }
    if ((*slot)->media.isEmpty()) {
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
        appendLine(current->draft.stem, text);
        break;
    case Target::Option:
        appendLine(current->draft.options.last(), text);
        break;
    case Target::Answer:
        appendLine(current->draft.answer, text);
        break;
    case Target::Explanation:
        appendLine(m_bank.questions.last().fields[QStringLiteral("解析")], text);
        break;
    case Target::Other:
        appendLine(m_bank.questions.last().fields[m_label], text);
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
            appendLine(current->draft.answer, piece.text);
            m_bank.sections.last().open -= !m_inPart;
        } else if (piece.label == QStringLiteral("题型")) {
            const auto type = typeByWord(piece.text);
            current->draft.type = type;
            m_bank.questions.last().unmarkable = isUnmarkableWord(piece.text) ? piece.text : QString();
            m_bank.questions.last().isCase = m_bank.questions.last().isCase || (!m_inPart && type == QuestionType::Case);
            m_target = Target::Stem;
            if (!type && m_bank.questions.last().unmarkable.isEmpty() && !isAnyChoiceWord(piece.text)) {
                note(line, QStringLiteral("不认识的题型“%1”，按内容判断").arg(piece.text.left(20)));
            }
        } else {
            const bool explanation = piece.label == QStringLiteral("解析");
            m_target = explanation ? Target::Explanation : Target::Other;
            m_label = piece.label;
            appendLine(m_bank.questions.last().fields[piece.label], piece.text);
        }
    }
}

void LineReader::takeLine(qsizetype index)
{
    m_index = index;
    const SourceLine line = withNumberFirst(m_lines.at(index));
    if (line.text.trimmed().isEmpty() && line.pictures.isEmpty()) {
        return;
    }
    if (line.text.size() > maxLineText) {
        m_out.rejected.append(
            strayLine(m_file, line, QStringLiteral("一行超过 %1 字，没有读取").arg(maxLineText)));
        return;
    }
    if (isPageFurniture(line.text)) {
        note(line, QStringLiteral("是目录、页码或分隔线，没有当作题目：%1").arg(line.text.trimmed().left(60)));
        return;
    }
    if (m_inAnswers) {
        if (m_answers.take(line, index)) {
            return;
        }
        m_inAnswers = false;
    }
    if (isAnswersHeading(line.text) && !m_bank.questions.isEmpty() && m_answers.startAt(index + 1)) {
        m_inAnswers = true;
        m_answers.begin();
        return;
    }
    if (const SectionHeading heading = sectionHeading(line.text);
        heading.isHeading && (m_target != Target::Stem || isComplete() || heading.namesType)) {
        startSection(line, heading);
        return;
    }
    if (const qsizetype marker = caseMarker(line.text); marker > 0) {
        startQuestion(line, marker, 0);
        TypedQuestion &question = m_bank.questions.last();
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
    if (label == QStringLiteral("答案") && !m_bank.questions.isEmpty()) {
        // Answers of a whole section after it: "答案：1-5 ABCDA".
        const auto list = parseAnswerList(pieces.first().text);
        const bool many = list.size() > 1 || (!list.isEmpty() && item() && !item()->draft.answer.isEmpty());
        if (many) {
            m_answers.begin(m_bank.sections.last().firstQuestion);
            for (const ListedAnswer &listed : list) {
                m_answers.assign(listed, line);
            }
            m_inAnswers = true;
            return;
        }
    }
    const QuestionNumber number = questionNumber(line.text);
    SourceLine head = line; // "1. 题干 A.甲 B.乙【答案】A": the labels stand behind all of the question
    if (label.isEmpty() && pieces.size() > 1) {
        const QString &text = pieces.first().text;
        head.text = line.text.left(line.text.indexOf(text) + text.size());
    }
    bool started = label.isEmpty() && takeNumber(head, number, index);
    if (!started && label.isEmpty() && pieces.size() == 1 && isUnnumberedStart(index)
        && findMarkedOptions(line.text, 0).isEmpty()) {
        startQuestion(line, 0, 0);
        started = true;
    }
    if (started) {
        if (pieces.size() > 1) {
            item()->source.last() = line.text.trimmed();
            takeLabelled(line, pieces.mid(1));
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

void LineReader::read()
{
    qsizetype numbers = 0;
    qsizetype answers = 0;
    for (const SourceLine &line : m_lines) {
        const QuestionNumber number = questionNumber(withNumberFirst(line).text.left(200));
        numbers += number.style != NumberStyle::None && number.style != NumberStyle::Space
            && number.style != NumberStyle::Circle;
        answers += findMarkedOptions(line.text.left(200), 0).size() > 0;
    }
    m_numbered = numbers >= 2 || (numbers == 1 && answers <= 1);
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        takeLine(i);
    }
    settleTyped(m_file, m_bank, m_out);
}

} // namespace

void readQuestionLines(const QString &file, const QList<SourceLine> &lines, ImportedFile &out)
{
    LineReader(file, lines, out).read();
}

} // namespace qingfeng
