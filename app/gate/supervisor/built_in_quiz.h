#pragma once

#include "app/gate/core/attempt_log.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace qingfeng::gate {

/**
 * Asks built-in questions, one after another until one has been answered in earnest: chooses, measures the
 * time, marks by the compiled key, and has each answer on the disk before anybody is told what came of it.
 * The holder only draws.
 */
class BuiltInQuiz
{
public:
    explicit BuiltInQuiz(AttemptLog log)
        : m_log(std::move(log))
    {
    }

    struct Judged
    {
        std::string question;
        Verdict verdict;
        bool kept; ///< false: no disk took it
    };

    /** Puts a question that was not asked in this run, while there is one. */
    void ask(std::int64_t nowMs);
    bool isAsking() const { return m_attempt.has_value(); }
    /** Nothing unless a question waits for an answer and has this choice. */
    std::optional<Judged> answer(std::string_view choice, std::int64_t nowMs);
    /** A question has been answered in earnest: the desktop may open. */
    bool isSettled() const { return m_judged && *m_judged != Verdict::Invalid; }
    /** What a holder must hear to show how things stand. */
    std::vector<std::string> lines() const;

private:
    AttemptLog m_log;
    std::optional<BuiltInAttempt> m_attempt; ///< what stands on the screen
    std::optional<Verdict> m_judged;
    std::int64_t m_askedMs = 0;
    bool m_again = false;
    std::set<std::size_t> m_asked;
};

} // namespace qingfeng::gate
