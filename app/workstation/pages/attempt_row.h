#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace qingfeng {

/** One attempt of the archive: outcome, question and time; opened, the choices and the explanation. */
class AttemptRow : public QWidget
{
    Q_OBJECT

public:
    AttemptRow(const Learner &learner, const Theme &theme, Attempt attempt, QWidget *parent = nullptr);

private:
    void setOpen(bool open);
    QWidget *makeBody();

    const Learner &m_learner;
    const Theme &m_theme;
    Attempt m_attempt;
    QVBoxLayout *m_column;
    QWidget *m_body = nullptr;
};

} // namespace qingfeng
