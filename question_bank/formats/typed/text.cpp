#include "question_bank/formats/typed/text.h"

#include "question_bank/formats/source_text.h"
#include "question_bank/formats/typed/question_lines.h"

namespace qingfeng {

ImportedFile readText(const QByteArray &bytes, const QString &fileName, const ImportOptions &)
{
    constexpr qsizetype maxLines = 500'000;
    ImportedFile out;
    const auto text = decodeSourceText(bytes);
    if (!text) {
        out.rejected.append({fileName, 0, QString(), text.error().detail()});
        return out;
    }
    if (text->count(QLatin1Char('\n')) > maxLines) {
        out.rejected.append({fileName, 0, QString(), QStringLiteral("超过 %1 行，请拆成几个文件").arg(maxLines)});
        return out;
    }
    QList<SourceLine> lines;
    qint64 number = 0;
    for (const QString &line : text->split(QLatin1Char('\n'))) {
        lines.append({++number, line});
    }
    readQuestionLines(fileName, lines, out);
    return out;
}

} // namespace qingfeng
