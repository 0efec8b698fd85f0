#include "app/workstation/pages/side_page.h"

#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <algorithm>

#include <QDateTime>
#include <QPainter>
#include <QTextLayout>

namespace qingfeng {
namespace {

struct Saying
{
    const char *line;
    const char *source;
};

/** Well-known lines on integrity in office; the day decides which one is shown. */
constexpr Saying sayings[] = {
    {QT_TRANSLATE_NOOP("qingfeng::SidePage",
         "'Heaven knows, the spirits know, I know, you know. How can you say that nobody knows?'"),
        QT_TRANSLATE_NOOP("qingfeng::SidePage", "Yang Zhen, Book of the Later Han")},
    {QT_TRANSLATE_NOOP("qingfeng::SidePage",
         "'A thread of silk, a grain of rice: my good name. A mite, a hair: the people's sweat.'"),
        QT_TRANSLATE_NOOP("qingfeng::SidePage", "Zhang Boxing, Against Gifts")},
    {QT_TRANSLATE_NOOP("qingfeng::SidePage",
         "'With a clear breeze in both sleeves I go to court, lest the lanes talk of me.'"),
        QT_TRANSLATE_NOOP("qingfeng::SidePage", "Yu Qian, Entering the Capital")},
    {QT_TRANSLATE_NOOP("qingfeng::SidePage",
         "'A clear heart is the root of governing, a straight way the plan of a life.'"),
        QT_TRANSLATE_NOOP("qingfeng::SidePage", "Bao Zheng, on the Wall of the Duanzhou Office")},
    {QT_TRANSLATE_NOOP("qingfeng::SidePage",
         "'Officials fear not my severity but my integrity; people trust not my ability but my fairness.'"),
        QT_TRANSLATE_NOOP("qingfeng::SidePage", "Maxims for Officials")},
};

} // namespace

SidePage::SidePage(const Theme &theme, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
{
    const Saying &today = sayings[std::size_t(studyDay(clock)) % std::size(sayings)];
    setLine(tr(today.line), tr(today.source));
    constexpr int second = 1000;
    m_minute.setInterval(second);
    connect(&m_minute, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    m_minute.start();
    connect(&m_theme, &Theme::changed, this, [this] {
        placePicture();
        update();
    });
}

void SidePage::setLine(const QString &line, const QString &source)
{
    m_line = line;
    m_source = source;
    setAccessibleName(line);
    setAccessibleDescription(source);
    placePicture();
    update();
}

void SidePage::setPicture(const Picture &picture, const PictureSource &source)
{
    auto view = std::make_unique<PictureView>(m_theme, picture, source);
    if (!view->isReadable()) { // words about a picture that is not there say nothing here
        return;
    }
    if (m_picture) {
        m_picture->deleteLater();
    }
    m_picture = view.release();
    m_picture->setParent(this);
    m_picture->setFocusPolicy(Qt::NoFocus);
    m_picture->setAttribute(Qt::WA_TransparentForMouseEvents);
    placePicture();
    m_picture->show();
}

int SidePage::columnWide() const
{
    return std::max(1, std::min(m_theme.scaled(size::column), width() - 2 * space::huge));
}

SidePage::Tops SidePage::layOut(QTextLayout &line, QTextLayout &source) const
{
    const int wide = columnWide();
    const double above = m_picture ? m_picture->drawnSize(wide).height() + space::xl : 0;
    const double toSource = layOutText(line, wide, readingLineHeight, Qt::AlignHCenter) + space::l;
    const double texts = toSource + layOutText(source, wide, readingLineHeight, Qt::AlignHCenter);
    const double top = std::max(0.0, (height() - above - texts) * columnRise) + above;
    return {top, top + toSource};
}

void SidePage::placePicture()
{
    if (!m_picture) {
        return;
    }
    QTextLayout line(m_line, m_theme.font(Type::Title));
    QTextLayout source(m_source, m_theme.font(Type::Body));
    const QSize drawn = m_picture->drawnSize(columnWide());
    const QPoint place(
        (width() - drawn.width()) / 2, int(layOut(line, source).line) - space::xl - drawn.height());
    m_picture->setGeometry(QRect(place, drawn));
}

void SidePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placePicture();
}

void SidePage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours &c = m_theme.colours();
    painter.fillRect(rect(), c.background);

    QTextLayout line(m_line, m_theme.font(Type::Title));
    QTextLayout source(m_source, m_theme.font(Type::Body));
    const Tops tops = layOut(line, source);
    const double left = (width() - columnWide()) / 2.0;
    painter.setPen(c.ink);
    line.draw(&painter, QPointF(left, tops.line));
    painter.setPen(c.secondary);
    source.draw(&painter, QPointF(left, tops.source));

    const QDateTime now
        = QDateTime::fromMSecsSinceEpoch(m_clock.utcMs(), Qt::OffsetFromUTC, m_clock.utcOffsetSeconds());
    const QRect foot = rect().adjusted(space::huge, 0, -space::huge, -space::huge);
    painter.setFont(m_theme.font(Type::Small));
    const int small = painter.fontMetrics().height();
    //: %1 a date, %2 a day of the week.
    painter.drawText(foot, Qt::AlignHCenter | Qt::AlignBottom,
        tr("%1, %2").arg(Words::date(now.date()), Words::weekday(now.date())));
    painter.setFont(m_theme.font(Type::Display));
    painter.setPen(c.ink);
    painter.drawText(foot.adjusted(0, 0, 0, -small - space::xs), Qt::AlignHCenter | Qt::AlignBottom,
        now.toString(QStringLiteral("HH:mm")));
}

} // namespace qingfeng
