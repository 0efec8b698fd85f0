#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace qingfeng {

/** A question that was asked before: its stem and pictures, what was chosen, what is right, and the explanation. */
class AttemptDetail : public QWidget
{
    Q_OBJECT

public:
    /** @param answer  what was answered and in which order it was shown; nothing answered shows what is right */
    AttemptDetail(const Learner &learner, const Theme &theme, const QuestionVersion &question,
        const Attempt &answer, QWidget *parent = nullptr);

private:
    void addDoubts(const Learner &learner, const QString &question);

    const Theme &m_theme;
    QVBoxLayout *m_column;
};

} // namespace qingfeng
