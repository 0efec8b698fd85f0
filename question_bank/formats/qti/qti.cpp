#include "question_bank/formats/qti/qti.h"

#include "question_bank/formats/qti/qti_item.h"
#include "question_bank/formats/question_tags.h"
#include "question_bank/formats/xml_tree.h"
#include "question_bank/formats/zip_archive.h"

#include <algorithm>

#include <QRegularExpression>
#include <QSet>
#include <QUrl>

namespace qingfeng {
namespace {

/** "qti-simple-choice" of QTI 3 as "simpleChoice" of QTI 2, so that one reader does for both. */
QString camelCase(const QString &name)
{
    QString out;
    bool upper = false;
    for (const QChar c : name.startsWith(QLatin1String("qti-")) ? name.mid(4) : name) {
        if (c == QLatin1Char('-')) {
            upper = true;
            continue;
        }
        out += upper ? c.toUpper() : c;
        upper = false;
    }
    return out;
}

void normalise(XmlNode &node)
{
    if (node.name.startsWith(QLatin1String("qti-"))) {
        node.name = camelCase(node.name);
    }
    QHash<QString, QString> attributes;
    for (auto it = node.attributes.cbegin(); it != node.attributes.cend(); ++it) {
        attributes.insert(camelCase(it.key()), it.value());
    }
    node.attributes = attributes;
    for (XmlNode &child : node.children) {
        normalise(child);
    }
}

/** What the manifest says of one resource. */
struct Resource
{
    QString path;
    QString id;
    QStringList keywords;
};

class PackageReader
{
public:
    PackageReader(const QString &fileName, ImportedFile &out)
        : m_fileName(fileName)
        , m_out(out)
    {
    }

    void readPackage(const QByteArray &bytes)
    {
        const auto files = readZip(bytes);
        if (!files) {
            reject(0, files.error().where(), words(files.error()));
            return;
        }
        m_files = *files;
        // In the wild the manifest often stands one folder down.
        QString manifest;
        for (auto it = m_files.cbegin(); it != m_files.cend(); ++it) {
            const bool named = it.key().section(QLatin1Char('/'), -1) == QLatin1String("imsmanifest.xml");
            if (named && (manifest.isEmpty() || it.key().size() < manifest.size())) {
                manifest = it.key();
            }
        }
        QList<Resource> resources = manifest.isEmpty() ? QList<Resource>{} : readManifest(manifest);
        if (resources.isEmpty()) {
            warn(m_fileName, 0, QStringLiteral("包里没有可用的 imsmanifest.xml，逐个读取其中的 XML 文件"));
            QStringList paths = m_files.keys();
            paths.sort();
            for (const QString &path : std::as_const(paths)) {
                if (path.endsWith(QLatin1String(".xml"), Qt::CaseInsensitive) && path != manifest
                    && m_files.value(path).contains("ssessment-item")
                        + m_files.value(path).contains("ssessmentItem")) {
                    resources.append({path, {}, {}});
                }
            }
        }
        for (const Resource &resource : std::as_const(resources)) {
            m_name = m_fileName + QLatin1Char('!') + resource.path;
            if (!m_files.contains(resource.path)) {
                reject(0, resource.path, QStringLiteral("清单里有这个文件，包里没有"));
                continue;
            }
            readItem(m_files.value(resource.path), resource);
        }
        if (resources.isEmpty()) {
            m_name = m_fileName;
            reject(0, {}, QStringLiteral("包里没有 QTI 题目"));
        }
        warnOfRepeats();
    }

    void readAlone(const QByteArray &bytes)
    {
        m_name = m_fileName;
        readItem(bytes, {});
    }

private:
    static QString words(const Error &error)
    {
        switch (error.code()) {
        case ErrorCode::NotPermitted:
            return QStringLiteral("压缩包里有指向包外的路径，整个文件不予读取");
        case ErrorCode::TooLarge:
            return QStringLiteral("压缩包解开后过大（或文件过多），不予读取");
        default:
            return QStringLiteral("压缩包已损坏或已加密：%1").arg(error.detail());
        }
    }

    QList<Resource> readManifest(const QString &path)
    {
        const auto tree = parseXml(m_files.value(path));
        if (!tree) {
            warn(m_fileName + QLatin1Char('!') + path, 0,
                QStringLiteral("清单不是合格的 XML：%1").arg(tree.error().where()));
            return {};
        }
        const QString folder = path.left(path.lastIndexOf(QLatin1Char('/')) + 1);
        QList<const XmlNode *> nodes;
        findAll(*tree, QStringLiteral("resource"), nodes);
        QList<Resource> resources;
        for (const XmlNode *node : std::as_const(nodes)) {
            const QString type = node->attribute(QStringLiteral("type"));
            if (!type.contains(QLatin1String("qti_item"), Qt::CaseInsensitive)) {
                if (type.contains(QLatin1String("imsqti_xmlv1"), Qt::CaseInsensitive)) {
                    m_name = m_fileName;
                    reject(node->line, type,
                        QStringLiteral("QTI 1.2 的题目不能读取，请在原系统中导出为 QTI 2.1"));
                }
                continue;
            }
            Resource resource;
            resource.path = resolved(
                folder, QUrl::fromPercentEncoding(node->attribute(QStringLiteral("href")).toUtf8()));
            readMetadata(*node, resource);
            resources.append(resource);
        }
        return resources;
    }

    static void readMetadata(const XmlNode &node, Resource &resource)
    {
        QList<const XmlNode *> keywords;
        findAll(node, QStringLiteral("keyword"), keywords);
        for (const XmlNode *keyword : std::as_const(keywords)) {
            resource.keywords.append(keyword->allText().trimmed());
        }
        QList<const XmlNode *> identifiers;
        findAll(node, QStringLiteral("identifier"), identifiers);
        for (const XmlNode *identifier : std::as_const(identifiers)) {
            const XmlNode *entry = identifier->child(u"entry");
            const XmlNode *catalog = identifier->child(u"catalog");
            if (entry && catalog && catalog->allText().trimmed() == QLatin1String("qingfeng")) {
                resource.id = entry->allText().trimmed();
            }
        }
    }

    /** @p path from @p folder inside the archive; empty when it leads out. */
    static QString resolved(const QString &folder, const QString &path)
    {
        QStringList steps = folder.split(QLatin1Char('/'), Qt::SkipEmptyParts);
        if (path.startsWith(QLatin1Char('/')) || path.contains(QLatin1Char('\\'))
            || path.contains(QLatin1Char(':'))) {
            return {};
        }
        for (const QString &step : path.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
            if (step == QLatin1String("..")) {
                if (steps.isEmpty()) {
                    return {};
                }
                steps.removeLast();
            } else if (step != QLatin1String(".")) {
                steps.append(step);
            }
        }
        return steps.join(QLatin1Char('/'));
    }

    void readItem(const QByteArray &bytes, const Resource &resource)
    {
        auto tree = parseXml(bytes);
        if (!tree) {
            const bool doctype = tree.error().code() == ErrorCode::NotPermitted;
            static const QRegularExpression line(QStringLiteral("line (\\d+)"));
            reject(line.match(tree.error().where()).captured(1).toLongLong(), {},
                doctype ? QStringLiteral("文件含文档类型声明（DOCTYPE），出于安全不予读取")
                        : QStringLiteral("不是合格的 XML（%1：%2）")
                              .arg(tree.error().where(), tree.error().detail()));
            return;
        }
        normalise(*tree);
        if (tree->name != QLatin1String("assessmentItem")) {
            reject(tree->line, tree->name.left(60),
                tree->name == QLatin1String("questestinterop")
                    ? QStringLiteral("QTI 1.2 的题目不能读取，请在原系统中导出为 QTI 2.1")
                    : QStringLiteral("根元素应为 assessmentItem，这不是 QTI 题目"));
            return;
        }
        const QString folder = resource.path.left(resource.path.lastIndexOf(QLatin1Char('/')) + 1);
        const std::function<QByteArray(const QString &)> find = [&](const QString &source) {
            return m_files.value(
                resolved(folder, QUrl::fromPercentEncoding(source.section(QLatin1Char('?'), 0, 0).toUtf8())));
        };
        ImportedQuestion imported;
        imported.file = m_name;
        imported.row = tree->line;
        QStringList notes;
        const QString problem = readQtiItem(*tree, imported, m_out.media, notes, find);
        if (!problem.isEmpty()) {
            reject(tree->line, tree->attribute(QStringLiteral("identifier")).left(60), problem);
            return;
        }
        if (!resource.id.isEmpty()) {
            imported.question.id = resource.id;
        }
        const QStringList rest = applyTags(resource.keywords, imported, m_out.warnings);
        if (imported.question.keyword.isEmpty() && !rest.isEmpty()) {
            imported.question.keyword = rest.first();
        }
        for (const QString &note : std::as_const(notes)) {
            warn(m_name, tree->line, note);
        }
        m_out.questions.append(imported);
    }

    /** Exporters that name every item "choice" name none: such ids say nothing. */
    void warnOfRepeats()
    {
        QHash<QString, int> count;
        for (const ImportedQuestion &imported : std::as_const(m_out.questions)) {
            ++count[imported.question.id];
        }
        for (ImportedQuestion &imported : m_out.questions) {
            if (count.value(imported.question.id) > 1) {
                warn(imported.file, imported.row,
                    QStringLiteral("identifier“%1”在包里不只一个，另行编号")
                        .arg(imported.question.id.left(60)));
                imported.question.id.clear();
            }
        }
    }

    void reject(qint64 row, const QString &column, const QString &reason)
    {
        m_out.rejected.append({m_name.isEmpty() ? m_fileName : m_name, row, column, reason});
    }

    void warn(const QString &file, qint64 row, const QString &reason)
    {
        m_out.warnings.append({file, row, {}, reason});
    }

    const QString m_fileName;
    ImportedFile &m_out;
    ArchiveFiles m_files;
    QString m_name;
};

} // namespace

ImportedFile readQti(const QByteArray &bytes, const QString &fileName, const ImportOptions &)
{
    ImportedFile out;
    PackageReader reader(fileName, out);
    if (isZip(bytes)) {
        reader.readPackage(bytes);
    } else {
        reader.readAlone(bytes);
    }
    return out;
}

} // namespace qingfeng
