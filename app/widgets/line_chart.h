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

/** A small line of shares over time, from 0 to 100 %. Gaps stay gaps; the last value is written beside its
 * dot. */
class LineChart : public QWidget
{
    Q_OBJECT

public:
    LineChart(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);

    /** @p reading says in words what there is to see. */
    void setPoints(const QList<LinePoint> &points, const QString &reading);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QList<LinePoint> m_points;
};

} // namespace qingfeng
