#include "app/widgets/numbers_view.h"

#include "app/widgets/button.h"

#include <algorithm>

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

namespace qingfeng {

NumbersView::NumbersView(const Theme &theme, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_toggle(new Button(theme, Button::Kind::Link, {}, this))
    , m_table(new QTableView(this))
    , m_model(new QStandardItemModel(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    column->addWidget(m_toggle, 0, Qt::AlignLeft);
    column->addWidget(m_table);
    m_table->setModel(m_model);
    m_table->setAccessibleName(name);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_toggle->setCheckable(true);
    //: %1 what the numbers are.
    m_toggle->setAccessibleName(tr("Numbers: %1").arg(name));
    connect(m_toggle, &QAbstractButton::toggled, this, &NumbersView::setOpen);
    connect(&m_theme, &Theme::changed, this, &NumbersView::fit);
    setOpen(false);
}

void NumbersView::setNumbers(const Numbers &numbers)
{
    m_model->clear();
    m_model->setHorizontalHeaderLabels(numbers.columns);
    for (const QStringList &row : numbers.rows) {
        QList<QStandardItem *> items;
        for (const QString &text : row) {
            items.append(new QStandardItem(text));
        }
        m_model->appendRow(items);
    }
    setVisible(!numbers.rows.isEmpty());
    fit();
}

void NumbersView::setOpen(bool open)
{
    m_table->setVisible(open);
    m_toggle->setText(open ? tr("Hide the numbers") : tr("Show the numbers"));
    fit();
}

void NumbersView::fit()
{
    constexpr int mostRows = 8;
    const int row = m_theme.scaled(size::chip);
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->setFixedHeight((std::min(m_model->rowCount(), mostRows) + 1) * row + space::s);
    m_table->resizeColumnsToContents();
}

void NumbersView::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy)) {
        QWidget::keyPressEvent(event);
        return;
    }
    QModelIndexList chosen = m_table->selectionModel()->selectedIndexes();
    std::sort(chosen.begin(), chosen.end());
    QString text;
    for (qsizetype i = 0; i < chosen.size(); ++i) {
        if (i > 0) {
            text += chosen.at(i).row() == chosen.at(i - 1).row() ? QLatin1Char('\t') : QLatin1Char('\n');
        }
        text += chosen.at(i).data().toString();
    }
    QGuiApplication::clipboard()->setText(text);
}

} // namespace qingfeng
