#include "question_bank/formats/sheet/csv.h"
#include "question_bank/formats/sheet/xlsx.h"
#include "question_bank/formats/zip_archive.h"

#include <QElapsedTimer>

#include <cstdio>
#include <cstdlib>

/**
 * How long a workbook of many questions takes to write and to read, beside the mere unpacking of the same bytes:
 *
 *     bench_xlsx [ROWS]        10,000 rows without an argument
 */
using namespace qingfeng;

namespace {

QuestionBank makeBank(int rows)
{
    QuestionBank bank;
    for (int i = 0; i < rows; ++i) {
        QuestionVersion question;
        question.id = QStringLiteral("P%1-R01-%2").arg(i % 28, 2, 10, QLatin1Char('0')).arg(i);
        question.stem = QStringLiteral("第 %1 题：管理服务对象在您值班时送来烟酒，说只是一点心意。您应当？").arg(i);
        for (const char16_t id : {u'a', u'b', u'c', u'd'}) {
            question.choices.append({QString(QChar(id)), QStringLiteral("选项 %1 的内容，第 %2 题").arg(QChar(id)).arg(i)});
        }
        question.answer = {QStringLiteral("b")};
        question.explanation = {QStringLiteral("行为 %1").arg(i), QStringLiteral("依据有关条文，不得收受。"),
            QStringLiteral("给予处分。"), QStringLiteral("当场退还并登记。")};
        question.riskPoints = {QStringLiteral("P%1-R01").arg(i % 28, 2, 10, QLatin1Char('0'))};
        question.articles = {QStringLiteral("CFF-76")};
        question.author = QStringLiteral("命题人");
        question.validFrom = QDate(2026, 11, 24);
        bank.add(question);
    }
    return bank;
}

} // namespace

int main(int argc, char **argv)
{
    const int rows = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const QuestionBank bank = makeBank(rows);
    QElapsedTimer timer;
    timer.start();
    const auto written = writeXlsx(bank);
    const qint64 writeMs = timer.restart();
    if (!written) {
        std::fprintf(stderr, "%s\n", qPrintable(written.error().toString()));
        return 1;
    }
    const auto unpacked = readZip(written->bytes);
    const qint64 unpackMs = timer.restart();
    const ImportedFile read = readXlsx(written->bytes, QStringLiteral("bench.xlsx"));
    const qint64 readMs = timer.restart();
    const auto csv = writeCsvQuestions(bank);
    const qint64 writeCsvMs = timer.restart();
    const ImportedFile readCsv = readCsvQuestions(csv->bytes, QStringLiteral("bench.csv"));
    const qint64 readCsvMs = timer.restart();
    qint64 plain = 0;
    for (const QByteArray &part : *unpacked) {
        plain += part.size();
    }
    std::printf("%d questions, %lld bytes packed, %lld unpacked\n", rows, static_cast<long long>(written->bytes.size()),
        static_cast<long long>(plain));
    std::printf("xlsx write %lld ms   unpack alone %lld ms   read %lld ms (%.1f times unpacking), %lld questions\n",
        static_cast<long long>(writeMs), static_cast<long long>(unpackMs), static_cast<long long>(readMs),
        double(readMs) / double(std::max<qint64>(unpackMs, 1)), static_cast<long long>(read.questions.size()));
    std::printf("csv  write %lld ms   read %lld ms, %lld questions\n", static_cast<long long>(writeCsvMs),
        static_cast<long long>(readCsvMs), static_cast<long long>(readCsv.questions.size()));
    return read.questions.size() == rows && readCsv.questions.size() == rows ? 0 : 1;
}
