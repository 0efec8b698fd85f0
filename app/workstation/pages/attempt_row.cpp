#include "app/workstation/pages/attempt_row.h"

#include <QVBoxLayout>

namespace qingfeng {

AttemptRow::AttemptRow(AttemptHead *head, MakeBody make, QWidget *parent)
    : QWidget(parent)
    , m_make(std::move(make))
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(head);
    head->setEnabled(bool(m_make));
    connect(head, &QAbstractButton::toggled, this, &AttemptRow::setOpen);
}

void AttemptRow::setOpen(bool open)
{
    if (open && !m_body) {
        m_body = new QWidget(this);
        auto *column = new QVBoxLayout(m_body);
        column->setContentsMargins(space::m + size::icon + space::m, space::s, space::m, space::xl);
        column->addWidget(m_make(m_body));
        m_column->addWidget(m_body);
    }
    if (m_body) {
        m_body->setVisible(open);
    }
}

} // namespace qingfeng
