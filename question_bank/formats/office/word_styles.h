#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

namespace qingfeng {

/** The paragraph styles of a Word document, as far as they name a paragraph or number it. */
class WordStyles
{
public:
    struct ListLevel
    {
        QString list; ///< id in WordNumbering; empty = none
        int level = 0;
    };

    /** Reads the part styles.xml; what is damaged is left out. */
    void read(const QByteArray &bytes);
    /** Name of the style in lower case: "heading 1", "toc 2"; empty when it is not known. */
    QString nameOf(const QString &style) const { return m_styles.value(style).name; }
    /** The list that the style, or one that it is based on, puts a paragraph into; @p level where it names
     * none. */
    ListLevel listOf(QString style, int level) const;

private:
    struct Style
    {
        QString name;
        QString basedOn;
        ListLevel list;
    };
    QHash<QString, Style> m_styles;
};

} // namespace qingfeng
