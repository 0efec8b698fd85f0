#include "question_bank/formats/text.h"

#include "question_bank/formats/question_lines.h"
#include "question_bank/formats/source_text.h"

namespace qingfeng {
namespace {
constexpr qsizetype maxLines = 500'000;
}

Result<ImportedFile> readText(const QByteArray &bytes, const QString &file)
{
    const auto text = decodeSourceText(bytes);
    if (!text) {
        return Error(text.error().code(), text.error().detail(), file);
    }
    if (text->count(QLatin1Char('\n')) > maxLines) {
        return Error(ErrorCode::TooLarge, QStringLiteral("超过 %1 行，请拆成几个文件").arg(maxLines), file);
    }
    QList<SourceLine> lines;
    qint64 number = 0;
    for (const QString &line : text->split(QLatin1Char('\n'))) {
        lines.append({++number, line});
    }
    ImportedFile out;
    readQuestionLines(file, lines, out);
    return out;
}

} // namespace qingfeng
