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

/** How much of a text is what people type here: letters of ASCII, Chinese, its punctuation, line ends. */
double usualShare(const QString &text)
{
    const auto usual = std::ranges::count_if(text, [](QChar c) {
        const char16_t unit = c.unicode();
        return (unit >= 0x20 && unit < 0x7F) || unit == u'\n' || unit == u'\r' || unit == u'\t'
            || (unit >= 0x4E00 && unit <= 0x9FFF) || (unit >= 0x3000 && unit <= 0x303F)
            || (unit >= 0xFF00 && unit <= 0xFFEF) || (unit >= 0x2010 && unit <= 0x206F);
    });
    return text.isEmpty() ? 0.0 : double(usual) / double(text.size());
}

/**
 * UTF-16 without a BOM: bytes that hold zeros, and are usual text in one of the two byte orders. Counting on which
 * side the zeros stand would not do: 一 is U+4E00.
 */
std::optional<QStringConverter::Encoding> wideEncoding(const QByteArray &bytes)
{
    constexpr double wanted = 0.7;
    if (bytes.size() % 2 != 0 || !bytes.contains('\0')) {
        return std::nullopt;
    }
    // Pairs of small letters look like Chinese: a stray zero in a text of bytes does not make it wide.
    QStringDecoder narrow(QStringConverter::Utf8);
    const QString asUtf8 = narrow.decode(bytes);
    if (!narrow.hasError() && asUtf8.count(QChar(u'\0')) * 4 < bytes.size()) {
        return std::nullopt;
    }
    std::optional<QStringConverter::Encoding> found;
    double best = wanted;
    for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
        bool good = false;
        const QString text = decodeAs(QStringDecoder(encoding), bytes, good);
        if (const double share = good ? usualShare(text) : 0.0; share > best) {
            best = share;
            found = encoding;
        }
    }
    return found;
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

QString decodeImportText(const QByteArray &bytes)
{
    const auto text = decodeSourceText(bytes);
    return text ? *text : QString::fromUtf8(bytes);
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
