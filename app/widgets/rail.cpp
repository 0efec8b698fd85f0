#include "app/widgets/rail.h"

#include "app/widgets/icon_view.h"
#include "app/widgets/rail_button.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace qingfeng {

Rail::Rail(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, space::l, space::hair, space::l);
    m_column->setSpacing(space::xs);
    m_column->addWidget(new IconView(theme, QStringLiteral("qingfeng"), Ink::Primary, size::control, this), 0,
        Qt::AlignHCenter);
    m_column->addSpacing(space::l);
    m_column->addStretch();
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Places"));
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Rail::setPlaces(const QList<Place> &places)
{
    m_places = places;
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const Place &place : places) {
        auto *button = new RailButton(m_theme, place, this);
        connect(button, &QAbstractButton::clicked, this, [this, key = place.key] {
            m_current = key;
            Q_EMIT chosen(key);
        });
        m_column->insertWidget(m_column->count() - 1, button);
        m_buttons.append(button);
    }
    setCurrent(m_current);
}

void Rail::setCurrent(const QString &key)
{
    m_current = key;
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        m_buttons.at(i)->setChecked(m_places.at(i).key == key);
    }
}

void Rail::setCount(const QString &key, int count)
{
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        if (m_places.at(i).key == key) {
            m_buttons.at(i)->setCount(count);
        }
    }
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colours().surface);
    painter.fillRect(width() - space::hair, 0, space::hair, height(), m_theme.colours().line);
}

void Rail::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        for (RailButton *button : std::as_const(m_buttons)) {
            if (button->hasFocus()) {
                button->click();
                return;
            }
        }
    }
    QWidget::keyPressEvent(event);
}

} // namespace qingfeng
