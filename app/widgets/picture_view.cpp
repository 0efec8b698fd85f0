#include "app/widgets/picture_view.h"

#include "app/widgets/text_block.h"

#include "question_bank/model/media.h"

#include <algorithm>
#include <cmath>

#include <QBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QSvgRenderer>
#include <QTextLayout>

namespace qingfeng {
namespace {

constexpr int largestBlowUp = 3; ///< of pixels; more shows nothing new
constexpr int longestSide = 8192; ///< of what is decoded

} // namespace

PictureView::PictureView(const Theme &theme, const Picture &picture, const PictureSource &source, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_alt(picture.alt)
{
    const QByteArray bytes = source ? source(picture.media) : QByteArray();
    if (pictureFormat(bytes) == PictureFormat::Svg) {
        m_svg = std::make_unique<QSvgRenderer>(bytes);
        m_svg->setAspectRatioMode(Qt::KeepAspectRatio);
        m_natural = m_svg->isValid() ? m_svg->defaultSize() : QSize();
    } else if (!bytes.isEmpty()) {
        m_image = QImage::fromData(bytes);
        m_natural = m_image.size();
    }
    if (m_natural.isEmpty() || std::max(m_natural.width(), m_natural.height()) > longestSide) {
        m_natural = {};
    }
    setFocusPolicy(isReadable() ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(isReadable() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    describe();
    connect(this, &QAbstractButton::clicked, this, [this] {
        m_enlarged = isReadable() && !m_enlarged;
        describe();
        updateGeometry();
        update();
    });
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

PictureView::~PictureView() = default;

void PictureView::describe()
{
    //: %1 what the picture shows.
    const QString name = m_alt.isEmpty() ? tr("Picture without a description") : tr("Picture: %1").arg(m_alt);
    setAccessibleName(name);
    setAccessibleDescription(!isReadable() ? tr("It cannot be shown")
            : m_enlarged                   ? tr("Enter makes it small again")
                                           : tr("Enter enlarges it"));
    setToolTip(m_alt);
}

QSize PictureView::pictureSize(int width) const
{
    const int room = std::max(width, 1);
    QSize limit(room, m_theme.scaled(size::picture));
    if (m_enlarged) {
        const int wide = m_svg ? room : std::min(room, m_natural.width() * largestBlowUp);
        return m_natural.scaled(wide, QWIDGETSIZE_MAX, Qt::KeepAspectRatio);
    }
    if (!m_svg) {
        limit = limit.boundedTo(m_natural); // pixels are not blown up unasked
    }
    return m_natural.scaled(limit, Qt::KeepAspectRatio).expandedTo({1, 1});
}

QSize PictureView::drawnSize(int width) const
{
    constexpr QSize ring(2 * size::focusRing, 2 * size::focusRing);
    return pictureSize(width - ring.width()) + ring;
}

int PictureView::heightForWidth(int width) const
{
    if (isReadable()) {
        return drawnSize(width).height();
    }
    QTextLayout words(accessibleName(), m_theme.font(Type::Body));
    return int(std::ceil(layOutText(words, width - 2 * space::m, readingLineHeight))) + 2 * space::s;
}

QSize PictureView::sizeHint() const
{
    return {size::column, heightForWidth(size::column)};
}

QSize PictureView::minimumSizeHint() const
{
    return {size::row, 2 * size::focusRing};
}

QPixmap PictureView::drawn(QSize wished) const
{
    const qreal ratio = devicePixelRatioF();
    const QSize pixels = wished * ratio;
    if (m_drawn.size() != pixels) {
        if (m_svg) {
            m_drawn = QPixmap(pixels);
            m_drawn.fill(Qt::transparent);
            QPainter painter(&m_drawn);
            m_svg->render(&painter, QRectF(QPointF(), QSizeF(pixels)));
        } else {
            m_drawn = QPixmap::fromImage(
                m_image.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        }
        m_drawn.setDevicePixelRatio(ratio);
    }
    return m_drawn;
}

void PictureView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &c = m_theme.colours();
    if (!isReadable()) {
        painter.setPen(QPen(c.line, space::hair));
        painter.setBrush(c.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::corner, size::corner);
        QTextLayout words(accessibleName(), m_theme.font(Type::Body));
        layOutText(words, width() - 2 * space::m, readingLineHeight);
        painter.setPen(c.secondary);
        words.draw(&painter, QPointF(space::m, space::s));
        return;
    }
    const QSize wished = pictureSize(width() - 2 * size::focusRing);
    const QRectF box(QPointF(size::focusRing, size::focusRing), QSizeF(wished));
    QPainterPath corners;
    corners.addRoundedRect(box, size::corner, size::corner);
    painter.save();
    painter.setClipPath(corners);
    // Pictures are drawn for paper: on a dark page they keep their own.
    painter.fillRect(box, coloursOf(Scheme::Light).surface);
    painter.drawPixmap(box.topLeft(), drawn(wished));
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(hasFocus() ? QPen(c.accent, size::focusRing) : QPen(c.line, space::hair));
    painter.drawPath(corners);
}

void PictureView::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if ((enter || event->key() == Qt::Key_Space) && !event->isAutoRepeat()) {
        click();
        return;
    }
    event->ignore(); // letters and arrows mean something to the question
}

void addPicture(
    QBoxLayout *layout, const Theme &theme, const Picture &picture, const PictureSource &source, int indent)
{
    if (picture.media.isEmpty()) {
        return;
    }
    auto *row = new QHBoxLayout;
    row->setContentsMargins(indent, 0, 0, 0);
    row->addWidget(new PictureView(theme, picture, source, layout->parentWidget()));
    layout->addLayout(row);
}

} // namespace qingfeng
