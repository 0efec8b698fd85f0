#include "question_bank/formats/qti/qti_item.h"

#include "question_bank/formats/answer_fields.h"
#include "question_bank/formats/qti/qti_interaction.h"
#include "question_bank/formats/question_text.h"

#include <algorithm>

#include <QSet>

namespace qingfeng {
namespace {

class ItemReader
{
public:
    /** @param find  bytes of a file named relative to the item; empty when there is none */
    ItemReader(const XmlNode &root, ImportedQuestion &imported, Media &media, QStringList &notes,
        const std::function<QByteArray(const QString &)> &find)
        : m_root(root)
        , m_question(imported.question)
        , m_interactions(root, m_question.explanation, media, notes, find)
    {
    }

    /** Why it is none of ours; empty when it is. */
    QString read()
    {
        m_question.id = m_root.attribute(QStringLiteral("identifier")).trimmed();
        if (isTrueValue(m_root.attribute(QStringLiteral("adaptive")))) {
            return QStringLiteral("自适应题（adaptive）没有对应，不导入");
        }
        if (m_root.child(u"templateDeclaration")) {
            return QStringLiteral("模板题（templateDeclaration）的内容随变量而变，不导入");
        }
        const XmlNode *body = m_root.child(u"itemBody");
        if (!body) {
            return QStringLiteral("没有题目内容（itemBody）");
        }
        const qsizetype count = interactionsIn(*body);
        if (count == 0) {
            return QStringLiteral("没有作答部分，说明文字不是题目");
        }
        if (count > 60) {
            return QStringLiteral("作答部分有 %1 处，最多 60 处").arg(count);
        }
        readFeedback();
        const bool scene
            = std::any_of(body->children.cbegin(), body->children.cend(), [](const XmlNode &child) {
                  return child.attribute(QStringLiteral("class"))
                      .split(QLatin1Char(' '))
                      .contains(QStringLiteral("scene"));
              });
        QString problem
            = !scene && (count == 1 || onlyWords(*body)) ? readGroup({}, *body, m_question) : readCase(*body);
        checkProcessing();
        if (problem.isEmpty() && m_question.stem.isEmpty()) {
            m_question.stem = m_root.attribute(QStringLiteral("title")).trimmed();
            if (m_question.stem.isEmpty()) {
                problem = QStringLiteral("没有题干");
            }
        }
        return problem;
    }

private:
    static bool onlyWords(const XmlNode &node)
    {
        if (isInteraction(node)) {
            return node.name == QLatin1String("textEntryInteraction");
        }
        return std::all_of(node.children.cbegin(), node.children.cend(),
            [](const XmlNode &child) { return onlyWords(child); });
    }

    void readFeedback()
    {
        QStringList texts;
        for (const XmlNode *node : m_root.all(u"modalFeedback")) {
            const QString text = m_interactions.reduced(node->innerMarkup()).text;
            if (!text.isEmpty() && !texts.contains(text)) {
                texts.append(text);
            }
        }
        m_question.explanation = splitExplanation(texts.join(QLatin1Char('\n')));
    }

    void checkProcessing()
    {
        const XmlNode *processing = m_root.child(u"responseProcessing");
        if (!processing) {
            return;
        }
        const QString name = processing->attribute(QStringLiteral("template"));
        if (!name.isEmpty()) {
            if (!name.contains(QLatin1String("match_correct"))
                && !name.contains(QLatin1String("map_response"))) {
                m_interactions.note(QStringLiteral("不认识评分模板 %1，以声明的正确答案为准").arg(name.left(80)));
            }
            return;
        }
        QList<const XmlNode *> matches;
        findAll(*processing, QStringLiteral("match"), matches);
        findAll(*processing, QStringLiteral("mapResponse"), matches);
        findAll(*processing, QStringLiteral("stringMatch"), matches);
        if (matches.isEmpty() && !processing->children.isEmpty()) {
            m_interactions.note(QStringLiteral("评分规则是自定义的，以声明的正确答案为准"));
        }
    }

    /** Children that ask are parts; text before the first is the scene, text between goes to the part after
     * it. */
    QString readCase(const XmlNode &body)
    {
        const XmlNode *holder = &body;
        for (;;) {
            const XmlNode *only = nullptr;
            qsizetype asking = 0;
            for (const XmlNode &child : holder->children) {
                if (interactionsIn(child) > 0) {
                    ++asking;
                    only = &child;
                }
            }
            const bool others = std::any_of(holder->children.cbegin(), holder->children.cend(),
                [&](const XmlNode &child) { return &child != only && !child.allText().trimmed().isEmpty(); });
            if (asking != 1 || others || isInteraction(*only)) {
                break;
            }
            holder = only;
        }
        m_question.type = QuestionType::Case;
        QList<const XmlNode *> pending;
        for (const XmlNode &child : holder->children) {
            if (interactionsIn(child) == 0) {
                pending.append(&child);
                continue;
            }
            QList<const XmlNode *> before;
            if (m_question.parts.isEmpty()) {
                while (!pending.isEmpty() && bare(child) && before.isEmpty()) {
                    const XmlNode *last = pending.takeLast();
                    if (!last->allText().trimmed().isEmpty()) {
                        before.append(last);
                    }
                }
                setScene(pending);
            } else {
                before = pending;
            }
            pending.clear();
            QuestionPart part;
            part.id = QString::number(m_question.parts.size() + 1);
            const QString problem = readGroup(before, child, part);
            if (!problem.isEmpty()) {
                return QStringLiteral("第 %1 小题：%2").arg(part.id, problem);
            }
            if (part.stem.isEmpty()) {
                part.stem = QStringLiteral("（%1）").arg(part.id);
            }
            m_question.parts.append(part);
        }
        return {};
    }

    /** True for an interaction that has nothing to say what it asks. */
    bool bare(const XmlNode &node)
    {
        if (isInteraction(node)) {
            const XmlNode *prompt = node.child(u"prompt");
            return !prompt || prompt->allText().trimmed().isEmpty();
        }
        return std::all_of(node.children.cbegin(), node.children.cend(), [this](const XmlNode &child) {
            return child.isText() ? child.text.trimmed().isEmpty() : bare(child);
        });
    }

    void setScene(const QList<const XmlNode *> &nodes)
    {
        QString html;
        for (const XmlNode *node : nodes) {
            QList<QtiField> none;
            QString problem;
            writeHtml(*node, html, none, problem);
        }
        const ReducedText text = m_interactions.reduced(html);
        m_question.stem = text.text;
        m_question.picture = m_interactions.picture(text);
    }

    /** Reads one item: the text of @p before and @p node, with one interaction or several blanks inside. */
    QString readGroup(const QList<const XmlNode *> &before, const XmlNode &node, QuestionItem &item)
    {
        QString html;
        QList<QtiField> fields;
        QString problem;
        for (const XmlNode *each : before) {
            writeHtml(*each, html, fields, problem);
        }
        writeHtml(node, html, fields, problem);
        if (!problem.isEmpty()) {
            return problem;
        }
        const ReducedText text = m_interactions.reduced(html);
        QString stem = text.text;
        const Picture shown = m_interactions.picture(text);
        const bool words
            = std::all_of(fields.cbegin(), fields.cend(), [](const QtiField &field) { return field.words; });
        if (words) {
            item.type = QuestionType::FillIn;
            item.stem = stem.replace(QChar(fieldMark), QStringLiteral("____"));
            item.picture = shown;
            for (const QtiField &field : std::as_const(fields)) {
                item.blanks.append({QString::number(item.blanks.size() + 1), field.accepted});
            }
            return {};
        }
        if (fields.size() != 1) {
            return QStringLiteral("同一段里有多种作答方式");
        }
        const bool inside = fields.first().isInline && !stem.endsWith(QChar(fieldMark));
        stem.replace(QChar(fieldMark), inside ? QStringLiteral("____") : QString());
        static_cast<QuestionItem &>(item) = fields.first().item;
        item.stem = stem.trimmed();
        item.picture = shown;
        return {};
    }

    /** Markup for reduceHtml(), with fieldMark for each interaction. */
    void writeHtml(const XmlNode &node, QString &html, QList<QtiField> &fields, QString &problem)
    {
        if (node.isText()) {
            QString text = node.text;
            html += text.remove(QChar(fieldMark)).toHtmlEscaped();
            return;
        }
        if (isInteraction(node)) {
            if (const XmlNode *prompt = node.child(u"prompt")) {
                html += QStringLiteral("<p>") + prompt->innerMarkup() + QStringLiteral("</p>");
            }
            QtiField field;
            const QString why = m_interactions.read(node, field);
            problem = problem.isEmpty() ? why : problem;
            html += field.isInline ? QString(QChar(fieldMark))
                                   : QStringLiteral("<p>") + QChar(fieldMark) + QStringLiteral("</p>");
            fields.append(field);
            return;
        }
        // Instructions for markers, and what is shown only after an answer, ask nothing.
        static const QSet<QString> apart{QStringLiteral("rubricBlock"), QStringLiteral("stylesheet"),
            QStringLiteral("feedbackBlock"), QStringLiteral("feedbackInline"),
            QStringLiteral("templateBlock"), QStringLiteral("templateInline"), QStringLiteral("infoControl")};
        if (apart.contains(node.name)) {
            return;
        }
        if (node.name == QLatin1String("itemBody")) {
            for (const XmlNode &child : node.children) {
                writeHtml(child, html, fields, problem);
            }
            return;
        }
        html += QLatin1Char('<') + node.name;
        for (auto it = node.attributes.cbegin(); it != node.attributes.cend(); ++it) {
            html += QLatin1Char(' ') + it.key() + QStringLiteral("=\"") + it.value().toHtmlEscaped()
                + QLatin1Char('"');
        }
        html += QLatin1Char('>');
        for (const XmlNode &child : node.children) {
            writeHtml(child, html, fields, problem);
        }
        if (node.name != QLatin1String("br") && node.name != QLatin1String("img")) {
            html += QStringLiteral("</") + node.name + QLatin1Char('>');
        }
    }

    const XmlNode &m_root;
    QuestionVersion &m_question;
    QtiInteractionReader m_interactions;
};

} // namespace

QString readQtiItem(const XmlNode &root, ImportedQuestion &imported, Media &media, QStringList &notes,
    const std::function<QByteArray(const QString &)> &find)
{
    return ItemReader(root, imported, media, notes, find).read();
}

} // namespace qingfeng
