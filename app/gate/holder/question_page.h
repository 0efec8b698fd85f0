#pragma once

#include "app/gate/core/built_in.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace qingfeng::gate {

/** A key as the holder's page understands it. */
struct Key
{
    enum Kind { None, Letter, Enter, Escape, Backspace, Up, Down };
    Kind kind = None;
    char letter = 0; ///< "A"–"Z", "0"–"9"
};

/**
 * The built-in question as it stands on the screen, without the screen: what is shown, and what a key does to
 * it. It marks nothing and opens nothing: it says what was done in lines to the supervisor, and hears what
 * came of it.
 */
class QuestionPage
{
public:
    enum class Mode { Asking, Recording, Answered, Leaving, PowerOff, Code };

    /**
     * @param order  places of the choices in the question, as shown
     * @param again  the last answer came too fast to be one
     */
    QuestionPage(std::size_t question, std::vector<std::size_t> order, bool again);

    void showVerdict(Verdict verdict, std::size_t chosen);
    void setChallenge(const std::string &challenge) { m_challenge = challenge; }
    /** @param reason "typo", "wrong" or "wait" */
    void refuseCode(const std::string &reason, int seconds);

    /** What to tell the supervisor because of a key, or nothing. */
    std::optional<std::string> press(const Key &key);

    const BuiltInQuestion &question() const { return builtInQuestions[m_question]; }
    Mode mode() const { return m_mode; }
    const std::vector<std::size_t> &order() const { return m_order; }
    bool isAgain() const { return m_again; }
    std::optional<std::size_t> selected() const { return m_selected; } ///< place on the screen
    std::optional<Verdict> verdict() const { return m_verdict; }
    std::size_t chosen() const { return m_chosen; } ///< place in the question; choiceCount for none
    const std::string &challenge() const { return m_challenge; }
    const std::string &typedCode() const { return m_code; }
    const std::string &refusal() const { return m_refusal; }
    int refusalSeconds() const { return m_refusalSeconds; }

private:
    std::optional<std::string> pressAsking(const Key &key);
    std::optional<std::string> pressLeaving(const Key &key);
    std::optional<std::string> pressPowerOff(const Key &key);
    std::optional<std::string> pressCode(const Key &key);
    bool openSidePage(const Key &key);
    void move(int step);
    std::optional<std::string> submit(std::string_view choice);

    std::size_t m_question;
    std::vector<std::size_t> m_order;
    bool m_again;
    Mode m_mode = Mode::Asking;
    Mode m_before = Mode::Asking; ///< where Escape leads
    std::optional<std::size_t> m_selected;
    std::optional<Verdict> m_verdict;
    std::size_t m_chosen = 0;
    std::string m_challenge;
    std::string m_code;
    std::string m_refusal;
    int m_refusalSeconds = 0;
};

/** "answered <choice>" and the like: the words of the lines that press() gives. */
namespace page_line {
inline constexpr std::string_view answered = "answered";
inline constexpr std::string_view open = "open";
inline constexpr std::string_view leave = "leave";
inline constexpr std::string_view powerOff = "power-off";
inline constexpr std::string_view code = "code";
} // namespace page_line

} // namespace qingfeng::gate
