#include "app/gate/core/states.h"

#include <algorithm>
#include <array>

namespace qingfeng::gate {

namespace {

constexpr Outcome stay{State::Curtain, false, false};
constexpr Outcome replace{State::Curtain, false, true};
constexpr Outcome to(State next)
{
    return {next, true, false};
}
constexpr Outcome again{State::Curtain, true, true}; // the curtain once more, by a new holder

constexpr Outcome uiStarting = to(State::UiStarting);
constexpr Outcome asking = to(State::Asking);
constexpr Outcome passed = to(State::Passed);
constexpr Outcome release = to(State::Release);
constexpr Outcome open = to(State::Open);
constexpr Outcome respawn = to(State::Respawn);
constexpr Outcome safeUi = to(State::SafeUi);
constexpr Outcome degraded = to(State::Degraded);
constexpr Outcome failOpen = to(State::FailOpen);

using Row = std::array<Outcome, inputCount>;

// A late deadline of UiStarting and SafeUi arrives as a loss of the UI, hence their "stay" under Deadline.
// clang-format off
constexpr std::array<Row, stateCount> table{{
    // Covered   UiReady  UiLost   RespawnsSp SafeSpent TokenValid TokenRef HolderLost NoDisplay AllGone Deadline    BudgetSpent StopAsked UiUnable  BuiltIn  CodeAcc
    {uiStarting, stay,    stay,    stay,      stay,     stay,      stay,    replace,   release,  stay,   again,      failOpen,   stay,     stay,     stay,    stay}, // Curtain
    {stay,       asking,  respawn, safeUi,    degraded, passed,    stay,    replace,   release,  stay,   stay,       failOpen,   stay,     degraded, stay,    passed}, // UiStarting
    {stay,       stay,    respawn, safeUi,    degraded, passed,    stay,    replace,   release,  stay,   stay,       failOpen,   stay,     degraded, stay,    passed}, // Asking
    {stay,       stay,    stay,    stay,      stay,     stay,      stay,    stay,      release,  stay,   release,    release,    stay,     stay,     stay,    stay}, // Passed
    {stay,       stay,    stay,    stay,      stay,     stay,      stay,    stay,      stay,     open,   open,       open,       stay,     stay,     stay,    stay}, // Release
    {stay,       stay,    stay,    stay,      stay,     stay,      stay,    stay,      stay,     stay,   stay,       stay,       stay,     stay,     stay,    stay}, // Open
    {stay,       stay,    stay,    stay,      stay,     stay,      stay,    replace,   release,  stay,   uiStarting, failOpen,   stay,     stay,     stay,    stay}, // Respawn
    {stay,       asking,  degraded, degraded, degraded, passed,    stay,    replace,   release,  stay,   stay,       failOpen,   stay,     degraded, stay,    passed}, // SafeUi
    {stay,       stay,    stay,    stay,      stay,     stay,      stay,    replace,   release,  stay,   failOpen,   failOpen,   stay,     stay,     passed,  passed}, // Degraded
    {stay,       stay,    stay,    stay,      stay,     stay,      stay,    replace,   release,  stay,   release,    release,    stay,     stay,     passed,  passed}, // FailOpen
}};
// clang-format on

constexpr std::array<std::string_view, stateCount> stateNames{"curtain", "ui-starting", "asking", "passed",
    "release", "open", "respawn", "safe-ui", "degraded", "fail-open"};
constexpr std::array<std::string_view, inputCount> inputNames{"covered", "ui-ready", "ui-lost",
    "respawns-spent", "safe-ui-spent", "token-valid", "token-refused", "holder-lost", "no-display",
    "all-gone", "deadline", "budget-spent", "stop-asked", "ui-unable", "built-in-pass", "code-accepted"};

} // namespace

std::string_view stateName(State state)
{
    return stateNames[std::size_t(state)];
}

std::string_view inputName(Input input)
{
    return inputNames[std::size_t(input)];
}

Outcome outcome(State state, Input input)
{
    Outcome cell = table[std::size_t(state)][std::size_t(input)];
    if (!cell.enters) {
        cell.next = state;
    }
    return cell;
}

EntryActions entryActions(State state)
{
    switch (state) {
    case State::UiStarting:
        return {.startUi = true};
    case State::Asking:
        return {.yield = true};
    case State::Respawn:
        return {.killUi = true, .hold = true};
    case State::Degraded:
        return {.killUi = true, .hold = true, .askBuiltIn = true};
    case State::SafeUi:
        return {.killUi = true, .startUi = true, .safe = true, .hold = true};
    case State::FailOpen:
        return {.killUi = true, .hold = true, .askBuiltIn = true, .showCountdown = true};
    case State::Release:
        return {.tearDown = true};
    case State::Curtain:
    case State::Passed:
    case State::Open:
        break;
    }
    return {};
}

bool isFaultTime(State state)
{
    return isClosed(state) && state != State::Asking && state != State::Passed;
}

bool isClosed(State state)
{
    return state != State::Release && state != State::Open;
}

void Machine::start(std::int64_t nowMs)
{
    m_ledger = Ledger{};
    m_ledger.enteredMs = nowMs;
    m_ledger.accountedMs = nowMs;
}

void Machine::resume(std::int64_t nowMs)
{
    account(nowMs);
    if (!isClosed(m_ledger.state) || m_ledger.state == State::FailOpen || m_ledger.state == State::Passed) {
        return;
    }
    if (m_ledger.state != State::Curtain) {
        ++m_ledger.uiLosses;
    }
    m_ledger.state = State::Curtain;
    m_ledger.enteredMs = nowMs;
}

bool Machine::countsFault() const
{
    return isFaultTime(m_ledger.state) || (m_ledger.state == State::Asking && m_ledger.holderDown);
}

void Machine::account(std::int64_t nowMs)
{
    if (countsFault()) {
        m_ledger.faultMs += std::max<std::int64_t>(0, nowMs - m_ledger.accountedMs);
    }
    m_ledger.accountedMs = nowMs;
}

void Machine::setHolderDown(bool down, std::int64_t nowMs)
{
    account(nowMs);
    m_ledger.holderDown = down;
}

Input Machine::lossInput()
{
    ++m_ledger.uiLosses;
    if (std::size_t(m_ledger.uiLosses) <= m_deadlines.respawnDelaysMs.size()) {
        return Input::UiLost;
    }
    return m_ledger.safeUiUsed ? Input::SafeUiSpent : Input::RespawnsSpent;
}

Outcome Machine::feed(Input input, std::int64_t nowMs)
{
    account(nowMs);
    if (input == Input::UiLost && outcome(m_ledger.state, input).enters) {
        input = lossInput();
    }
    const Outcome result = outcome(m_ledger.state, input);
    if (result.enters) {
        m_ledger.state = result.next;
        m_ledger.enteredMs = nowMs;
        m_ledger.safeUiUsed = m_ledger.safeUiUsed || result.next == State::SafeUi;
    }
    return result;
}

std::optional<std::int64_t> Machine::stateDeadlineMs() const
{
    switch (m_ledger.state) {
    case State::Curtain:
        return m_ledger.enteredMs + m_deadlines.coverMs;
    case State::UiStarting:
    case State::SafeUi:
        return m_ledger.enteredMs + m_deadlines.uiStartMs;
    case State::Passed:
        return m_ledger.enteredMs;
    case State::Release:
        return m_ledger.enteredMs + m_deadlines.releaseMs;
    case State::FailOpen:
        return m_ledger.enteredMs + m_deadlines.countdownMs;
    case State::Respawn: {
        const auto last = m_deadlines.respawnDelaysMs.size() - 1;
        const auto index = std::min(std::size_t(std::max(0, m_ledger.uiLosses - 1)), last);
        return m_ledger.enteredMs + m_deadlines.respawnDelaysMs[index];
    }
    case State::Asking:
    case State::Degraded: // the person answers; what faults may take of his time bounds it all the same
    case State::Open:
        break;
    }
    return std::nullopt;
}

std::int64_t Machine::budgetMs() const
{
    return m_ledger.state == State::FailOpen ? m_deadlines.faultLimitMs
                                             : m_deadlines.faultLimitMs - m_deadlines.countdownMs;
}

std::optional<std::int64_t> Machine::nextDeadlineMs() const
{
    std::optional<std::int64_t> next = stateDeadlineMs();
    if (countsFault()) {
        const std::int64_t spent
            = m_ledger.accountedMs + std::max<std::int64_t>(0, budgetMs() - m_ledger.faultMs);
        next = next ? std::min(*next, spent) : spent;
    }
    return next;
}

std::optional<Input> Machine::due(std::int64_t nowMs)
{
    account(nowMs);
    if (countsFault() && m_ledger.faultMs >= budgetMs()) {
        return Input::BudgetSpent;
    }
    const auto deadline = stateDeadlineMs();
    if (!deadline || nowMs < *deadline) {
        return std::nullopt;
    }
    const bool starting = m_ledger.state == State::UiStarting || m_ledger.state == State::SafeUi;
    return starting ? Input::UiLost : Input::Deadline;
}

std::int64_t Machine::countdownLeftMs(std::int64_t nowMs) const
{
    if (m_ledger.state != State::FailOpen) {
        return 0;
    }
    return std::max<std::int64_t>(0, m_ledger.enteredMs + m_deadlines.countdownMs - nowMs);
}

} // namespace qingfeng::gate
