#pragma once

#include "app/widgets/theme.h"

#include "question_bank/model/risk.h"

#include <QList>
#include <QWidget>

namespace qingfeng {

/** One bar: a risk point with its right rate. */
struct Bar
{
    QString key;
    QString name;
    RiskGrade grade = RiskGrade::Medium;
    double share = 0; ///< right answers in 0…1
    int count = 0; ///< valid attempts; 0 is shown as "not asked yet", never as 0 %
    bool weak = false; ///< is offered to be studied
};

/**
 * Bars below each other: grade by shape and word, name, right rate and the number it rests on. A weak one has
 * a button beside it. Each row tells assistive technology its reading.
 */
class BarList : public QWidget
{
    Q_OBJECT

public:
    BarList(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);

    void setBars(const QList<Bar> &bars);

Q_SIGNALS:
    /** 「学习这些」 beside the bar with this key. */
    void studyRequested(const QString &key);

private:
    const Theme &m_theme;
    QList<QWidget *> m_rows;
};

/** What a bar says, as one sentence. */
QString readingOf(const Bar &bar);

} // namespace qingfeng
