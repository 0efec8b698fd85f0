#pragma once

#include <QList>
#include <QString>

/** How Excel shows the numbers of cells (ECMA-376 part 1, 18.8). */
namespace qingfeng {

/** How the number of a cell is shown. */
enum class NumberForm { General, Date, DateTime, Time, Percent, Padded };

struct CellStyle
{
    NumberForm form = NumberForm::General;
    int digits = 0; ///< after the point of a percentage; of a padded number
};

/** The styles of a workbook's cells, from the part styles.xml, by their index; what is damaged is left out.
 */
QList<CellStyle> readCellStyles(const QByteArray &bytes);

/** A whole number without a point, any other with as many digits as Excel has. */
QString plainNumber(double value);

/**
 * A serial day as text, with its time where the form shows one. The 1900 system counts a 29 February that
 * never was.
 * @param since1904  the workbook counts days from 1904
 */
QString dateText(double serial, NumberForm form, bool since1904);

} // namespace qingfeng
