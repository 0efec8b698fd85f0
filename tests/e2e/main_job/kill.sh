#!/usr/bin/env bash
# kill -9 of the question program around the moment of answering, six times (QF_KILL_ROUNDS), a little later each time: an attempt
# that the screen had confirmed is in the store, and no answer is there twice. Each time is a PC of its own.
set -euo pipefail
# shellcheck source=tests/e2e/main_job/bench.sh
source "$QF_SOURCE_DIR/tests/e2e/main_job/bench.sh"

declare -i rounds=${QF_KILL_ROUNDS:-6}
declare -i confirmed_rounds=0
declare -i lost_before_confirmation=0

# The question program: the gate's child that was given descriptor 3.
question_program() {
    local pid program
    for pid in $(members_of_session "$(pid_of session)"); do
        if read -r program <"/proc/$pid/comm" && [[ "$program" == qingfeng ]]; then
            printf '%s\n' "$pid"
        fi
    done 2>/dev/null | tail -n 1
}

# What is on the screen at this moment, straight from the X server's memory.
snapshot() {
    cp "$run_folder/screen/Xvfb_screen0" "$1"
}

# The explanation changes far more of the screen than a chosen row or a pressed button.
shows_the_explanation() {
    (($(cmp -l "$1" "$2" | head -n 60000 | wc -l) >= 60000))
}

answer_and_kill() {
    local -i delay_ms=$1
    local pid
    press a
    sleep 0.5
    snapshot "$bench/chosen.xwd"
    pid=$(question_program)
    (sleep 0.1 && press Return) & # so that the first kills come before it
    sleep "$(printf '0.%03d' "$delay_ms")"
    snapshot "$bench/at-kill.xwd"
    kill -KILL "$pid"
    wait "$!"
}

asks_again_or_is_over() {
    gate_has_ended || (($(grep -c '"kind":"asking"' "$workstation_data/gate-events.jsonl") > 1))
}

# The gate starts the question program again; what was answered is not asked again, what was not, is.
finish_round() {
    wait_until 15 asks_again_or_is_over || die 'the gate does nothing after the kill'
    if gate_has_ended; then
        return
    fi
    sleep 4
    press a
    sleep 0.3
    press Return
    wait_until 10 has_attempts 1 || die 'the question that came back cannot be answered'
    sleep 1
    press Return
    wait_until 15 gate_has_ended || die 'the desktop does not open after the kill'
}

run_round() {
    local -i round=$1 stored
    start_gate
    wait_until 40 gate_is_asking || die 'no question came up'
    sleep 4
    answer_and_kill $(((round - 1) * 240 / rounds))
    stored=$(stored_attempts)
    if shows_the_explanation "$bench/chosen.xwd" "$bench/at-kill.xwd"; then
        confirmed_rounds+=1
        ((stored == 1)) || die "round $round: confirmed on the screen and not in the store"
    elif ((stored == 0)); then
        lost_before_confirmation+=1
    fi
    finish_round
    has_attempts 1 \
        || die "round $round: $(stored_attempts) attempts for one question"
    ctl archive verify
    stop session
}

prepare_office "$sample_roster"
cp -r "$workstation_data" "$bench/enrolled"
start_display
for ((round = 1; round <= rounds; ++round)); do
    rm -rf "$workstation_data"
    cp -r "$bench/enrolled" "$workstation_data"
    run_round "$round"
done
say "passed: $rounds kills, $confirmed_rounds after the screen had confirmed, $lost_before_confirmation before anything was stored"
