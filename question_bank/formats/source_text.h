#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QString>

/** What every reader of typed text needs first: the text itself, and one width of letters and digits. */
namespace qingfeng {

/**
 * The text of a file of unknown encoding: by its BOM UTF-8 or UTF-16; without one UTF-16 when its bytes make
 * usual text in one of the two orders, else UTF-8 if it is valid, else GB18030. Line ends become "\n". InvalidArgument, with a reason in
 * Chinese that says what to do, when it is none of them; TooLarge over maxImportBytes.
 */
Result<QString> decodeSourceText(const QByteArray &bytes);

/**
 * The same for the formats whose readers go on whatever the bytes are: what fits no encoding is read as UTF-8, with a
 * replacement character for each byte that is none.
 */
QString decodeImportText(const QByteArray &bytes);

/**
 * Full-width forms (Ａ１（，) as ASCII and every kind of space as " ", one for one: a position in the result is the
 * same position in the text. Line feeds and tabs stay.
 */
QString halfWidth(const QString &text);

/** halfWidth(), upper case, without any space: for comparing what people type in many ways. */
QString plainKey(const QString &text);

/** 一 … 九十九, or 1 … 9999, as a number; 0 when it is neither. */
int chineseNumber(const QString &text);

} // namespace qingfeng
