#include "question_bank/formats/sheet/xlsx_pictures.h"

#include <QRegularExpression>

namespace qingfeng {
namespace {

constexpr qsizetype maxSheetPictures = 20'000; ///< on one sheet

/** Texts of the elements "col" and "row" below <from>, both from 0 in the file. */
void readCorner(QXmlStreamReader &xml, SheetPicture &place)
{
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("col")) {
            place.column = xml.readElementText(QXmlStreamReader::IncludeChildElements).toInt();
        } else if (xml.name() == QLatin1String("row")) {
            place.row = xml.readElementText(QXmlStreamReader::IncludeChildElements).toInt() + 1;
        }
    });
}

/** The numbers in an attribute of every element of this name, in their order. */
QList<int> numbersOf(
    const QByteArray &bytes, QLatin1String element, QStringView name, QLatin1String inside = {})
{
    QList<int> numbers;
    QXmlStreamReader xml(bytes);
    bool within = inside.isEmpty();
    eachElement(xml, [&] {
        if (!inside.isEmpty() && xml.name().endsWith(QLatin1String("etadata"))) {
            within = xml.name() == inside;
        } else if (within && xml.name() == element) {
            numbers.append(attribute(xml, name).toInt());
        }
    });
    return numbers;
}

} // namespace

XlsxPictures::XlsxPictures(const OoxmlPackage &package, Media &media)
    : m_package(package)
    , m_pictures(package, media)
{
}

SheetPicture XlsxPictures::taken(const Source &source)
{
    const auto taken = m_pictures.take(source.relation);
    return {0, 0, taken.problem.isEmpty() ? Picture{taken.media, source.alt} : Picture{}, taken.problem};
}

void XlsxPictures::readWorkbook(const QHash<QString, Relationship> &relations)
{
    QHash<QString, QString> parts;
    for (const Relationship &relation : relations) {
        parts.insert(relation.type, relation.target);
    }
    readCellImages(parts.value(QStringLiteral("cellImage"), QStringLiteral("xl/cellimages.xml")));
    readRichValues(parts);
}

/** WPS: <etc:cellImage> holds a picture by the name that the formula gives. */
void XlsxPictures::readCellImages(const QString &part)
{
    const auto bytes = m_package.read(part);
    if (!bytes) {
        return;
    }
    const auto relations = m_package.relationships(part);
    QXmlStreamReader xml(*bytes);
    QString name;
    QString alt;
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("cNvPr")) {
            name = attribute(xml, u"name");
            alt = attribute(xml, u"descr");
        } else if (xml.name() == QLatin1String("blip") && !name.isEmpty()) {
            m_byName.insert(name, {relations.value(attribute(xml, u"embed")), alt});
        }
    });
}

/**
 * Excel ("place in cell"): vm of the cell → the n-th valueMetadata → a rich value → the n-th relationship of
 * richValueRel. Only values of the structure _localImage are pictures of the file.
 */
void XlsxPictures::readRichValues(const QHash<QString, QString> &parts)
{
    const auto metadata = m_package.read(parts.value(QStringLiteral("sheetMetadata")));
    const auto values = m_package.read(parts.value(QStringLiteral("rdRichValue")));
    const auto structures = m_package.read(parts.value(QStringLiteral("rdRichValueStructure")));
    const QString relationPart = parts.value(QStringLiteral("richValueRel"));
    const auto listed = m_package.read(relationPart);
    if (!metadata || !values || !structures || !listed) {
        return;
    }
    QList<bool> isPicture; // by structure
    QXmlStreamReader xml(*structures);
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("s")) {
            isPicture.append(attribute(xml, u"t") == QLatin1String("_localImage"));
        }
    });
    QList<int> pictureOf; // rich value → index of its relationship, −1 = no picture
    xml.clear();
    xml.addData(*values);
    bool first = false;
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("rv")) {
            first = isPicture.value(attribute(xml, u"s").toInt());
            pictureOf.append(-1);
        } else if (xml.name() == QLatin1String("v") && first) {
            first = false;
            pictureOf.last() = xml.readElementText(QXmlStreamReader::IncludeChildElements).toInt();
        }
    });
    QStringList ids;
    xml.clear();
    xml.addData(*listed);
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("rel")) {
            ids.append(attribute(xml, u"id"));
        }
    });
    const auto relations = m_package.relationships(relationPart);
    const QList<int> blocks = numbersOf(*metadata, QLatin1String("rvb"), u"i");
    const QList<int> cells = numbersOf(*metadata, QLatin1String("rc"), u"v", QLatin1String("valueMetadata"));
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const int picture = pictureOf.value(blocks.value(cells.at(i), -1), -1);
        if (picture >= 0 && picture < ids.size()) {
            m_byValue.insert(int(i) + 1, {relations.value(ids.at(picture)), QString()});
        }
    }
}

QList<SheetPicture> XlsxPictures::floating(const QString &sheetPart)
{
    QList<SheetPicture> pictures;
    const auto sheetRelations = m_package.relationships(sheetPart);
    for (const Relationship &drawing : sheetRelations) {
        const auto bytes = drawing.type == QLatin1String("drawing") ? m_package.read(drawing.target)
                                                                    : Result<QByteArray>(QByteArray());
        if (!bytes) {
            pictures.append({0, 0, {}, QStringLiteral("图片的位置已损坏，没有读入；请用 Excel 打开后另存")});
            continue;
        }
        const auto relations = m_package.relationships(drawing.target);
        QXmlStreamReader xml(*bytes);
        SheetPicture place;
        QString alt;
        eachElement(xml, [&] {
            if (pictures.size() >= maxSheetPictures || xml.name() == QLatin1String("Fallback")) {
                xml.skipCurrentElement();
            } else if (xml.name().endsWith(QLatin1String("Anchor"))) {
                place = {};
            } else if (xml.name() == QLatin1String("from")) {
                readCorner(xml, place);
            } else if (xml.name() == QLatin1String("cNvPr")) {
                alt = attribute(xml, u"descr");
            } else if (xml.name() == QLatin1String("blip")) {
                SheetPicture picture = taken({relations.value(attribute(xml, u"embed")), alt});
                picture.row = place.row;
                picture.column = place.column;
                pictures.append(picture);
            } else if (xml.name() == QLatin1String("graphicFrame")) {
                pictures.append({place.row, place.column, {}, QStringLiteral("图表没有读入，请改为图片")});
            }
        });
        if (pictures.size() >= maxSheetPictures) {
            pictures.append({0, 0, {},
                QStringLiteral("图片超过 %1 张，其余没有读入；请拆成几个文件").arg(maxSheetPictures)});
        }
    }
    return pictures;
}

std::optional<SheetPicture> XlsxPictures::ofFormula(const QString &formula)
{
    static const QRegularExpression shown(
        QStringLiteral("^=\\s*@?(?:_xlfn\\.)?DISPIMG\\s*\\(\\s*\"([^\"]{1,80})\""),
        QRegularExpression::CaseInsensitiveOption);
    const auto match
        = formula.startsWith(QLatin1Char('=')) ? shown.match(formula) : QRegularExpressionMatch();
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const auto known = m_byName.constFind(match.captured(1));
    if (known == m_byName.cend()) {
        return SheetPicture{0, 0, {}, QStringLiteral("单元格里的图片在文件里找不到，没有读入；请重新插入")};
    }
    return taken(*known);
}

std::optional<SheetPicture> XlsxPictures::ofValue(int valueMetadata)
{
    const auto known = m_byValue.constFind(valueMetadata);
    return known != m_byValue.cend() ? std::optional(taken(*known)) : std::nullopt;
}

} // namespace qingfeng
