#pragma once

#include "app/widgets/picture_view.h"
#include "app/widgets/theme.h"

#include "question_bank/base/clock.h"

#include <QTimer>
#include <QWidget>

class QTextLayout;

namespace qingfeng {

/**
 * What the other monitors show meanwhile: the background, the picture and the line of the culture theme that
 * is on, or a line of integrity culture for the day, and the time.
 */
class SidePage : public QWidget
{
    Q_OBJECT

public:
    SidePage(const Theme &theme, const Clock &clock, QWidget *parent = nullptr);

    /** A line of the running theme instead of the day's own; @p source is where it is from. */
    void setLine(const QString &line, const QString &source);
    /** A picture above the line; it only shows, nothing can be done with it. */
    void setPicture(const Picture &picture, const PictureSource &source);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int columnWide() const;
    void placePicture();
    struct Tops
    {
        double line;
        double source;
    };
    /** Lays both texts out; where they begin, from the top of the page. */
    Tops layOut(QTextLayout &line, QTextLayout &source) const;

    const Theme &m_theme;
    const Clock &m_clock;
    QString m_line;
    QString m_source;
    PictureView *m_picture = nullptr;
    QTimer m_minute;
};

} // namespace qingfeng
