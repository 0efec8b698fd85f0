#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace qingfeng {

/** Word's automatic numbers: what its numbering.xml describes, counted along a document. */
class WordNumbering
{
public:
    static constexpr int levels = 9;

    /** Reads numbering.xml; what is damaged counts nothing. */
    void read(const QByteArray &xml);

    /**
     * The number that Word shows before the next paragraph of this list and level, with a point after a bare one:
     * "1.", "A．", "（二）". Empty for bullets and lists unknown. Counts one further.
     */
    QString next(const QString &list, int level);

private:
    struct Level
    {
        QString format; ///< decimal, upperLetter, chineseCounting …
        QString text; ///< "%1."
        int start = 1;
    };
    struct List
    {
        QString pattern; ///< id of the abstract list
        QHash<int, int> startOverrides;
        bool used = false;
    };

    QHash<QString, QList<Level>> m_patterns;
    QHash<QString, List> m_lists;
    QHash<QString, QList<int>> m_counters; ///< by pattern; 0 = not begun
};

/** A number in one of Word's formats: 3 as "3", "C", "三", "iii", "③"; empty for a bullet. */
QString wordNumber(int number, const QString &format);

} // namespace qingfeng
