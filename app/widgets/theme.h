#pragma once

#include "app/widgets/tokens.h"

#include <QFont>
#include <QObject>

class QApplication;

namespace qingfeng {

/**
 * The look of one program: which palette, and how large the text. It sets palette, style, font and style
 * sheet of the application; whoever paints himself asks it for colours and fonts and repaints on changed().
 *
 * There is one for a program; it is made in main and handed down.
 */
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Mode { FollowSystem, Light, Dark, HighContrast };
    Q_ENUM(Mode)

    /** Takes over the looks of @p application, which outlives it. */
    explicit Theme(QApplication &application, QObject *parent = nullptr);

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    /** What the mode comes to at the moment. */
    Scheme scheme() const;

    double textScale() const { return m_textScale; }
    /** A factor on all type sizes, held within 0.8 … 2. */
    void setTextScale(double scale);

    const Colours &colours() const { return m_colours; }
    QColor ink(Ink ink) const;
    QFont font(Type type, bool bold = false) const;
    /** A length that grows with the text, such as the height of a row. */
    int scaled(int pixels) const;

Q_SIGNALS:
    /** Colours or sizes are others now; the application's palette and sheet are set already. */
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    bool readSystemIsDark();

    QApplication &m_application;
    Mode m_mode = Mode::FollowSystem;
    double m_textScale = 1.0;
    bool m_systemIsDark = false;
    Colours m_colours;
};

} // namespace qingfeng
