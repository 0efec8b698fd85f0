#pragma once

#include "question_bank/base/result.h"

#include <QHash>
#include <QList>
#include <QString>

namespace qingfeng {

/** Bounds of an XML document from outside. */
constexpr int maxXmlDepth = 100;
constexpr qsizetype maxXmlNodes = 2'000'000;

/** One element, or one run of text (its name is then empty). Namespaces are dropped: names are local. */
struct XmlNode
{
    QString name;
    QString text; ///< of a run of text
    QHash<QString, QString> attributes;
    QList<XmlNode> children;
    qint64 line = 0; ///< where it begins

    bool isText() const { return name.isEmpty(); }
    /** The first child element of this name, or nullptr. */
    const XmlNode *child(QStringView childName) const;
    /** All child elements of this name. */
    QList<const XmlNode *> all(QStringView childName) const;
    /** All text inside, without elements, as it stands. */
    QString allText() const;
    QString attribute(const QString &key, const QString &otherwise = {}) const;
    /** This element's content written as markup again, for reduceHtml(). */
    QString innerMarkup() const;
};

/** Every element of this name at any depth below @p node but not inside another one found, in document order. */
void findAll(const XmlNode &node, const QString &name, QList<const XmlNode *> &found);

/**
 * Reads a document into a tree.
 *
 * A document type declaration is refused (NotPermitted): nothing that we read needs one, and entities
 * declared there are how a small file becomes a large one. InvalidArgument: not well formed, with line and
 * column in where() · TooLarge: nested or grown beyond the bounds.
 *
 * @param firstLine line number of the first line, when the bytes are a part of a larger file
 */
Result<XmlNode> parseXml(const QByteArray &bytes, qint64 firstLine = 1);

} // namespace qingfeng
