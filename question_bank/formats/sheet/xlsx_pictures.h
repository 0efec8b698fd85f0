#pragma once

#include "question_bank/formats/office/ooxml_pictures.h"
#include "question_bank/formats/sheet/sheet.h"

#include <optional>

namespace qingfeng {

/** The pictures of a workbook: floating over a sheet, and inside cells as WPS and as Excel keep them. */
class XlsxPictures
{
public:
    /** Both stay the caller's and must live as long. */
    XlsxPictures(const OoxmlPackage &package, Media &media);

    /** Finds the pictures that stand inside cells, by the relationships of the workbook. */
    void readWorkbook(const QHash<QString, Relationship> &relations);

    /** The pictures that float over a sheet, each in the cell where its upper left corner is. */
    QList<SheetPicture> floating(const QString &sheetPart);

    /** The picture that a formula of WPS shows, DISPIMG("ID_…",1); nothing for any other. It has no place
     * yet. */
    std::optional<SheetPicture> ofFormula(const QString &formula);

    /** The picture that Excel put into a cell; @p valueMetadata is the cell's attribute vm, from 1. It has no
     * place yet. */
    std::optional<SheetPicture> ofValue(int valueMetadata);

private:
    struct Source
    {
        Relationship relation;
        QString alt;
    };

    void readCellImages(const QString &part);
    void readRichValues(const QHash<QString, QString> &parts);
    SheetPicture taken(const Source &source);

    const OoxmlPackage &m_package;
    OoxmlPictures m_pictures;
    QHash<QString, Source> m_byName; ///< of WPS
    QHash<int, Source> m_byValue; ///< of Excel, by vm
};

} // namespace qingfeng
