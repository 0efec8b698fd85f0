#include "app/widgets/items/order_item.h"

#include "app/widgets/choice_row.h"
#include "app/widgets/words.h"

#include <QVBoxLayout>

namespace qingfeng {

OrderItem::OrderItem(const Theme &theme, const QuestionItem &item, const QStringList &shown,
    const PictureSource &pictures, QWidget *parent)
    : ItemView(parent)
    , m_item(item)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    for (const QString &id : shown) {
        const Choice *choice = m_item.choice(id);
        if (!choice) {
            continue;
        }
        auto *row = new ChoiceRow(
            theme, ChoiceRow::Form::Several, id, Words::letter(m_rows.size()), choice->text, this);
        connect(row, &QAbstractButton::clicked, this, [this, row] { rowPressed(row); });
        column->addWidget(row);
        addPicture(column, theme, choice->picture, pictures, row->textLeft());
        m_rows.append(row);
    }
}

PartResponse OrderItem::response() const
{
    PartResponse response;
    for (const ChoiceRow *row : m_rows) {
        response.choicesShown.append(row->choiceId());
    }
    response.choices = m_sequence;
    return response;
}

QWidget *OrderItem::missing() const
{
    const auto row = std::find_if(m_rows.cbegin(), m_rows.cend(),
        [this](const ChoiceRow *candidate) { return !m_sequence.contains(candidate->choiceId()); });
    return row == m_rows.cend() ? nullptr : *row;
}

QString OrderItem::hint() const
{
    return tr("Press the steps in their order; press once more to take one back.");
}

QList<QWidget *> OrderItem::stops() const
{
    return {m_rows.cbegin(), m_rows.cend()};
}

QWidget *OrderItem::press(const QKeyEvent &event)
{
    const auto letter = letterPosition(event);
    const qsizetype position = letter ? *letter : digitPosition(event).value_or(m_rows.size());
    if (position >= m_rows.size()) {
        return nullptr;
    }
    m_rows.at(position)->click();
    return m_rows.at(position);
}

void OrderItem::rowPressed(ChoiceRow *row)
{
    if (!m_sequence.removeOne(row->choiceId())) {
        m_sequence.append(row->choiceId());
    }
    for (ChoiceRow *each : std::as_const(m_rows)) {
        const qsizetype place = m_sequence.indexOf(each->choiceId());
        each->setChecked(place >= 0);
        //: The place that a step was given in an order, from 1.
        each->setNote(place >= 0 ? tr("Place %1").arg(place + 1) : QString());
    }
    Q_EMIT touched();
}

void OrderItem::showMarks(const PartResponse &response)
{
    for (ChoiceRow *row : std::as_const(m_rows)) {
        const qsizetype given = response.choices.indexOf(row->choiceId());
        const qsizetype right = m_item.answer.indexOf(row->choiceId());
        if (given < 0) {
            row->setNote(tr("Belongs in place %1").arg(right + 1));
            row->setMark(ChoiceRow::Mark::RightMissed);
        } else if (given == right) {
            row->setNote(tr("Place %1, right").arg(right + 1));
            row->setMark(ChoiceRow::Mark::RightChosen);
        } else {
            row->setNote(tr("Place %1; belongs in place %2").arg(given + 1).arg(right + 1));
            row->setMark(ChoiceRow::Mark::WrongChosen);
        }
    }
}

} // namespace qingfeng
