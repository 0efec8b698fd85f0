#pragma once

#include "question_bank/formats/question_format.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

/**
 * Whatever a reader makes of an input can be written and read again, and then nothing is rejected that the
 * writer did not say was lost: a writer's output is never broken.
 */
inline void writesBack(
    const qingfeng::ImportedFile &file, qingfeng::ReadQuestions read, qingfeng::WriteQuestions write)
{
    using namespace qingfeng;
    QuestionBank bank;
    qsizetype number = 0;
    for (const ImportedQuestion &imported : file.questions) {
        QuestionVersion question = imported.question;
        question.id = QStringLiteral("Q%1").arg(++number);
        bank.add(question);
    }
    for (const QByteArray &picture : file.media) {
        bank.addMedia(picture);
    }
    const auto written = write(bank);
    if (!written) {
        std::fprintf(stderr, "not written: %s\n", qPrintable(written.error().toString()));
        std::abort();
    }
    qsizetype lost = 0;
    for (const ImportRemark &remark : written->lost) {
        lost += remark.column == QLatin1String("type");
    }
    const ImportedFile again = read(written->bytes, QStringLiteral("again"), {});
    if (again.questions.size() + lost != number) {
        for (const ImportRemark &remark : again.rejected) {
            std::fprintf(stderr, "row %lld: %s\n", remark.row, qPrintable(remark.reason));
        }
        std::fprintf(stderr, "%lld read, %lld lost, %lld read again\n", number, lost,
            qsizetype(again.questions.size()));
        std::abort();
    }
}
