#include "question_bank/formats/qti_item.h"

#include "question_bank/formats/answer_fields.h"
#include "question_bank/formats/html_text.h"
#include "question_bank/formats/question_text.h"

#include <algorithm>

#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

bool isInteraction(const XmlNode &node)
{
    return node.name.endsWith(QLatin1String("Interaction"));
}

qsizetype interactionsIn(const XmlNode &node)
{
    if (isInteraction(node)) {
        return 1;
    }
    qsizetype count = 0;
    for (const XmlNode &child : node.children) {
        count += interactionsIn(child);
    }
    return count;
}

bool isTrue(const QString &value)
{
    return value.trimmed() == QLatin1String("true") || value.trimmed() == QLatin1String("1");
}

struct Declaration
{
    bool single = true;
    QStringList correct; ///< in order
    QList<QPair<QString, double>> mapped;

    /** What is right: as stated, else what earns something; of one answer only the best. */
    QStringList right() const
    {
        if (!correct.isEmpty()) {
            return correct;
        }
        double best = 0;
        for (const auto &entry : mapped) {
            best = std::max(best, entry.second);
        }
        QStringList keys;
        for (const auto &[key, value] : mapped) {
            if (value > 0 && (!single || value >= best)) {
                keys.append(key);
            }
        }
        return single ? keys.mid(0, 1) : keys;
    }
};

/** One interaction understood: a blank, or everything of an item but what is asked. */
struct Field
{
    bool words = false;
    bool isInline = false;
    QStringList accepted;
    QuestionItem item;
};

/** Our ids for the identifiers of a source: kept when short and plain, or marked as ours by "q_"; else a, b,
 * c …. */
QHash<QString, QString> idsFor(const QStringList &identifiers, bool numbers)
{
    static const QRegularExpression plain(QStringLiteral("^(?:[a-z0-9]{1,3}|true|false)$"));
    const QSet<QString> different(identifiers.cbegin(), identifiers.cend());
    const bool ours = std::all_of(identifiers.cbegin(), identifiers.cend(),
        [](const QString &id) { return id.startsWith(QLatin1String("q_")) && id.size() > 2; });
    const bool kept = different.size() == identifiers.size()
        && (ours || std::all_of(identifiers.cbegin(), identifiers.cend(), [](const QString &id) {
               return plain.match(id).hasMatch();
           }));
    QHash<QString, QString> ids;
    for (qsizetype i = 0; i < identifiers.size(); ++i) {
        const QString &identifier = identifiers.at(i);
        ids.insert(identifier,
            !kept      ? numbers ? QString::number(i + 1) : letterId(i)
                     : ours ? identifier.mid(2)
                       : identifier);
    }
    return ids;
}

class ItemReader
{
public:
    /** @param find  bytes of a file named relative to the item; empty when there is none */
    ItemReader(const XmlNode &root, ImportedQuestion &imported, Media &media, QStringList &notes,
        const std::function<QByteArray(const QString &)> &find)
        : m_root(root)
        , m_question(imported.question)
        , m_media(media)
        , m_notes(notes)
        , m_find(find)
    {
    }

    /** Why it is none of ours; empty when it is. */
    QString read()
    {
        m_question.id = m_root.attribute(QStringLiteral("identifier")).trimmed();
        if (isTrue(m_root.attribute(QStringLiteral("adaptive")))) {
            return QStringLiteral("自适应题（adaptive）没有对应，不导入");
        }
        if (m_root.child(u"templateDeclaration")) {
            return QStringLiteral("模板题（templateDeclaration）的内容随变量而变，不导入");
        }
        readDeclarations();
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

    void readDeclarations()
    {
        for (const XmlNode *node : m_root.all(u"responseDeclaration")) {
            Declaration declaration;
            declaration.single = node->attribute(QStringLiteral("cardinality"), QStringLiteral("single"))
                == QLatin1String("single");
            if (const XmlNode *correct = node->child(u"correctResponse")) {
                for (const XmlNode *value : correct->all(u"value")) {
                    declaration.correct.append(value->allText().simplified());
                }
            }
            if (const XmlNode *mapping = node->child(u"mapping")) {
                for (const XmlNode *entry : mapping->all(u"mapEntry")) {
                    declaration.mapped.append({entry->attribute(QStringLiteral("mapKey")).simplified(),
                        entry->attribute(QStringLiteral("mappedValue")).toDouble()});
                }
            }
            m_declarations.insert(node->attribute(QStringLiteral("identifier")), declaration);
        }
    }

    void readFeedback()
    {
        QStringList texts;
        for (const XmlNode *node : m_root.all(u"modalFeedback")) {
            const QString text = reduced(node->innerMarkup()).text;
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
                note(QStringLiteral("不认识评分模板 %1，以声明的正确答案为准").arg(name.left(80)));
            }
            return;
        }
        QList<const XmlNode *> matches;
        findAll(*processing, QStringLiteral("match"), matches);
        findAll(*processing, QStringLiteral("mapResponse"), matches);
        findAll(*processing, QStringLiteral("stringMatch"), matches);
        if (matches.isEmpty() && !processing->children.isEmpty()) {
            note(QStringLiteral("评分规则是自定义的，以声明的正确答案为准"));
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
            QList<Field> none;
            QString problem;
            writeHtml(*node, html, none, problem);
        }
        const ReducedText text = reduced(html);
        m_question.stem = text.text;
        m_question.picture = picture(text);
    }

    /** Reads one item: the text of @p before and @p node, with one interaction or several blanks inside. */
    QString readGroup(const QList<const XmlNode *> &before, const XmlNode &node, QuestionItem &item)
    {
        QString html;
        QList<Field> fields;
        QString problem;
        for (const XmlNode *each : before) {
            writeHtml(*each, html, fields, problem);
        }
        writeHtml(node, html, fields, problem);
        if (!problem.isEmpty()) {
            return problem;
        }
        const ReducedText text = reduced(html);
        QString stem = text.text;
        const Picture shown = picture(text);
        const bool words
            = std::all_of(fields.cbegin(), fields.cend(), [](const Field &field) { return field.words; });
        if (words) {
            item.type = QuestionType::FillIn;
            item.stem = stem.replace(QChar(fieldMark), QStringLiteral("____"));
            item.picture = shown;
            for (const Field &field : std::as_const(fields)) {
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
    void writeHtml(const XmlNode &node, QString &html, QList<Field> &fields, QString &problem)
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
            Field field;
            const QString why = readInteraction(node, field);
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

    QString readInteraction(const XmlNode &node, Field &field)
    {
        const QString identifier = node.attribute(QStringLiteral("responseIdentifier"));
        const auto declared = m_declarations.constFind(identifier);
        if (declared == m_declarations.constEnd()) {
            return QStringLiteral("作答变量“%1”没有声明").arg(identifier.left(40));
        }
        field.isInline = node.name == QLatin1String("textEntryInteraction")
            || node.name == QLatin1String("inlineChoiceInteraction");
        if (node.name == QLatin1String("textEntryInteraction")) {
            return readWords(*declared, field);
        }
        if (node.name == QLatin1String("choiceInteraction")) {
            return readChoices(node, QStringLiteral("simpleChoice"), *declared, field.item);
        }
        if (node.name == QLatin1String("inlineChoiceInteraction")) {
            return readChoices(node, QStringLiteral("inlineChoice"), *declared, field.item);
        }
        if (node.name == QLatin1String("orderInteraction")) {
            return readOrder(node, *declared, field.item);
        }
        if (node.name == QLatin1String("matchInteraction")) {
            return readPairs(node, *declared, field.item);
        }
        return node.name == QLatin1String("extendedTextInteraction")
            ? QStringLiteral("问答题（extendedTextInteraction）不能自动评分，不导入")
            : QStringLiteral("作答方式 %1 没有对应，不导入").arg(node.name.left(60));
    }

    QString readWords(const Declaration &declaration, Field &field)
    {
        field.words = true;
        double full = 0;
        for (const auto &entry : declaration.mapped) {
            full = std::max(full, entry.second);
        }
        const auto accept = [&](const QString &word) {
            if (!word.isEmpty() && !field.accepted.contains(word)) {
                field.accepted.append(word);
            }
        };
        for (const QString &word : declaration.correct) {
            accept(word);
        }
        for (const auto &[word, value] : declaration.mapped) {
            if (value > 0 && value >= full) {
                accept(word);
            } else if (value > 0) {
                note(QStringLiteral("答案“%1”只得部分分，未采用").arg(word.left(40)));
            }
        }
        return field.accepted.isEmpty() ? QStringLiteral("有一空没有正确答案（correctResponse 或 mapping）")
                                        : QString();
    }

    QList<Choice> readChoiceList(
        const QList<const XmlNode *> &nodes, bool shuffled, bool numbers, QHash<QString, QString> &ids)
    {
        QStringList identifiers;
        for (const XmlNode *node : nodes) {
            identifiers.append(node->attribute(QStringLiteral("identifier")));
        }
        ids = idsFor(identifiers, numbers);
        QList<Choice> choices;
        for (const XmlNode *node : nodes) {
            XmlNode content = *node;
            content.children.removeIf([](const XmlNode &child) {
                return child.name == QLatin1String("feedbackInline")
                    || child.name == QLatin1String("feedbackBlock");
            });
            QList<const XmlNode *> feedback;
            findAll(*node, QStringLiteral("feedbackInline"), feedback);
            const ReducedText text = reduced(content.innerMarkup());
            for (const XmlNode *each : std::as_const(feedback)) {
                addAnswerFeedback(
                    m_question.explanation, {{text.text, {}, 0, reduced(each->innerMarkup()).text}});
            }
            Choice choice;
            choice.id = ids.value(node->attribute(QStringLiteral("identifier")));
            choice.text = text.text;
            choice.picture = picture(text);
            choice.pinned = shuffled && isTrue(node->attribute(QStringLiteral("fixed")));
            choices.append(choice);
        }
        return choices;
    }

    static QString listProblem(const QList<Choice> &choices)
    {
        if (choices.size() < 2 || choices.size() > 26) {
            return QStringLiteral("有 %1 个选项，应为 2 到 26 个").arg(choices.size());
        }
        QSet<QString> ids;
        for (const Choice &choice : choices) {
            if (choice.text.isEmpty() && choice.picture->media.isEmpty()) {
                return QStringLiteral("有一个选项是空的");
            }
            ids.insert(choice.id);
        }
        return ids.size() == choices.size() ? QString() : QStringLiteral("选项的 identifier 有重复");
    }

    QString readChoices(
        const XmlNode &node, const QString &element, const Declaration &declaration, QuestionItem &item)
    {
        QHash<QString, QString> ids;
        item.choices = readChoiceList(
            node.all(element), isTrue(node.attribute(QStringLiteral("shuffle"))), false, ids);
        const QString problem = listProblem(item.choices);
        if (!problem.isEmpty()) {
            return problem;
        }
        for (const QString &key : declaration.right()) {
            if (!ids.contains(key)) {
                return QStringLiteral("正确答案“%1”不是选项").arg(key.left(40));
            }
            if (!item.answer.contains(ids.value(key))) {
                item.answer.append(ids.value(key));
            }
        }
        item.answer.sort();
        if (item.answer.isEmpty()) {
            return QStringLiteral("没有正确答案（correctResponse 或 mapping）");
        }
        item.type = item.answer.size() > 1 ? QuestionType::Multiple : QuestionType::Single;
        if (item.type == QuestionType::Single && item.choices.size() == 2
            && isTrueFalsePair(item.choices.first().text, item.choices.last().text)) {
            const bool truth = *truthOf(item.choice(item.answer.first())->text);
            item.type = QuestionType::TrueFalse;
            const bool ours = item.choices.first().id == QLatin1String("true");
            item.choices = ours ? item.choices : trueFalseChoices();
            item.answer = {truth ? QStringLiteral("true") : QStringLiteral("false")};
        }
        return {};
    }

    QString readOrder(const XmlNode &node, const Declaration &declaration, QuestionItem &item)
    {
        item.type = QuestionType::Order;
        QHash<QString, QString> ids;
        item.choices = readChoiceList(
            node.all(u"simpleChoice"), isTrue(node.attribute(QStringLiteral("shuffle"))), false, ids);
        for (const QString &key : declaration.correct) {
            item.answer.append(ids.value(key));
        }
        const QSet<QString> different(item.answer.cbegin(), item.answer.cend());
        const QString problem = listProblem(item.choices);
        if (!problem.isEmpty()) {
            return problem;
        }
        return different.size() == item.choices.size() && item.answer.size() == item.choices.size()
                && !different.contains(QString())
            ? QString()
            : QStringLiteral("排序题的正确次序没有恰好列出每个选项");
    }

    QString readPairs(const XmlNode &node, const Declaration &declaration, QuestionItem &item)
    {
        item.type = QuestionType::Match;
        const QList<const XmlNode *> sets = node.all(u"simpleMatchSet");
        if (sets.size() != 2) {
            return QStringLiteral("连线题应有两组选项，这里有 %1 组").arg(sets.size());
        }
        const bool shuffled = isTrue(node.attribute(QStringLiteral("shuffle")));
        QHash<QString, QString> left;
        QHash<QString, QString> right;
        item.choices = readChoiceList(sets.first()->all(u"simpleAssociableChoice"), shuffled, false, left);
        item.targets = readChoiceList(sets.last()->all(u"simpleAssociableChoice"), shuffled, true, right);
        for (const QList<Choice> &list : {item.choices, item.targets}) {
            const QString problem = listProblem(list);
            if (!problem.isEmpty() && !(&list != &item.choices && list.size() == 1)) {
                return problem;
            }
        }
        for (const QString &pair : declaration.right()) {
            const QString from = left.value(pair.section(QLatin1Char(' '), 0, 0));
            const QString to = right.value(pair.section(QLatin1Char(' '), 1, 1));
            if (from.isEmpty() || to.isEmpty()) {
                return QStringLiteral("正确配对“%1”不在选项里").arg(pair.left(40));
            }
            if (item.pairs.contains(from)) {
                return QStringLiteral("一个左项有几个正确的右项，连线题只能有一个");
            }
            item.pairs.insert(from, to);
        }
        return item.pairs.size() == item.choices.size() ? QString() : QStringLiteral("有左项没有正确的右项");
    }

    ReducedText reduced(const QString &html)
    {
        ReducedText text = reduceHtml(html);
        note(lossWords(text));
        return text;
    }

    Picture picture(const ReducedText &text) { return takePicture(text.images, m_find, m_media, m_notes); }

    void note(const QString &words)
    {
        if (!words.isEmpty() && !m_notes.contains(words)) {
            m_notes.append(words);
        }
    }

    const XmlNode &m_root;
    QuestionVersion &m_question;
    Media &m_media;
    QStringList &m_notes;
    const std::function<QByteArray(const QString &)> &m_find;
    QHash<QString, Declaration> m_declarations;
};

} // namespace

void findAll(const XmlNode &node, const QString &name, QList<const XmlNode *> &found)
{
    for (const XmlNode &child : node.children) {
        if (child.name == name) {
            found.append(&child);
        } else {
            findAll(child, name, found);
        }
    }
}

QString readQtiItem(const XmlNode &root, ImportedQuestion &imported, Media &media, QStringList &notes,
    const std::function<QByteArray(const QString &)> &find)
{
    return ItemReader(root, imported, media, notes, find).read();
}

} // namespace qingfeng
