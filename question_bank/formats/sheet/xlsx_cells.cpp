#include "question_bank/formats/sheet/xlsx_cells.h"

#include "question_bank/formats/office/ooxml.h"

#include <cmath>

#include <QDateTime>
#include <QRegularExpression>

namespace qingfeng {
namespace {

/** What a format code shows: quoted text, colours and conditions do not count. */
CellStyle styleOf(const QString &code)
{
    static const QRegularExpression ignored(
        QStringLiteral("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hHmMsS]+\\])[^\\]]*\\]"));
    static const QRegularExpression padded(QStringLiteral("^0{2,}$"));
    static const QRegularExpression decimals(QStringLiteral("\\.(0+)"));
    const QString bare = QString(code).remove(ignored).section(QLatin1Char(';'), 0, 0).toLower();
    if (bare == QLatin1String("general") || bare.contains(QLatin1Char('@'))) {
        return {};
    }
    const bool day = bare.contains(QLatin1Char('y')) || bare.contains(QLatin1Char('d'));
    const bool clock = bare.contains(QLatin1Char('h')) || bare.contains(QLatin1Char('s'));
    if (day || clock || bare.contains(QLatin1Char('m'))) {
        return {day && clock ? NumberForm::DateTime : clock ? NumberForm::Time : NumberForm::Date, 0};
    }
    if (bare.contains(QLatin1Char('%'))) {
        return {NumberForm::Percent, int(decimals.match(bare).capturedLength(1))};
    }
    if (padded.match(bare).hasMatch()) {
        return {NumberForm::Padded, int(bare.size())};
    }
    return {};
}

/** The formats that a workbook need not spell out (ECMA-376 part 1, 18.8.30), with those of Chinese Excel. */
CellStyle builtInStyle(int id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54)
        || (id >= 57 && id <= 58)) {
        return {NumberForm::Date, 0};
    }
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)
        || (id >= 55 && id <= 56)) {
        return {NumberForm::Time, 0};
    }
    switch (id) {
    case 22:
        return {NumberForm::DateTime, 0};
    case 9:
        return {NumberForm::Percent, 0};
    case 10:
        return {NumberForm::Percent, 2};
    default:
        return {};
    }
}

} // namespace

QList<CellStyle> readCellStyles(const QByteArray &bytes)
{
    QList<CellStyle> styles;
    QHash<int, CellStyle> own;
    QXmlStreamReader xml(bytes);
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("numFmt")) {
            own.insert(attribute(xml, u"numFmtId").toInt(), styleOf(attribute(xml, u"formatCode")));
        } else if (xml.name() == QLatin1String("cellXfs")) {
            eachElement(xml, [&] {
                if (xml.name() == QLatin1String("xf")) {
                    const int id = attribute(xml, u"numFmtId").toInt();
                    styles.append(own.value(id, builtInStyle(id)));
                }
            });
        }
    });
    return styles;
}

QString plainNumber(double value)
{
    if (std::abs(value) < 1e15 && std::floor(value) == value) {
        return QString::number(value, 'f', 0);
    }
    return QString::number(value, 'g', 15);
}

QString dateText(double serial, NumberForm form, bool since1904)
{
    constexpr double lastSerial = 2'958'465.999'99; // 9999-12-31
    if (serial < 0 || serial > lastSerial) {
        return plainNumber(serial);
    }
    auto days = qint64(std::floor(serial));
    qint64 seconds = std::llround((serial - double(days)) * 86'400);
    if (seconds >= 86'400) {
        seconds = 0;
        ++days;
    }
    const QTime clock = QTime(0, 0).addSecs(int(seconds));
    const QString time
        = clock.toString(clock.second() == 0 ? QStringLiteral("HH:mm") : QStringLiteral("HH:mm:ss"));
    if (form == NumberForm::Time && days == 0) {
        return time;
    }
    if (!since1904 && days == 60) {
        return QStringLiteral("1900-02-29");
    }
    const QDate first = since1904 ? QDate(1904, 1, 1) : days < 60 ? QDate(1899, 12, 31) : QDate(1899, 12, 30);
    const QString day = first.addDays(days).toString(Qt::ISODate);
    return form != NumberForm::Date && seconds != 0 ? day + QLatin1Char(' ') + time : day;
}

} // namespace qingfeng
