#include "question_bank/formats/qti/qti.h"
#include "question_bank/formats/qti/qti_item_writer.h"
#include "question_bank/formats/question_tags.h"
#include "question_bank/formats/zip_archive.h"

#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamWriter>

namespace qingfeng {
namespace {

/** Why QTI cannot ask this; empty when it can. */
QString problemOf(const QuestionItem &item)
{
    if (item.type == QuestionType::FillIn
        && (item.blanks.isEmpty() || item.stem.count(QStringLiteral("____")) != item.blanks.size())) {
        return QStringLiteral("题干没有标出每一个空，未导出");
    }
    return {};
}

struct PackedItem
{
    QString identifier;
    QString path;
    QStringList pictures;
    const QuestionVersion *question;
};

QByteArray manifestOf(const QList<PackedItem> &items)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    const QString lom = QStringLiteral("http://ltsc.ieee.org/xsd/LOM");
    const QString content = QStringLiteral("http://www.imsglobal.org/xsd/imscp_v1p1");
    xml.setAutoFormatting(true);
    xml.setAutoFormattingIndent(1);
    xml.writeStartDocument();
    xml.writeDefaultNamespace(content);
    xml.writeNamespace(lom, QStringLiteral("lom"));
    xml.writeStartElement(content, QStringLiteral("manifest"));
    xml.writeAttribute(QStringLiteral("identifier"), QStringLiteral("MANIFEST"));
    xml.writeStartElement(content, QStringLiteral("metadata"));
    xml.writeTextElement(content, QStringLiteral("schema"), QStringLiteral("QTIv2.1 Package"));
    xml.writeTextElement(content, QStringLiteral("schemaversion"), QStringLiteral("1.0.0"));
    xml.writeEndElement();
    xml.writeEmptyElement(content, QStringLiteral("organizations"));
    xml.writeStartElement(content, QStringLiteral("resources"));
    for (const PackedItem &item : items) {
        xml.writeStartElement(content, QStringLiteral("resource"));
        xml.writeAttribute(QStringLiteral("identifier"), QStringLiteral("RES-") + item.identifier);
        xml.writeAttribute(QStringLiteral("type"), QStringLiteral("imsqti_item_xmlv2p1"));
        xml.writeAttribute(QStringLiteral("href"), item.path);
        xml.writeStartElement(content, QStringLiteral("metadata"));
        xml.writeStartElement(lom, QStringLiteral("lom"));
        xml.writeStartElement(lom, QStringLiteral("general"));
        xml.writeStartElement(lom, QStringLiteral("identifier"));
        xml.writeTextElement(lom, QStringLiteral("catalog"), QStringLiteral("qingfeng"));
        xml.writeTextElement(lom, QStringLiteral("entry"), item.question->id);
        xml.writeEndElement();
        for (const QString &tag : tagsOf(*item.question)) {
            // Ids, order and pins stand in the item itself.
            const QString key = tag.section(QLatin1Char(':'), 0, 0);
            if (key == QLatin1String("ids") || key == QLatin1String("targets")
                || key == QLatin1String("pinned") || key.startsWith(QLatin1String("listed"))) {
                continue;
            }
            xml.writeStartElement(lom, QStringLiteral("keyword"));
            xml.writeTextElement(lom, QStringLiteral("string"), tag);
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
        QStringList files = item.pictures;
        files.removeDuplicates();
        xml.writeEmptyElement(content, QStringLiteral("file"));
        xml.writeAttribute(QStringLiteral("href"), item.path);
        for (const QString &picture : std::as_const(files)) {
            xml.writeEmptyElement(content, QStringLiteral("file"));
            xml.writeAttribute(QStringLiteral("href"), QStringLiteral("media/") + picture);
        }
        xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
    return bytes;
}

} // namespace

Result<ExportedFile> writeQti(const QuestionBank &bank)
{
    ExportedFile out;
    ArchiveFiles files;
    QList<PackedItem> items;
    QSet<QString> taken;
    for (const QuestionVersion &question : bank.questions()) {
        if (bank.latest(question.id) != &question) {
            continue;
        }
        QString problem = problemOf(question);
        for (const QuestionPart &part : question.parts) {
            problem = problem.isEmpty() ? problemOf(part) : problem;
        }
        if (!problem.isEmpty()) {
            out.lost.append({question.id, 0, QStringLiteral("type"), problem});
            continue;
        }
        static const QRegularExpression other(QStringLiteral("[^A-Za-z0-9_.-]"));
        QString identifier = question.id;
        identifier.replace(other, QStringLiteral("_"));
        if (identifier.isEmpty() || !identifier.at(0).isLetter()) {
            identifier.prepend(QStringLiteral("Q"));
        }
        const QString base = identifier;
        for (int i = 2; taken.contains(identifier.toLower()); ++i) {
            identifier = base + QLatin1Char('-') + QString::number(i);
        }
        taken.insert(identifier.toLower());
        const QString path = QStringLiteral("items/%1.xml").arg(identifier);
        QStringList pictures;
        files.insert(path, writeQtiItem(question, identifier, bank.media(), out, pictures));
        for (const QString &picture : std::as_const(pictures)) {
            files.insert(QStringLiteral("media/") + picture, bank.media().value(picture));
        }
        items.append({identifier, path, pictures, &question});
    }
    files.insert(QStringLiteral("imsmanifest.xml"), manifestOf(items));
    auto packed = writeZip(files);
    if (!packed) {
        return packed.error();
    }
    out.bytes = *packed;
    return out;
}

} // namespace qingfeng
