#include "question_bank/formats/office/ooxml_pictures.h"

#include "question_bank/model/media.h"

namespace qingfeng {
namespace {

/** What a picture that no screen of ours shows is called; empty when even that cannot be told. */
QString foreignKind(const QByteArray &bytes)
{
    const QByteArray start = bytes.left(4);
    if (start == QByteArray("\1\0\0\0", 4) && bytes.mid(40, 4) == " EMF") {
        return QStringLiteral("EMF");
    }
    if (start == "\xD7\xCD\xC6\x9A" || start == QByteArray("\1\0\11\0", 4)) {
        return QStringLiteral("WMF");
    }
    if (start == "GIF8") {
        return QStringLiteral("GIF");
    }
    if (start.startsWith("BM")) {
        return QStringLiteral("BMP");
    }
    return start == QByteArray("II*\0", 4) || start == QByteArray("MM\0*", 4) ? QStringLiteral("TIFF")
                                                                              : QString();
}

} // namespace

OoxmlPictures::OoxmlPictures(const OoxmlPackage &package, Media &media)
    : m_package(package)
    , m_media(media)
{
}

OoxmlPictures::Taken OoxmlPictures::take(const Relationship &relation)
{
    if (relation.target.isEmpty()) {
        return {QString(), QStringLiteral("图片在文件以外（链接），没有读入；请改为嵌入")};
    }
    const auto known = m_taken.constFind(relation.target);
    return known != m_taken.cend() ? *known : *m_taken.insert(relation.target, takePart(relation.target));
}

OoxmlPictures::Taken OoxmlPictures::takePart(const QString &part)
{
    const auto problem = [](const QString &text) { return Taken{QString(), text}; };
    const auto bytes = m_package.read(part);
    if (!bytes) {
        return problem(QStringLiteral("图片 %1 在文件里找不到，没有读入；请重新插入")
                           .arg(part.section(QLatin1Char('/'), -1)));
    }
    const auto name = mediaName(*bytes);
    if (!name && name.error().code() == ErrorCode::TooLarge) {
        return problem(QStringLiteral("图片有 %1 KB，超过 %2 KB，没有读入；请压缩后重新插入")
                           .arg(bytes->size() / 1024)
                           .arg(maxPictureBytes / 1024));
    }
    if (!name) {
        const QString kind = foreignKind(*bytes);
        return problem(kind.isEmpty()
                ? QStringLiteral("图片不是 PNG 或 JPEG，没有读入；请另存为 PNG 后重新插入")
                : QStringLiteral("图片是 %1 格式，没有读入；请另存为 PNG 后重新插入").arg(kind));
    }
    if (!m_media.contains(*name)) {
        if (m_bytes + bytes->size() > maxMediaBytes) {
            return problem(QStringLiteral("图片总共超过 %1 MB，这一张没有读入；请拆成几个文件")
                               .arg(maxMediaBytes / 1024 / 1024));
        }
        m_bytes += bytes->size();
        m_media.insert(*name, *bytes);
    }
    return {*name, QString()};
}

} // namespace qingfeng
