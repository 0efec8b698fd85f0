#include "question_bank/formats/sheet/xlsx.h"

#include <QSaveFile>

#include <cstdio>

/** make_import_template FILE: writes the empty workbook for questions. */
int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: make_import_template FILE\n");
        return 2;
    }
    const auto bytes = qingfeng::xlsxTemplate();
    QSaveFile file(QString::fromLocal8Bit(argv[1]));
    if (!bytes || !file.open(QIODevice::WriteOnly) || file.write(*bytes) != bytes->size() || !file.commit()) {
        std::fprintf(stderr, "%s\n", qPrintable(bytes ? file.errorString() : bytes.error().toString()));
        return 1;
    }
    return 0;
}
