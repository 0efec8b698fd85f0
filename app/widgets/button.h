#pragma once

#include "app/widgets/theme.h"

#include <QPushButton>

namespace qingfeng {

/**
 * A push button of one of the design's kinds. Enter presses it wherever it stands, the focus ring is shown
 * for the keyboard only, and its icon follows the theme.
 */
class Button : public QPushButton
{
    Q_OBJECT

public:
    /** Primary: the one next step. Secondary: its rival. Plain, Link: quiet. Danger: asks once more. Chip: a
     * filter. */
    enum class Kind { Primary, Secondary, Plain, Link, Danger, Chip };
    Q_ENUM(Kind)

    Button(const Theme &theme, Kind kind, const QString &text, QWidget *parent = nullptr);

    /** Name of an icon of the set; empty for none. */
    void setIconName(const QString &name);
    void setKind(Kind kind);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void refreshIcon();
    void setRing(bool ring);

    const Theme &m_theme;
    Kind m_kind;
    QString m_iconName;
};

} // namespace qingfeng
