#pragma once

#include <QStringList>

class QXmlStreamReader;

namespace qingfeng {

/** How a run is set off. */
struct RunLook
{
    QStringList kinds; ///< in words, see LineMark
    bool underlined = false;
    bool hidden = false;
};

/** The look that an element <w:rPr> describes, read to its end. */
RunLook readRunLook(QXmlStreamReader &xml);

/** √ or × for a sign of the fonts Wingdings, by its code "F0FC"; empty for any other. */
QString wordSign(const QString &code);

} // namespace qingfeng
