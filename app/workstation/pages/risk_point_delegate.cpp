#include "app/workstation/pages/risk_point_delegate.h"

#include "app/workstation/pages/risk_point_model.h"

#include "app/widgets/shapes.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <cmath>

#include <QListView>
#include <QPainter>
#include <QTextLayout>

namespace qingfeng {
namespace {

constexpr int sidePadding = space::m;

int nameLeft(const Theme &theme)
{
    return sidePadding + theme.scaled(size::gradeShape) + space::s;
}

} // namespace

RiskPointDelegate::RiskPointDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize RiskPointDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QListView *>(option.widget);
    const int width = view ? view->viewport()->width() : size::sideList;
    QTextLayout name(index.data(Qt::DisplayRole).toString(), m_theme.font(Type::Body));
    const double text = layOutText(name, width - nameLeft(m_theme) - sidePadding, titleLineHeight);
    const int small = QFontMetrics(m_theme.font(Type::Small)).height();
    return {width, int(std::ceil(text)) + small + 2 * space::m + space::xs};
}

void RiskPointDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Colours &c = m_theme.colours();
    const QRectF box = QRectF(option.rect).adjusted(0, space::hair, 0, -space::hair);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? c.accentSoft : c.track);
        painter->drawRoundedRect(box, size::corner, size::corner);
    }
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(c.accent, size::focusRing));
        painter->drawRoundedRect(
            box.adjusted(space::hair, space::hair, -space::hair, -space::hair), size::corner, size::corner);
    }

    QTextLayout name(index.data(Qt::DisplayRole).toString(), m_theme.font(Type::Body, selected));
    const double left = box.left() + nameLeft(m_theme);
    const double wide = box.right() - left - sidePadding;
    const double textHeight = layOutText(name, wide, titleLineHeight);
    const double top = option.rect.top() + space::m;
    painter->setPen(selected ? c.accent : c.ink);
    name.draw(painter, QPointF(left, top));

    const QVariant grade = index.data(RiskPointModel::GradeRole);
    if (grade.isValid()) {
        const int shape = m_theme.scaled(size::gradeShape);
        const double line = name.lineCount() > 0 ? textHeight / name.lineCount() : textHeight;
        drawGradeShape(*painter, QRectF(box.left() + sidePadding, top + (line - shape) / 2, shape, shape),
            RiskGrade(grade.toInt()), m_theme);
    }

    const int seen = index.data(RiskPointModel::SeenRole).toInt();
    const int questions = index.data(RiskPointModel::QuestionsRole).toInt();
    const int answered = index.data(RiskPointModel::AnsweredRole).toInt();
    QString figures = RiskPointModel::tr("%1 of %n question(s)", nullptr, questions).arg(seen);
    if (answered > 0) {
        figures = RiskPointModel::tr("%1 · %2 right")
                      .arg(figures, Words::percent(index.data(RiskPointModel::RightRateRole).toDouble()));
    }
    painter->setFont(m_theme.font(Type::Small));
    painter->setPen(c.secondary);
    const int small = painter->fontMetrics().height();
    const double below = top + textHeight + space::xs;
    painter->drawText(QRectF(left, below, wide, small), Qt::AlignLeft | Qt::AlignVCenter, figures);
    const double barLeft = left + painter->fontMetrics().horizontalAdvance(figures) + space::m;
    if (box.right() - sidePadding - barLeft > space::xl) {
        drawBar(*painter,
            QRectF(barLeft, below + (small - size::progress) / 2.0, box.right() - sidePadding - barLeft,
                size::progress),
            questions > 0 ? double(seen) / questions : 0, c.accent, m_theme);
    }
    painter->restore();
}

} // namespace qingfeng
