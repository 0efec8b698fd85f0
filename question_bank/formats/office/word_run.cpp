#include "question_bank/formats/office/word_run.h"

#include "question_bank/formats/office/ooxml.h"

namespace qingfeng {

RunLook readRunLook(QXmlStreamReader &xml)
{
    RunLook look;
    eachElement(xml, [&] {
        const QString value = attribute(xml, u"val");
        if (xml.name() == QLatin1String("b") && isOn(xml)) {
            look.kinds.append(QStringLiteral("加粗"));
        } else if (xml.name() == QLatin1String("u") && isOn(xml) && !value.isEmpty()) {
            look.underlined = true;
            look.kinds.append(QStringLiteral("下划线"));
        } else if (xml.name() == QLatin1String("color") && value != QLatin1String("auto")
            && value != QLatin1String("000000") && !value.isEmpty()) {
            look.kinds.append(QStringLiteral("颜色 ") + value.toUpper());
        } else if (xml.name() == QLatin1String("highlight") && isOn(xml)) {
            look.kinds.append(QStringLiteral("突出显示 ") + value);
        } else if (xml.name() == QLatin1String("shd")) {
            const QString fill = attribute(xml, u"fill").toUpper();
            if (!fill.isEmpty() && fill != QLatin1String("AUTO") && fill != QLatin1String("FFFFFF")) {
                look.kinds.append(QStringLiteral("底纹 ") + fill);
            }
        } else if (xml.name() == QLatin1String("vanish") && isOn(xml)) {
            look.hidden = true;
        }
    });
    return look;
}

QString wordSign(const QString &code)
{
    static const QStringList ticks{
        QStringLiteral("F0FC"), QStringLiteral("F050"), QStringLiteral("F052"), QStringLiteral("F0FE")};
    static const QStringList crosses{QStringLiteral("F0FB"), QStringLiteral("F04F"), QStringLiteral("F0FD")};
    const QString known = code.toUpper();
    return ticks.contains(known)  ? QStringLiteral("√")
        : crosses.contains(known) ? QStringLiteral("×")
                                  : QString();
}

} // namespace qingfeng
