#include "question_bank/formats/gift.h"

#include "question_bank/formats/question_tags.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/source_text.h"
#include "question_bank/formats/weighted_answers.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {
namespace {

// Escaped characters, kept apart as noncharacters of Unicode until the structure is understood.
constexpr char16_t firstEscape = 0xfdd0;
const QString escapable = QStringLiteral(":#={}~\\\n");

QString hideEscapes(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.unicode() >= 0xfdd0 && c.unicode() <= 0xfdef) {
            continue;
        }
        if (c == QLatin1Char('\\') && i + 1 < text.size()) {
            const QChar next = text.at(i + 1) == QLatin1Char('n') ? QChar(u'\n') : text.at(i + 1);
            const qsizetype known = text.at(i + 1) == QLatin1Char('\n') ? -1 : escapable.indexOf(next);
            if (known >= 0) {
                out += QChar(ushort(firstEscape + known));
                ++i;
                continue;
            }
        }
        out += c;
    }
    return out;
}

QString showEscapes(const QString &text)
{
    QString out = text;
    for (QChar &c : out) {
        const int known = c.unicode() - firstEscape;
        if (known >= 0 && known < escapable.size()) {
            c = escapable.at(known);
        }
    }
    return out;
}

/** Lines that belong together, and the comments among them. */
struct Block
{
    QStringList lines;
    QStringList comments;
    qint64 row = 0;
};

/** Difference of braces that are not escaped. */
int openBraces(const QString &line)
{
    int open = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line.at(i) == QLatin1Char('\\')) {
            ++i;
        } else if (line.at(i) == QLatin1Char('{')) {
            ++open;
        } else if (line.at(i) == QLatin1Char('}')) {
            --open;
        }
    }
    return open;
}

/** Cuts a file into its questions and category lines. */
class Cutter
{
public:
    explicit Cutter(const QString &text)
        : m_lines(text.split(QLatin1Char('\n')))
    {
        // For each line whether the next brace, from here on, closes: then an empty line is inside an answer.
        m_closesNext.fill(false, m_lines.size() + 1);
        for (qsizetype i = m_lines.size() - 1; i >= 0; --i) {
            m_closesNext[i] = m_closesNext.at(i + 1);
            const QString &line = m_lines.at(i);
            for (qsizetype at = 0; at < line.size(); ++at) {
                if (line.at(at) == QLatin1Char('\\')) {
                    ++at;
                } else if (line.at(at) == QLatin1Char('{') || line.at(at) == QLatin1Char('}')) {
                    m_closesNext[i] = line.at(at) == QLatin1Char('}');
                    break;
                }
            }
        }
    }

    QList<Block> run()
    {
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            const QString &line = m_lines.at(i);
            const QString trimmed = line.trimmed();
            if (trimmed.isEmpty()) {
                if (m_open <= 0 || !m_closesNext.at(i)) {
                    end();
                } else {
                    m_block.lines.append(QString());
                }
                continue;
            }
            if (trimmed.startsWith(QLatin1String("//"))) {
                begin(i);
                m_block.comments.append(trimmed.mid(2));
                continue;
            }
            if (trimmed.startsWith(QLatin1String("$CATEGORY:"))) {
                end();
                begin(i);
                m_block.row = i + 1;
                m_block.lines.append(trimmed);
                end();
                continue;
            }
            if (trimmed.startsWith(QLatin1String("::")) && m_open <= 0 && !m_block.lines.isEmpty()) {
                end();
            }
            begin(i);
            if (m_block.lines.isEmpty()) {
                m_block.row = i + 1;
            }
            m_block.lines.append(line);
            m_open += openBraces(line);
        }
        end();
        return std::move(m_blocks);
    }

private:
    void begin(qsizetype line)
    {
        if (m_block.row == 0) {
            m_block.row = line + 1;
        }
    }

    void end()
    {
        if (!m_block.lines.isEmpty()) {
            m_blocks.append(m_block);
        }
        m_block = {};
        m_open = 0;
    }

    const QStringList m_lines;
    QList<bool> m_closesNext;
    QList<Block> m_blocks;
    Block m_block;
    int m_open = 0;
};

QStringList categoryPath(const QString &text)
{
    static const QRegularExpression root(QStringLiteral("^\\$[A-Za-z0-9_]+\\$$"));
    QString path = text;
    path.replace(QStringLiteral("//"), QStringLiteral("\ufdef"));
    QStringList steps;
    for (QString step : path.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        step = step.replace(QChar(0xfdef), QLatin1Char('/')).trimmed();
        const bool top = steps.isEmpty() && step.compare(QLatin1String("top"), Qt::CaseInsensitive) == 0;
        if (!step.isEmpty() && !top && !root.match(step).hasMatch()) {
            steps.append(step);
        }
    }
    return steps;
}

class Reader
{
public:
    Reader(const QString &fileName, ImportedFile &out)
        : m_fileName(fileName)
        , m_out(out)
    {
    }

    void read(const Block &block)
    {
        const QString text = hideEscapes(block.lines.join(QLatin1Char('\n'))).trimmed();
        if (text.startsWith(QLatin1String("$CATEGORY:"))) {
            m_category = categoryPath(showEscapes(text.mid(10)).trimmed());
            return;
        }
        m_imported = {};
        m_imported.file = m_fileName;
        m_imported.row = block.row;
        m_imported.category = m_category;
        m_format = QStringLiteral("moodle");
        m_notes.clear();
        const QString problem = readQuestion(text);
        if (!problem.isEmpty()) {
            m_out.rejected.append({m_fileName, block.row, {}, problem});
            return;
        }
        readComments(block);
        for (const QString &note : std::as_const(m_notes)) {
            m_out.warnings.append({m_fileName, block.row, {}, note});
        }
        m_out.questions.append(m_imported);
    }

private:
    QuestionVersion &question() { return m_imported.question; }

    /** Why it is none of ours; empty when it is. */
    QString readQuestion(QString text)
    {
        QString title;
        if (text.startsWith(QLatin1String("::"))) {
            const qsizetype end = text.indexOf(QLatin1String("::"), 2);
            if (end > 0) {
                title = showEscapes(text.mid(2, end - 2)).trimmed();
                text = text.mid(end + 2).trimmed();
            }
        }
        static const QRegularExpression ourId(QStringLiteral("^P\\d{2}-R\\d{2,3}-\\d{2,4}$"));
        if (ourId.match(title).hasMatch()) {
            question().id = title;
        }

        QStringList around; // text before, between and after the answers
        QStringList answers;
        qsizetype at = 0;
        for (;;) {
            const qsizetype begin = text.indexOf(QLatin1Char('{'), at);
            const qsizetype stray = text.indexOf(QLatin1Char('}'), at);
            if (begin < 0) {
                if (stray >= 0) {
                    return QStringLiteral("多了一个 }，或缺了 {（作文字用的括号写成 \\{ \\}）");
                }
                around.append(text.mid(at));
                break;
            }
            const qsizetype end = text.indexOf(QLatin1Char('}'), begin);
            if (end < 0) {
                return QStringLiteral("缺了结束答案的 }");
            }
            if (stray >= 0 && stray < begin) {
                return QStringLiteral("多了一个 }，或缺了 {");
            }
            around.append(text.mid(at, begin - at));
            answers.append(text.mid(begin + 1, end - begin - 1).trimmed());
            at = end + 1;
        }
        if (answers.isEmpty()) {
            return QStringLiteral("没有答案部分 { }：说明文字（description）不是题目");
        }
        takeFormat(around.first());
        if (answers.size() > 1) {
            return readBlanks(around, answers);
        }
        const qsizetype general = answers.first().lastIndexOf(QLatin1String("####"));
        if (general >= 0) {
            QString feedback = answers.first().mid(general + 4).trimmed();
            question().explanation = splitExplanation(plain(feedback));
            answers.first() = answers.first().left(general).trimmed();
        }
        return readAnswer(around.first(), around.last(), answers.first(), title);
    }

    QString readAnswer(
        const QString &before, const QString &after, const QString &answer, const QString &title)
    {
        const bool missingWord = !after.trimmed().isEmpty();
        QString stemSource = missingWord ? before + QStringLiteral("____") + after : before;
        const bool keepEnd
            = !missingWord && stemSource.endsWith(QLatin1Char(' ')) && !stemSource.endsWith(u"  ");
        question().stem = stem(stemSource);
        if (question().stem.isEmpty()) {
            question().stem = title;
        }
        if (question().stem.isEmpty() && question().picture.media.isEmpty()) {
            return QStringLiteral("没有题干");
        }
        if (answer.isEmpty()) {
            return QStringLiteral("问答题（essay）不能自动评分，不导入");
        }
        if (answer.startsWith(QLatin1Char('#'))) {
            return readNumber(answer.mid(1));
        }
        if (answer.startsWith(QLatin1Char('>'))) {
            return readOrder(answer);
        }
        if (answer.contains(QLatin1Char('~'))) {
            return readChoices(answer);
        }
        if (answer.contains(QLatin1Char('=')) && answer.contains(QLatin1String("->"))) {
            return readPairs(answer);
        }
        const QString word = answer.left(
            answer.indexOf(QLatin1Char('#')) < 0 ? answer.size() : answer.indexOf(QLatin1Char('#')));
        if (const auto truth = truthOf(word)) {
            question().type = QuestionType::TrueFalse;
            question().choices = trueFalseChoices();
            question().answer = {*truth ? QStringLiteral("true") : QStringLiteral("false")};
            // TRUE#why wrong#why right
            const QStringList feedback = answer.split(QLatin1Char('#'));
            QList<WeightedAnswer> both;
            both.append(
                {*truth ? QStringLiteral("错误") : QStringLiteral("正确"), {}, 0, plain(feedback.value(1))});
            both.append({{}, {}, 100, plain(feedback.value(2))});
            addAnswerFeedback(question().explanation, both);
            return {};
        }
        const QList<WeightedAnswer> wordings = weighted(answer, QLatin1Char('='), 100);
        addAnswerFeedback(question().explanation, wordings);
        const QString text = question().stem + (keepEnd ? QStringLiteral(" ") : QString());
        return settleBlank(
            question(), blankIn(text) ? question().stem : text, acceptedWordings(wordings, m_notes));
    }

    static bool blankIn(const QString &text) { return text.contains(QStringLiteral("__")); }

    /** Several answers in one text: the blanks of one fill-in, if all of them are wordings. */
    QString readBlanks(const QStringList &around, const QStringList &answers)
    {
        QString text = around.first();
        question().type = QuestionType::FillIn;
        for (qsizetype i = 0; i < answers.size(); ++i) {
            QString answer = answers.at(i);
            const qsizetype general = answer.lastIndexOf(QLatin1String("####"));
            if (general >= 0) {
                question().explanation = splitExplanation(plain(answer.mid(general + 4)));
                answer = answer.left(general).trimmed();
            }
            if (!answer.startsWith(QLatin1Char('=')) || answer.contains(QLatin1Char('~'))
                || answer.contains(QLatin1String("->"))) {
                return QStringLiteral("一道题里有 %1 处答案，题目之间要空一行").arg(answers.size());
            }
            const QStringList accepted = acceptedWordings(weighted(answer, QLatin1Char('='), 100), m_notes);
            if (accepted.isEmpty()) {
                return QStringLiteral("第 %1 空没有得满分的固定答案").arg(i + 1);
            }
            question().blanks.append({QString::number(i + 1), accepted});
            text += QStringLiteral("____") + around.at(i + 1);
        }
        question().stem = stem(text);
        return {};
    }

    QString readNumber(QString answer)
    {
        const qsizetype wrong = answer.indexOf(QLatin1Char('~'));
        answer = answer.left(wrong).trimmed();
        QList<WeightedAnswer> numbers = weighted(answer, QLatin1Char('='), 100);
        for (WeightedAnswer &number : numbers) {
            if (number.percent < 99.99) {
                continue; // what earns less is not taken in any case
            }
            QString value;
            if (const qsizetype dots = number.text.indexOf(QLatin1String("..")); dots > 0) {
                const QString low = number.text.left(dots).trimmed();
                value = low == number.text.mid(dots + 2).trimmed() ? exactNumber(low, {}) : QString();
            } else {
                const qsizetype colon = number.text.indexOf(QLatin1Char(':'));
                value = colon < 0 ? exactNumber(number.text, {})
                                  : exactNumber(number.text.left(colon), number.text.mid(colon + 1));
            }
            if (value.isEmpty()) {
                return QStringLiteral("数值题（numerical）的答案“%1”是范围或不是数，填空题只认确定的答案")
                    .arg(number.text.left(40));
            }
            number.text = value;
        }
        addAnswerFeedback(question().explanation, numbers);
        return settleBlank(question(), question().stem, acceptedWordings(numbers, m_notes));
    }

    QString readOrder(const QString &answer)
    {
        // {>4 ALL VERTICAL ABSOLUTE_POSITION SHOW: the words of the plugin's settings, then an item a line.
        QStringList lines = answer.mid(1).split(QLatin1Char('\n'));
        static const QRegularExpression settings(QStringLiteral("^[\\sA-Z0-9_]*$"));
        if (lines.size() > 1 && settings.match(lines.first()).hasMatch()) {
            lines.removeFirst();
        }
        QList<Choice> items;
        for (const QString &line : std::as_const(lines)) {
            if (!line.trimmed().isEmpty()) {
                items.append(Choice{{}, {}, false, {}});
                items.last().text = choiceText(line.trimmed(), items.last().picture);
            }
        }
        return settleOrder(question(), items);
    }

    QString readChoices(const QString &answer)
    {
        QString marked = answer;
        marked.replace(QLatin1Char('='), QStringLiteral("~="));
        const bool oneOnly = answer.contains(QLatin1Char('='));
        QList<WeightedAnswer> answers = weighted(marked, QLatin1Char('~'), 0);
        if (oneOnly) {
            // "~=" came from "=", with full marks whatever the weight.
            for (WeightedAnswer &each : answers) {
                if (each.text.isEmpty() && each.picture.media.isEmpty() && each.percent == 0) {
                    return QStringLiteral("有一个选项是空的（作文字用的 = 和 ~ 写成 \\= \\~）");
                }
            }
        }
        addAnswerFeedback(question().explanation, answers);
        return settleChoices(question(), answers, oneOnly, m_notes);
    }

    QString readPairs(const QString &answer)
    {
        QList<QPair<Choice, QString>> pairs;
        for (const QString &each : answer.split(QLatin1Char('='))) {
            if (each.trimmed().isEmpty()) {
                continue;
            }
            const qsizetype arrow = each.indexOf(QLatin1String("->"));
            if (arrow < 0) {
                return QStringLiteral("连线题的“%1”没有 ->").arg(showEscapes(each.trimmed()).left(40));
            }
            Choice left;
            left.text = choiceText(each.left(arrow).trimmed(), left.picture);
            pairs.append({left, plain(each.mid(arrow + 2).trimmed())});
        }
        return settlePairs(question(), pairs);
    }

    /** Splits at @p mark; "%50%" gives a weight, "=" full marks, "#" a feedback. */
    QList<WeightedAnswer> weighted(const QString &text, QLatin1Char mark, double otherwise)
    {
        static const QRegularExpression weight(QStringLiteral("^%\\s*(-?[0-9]{1,3}(?:[.,][0-9]*)?)\\s*%"));
        QList<WeightedAnswer> answers;
        bool first = true;
        for (const QString &piece : text.split(mark)) {
            QString each = piece.trimmed();
            const bool leading = first;
            first = false;
            if (each.isEmpty() && leading) {
                continue;
            }
            WeightedAnswer answer;
            answer.percent = otherwise;
            if (each.startsWith(QLatin1Char('='))) {
                answer.percent = 100;
                each = each.mid(1).trimmed();
            }
            if (const auto match = weight.match(each); match.hasMatch()) {
                answer.percent = match.captured(1).replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
                each = each.mid(match.capturedEnd()).trimmed();
            }
            const qsizetype hash = each.indexOf(QLatin1Char('#'));
            if (hash >= 0) {
                answer.feedback = plain(each.mid(hash + 1).trimmed());
                each = each.left(hash).trimmed();
            }
            answer.text = choiceText(each, answer.picture);
            answers.append(answer);
        }
        return answers;
    }

    void takeFormat(QString &text)
    {
        const QString format = formatOf(text.trimmed());
        if (!format.isEmpty()) {
            // A space before the answers belongs to the sentence.
            text = text.mid(text.indexOf(QLatin1Char(']')) + 1);
            m_format = format;
        }
    }

    static QString formatOf(const QString &text)
    {
        for (const char *name : {"html", "moodle", "plain", "markdown"}) {
            if (text.startsWith(QLatin1Char('[') + QLatin1String(name) + QLatin1Char(']'))) {
                return QString::fromLatin1(name);
            }
        }
        return {};
    }

    ReducedText reduce(const QString &source)
    {
        QString text = source;
        QString format = formatOf(text.trimmed());
        if (format.isEmpty()) {
            format = m_format;
        } else {
            text = text.trimmed().mid(format.size() + 2);
        }
        text = showEscapes(text);
        static const QRegularExpression markup(QStringLiteral("<[A-Za-z!/]|&[#A-Za-z0-9]{2,8};"));
        if (format == QLatin1String("plain")
            || (format != QLatin1String("html") && !markup.match(text).hasMatch())) {
            ReducedText result;
            result.text = text.trimmed();
            if (format == QLatin1String("markdown")) {
                result = reduceMarkdown(result.text);
            }
            return result;
        }
        if (format != QLatin1String("html")) {
            text.replace(QLatin1Char('\n'), QStringLiteral("<br>"));
        }
        return reduceHtml(text);
    }

    static ReducedText reduceMarkdown(const QString &text)
    {
        static const QRegularExpression image(
            QStringLiteral("!\\[([^\\]\\n]{0,200})\\]\\(([^)\\s]{1,4000})\\)"));
        static const QRegularExpression emphasis(
            QStringLiteral("\\*\\*([^*\\n]{1,500})\\*\\*|`([^`\\n]{1,500})`"));
        ReducedText result;
        for (auto it = image.globalMatch(text); it.hasNext();) {
            const auto match = it.next();
            result.images.append({match.captured(2), match.captured(1)});
        }
        result.text = text;
        result.text.remove(image);
        result.text.replace(emphasis, QStringLiteral("\\1\\2"));
        result.text = result.text.trimmed();
        return result;
    }

    QString stem(const QString &source)
    {
        const ReducedText text = reduce(source);
        noteLosses(text);
        question().picture = picture(text);
        return text.text;
    }

    QString choiceText(const QString &source, Picture &shown)
    {
        const ReducedText text = reduce(source);
        noteLosses(text);
        shown = picture(text);
        return text.text;
    }

    QString plain(const QString &source)
    {
        const ReducedText text = reduce(source);
        noteLosses(text);
        if (!text.images.isEmpty()) {
            m_notes.append(QStringLiteral("反馈或右项中的图片未导入"));
        }
        return text.text;
    }

    void noteLosses(const ReducedText &text)
    {
        const QString words = lossWords(text);
        if (!words.isEmpty() && !m_notes.contains(words)) {
            m_notes.append(words);
        }
    }

    Picture picture(const ReducedText &text)
    {
        return takePicture(
            text.images, [](const QString &) { return QByteArray(); }, m_out.media, m_notes);
    }

    void readComments(const Block &block)
    {
        static const QRegularExpression mark(QStringLiteral("\\[(id|tag):((?:\\\\\\]|[^\\]\\n])*)\\]"));
        QStringList tags;
        for (const QString &comment : block.comments) {
            for (auto it = mark.globalMatch(comment); it.hasNext();) {
                const auto match = it.next();
                const QString value
                    = match.captured(2).replace(QStringLiteral("\\]"), QStringLiteral("]")).trimmed();
                if (match.captured(1) == QLatin1String("tag")) {
                    tags.append(value);
                } else if (!value.isEmpty()) {
                    question().id = value;
                }
            }
        }
        const QStringList rest = applyTags(tags, m_imported, m_out.warnings);
        if (question().keyword.isEmpty() && !rest.isEmpty()) {
            question().keyword = rest.first();
        }
    }

    const QString m_fileName;
    ImportedFile &m_out;
    ImportedQuestion m_imported;
    QStringList m_category;
    QString m_format;
    QStringList m_notes;
};

// Writing

QString escaped(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c == QLatin1Char('\n')) {
            out += QStringLiteral("\\n");
        } else if (c != QLatin1Char('\r')) {
            if (escapable.contains(c)) {
                out += QLatin1Char('\\');
            }
            out += c;
        }
    }
    return out;
}

QString bracketed(const QString &text)
{
    QString value = text;
    value.replace(QLatin1Char('\n'), QLatin1Char(' '));
    return value.replace(QLatin1Char(']'), QStringLiteral("\\]"));
}

class Writer
{
public:
    Writer(const Media &media, ExportedFile &out)
        : m_media(media)
        , m_out(out)
    {
    }

    void write(const QuestionVersion &question)
    {
        m_id = question.id;
        QString body;
        const QString problem = writeBody(question, body);
        if (!problem.isEmpty()) {
            m_out.lost.append({question.id, 0, QStringLiteral("type"), problem});
            return;
        }
        const QString category = question.riskPoints.isEmpty() ? QString() : question.riskPoints.first();
        if (!category.isEmpty() && category != m_category) {
            m_category = category;
            m_text += QStringLiteral("$CATEGORY: $course$/top/%1/%2\n\n")
                          .arg(escaped(category.section(QLatin1Char('-'), 0, 0)), escaped(category));
        }
        m_text += QStringLiteral("// [id:%1]").arg(bracketed(question.id));
        for (const QString &tag : tagsOf(question)) {
            m_text += QStringLiteral(" [tag:%1]").arg(bracketed(tag));
        }
        m_text += QStringLiteral("\n::%1::%2\n\n").arg(escaped(question.id), body);
    }

    QByteArray bytes() const { return m_text.toUtf8(); }

private:
    QString writeBody(const QuestionVersion &question, QString &body)
    {
        const QString stem = withPicture(question.stem, question.picture, QStringLiteral("picture"));
        const QString general = joinExplanation(question.explanation);
        const QString end
            = (general.isEmpty() ? QString()
                                 : QStringLiteral("\t####[plain]") + escaped(general) + QLatin1Char('\n'))
            + QLatin1Char('}');
        body = stem;
        switch (question.type) {
        case QuestionType::Single:
        case QuestionType::Multiple:
            body += QStringLiteral("{\n");
            for (const Choice &choice : question.choices) {
                body += QLatin1Char('\t') + mark(question, choice.id)
                    + withPicture(choice.text, choice.picture, QStringLiteral("choices")) + QLatin1Char('\n');
            }
            body += end;
            return {};
        case QuestionType::TrueFalse:
            if (question.choices != trueFalseChoices()) {
                m_out.lost.append(
                    {m_id, 0, QStringLiteral("choices"), QStringLiteral("判断题的选项文字由格式规定")});
            }
            body += QStringLiteral("{%1\n").arg(question.answer.contains(QStringLiteral("true"))
                    ? QStringLiteral("TRUE")
                    : QStringLiteral("FALSE"));
            body += end;
            return {};
        case QuestionType::Order:
            body += QStringLiteral("{>%1 ALL VERTICAL ALL_OR_NOTHING\n").arg(question.answer.size());
            for (const QString &id : question.answer) {
                if (const Choice *choice = question.choice(id)) {
                    body += QLatin1Char('\t')
                        + withPicture(choice->text, choice->picture, QStringLiteral("choices"))
                        + QLatin1Char('\n');
                }
            }
            body += end;
            return {};
        case QuestionType::Match:
            return writePairs(question, end, body);
        case QuestionType::FillIn:
            return writeBlank(question, end, body);
        case QuestionType::Case:
            break;
        }
        return QStringLiteral("GIFT 没有案例分析题，未导出");
    }

    QString writePairs(const QuestionVersion &question, const QString &end, QString &body)
    {
        QStringList used;
        const auto textOf = [&](const QString &id) {
            for (const Choice &target : question.targets) {
                if (target.id == id) {
                    return target.text;
                }
            }
            return QString();
        };
        body += QStringLiteral("{\n");
        for (const Choice &choice : question.choices) {
            const QString target = question.pairs.value(choice.id);
            used.append(target);
            if (choice.text.contains(QLatin1String("->"))) {
                return QStringLiteral("GIFT 的左项不能含 ->，未导出");
            }
            body += QStringLiteral("\t=%1 -> %2\n")
                        .arg(withPicture(choice.text, choice.picture, QStringLiteral("choices")),
                            escaped(textOf(target)));
        }
        for (const Choice &target : question.targets) {
            if (!target.picture.media.isEmpty()) {
                return QStringLiteral("GIFT 的右项不能有图片，未导出");
            }
            if (!used.contains(target.id)) {
                body += QStringLiteral("\t= -> %1\n").arg(escaped(target.text));
            }
        }
        body += end;
        return {};
    }

    QString writeBlank(const QuestionVersion &question, const QString &end, QString &body)
    {
        if (question.blanks.size() != 1) {
            return QStringLiteral("GIFT 的填空题只有一个空，未导出");
        }
        QString answers = QStringLiteral("{\n");
        for (const QString &wording : question.blanks.first().accepted) {
            QString text = wording;
            answers += QStringLiteral("\t=%100%")
                + escaped(text.replace(QLatin1Char('*'), QStringLiteral("\\*"))) + QLatin1Char('\n');
        }
        answers += end;
        const QString place = QStringLiteral("____");
        if (body.count(place) != 1) {
            return QStringLiteral("题干没有标出唯一的空，未导出");
        }
        body.replace(place, answers);
        return {};
    }

    static QString mark(const QuestionVersion &question, const QString &choice)
    {
        const bool right = question.answer.contains(choice);
        if (question.type == QuestionType::Single) {
            return right ? QStringLiteral("=") : QStringLiteral("~");
        }
        return right
            ? QStringLiteral("~%%1%").arg(QString::number(100.0 / double(question.answer.size()), 'g', 7))
            : QStringLiteral("~%-100%");
    }

    /** Plain text as it is; what has a picture, or reads as markup, says its format. */
    QString withPicture(const QString &text, const Picture &picture, const QString &field)
    {
        const QByteArray bytes = picture.media.isEmpty() ? QByteArray() : m_media.value(picture.media);
        if (bytes.isEmpty()) {
            if (!picture.media.isEmpty()) {
                m_out.lost.append({m_id, 0, field, QStringLiteral("题库里没有这幅图片：") + picture.media});
            }
            return QStringLiteral("[plain]") + escaped(text);
        }
        return QStringLiteral("[html]")
            + escaped(toHtml(text)
                + QStringLiteral("<img src=\"%1\" alt=\"%2\">")
                      .arg(dataUrl(picture.media, bytes), picture.alt.toHtmlEscaped()));
    }

    const Media &m_media;
    ExportedFile &m_out;
    QString m_id;
    QString m_category;
    QString m_text;
};

} // namespace

ImportedFile readGift(const QByteArray &bytes, const QString &fileName, const ImportOptions &)
{
    ImportedFile out;
    const QString text = decodeImportText(bytes);
    Reader reader(fileName, out);
    for (const Block &block : Cutter(text).run()) {
        reader.read(block);
    }
    return out;
}

Result<ExportedFile> writeGift(const QuestionBank &bank)
{
    ExportedFile out;
    Writer writer(bank.media(), out);
    for (const QuestionVersion &question : bank.questions()) {
        if (bank.latest(question.id) == &question) {
            writer.write(question);
        }
    }
    out.bytes = writer.bytes();
    return out;
}

} // namespace qingfeng
