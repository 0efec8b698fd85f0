#include "app/widgets/day_calendar.h"

#include "app/widgets/words.h"

#include <algorithm>

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

namespace qingfeng {

DayCalendar::DayCalendar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Calendar of study days"));
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void DayCalendar::setDays(const QHash<QDate, int> &answered, QDate today, int weeks, const QString &reading)
{
    m_answered = answered;
    m_today = today;
    m_weeks = weeks;
    QStringList days;
    for (QDate day = firstDay(); day <= m_today; day = day.addDays(1)) {
        if (const int answers = m_answered.value(day)) {
            days.append(tr("%1: %n answer(s)", nullptr, answers).arg(Words::date(day)));
        }
    }
    setAccessibleDescription(
        days.isEmpty() ? reading : reading + QLatin1Char('\n') + days.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize DayCalendar::sizeHint() const
{
    const int side = m_theme.scaled(size::dayCell);
    return {labelWidth() + m_weeks * side, headHeight() + 7 * side};
}

void DayCalendar::paintEvent(QPaintEvent *)
{
    if (!m_today.isValid()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_theme.font(Type::Small));
    const Colours &c = m_theme.colours();
    const int side = m_theme.scaled(size::dayCell);
    const double largest = m_theme.scaled(size::dayDot);

    painter.setPen(c.secondary);
    for (const int weekday : {1, 3, 5, 7}) {
        painter.drawText(QRectF(0, headHeight() + (weekday - 1) * side, labelWidth(), side),
            Qt::AlignLeft | Qt::AlignVCenter, QLocale().dayName(weekday, QLocale::NarrowFormat));
    }
    int lastMonth = 0;
    double free = labelWidth();
    for (QDate day = firstDay(); day <= m_today; day = day.addDays(7)) {
        const QString month = QLocale().monthName(day.month(), QLocale::ShortFormat);
        const double left = cell(day).left();
        const int width = QFontMetrics(painter.font()).horizontalAdvance(month);
        if (day.month() != lastMonth && left >= free && left + width <= this->width()) {
            painter.drawText(
                QRectF(left, 0, width + space::xs, headHeight()), Qt::AlignLeft | Qt::AlignTop, month);
            free = left + width + space::s;
        }
        lastMonth = day.month();
    }
    for (QDate day = firstDay(); day <= m_today; day = day.addDays(1)) {
        const QPointF centre = cell(day).center();
        const int answers = m_answered.value(day);
        if (answers == 0) {
            painter.setBrush(c.track);
            painter.setPen(Qt::NoPen);
            painter.drawEllipse(centre, largest / 6, largest / 6);
        } else {
            const double radius = largest / 2 * (answers >= 5 ? 1.0 : answers >= 2 ? 0.8 : 0.6);
            painter.setBrush(c.accent);
            painter.setPen(Qt::NoPen);
            painter.drawEllipse(centre, radius, radius);
        }
        if (day == m_today) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(c.accent, strokeWidth));
            painter.drawEllipse(centre, side / 2.0 - space::hair, side / 2.0 - space::hair);
        }
    }
}

bool DayCalendar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        for (QDate day = firstDay(); m_today.isValid() && day <= m_today; day = day.addDays(1)) {
            if (cell(day).contains(help->pos())) {
                //: %1 a date.
                QToolTip::showText(help->globalPos(),
                    tr("%1: %n answer(s)", nullptr, m_answered.value(day)).arg(Words::date(day)), this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

QDate DayCalendar::firstDay() const
{
    return m_today.addDays(1 - m_today.dayOfWeek() - 7 * (m_weeks - 1));
}

QRectF DayCalendar::cell(QDate day) const
{
    const int side = m_theme.scaled(size::dayCell);
    const int week = int(firstDay().daysTo(day) / 7);
    return QRectF(labelWidth() + week * side, headHeight() + (day.dayOfWeek() - 1) * side, side, side);
}

int DayCalendar::labelWidth() const
{
    return m_theme.scaled(int(Type::Small)) + space::m;
}

int DayCalendar::headHeight() const
{
    return m_theme.scaled(int(Type::Small)) + space::m;
}

} // namespace qingfeng
