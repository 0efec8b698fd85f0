#include "question_bank/formats/qti/qti_item_writer.h"

#include "question_bank/formats/question_text.h"

#include <algorithm>

#include <QRegularExpression>
#include <QXmlStreamWriter>

namespace qingfeng {
namespace {

const QString itemNamespace = QStringLiteral("http://www.imsglobal.org/xsd/imsqti_v2p1");
const QString templates = QStringLiteral("http://www.imsglobal.org/question/qti_v2p1/rptemplates/");

/** Identifiers in QTI begin with a letter: ids that might not are marked as ours. */
class Identifiers
{
public:
    explicit Identifiers(const QList<Choice> &choices)
    {
        static const QRegularExpression plain(QStringLiteral("^(?:[a-z][a-z0-9]{0,2}|true|false)$"));
        m_prefixed = !std::all_of(choices.cbegin(), choices.cend(),
            [](const Choice &choice) { return plain.match(choice.id).hasMatch(); });
    }
    QString operator()(const QString &id) const { return m_prefixed ? QStringLiteral("q_") + id : id; }

private:
    bool m_prefixed;
};

class ItemWriter
{
public:
    ItemWriter(
        const QuestionVersion &question, const QString &identifier, const Media &media, ExportedFile &out,
        QStringList &pictures)
        : m_question(question)
        , m_identifier(identifier)
        , m_media(media)
        , m_out(out)
        , m_xml(&m_bytes)
        , m_pictures(pictures)
    {
    }

    QByteArray run()
    {
        const QList<const QuestionItem *> items = asked();
        m_xml.writeStartDocument();
        m_xml.writeDefaultNamespace(itemNamespace);
        m_xml.writeStartElement(itemNamespace, QStringLiteral("assessmentItem"));
        attribute("identifier", m_identifier);
        QString title = m_question.stem;
        attribute("title", title.replace(QLatin1Char('\n'), QLatin1Char(' ')).left(60));
        attribute("adaptive", QStringLiteral("false"));
        attribute("timeDependent", QStringLiteral("false"));
        for (qsizetype i = 0; i < items.size(); ++i) {
            declare(*items.at(i), i, items.size());
        }
        declareOutcomes();
        start("itemBody");
        if (m_question.type == QuestionType::Case) {
            start("div");
            attribute("class", QStringLiteral("scene"));
            paragraph(m_question.stem, m_question.picture);
            m_xml.writeEndElement();
        }
        for (qsizetype i = 0; i < items.size(); ++i) {
            start("div");
            interaction(*items.at(i), i, items.size());
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
        process(items);
        writeExplanation();
        m_xml.writeEndElement();
        m_xml.writeEndDocument();
        return m_bytes;
    }

private:
    QList<const QuestionItem *> asked() const
    {
        QList<const QuestionItem *> items;
        if (m_question.type != QuestionType::Case) {
            return {&m_question};
        }
        for (const QuestionPart &part : m_question.parts) {
            items.append(&part);
        }
        return items;
    }

    void start(const char *name) { m_xml.writeStartElement(itemNamespace, QLatin1String(name)); }
    void attribute(const char *name, const QString &value)
    {
        m_xml.writeAttribute(QLatin1String(name), value);
    }

    static QString response(qsizetype item, qsizetype items, qsizetype blank = 0, qsizetype blanks = 1)
    {
        QString name = QStringLiteral("RESPONSE");
        if (items > 1) {
            name += QLatin1Char('_') + QString::number(item + 1);
        }
        return blanks > 1 ? name + QStringLiteral("_B") + QString::number(blank + 1) : name;
    }

    void declare(const QuestionItem &item, qsizetype index, qsizetype items)
    {
        if (item.type == QuestionType::FillIn) {
            for (qsizetype i = 0; i < item.blanks.size(); ++i) {
                declareBlank(item.blanks.at(i), response(index, items, i, item.blanks.size()));
            }
            return;
        }
        start("responseDeclaration");
        attribute("identifier", response(index, items));
        const bool one = item.type == QuestionType::Single || item.type == QuestionType::TrueFalse;
        attribute("cardinality",
            one                                    ? QStringLiteral("single")
                : item.type == QuestionType::Order ? QStringLiteral("ordered")
                                                   : QStringLiteral("multiple"));
        attribute("baseType",
            item.type == QuestionType::Match ? QStringLiteral("directedPair") : QStringLiteral("identifier"));
        start("correctResponse");
        const Identifiers choices(item.choices);
        const Identifiers targets(item.targets);
        if (item.type == QuestionType::Match) {
            for (const auto &[choice, target] : item.pairs.asKeyValueRange()) {
                value(choices(choice) + QLatin1Char(' ') + targets(target));
            }
        }
        for (const QString &id : item.answer) {
            value(choices(id));
        }
        m_xml.writeEndElement();
        m_xml.writeEndElement();
    }

    void value(const QString &text)
    {
        start("value");
        m_xml.writeCharacters(text);
        m_xml.writeEndElement();
    }

    void declareBlank(const Blank &blank, const QString &identifier)
    {
        start("responseDeclaration");
        attribute("identifier", identifier);
        attribute("cardinality", QStringLiteral("single"));
        attribute("baseType", QStringLiteral("string"));
        start("correctResponse");
        value(blank.accepted.value(0));
        m_xml.writeEndElement();
        start("mapping");
        attribute("defaultValue", QStringLiteral("0"));
        for (const QString &accepted : blank.accepted) {
            start("mapEntry");
            attribute("mapKey", accepted);
            attribute("mappedValue", QStringLiteral("1"));
            attribute("caseSensitive", QStringLiteral("false"));
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
        m_xml.writeEndElement();
    }

    void declareOutcomes()
    {
        const auto outcome = [this](const char *name, const char *type, const QString &initial) {
            start("outcomeDeclaration");
            attribute("identifier", QLatin1String(name));
            attribute("cardinality", QStringLiteral("single"));
            attribute("baseType", QLatin1String(type));
            start("defaultValue");
            value(initial);
            m_xml.writeEndElement();
            m_xml.writeEndElement();
        };
        outcome("SCORE", "float", QStringLiteral("0"));
        outcome("FEEDBACK", "identifier", QStringLiteral("EXPLANATION"));
    }

    /** Plain text as inline content; a space after a space is a hard one. */
    void text(const QString &plain)
    {
        QString run;
        for (qsizetype i = 0; i < plain.size(); ++i) {
            const QChar c = plain.at(i);
            if (c == QLatin1Char('\n')) {
                m_xml.writeCharacters(run);
                run.clear();
                start("br");
                m_xml.writeEndElement();
                continue;
            }
            const bool edge = i == 0 || i + 1 == plain.size() || plain.at(i - 1).isSpace()
                || plain.at(i + 1) == QLatin1Char('\n');
            run += c == QLatin1Char(' ') && edge ? QChar(0xa0) : c;
        }
        m_xml.writeCharacters(run);
    }

    void image(const Picture &picture)
    {
        if (picture.media.isEmpty()) {
            return;
        }
        if (!m_media.contains(picture.media)) {
            m_out.lost.append({m_question.id, 0, QStringLiteral("picture"),
                QStringLiteral("题库里没有这幅图片：") + picture.media});
            return;
        }
        start("img");
        attribute("src", QStringLiteral("../media/") + picture.media);
        attribute("alt", picture.alt);
        m_xml.writeEndElement();
        m_pictures.append(picture.media);
    }

    void paragraph(const QString &plain, const Picture &picture)
    {
        start("p");
        text(plain);
        image(picture);
        m_xml.writeEndElement();
    }

    void interaction(const QuestionItem &item, qsizetype index, qsizetype items)
    {
        if (item.type == QuestionType::FillIn) {
            start("p");
            const QStringList pieces = item.stem.split(QStringLiteral("____"));
            for (qsizetype i = 0; i < pieces.size(); ++i) {
                text(pieces.at(i));
                if (i + 1 < pieces.size()) {
                    start("textEntryInteraction");
                    attribute("responseIdentifier", response(index, items, i, item.blanks.size()));
                    m_xml.writeEndElement();
                }
            }
            image(item.picture);
            m_xml.writeEndElement();
            return;
        }
        paragraph(item.stem, item.picture);
        const bool one = item.type == QuestionType::Single || item.type == QuestionType::TrueFalse;
        const bool order = item.type == QuestionType::Order;
        const Identifiers identifiers(item.choices);
        start(item.type == QuestionType::Match ? "matchInteraction"
                : order                        ? "orderInteraction"
                                               : "choiceInteraction");
        attribute("responseIdentifier", response(index, items));
        attribute("shuffle", QStringLiteral("true"));
        if (item.type == QuestionType::Match) {
            attribute("maxAssociations", QString::number(item.choices.size()));
            start("simpleMatchSet");
            associables(item.choices, identifiers, 1);
            m_xml.writeEndElement();
            start("simpleMatchSet");
            associables(item.targets, Identifiers(item.targets), 0);
            m_xml.writeEndElement();
        } else {
            if (!order) {
                attribute("maxChoices", one ? QStringLiteral("1") : QStringLiteral("0"));
            }
            for (const Choice &choice : item.choices) {
                start("simpleChoice");
                attribute("identifier", identifiers(choice.id));
                content(choice);
                m_xml.writeEndElement();
            }
        }
        m_xml.writeEndElement();
    }

    void associables(const QList<Choice> &choices, const Identifiers &identifiers, int matchMax)
    {
        for (const Choice &choice : choices) {
            start("simpleAssociableChoice");
            attribute("identifier", identifiers(choice.id));
            attribute("matchMax", QString::number(matchMax));
            content(choice);
            m_xml.writeEndElement();
        }
    }

    void content(const Choice &choice)
    {
        if (choice.pinned) {
            attribute("fixed", QStringLiteral("true"));
        }
        text(choice.text);
        image(choice.picture);
    }

    void process(const QList<const QuestionItem *> &items)
    {
        start("responseProcessing");
        const bool blank = items.size() == 1 && items.first()->type == QuestionType::FillIn;
        if (items.size() == 1 && (!blank || items.first()->blanks.size() == 1)) {
            attribute("template",
                templates + (blank ? QStringLiteral("map_response") : QStringLiteral("match_correct")));
            m_xml.writeEndElement();
            return;
        }
        for (qsizetype i = 0; i < items.size(); ++i) {
            const QuestionItem &item = *items.at(i);
            if (item.type == QuestionType::FillIn) {
                for (qsizetype k = 0; k < item.blanks.size(); ++k) {
                    addToScore(response(i, items.size(), k, item.blanks.size()), true);
                }
                continue;
            }
            start("responseCondition");
            start("responseIf");
            start("match");
            named("variable", response(i, items.size()));
            named("correct", response(i, items.size()));
            m_xml.writeEndElement();
            addToScore({}, false);
            m_xml.writeEndElement();
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
    }

    void named(const char *element, const QString &identifier)
    {
        start(element);
        attribute("identifier", identifier);
        m_xml.writeEndElement();
    }

    void addToScore(const QString &mapped, bool isMapped)
    {
        start("setOutcomeValue");
        attribute("identifier", QStringLiteral("SCORE"));
        start("sum");
        named("variable", QStringLiteral("SCORE"));
        if (isMapped) {
            named("mapResponse", mapped);
        } else {
            start("baseValue");
            attribute("baseType", QStringLiteral("float"));
            m_xml.writeCharacters(QStringLiteral("1"));
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
        m_xml.writeEndElement();
    }

    void writeExplanation()
    {
        const QString explanation = joinExplanation(m_question.explanation);
        if (explanation.isEmpty()) {
            return;
        }
        start("modalFeedback");
        attribute("outcomeIdentifier", QStringLiteral("FEEDBACK"));
        attribute("identifier", QStringLiteral("EXPLANATION"));
        attribute("showHide", QStringLiteral("show"));
        paragraph(explanation, {});
        m_xml.writeEndElement();
    }

    const QuestionVersion &m_question;
    const QString m_identifier;
    const Media &m_media;
    ExportedFile &m_out;
    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
    QStringList &m_pictures;
};

} // namespace

QByteArray writeQtiItem(const QuestionVersion &question, const QString &identifier, const Media &media,
    ExportedFile &out, QStringList &pictures)
{
    return ItemWriter(question, identifier, media, out, pictures).run();
}

} // namespace qingfeng
