#include "question_bank/formats/moodle/gift_blocks.h"

#include <QRegularExpression>

namespace qingfeng {
namespace {

// Escaped characters, kept apart as noncharacters of Unicode until the structure is understood.
constexpr char16_t firstEscape = 0xfdd0;
const QString escapable = QStringLiteral(":#={}~\\\n");

/** Difference of braces that are not escaped. */
int openBraces(const QString &line)
{
    int open = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line.at(i) == QLatin1Char('\\')) {
            ++i;
        } else if (line.at(i) == QLatin1Char('{')) {
            ++open;
        } else if (line.at(i) == QLatin1Char('}')) {
            --open;
        }
    }
    return open;
}

/** Cuts a file into its questions and category lines. */
class GiftCutter
{
public:
    explicit GiftCutter(const QString &text)
        : m_lines(text.split(QLatin1Char('\n')))
    {
        // For each line whether the next brace, from here on, closes: then an empty line is inside an answer.
        m_closesNext.fill(false, m_lines.size() + 1);
        for (qsizetype i = m_lines.size() - 1; i >= 0; --i) {
            m_closesNext[i] = m_closesNext.at(i + 1);
            const QString &line = m_lines.at(i);
            for (qsizetype at = 0; at < line.size(); ++at) {
                if (line.at(at) == QLatin1Char('\\')) {
                    ++at;
                } else if (line.at(at) == QLatin1Char('{') || line.at(at) == QLatin1Char('}')) {
                    m_closesNext[i] = line.at(at) == QLatin1Char('}');
                    break;
                }
            }
        }
    }

    QList<GiftBlock> run()
    {
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            const QString &line = m_lines.at(i);
            const QString trimmed = line.trimmed();
            if (trimmed.isEmpty()) {
                if (m_open <= 0 || !m_closesNext.at(i)) {
                    end();
                } else {
                    m_block.lines.append(QString());
                }
                continue;
            }
            if (trimmed.startsWith(QLatin1String("//"))) {
                begin(i);
                m_block.comments.append(trimmed.mid(2));
                continue;
            }
            if (trimmed.startsWith(QLatin1String("$CATEGORY:"))) {
                end();
                begin(i);
                m_block.row = i + 1;
                m_block.lines.append(trimmed);
                end();
                continue;
            }
            if (trimmed.startsWith(QLatin1String("::")) && m_open <= 0 && !m_block.lines.isEmpty()) {
                end();
            }
            begin(i);
            if (m_block.lines.isEmpty()) {
                m_block.row = i + 1;
            }
            m_block.lines.append(line);
            m_open += openBraces(line);
        }
        end();
        return std::move(m_blocks);
    }

private:
    void begin(qsizetype line)
    {
        if (m_block.row == 0) {
            m_block.row = line + 1;
        }
    }

    void end()
    {
        if (!m_block.lines.isEmpty()) {
            m_blocks.append(m_block);
        }
        m_block = {};
        m_open = 0;
    }

    const QStringList m_lines;
    QList<bool> m_closesNext;
    QList<GiftBlock> m_blocks;
    GiftBlock m_block;
    int m_open = 0;
};

} // namespace

QString hideEscapes(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.unicode() >= 0xfdd0 && c.unicode() <= 0xfdef) {
            continue;
        }
        if (c == QLatin1Char('\\') && i + 1 < text.size()) {
            const QChar next = text.at(i + 1) == QLatin1Char('n') ? QChar(u'\n') : text.at(i + 1);
            const qsizetype known = text.at(i + 1) == QLatin1Char('\n') ? -1 : escapable.indexOf(next);
            if (known >= 0) {
                out += QChar(ushort(firstEscape + known));
                ++i;
                continue;
            }
        }
        out += c;
    }
    return out;
}

QString showEscapes(const QString &text)
{
    QString out = text;
    for (QChar &c : out) {
        const int known = c.unicode() - firstEscape;
        if (known >= 0 && known < escapable.size()) {
            c = escapable.at(known);
        }
    }
    return out;
}

QList<GiftBlock> giftBlocks(const QString &text)
{
    return GiftCutter(text).run();
}

QStringList giftCategory(const QString &text)
{
    static const QRegularExpression root(QStringLiteral("^\\$[A-Za-z0-9_]+\\$$"));
    QString path = text;
    path.replace(QStringLiteral("//"), QStringLiteral("\ufdef"));
    QStringList steps;
    for (QString step : path.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        step = step.replace(QChar(0xfdef), QLatin1Char('/')).trimmed();
        const bool top = steps.isEmpty() && step.compare(QLatin1String("top"), Qt::CaseInsensitive) == 0;
        if (!step.isEmpty() && !top && !root.match(step).hasMatch()) {
            steps.append(step);
        }
    }
    return steps;
}

} // namespace qingfeng
