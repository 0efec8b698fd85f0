#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/** What a GIFT file is before its questions are looked at: blocks of lines, and escaped characters. */
namespace qingfeng {

/** Escaped characters as noncharacters of Unicode, so that the structure can be seen; showEscapes() gives them back. */
QString hideEscapes(const QString &text);
QString showEscapes(const QString &text);

/** Lines that belong together, and the comments among them. */
struct GiftBlock
{
    QStringList lines;
    QStringList comments;
    qint64 row = 0;
};

/** The file cut into its questions and category lines. */
QList<GiftBlock> giftBlocks(const QString &text);

/** "$course$/top/税务/P03" as steps, without Moodle's own roots; "//" is a slash inside a name. */
QStringList giftCategory(const QString &text);

} // namespace qingfeng
