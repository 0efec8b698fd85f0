#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Writes one question as an assessmentItem of QTI 2.1.
 *
 * @param identifier  of the item: a letter, then letters, digits and "_.-"
 * @param media       the bank's pictures
 * @param out         takes what QTI cannot hold, as lost
 * @param pictures    takes the names of the media that the item shows, which it looks for in "../media/"
 */
QByteArray writeQtiItem(const QuestionVersion &question, const QString &identifier, const Media &media,
    ExportedFile &out, QStringList &pictures);

} // namespace qingfeng
