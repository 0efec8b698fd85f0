#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * Our own fields as tags, for formats that have tags or comments and no place for risk points: "risk:P03-R05",
 * "law:ZWCF-34", "audience:party", "difficulty:easy", "keyword:…", "valid-from:2026-11-24", "version:2" and so on.
 * A field at its default has no tag, except audience and difficulty, which always have one.
 *
 * What a form of question cannot say goes the same way: "ids:a c b" (ids of the choices as they stand in the file,
 * when they are not a, b, c …), "listed:c a b" (the author's order, where the file needs another), "pinned:d",
 * "targets:1 2 3".
 *
 * The id travels apart from them, in the format's own field for it.
 */
QStringList tagsOf(const QuestionVersion &question);

/**
 * Takes over the tags that are ours and returns the rest. A value that does not fit its field is a warning, its place
 * being that of the question. A state above draft is taken only with an author and another reviewer.
 */
QStringList applyTags(const QStringList &tags, ImportedQuestion &imported, QList<ImportRemark> &warnings);

} // namespace qingfeng
