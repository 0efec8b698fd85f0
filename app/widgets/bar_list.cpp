#include "app/widgets/bar_list.h"

#include "app/widgets/bar_row.h"
#include "app/widgets/button.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace qingfeng {

BarList::BarList(const Theme &theme, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    setAccessibleName(accessibleName);
}

void BarList::setBars(const QList<Bar> &bars)
{
    qDeleteAll(m_rows);
    m_rows.clear();
    const bool anyWeak = std::any_of(bars.cbegin(), bars.cend(), [](const Bar &bar) { return bar.weak; });
    for (const Bar &bar : bars) {
        auto *row = new QWidget(this);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(space::m);
        line->addWidget(new BarRow(m_theme, bar, row), 1);
        auto *study = new Button(m_theme, Button::Kind::Link, tr("Study these"), row);
        //: %1 name of a risk point.
        study->setAccessibleName(tr("Study '%1'").arg(bar.name));
        connect(
            study, &QAbstractButton::clicked, this, [this, key = bar.key] { Q_EMIT studyRequested(key); });
        QSizePolicy keepsPlace = study->sizePolicy();
        keepsPlace.setRetainSizeWhenHidden(anyWeak); // the bars stay aligned
        study->setSizePolicy(keepsPlace);
        study->setVisible(bar.weak);
        line->addWidget(study, 0, Qt::AlignBottom);
        layout()->addWidget(row);
        m_rows.append(row);
    }
}

} // namespace qingfeng
