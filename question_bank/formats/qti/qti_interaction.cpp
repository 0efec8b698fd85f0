#include "question_bank/formats/qti/qti_interaction.h"

#include "question_bank/formats/answer_fields.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/weighted_answers.h"

#include <algorithm>

#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

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

QString listProblem(const QList<Choice> &choices)
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

} // namespace

bool isTrueValue(const QString &value)
{
    return value.trimmed() == QLatin1String("true") || value.trimmed() == QLatin1String("1");
}

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

QtiInteractionReader::QtiInteractionReader(const XmlNode &root, Explanation &explanation, Media &media,
    QStringList &notes, const std::function<QByteArray(const QString &)> &find)
    : m_explanation(explanation)
    , m_media(media)
    , m_notes(notes)
    , m_find(find)
{
    for (const XmlNode *node : root.all(u"responseDeclaration")) {
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

/** What is right: as stated, else what earns something; of one answer only the best. */
QStringList QtiInteractionReader::Declaration::right() const
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

QString QtiInteractionReader::read(const XmlNode &node, QtiField &field)
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

QString QtiInteractionReader::readWords(const Declaration &declaration, QtiField &field)
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

QList<Choice> QtiInteractionReader::readChoiceList(
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
                m_explanation, {{text.text, {}, 0, reduced(each->innerMarkup()).text}});
        }
        Choice choice;
        choice.id = ids.value(node->attribute(QStringLiteral("identifier")));
        choice.text = text.text;
        choice.picture = picture(text);
        choice.pinned = shuffled && isTrueValue(node->attribute(QStringLiteral("fixed")));
        choices.append(choice);
    }
    return choices;
}

QString QtiInteractionReader::readChoices(
    const XmlNode &node, const QString &element, const Declaration &declaration, QuestionItem &item)
{
    QHash<QString, QString> ids;
    item.choices = readChoiceList(
        node.all(element), isTrueValue(node.attribute(QStringLiteral("shuffle"))), false, ids);
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

QString QtiInteractionReader::readOrder(const XmlNode &node, const Declaration &declaration, QuestionItem &item)
{
    item.type = QuestionType::Order;
    QHash<QString, QString> ids;
    item.choices = readChoiceList(
        node.all(u"simpleChoice"), isTrueValue(node.attribute(QStringLiteral("shuffle"))), false, ids);
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

QString QtiInteractionReader::readPairs(const XmlNode &node, const Declaration &declaration, QuestionItem &item)
{
    item.type = QuestionType::Match;
    const QList<const XmlNode *> sets = node.all(u"simpleMatchSet");
    if (sets.size() != 2) {
        return QStringLiteral("连线题应有两组选项，这里有 %1 组").arg(sets.size());
    }
    const bool shuffled = isTrueValue(node.attribute(QStringLiteral("shuffle")));
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

ReducedText QtiInteractionReader::reduced(const QString &html)
{
    ReducedText text = reduceHtml(html);
    note(lossWords(text));
    return text;
}

void QtiInteractionReader::note(const QString &words)
{
    if (!words.isEmpty() && !m_notes.contains(words)) {
        m_notes.append(words);
    }
}

} // namespace qingfeng
