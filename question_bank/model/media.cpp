#include "question_bank/model/media.h"

#include "question_bank/base/canonical_json.h"

namespace qingfeng {
namespace {

/** An SVG has its root element within the first kilobyte; before it only declarations and comments. */
bool isHarmlessSvg(const QByteArray &bytes)
{
    const QByteArray text = bytes.toLower();
    const QByteArray start = text.left(1024);
    const qsizetype root = start.indexOf("<svg");
    if (root < 0) {
        return false;
    }
    const QByteArray before
        = (start.startsWith("\xef\xbb\xbf") ? start.mid(3, root - 3) : start.left(root)).trimmed();
    if (!before.isEmpty() && !before.startsWith('<')) {
        return false;
    }
    for (const char *harm : {"<script", "<!entity", "<foreignobject", "javascript:", "http-equiv", "@import",
             "url(http", "url('http", "url(\"http", "file:"}) {
        if (text.contains(harm)) {
            return false;
        }
    }
    // The only links allowed are into the picture itself or to data that it carries.
    for (qsizetype at = text.indexOf("href"); at >= 0; at = text.indexOf("href", at + 4)) {
        const QByteArray value = text.mid(at + 4, 32).trimmed();
        if (value.startsWith('=') && !value.mid(1).trimmed().mid(1).startsWith('#')
            && !value.mid(1).trimmed().mid(1).startsWith("data:image/")) {
            return false;
        }
    }
    return true;
}

QString extensionOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Png:
        return QStringLiteral(".png");
    case PictureFormat::Jpeg:
        return QStringLiteral(".jpg");
    case PictureFormat::Svg:
        return QStringLiteral(".svg");
    case PictureFormat::Webp:
        return QStringLiteral(".webp");
    }
    return {};
}

} // namespace

std::optional<PictureFormat> pictureFormat(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n") && bytes.mid(12, 4) == "IHDR") {
        return PictureFormat::Png;
    }
    if (bytes.startsWith("\xff\xd8\xff")) {
        return PictureFormat::Jpeg;
    }
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP") {
        return PictureFormat::Webp;
    }
    if (isHarmlessSvg(bytes)) {
        return PictureFormat::Svg;
    }
    return std::nullopt;
}

Result<QString> mediaName(const QByteArray &bytes)
{
    if (bytes.size() > maxPictureBytes) {
        return Error(
            ErrorCode::TooLarge, QStringLiteral("a picture of over %1 KB").arg(maxPictureBytes / 1024));
    }
    const auto format = pictureFormat(bytes);
    if (!format) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("not a PNG, JPEG, WebP or self-contained SVG picture"));
    }
    return sha256Hex(bytes) + extensionOf(*format);
}

} // namespace qingfeng
