#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

namespace qingfeng {

/** A thin line that is filled as far as one has come. */
class ProgressLine : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(const Theme &theme, QWidget *parent = nullptr);

    /** @p share in 0…1; @p reading says it in words. */
    void setShare(double share, const QString &reading);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    double m_share = 0;
};

} // namespace qingfeng
