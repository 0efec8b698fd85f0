#include "question_bank/formats/answer_fields.h"
#include "question_bank/formats/html_text.h"
#include "question_bank/formats/moodle/moodle_xml.h"
#include "question_bank/formats/question_tags.h"
#include "question_bank/formats/question_text.h"

#include <algorithm>

#include <QXmlStreamWriter>

namespace qingfeng {
namespace {

class Writer
{
public:
    Writer(const Media &media, ExportedFile &out)
        : m_media(media)
        , m_out(out)
        , m_xml(&out.bytes)
    {
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(2);
        m_xml.writeStartDocument();
        m_xml.writeStartElement(QStringLiteral("quiz"));
    }

    ~Writer()
    {
        m_xml.writeEndElement();
        m_xml.writeEndDocument();
    }

    void write(const QuestionVersion &question)
    {
        m_id = question.id;
        QString cloze;
        if (question.type == QuestionType::Case
            || (question.type == QuestionType::FillIn
                && (question.blanks.size() != 1 || blankCount(question) != 1))) {
            cloze = clozeText(question);
            if (cloze.isEmpty()) {
                lose("type",
                    QStringLiteral("Moodle 的完形填空不能含连线、排序小题，也不能含没有标出的空，未导出"));
                return;
            }
            losePartDetails(question);
        }
        writeCategory(question);
        m_xml.writeStartElement(QStringLiteral("question"));
        m_xml.writeAttribute(
            QStringLiteral("type"), cloze.isEmpty() ? typeName(question.type) : QStringLiteral("cloze"));
        start("name");
        plain("text", question.id);
        end();
        if (cloze.isEmpty()) {
            richText("questiontext", question.stem, question.picture);
        } else {
            start("questiontext");
            m_xml.writeAttribute(QStringLiteral("format"), QStringLiteral("html"));
            writeHtml(cloze, question.picture);
            end();
        }
        richText("generalfeedback", joinExplanation(question.explanation), {});
        plain("penalty", QStringLiteral("0"));
        plain("idnumber", question.id);
        if (cloze.isEmpty()) {
            writeAnswers(question);
        }
        start("tags");
        for (const QString &tag : tagsOf(question)) {
            start("tag");
            plain("text", tag);
            end();
        }
        end();
        end();
    }

private:
    static QString typeName(QuestionType type)
    {
        switch (type) {
        case QuestionType::TrueFalse:
            return QStringLiteral("truefalse");
        case QuestionType::FillIn:
            return QStringLiteral("shortanswer");
        case QuestionType::Match:
            return QStringLiteral("matching");
        case QuestionType::Order:
            return QStringLiteral("ordering");
        default:
            return QStringLiteral("multichoice");
        }
    }

    static qsizetype blankCount(const QuestionItem &item) { return item.stem.count(QStringLiteral("____")); }

    void start(const char *name) { m_xml.writeStartElement(QLatin1String(name)); }
    void end() { m_xml.writeEndElement(); }
    void plain(const char *name, const QString &text) { m_xml.writeTextElement(QLatin1String(name), text); }
    void lose(const char *field, const QString &reason)
    {
        m_out.lost.append({m_id, 0, QLatin1String(field), reason});
    }

    void losePartDetails(const QuestionVersion &question)
    {
        bool pictures = false;
        bool ids = false;
        for (qsizetype i = 0; i < question.parts.size(); ++i) {
            const QuestionPart &part = question.parts.at(i);
            pictures |= !part.picture->media.isEmpty();
            ids |= part.id != QString::number(i + 1);
            for (qsizetype k = 0; k < part.choices.size(); ++k) {
                const Choice &choice = part.choices.at(k);
                pictures |= !choice.picture->media.isEmpty();
                ids |= part.type != QuestionType::TrueFalse && (choice.id != letterId(k) || choice.pinned);
            }
        }
        if (pictures) {
            lose("parts.picture", QStringLiteral("完形填空的小题没有图片"));
        }
        if (ids) {
            lose("parts.id", QStringLiteral("小题和选项的编号、固定位置不能保留"));
        }
    }

    void writeCategory(const QuestionVersion &question)
    {
        const QString category = question.riskPoints.isEmpty() ? QString() : question.riskPoints.first();
        if (category.isEmpty() || category == m_category) {
            return;
        }
        m_category = category;
        m_xml.writeStartElement(QStringLiteral("question"));
        m_xml.writeAttribute(QStringLiteral("type"), QStringLiteral("category"));
        start("category");
        plain("text",
            QStringLiteral("$course$/top/%1/%2").arg(category.section(QLatin1Char('-'), 0, 0), category));
        end();
        end();
    }

    void writeHtml(const QString &html, const Picture &picture)
    {
        QString source = html;
        const QByteArray bytes = picture.media.isEmpty() ? QByteArray() : m_media.value(picture.media);
        if (!bytes.isEmpty()) {
            source += QStringLiteral("<img src=\"@@PLUGINFILE@@/%1\" alt=\"%2\">")
                          .arg(picture.media, picture.alt.toHtmlEscaped());
        } else if (!picture.media.isEmpty()) {
            lose("picture", QStringLiteral("题库里没有这幅图片：") + picture.media);
        }
        plain("text", source);
        if (!bytes.isEmpty()) {
            start("file");
            m_xml.writeAttribute(QStringLiteral("name"), picture.media);
            m_xml.writeAttribute(QStringLiteral("path"), QStringLiteral("/"));
            m_xml.writeAttribute(QStringLiteral("encoding"), QStringLiteral("base64"));
            m_xml.writeCharacters(QString::fromLatin1(bytes.toBase64()));
            end();
        }
    }

    /** An element with a text in it, open for more when @p open. */
    void richText(const char *name, const QString &text, const Picture &picture, const QString &fraction = {},
        bool open = false)
    {
        start(name);
        if (!fraction.isEmpty()) {
            m_xml.writeAttribute(QStringLiteral("fraction"), fraction);
        }
        m_xml.writeAttribute(QStringLiteral("format"), QStringLiteral("html"));
        writeHtml(toHtml(text), picture);
        if (!open) {
            end();
        }
    }

    void wording(const QString &text, const QString &fraction)
    {
        start("answer");
        m_xml.writeAttribute(QStringLiteral("fraction"), fraction);
        m_xml.writeAttribute(QStringLiteral("format"), QStringLiteral("plain_text"));
        plain("text", text);
        end();
    }

    void writeAnswers(const QuestionVersion &question)
    {
        switch (question.type) {
        case QuestionType::Single:
        case QuestionType::Multiple: {
            const bool one = question.type == QuestionType::Single;
            const bool pinned = std::all_of(question.choices.cbegin(), question.choices.cend(),
                [](const Choice &choice) { return choice.pinned; });
            plain("single", one ? QStringLiteral("true") : QStringLiteral("false"));
            plain("shuffleanswers", pinned ? QStringLiteral("false") : QStringLiteral("true"));
            plain("answernumbering", QStringLiteral("ABCD"));
            const QString share
                = QString::number(100.0 / double(std::max<qsizetype>(1, question.answer.size())), 'g', 7);
            for (const Choice &choice : question.choices) {
                const bool right = question.answer.contains(choice.id);
                richText("answer", choice.text, choice.picture,
                    right     ? share
                        : one ? QStringLiteral("0")
                              : QStringLiteral("-100"));
            }
            break;
        }
        case QuestionType::TrueFalse:
            if (question.choices != trueFalseChoices()) {
                lose("choices", QStringLiteral("判断题的选项文字由格式规定"));
            }
            for (const QString &word : {QStringLiteral("true"), QStringLiteral("false")}) {
                wording(word, question.answer.contains(word) ? QStringLiteral("100") : QStringLiteral("0"));
            }
            break;
        case QuestionType::FillIn:
            writeBlanks(question);
            break;
        case QuestionType::Match:
            writePairs(question);
            break;
        case QuestionType::Order:
            plain("layouttype", QStringLiteral("VERTICAL"));
            plain("selecttype", QStringLiteral("ALL"));
            plain("selectcount", QStringLiteral("0"));
            plain("gradingtype", QStringLiteral("ALL_OR_NOTHING"));
            plain("showgrading", QStringLiteral("SHOW"));
            for (qsizetype i = 0; i < question.answer.size(); ++i) {
                if (const Choice *choice = question.choice(question.answer.at(i))) {
                    richText("answer", choice->text, choice->picture, QString::number(i + 1));
                }
            }
            break;
        case QuestionType::Case:
            break;
        }
    }

    void writeBlanks(const QuestionVersion &question)
    {
        plain("usecase", QStringLiteral("0"));
        for (const Blank &blank : question.blanks) {
            for (const QString &accepted : blank.accepted) {
                QString text = accepted;
                wording(text.replace(QLatin1Char('*'), QStringLiteral("\\*")), QStringLiteral("100"));
            }
        }
    }

    void writePairs(const QuestionVersion &question)
    {
        plain("shuffleanswers", QStringLiteral("true"));
        QStringList used;
        const auto right = [&](const QString &text) {
            start("answer");
            m_xml.writeAttribute(QStringLiteral("format"), QStringLiteral("plain_text"));
            plain("text", text);
            end();
            end();
        };
        for (const Choice &choice : question.choices) {
            const QString id = question.pairs.value(choice.id);
            const auto target = std::find_if(question.targets.cbegin(), question.targets.cend(),
                [&](const Choice &candidate) { return candidate.id == id; });
            used.append(id);
            richText("subquestion", choice.text, choice.picture, {}, true);
            right(target == question.targets.cend() ? QString() : target->text);
        }
        for (const Choice &target : question.targets) {
            if (!target.picture->media.isEmpty()) {
                lose("targets.picture", QStringLiteral("Moodle 的右项没有图片"));
            }
            if (!used.contains(target.id)) {
                richText("subquestion", {}, {}, {}, true);
                right(target.text);
            }
        }
    }

    const Media &m_media;
    ExportedFile &m_out;
    QXmlStreamWriter m_xml;
    QString m_id;
    QString m_category;
};

} // namespace

Result<ExportedFile> writeMoodleXml(const QuestionBank &bank)
{
    ExportedFile out;
    {
        Writer writer(bank.media(), out);
        for (const QuestionVersion &question : bank.questions()) {
            if (bank.latest(question.id) == &question) {
                writer.write(question);
            }
        }
    }
    return out;
}

} // namespace qingfeng
