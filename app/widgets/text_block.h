#pragma once

#include "app/widgets/theme.h"

#include <QLabel>

class QTextLayout;

namespace qingfeng {

/** How a text is set. */
struct TextStyle
{
    Type type = Type::Body;
    Ink ink = Ink::Primary;
    bool bold = false;
    double lineHeight = titleLineHeight; ///< of the type's size
    Qt::Alignment alignment = Qt::AlignLeft;
};

/** Texts that are read, not glanced at: 15 px and more, lines of 1.6. */
inline TextStyle readingStyle(Type type = Type::Body, Ink ink = Ink::Primary)
{
    return {type, ink, false, readingLineHeight, Qt::AlignLeft};
}

/**
 * A piece of plain text in a style of the type scale, with the line height that the scale asks for. It wraps
 * anywhere that Chinese may break, has height for width, and is never interpreted as HTML.
 */
class TextBlock : public QLabel
{
    Q_OBJECT

public:
    TextBlock(const Theme &theme, TextStyle style, const QString &text = {}, QWidget *parent = nullptr);

    void setStyle(TextStyle style);
    void setInk(Ink ink);
    /** Never wider than one line asks for; for labels that stand beside something. */
    void setSingleLine(bool single);

    bool hasHeightForWidth() const override { return !m_singleLine; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double layOut(QTextLayout &layout, double width) const;
    void applyTheme();

    const Theme &m_theme;
    TextStyle m_style;
    bool m_singleLine = false;
};

/** Lays @p text out in lines of @p lineHeight × the font's pixel size; returns the height. For self-painted
 * widgets. */
double layOutText(
    QTextLayout &layout, double width, double lineHeight, Qt::Alignment alignment = Qt::AlignLeft);

} // namespace qingfeng
