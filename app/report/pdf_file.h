#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

/** What is done to a finished PDF, and read out of one, with libqpdf. Nothing here draws. */
namespace qingfeng {

struct PdfAttachment
{
    QString name; ///< "archive.json"; empty = none
    QByteArray bytes;
    QString type; ///< media type
};

/**
 * Mends the text layer and attaches a file.
 *
 * The layer says for each glyph which character it stands for, and one glyph may stand for several: 行 is
 * drawn with the glyph of the radical U+2F8F too, which Qt finds first, and then no search finds the word.
 *
 * @param characters what is meant instead, by the UTF-16 unit found
 * @return Corrupt: @p pdf is none
 */
Result<QByteArray> finishPdf(
    const QByteArray &pdf, const QHash<char16_t, char16_t> &characters, const PdfAttachment &attachment);

/**
 * The attached file of that name.
 * @return Corrupt: not a PDF, or damaged; NotFound: nothing of that name is attached; TooLarge: over @p
 * maxBytes
 */
Result<QByteArray> attachedFile(const QByteArray &pdf, const QString &name, qint64 maxBytes);

} // namespace qingfeng
