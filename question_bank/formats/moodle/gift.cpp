#include "question_bank/formats/moodle/gift.h"

#include "question_bank/formats/html_text.h"
#include "question_bank/formats/moodle/gift_blocks.h"
#include "question_bank/formats/question_tags.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/source_text.h"
#include "question_bank/formats/weighted_answers.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {
namespace {

class Reader
{
public:
    Reader(const QString &fileName, ImportedFile &out)
        : m_fileName(fileName)
        , m_out(out)
    {
    }

    void read(const GiftBlock &block)
    {
        const QString text = hideEscapes(block.lines.join(QLatin1Char('\n'))).trimmed();
        if (text.startsWith(QLatin1String("$CATEGORY:"))) {
            m_category = giftCategory(showEscapes(text.mid(10)).trimmed());
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
        if (question().stem.isEmpty() && question().picture->media.isEmpty()) {
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
                if (each.text.isEmpty() && each.picture->media.isEmpty() && each.percent == 0) {
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

    QString choiceText(const QString &source, Rare<Picture> &shown)
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

    void readComments(const GiftBlock &block)
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

} // namespace

ImportedFile readGift(const QByteArray &bytes, const QString &fileName, const ImportOptions &)
{
    ImportedFile out;
    const QString text = decodeImportText(bytes);
    Reader reader(fileName, out);
    for (const GiftBlock &block : giftBlocks(text)) {
        reader.read(block);
    }
    return out;
}

} // namespace qingfeng
