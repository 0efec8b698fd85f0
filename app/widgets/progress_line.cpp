#include "app/widgets/progress_line.h"

#include "app/widgets/shapes.h"

#include <QPainter>

namespace qingfeng {

ProgressLine::ProgressLine(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(size::progress);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Progress"));
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ProgressLine::setShare(double share, const QString &reading)
{
    m_share = share;
    setAccessibleDescription(reading);
    setToolTip(reading);
    update();
}

void ProgressLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawBar(painter, rect(), m_share, m_theme.colours().accent, m_theme);
}

} // namespace qingfeng
