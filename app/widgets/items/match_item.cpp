#include "app/widgets/items/match_item.h"

#include "app/widgets/choice_row.h"
#include "app/widgets/words.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

QBoxLayout *columnOf(QWidget *widget)
{
    return static_cast<QBoxLayout *>(widget->layout());
}

} // namespace

MatchItem::MatchItem(const Theme &theme, const QuestionItem &item, const QStringList &shown,
    const PictureSource &pictures, QWidget *parent)
    : ItemView(parent)
    , m_theme(theme)
    , m_item(item)
{
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(space::xl);
    QWidget *left = makeColumn();
    QWidget *right = makeColumn();
    columns->addWidget(left, 1, Qt::AlignTop);
    columns->addWidget(right, 1, Qt::AlignTop);
    for (const Choice &choice : std::as_const(m_item.choices)) {
        auto *row = new ChoiceRow(theme, ChoiceRow::Form::One, choice.id, QString::number(m_left.size() + 1),
            choice.text, left);
        connect(row, &QAbstractButton::clicked, this, [this] {
            refresh();
            Q_EMIT touched();
        });
        left->layout()->addWidget(row);
        addPicture(columnOf(left), theme, choice.picture, pictures);
        m_left.append(row);
    }
    for (const QString &id : shown) {
        const auto target = std::find_if(m_item.targets.cbegin(), m_item.targets.cend(),
            [&id](const Choice &candidate) { return candidate.id == id; });
        if (target == m_item.targets.cend()) {
            continue;
        }
        auto *row = new ChoiceRow(
            theme, ChoiceRow::Form::Several, id, Words::letter(m_right.size()), target->text, right);
        connect(row, &QAbstractButton::clicked, this, [this, row] { assign(row); });
        right->layout()->addWidget(row);
        addPicture(columnOf(right), theme, target->picture, pictures);
        m_right.append(row);
    }
    if (!m_left.isEmpty()) {
        m_left.first()->setChecked(true);
    }
}

QWidget *MatchItem::makeColumn()
{
    auto *column = new QWidget(this);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    return column;
}

ChoiceRow *MatchItem::current() const
{
    const auto row
        = std::find_if(m_left.cbegin(), m_left.cend(), [](const ChoiceRow *each) { return each->isChecked(); });
    return row == m_left.cend() ? nullptr : *row;
}

QString MatchItem::letterOf(const QString &targetId) const
{
    const auto row = std::find_if(m_right.cbegin(), m_right.cend(),
        [&targetId](const ChoiceRow *each) { return each->choiceId() == targetId; });
    return row == m_right.cend() ? targetId : Words::letter(row - m_right.cbegin());
}

void MatchItem::assign(ChoiceRow *target)
{
    if (ChoiceRow *row = current()) {
        m_pairs.insert(row->choiceId(), target->choiceId());
        if (auto *next = qobject_cast<ChoiceRow *>(missing())) {
            next->setChecked(true);
        }
    }
    refresh();
    Q_EMIT touched();
}

void MatchItem::refresh()
{
    for (ChoiceRow *row : std::as_const(m_left)) {
        const auto pair = m_pairs.constFind(row->choiceId());
        //: The letter of what a row was matched with.
        row->setNote(pair == m_pairs.cend() ? QString() : tr("→ %1").arg(letterOf(*pair)));
    }
    const ChoiceRow *row = current();
    for (ChoiceRow *target : std::as_const(m_right)) {
        target->setChecked(row && m_pairs.value(row->choiceId()) == target->choiceId());
    }
}

PartResponse MatchItem::response() const
{
    PartResponse response;
    for (const ChoiceRow *row : m_right) {
        response.choicesShown.append(row->choiceId());
    }
    response.pairs = m_pairs;
    return response;
}

QWidget *MatchItem::missing() const
{
    const auto row = std::find_if(m_left.cbegin(), m_left.cend(),
        [this](const ChoiceRow *each) { return !m_pairs.contains(each->choiceId()); });
    return row == m_left.cend() ? nullptr : *row;
}

QString MatchItem::hint() const
{
    return tr("Digits choose on the left, letters what belongs to it.");
}

QList<QWidget *> MatchItem::stops() const
{
    QList<QWidget *> all(m_left.cbegin(), m_left.cend());
    all.append({m_right.cbegin(), m_right.cend()});
    return all;
}

QWidget *MatchItem::press(const QKeyEvent &event)
{
    const auto digit = digitPosition(event);
    const QList<ChoiceRow *> &rows = digit ? m_left : m_right;
    const qsizetype position = digit ? *digit : letterPosition(event).value_or(rows.size());
    if (position >= rows.size()) {
        return nullptr;
    }
    rows.at(position)->click();
    return rows.at(position);
}

void MatchItem::showMarks(const PartResponse &response)
{
    for (ChoiceRow *row : std::as_const(m_left)) {
        const QString given = response.pairs.value(row->choiceId());
        const QString right = m_item.pairs.value(row->choiceId());
        row->setChecked(false);
        if (given.isEmpty()) {
            row->setNote(tr("Belongs to %1").arg(letterOf(right)));
            row->setMark(ChoiceRow::Mark::RightMissed);
        } else if (given == right) {
            row->setNote(tr("%1, right").arg(letterOf(right)));
            row->setMark(ChoiceRow::Mark::RightChosen);
        } else {
            row->setNote(tr("%1; belongs to %2").arg(letterOf(given), letterOf(right)));
            row->setMark(ChoiceRow::Mark::WrongChosen);
        }
    }
    for (ChoiceRow *row : std::as_const(m_right)) {
        row->setChecked(false);
        row->setMark(ChoiceRow::Mark::Other);
    }
}

} // namespace qingfeng
