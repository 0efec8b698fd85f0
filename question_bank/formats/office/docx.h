#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Questions from a Word document (ECMA-376): typed as in a text file, or one a row in a table. Word's own numbers
 * count as typed ones; inserted text is kept and deleted text dropped; a right option may be marked by colour,
 * underline or bold. Rows in remarks are paragraphs, counted as they stand, and rows of a table inside that table.
 *
 * A document that cannot be read at all is one remark without a row.
 */
ImportedFile readDocx(const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

} // namespace qingfeng
