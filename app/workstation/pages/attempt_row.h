#pragma once

#include "app/workstation/pages/attempt_head.h"

#include <functional>

#include <QWidget>

class QVBoxLayout;

namespace qingfeng {

/** A line that opens to what is behind it; that is made when it is first opened. */
class AttemptRow : public QWidget
{
    Q_OBJECT

public:
    using MakeBody = std::function<QWidget *(QWidget *parent)>;
    /** Takes @p head; without @p make it does not open. */
    AttemptRow(AttemptHead *head, MakeBody make, QWidget *parent = nullptr);

private:
    void setOpen(bool open);

    MakeBody m_make;
    QVBoxLayout *m_column;
    QWidget *m_body = nullptr;
};

} // namespace qingfeng
