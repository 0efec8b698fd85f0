#include "app/widgets/heat_map.h"

#include "app/widgets/flow_layout.h"
#include "app/widgets/heat_cell.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <algorithm>
#include <limits>

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace qingfeng {

QString readingOf(const HeatPoint &point)
{
    if (point.answers == 0) {
        //: %1 high risk, medium risk …
        return HeatMap::tr("%1, not asked yet").arg(Words::of(point.grade));
    }
    //: %1 high risk …, %2 weak, basic …, %3 a percentage.
    return HeatMap::tr("%1, %2, mastery %3 of %n answer(s)", nullptr, point.answers)
        .arg(Words::of(point.grade), Words::of(point.level), Words::percent(point.mastery));
}

HeatMap::HeatMap(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::l);
    setAccessibleName(accessibleName);
}

void HeatMap::setRows(const QList<HeatRow> &rows, const QString &reading)
{
    qDeleteAll(m_rows);
    m_rows.clear();
    m_cells.clear();
    QStringList values;
    for (const HeatRow &row : rows) {
        auto *line = new QWidget(this);
        auto *column = new QVBoxLayout(line);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(space::s);
        auto *head = new QHBoxLayout;
        head->setSpacing(space::m);
        auto *name = new TextBlock(m_theme, {Type::Body, Ink::Primary, true}, row.name, line);
        head->addWidget(name, 1);
        auto *note = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, row.note, line);
        note->setSingleLine(true);
        head->addWidget(note);
        column->addLayout(head);
        auto *cells = new QWidget(line);
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
        policy.setHeightForWidth(true);
        cells->setSizePolicy(policy);
        auto *flow = new FlowLayout(space::s, cells);
        for (const HeatPoint &point : row.points) {
            auto *cell = new HeatCell(m_theme, point, cells);
            cell->setFocusPolicy(m_cells.isEmpty() ? Qt::StrongFocus : Qt::ClickFocus);
            flow->addWidget(cell);
            connect(cell, &QAbstractButton::clicked, this, [this, key = point.key] { Q_EMIT studyRequested(key); });
            m_cells.append(cell);
            values.append(point.name + QStringLiteral(": ") + readingOf(point));
        }
        column->addWidget(cells);
        m_column->addWidget(line);
        m_rows.append(line);
    }
    setAccessibleDescription(reading + QLatin1Char('\n') + values.join(QLatin1Char('\n')));
}

void HeatMap::moveTo(qsizetype position)
{
    if (position < 0 || position >= m_cells.size()) {
        return;
    }
    for (HeatCell *cell : std::as_const(m_cells)) {
        cell->setFocusPolicy(Qt::ClickFocus);
    }
    m_cells.at(position)->setFocusPolicy(Qt::StrongFocus);
    m_cells.at(position)->setFocus(Qt::TabFocusReason);
}

void HeatMap::keyPressEvent(QKeyEvent *event)
{
    const qsizetype now = m_cells.indexOf(dynamic_cast<HeatCell *>(focusWidget()));
    if (now < 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const auto placeOf = [this](const HeatCell *cell) { return QRect(cell->mapTo(this, QPoint()), cell->size()); };
    const QRect from = placeOf(m_cells.at(now));
    const bool up = event->key() == Qt::Key_Up;
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        moveTo(now + (event->key() == Qt::Key_Left ? -1 : 1));
    } else if (up || event->key() == Qt::Key_Down) {
        // The nearest cell of the next line, whichever row that belongs to.
        qsizetype best = -1;
        int shortest = std::numeric_limits<int>::max();
        for (qsizetype i = 0; i < m_cells.size(); ++i) {
            const QRect to = placeOf(m_cells.at(i));
            const int down = (to.center().y() - from.center().y()) * (up ? -1 : 1);
            const int distance = down * width() + std::abs(to.center().x() - from.center().x());
            if (down > 0 && distance < shortest) {
                shortest = distance;
                best = i;
            }
        }
        moveTo(best);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace qingfeng
