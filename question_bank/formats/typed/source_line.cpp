#include "question_bank/formats/typed/source_line.h"

#include <algorithm>

namespace qingfeng {

void prefixLine(SourceLine &line, const QString &prefix)
{
    line.text.prepend(prefix);
    for (LineMark &mark : line.marks) {
        mark.start += prefix.size();
    }
    for (LinePicture &picture : line.pictures) {
        picture.position += prefix.size();
    }
}

QList<SourceLine> cutAtBreaks(const SourceLine &line)
{
    QList<SourceLine> pieces;
    qsizetype from = 0;
    while (true) {
        const qsizetype found = line.text.indexOf(QLatin1Char('\n'), from);
        const qsizetype end = found < 0 ? line.text.size() : found;
        SourceLine piece {line.number, line.text.mid(from, end - from), {}, {}};
        for (const LineMark &mark : line.marks) {
            const qsizetype begin = std::max(mark.start, from);
            const qsizetype stop = std::min(mark.start + mark.length, end);
            if (begin < stop) {
                piece.marks.append({begin - from, stop - begin, mark.kind});
            }
        }
        for (const LinePicture &picture : line.pictures) {
            if (picture.position >= from && picture.position <= end) {
                piece.pictures.append({picture.position - from, picture.picture});
            }
        }
        pieces.append(piece);
        if (found < 0) {
            return pieces;
        }
        from = found + 1;
    }
}

} // namespace qingfeng
