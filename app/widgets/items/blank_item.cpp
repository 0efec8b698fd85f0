#include "app/widgets/items/blank_item.h"

#include "app/widgets/icon_view.h"
#include "app/widgets/text_block.h"

#include "quiz/grading/grade.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

/** Longer than any accepted wording, short enough for every store. */
constexpr int maxAnswerLength = 200;

bool accepts(const Blank &blank, const QString &text)
{
    const QString given = normalisedAnswer(text);
    return std::any_of(blank.accepted.cbegin(), blank.accepted.cend(),
        [&given](const QString &accepted) { return normalisedAnswer(accepted) == given; });
}

} // namespace

BlankItem::BlankItem(const Theme &theme, const QuestionItem &item, QWidget *parent)
    : ItemView(parent)
    , m_item(item)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    for (qsizetype i = 0; i < m_item.blanks.size(); ++i) {
        m_rows.append(makeRow(theme, i));
    }
}

BlankItem::Row BlankItem::makeRow(const Theme &theme, qsizetype position)
{
    auto *box = new QWidget(this);
    auto *line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::m);
    Row row;
    if (m_item.blanks.size() > 1) {
        //: %1 number of the blank, from 1.
        auto *label = new TextBlock(theme, {Type::Body, Ink::Secondary}, tr("Blank %1").arg(position + 1), box);
        label->setSingleLine(true);
        line->addWidget(label);
    }
    row.field = new QLineEdit(box);
    row.field->setMaxLength(maxAnswerLength);
    row.field->setPlaceholderText(tr("Type the answer"));
    row.field->setAccessibleName(tr("Blank %1").arg(position + 1));
    line->addWidget(row.field, 1);
    row.icon = new IconView(theme, QStringLiteral("tick"), Ink::Right, size::icon, box);
    row.icon->hide();
    line->addWidget(row.icon);
    row.result = new TextBlock(theme, {Type::Body, Ink::Right}, {}, box);
    row.result->hide();
    line->addWidget(row.result, 1);
    layout()->addWidget(box);
    connect(row.field, &QLineEdit::textEdited, this, &ItemView::touched);
    return row;
}

PartResponse BlankItem::response() const
{
    PartResponse response;
    for (const Row &row : m_rows) {
        response.texts.append(row.field->text().trimmed());
    }
    return response;
}

QWidget *BlankItem::missing() const
{
    const auto row = std::find_if(m_rows.cbegin(), m_rows.cend(),
        [](const Row &each) { return each.field->text().trimmed().isEmpty(); });
    return row == m_rows.cend() ? nullptr : row->field;
}

QString BlankItem::hint() const
{
    return m_rows.size() > 1 ? tr("Fill in every blank. Enter goes on.") : tr("Fill in the blank. Enter submits.");
}

QList<QWidget *> BlankItem::stops() const
{
    QList<QWidget *> fields;
    for (const Row &row : m_rows) {
        fields.append(row.field);
    }
    return fields;
}

QWidget *BlankItem::press(const QKeyEvent &)
{
    return nullptr;
}

void BlankItem::showMarks(const PartResponse &response)
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows.at(i);
        const Blank &blank = m_item.blanks.at(i);
        const bool right = accepts(blank, response.texts.value(i));
        row.field->setText(response.texts.value(i));
        row.field->setReadOnly(true);
        row.field->setFocusPolicy(Qt::NoFocus);
        row.field->setPlaceholderText({});
        row.icon->setIcon(right ? QStringLiteral("tick") : QStringLiteral("cross"), right ? Ink::Right : Ink::High);
        row.icon->show();
        //: %1 the right wording of a blank.
        row.result->setText(right ? tr("Right") : tr("Right is: %1").arg(blank.accepted.value(0)));
        row.result->setInk(right ? Ink::Right : Ink::High);
        row.result->show();
    }
}

} // namespace qingfeng
