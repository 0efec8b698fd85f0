#include "app/widgets/items/answer_view.h"

#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <algorithm>

#include <QVBoxLayout>

namespace qingfeng {

AnswerView::AnswerView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
}

void AnswerView::setQuestion(const QuestionVersion &question, const QStringList &choicesShown,
    const QMap<QString, QStringList> &partsShown)
{
    m_question = question;
    m_items.clear();
    while (QLayoutItem *old = layout()->takeAt(0)) {
        delete old->widget();
        delete old;
    }
    if (!isCase()) {
        addItem(m_question, choicesShown);
        return;
    }
    for (qsizetype i = 0; i < m_question.parts.size(); ++i) {
        const QuestionPart &part = m_question.parts.at(i);
        auto *title = new TextBlock(m_theme, {Type::Small, Ink::Accent, true},
            //: Heading of one part of a case: %1 its number, %2 its type.
            tr("Part %1 · %2").arg(i + 1).arg(Words::of(part.type)), this);
        title->setContentsMargins(0, i > 0 ? space::xl : 0, 0, 0);
        layout()->addWidget(title);
        layout()->addWidget(new TextBlock(m_theme, readingStyle(Type::Reading), part.stem, this));
        addPicture(static_cast<QBoxLayout *>(layout()), m_theme, part.picture, m_pictures);
        addItem(part, partsShown.value(part.id));
    }
}

void AnswerView::addItem(const QuestionItem &item, const QStringList &shown)
{
    ItemView *view = makeItemView(m_theme, item, shown, m_pictures, this);
    Q_ASSERT(view);
    connect(view, &ItemView::touched, this, &AnswerView::touched);
    layout()->addWidget(view);
    m_items.append(view);
}

Response AnswerView::response() const
{
    Response response;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        PartResponse given = m_items.at(i)->response();
        if (isCase()) {
            response.parts.insert(m_question.parts.at(i).id, std::move(given));
        } else {
            response.choices = given.choices;
            response.texts = given.texts;
            response.pairs = given.pairs;
        }
    }
    return response;
}

void AnswerView::showMarks(const Response &response)
{
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        m_items.at(i)->showMarks(isCase()
                ? response.parts.value(m_question.parts.at(i).id)
                : PartResponse {{}, response.choices, response.texts, response.pairs});
    }
}

QString AnswerView::hint() const
{
    if (isCase()) {
        return tr("Answer every part. Enter goes on.");
    }
    return m_items.isEmpty() ? QString() : m_items.first()->hint();
}

QWidget *AnswerView::missing() const
{
    for (const ItemView *item : m_items) {
        if (QWidget *missing = item->missing()) {
            return missing;
        }
    }
    return nullptr;
}

int AnswerView::open() const
{
    return int(std::count_if(
        m_items.cbegin(), m_items.cend(), [](const ItemView *item) { return item->missing() != nullptr; }));
}

QList<QWidget *> AnswerView::stops() const
{
    QList<QWidget *> all;
    for (const ItemView *item : m_items) {
        all += item->stops();
    }
    return all;
}

ItemView *AnswerView::current() const
{
    for (ItemView *item : m_items) {
        if (item->isAncestorOf(window()->focusWidget())) {
            return item;
        }
    }
    const auto open = std::find_if(
        m_items.cbegin(), m_items.cend(), [](const ItemView *item) { return item->missing() != nullptr; });
    return open != m_items.cend() ? *open : m_items.isEmpty() ? nullptr : m_items.first();
}

QWidget *AnswerView::press(const QKeyEvent &event)
{
    ItemView *item = current();
    QWidget *pressed = item ? item->press(event) : nullptr;
    if (pressed && isCase()) {
        pressed->setFocus(Qt::TabFocusReason); // so that the next key means the same part
    }
    return pressed;
}

QWidget *AnswerView::field() const
{
    return m_items.isEmpty() || !m_items.first()->wantsFocus() ? nullptr : m_items.first()->missing();
}

} // namespace qingfeng
