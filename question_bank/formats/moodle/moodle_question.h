#pragma once

#include "question_bank/formats/question_format.h"
#include "question_bank/formats/xml_tree.h"

namespace qingfeng {

/**
 * Reads one element <question> of a Moodle file into @p imported, and its pictures into @p media.
 *
 * @param notes  what was understood with a loss
 * @return why it is none of ours; empty when it is
 */
QString readMoodleQuestion(const XmlNode &node, ImportedQuestion &imported, Media &media, QStringList &notes);

} // namespace qingfeng
