#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace qingfeng::gate {

/**
 * A question of the starter bank that is compiled into the gate, for when no UI can ask. Wording, id, version
 * and key are the bank's own: app/gate/tools/render_questions takes them from resources/bank at build time.
 * All texts are UTF-8.
 */
struct BuiltInChoice
{
    const char *id; ///< "a", "b" …; "true" and "false"
    const char *text;
};

struct BuiltInQuestion
{
    static constexpr std::size_t mostChoices = 6;

    const char *id; ///< "P00-R01-01"
    int version;
    bool trueFalse; ///< keeps the order of its choices; a single choice is shuffled
    const char *stem;
    BuiltInChoice choices[mostChoices];
    std::size_t choiceCount;
    const char *answer; ///< id of the right choice
    const char *why; ///< short form of the explanation: why it is forbidden,
    const char *instead; ///< and what to do instead
    const char *basis; ///< the article it rests on, in words
    int fullMarks; ///< centi-points
    int guessPpm; ///< chance of guessing right, in millionths
    std::int64_t rapidGuessMs; ///< an answer faster than this is no answer
};

extern const BuiltInQuestion builtInQuestions[];
extern const std::size_t builtInQuestionCount;
extern const std::int64_t builtInBankRevision;
extern const char *const builtInPost; ///< code of the post that all of them belong to

/** Position of a choice by its id; choiceCount if it has none. */
std::size_t choiceIndex(const BuiltInQuestion &question, std::string_view id);

/** What became of an answer; the words are those of the attempts' outcome. */
enum class Verdict { Right, Wrong, Unsure, Invalid };
std::string_view verdictName(Verdict verdict);

/** The word that stands for 「不确定」 in place of a choice. */
inline constexpr std::string_view unsureWord = "unsure";

/** Marks one answer by the compiled key. One faster than the question can be read is Invalid, 不确定
 * excepted. */
Verdict judge(const BuiltInQuestion &question, std::string_view choice, std::int64_t responseMs);

} // namespace qingfeng::gate
