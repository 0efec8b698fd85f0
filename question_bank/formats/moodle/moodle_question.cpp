#include "question_bank/formats/moodle/moodle_question.h"

#include "question_bank/formats/answer_fields.h"
#include "question_bank/formats/html_text.h"
#include "question_bank/formats/question_text.h"

#include <algorithm>

#include <QRegularExpression>
#include <QUrl>

namespace qingfeng {
namespace {

class QuestionReader
{
public:
    QuestionReader(const XmlNode &node, ImportedQuestion &imported, Media &media, QStringList &notes)
        : m_node(node)
        , m_question(imported.question)
        , m_media(media)
        , m_notes(notes)
    {
    }

    /** Why it is none of ours; empty when it is. */
    QString read()
    {
        const QString type = m_node.attribute(QStringLiteral("type")).trimmed().toLower();
        const XmlNode *name = m_node.child(u"name");
        m_title = name ? text(*name).text : QString();
        if (const XmlNode *idNumber = m_node.child(u"idnumber")) {
            m_question.id = idNumber->allText().trimmed();
        }
        if (const XmlNode *feedback = m_node.child(u"generalfeedback")) {
            m_question.explanation = splitExplanation(feedbackText(*feedback));
        }
        if (m_node.child(u"hint")) {
            m_notes.append(QStringLiteral("提示（hint）没有对应，未导入"));
        }
        if (flag(u"hidden", false)) {
            m_notes.append(QStringLiteral("这道题在原题库中已隐藏"));
        }
        const XmlNode *asked = m_node.child(u"questiontext");
        if (type == QLatin1String("cloze") || type == QLatin1String("multianswer")) {
            return asked ? readCloze(*asked) : QStringLiteral("没有题干（questiontext）");
        }
        if (type == QLatin1String("gapselect") || type == QLatin1String("ddwtos")) {
            return asked ? readGaps(*asked) : QStringLiteral("没有题干（questiontext）");
        }
        if (!known(type)) {
            return refusal(type);
        }
        if (asked) {
            m_question.stem = rich(*asked, m_question.picture);
        }
        if (m_question.stem.isEmpty()) {
            m_question.stem = m_title;
        }
        if (m_question.stem.isEmpty()) {
            return QStringLiteral("没有题干（questiontext）");
        }
        if (type == QLatin1String("matching") || type == QLatin1String("match")
            || type == QLatin1String("ddmatch")) {
            return readPairs();
        }
        if (type == QLatin1String("ordering")) {
            return readOrder();
        }
        const QList<WeightedAnswer> answers = weighted(type);
        if (!m_problem.isEmpty()) {
            return m_problem;
        }
        addAnswerFeedback(m_question.explanation, answers);
        if (type == QLatin1String("truefalse")) {
            return readTruth(answers);
        }
        if (type == QLatin1String("multichoice")) {
            const QString problem = settleChoices(m_question, answers, flag(u"single", true), m_notes);
            if (!flag(u"shuffleanswers", true)) {
                for (Choice &choice : m_question.choices) {
                    choice.pinned = true;
                }
            }
            return problem;
        }
        const QString stem = m_question.stem;
        return settleBlank(m_question, stem, acceptedWordings(answers, m_notes));
    }

private:
    static bool known(const QString &type)
    {
        static const QStringList types{QStringLiteral("multichoice"), QStringLiteral("truefalse"),
            QStringLiteral("shortanswer"), QStringLiteral("numerical"), QStringLiteral("matching"),
            QStringLiteral("match"), QStringLiteral("ddmatch"), QStringLiteral("ordering")};
        return types.contains(type);
    }

    static QString refusal(const QString &type)
    {
        static const QHash<QString, QString> reasons{
            {QStringLiteral("essay"), QStringLiteral("问答题（essay）不能自动评分，不导入")},
            {QStringLiteral("description"), QStringLiteral("说明文字（description）不是题目，不导入")},
            {QStringLiteral("random"), QStringLiteral("随机题（random）没有自己的内容，不导入")}};
        if (type.isEmpty()) {
            return QStringLiteral("没有写明题型（type）");
        }
        if (type.startsWith(QLatin1String("calculated"))) {
            return QStringLiteral("计算题（%1）的答案随变量而变，不导入").arg(type);
        }
        return reasons.value(type, QStringLiteral("题型“%1”没有对应，不导入").arg(type.left(40)));
    }

    /** Text under @p node, reduced by the format that it names. */
    ReducedText text(const XmlNode &node)
    {
        const XmlNode *inner = node.child(u"text");
        const XmlNode &holder = inner ? *inner : node;
        const bool markup = std::any_of(holder.children.cbegin(), holder.children.cend(),
            [](const XmlNode &child) { return !child.isText() && child.name != QLatin1String("feedback"); });
        QString source;
        if (inner) {
            source = markup ? holder.innerMarkup() : holder.allText();
        } else {
            for (const XmlNode &child : holder.children) {
                source += child.text;
            }
        }
        return reduce(source, node.attribute(QStringLiteral("format")));
    }

    static ReducedText reduce(const QString &source, const QString &format)
    {
        static const QRegularExpression markup(QStringLiteral("<[A-Za-z!/]|&[#A-Za-z0-9]{2,8};"));
        if (format == QLatin1String("plain_text")
            || (format != QLatin1String("html") && !markup.match(source).hasMatch())) {
            ReducedText plain;
            plain.text = source;
            plain.text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
            plain.text = plain.text.trimmed();
            return plain;
        }
        if (format == QLatin1String("html")) {
            return reduceHtml(source);
        }
        QString lines = source.trimmed();
        return reduceHtml(lines.replace(QLatin1Char('\n'), QStringLiteral("<br>")));
    }

    QString rich(const XmlNode &node, Rare<Picture> &picture)
    {
        const ReducedText reduced = text(node);
        note(lossWords(reduced));
        picture = takePicture(
            reduced.images, [&](const QString &source) { return embedded(node, source); }, m_media, m_notes);
        return reduced.text;
    }

    QString feedbackText(const XmlNode &node)
    {
        const ReducedText reduced = text(node);
        note(lossWords(reduced));
        if (!reduced.images.isEmpty()) {
            note(QStringLiteral("反馈中的图片未导入"));
        }
        return reduced.text;
    }

    void note(const QString &words)
    {
        if (!words.isEmpty() && !m_notes.contains(words)) {
            m_notes.append(words);
        }
    }

    /** The file of this name beside the text. */
    QByteArray embedded(const XmlNode &node, const QString &source)
    {
        QString name = source;
        if (name.startsWith(QLatin1String("@@PLUGINFILE@@"))) {
            name = name.mid(14);
        }
        name = QUrl::fromPercentEncoding(name.section(QLatin1Char('?'), 0, 0).toUtf8());
        for (const XmlNode *file : node.all(u"file")) {
            const QString path = file->attribute(QStringLiteral("path"), QStringLiteral("/"))
                + file->attribute(QStringLiteral("name"));
            if (path != name && path != QLatin1Char('/') + name) {
                continue;
            }
            const auto bytes = QByteArray::fromBase64Encoding(
                file->allText().simplified().remove(QLatin1Char(' ')).toLatin1(),
                QByteArray::AbortOnBase64DecodingErrors);
            if (bytes) {
                return *bytes;
            }
            m_notes.append(QStringLiteral("图片 %1 的 base64 内容已损坏").arg(name.left(80)));
        }
        return {};
    }

    bool flag(QStringView name, bool otherwise) const
    {
        const XmlNode *node = m_node.child(name);
        if (!node) {
            return otherwise;
        }
        const QString value = node->allText().trimmed().toLower();
        return value.isEmpty()
            ? otherwise
            : value == QLatin1String("1") || value == QLatin1String("true") || value == QLatin1String("yes");
    }

    QList<WeightedAnswer> weighted(const QString &type)
    {
        const bool words = type == QLatin1String("shortanswer") || type == QLatin1String("numerical");
        QList<WeightedAnswer> answers;
        for (const XmlNode *node : m_node.all(u"answer")) {
            WeightedAnswer answer;
            bool good = false;
            const QString fraction
                = node->attribute(QStringLiteral("fraction"), QStringLiteral("0")).trimmed();
            answer.percent = fraction.isEmpty() ? 0.0 : fraction.toDouble(&good);
            if ((!good && !fraction.isEmpty()) || answer.percent != answer.percent) {
                m_problem = QStringLiteral("选项的分值 fraction=“%1”不是数").arg(fraction.left(20));
                return answers;
            }
            answer.text = words ? text(*node).text : rich(*node, answer.picture);
            if (const XmlNode *feedback = node->child(u"feedback")) {
                answer.feedback = feedbackText(*feedback);
            }
            if (type == QLatin1String("numerical") && answer.percent >= 99.99) {
                const XmlNode *tolerance = node->child(u"tolerance");
                const QString exact = exactNumber(answer.text, tolerance ? tolerance->allText() : QString());
                if (exact.isEmpty()) {
                    m_problem
                        = QStringLiteral("数值题（numerical）的答案“%1”是范围或不是数，填空题只认确定的答案")
                              .arg(answer.text.left(40));
                    return answers;
                }
                answer.text = exact;
            }
            answers.append(answer);
        }
        return answers;
    }

    QString readTruth(const QList<WeightedAnswer> &answers)
    {
        m_question.type = QuestionType::TrueFalse;
        m_question.choices = trueFalseChoices();
        for (const WeightedAnswer &answer : answers) {
            const auto truth = truthOf(answer.text);
            if (truth && answer.percent > 0) {
                m_question.answer.append(*truth ? QStringLiteral("true") : QStringLiteral("false"));
            }
        }
        return m_question.answer.size() == 1 ? QString() : QStringLiteral("判断题没有唯一的正确答案");
    }

    QString readPairs()
    {
        QList<QPair<Choice, QString>> pairs;
        for (const XmlNode *node : m_node.all(u"subquestion")) {
            Choice left;
            left.text = rich(*node, left.picture);
            const XmlNode *answer = node->child(u"answer");
            Rare<Picture> lost;
            const QString right = answer ? rich(*answer, lost) : QString();
            if (!lost->media.isEmpty()) {
                note(QStringLiteral("右项的图片未导入"));
            }
            if (!right.isEmpty() || !left.text.isEmpty()) {
                pairs.append({left, right});
            }
        }
        return settlePairs(m_question, pairs);
    }

    QString readOrder()
    {
        QList<QPair<double, Choice>> ranked;
        double next = 0;
        for (const XmlNode *node : m_node.all(u"answer")) {
            bool good = false;
            const double rank = node->attribute(QStringLiteral("fraction")).toDouble(&good);
            next = good && rank == rank ? rank : next + 1;
            Choice choice;
            choice.text = rich(*node, choice.picture);
            ranked.append({next, choice});
        }
        std::stable_sort(
            ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        QList<Choice> items;
        for (const auto &each : std::as_const(ranked)) {
            items.append(each.second);
        }
        return settleOrder(m_question, items);
    }

    QString readCloze(const XmlNode &asked)
    {
        const XmlNode *inner = asked.child(u"text");
        QString source = inner ? inner->allText() : QString();
        source.remove(QChar(fieldMark));
        QList<AnswerField> fields;
        const QString problem = takeClozeFields(source, fields, m_notes);
        return problem.isEmpty() ? settle(asked, source, fields) : problem;
    }

    /** Text with [[1]] [[2]]: which choice of its group stands there. */
    QString readGaps(const XmlNode &asked)
    {
        struct Option
        {
            QString text;
            QString group;
        };
        QList<Option> options;
        for (const XmlNode &node : m_node.children) {
            if (node.name == QLatin1String("selectoption") || node.name == QLatin1String("dragbox")) {
                const XmlNode *group = node.child(u"group");
                options.append({text(node).text, group ? group->allText().trimmed() : QString()});
            }
        }
        const XmlNode *inner = asked.child(u"text");
        const QString source = inner ? inner->allText() : QString();
        static const QRegularExpression gap(QStringLiteral("\\[\\[(\\d{1,3})\\]\\]"));
        QString marked;
        qsizetype at = 0;
        QList<AnswerField> fields;
        for (auto it = gap.globalMatch(source); it.hasNext();) {
            const auto match = it.next();
            const qsizetype number = match.captured(1).toInt();
            if (number < 1 || number > options.size()) {
                return QStringLiteral("题干中的 [[%1]] 没有对应的选项").arg(number);
            }
            AnswerField field;
            field.kind = AnswerField::OneOf;
            for (qsizetype i = 0; i < options.size(); ++i) {
                if (options.at(i).group == options.at(number - 1).group) {
                    field.answers.append({options.at(i).text, {}, i == number - 1 ? 100.0 : 0.0, {}});
                }
            }
            fields.append(field);
            marked += source.mid(at, match.capturedStart() - at) + QChar(fieldMark);
            at = match.capturedEnd();
        }
        return settle(asked, marked + source.mid(at), fields);
    }

    QString settle(const XmlNode &asked, const QString &source, const QList<AnswerField> &fields)
    {
        const ReducedText reduced
            = reduce(source, asked.attribute(QStringLiteral("format"), QStringLiteral("html")));
        note(lossWords(reduced));
        m_question.picture = takePicture(
            reduced.images, [&](const QString &image) { return embedded(asked, image); }, m_media, m_notes);
        for (const AnswerField &field : fields) {
            addAnswerFeedback(m_question.explanation, field.answers);
        }
        return settleFields(m_question, reduced.text, fields, m_title, m_notes);
    }

    const XmlNode &m_node;
    QuestionVersion &m_question;
    Media &m_media;
    QStringList &m_notes;
    QString m_title;
    QString m_problem;
};

} // namespace

QString readMoodleQuestion(const XmlNode &node, ImportedQuestion &imported, Media &media, QStringList &notes)
{
    return QuestionReader(node, imported, media, notes).read();
}

} // namespace qingfeng
