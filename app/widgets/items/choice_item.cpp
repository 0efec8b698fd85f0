#include "app/widgets/items/choice_item.h"

#include "app/widgets/choice_row.h"
#include "app/widgets/words.h"

#include <QVBoxLayout>

namespace qingfeng {

ChoiceItem::ChoiceItem(const Theme &theme, const QuestionItem &item, const QStringList &shown,
    const PictureSource &pictures, QWidget *parent)
    : ItemView(parent)
    , m_item(item)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    const auto form = item.type == QuestionType::Multiple ? ChoiceRow::Form::Several : ChoiceRow::Form::One;
    for (const QString &id : shown) {
        const Choice *choice = m_item.choice(id);
        if (!choice) {
            continue;
        }
        auto *row = new ChoiceRow(theme, form, id, Words::letter(m_rows.size()), choice->text, this);
        connect(row, &QAbstractButton::clicked, this, [this, row] { rowPressed(row); });
        column->addWidget(row);
        addPicture(column, theme, choice->picture, pictures, row->textLeft());
        m_rows.append(row);
    }
}

PartResponse ChoiceItem::response() const
{
    PartResponse response;
    for (const ChoiceRow *row : m_rows) {
        response.choicesShown.append(row->choiceId());
        if (row->isChecked()) {
            response.choices.append(row->choiceId());
        }
    }
    response.choices.sort();
    return response;
}

QWidget *ChoiceItem::missing() const
{
    const bool chosen
        = std::any_of(m_rows.cbegin(), m_rows.cend(), [](const ChoiceRow *row) { return row->isChecked(); });
    return chosen || m_rows.isEmpty() ? nullptr : m_rows.first();
}

QString ChoiceItem::hint() const
{
    return m_item.type == QuestionType::Multiple ? tr("Choose all that are right. Letter keys choose, Enter submits.")
                                                 : tr("Letter keys choose, Enter submits.");
}

QList<QWidget *> ChoiceItem::stops() const
{
    return {m_rows.cbegin(), m_rows.cend()};
}

QWidget *ChoiceItem::press(const QKeyEvent &event)
{
    const auto letter = letterPosition(event);
    const qsizetype position = letter ? *letter : digitPosition(event).value_or(m_rows.size());
    if (position >= m_rows.size()) {
        return nullptr;
    }
    m_rows.at(position)->click();
    return m_rows.at(position);
}

void ChoiceItem::showMarks(const PartResponse &response)
{
    for (ChoiceRow *row : std::as_const(m_rows)) {
        const bool right = m_item.answer.contains(row->choiceId());
        const bool chosen = response.choices.contains(row->choiceId());
        row->setMark(right ? (chosen ? ChoiceRow::Mark::RightChosen : ChoiceRow::Mark::RightMissed)
                           : (chosen ? ChoiceRow::Mark::WrongChosen : ChoiceRow::Mark::Other));
    }
}

void ChoiceItem::rowPressed(ChoiceRow *row)
{
    if (m_item.type != QuestionType::Multiple) {
        for (ChoiceRow *other : std::as_const(m_rows)) {
            other->setChecked(other == row);
        }
    }
    Q_EMIT touched();
}

} // namespace qingfeng
