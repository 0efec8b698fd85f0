#pragma once

#include "app/widgets/theme.h"

#include <QList>
#include <QWidget>

#include <optional>

namespace qingfeng {

/** One point of a line: nothing where there was nothing to measure. */
struct LinePoint
{
    QString label;
    std::optional<double> share; ///< 0…1
};

/**
 * A small line of shares over time, from 0 to 100 % or in points from 0 to 100. Gaps stay gaps. Assistive technology
 * reads what there is to see and every value.
 */
class LineChart : public QWidget
{
    Q_OBJECT

public:
    enum class Axis { Percent, Points };
    LineChart(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr, Axis axis = Axis::Percent);

    /** @p reading says in words what there is to see. */
    void setPoints(const QList<LinePoint> &points, const QString &reading);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString valueText(double share) const;

    const Theme &m_theme;
    Axis m_axis;
    QList<LinePoint> m_points;
};

} // namespace qingfeng
