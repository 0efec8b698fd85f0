#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

namespace qingfeng {

/** An icon of the set by itself, in an ink of the theme. A picture beside words: it has no name of its own.
 */
class IconView : public QWidget
{
    Q_OBJECT

public:
    IconView(const Theme &theme, const QString &iconName, Ink ink, int side, QWidget *parent = nullptr);

    void setIcon(const QString &iconName, Ink ink);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_iconName;
    Ink m_ink;
};

} // namespace qingfeng
