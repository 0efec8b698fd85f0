#pragma once

#include "question_bank/formats/question_format.h"
#include "question_bank/formats/xml_tree.h"

#include <functional>

namespace qingfeng {

/**
 * Reads one assessmentItem, its names as in QTI 2, into @p imported, and its pictures into @p media.
 *
 * @param notes  what was understood with a loss
 * @param find   bytes of a file named relative to the item; empty when there is none
 * @return why it is none of ours; empty when it is
 */
QString readQtiItem(const XmlNode &root, ImportedQuestion &imported, Media &media, QStringList &notes,
    const std::function<QByteArray(const QString &)> &find);

} // namespace qingfeng
