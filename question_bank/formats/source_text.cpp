#include "question_bank/formats/source_text.h"

#include "question_bank/formats/question_format.h"

#include <algorithm>

#include <QStringDecoder>

namespace qingfeng {
namespace {

QString decodeAs(QStringDecoder decoder, const QByteArray &bytes, bool &good)
{
    const QString text = decoder.isValid() ? QString(decoder.decode(bytes)) : QString();
    good = decoder.isValid() && !decoder.hasError() && !text.contains(QChar(u'\0'));
    return text;
}

/** UTF-16 without a BOM: the line ends, commas and digits of any text leave zeros on one side only. */
std::optional<QStringConverter::Encoding> wideEncoding(const QByteArray &bytes)
{
    qsizetype zeros[2] = {0, 0};
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        zeros[i % 2] += bytes.at(i) == '\0';
    }
    if (bytes.size() % 2 != 0 || (zeros[0] == 0) == (zeros[1] == 0)) {
        return std::nullopt;
    }
    return zeros[0] == 0 ? QStringConverter::Utf16LE : QStringConverter::Utf16BE;
}

} // namespace

Result<QString> decodeSourceText(const QByteArray &bytes)
{
    if (bytes.size() > maxImportBytes) {
        return Error(ErrorCode::TooLarge,
            QStringLiteral("文件超过 %1 MB，请拆成几个文件").arg(maxImportBytes / 1024 / 1024));
    }
    bool good = false;
    QString text;
    if (const auto byBom = QStringConverter::encodingForData(bytes)) {
        text = decodeAs(QStringDecoder(*byBom), bytes, good);
    } else if (const auto wide = wideEncoding(bytes)) {
        text = decodeAs(QStringDecoder(*wide), bytes, good);
    } else {
        text = decodeAs(QStringDecoder(QStringConverter::Utf8), bytes, good);
        if (!good) {
            text = decodeAs(QStringDecoder("GB18030"), bytes, good);
        }
    }
    if (!good) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("不是 UTF-8、UTF-16 或 GB18030 编码的文本，请用记事本打开后另存为 UTF-8"));
    }
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    text.replace(QChar(u'\r'), QChar(u'\n'));
    return text;
}

QString halfWidth(const QString &text)
{
    QString result = text;
    for (QChar &c : result) {
        const char16_t unit = c.unicode();
        if (unit >= 0xFF01 && unit <= 0xFF5E) {
            c = QChar(char16_t(unit - 0xFEE0));
        } else if (unit == 0x3000 || unit == 0x00A0 || unit == 0x200B || unit == 0xFEFF
            || (unit >= 0x2000 && unit <= 0x200A) || unit == 0x202F) {
            c = QChar(u' ');
        }
    }
    return result;
}

QString plainKey(const QString &text)
{
    QString key = halfWidth(text).toUpper();
    key.removeIf([](QChar c) { return c.isSpace(); });
    return key;
}

int chineseNumber(const QString &text)
{
    bool ok = false;
    const int plain = text.toInt(&ok);
    if (ok) {
        return plain > 0 && plain <= 9999 ? plain : 0;
    }
    static const QString digits = QStringLiteral("一二三四五六七八九");
    int tens = 0;
    int ones = 0;
    bool sawTen = false;
    for (const QChar c : text) {
        if (c == QChar(u'十') && !sawTen) {
            tens = ones == 0 ? 1 : ones;
            ones = 0;
            sawTen = true;
        } else if (const auto digit = digits.indexOf(c); digit >= 0 && ones == 0) {
            ones = int(digit) + 1;
        } else {
            return 0;
        }
    }
    return tens * 10 + ones;
}

} // namespace qingfeng
