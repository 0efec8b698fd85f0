#include "question_bank/formats/office/word_styles.h"

#include "question_bank/formats/office/ooxml.h"

namespace qingfeng {

void WordStyles::read(const QByteArray &bytes)
{
    QXmlStreamReader xml(bytes);
    QString id;
    eachElement(xml, [&] {
        if (xml.name() == QLatin1String("style")) {
            id = attribute(xml, u"styleId");
            m_styles.insert(id, {});
        } else if (id.isEmpty()) {
            return;
        } else if (xml.name() == QLatin1String("name")) {
            m_styles[id].name = attribute(xml, u"val").toLower();
        } else if (xml.name() == QLatin1String("basedOn")) {
            m_styles[id].basedOn = attribute(xml, u"val");
        } else if (xml.name() == QLatin1String("numId")) {
            m_styles[id].list.list = attribute(xml, u"val");
        } else if (xml.name() == QLatin1String("ilvl")) {
            m_styles[id].list.level = attribute(xml, u"val").toInt();
        }
    });
}

WordStyles::ListLevel WordStyles::listOf(QString style, int level) const
{
    constexpr int maxSteps = 10; // styles may be based on each other in a circle
    for (int step = 0; !style.isEmpty() && step < maxSteps; ++step) {
        const Style known = m_styles.value(style);
        if (!known.list.list.isEmpty()) {
            return known.list;
        }
        style = known.basedOn;
    }
    return {QString(), level};
}

} // namespace qingfeng
