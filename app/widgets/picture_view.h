#pragma once

#include "app/widgets/theme.h"

#include "question_bank/model/question.h"

#include <functional>

#include <QAbstractButton>
#include <QImage>
#include <QPixmap>

class QBoxLayout;
class QSvgRenderer;

namespace qingfeng {

/** Bytes of a picture by its media name; empty when there is none. */
using PictureSource = std::function<QByteArray(const QString &media)>;

/**
 * A picture of a question, small in the flow of the text; a click or Enter makes it as wide as the column, and small
 * again. Assistive technology reads what it shows. One that cannot be drawn is its description in words.
 */
class PictureView : public QAbstractButton
{
    Q_OBJECT

public:
    PictureView(const Theme &theme, const Picture &picture, const PictureSource &source, QWidget *parent = nullptr);
    ~PictureView() override;

    bool isReadable() const { return !m_natural.isEmpty(); }
    bool isEnlarged() const { return m_enlarged; }

    /** How large it is drawn where there is this much width, with the room for its focus ring. */
    QSize drawnSize(int width) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void describe();
    QSize pictureSize(int width) const;
    QPixmap drawn(QSize size) const;

    const Theme &m_theme;
    QString m_alt;
    QSize m_natural; ///< in logical pixels; empty = cannot be drawn
    QImage m_image; ///< one of the two
    std::unique_ptr<QSvgRenderer> m_svg;
    bool m_enlarged = false;
    mutable QPixmap m_drawn; ///< as last painted
};

/** Puts a picture into @p layout, @p indent from the left, when there is one. */
void addPicture(QBoxLayout *layout, const Theme &theme, const Picture &picture, const PictureSource &source,
    int indent = 0);

} // namespace qingfeng
