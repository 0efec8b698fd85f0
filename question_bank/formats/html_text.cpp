#include "question_bank/formats/html_text.h"

#include "question_bank/formats/question_text.h"

#include <algorithm>

#include <QHash>
#include <QSet>

namespace qingfeng {
namespace {

constexpr char16_t hardSpace = u'\u00a0';

/** Elements that begin and end a line. */
const QSet<QString> &blockElements()
{
    static const QSet<QString> names = [] {
        QSet<QString> set;
        for (const char *name : {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "thead",
                 "tbody", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article",
                 "center", "caption", "header", "footer", "hr", "form", "fieldset", "figure", "figcaption",
                 "body", "html", "prompt", "rubricblock"}) {
            set.insert(QString::fromLatin1(name));
        }
        return set;
    }();
    return names;
}

/** Elements that change the look alone; with the blocks, all names that are taken for markup and not for
 * text. */
const QSet<QString> &inlineElements()
{
    static const QSet<QString> names = [] {
        QSet<QString> set;
        for (const char *name :
            {"a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "col", "colgroup", "dfn", "em",
                "font", "head", "i", "img", "ins", "kbd", "label", "link", "mark", "meta", "nobr", "o:p", "q",
                "rp", "rt", "ruby", "samp", "script", "small", "span", "strong", "style", "sub", "sup", "td",
                "th", "time", "title", "tt", "u", "var", "wbr", "math", "del", "s", "strike", "audio",
                "video", "iframe", "object", "embed", "svg", "canvas", "input", "select", "option", "button",
                "textarea", "source", "nav", "main", "aside", "printedvariable", "mathjax", "annotation",
                "semantics", "mrow", "mi", "mo", "mn", "msup", "msub", "mfrac", "msqrt", "mtext", "param",
                "noscript", "feedbackinline", "templateinline", "object"}) {
            set.insert(QString::fromLatin1(name));
        }
        return set;
    }();
    return names;
}

/** What an element says besides its text, or nothing. */
QString lossOf(const QString &name)
{
    static const QHash<QString, QString> losses{{QStringLiteral("table"), QStringLiteral("table")},
        {QStringLiteral("sub"), QStringLiteral("sub")}, {QStringLiteral("sup"), QStringLiteral("sup")},
        {QStringLiteral("math"), QStringLiteral("formula")},
        {QStringLiteral("del"), QStringLiteral("strike")}, {QStringLiteral("s"), QStringLiteral("strike")},
        {QStringLiteral("strike"), QStringLiteral("strike")},
        {QStringLiteral("audio"), QStringLiteral("media")},
        {QStringLiteral("video"), QStringLiteral("media")},
        {QStringLiteral("iframe"), QStringLiteral("media")},
        {QStringLiteral("embed"), QStringLiteral("media")},
        {QStringLiteral("object"), QStringLiteral("media")}, {QStringLiteral("svg"), QStringLiteral("media")},
        {QStringLiteral("canvas"), QStringLiteral("media")},
        {QStringLiteral("input"), QStringLiteral("form")}, {QStringLiteral("select"), QStringLiteral("form")},
        {QStringLiteral("textarea"), QStringLiteral("form")}};
    return losses.value(name);
}

const QHash<QString, char32_t> &namedEntities()
{
    static const QHash<QString, char32_t> names = [] {
        struct Entity
        {
            const char *name;
            char32_t code;
        };
        QHash<QString, char32_t> table;
        for (const Entity &entity :
            {Entity{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xa0},
                {"ensp", 0x2002}, {"emsp", 0x2003}, {"thinsp", 0x2009}, {"zwnj", 0x200c}, {"zwj", 0x200d},
                {"shy", 0xad}, {"hellip", 0x2026}, {"mdash", 0x2014}, {"ndash", 0x2013}, {"ldquo", 0x201c},
                {"rdquo", 0x201d}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"sbquo", 0x201a}, {"bdquo", 0x201e},
                {"laquo", 0xab}, {"raquo", 0xbb}, {"middot", 0xb7}, {"bull", 0x2022}, {"times", 0xd7},
                {"divide", 0xf7}, {"plusmn", 0xb1}, {"minus", 0x2212}, {"le", 0x2264}, {"ge", 0x2265},
                {"ne", 0x2260}, {"asymp", 0x2248}, {"infin", 0x221e}, {"radic", 0x221a}, {"permil", 0x2030},
                {"deg", 0xb0}, {"sect", 0xa7}, {"para", 0xb6}, {"copy", 0xa9}, {"reg", 0xae},
                {"trade", 0x2122}, {"yen", 0xa5}, {"euro", 0x20ac}, {"pound", 0xa3}, {"cent", 0xa2},
                {"larr", 0x2190}, {"uarr", 0x2191}, {"rarr", 0x2192}, {"darr", 0x2193}, {"harr", 0x2194},
                {"rArr", 0x21d2}, {"iexcl", 0xa1}, {"iquest", 0xbf}, {"frac12", 0xbd}, {"frac14", 0xbc},
                {"frac34", 0xbe}, {"sup2", 0xb2}, {"sup3", 0xb3}, {"micro", 0xb5}, {"alpha", 0x3b1},
                {"beta", 0x3b2}, {"gamma", 0x3b3}, {"delta", 0x3b4}, {"pi", 0x3c0}, {"sigma", 0x3c3},
                {"Sigma", 0x3a3}, {"Delta", 0x394}, {"Omega", 0x3a9}, {"omega", 0x3c9}, {"mu", 0x3bc},
                {"lambda", 0x3bb}, {"theta", 0x3b8}, {"sum", 0x2211}, {"eacute", 0xe9}, {"egrave", 0xe8},
                {"agrave", 0xe0}, {"aacute", 0xe1}, {"acirc", 0xe2}, {"auml", 0xe4}, {"ouml", 0xf6},
                {"uuml", 0xfc}, {"Auml", 0xc4}, {"Ouml", 0xd6}, {"Uuml", 0xdc}, {"szlig", 0xdf},
                {"ntilde", 0xf1}, {"oacute", 0xf3}, {"iacute", 0xed}, {"uacute", 0xfa}, {"ccedil", 0xe7}}) {
            table.insert(QString::fromLatin1(entity.name), entity.code);
        }
        return table;
    }();
    return names;
}

/** Reads the markup once, from left to right, and never steps back: time grows with the length alone. */
class HtmlReducer
{
public:
    explicit HtmlReducer(const QString &html)
        : m_html(html)
        , m_lastGreater(html.lastIndexOf(QLatin1Char('>')))
    {
    }

    ReducedText run()
    {
        while (m_at < m_html.size()) {
            const QChar c = m_html.at(m_at);
            if (c == QLatin1Char('<') && readMarkup()) {
                continue;
            }
            if (c == QLatin1Char('&') && readEntity()) {
                continue;
            }
            ++m_at;
            append(c);
        }
        finish();
        return std::move(m_result);
    }

private:
    void append(QChar c)
    {
        if (m_preformatted == 0 && isAsciiSpace(c)) {
            m_space = true;
            return;
        }
        if (c == QLatin1Char('\r')) {
            return;
        }
        if (c == QLatin1Char('\n')) {
            newLine();
            return;
        }
        if (m_pendingBreak && !m_out.isEmpty() && !m_out.endsWith(QLatin1Char('\n'))) {
            m_out += QLatin1Char('\n');
        }
        if (m_space && !m_pendingBreak && !m_out.isEmpty() && !m_out.endsWith(QLatin1Char('\n'))) {
            m_out += QLatin1Char(' ');
        }
        m_pendingBreak = false;
        m_space = false;
        m_out += c;
    }

    void newLine()
    {
        if (m_pendingBreak && !m_out.isEmpty() && !m_out.endsWith(QLatin1Char('\n'))) {
            m_out += QLatin1Char('\n');
        }
        m_pendingBreak = false;
        m_space = false;
        m_out += QLatin1Char('\n');
    }

    /** A tag, comment or declaration at m_at; false: it is only a "less than". */
    bool readMarkup()
    {
        if (m_lastGreater <= m_at) {
            return false;
        }
        const QStringView rest = QStringView(m_html).mid(m_at);
        if (rest.startsWith(u"<!--")) {
            // What is never closed is text: then no comment further on is, and none is looked for again.
            const qsizetype end = m_noCommentEnd ? -1 : m_html.indexOf(QStringLiteral("-->"), m_at + 4);
            m_noCommentEnd = end < 0;
            if (end < 0) {
                return false;
            }
            m_at = end + 3;
            return true;
        }
        qsizetype at = m_at + 1;
        const bool closing = at < m_html.size() && m_html.at(at) == QLatin1Char('/');
        at += closing;
        const qsizetype nameBegin = at;
        while (at < m_html.size() && at - nameBegin < 24
            && (m_html.at(at).isLetterOrNumber() || m_html.at(at) == QLatin1Char(':'))) {
            ++at;
        }
        const QString name = m_html.mid(nameBegin, at - nameBegin).toLower();
        const bool block = blockElements().contains(name);
        if (!block && !inlineElements().contains(name)) {
            return false;
        }
        const qsizetype end = tagEnd(at);
        if (end < 0) {
            return false;
        }
        const QStringView attributes = QStringView(m_html).mid(at, end - at);
        m_at = end + 1;
        element(name, block, closing, attributes);
        return true;
    }

    /** The ">" that ends a tag, outside of quotes as long as quotes make sense; there is one after m_at. */
    qsizetype tagEnd(qsizetype from)
    {
        QChar quote;
        for (qsizetype at = from; at < m_html.size() && !m_quotesBroken; ++at) {
            const QChar c = m_html.at(at);
            if (!quote.isNull()) {
                if (c == quote) {
                    quote = QChar();
                }
            } else if (c == QLatin1Char('>')) {
                return at;
            } else if ((c == QLatin1Char('"') || c == QLatin1Char('\''))
                && m_html.at(at - 1) == QLatin1Char('=')) {
                quote = c;
            }
        }
        // The search to the very end is made once.
        m_quotesBroken = true;
        return m_html.indexOf(QLatin1Char('>'), from);
    }

    void element(const QString &name, bool block, bool closing, QStringView attributes)
    {
        const QString loss = lossOf(name);
        if (!loss.isEmpty() && !closing && !m_result.losses.contains(loss)) {
            m_result.losses.append(loss);
        }
        if (name == QLatin1String("br")) {
            newLine();
        } else if (name == QLatin1String("pre")) {
            m_preformatted = std::max(0, m_preformatted + (closing ? -1 : 1));
            m_pendingBreak = true;
        } else if (block) {
            m_pendingBreak = true;
            m_space = false;
        } else if ((name == QLatin1String("td") || name == QLatin1String("th")) && closing) {
            m_space = true;
        } else if (name == QLatin1String("img") && !closing) {
            m_result.images.append({attribute(attributes, u"src"), attribute(attributes, u"alt")});
        } else if ((name == QLatin1String("script") || name == QLatin1String("style")
                       || name == QLatin1String("title"))
            && !closing) {
            const QString end = QStringLiteral("</") + name;
            const qsizetype at = m_html.indexOf(end, m_at, Qt::CaseInsensitive);
            m_at = at < 0 ? m_html.size() : at;
        }
    }

    static QString attribute(QStringView attributes, QStringView key)
    {
        for (qsizetype at = attributes.indexOf(key, 0, Qt::CaseInsensitive); at >= 0;
             at = attributes.indexOf(key, at + 1, Qt::CaseInsensitive)) {
            if (at > 0 && !attributes.at(at - 1).isSpace() && attributes.at(at - 1) != QLatin1Char('"')
                && attributes.at(at - 1) != QLatin1Char('\'')) {
                continue;
            }
            QStringView value = attributes.mid(at + key.size()).trimmed();
            if (!value.startsWith(QLatin1Char('='))) {
                continue;
            }
            value = value.mid(1).trimmed();
            const bool quoted = value.startsWith(QLatin1Char('"')) || value.startsWith(QLatin1Char('\''));
            qsizetype end = quoted ? value.indexOf(value.at(0), 1) : 0;
            if (!quoted) {
                while (end < value.size() && !value.at(end).isSpace() && value.at(end) != QLatin1Char('>')) {
                    ++end;
                }
            }
            value = value.mid(quoted ? 1 : 0, (end < 0 ? value.size() : end) - (quoted ? 1 : 0));
            return value.startsWith(u"data:") ? value.toString() : HtmlReducer(value.toString()).plain();
        }
        return {};
    }

    /** Entities alone, for an attribute. */
    QString plain()
    {
        while (m_at < m_html.size()) {
            if (m_html.at(m_at) == QLatin1Char('&') && readEntity()) {
                continue;
            }
            m_preformatted = 1;
            append(m_html.at(m_at++));
        }
        return m_out.replace(QChar(hardSpace), QLatin1Char(' '));
    }

    bool readEntity()
    {
        // Not looked for any further than an entity is long.
        const qsizetype length = QStringView(m_html).mid(m_at, 13).indexOf(QLatin1Char(';'));
        if (length < 0) {
            return false;
        }
        const qsizetype end = m_at + length;
        const QString name = m_html.mid(m_at + 1, end - m_at - 1);
        char32_t code = 0;
        if (name.startsWith(QLatin1Char('#'))) {
            bool good = false;
            const bool hex
                = name.size() > 1 && (name.at(1) == QLatin1Char('x') || name.at(1) == QLatin1Char('X'));
            code = hex ? name.mid(2).toUInt(&good, 16) : name.mid(1).toUInt(&good, 10);
            const bool character = good && code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
                && (code >= 0x20 || code == 9 || code == 10 || code == 13);
            if (!character) {
                return false;
            }
        } else {
            code = namedEntities().value(name, 0);
            if (code == 0) {
                return false;
            }
        }
        m_at = end + 1;
        if (code == 0xad || code == 0x200c || code == 0x200d) {
            return true;
        }
        if (code < 0x20) {
            append(QLatin1Char(' '));
            return true;
        }
        const QString text = QString::fromUcs4(&code, 1);
        for (const QChar c : text) {
            append(c);
        }
        return true;
    }

    void finish()
    {
        // Spaces at the ends of lines say nothing; hard spaces were written on purpose.
        QString text;
        text.reserve(m_out.size());
        for (const QChar c : std::as_const(m_out)) {
            text += c == QChar(hardSpace) ? QLatin1Char(' ') : c;
        }
        m_result.text = text.trimmed();
        const QString &t = m_result.text;
        const bool formula = (t.contains(QStringLiteral("\\(")) && t.contains(QStringLiteral("\\)")))
            || (t.contains(QStringLiteral("\\[")) && t.contains(QStringLiteral("\\]")))
            || t.count(QStringLiteral("$$")) >= 2 || t.contains(QStringLiteral("\\frac"));
        if (formula && !m_result.losses.contains(QStringLiteral("formula"))) {
            m_result.losses.append(QStringLiteral("formula"));
        }
    }

    const QString m_html;
    const qsizetype m_lastGreater;
    qsizetype m_at = 0;
    QString m_out;
    ReducedText m_result;
    bool m_space = false;
    bool m_pendingBreak = false;
    bool m_noCommentEnd = false;
    bool m_quotesBroken = false;
    int m_preformatted = 0;
};

} // namespace

QByteArray bytesOfDataUrl(const QString &url)
{
    const qsizetype comma = url.indexOf(QLatin1Char(','));
    if (!url.startsWith(QLatin1String("data:image/"), Qt::CaseInsensitive) || comma < 0
        || !url.left(comma).endsWith(QLatin1String(";base64"), Qt::CaseInsensitive)) {
        return {};
    }
    return QByteArray::fromBase64(url.mid(comma + 1).toLatin1());
}

QString dataUrl(const QString &name, const QByteArray &bytes)
{
    const QString extension = name.mid(name.lastIndexOf(QLatin1Char('.')) + 1);
    return QStringLiteral("data:image/%1;base64,%2")
        .arg(extension == QLatin1String("jpg")      ? QStringLiteral("jpeg")
                : extension == QLatin1String("svg") ? QStringLiteral("svg+xml")
                                                    : extension,
            QString::fromLatin1(bytes.toBase64()));
}

ReducedText reduceHtml(const QString &html)
{
    return HtmlReducer(html).run();
}

Picture takePicture(const QList<ReducedText::Image> &images,
    const std::function<QByteArray(const QString &source)> &find, Media &media, QStringList &problems)
{
    Picture taken;
    for (const ReducedText::Image &image : images) {
        const QString shown = image.source.startsWith(QLatin1String("data:")) ? QStringLiteral("内嵌图片")
                                                                              : image.source.left(120);
        QByteArray bytes = bytesOfDataUrl(image.source);
        if (bytes.isEmpty()) {
            bytes = find(image.source);
        }
        if (bytes.isEmpty()) {
            problems.append(QStringLiteral("找不到图片 %1").arg(shown));
            continue;
        }
        const QString name = pictureName(bytes);
        if (name.isEmpty()) {
            problems.append(QStringLiteral("图片 %1 不是 PNG、JPEG、WebP 或 SVG，或者超过 512 KB，未导入").arg(shown));
            continue;
        }
        if (!taken.media.isEmpty()) {
            problems.append(QStringLiteral("这里只能有一幅图，%1 未导入").arg(shown));
            continue;
        }
        taken = {name, image.alt};
        media.insert(name, bytes);
    }
    return taken;
}

QString lossWords(const ReducedText &text)
{
    static const QHash<QString, QString> words{{QStringLiteral("table"), QStringLiteral("表格")},
        {QStringLiteral("sub"), QStringLiteral("下标")}, {QStringLiteral("sup"), QStringLiteral("上标")},
        {QStringLiteral("formula"), QStringLiteral("公式")},
        {QStringLiteral("strike"), QStringLiteral("删除线")},
        {QStringLiteral("media"), QStringLiteral("音视频或嵌入内容")},
        {QStringLiteral("form"), QStringLiteral("表单")}};
    QStringList list;
    for (const QString &loss : text.losses) {
        list.append(words.value(loss, loss));
    }
    return list.isEmpty()
        ? QString()
        : QStringLiteral("原文含%1，只保留了文字，请核对意思").arg(list.join(QStringLiteral("、")));
}

QString toHtml(const QString &plain)
{
    QString html;
    html.reserve(plain.size() + plain.size() / 8);
    bool afterSpace = true;
    for (qsizetype i = 0; i < plain.size(); ++i) {
        const QChar c = plain.at(i);
        if (c == QLatin1Char(' ') || c == QLatin1Char('\t')) {
            // Only a space between two words survives as such.
            const bool last = i + 1 == plain.size() || plain.at(i + 1) == QLatin1Char('\n');
            html += afterSpace || last ? QStringLiteral("&nbsp;") : QStringLiteral(" ");
            afterSpace = true;
            continue;
        }
        afterSpace = c == QLatin1Char('\n');
        if (c == QLatin1Char('\n')) {
            html += QStringLiteral("<br>");
        } else if (c == QLatin1Char('&')) {
            html += QStringLiteral("&amp;");
        } else if (c == QLatin1Char('<')) {
            html += QStringLiteral("&lt;");
        } else if (c == QLatin1Char('>')) {
            html += QStringLiteral("&gt;");
        } else {
            html += c;
        }
    }
    return html;
}

} // namespace qingfeng
