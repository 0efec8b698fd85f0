#include "app/widgets/reading_column.h"

#include <algorithm>

#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

constexpr int gutter = space::xl; ///< room for focus rings and the scroll bar beside the column

/** Leaves keys to whoever asks the question. */
class KeylessScrollArea : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;

protected:
    void keyPressEvent(QKeyEvent *event) override { event->ignore(); }
};

int heightOf(QWidget *widget, int width)
{
    const QLayout *layout = widget->layout();
    return layout->hasHeightForWidth()
        ? std::max(layout->heightForWidth(width), layout->minimumSize().height())
        : layout->sizeHint().height();
}

} // namespace

ReadingColumn::ReadingColumn(const Theme &theme, Placement placement, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_placement(placement)
    , m_scroll(new KeylessScrollArea(this))
    , m_content(new QWidget)
    , m_actions(new QWidget(this))
    , m_contentLayout(new QVBoxLayout(m_content))
    , m_actionsLayout(new QVBoxLayout(m_actions))
{
    m_contentLayout->setContentsMargins(gutter, space::xs, gutter, space::xs);
    m_contentLayout->setSpacing(0);
    m_actionsLayout->setContentsMargins(0, 0, 0, 0);
    m_actionsLayout->setSpacing(0);
    m_content->setAttribute(Qt::WA_NoSystemBackground);
    m_scroll->setWidget(m_content);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_content->installEventFilter(this);
    m_actions->installEventFilter(this);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
    connect(&m_theme, &Theme::changed, this, &ReadingColumn::relayout);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(size::card, 4 * size::row);
}

void ReadingColumn::hold(bool held)
{
    m_held = held;
    relayout();
}

void ReadingColumn::scrollToTop()
{
    m_scroll->verticalScrollBar()->setValue(0);
}

void ReadingColumn::scrollBy(int steps)
{
    QScrollBar *bar = m_scroll->verticalScrollBar();
    bar->setValue(bar->value() + steps * m_theme.scaled(size::row));
}

void ReadingColumn::reveal(QWidget *child)
{
    m_scroll->ensureWidgetVisible(child, 0, space::l);
}

bool ReadingColumn::scrolls() const
{
    return m_scroll->verticalScrollBar()->maximum() > 0;
}

void ReadingColumn::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    relayout();
}

void ReadingColumn::paintEvent(QPaintEvent *)
{
    // A hair line where the text goes on, above or below.
    const QScrollBar *bar = m_scroll->verticalScrollBar();
    const QRect area = m_actions->geometry();
    QPainter painter(this);
    const auto line
        = [&](int y) { painter.fillRect(area.left(), y, area.width(), space::hair, m_theme.colours().line); };
    if (bar->value() > bar->minimum()) {
        line(m_scroll->geometry().top() - space::hair);
    }
    if (bar->value() < bar->maximum()) {
        line(m_scroll->geometry().bottom() + 1);
    }
}

bool ReadingColumn::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest && !m_layingOut) {
        relayout();
    }
    return QWidget::eventFilter(watched, event);
}

void ReadingColumn::relayout()
{
    if (m_layingOut || width() <= 0) {
        return;
    }
    m_layingOut = true;
    const int columnWidth = std::min(m_theme.scaled(size::column), width() - 2 * (gutter + size::scrollBar));
    const int contentWidth = columnWidth + 2 * gutter;
    const int contentHeight = heightOf(m_content, contentWidth);
    const int actionsHeight = heightOf(m_actions, columnWidth);
    const int gap = space::l;
    const int least = m_placement == Placement::Top ? 0 : space::l;
    const int room = height() - actionsHeight - gap;

    if (!m_held) {
        const int free = room - contentHeight;
        m_top = m_placement == Placement::Top ? least : std::max(least, int(free * columnRise));
    }
    // Held or not, at least a third of the place is for reading.
    const int top = std::clamp(m_top, least, std::max(least, room - height() / 3));
    const int scrollHeight = std::max(0, std::min(contentHeight, room - top));
    const int left = (width() - columnWidth) / 2;

    m_scroll->setGeometry(left - gutter, top, contentWidth + size::scrollBar, scrollHeight);
    m_content->setFixedSize(contentWidth, contentHeight);
    m_actions->setGeometry(left, top + scrollHeight + gap, columnWidth, actionsHeight);
    m_layingOut = false;
    update();
}

} // namespace qingfeng
