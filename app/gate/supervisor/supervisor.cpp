#include "app/gate/supervisor/supervisor.h"

#include "app/gate/core/clocks.h"
#include "app/gate/holder/holder.h"
#include "app/gate/supervisor/child.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>

namespace qingfeng::gate {

namespace {

constexpr int mostRecordsOfAKind = 100;
constexpr std::int64_t holderPaceMs = 250; // between two starts of a holder that does not live
constexpr std::int64_t aliveMs = 500; // how often the warden hears of us
constexpr int termGraceMs = 300;
constexpr int killsThatAreNoAccident = 3;

} // namespace

Supervisor::Supervisor(const GateOptions &options, const EventLog &events, SharedState &shared, bool resumed)
    : m_options(options)
    , m_events(events)
    , m_shared(shared)
    , m_resumed(resumed)
    , m_secret(makeSecret())
    , m_machine(options.deadlines, shared.ledger)
    , m_holder(options)
    , m_ui(options, m_secret)
    , m_quiz(AttemptLog(attemptFolders(options.eventFolder)))
    , m_unlock(options.unlockFile, options.eventFolder, shared.unlock)
{
}

void Supervisor::run()
{
    m_signals = makeSignalFd();
    if (m_resumed) {
        m_machine.resume(monotonicMs());
        record("supervisor-restart", stateName(m_machine.state()));
    } else {
        m_machine.start(monotonicMs());
    }
    if (isClosed(m_machine.state())) {
        startHolder();
    }
    while (m_machine.state() != State::Open) {
        watch();
        tick();
    }
    finish();
}

void Supervisor::apply(Input input)
{
    const Outcome result = m_machine.feed(input, monotonicMs());
    if (result.replaceHolder) {
        replaceHolder();
    }
    if (result.enters) {
        enter(result.next);
    }
}

void Supervisor::enter(State state)
{
    const EntryActions actions = entryActions(state);
    if (actions.killUi) {
        forgetUi();
    }
    if (actions.hold) {
        m_holder.send("hold");
    }
    if (actions.yield) {
        m_holder.send("yield");
        m_ui.expectAnswers();
        record("asking");
    }
    if (actions.askBuiltIn) {
        askBuiltIn();
    }
    if (actions.showCountdown) {
        const std::int64_t left = m_machine.countdownLeftMs(monotonicMs());
        m_holder.send("countdown " + std::to_string(left));
        record("fail-open", "countdown " + std::to_string(left) + " ms");
    }
    if (actions.tearDown) {
        tearDown();
    }
    if (actions.startUi) {
        startUi(actions.safe);
    }
    if (actions.startUi && m_machine.uiLosses() > 0 && m_ui.isRunning()) {
        record("ui-respawn", std::to_string(m_machine.uiLosses()));
    }
    if (state == State::SafeUi || state == State::Degraded) {
        record(stateName(state));
    }
}

void Supervisor::startUi(bool safe)
{
    if (!m_ui.start(safe, monotonicMs())) {
        loseUi("ui-crash", "no process");
        return;
    }
    // Before its window comes up: the holder must not take it for a stranger's.
    m_holder.send("ui-process " + std::to_string(m_ui.pid()));
    if (m_geometry.root.width > 0) {
        m_ui.sendGeometry(m_geometry);
    }
    if (const auto challenge = m_unlock.challenge(wallClockMs(), utcOffsetSeconds())) {
        m_ui.send("challenge " + *challenge);
    }
}

void Supervisor::startHolder()
{
    m_holderDueMs = 0;
    // A process left by an earlier supervisor is not our child any more; its windows stand all the same.
    killGroup(m_holder.isRunning() ? -1 : m_shared.holder, SIGKILL);
    const bool successor = m_resumed || m_shared.covered;
    if (!m_holder.start(successor, monotonicMs())) {
        m_holderDueMs = monotonicMs() + holderPaceMs;
    }
    m_shared.holder = m_holder.pid();
    m_machine.setHolderDown(true, monotonicMs());
}

void Supervisor::replaceHolder()
{
    m_machine.setHolderDown(true, monotonicMs());
    const std::int64_t due = m_holder.startedMs() + holderPaceMs;
    if (monotonicMs() >= due) {
        startHolder();
    } else if (m_holderDueMs == 0) {
        m_holderDueMs = due;
    }
}

void Supervisor::tearDown()
{
    m_ui.sendReleased();
    m_holder.send("release");
    m_holderDueMs = 0;
    if (!m_holder.isRunning() && !m_ui.isRunning()) {
        apply(Input::AllGone);
    }
}

/** Ends what has not ended by itself. */
void Supervisor::finish()
{
    m_holder.kill();
    if (m_ui.isRunning()) {
        m_ui.signal(SIGTERM);
        pollfd waiting{m_signals.get(), POLLIN, 0};
        ::poll(&waiting, 1, termGraceMs);
        m_ui.forget();
        ::poll(&waiting, 1, termGraceMs);
        reap();
        record("ui-ended", "did not leave by itself");
    }
    if (m_ui.malformedLines() > 0) {
        record("malformed-lines", std::to_string(m_ui.malformedLines()));
    }
    if (!m_shared.heldElsewhere) {
        record("opened");
    }
}

void Supervisor::watch()
{
    pollfd watched[] = {{m_signals.get(), POLLIN, 0}, {m_holder.fd(), POLLIN, 0}, {m_ui.fd(), POLLIN, 0}};
    if (::poll(watched, 3, waitMs()) <= 0) {
        return;
    }
    // Lines before ends: what a process said before it ended still counts.
    if (watched[1].revents != 0) {
        readHolder();
    }
    if (watched[2].revents != 0) {
        readUi();
    }
    if (watched[0].revents != 0) {
        readSignals();
    }
}

void Supervisor::readSignals()
{
    signalfd_siginfo info{};
    while (::read(m_signals.get(), &info, sizeof info) == ssize_t(sizeof info)) {
        if (info.ssi_signo != SIGCHLD) {
            record("signal-ignored", std::to_string(info.ssi_signo));
            apply(Input::StopAsked);
        }
    }
    reap();
}

void Supervisor::reap()
{
    int status = 0;
    pid_t pid = 0;
    while ((pid = ::waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
        if (pid == m_ui.pid()) {
            handleUiEnd(status);
        } else if (pid == m_holder.pid()) {
            handleHolderEnd(status);
        }
    }
}

void Supervisor::handleUiEnd(int status)
{
    readUi(); // its last words
    if (!m_ui.isRunning()) {
        return;
    }
    if (!WIFSTOPPED(status) && (m_machine.state() == State::Passed || !isClosed(m_machine.state()))) {
        m_ui.forget();
        if (!m_holder.isRunning()) {
            apply(Input::AllGone);
        }
        return;
    }
    loseUi(WIFSTOPPED(status) ? "ui-stopped" : "ui-crash", describeStatus(status));
}

void Supervisor::loseUi(std::string_view kind, std::string_view detail)
{
    record(kind, detail);
    if (detail == "signal 9" && ++m_uiKills >= killsThatAreNoAccident) {
        suspect("ui-killed");
    }
    forgetUi();
    apply(Input::UiLost);
}

void Supervisor::forgetUi()
{
    m_holder.send("ui-process 0");
    m_holder.send("ui 0");
    m_ui.forget();
}

/** One event for what looks like an attempt to get past, whatever its kind; the kinds have events of their
 * own. */
void Supervisor::suspect(std::string_view why)
{
    if (!m_suspected) {
        m_suspected = true;
        record("bypass-suspected", why);
    }
}

void Supervisor::handleHolderEnd(int status)
{
    readHolder();
    const HolderEnd end = WIFEXITED(status) ? HolderEnd(WEXITSTATUS(status)) : HolderEnd::Disconnected;
    if (WIFSTOPPED(status)) {
        m_holder.kill();
    }
    m_holder.forget();
    m_shared.holder = -1;
    if (!isClosed(m_machine.state())) {
        if (!m_ui.isRunning()) {
            apply(Input::AllGone);
        }
        return;
    }
    if (end == HolderEnd::Held) {
        m_shared.heldElsewhere = true;
        record("already-held");
        apply(Input::NoDisplay);
    } else if (end == HolderEnd::NoServer || (end == HolderEnd::Refused && !m_shared.covered)) {
        record("no-display", end == HolderEnd::NoServer ? "no server" : "refused");
        apply(Input::NoDisplay);
    } else {
        loseHolder(describeStatus(status));
    }
}

void Supervisor::loseHolder(std::string_view detail)
{
    record("holder-restart", detail);
    apply(Input::HolderLost);
}

void Supervisor::tick()
{
    m_shared.beatMs = monotonicMs();
    if (m_holderDueMs != 0 && monotonicMs() >= m_holderDueMs) {
        startHolder();
    }
    m_holder.beat(monotonicMs());
    m_ui.beat(monotonicMs());
    checkHeartbeats();
    while (const auto input = m_machine.due(monotonicMs())) {
        if (*input == Input::UiLost) {
            loseUi("ui-timeout", "no question in time");
        } else {
            if (*input == Input::BudgetSpent && m_machine.state() == State::Degraded && m_quiz.isSettled()) {
                record("passed", "none built-in"); // answered, and only Enter was not pressed
                apply(Input::BuiltInPass);
                continue;
            }
            if (*input == Input::BudgetSpent) {
                record("fault-limit");
            }
            apply(*input);
        }
    }
}

void Supervisor::checkHeartbeats()
{
    if (isClosed(m_machine.state()) && m_machine.state() != State::Curtain
        && m_holder.isHung(monotonicMs())) {
        loseHolder("hung");
    }
    if (m_machine.state() == State::Asking && m_ui.isRunning() && m_ui.isHung()) {
        loseUi("ui-hung", "no heartbeat");
    }
}

int Supervisor::waitMs() const
{
    const std::int64_t now = monotonicMs();
    std::int64_t next = now + aliveMs;
    if (const auto deadline = m_machine.nextDeadlineMs()) {
        next = std::min(next, *deadline);
    }
    if (m_holderDueMs != 0) {
        next = std::min(next, m_holderDueMs);
    }
    if (m_holder.isRunning()) {
        next = std::min(next, m_holder.nextBeatMs());
    }
    if (m_ui.isRunning()) {
        next = std::min(next, m_ui.nextBeatMs());
    }
    return int(std::clamp<std::int64_t>(next - now, 0, aliveMs));
}

void Supervisor::record(std::string_view kind, std::string_view detail)
{
    const auto known = m_recorded.try_emplace(std::string(kind), 0).first;
    if (++known->second <= mostRecordsOfAKind) {
        m_events.record(kind, detail);
    }
}

} // namespace qingfeng::gate
