#include "question_bank/formats/sheet/workbook.h"

#include <algorithm>

#include <xlsxwriter.h>

#include <QFile>
#include <QTemporaryDir>

namespace qingfeng {

Result<QByteArray> makeWorkbook(qint64 createdAtMs, const std::function<int(lxw_workbook *)> &fill)
{
    // The library writes to a file of its own; it lives in a folder that goes when we are done.
    const QTemporaryDir folder;
    if (!folder.isValid()) {
        return Error(ErrorCode::Io, folder.errorString(), QStringLiteral("xlsx"));
    }
    const QString path = folder.filePath(QStringLiteral("book.xlsx"));
    QByteArray directory = folder.path().toLocal8Bit();
    lxw_workbook_options options{};
    options.tmpdir = directory.data();
    lxw_workbook *book = workbook_new_opt(path.toLocal8Bit().constData(), &options);
    if (!book) {
        return Error(ErrorCode::Io, QStringLiteral("no workbook"), path);
    }
    lxw_doc_properties properties{};
    properties.created = time_t(std::max<qint64>(createdAtMs / 1000, 1)); // 0 would mean now
    const int undated = workbook_set_properties(book, &properties);
    const int unfilled = fill(book);
    const int unclosed = workbook_close(book);
    for (const int error : {undated, unfilled, unclosed}) {
        if (error != LXW_NO_ERROR) {
            return Error(
                ErrorCode::Io, QString::fromLatin1(lxw_strerror(lxw_error(error))), QStringLiteral("xlsx"));
        }
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    return file.readAll();
}

} // namespace qingfeng
