#include "app/gate/core/built_in.h"

#include <algorithm>

namespace qingfeng::gate {

std::size_t choiceIndex(const BuiltInQuestion &question, std::string_view id)
{
    const BuiltInChoice *end = question.choices + question.choiceCount;
    const BuiltInChoice *found = std::find_if(question.choices, end,
        [id](const BuiltInChoice &choice) { return std::string_view(choice.id) == id; });
    return std::size_t(found - question.choices);
}

std::string_view verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Right:
        return "right";
    case Verdict::Wrong:
        return "wrong";
    case Verdict::Unsure:
        return "unsure";
    case Verdict::Invalid:
        break;
    }
    return "invalid";
}

Verdict judge(const BuiltInQuestion &question, std::string_view choice, std::int64_t responseMs)
{
    if (choice == unsureWord) {
        return Verdict::Unsure;
    }
    if (responseMs < question.rapidGuessMs) {
        return Verdict::Invalid;
    }
    return choice == question.answer ? Verdict::Right : Verdict::Wrong;
}

} // namespace qingfeng::gate
