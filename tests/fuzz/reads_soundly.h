#pragma once

#include "question_bank/formats/question_format.h"

#include <cstdint>
#include <cstdlib>

/** Whatever a reader makes of an input has a place and a type that fits; what it does not take has a reason. */
inline int readsSoundly(qingfeng::ReadQuestions read, const std::uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const ImportedFile out = read(bytes, QStringLiteral("fuzz"), {});
    for (const ImportedQuestion &imported : out.questions) {
        const QuestionVersion &question = imported.question;
        const bool fits = question.type == QuestionType::Case ? !question.parts.isEmpty()
            : question.type == QuestionType::FillIn           ? !question.blanks.isEmpty()
                                                              : question.choices.size() >= 2;
        if (imported.row <= 0 || !fits) {
            std::abort();
        }
    }
    for (const ImportRemark &remark : out.rejected) {
        if (remark.reason.isEmpty()) {
            std::abort();
        }
    }
    return 0;
}
