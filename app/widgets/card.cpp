#include "app/widgets/card.h"

#include "app/widgets/tokens.h"

#include <QVBoxLayout>

namespace qingfeng {

Card::Card(Tone tone, QWidget *parent)
    : QFrame(parent)
    , m_column(new QVBoxLayout(this))
{
    setProperty("role", tone == Tone::Surface ? QStringLiteral("card") : QStringLiteral("quiet-card"));
    m_column->setContentsMargins(space::xl, space::l, space::xl, space::l);
    m_column->setSpacing(space::m);
}

QFrame *makeHairLine(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("role", QStringLiteral("line"));
    return line;
}

QFrame *makeUpright(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("role", QStringLiteral("upright"));
    return line;
}

} // namespace qingfeng
