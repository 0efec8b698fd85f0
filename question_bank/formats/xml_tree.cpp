#include "question_bank/formats/xml_tree.h"

#include "question_bank/formats/html_text.h"

#include <QStringDecoder>
#include <QXmlStreamReader>

namespace qingfeng {
namespace {

/** HTML's entities, which people leave in XML although XML does not know them. */
class HtmlEntities final : public QXmlStreamEntityResolver
{
public:
    QString resolveUndeclaredEntity(const QString &name) override
    {
        const QString entity = QLatin1Char('&') + name + QLatin1Char(';');
        const QString text = reduceHtml(QStringLiteral("x") + entity + QStringLiteral("x")).text;
        return text.contains(entity) ? QString() : text.mid(1, text.size() - 2);
    }
};

void writeEscaped(const QString &text, QString &out)
{
    out += text.toHtmlEscaped();
}

void writeMarkup(const XmlNode &node, QString &out)
{
    if (node.isText()) {
        writeEscaped(node.text, out);
        return;
    }
    out += QLatin1Char('<') + node.name;
    for (auto it = node.attributes.cbegin(); it != node.attributes.cend(); ++it) {
        out += QLatin1Char(' ') + it.key() + QStringLiteral("=\"");
        writeEscaped(it.value(), out);
        out += QLatin1Char('"');
    }
    out += QLatin1Char('>');
    for (const XmlNode &child : node.children) {
        writeMarkup(child, out);
    }
    if (node.name != QLatin1String("br") && node.name != QLatin1String("img")) {
        out += QStringLiteral("</") + node.name + QLatin1Char('>');
    }
}

void collectText(const XmlNode &node, QString &out)
{
    out += node.text;
    for (const XmlNode &child : node.children) {
        collectText(child, out);
    }
}

/** "gb2312" of an XML declaration, in lower case; empty when none is named. */
QByteArray declaredEncoding(const QByteArray &bytes)
{
    const QByteArray head
        = bytes.startsWith("<?xml") ? bytes.left(bytes.indexOf("?>")).left(200) : QByteArray();
    const qsizetype at = head.indexOf("encoding");
    if (at < 0) {
        return {};
    }
    qsizetype begin = at;
    while (begin < head.size() && head.at(begin) != '"' && head.at(begin) != '\'') {
        ++begin;
    }
    const qsizetype end = begin < head.size() ? head.indexOf(head.at(begin), begin + 1) : -1;
    return end < 0 ? QByteArray() : head.mid(begin + 1, end - begin - 1).toLower();
}

} // namespace

const XmlNode *XmlNode::child(QStringView childName) const
{
    for (const XmlNode &node : children) {
        if (node.name == childName) {
            return &node;
        }
    }
    return nullptr;
}

QList<const XmlNode *> XmlNode::all(QStringView childName) const
{
    QList<const XmlNode *> found;
    for (const XmlNode &node : children) {
        if (node.name == childName) {
            found.append(&node);
        }
    }
    return found;
}

QString XmlNode::allText() const
{
    QString out;
    collectText(*this, out);
    return out;
}

QString XmlNode::attribute(const QString &key, const QString &otherwise) const
{
    return attributes.value(key, otherwise);
}

QString XmlNode::innerMarkup() const
{
    QString out;
    for (const XmlNode &node : children) {
        writeMarkup(node, out);
    }
    return out;
}

Result<XmlNode> parseXml(const QByteArray &bytes, qint64 firstLine)
{
    QXmlStreamReader reader;
    const QByteArray encoding = declaredEncoding(bytes);
    QStringDecoder decoder(encoding.constData());
    if (encoding.isEmpty() || encoding.startsWith("utf-") || !decoder.isValid()) {
        reader.addData(bytes);
    } else {
        reader.addData(QString(decoder(bytes)));
    }
    HtmlEntities entities;
    reader.setEntityResolver(&entities);
    reader.setEntityExpansionLimit(4096);
    const auto place = [&] {
        return QStringLiteral("line %1, column %2")
            .arg(firstLine + reader.lineNumber() - 1)
            .arg(reader.columnNumber());
    };
    QList<XmlNode> open;
    XmlNode root;
    qsizetype nodes = 0;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::DTD:
            return Error(
                ErrorCode::NotPermitted, QStringLiteral("document type declarations are not read"), place());
        case QXmlStreamReader::StartElement: {
            if (open.size() >= maxXmlDepth || ++nodes > maxXmlNodes) {
                return Error(
                    ErrorCode::TooLarge, QStringLiteral("nested or grown beyond the bounds"), place());
            }
            XmlNode node;
            node.name = reader.name().toString();
            node.line = firstLine + reader.lineNumber() - 1;
            for (const QXmlStreamAttribute &attribute : reader.attributes()) {
                node.attributes.insert(attribute.name().toString(), attribute.value().toString());
            }
            open.append(std::move(node));
            break;
        }
        case QXmlStreamReader::Characters:
            if (!open.isEmpty()) {
                QList<XmlNode> &children = open.last().children;
                if (!children.isEmpty() && children.last().isText()) {
                    children.last().text += reader.text();
                } else {
                    ++nodes;
                    XmlNode node;
                    node.text = reader.text().toString();
                    node.line = firstLine + reader.lineNumber() - 1 - node.text.count(QLatin1Char('\n'));
                    children.append(std::move(node));
                }
            }
            break;
        case QXmlStreamReader::EndElement: {
            XmlNode node = open.takeLast();
            if (open.isEmpty()) {
                root = std::move(node);
            } else {
                open.last().children.append(std::move(node));
            }
            break;
        }
        default:
            break;
        }
    }
    if (reader.hasError()) {
        return Error(ErrorCode::InvalidArgument, reader.errorString(), place());
    }
    return root;
}

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

} // namespace qingfeng
