#include "question_bank/formats/office/ooxml.h"

#include "question_bank/formats/question_format.h"

#include <QRegularExpression>
#include <QStringList>

namespace qingfeng {
namespace {

/** A target as written in the relationships of @p part to the name of a part. */
QString resolved(const QString &part, const QString &target)
{
    QStringList path;
    if (!target.startsWith(QLatin1Char('/'))) {
        path = part.split(QLatin1Char('/'));
        path.removeLast();
    }
    for (const QString &piece : target.section(QLatin1Char('#'), 0, 0).split(QLatin1Char('/'))) {
        if (piece == QLatin1String("..")) {
            if (path.isEmpty()) {
                return {};
            }
            path.removeLast();
        } else if (!piece.isEmpty() && piece != QLatin1String(".")) {
            path.append(piece);
        }
    }
    return path.join(QLatin1Char('/'));
}

} // namespace

Result<OoxmlPackage> OoxmlPackage::open(const QByteArray &bytes, const QString &kind)
{
    if (bytes.size() > maxImportBytes) {
        return Error(ErrorCode::TooLarge,
            QStringLiteral("文件超过 %1 MB，请拆成几个文件").arg(maxImportBytes / 1024 / 1024));
    }
    if (bytes.startsWith("\xD0\xCF\x11\xE0")) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("是旧版 Office 文件，或者加了打开密码；请去掉密码，另存为 %1 后再导入").arg(kind));
    }
    if (!isZip(bytes)) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("不是 %1，或者没有下载完整").arg(kind));
    }
    auto files = readZip(bytes);
    if (files) {
        return OoxmlPackage(std::move(*files));
    }
    const ErrorCode code = files.error().code();
    const QString reason = code == ErrorCode::TooLarge ? QStringLiteral("解压后过大，不予读取；请拆成几个文件")
        : code == ErrorCode::NotPermitted              ? QStringLiteral("压缩包里有可疑的文件名，不予读取")
                                                       : QStringLiteral("文件已损坏，请用 Office 打开后另存，或重新下载");
    return Error(code, reason, files.error().where());
}

Result<QByteArray> OoxmlPackage::read(const QString &part) const
{
    const auto it = m_files.constFind(part);
    if (it == m_files.cend()) {
        return Error(ErrorCode::NotFound, QStringLiteral("文件里缺少 %1，请用 Office 打开后另存").arg(part.left(80)), part);
    }
    return *it;
}

QHash<QString, Relationship> OoxmlPackage::relationships(const QString &part) const
{
    const qsizetype slash = part.lastIndexOf(QLatin1Char('/')) + 1;
    const QString name = part.left(slash) + QStringLiteral("_rels/") + part.mid(slash) + QStringLiteral(".rels");
    QHash<QString, Relationship> relations;
    const auto bytes = read(name);
    if (!bytes) {
        return relations;
    }
    QXmlStreamReader xml(*bytes);
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("Relationship")) {
            const bool outside = attribute(xml, u"TargetMode") == QLatin1String("External");
            relations.insert(attribute(xml, u"Id"),
                {attribute(xml, u"Type").section(QLatin1Char('/'), -1),
                    outside ? QString() : resolved(part, attribute(xml, u"Target"))});
        }
    });
    return relations;
}

QString OoxmlPackage::mainPart() const
{
    const auto relations = relationships(QString());
    for (const Relationship &relation : relations) {
        if (relation.type == QLatin1String("officeDocument")) {
            return relation.target;
        }
    }
    return {};
}

QXmlStreamReader::TokenType nextToken(QXmlStreamReader &xml)
{
    const auto token = xml.readNext();
    if (token == QXmlStreamReader::DTD || token == QXmlStreamReader::EntityReference) {
        xml.raiseError(QStringLiteral("DTD"));
        return QXmlStreamReader::Invalid;
    }
    return token;
}

QString attribute(const QXmlStreamReader &xml, QStringView name)
{
    const auto attributes = xml.attributes();
    for (const QXmlStreamAttribute &found : attributes) {
        if (found.name() == name) {
            return found.value().toString();
        }
    }
    return {};
}

bool isOn(const QXmlStreamReader &xml)
{
    const QString value = attribute(xml, u"val");
    return value != QLatin1String("0") && value != QLatin1String("false") && value != QLatin1String("none")
        && value != QLatin1String("off");
}

QString unescapedText(const QString &text)
{
    if (!text.contains(QLatin1String("_x"))) {
        return text;
    }
    static const QRegularExpression escape(QStringLiteral("_x([0-9A-Fa-f]{4})_"));
    QString out;
    qsizetype from = 0;
    auto matches = escape.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        out += text.mid(from, match.capturedStart() - from);
        out += QChar(char16_t(match.captured(1).toUInt(nullptr, 16)));
        from = match.capturedEnd();
    }
    return out + text.mid(from);
}

} // namespace qingfeng
