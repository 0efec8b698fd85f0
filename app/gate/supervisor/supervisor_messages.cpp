// What holder and UI say to the supervisor.
#include "app/gate/supervisor/supervisor.h"

#include "app/gate/core/clocks.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <variant>

namespace qingfeng::gate {

namespace {

constexpr std::size_t mostMessagesAtOnce = 64;

/** Doings of other programs that do not happen by themselves. */
constexpr std::array<std::string_view, 3> suspiciousKinds{
    "client-killed", "curtain-unmapped", "curtain-destroyed"};

} // namespace

void Supervisor::readUi()
{
    m_ui.receive();
    for (std::size_t i = 0; i < mostMessagesAtOnce; ++i) {
        const auto message = m_ui.take();
        if (!message) {
            return;
        }
        handleUiMessage(*message);
    }
}

void Supervisor::handleUiMessage(const UiMessage &message)
{
    std::visit(
        [this](const auto &said) {
            using Said = std::decay_t<decltype(said)>;
            if constexpr (std::is_same_v<Said, Pong>) {
                m_ui.notePong(said.number);
            } else if constexpr (std::is_same_v<Said, WindowNamed>) {
                m_ui.setWindow(said.xid);
                m_holder.send("ui " + std::to_string(said.xid));
            } else if constexpr (std::is_same_v<Said, Ready>) {
                if (m_ui.window() != 0) {
                    apply(Input::UiReady);
                }
            } else if constexpr (std::is_same_v<Said, Pass>) {
                handlePass(said);
            } else if constexpr (std::is_same_v<Said, Unable>) {
                record("ui-unable", said.why);
                apply(Input::UiUnable);
            } else if constexpr (std::is_same_v<Said, CodeTyped>) {
                if (const std::string refusal = takeCode(said.code); !refusal.empty()) {
                    m_ui.send(refusal);
                }
            } else {
                record("ui-event", said.kind + (said.text.empty() ? "" : " " + said.text));
            }
        },
        message);
}

void Supervisor::handlePass(const Pass &pass)
{
    if (!isTokenValid(m_secret, pass.obligation, pass.attempt, pass.token)) {
        record("token-refused", pass.obligation);
        suspect("token-refused");
        apply(Input::TokenRefused);
        return;
    }
    const bool answered = std::ranges::find(passWords, pass.attempt) == passWords.end();
    record("passed", pass.obligation + (answered ? "" : ' ' + pass.attempt));
    apply(Input::TokenValid);
}

void Supervisor::readHolder()
{
    m_holder.receive();
    while (const auto line = m_holder.take()) {
        if (!handlePageLine(*line)) {
            handleHolderLine(*line);
        }
    }
}

void Supervisor::handleHolderLine(std::string_view line)
{
    constexpr std::string_view eventPrefix = "event ";
    if (line == "covered") {
        handleCovered();
    } else if (line.substr(0, 5) == "pong ") {
        m_holder.notePong(monotonicMs());
    } else if (line.substr(0, eventPrefix.size()) == eventPrefix) {
        const std::string_view rest = line.substr(eventPrefix.size());
        const auto space = rest.find(' ');
        const std::string_view kind = rest.substr(0, space);
        record(kind, space == std::string_view::npos ? "" : rest.substr(space + 1));
        if (std::ranges::find(suspiciousKinds, kind) != suspiciousKinds.end()) {
            suspect(kind);
        }
    } else if (const auto geometry = parseGeometry(line)) {
        m_geometry = *geometry;
        m_ui.sendGeometry(m_geometry);
    }
}

void Supervisor::handleCovered()
{
    const std::int64_t now = monotonicMs();
    m_holder.noteCovered(now);
    m_machine.setHolderDown(false, now);
    if (!m_shared.covered) {
        record("covered");
    }
    m_shared.covered = true;
    if (m_ui.isRunning()) {
        m_holder.send("ui-process " + std::to_string(m_ui.pid()));
    }
    if (m_ui.window() != 0) {
        m_holder.send("ui " + std::to_string(m_ui.window()));
    }
    if (m_machine.state() == State::Asking) {
        m_holder.send("yield");
    }
    if (mayAnswerBuiltIn()) {
        tellHolderOfBuiltIn();
    }
    if (m_machine.state() == State::FailOpen) {
        m_holder.send("countdown " + std::to_string(m_machine.countdownLeftMs(now)));
    }
    apply(Input::Covered);
}

} // namespace qingfeng::gate
