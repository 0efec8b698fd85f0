#pragma once

#include "app/gate/core/config.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace qingfeng::gate {

/** Where the gate stands. Only Open shows the desktop, and it is reached through Release alone. */
enum class State : std::uint8_t {
    Curtain, ///< the holder is covering the screen
    UiStarting, ///< the UI has been started and has not yet painted a question
    Asking, ///< a question is on the screen and the person can answer
    Passed, ///< a valid token has come
    Release, ///< windows and grabs are being given back
    Open, ///< over: the session goes on
    Respawn, ///< the UI was lost; waiting to start it again
    SafeUi, ///< the UI was lost too often and is started with software rendering
    Degraded, ///< no UI can ask: the holder asks a built-in question itself
    FailOpen, ///< the visible countdown; a built-in question that stands can still be answered
};
inline constexpr std::size_t stateCount = 10;

/** What can happen to the gate. */
enum class Input : std::uint8_t {
    Covered, ///< a holder has the whole root covered
    UiReady, ///< the UI has painted its question in a window that it has named
    UiLost, ///< the UI ended, hung, was stopped, could not be started or did not get ready in time
    RespawnsSpent, ///< UiLost, and every respawn has been used
    SafeUiSpent, ///< UiLost, and the safe UI has been used too
    TokenValid,
    TokenRefused,
    HolderLost, ///< the holder ended, hung or was stopped
    NoDisplay, ///< there is no display (any more): nothing can be covered, or seen
    AllGone, ///< holder and UI have both ended
    Deadline, ///< the deadline of the state has passed
    BudgetSpent, ///< the time that faults may keep the PC closed is used up
    StopAsked, ///< a signal asked the gate to end
    UiUnable, ///< the UI says that it has nothing to ask with: no usable bank, no store
    BuiltInPass, ///< a built-in question was answered in earnest, or left with a reason, as the supervisor
                 ///< has checked
    CodeAccepted, ///< the administrator's unlock code was right
};
inline constexpr std::size_t inputCount = 16;

std::string_view stateName(State state);
std::string_view inputName(Input input);

/** One cell of the table. */
struct Outcome
{
    State next;
    bool enters; ///< false: the input changes nothing in this state
    bool replaceHolder; ///< start a new holder, which takes over from the old one
};

/** The table itself: what an input does in a state. */
Outcome outcome(State state, Input input);

/** What is to be done on entering a state. */
struct EntryActions
{
    bool killUi = false;
    bool startUi = false;
    bool safe = false; ///< startUi with software rendering
    bool yield = false; ///< the holder leaves keyboard and pointer to the UI
    bool hold = false; ///< the holder takes them
    bool askBuiltIn = false; ///< the holder shows a built-in question
    bool showCountdown = false;
    bool tearDown = false;
};
EntryActions entryActions(State state);

/** True where the time that passes is a fault's and not the person's. */
bool isFaultTime(State state);
/** True while the desktop must stay covered. */
bool isClosed(State state);

/**
 * What the machine must remember, all of it: plain data, so that it can lie in memory that outlives the
 * process using it. Times are milliseconds of one monotonic clock.
 */
struct Ledger
{
    State state = State::Curtain;
    bool safeUiUsed = false;
    bool holderDown = false; ///< no holder covers: fault time even while the question stands
    std::int32_t uiLosses = 0;
    std::int64_t enteredMs = 0;
    std::int64_t accountedMs = 0; ///< up to when faultMs has been counted
    std::int64_t faultMs = 0; ///< time closed by faults so far
};

/**
 * Runs the table with its deadlines. No clock inside: every call is told the time.
 *
 * The losses of the UI are counted over the whole run and never forgiven, so a UI that breaks whenever it is
 * answered cannot keep the PC closed.
 */
class Machine
{
public:
    Machine(const Deadlines &deadlines, Ledger &ledger)
        : m_deadlines(deadlines)
        , m_ledger(ledger)
    {
    }

    /** Begins a run. */
    void start(std::int64_t nowMs);
    /**
     * Goes on after the process that ran the machine was lost, and its UI with it: a countdown and a release
     * go on from where they were, anything else begins again at the curtain and counts as a loss of the UI.
     */
    void resume(std::int64_t nowMs);

    State state() const { return m_ledger.state; }
    int uiLosses() const { return m_ledger.uiLosses; }
    /** Feeds one input; the outcome tells whether a state was entered. */
    Outcome feed(Input input, std::int64_t nowMs);
    void setHolderDown(bool down, std::int64_t nowMs);

    /** When tick() has something to say next; nothing while only the person's answer is awaited. */
    std::optional<std::int64_t> nextDeadlineMs() const;
    /** The input that is due at this moment, to be given to feed(). */
    std::optional<Input> due(std::int64_t nowMs);
    /** Of the countdown, in milliseconds, 0 if it is over or does not run. */
    std::int64_t countdownLeftMs(std::int64_t nowMs) const;

    /** Adds the time since the last call to the fault account if it belongs there. */
    void account(std::int64_t nowMs);
    /** True when faults have kept the PC closed for as long as they may. */
    bool limitReached() const { return m_ledger.faultMs >= m_deadlines.faultLimitMs; }

private:
    bool countsFault() const;
    Input lossInput();
    std::optional<std::int64_t> stateDeadlineMs() const;
    std::int64_t budgetMs() const;

    Deadlines m_deadlines;
    Ledger &m_ledger;
};

} // namespace qingfeng::gate
