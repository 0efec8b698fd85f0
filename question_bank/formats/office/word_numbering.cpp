#include "question_bank/formats/office/word_numbering.h"

#include "question_bank/formats/office/ooxml.h"

#include <algorithm>

namespace qingfeng {
namespace {

QString chinese(int number)
{
    static const QString digits = QStringLiteral("零一二三四五六七八九");
    if (number <= 0 || number >= 100) {
        return QString::number(number);
    }
    QString text;
    if (number >= 20) {
        text += digits.at(number / 10);
    }
    if (number >= 10) {
        text += QChar(u'十');
    }
    if (number % 10 != 0) {
        text += digits.at(number % 10);
    }
    return text;
}

QString roman(int number)
{
    static constexpr std::pair<int, const char *> steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"},
        {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
    QString text;
    for (const auto &[value, letters] : steps) {
        while (number >= value && number < 4000) {
            text += QLatin1String(letters);
            number -= value;
        }
    }
    return text;
}

} // namespace

QString wordNumber(int number, const QString &format)
{
    if (format == QLatin1String("bullet") || format == QLatin1String("none") || number < 0) {
        return {};
    }
    if (format == QLatin1String("upperLetter") || format == QLatin1String("lowerLetter")) {
        // After Z Word goes on with AA, BB …
        const char16_t first = format.startsWith(QLatin1String("upper")) ? u'A' : u'a';
        return number < 1 ? QString()
                          : QString(std::min((number - 1) / 26 + 1, 8), QChar(char16_t(first + (number - 1) % 26)));
    }
    if (format == QLatin1String("upperRoman")) {
        return roman(number);
    }
    if (format == QLatin1String("lowerRoman")) {
        return roman(number).toLower();
    }
    if (format.startsWith(QLatin1String("decimalEnclosedCircle"))) {
        return number >= 1 && number <= 20 ? QString(QChar(char16_t(0x245F + number))) : QString::number(number);
    }
    if (format.startsWith(QLatin1String("chinese")) || format.startsWith(QLatin1String("japanese"))
        || format.startsWith(QLatin1String("taiwanese")) || format.startsWith(QLatin1String("ideograph"))) {
        return chinese(number);
    }
    return QString::number(number);
}

void WordNumbering::read(const QByteArray &bytes)
{
    QXmlStreamReader xml(bytes);
    QString pattern;
    QString list;
    int level = -1;
    while (!xml.atEnd()) {
        const auto token = nextToken(xml);
        const auto name = xml.name();
        if (token == QXmlStreamReader::EndElement) {
            if (name == QLatin1String("abstractNum")) {
                pattern.clear();
            } else if (name == QLatin1String("num")) {
                list.clear();
            }
            continue;
        }
        if (token != QXmlStreamReader::StartElement) {
            continue;
        }
        const auto value = [&xml] { return attribute(xml, u"val"); };
        if (name == QLatin1String("abstractNum")) {
            pattern = attribute(xml, u"abstractNumId");
            m_patterns.insert(pattern, QList<Level>(levels));
        } else if (name == QLatin1String("num")) {
            list = attribute(xml, u"numId");
            m_lists.insert(list, {});
        } else if (name == QLatin1String("lvl") || name == QLatin1String("lvlOverride")) {
            level = attribute(xml, u"ilvl").toInt();
            level = level < 0 || level >= levels ? -1 : level;
        } else if (!list.isEmpty() && name == QLatin1String("abstractNumId")) {
            m_lists[list].pattern = value();
        } else if (!list.isEmpty() && name == QLatin1String("startOverride") && level >= 0) {
            m_lists[list].startOverrides.insert(level, value().toInt());
        } else if (!pattern.isEmpty() && level >= 0) {
            Level &described = m_patterns[pattern][level];
            if (name == QLatin1String("start")) {
                described.start = value().toInt();
            } else if (name == QLatin1String("numFmt")) {
                described.format = value();
            } else if (name == QLatin1String("lvlText")) {
                described.text = value();
            }
        }
    }
}

QString WordNumbering::next(const QString &id, int level)
{
    const auto list = m_lists.find(id);
    if (list == m_lists.end() || level < 0 || level >= levels) {
        return {};
    }
    const auto pattern = m_patterns.constFind(list->pattern);
    if (pattern == m_patterns.cend()) {
        return {};
    }
    QList<int> &counters = m_counters[list->pattern];
    counters.resize(levels);
    if (!list->used) {
        for (auto it = list->startOverrides.cbegin(); it != list->startOverrides.cend(); ++it) {
            counters[it.key()] = 0;
        }
    }
    if (counters.at(level) == 0) {
        counters[level] = list->used ? pattern->at(level).start
                                     : list->startOverrides.value(level, pattern->at(level).start);
    } else {
        ++counters[level];
    }
    list->used = true;
    std::fill(counters.begin() + level + 1, counters.end(), 0);
    QString text = pattern->at(level).text;
    if (wordNumber(1, pattern->at(level).format).isEmpty() || !text.contains(QLatin1Char('%'))) {
        return {};
    }
    for (int i = 0; i <= level; ++i) {
        const Level &shown = pattern->at(i);
        const int number = counters.at(i) > 0 ? counters.at(i) : shown.start;
        text.replace(QLatin1Char('%') + QString::number(i + 1), wordNumber(number, shown.format));
    }
    return !text.isEmpty() && text.back().isLetterOrNumber() && text.back() != QChar(u'题')
        ? text + QLatin1Char('.')
        : text;
}

} // namespace qingfeng
