#include "question_bank/formats/moodle/moodle_xml.h"

#include "question_bank/formats/html_text.h"
#include "question_bank/formats/moodle/moodle_question.h"
#include "question_bank/formats/question_tags.h"
#include "question_bank/formats/source_text.h"
#include "question_bank/formats/xml_tree.h"

#include <QRegularExpression>

namespace qingfeng {
namespace {

/** Moodle's "$course$/top/税务/P03": steps without its own roots; "//" is a slash inside a name. */
QStringList categorySteps(QString path)
{
    static const QRegularExpression root(QStringLiteral("^\\$[A-Za-z0-9_]+\\$$"));
    path.replace(QStringLiteral("//"), QStringLiteral("\ufdef"));
    QStringList steps;
    for (QString step : path.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        step = reduceHtml(step.replace(QChar(0xfdef), QLatin1Char('/'))).text;
        const bool top = steps.isEmpty() && step.compare(QLatin1String("top"), Qt::CaseInsensitive) == 0;
        if (!step.isEmpty() && !top && !root.match(step).hasMatch()) {
            steps.append(step);
        }
    }
    return steps;
}

class FileReader
{
public:
    FileReader(const QString &fileName, ImportedFile &out)
        : m_fileName(fileName)
        , m_out(out)
    {
    }

    void read(const QByteArray &bytes)
    {
        const auto tree = parseXml(bytes);
        if (tree) {
            if (tree->name != QLatin1String("quiz")) {
                m_out.rejected.append({m_fileName, tree->line, tree->name.left(60),
                    QStringLiteral("根元素应为 quiz，这不是 Moodle XML")});
                return;
            }
            readChildren(*tree);
            return;
        }
        if (tree.error().code() == ErrorCode::NotPermitted) {
            m_out.rejected.append({m_fileName, 0, QStringLiteral("DOCTYPE"),
                QStringLiteral("文件含文档类型声明（DOCTYPE），出于安全不予读取，请删去后重试")});
            return;
        }
        recover(bytes);
    }

private:
    void readChildren(const XmlNode &parent)
    {
        for (const XmlNode &node : parent.children) {
            if (node.isText()) {
                stray(node.text, node.line);
            } else if (node.name == QLatin1String("question")) {
                readQuestion(node);
            } else {
                warn(node.line, node.name.left(60), QStringLiteral("quiz 之下不认识的元素，已略过"));
            }
        }
    }

    void readQuestion(const XmlNode &node)
    {
        if (node.attribute(QStringLiteral("type")).trimmed() == QLatin1String("category")) {
            const XmlNode *category = node.child(u"category");
            m_category = category ? categorySteps(category->allText().trimmed()) : QStringList();
            return;
        }
        ImportedQuestion imported;
        imported.file = m_fileName;
        imported.row = node.line;
        imported.category = m_category;
        QStringList notes;
        const QString problem = readMoodleQuestion(node, imported, m_out.media, notes);
        if (!problem.isEmpty()) {
            m_out.rejected.append(
                {m_fileName, node.line, node.attribute(QStringLiteral("type")).left(60), problem});
            return;
        }
        QStringList tags;
        if (const XmlNode *list = node.child(u"tags")) {
            for (const XmlNode *tag : list->all(u"tag")) {
                tags.append(tag->allText().trimmed());
            }
        }
        const QStringList rest = applyTags(tags, imported, m_out.warnings);
        if (imported.question.keyword.isEmpty() && !rest.isEmpty()) {
            imported.question.keyword = rest.first();
        }
        for (const QString &note : std::as_const(notes)) {
            warn(node.line, {}, note);
        }
        m_out.questions.append(imported);
    }

    /** A file that is not well formed: each `<question …` up to the next is read by itself. */
    void recover(const QByteArray &original)
    {
        QString text = decodeImportText(original);
        static const QRegularExpression begin(QStringLiteral("<question(?=[\\s>])"));
        QList<qsizetype> starts;
        for (auto it = begin.globalMatch(text); it.hasNext();) {
            starts.append(it.next().capturedStart());
        }
        const auto whole = parseXml(original);
        const QString where = whole.has_error()
            ? whole.error().where() + QStringLiteral("：") + whole.error().detail()
            : QString();
        if (starts.isEmpty()) {
            m_out.rejected.append({m_fileName, lineOf(whole.error().where()), {},
                QStringLiteral("不是合格的 XML（%1）").arg(where)});
            return;
        }
        warn(lineOf(where), {}, QStringLiteral("文件不是合格的 XML（%1），已逐题读取").arg(where));
        qint64 line = 1;
        qsizetype counted = 0;
        for (qsizetype i = 0; i < starts.size(); ++i) {
            const qsizetype start = starts.at(i);
            line += QStringView(text).mid(counted, start - counted).count(QLatin1Char('\n'));
            counted = start;
            const qsizetype limit = i + 1 < starts.size() ? starts.at(i + 1) : text.size();
            QStringView chunk = QStringView(text).mid(start, limit - start);
            const QLatin1String ending("</question>");
            const qsizetype end = chunk.lastIndexOf(ending);
            if (end >= 0) {
                QString after = chunk.mid(end + ending.size()).toString();
                after.remove(QStringLiteral("</quiz>"));
                stray(after, line + chunk.left(end).count(QLatin1Char('\n')));
                chunk = chunk.left(end + ending.size());
            }
            const auto node = parseXml(chunk.toUtf8(), line);
            if (node) {
                readQuestion(*node);
            } else {
                const qint64 at = lineOf(node.error().where());
                m_out.rejected.append({m_fileName, line, {},
                    QStringLiteral("这道题不是合格的 XML（第 %1 行：%2）")
                        .arg(at)
                        .arg(node.error().detail())});
            }
        }
    }

    static qint64 lineOf(const QString &where)
    {
        static const QRegularExpression line(QStringLiteral("line (\\d+)"));
        return line.match(where).captured(1).toLongLong();
    }

    void stray(const QString &text, qint64 line)
    {
        QString words;
        qsizetype at = 0;
        for (qsizetype begin = text.indexOf(QLatin1String("<!--")); begin >= 0;
             begin = text.indexOf(QLatin1String("<!--"), at)) {
            const qsizetype end = text.indexOf(QLatin1String("-->"), begin);
            if (end < 0) {
                break;
            }
            words += text.mid(at, begin - at);
            at = end + 3;
        }
        words = (words + text.mid(at)).simplified();
        if (!words.isEmpty()) {
            warn(line, {}, QStringLiteral("题目之间的多余文字“%1”已略过").arg(words.left(60)));
        }
    }

    void warn(qint64 row, const QString &column, const QString &reason)
    {
        m_out.warnings.append({m_fileName, row, column, reason});
    }

    const QString m_fileName;
    ImportedFile &m_out;
    QStringList m_category;
};

} // namespace

ImportedFile readMoodleXml(const QByteArray &bytes, const QString &fileName, const ImportOptions &)
{
    ImportedFile out;
    FileReader(fileName, out).read(bytes);
    return out;
}

} // namespace qingfeng
