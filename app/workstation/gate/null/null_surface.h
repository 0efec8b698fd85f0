#pragma once

#include "app/workstation/gate/gate_surface.h"

#include <QPointer>
#include <QWidget>

namespace qingfeng {

/** A plain window that covers and holds nothing: for tests, and where no gate runs. */
class NullSurface final : public GateSurface
{
public:
    void prepare(QWidget *widget) override;
    void cover(const QRect &root, const QList<QRect> &screens) override;
    void release() override;
    quint32 windowId() const override { return 0; }

private:
    QPointer<QWidget> m_widget;
};

} // namespace qingfeng
