// Built-in questions, the emergency exit beside them, and the unlock code.
#include "app/gate/supervisor/supervisor.h"

#include "app/gate/core/clocks.h"
#include "app/gate/supervisor/child.h"

#include <algorithm>
#include <array>

namespace qingfeng::gate {

namespace {

/** Of Obligation::reason: what the holder's page offers. */
constexpr std::array<std::string_view, 4> exitReasons{"taxpayer-waiting", "meeting", "emergency", "other"};

} // namespace

void Supervisor::askBuiltIn()
{
    if (!m_quiz.isAsking()) {
        m_quiz.ask(monotonicMs());
        record("built-in-asked");
    }
    tellHolderOfBuiltIn();
}

void Supervisor::tellHolderOfBuiltIn()
{
    for (const std::string &line : m_quiz.lines()) {
        m_holder.send(line);
    }
    if (const auto challenge = m_unlock.challenge(wallClockMs(), utcOffsetSeconds())) {
        m_holder.send("challenge " + *challenge);
    }
}

bool Supervisor::mayAnswerBuiltIn() const
{
    return m_machine.state() == State::Degraded || m_machine.state() == State::FailOpen;
}

/** What was done on the holder's page; false for any other line. */
bool Supervisor::handlePageLine(std::string_view line)
{
    const auto said = words(line);
    if (said.empty()) {
        return false;
    }
    const std::string_view verb = said.front();
    const std::string_view what = said.size() == 2 ? said[1] : std::string_view();
    if (verb != "answered" && verb != "open" && verb != "leave" && verb != "code" && verb != "power-off") {
        return false;
    }
    if (!mayAnswerBuiltIn()) {
        return true; // said before the state changed
    }
    if (verb == "answered") {
        handleBuiltInAnswer(what);
    } else if (verb == "open" && m_quiz.isSettled()) {
        record("passed", "none built-in");
        apply(Input::BuiltInPass);
    } else if (verb == "leave" && std::ranges::find(exitReasons, what) != exitReasons.end()) {
        record("emergency-exit", what);
        apply(Input::BuiltInPass);
    } else if (verb == "code") {
        const std::string refusal = takeCode(what);
        if (!refusal.empty()) {
            m_holder.send(refusal);
        }
    } else if (verb == "power-off") {
        record("power-off");
        if (startProgram("/bin/systemctl", {"poweroff"}, ownEnvironment(), UniqueFd()) < 0) {
            record("power-off-failed");
        }
    }
    return true;
}

void Supervisor::handleBuiltInAnswer(std::string_view choice)
{
    const auto judged = m_quiz.answer(choice, monotonicMs());
    if (!judged) {
        return;
    }
    record("built-in-answered", judged->question);
    if (!judged->kept) {
        record("attempt-lost", judged->question); // no disk took it; the person has answered all the same
    }
    if (judged->verdict == Verdict::Invalid) {
        m_quiz.ask(monotonicMs());
    }
    tellHolderOfBuiltIn();
}

/** Opens for a right code. The line that says why not, for whoever asked, is empty then. */
std::string Supervisor::takeCode(std::string_view typed)
{
    const UnlockDesk::Answer answer = m_unlock.tryCode(typed, wallClockMs(), utcOffsetSeconds());
    switch (answer.kind) {
    case UnlockDesk::Answer::Accepted:
        record("unlocked", answer.code);
        apply(Input::CodeAccepted);
        return {};
    case UnlockDesk::Answer::Typo:
        return "code-refused typo 0";
    case UnlockDesk::Answer::Wait:
        return "code-refused wait " + std::to_string(answer.seconds);
    case UnlockDesk::Answer::Wrong:
        break;
    }
    record("code-refused", "wait " + std::to_string(answer.seconds) + " s");
    return answer.seconds > 0 ? "code-refused wait " + std::to_string(answer.seconds)
                              : "code-refused wrong 0";
}

} // namespace qingfeng::gate
