#pragma once

#include "question_bank/formats/zip_archive.h"

#include <QHash>
#include <QXmlStreamReader>

/** What XLSX and DOCX share: parts in a ZIP archive and the relationships between them. */
namespace qingfeng {

struct Relationship
{
    QString type; ///< last piece of the type's URI: "worksheet", "image" …
    QString target; ///< name of the part in the archive; empty for what lies outside the file
};

class OoxmlPackage
{
public:
    /**
     * Opens a package. The errors of readZip(), with reasons in Chinese; old binary formats and encrypted files are
     * told apart. @p kind is what the user would call it: "Excel 工作簿（.xlsx）".
     */
    static Result<OoxmlPackage> open(const QByteArray &bytes, const QString &kind);

    /** The bytes of a part, or NotFound. */
    Result<QByteArray> read(const QString &part) const;
    /** By id; empty when the part has none, or they are damaged. */
    QHash<QString, Relationship> relationships(const QString &part) const;
    /** The main part: the target of the package's officeDocument relationship; empty when there is none. */
    QString mainPart() const;

private:
    explicit OoxmlPackage(ArchiveFiles files)
        : m_files(std::move(files))
    {
    }

    ArchiveFiles m_files;
};

/** The next token. A document type, and so every entity of its own, ends the reading with an error. */
QXmlStreamReader::TokenType nextToken(QXmlStreamReader &xml);

/**
 * Calls @p child at each element inside the one that the reader stands in, at any depth, until that one ends; before
 * the first token, for the whole document. A child that reads its element to the end (skipCurrentElement(),
 * readElementText(), another of these loops) keeps what is inside it to itself.
 */
template <typename Child> void eachElement(QXmlStreamReader &xml, Child child)
{
    for (int inside = 1; inside > 0 && !xml.atEnd();) {
        const auto token = nextToken(xml);
        if (token == QXmlStreamReader::EndElement) {
            --inside;
        } else if (token == QXmlStreamReader::StartElement) {
            child();
            inside += xml.isStartElement();
        }
    }
}

/** The attribute of this local name, whatever its namespace. */
QString attribute(const QXmlStreamReader &xml, QStringView name);

/** Whether a switch such as <w:b/> is on: present, and its val not 0, false, none or off. */
bool isOn(const QXmlStreamReader &xml);

/** "_x000D_" as the character it stands for. */
QString unescapedText(const QString &text);

} // namespace qingfeng
