#pragma once

#include "app/gate/core/events.h"
#include "app/gate/core/states.h"
#include "app/gate/supervisor/built_in_quiz.h"
#include "app/gate/supervisor/environment.h"
#include "app/gate/supervisor/gate_options.h"
#include "app/gate/supervisor/holder_link.h"
#include "app/gate/supervisor/shared_state.h"
#include "app/gate/supervisor/ui_link.h"
#include "app/gate/supervisor/unlock_desk.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace qingfeng::gate {

/**
 * Runs the state machine with real processes: starts holder and UI, watches both, checks tokens, keeps every
 * deadline, and records what happens.
 *
 * It owns no connection to the X server, so nothing that a client does there can end or stop it.
 */
class Supervisor
{
public:
    /** @param resumed  an earlier supervisor of this run was lost */
    Supervisor(const GateOptions &options, const EventLog &events, SharedState &shared, bool resumed);

    /** Returns when the desktop is open and holder and UI have ended. */
    void run();

private:
    void apply(Input input);
    void enter(State state);
    void replaceHolder();
    void startHolder();
    void startUi(bool safe);
    void tearDown();
    void finish();

    void watch();
    void readSignals();
    void reap();
    void handleUiEnd(int status);
    void handleHolderEnd(int status);
    void readUi();
    void handleUiMessage(const UiMessage &message);
    void handlePass(const Pass &pass);
    void readHolder();
    void handleHolderLine(std::string_view line);
    void handleCovered();
    void tick();
    void checkHeartbeats();
    int waitMs() const;
    void forgetUi();
    void loseUi(std::string_view kind, std::string_view detail);
    void loseHolder(std::string_view detail);

    // supervisor_built_in.cpp
    void askBuiltIn();
    void tellHolderOfBuiltIn();
    bool mayAnswerBuiltIn() const;
    bool handlePageLine(std::string_view line);
    void handleBuiltInAnswer(std::string_view choice);
    std::string takeCode(std::string_view typed);

    void suspect(std::string_view why);
    void record(std::string_view kind, std::string_view detail = {});

    const GateOptions &m_options;
    const EventLog &m_events;
    SharedState &m_shared;
    bool m_resumed;
    Secret m_secret;
    Machine m_machine;
    HolderLink m_holder;
    UiLink m_ui;
    BuiltInQuiz m_quiz;
    UnlockDesk m_unlock;
    UniqueFd m_signals;
    Geometry m_geometry;
    std::int64_t m_holderDueMs = 0; ///< when a holder is to be started again, 0 for none
    int m_uiKills = 0;
    bool m_suspected = false;
    std::map<std::string, int, std::less<>> m_recorded; ///< how often each kind was, to bound a flood
};

} // namespace qingfeng::gate
