#pragma once

#include "app/widgets/theme.h"

#include <QDate>
#include <QHash>
#include <QWidget>

namespace qingfeng {

/**
 * The study days of the last weeks as dots, a column a week, Monday at the top. More answers, larger and
 * darker; a day without is a small ring, and today has a ring around it.
 */
class DayCalendar : public QWidget
{
    Q_OBJECT

public:
    explicit DayCalendar(const Theme &theme, QWidget *parent = nullptr);

    /** @p answered answers by day; @p reading says in words what there is to see. */
    void setDays(const QHash<QDate, int> &answered, QDate today, int weeks, const QString &reading);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QDate firstDay() const;
    QRectF cell(QDate day) const;
    int labelWidth() const;
    int headHeight() const;

    const Theme &m_theme;
    QHash<QDate, int> m_answered;
    QDate m_today;
    int m_weeks = 12;
};

} // namespace qingfeng
