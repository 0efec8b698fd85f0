#include "app/workstation/pages/row_list.h"

#include "app/workstation/pages/list_model.h"

#include "app/widgets/icons.h"
#include "app/widgets/shapes.h"
#include "app/widgets/text_block.h"

#include <cmath>

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

namespace qingfeng {
namespace {

constexpr int rowPadding = space::m;

ListRow rowAt(const QModelIndex &index)
{
    return index.data(ListRowRole).value<ListRow>();
}

class RowDelegate : public QStyledItemDelegate
{
public:
    RowDelegate(const Theme &theme, RowList::Titles titles, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_titles(titles)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto *view = qobject_cast<const QListView *>(option.widget);
        const int width = view ? view->viewport()->width() : size::sideList;
        double title = std::ceil(m_theme.scaled(int(Type::Body)) * titleLineHeight);
        double line = QFontMetrics(m_theme.font(Type::Small)).height();
        if (m_titles == RowList::Titles::Wrapped) {
            const ListRow row = rowAt(index);
            const double wide = width - textLeft(row) - rowPadding;
            title = heightOf(row.title, Type::Body, wide);
            line = row.line.isEmpty() ? 0 : row.share ? line : heightOf(row.line, Type::Small, wide);
        }
        return {width, int(std::ceil(title + line)) + 2 * rowPadding + space::xs};
    }

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const Colours &c = m_theme.colours();
        const ListRow row = rowAt(index);
        const bool selected = option.state & QStyle::State_Selected;
        paintBox(*painter, option, selected);
        const double left = option.rect.left() + textLeft(row);
        const double wide = option.rect.right() - left - rowPadding;
        const double top = option.rect.top() + rowPadding;

        const QFont titleFont = m_theme.font(Type::Body, selected);
        const bool oneLine = m_titles == RowList::Titles::OneLine;
        QTextLayout title(
            oneLine ? QFontMetrics(titleFont).elidedText(row.title, Qt::ElideRight, int(wide)) : row.title,
            titleFont);
        mark(title, row.marks);
        const double height = layOutText(title, wide, titleLineHeight);
        painter->setPen(selected ? c.accent : c.ink);
        title.draw(painter, QPointF(left, top));
        const double first = title.lineCount() > 0 ? height / title.lineCount() : height;
        paintSign(*painter, row, QRectF(option.rect.left() + rowPadding, top, size::icon, first));
        paintLine(*painter, row, QRectF(left, top + height + space::xs, wide, 0));
        painter->restore();
    }

private:
    int textLeft(const ListRow &row) const
    {
        const int sign = !row.icon.isEmpty() ? m_theme.scaled(size::icon)
            : row.grade                      ? m_theme.scaled(size::gradeShape)
                                             : 0;
        return rowPadding + (sign > 0 ? sign + space::s : 0);
    }

    double heightOf(const QString &text, Type type, double width) const
    {
        QTextLayout layout(text, m_theme.font(type));
        return layOutText(layout, width, titleLineHeight);
    }

    /** What was found is bold on a tint: told apart by more than colour. */
    void mark(QTextLayout &layout, const QList<TextRange> &marks) const
    {
        QList<QTextLayout::FormatRange> formats;
        for (const TextRange &range : marks) {
            QTextCharFormat format;
            format.setFontWeight(QFont::Bold);
            format.setForeground(m_theme.colours().accent);
            format.setBackground(m_theme.colours().accentSoft);
            formats.append({int(range.start), int(range.length), format});
        }
        layout.setFormats(formats);
    }

    void paintBox(QPainter &painter, const QStyleOptionViewItem &option, bool selected) const
    {
        const Colours &c = m_theme.colours();
        const QRectF box = QRectF(option.rect).adjusted(0, space::hair, 0, -space::hair);
        if (selected || (option.state & QStyle::State_MouseOver)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(selected ? c.accentSoft : c.track);
            painter.drawRoundedRect(box, size::corner, size::corner);
        }
        if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(c.accent, size::focusRing));
            painter.drawRoundedRect(box.adjusted(space::hair, space::hair, -space::hair, -space::hair),
                size::corner, size::corner);
        }
    }

    void paintSign(QPainter &painter, const ListRow &row, const QRectF &place) const
    {
        if (!row.icon.isEmpty()) {
            const int side = m_theme.scaled(size::icon);
            painter.drawPixmap(QPointF(place.left(), place.center().y() - side / 2.0),
                iconPixmap(row.icon, m_theme.ink(row.ink), side, painter.device()->devicePixelRatioF()));
        } else if (row.grade) {
            const int shape = m_theme.scaled(size::gradeShape);
            drawGradeShape(painter,
                QRectF(place.left(), place.center().y() - shape / 2.0, shape, shape), *row.grade, m_theme);
        }
    }

    void paintLine(QPainter &painter, const ListRow &row, const QRectF &place) const
    {
        const QFont small = m_theme.font(Type::Small);
        const QFontMetrics metrics(small);
        painter.setPen(m_theme.colours().secondary);
        if (m_titles == RowList::Titles::OneLine || row.share) {
            painter.setFont(small);
            painter.drawText(QRectF(place.topLeft(), QSizeF(place.width(), metrics.height())),
                Qt::AlignLeft | Qt::AlignVCenter,
                metrics.elidedText(row.line, Qt::ElideRight, int(place.width())));
        } else {
            QTextLayout line(row.line, small);
            mark(line, row.lineMarks);
            layOutText(line, place.width(), titleLineHeight);
            line.draw(&painter, place.topLeft());
        }
        const double barLeft = place.left() + metrics.horizontalAdvance(row.line) + space::m;
        if (row.share && place.right() - barLeft > space::xl) {
            drawBar(painter,
                QRectF(barLeft, place.top() + (metrics.height() - size::progress) / 2.0,
                    place.right() - barLeft, size::progress),
                *row.share, m_theme.colours().accent, m_theme);
        }
    }

    const Theme &m_theme;
    RowList::Titles m_titles;
};

} // namespace

RowList::RowList(const Theme &theme, Titles titles, const QString &accessibleName, QWidget *parent)
    : QListView(parent)
{
    setItemDelegate(new RowDelegate(theme, titles, this));
    setUniformItemSizes(titles == Titles::OneLine);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(Adjust);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(accessibleName);
    connect(this, &QListView::clicked, this, &RowList::chosen);
    connect(&theme, &Theme::changed, this, [this] { doItemsLayout(); });
}

void RowList::setCurrentRow(int row)
{
    const QModelIndex index = row >= 0 ? model()->index(row, 0) : QModelIndex();
    if (currentIndex() != index) {
        setCurrentIndex(index);
    }
}

void RowList::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->isAutoRepeat() && currentIndex().isValid()) {
        Q_EMIT chosen(currentIndex());
        return;
    }
    QListView::keyPressEvent(event);
}

} // namespace qingfeng
