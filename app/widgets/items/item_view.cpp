#include "app/widgets/items/item_view.h"

#include "app/widgets/items/blank_item.h"
#include "app/widgets/items/choice_item.h"
#include "app/widgets/items/match_item.h"
#include "app/widgets/items/order_item.h"

#include <QKeyEvent>

namespace qingfeng {
namespace {

bool isPlain(const QKeyEvent &event)
{
    return !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

} // namespace

ItemView *makeItemView(const Theme &theme, const QuestionItem &item, const QStringList &shown,
    const PictureSource &pictures, QWidget *parent)
{
    switch (item.type) {
    case QuestionType::Single:
    case QuestionType::Multiple:
    case QuestionType::TrueFalse:
        return new ChoiceItem(theme, item, shown, pictures, parent);
    case QuestionType::FillIn:
        return new BlankItem(theme, item, parent);
    case QuestionType::Order:
        return new OrderItem(theme, item, shown, pictures, parent);
    case QuestionType::Match:
        return new MatchItem(theme, item, shown, pictures, parent);
    case QuestionType::Case:
        break;
    }
    return nullptr;
}

std::optional<qsizetype> letterPosition(const QKeyEvent &event)
{
    if (isPlain(event) && event.key() >= Qt::Key_A && event.key() <= Qt::Key_Z) {
        return event.key() - Qt::Key_A;
    }
    return std::nullopt;
}

std::optional<qsizetype> digitPosition(const QKeyEvent &event)
{
    if (isPlain(event) && event.key() >= Qt::Key_1 && event.key() <= Qt::Key_9) {
        return event.key() - Qt::Key_1;
    }
    return std::nullopt;
}

} // namespace qingfeng
