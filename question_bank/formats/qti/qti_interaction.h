#pragma once

#include "question_bank/formats/html_text.h"
#include "question_bank/formats/question_format.h"
#include "question_bank/formats/xml_tree.h"

#include <functional>

#include <QHash>

namespace qingfeng {

/** Whether an attribute says yes. */
bool isTrueValue(const QString &value);

bool isInteraction(const XmlNode &node);
/** How many interactions stand in @p node. */
qsizetype interactionsIn(const XmlNode &node);

/** One interaction understood: a blank, or everything of an item but what is asked. */
struct QtiField
{
    bool words = false;
    bool isInline = false;
    QStringList accepted;
    QuestionItem item;
};

/** Reads the interactions of one assessmentItem, its names as in QTI 2, by what the item declares as right. */
class QtiInteractionReader
{
public:
    /**
     * @param root         the assessmentItem
     * @param explanation  takes what is said of single choices
     * @param media        takes the pictures
     * @param notes        what was understood with a loss
     * @param find         bytes of a file named relative to the item; empty when there is none
     */
    QtiInteractionReader(const XmlNode &root, Explanation &explanation, Media &media, QStringList &notes,
        const std::function<QByteArray(const QString &)> &find);

    /** Reads one interaction into @p field. @return why it is none of ours; empty when it is */
    QString read(const XmlNode &node, QtiField &field);

    /** What the markup says, as text; a loss is noted. */
    ReducedText reduced(const QString &html);
    Picture picture(const ReducedText &text) { return takePicture(text.images, m_find, m_media, m_notes); }
    void note(const QString &words);

private:
    struct Declaration
    {
        bool single = true;
        QStringList correct; ///< in order
        QList<QPair<QString, double>> mapped;

        QStringList right() const;
    };

    QString readWords(const Declaration &declaration, QtiField &field);
    QList<Choice> readChoiceList(
        const QList<const XmlNode *> &nodes, bool shuffled, bool numbers, QHash<QString, QString> &ids);
    QString readChoices(
        const XmlNode &node, const QString &element, const Declaration &declaration, QuestionItem &item);
    QString readOrder(const XmlNode &node, const Declaration &declaration, QuestionItem &item);
    QString readPairs(const XmlNode &node, const Declaration &declaration, QuestionItem &item);

    Explanation &m_explanation;
    Media &m_media;
    QStringList &m_notes;
    const std::function<QByteArray(const QString &)> &m_find;
    QHash<QString, Declaration> m_declarations; ///< by identifier
};

} // namespace qingfeng
