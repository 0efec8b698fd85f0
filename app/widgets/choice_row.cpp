#include "app/widgets/choice_row.h"

#include "app/widgets/icons.h"
#include "app/widgets/text_block.h"

#include <cmath>

#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QTextLayout>

namespace qingfeng {

struct ChoiceRow::Look
{
    QColor fill;
    QColor border;
    QColor keyFill;
    QColor keyBorder;
    QColor keyInk;
    QColor ink;
    int borderWidth = space::hair;
    QString icon; ///< instead of the letter
};

ChoiceRow::ChoiceRow(const Theme &theme, Form form, const QString &choiceId, const QString &letter,
    const QString &text, QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
    , m_form(form)
    , m_choiceId(choiceId)
    , m_letter(letter)
    , m_text(text)
{
    setCheckable(true);
    setAutoExclusive(form == Form::One); // one of a group to assistive technology too
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&m_theme, &Theme::changed, this, &ChoiceRow::applyTheme);
    applyTheme();
    describe();
}

void ChoiceRow::setMark(Mark mark)
{
    m_mark = mark;
    setEnabled(mark == Mark::None);
    setCursor(mark == Mark::None ? Qt::PointingHandCursor : Qt::ArrowCursor);
    describe();
    updateGeometry();
    update();
}

void ChoiceRow::setNote(const QString &note)
{
    if (m_note != note) {
        m_note = note;
        describe();
        updateGeometry();
        update();
    }
}

int ChoiceRow::heightForWidth(int width) const
{
    QTextLayout layout(m_text, m_theme.font(Type::Reading));
    const int free = width - textLeft() - space::l - tagWidth();
    const int text = int(std::ceil(layOutText(layout, free, readingLineHeight)));
    return std::max(m_theme.scaled(size::row), text + 2 * space::m);
}

QSize ChoiceRow::sizeHint() const
{
    return {size::column, heightForWidth(size::column)};
}

QSize ChoiceRow::minimumSizeHint() const
{
    return {textLeft() + tagWidth() + space::l + 4 * m_theme.scaled(int(Type::Reading)),
        m_theme.scaled(size::row)};
}

ChoiceRow::Look ChoiceRow::look() const
{
    const Colours &c = m_theme.colours();
    Look look{c.surface, c.line, Qt::transparent, c.line, c.secondary, c.ink, space::hair, {}};
    switch (m_mark) {
    case Mark::RightChosen:
    case Mark::RightMissed:
        look
            = {c.rightSoft, c.right, c.right, c.right, c.surface, c.ink, space::hair, QStringLiteral("tick")};
        break;
    case Mark::WrongChosen:
        look = {c.highSoft, c.high, c.high, c.high, c.surface, c.ink, space::hair, QStringLiteral("cross")};
        break;
    case Mark::Other:
        look.ink = c.secondary;
        break;
    case Mark::None:
        if (isChecked()) {
            look = {c.accentSoft, c.accent, c.accent, c.accent, c.onAccent, c.ink, space::hair, {}};
        } else if (underMouse()) {
            look.fill = c.hover;
            look.border = c.secondary;
            look.keyBorder = c.secondary;
            look.keyInk = c.ink;
        }
    }
    if (m_ring) {
        look.border = m_mark == Mark::None ? c.accent : look.border;
        look.borderWidth = size::focusRing;
    }
    return look;
}

QString ChoiceRow::markText() const
{
    if (!m_note.isEmpty()) {
        return m_note;
    }
    switch (m_mark) {
    case Mark::RightChosen:
        return tr("Your choice · right answer");
    case Mark::RightMissed:
        return tr("Right answer");
    case Mark::WrongChosen:
        return tr("Your choice");
    case Mark::None:
    case Mark::Other:
        break;
    }
    return {};
}

QColor ChoiceRow::markInk() const
{
    switch (m_mark) {
    case Mark::None:
        return m_theme.colours().accent;
    case Mark::WrongChosen:
        return m_theme.colours().high;
    case Mark::RightChosen:
    case Mark::RightMissed:
        return m_theme.colours().right;
    case Mark::Other:
        break;
    }
    return m_theme.colours().secondary;
}

int ChoiceRow::tagWidth() const
{
    const QString text = markText();
    return text.isEmpty() ? 0 : QFontMetrics(m_theme.font(Type::Small)).horizontalAdvance(text) + space::l;
}

int ChoiceRow::textLeft() const
{
    return space::m + m_theme.scaled(size::letterKey) + space::m;
}

void ChoiceRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Look now = look();
    const double half = now.borderWidth / 2.0;
    painter.setPen(QPen(now.border, now.borderWidth));
    painter.setBrush(now.fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), size::corner, size::corner);

    // The key stands beside the first line, however many there are.
    const int firstLine = int(std::ceil(m_theme.scaled(int(Type::Reading)) * readingLineHeight));
    const int key = m_theme.scaled(size::letterKey);
    QTextLayout layout(m_text, m_theme.font(Type::Reading));
    const double textHeight
        = layOutText(layout, width() - textLeft() - space::l - tagWidth(), readingLineHeight);
    const double top = std::max(double(space::m), std::floor((height() - textHeight) / 2));
    const QRectF keyBox(space::m + 0.5, top + (firstLine - key) / 2.0 + 0.5, key - 1, key - 1);
    painter.setPen(QPen(now.keyBorder, space::hair));
    painter.setBrush(now.keyFill);
    const double radius = m_form == Form::One ? key / 2.0 : size::smallCorner;
    painter.drawRoundedRect(keyBox, radius, radius);
    painter.setPen(now.keyInk);
    if (now.icon.isEmpty()) {
        painter.setFont(m_theme.font(Type::Small, true));
        painter.drawText(keyBox, Qt::AlignCenter, m_letter);
    } else {
        const int side = m_theme.scaled(int(Type::Reading));
        painter.drawPixmap(QPointF(keyBox.center().x() - side / 2.0, keyBox.center().y() - side / 2.0),
            iconPixmap(now.icon, now.keyInk, side, devicePixelRatioF()));
    }

    painter.setPen(now.ink);
    layout.draw(&painter, QPointF(textLeft(), top));

    const QString tag = markText();
    if (!tag.isEmpty()) {
        painter.setFont(m_theme.font(Type::Small));
        painter.setPen(markInk());
        painter.drawText(QRectF(width() - space::l - tagWidth(), top, tagWidth(), firstLine),
            Qt::AlignRight | Qt::AlignVCenter, tag);
    }
}

void ChoiceRow::keyPressEvent(QKeyEvent *event)
{
    // Only Space is the row's own; letters, arrows and Enter mean something to the whole question.
    if (event->key() == Qt::Key_Space) {
        QPushButton::keyPressEvent(event);
    } else {
        event->ignore();
    }
}

void ChoiceRow::focusInEvent(QFocusEvent *event)
{
    m_ring = event->reason() != Qt::MouseFocusReason;
    QPushButton::focusInEvent(event);
    update();
}

void ChoiceRow::focusOutEvent(QFocusEvent *event)
{
    m_ring = false;
    QPushButton::focusOutEvent(event);
    update();
}

void ChoiceRow::applyTheme()
{
    updateGeometry();
    update();
}

void ChoiceRow::describe()
{
    //: %1 letter of the choice, %2 its text.
    setAccessibleName(tr("%1. %2", "choice").arg(m_letter, m_text));
    setAccessibleDescription(markText());
}

} // namespace qingfeng
