#include "app/gate/core/states.h"

#include <QTest>

#include <array>
#include <deque>
#include <map>
#include <set>
#include <tuple>

using namespace qingfeng::gate;

namespace {

constexpr std::array<State, stateCount> allStates{State::Curtain, State::UiStarting, State::Asking,
    State::Passed, State::Release, State::Open, State::Respawn, State::SafeUi, State::Degraded,
    State::FailOpen};
constexpr std::array<Input, inputCount> allInputs{Input::Covered, Input::UiReady, Input::UiLost,
    Input::RespawnsSpent, Input::SafeUiSpent, Input::TokenValid, Input::TokenRefused, Input::HolderLost,
    Input::NoDisplay, Input::AllGone, Input::Deadline, Input::BudgetSpent, Input::StopAsked, Input::UiUnable,
    Input::BuiltInPass, Input::CodeAccepted};

/** The stated outcomes, written out a second time: what is not listed changes nothing. */
const std::map<std::pair<State, Input>, State> statedMoves{
    {{State::Curtain, Input::Covered}, State::UiStarting},
    {{State::Curtain, Input::Deadline}, State::Curtain},
    {{State::Curtain, Input::BudgetSpent}, State::FailOpen},
    {{State::Curtain, Input::NoDisplay}, State::Release},
    {{State::UiStarting, Input::UiReady}, State::Asking},
    {{State::UiStarting, Input::UiLost}, State::Respawn},
    {{State::UiStarting, Input::RespawnsSpent}, State::SafeUi},
    {{State::UiStarting, Input::SafeUiSpent}, State::Degraded},
    {{State::UiStarting, Input::TokenValid}, State::Passed},
    {{State::UiStarting, Input::BudgetSpent}, State::FailOpen},
    {{State::UiStarting, Input::NoDisplay}, State::Release},
    {{State::Asking, Input::UiLost}, State::Respawn},
    {{State::Asking, Input::RespawnsSpent}, State::SafeUi},
    {{State::Asking, Input::SafeUiSpent}, State::Degraded},
    {{State::Asking, Input::TokenValid}, State::Passed},
    {{State::Asking, Input::BudgetSpent}, State::FailOpen},
    {{State::Asking, Input::NoDisplay}, State::Release},
    {{State::Passed, Input::Deadline}, State::Release},
    {{State::Passed, Input::BudgetSpent}, State::Release},
    {{State::Passed, Input::NoDisplay}, State::Release},
    {{State::Release, Input::AllGone}, State::Open},
    {{State::Release, Input::Deadline}, State::Open},
    {{State::Release, Input::BudgetSpent}, State::Open},
    {{State::UiStarting, Input::UiUnable}, State::Degraded},
    {{State::Asking, Input::UiUnable}, State::Degraded},
    {{State::SafeUi, Input::UiUnable}, State::Degraded},
    {{State::UiStarting, Input::CodeAccepted}, State::Passed},
    {{State::Asking, Input::CodeAccepted}, State::Passed},
    {{State::SafeUi, Input::CodeAccepted}, State::Passed},
    {{State::Degraded, Input::CodeAccepted}, State::Passed},
    {{State::FailOpen, Input::CodeAccepted}, State::Passed},
    {{State::Degraded, Input::BuiltInPass}, State::Passed},
    {{State::FailOpen, Input::BuiltInPass}, State::Passed},
    {{State::Respawn, Input::Deadline}, State::UiStarting},
    {{State::Respawn, Input::BudgetSpent}, State::FailOpen},
    {{State::Respawn, Input::NoDisplay}, State::Release},
    {{State::SafeUi, Input::UiReady}, State::Asking},
    {{State::SafeUi, Input::UiLost}, State::Degraded},
    {{State::SafeUi, Input::RespawnsSpent}, State::Degraded},
    {{State::SafeUi, Input::SafeUiSpent}, State::Degraded},
    {{State::SafeUi, Input::TokenValid}, State::Passed},
    {{State::SafeUi, Input::BudgetSpent}, State::FailOpen},
    {{State::SafeUi, Input::NoDisplay}, State::Release},
    {{State::Degraded, Input::Deadline}, State::FailOpen},
    {{State::Degraded, Input::BudgetSpent}, State::FailOpen},
    {{State::Degraded, Input::NoDisplay}, State::Release},
    {{State::FailOpen, Input::Deadline}, State::Release},
    {{State::FailOpen, Input::BudgetSpent}, State::Release},
    {{State::FailOpen, Input::NoDisplay}, State::Release},
};

const std::set<State> holderIsReplacedIn{State::Curtain, State::UiStarting, State::Asking, State::Respawn,
    State::SafeUi, State::Degraded, State::FailOpen};

const char *nameOf(State state)
{
    return stateName(state).data();
}

/** Lets the machine's own deadlines run until only the person's answer, or nothing, is awaited. */
std::int64_t runAlone(Machine &machine, std::int64_t nowMs)
{
    for (int steps = 0; steps < 1000 && machine.state() != State::Open; ++steps) {
        const auto next = machine.nextDeadlineMs();
        if (!next) {
            break;
        }
        nowMs = std::max(nowMs, *next);
        while (const auto input = machine.due(nowMs)) {
            machine.feed(*input, nowMs);
        }
    }
    return nowMs;
}

} // namespace

class TestGateStates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateAndInputHasItsStatedOutcome_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("input");
        for (const State state : allStates) {
            for (const Input input : allInputs) {
                QTest::addRow("%s, %s", nameOf(state), inputName(input).data()) << int(state) << int(input);
            }
        }
    }

    void everyStateAndInputHasItsStatedOutcome()
    {
        QFETCH(int, state);
        QFETCH(int, input);
        const auto from = State(state);
        const Outcome result = outcome(from, Input(input));
        const auto stated = statedMoves.find({from, Input(input)});
        QCOMPARE(result.enters, stated != statedMoves.end());
        QCOMPARE(nameOf(result.next), nameOf(stated != statedMoves.end() ? stated->second : from));
        const bool holderAtFault = Input(input) == Input::HolderLost && holderIsReplacedIn.count(from) != 0;
        const bool curtainLate = Input(input) == Input::Deadline && from == State::Curtain;
        QCOMPARE(result.replaceHolder, holderAtFault || curtainLate);
    }

    void onlyThePersonIsWaitedForWithoutADeadline()
    {
        for (const State state : allStates) {
            Ledger ledger;
            ledger.state = state;
            const Machine machine(Deadlines{}, ledger);
            const bool unlimited = state == State::Asking || state == State::Open;
            QCOMPARE(machine.nextDeadlineMs().has_value(), !unlimited);
        }
    }

    /**
     * Every history of bounded length: from each reachable memory of the machine each input is tried, at once
     * and at the deadline. The desktop opens only behind a token, a built-in question answered or left with a
     * reason, the administrator's code, a countdown in full, or a lost display, and no fault keeps it closed
     * beyond the limit.
     */
    void noHistoryOpensEarlyOrStaysClosed()
    {
        struct Node
        {
            Ledger ledger;
            bool entitled; ///< what opens has been seen, or the display is gone
        };
        const Deadlines deadlines;
        using Key = std::tuple<State, bool, bool, int, std::int64_t, bool>;
        std::set<Key> seen;
        std::deque<Node> open;
        Ledger first;
        Machine(deadlines, first).start(0);
        open.push_back({first, false});
        const auto keyOf = [](const Node &node) {
            // Fault time in steps of a second: enough to see every way to the limit.
            return Key{node.ledger.state, node.ledger.safeUiUsed, node.ledger.holderDown,
                node.ledger.uiLosses, node.ledger.faultMs / 1000, node.entitled};
        };
        int opened = 0;
        const std::set<Input> opens{Input::TokenValid, Input::BuiltInPass, Input::CodeAccepted};
        while (!open.empty()) {
            const Node node = open.front();
            open.pop_front();
            if (node.ledger.uiLosses > 8 || !seen.insert(keyOf(node)).second) {
                continue;
            }
            for (const Input input : allInputs) {
                const bool clockwork = input == Input::Deadline || input == Input::BudgetSpent
                    || input == Input::RespawnsSpent || input == Input::SafeUiSpent
                    || input == Input::AllGone;
                if (clockwork) {
                    continue; // these are the machine's and the supervisor's own, tried below
                }
                Node next = node;
                Machine machine(deadlines, next.ledger);
                machine.feed(input, next.ledger.accountedMs);
                next.entitled = next.entitled || input == Input::NoDisplay
                    || (opens.count(input) != 0 && next.ledger.state == State::Passed);
                open.push_back(next);
            }
            Node later = node;
            Machine machine(deadlines, later.ledger);
            const auto due = machine.nextDeadlineMs();
            if (!due) {
                continue;
            }
            const State before = machine.state();
            const std::int64_t enteredMs = later.ledger.enteredMs;
            if (const auto input = machine.due(*due)) {
                machine.feed(*input, *due);
            }
            QVERIFY2(later.ledger.faultMs <= deadlines.faultLimitMs, nameOf(before));
            if (before == State::FailOpen && machine.state() == State::Release) {
                QVERIFY(*due - enteredMs >= deadlines.countdownMs);
                later.entitled = true;
            }
            if (machine.state() == State::Open) {
                QVERIFY2(later.entitled, "opened without token, countdown or lost display");
                ++opened;
            }
            open.push_back(later);
        }
        QVERIFY(opened > 0);
        QVERIFY(seen.size() > 100);
    }

    void aUiThatNeverStartsEndsInTheCountdownAndOpens()
    {
        Ledger ledger;
        Machine machine(Deadlines{}, ledger);
        machine.start(0);
        machine.feed(Input::Covered, 10);
        const std::int64_t end = runAlone(machine, 10);
        QCOMPARE(nameOf(machine.state()), "open");
        QVERIFY(end > Deadlines{}.countdownMs);
        QVERIFY(end <= Deadlines{}.faultLimitMs + Deadlines{}.releaseMs);
    }

    void aHolderThatNeverCoversEndsInTheCountdownAndOpens()
    {
        Ledger ledger;
        Machine machine(Deadlines{}, ledger);
        machine.start(0);
        const std::int64_t end = runAlone(machine, 0);
        QCOMPARE(nameOf(machine.state()), "open");
        QVERIFY(end <= Deadlines{}.faultLimitMs + Deadlines{}.releaseMs);
    }

    void crashesInARowNeverOpenFasterThanTheCountdown()
    {
        Ledger ledger;
        Machine machine(Deadlines{}, ledger);
        machine.start(0);
        std::int64_t now = 0;
        machine.feed(Input::Covered, now);
        for (int i = 0; i < 100; ++i) {
            machine.feed(Input::UiLost, now);
            while (const auto input = machine.due(now)) {
                machine.feed(*input, now);
            }
            now += 1;
        }
        QVERIFY(machine.state() != State::Release && machine.state() != State::Open);
        now = runAlone(machine, now);
        QVERIFY(now >= Deadlines{}.countdownMs);
    }

    void aBuiltInQuestionIsAskedForAsLongAsFaultsMayTakeAndStaysWhileTheCountdownRuns()
    {
        Ledger ledger;
        Machine machine(Deadlines{}, ledger);
        machine.start(0);
        machine.feed(Input::Covered, 1000);
        machine.feed(Input::UiUnable, 2000);
        QCOMPARE(nameOf(machine.state()), "degraded");
        QVERIFY(entryActions(State::Degraded).askBuiltIn);
        QVERIFY(entryActions(State::FailOpen).askBuiltIn);
        const std::int64_t countdownFrom = Deadlines{}.faultLimitMs - Deadlines{}.countdownMs;
        QCOMPARE(*machine.nextDeadlineMs(), countdownFrom);
        QVERIFY(!machine.due(countdownFrom - 1));
        QVERIFY(machine.due(countdownFrom) == Input::BudgetSpent);
        machine.feed(Input::BudgetSpent, countdownFrom);
        QCOMPARE(nameOf(machine.state()), "fail-open");
        machine.feed(Input::BuiltInPass, countdownFrom + 1);
        QCOMPARE(nameOf(machine.state()), "passed");
    }

    void aUiThatCannotAskCostsNoTimeAndNoRespawn()
    {
        for (const State from : {State::UiStarting, State::Asking, State::SafeUi}) {
            Ledger ledger;
            ledger.state = from;
            Machine machine(Deadlines{}, ledger);
            machine.feed(Input::UiUnable, 0);
            QCOMPARE(nameOf(machine.state()), "degraded");
            QCOMPARE(ledger.uiLosses, 0);
        }
    }

    void nothingButTheStatedInputsPass()
    {
        for (const Input input : allInputs) {
            const bool passes
                = input == Input::TokenValid || input == Input::BuiltInPass || input == Input::CodeAccepted;
            for (const State state : allStates) {
                const Outcome result = outcome(state, input);
                QVERIFY(passes || !result.enters || result.next != State::Passed);
            }
        }
        // The holder's page speaks only where the holder asks.
        for (const State state :
            {State::Curtain, State::UiStarting, State::Asking, State::Respawn, State::SafeUi}) {
            QVERIFY(!outcome(state, Input::BuiltInPass).enters);
        }
    }

    void respawnsWaitLongerEachTime()
    {
        Ledger ledger;
        Machine machine(Deadlines{}, ledger);
        machine.start(0);
        std::int64_t now = 0;
        machine.feed(Input::Covered, now);
        for (const std::int64_t wait : {0, 250, 1000, 2000}) {
            machine.feed(Input::UiLost, now);
            QCOMPARE(nameOf(machine.state()), "respawn");
            QCOMPARE(*machine.nextDeadlineMs(), now + wait);
            now += wait;
            machine.feed(*machine.due(now), now);
            QCOMPARE(nameOf(machine.state()), "ui-starting");
        }
        machine.feed(Input::UiLost, now);
        QCOMPARE(nameOf(machine.state()), "safe-ui");
        machine.feed(Input::UiReady, now);
        QCOMPARE(nameOf(machine.state()), "asking");
        machine.feed(Input::UiLost, now);
        QCOMPARE(nameOf(machine.state()), "degraded");
    }

    void thinkingCostsNothingUnlessTheHolderIsDown()
    {
        Ledger ledger;
        Machine machine(Deadlines{}, ledger);
        machine.start(0);
        machine.feed(Input::Covered, 0);
        machine.feed(Input::UiReady, 0);
        machine.account(3600'000);
        QCOMPARE(ledger.faultMs, 0);
        machine.setHolderDown(true, 3600'000);
        machine.account(3600'500);
        QCOMPARE(ledger.faultMs, 500);
    }

    void aKilledSupervisorNeitherShortensNorLengthensTheCountdown()
    {
        Ledger ledger;
        Machine machine(Deadlines{}, ledger);
        machine.start(0);
        machine.feed(Input::BudgetSpent, 1000);
        QCOMPARE(nameOf(machine.state()), "fail-open");
        for (std::int64_t now = 2000; now < 61'000; now += 1000) {
            Machine(Deadlines{}, ledger).resume(now);
            QVERIFY(!Machine(Deadlines{}, ledger).due(now));
        }
        QCOMPARE(machine.countdownLeftMs(60'000), 1000);
        QVERIFY(Machine(Deadlines{}, ledger).due(61'000) == Input::Deadline);
    }

    void aKilledSupervisorCountsAsALossOfTheUi()
    {
        Ledger ledger;
        Machine machine(Deadlines{}, ledger);
        machine.start(0);
        machine.feed(Input::Covered, 0);
        machine.feed(Input::UiReady, 0);
        machine.resume(10);
        QCOMPARE(nameOf(machine.state()), "curtain");
        QCOMPARE(ledger.uiLosses, 1);
    }
};

QTEST_APPLESS_MAIN(TestGateStates)
#include "tst_gate_states.moc"
