#pragma once

#include "question_bank/formats/question_format.h"

#include <optional>

namespace qingfeng {

/** One format in which questions are exchanged. A format that only comes in, or only goes out, has one function. */
struct QuestionFormat
{
    QString name; ///< as in `--format`: "gift", "moodle-xml" …
    ReadQuestions read = nullptr;
    WriteQuestions write = nullptr;
};

/** All formats, in the order in which they are named to a user. */
const QList<QuestionFormat> &questionFormats();

/** The format of this name, or nullptr. */
const QuestionFormat *questionFormat(const QString &name);

/**
 * The format that these bytes are in, by what they hold; the file's name decides only where the content leaves it
 * open (a table of commas is text, too). nullptr when they are none of ours.
 */
const QuestionFormat *detectFormat(const QByteArray &bytes, const QString &fileName);

} // namespace qingfeng
