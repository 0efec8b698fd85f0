#!/usr/bin/env bash
# The lock-out drill: one thing of an enrolled PC is spoilt, and the desktop opens all the same: by an answer, to the
# question program or, where that cannot ask, to a question that the gate has built in; or, where nobody answers, by
# itself within the bound. An event tells of it, and what was answered to a built-in question is in the archive.
#
#   lockout.sh [FAULT…]     all of them without a name; the table goes to standard output
#
# Needs root for the gate's shorter deadlines (gate.conf must be root's) and for the faults of the disk.
set -euo pipefail
# shellcheck source=tests/e2e/main_job/bench.sh
source "$QF_SOURCE_DIR/tests/e2e/main_job/bench.sh"
# shellcheck source=tests/e2e/main_job/lockout_faults.sh
source "$QF_SOURCE_DIR/tests/e2e/main_job/lockout_faults.sh"

declare -i bound=60 # seconds; faults may keep the PC closed for 45 s with these deadlines
declare -a gate_options gate_environment gate_prefix
while_asking=''

skip() {
    skipped=$1
}

launch_gate() {
    launch session env "${gate_environment[@]}" "${gate_prefix[@]}" "$programs/qingfeng-gate" \
        --config "$bench/gate.conf" "${gate_options[@]}"
}

# Whether the screen shows the desktop that was there before the gate, but for what a pointer or a clock may change.
shows_desktop() {
    (($(cmp -l "$bench/desktop.xwd" "$run_folder/screen/Xvfb_screen0" | head -n 2000 | wc -l) < 2000))
}

# The rest of a screen page is drawn after it is ready; a key that comes too soon is pressed again.
answer_until_open() {
    local -i end=$((SECONDS + 30))
    while ((SECONDS < end)) && ! gate_has_ended; do
        press a
        sleep 0.4
        press Return
        sleep 0.8
        gate_has_ended || press Return
        sleep 0.8
    done
    gate_has_ended
}

# A built-in question is answered, not faster than it can be read, and what came of it is left by Enter.
answer_built_in() {
    local -i end=$((SECONDS + 25))
    while ((SECONDS < end)) && ! gate_has_ended; do
        sleep 2.5
        press a
        press Return
        sleep 0.5
        gate_has_ended || press Return
        sleep 0.5
    done
    gate_has_ended
}

# The next start of the workstation's program takes the answer into the archive, once.
answer_is_kept() {
    local -i before
    before=$(stored_attempts)
    [[ -s "$workstation_data/gate-attempts.jsonl" ]] || die "$1: the answer is not on the disk"
    "$programs/qingfeng" --due || true
    (($(stored_attempts) == before + $2)) || die "$1: the answer is not in the archive once"
    [[ ! -e "$workstation_data/gate-attempts.jsonl" ]] || die "$1: the answer was taken over and is still there"
    ctl archive verify >/dev/null || die "$1: the archive does not hold"
}

# The gate's own events by their kind, those of the question program by their first word.
is_told() {
    cat "$workstation_data"/gate-events*.jsonl* 2>/dev/null | grep -qE "\"(kind|detail)\":\"$1[ \"]"
}

asks_or_ended() {
    gate_is_asking || gate_has_ended || [[ "$event" == - && $((SECONDS - begun)) -ge 6 ]]
}

drill() {
    local name=$1 outcome=$2 event=$3 skipped=''
    local -i begun=$SECONDS
    repair() { :; }
    gate_options=() gate_environment=(LC_ALL=C.UTF-8) gate_prefix=() while_asking=''
    rm -rf "$workstation_data" "$XDG_RUNTIME_DIR/qingfeng-stand-in"
    cp -r "$bench/enrolled" "$workstation_data"
    printf 'countdown_ms=5000\nfault_limit_ms=45000\nui_start_ms=4000\nheartbeat_ms=500\n' >"$bench/gate.conf"
    chmod 0644 "$bench/gate.conf"
    "fault_$name"
    if [[ -n "$skipped" ]]; then
        printf '%-24s skipped: %s\n' "$name" "$skipped"
        return
    fi
    begun=$SECONDS
    launch_gate
    if [[ "$outcome" == asks ]]; then
        wait_until 25 asks_or_ended || die "$name: no question came up"
        ! gate_has_ended || die "$name: it opened without a question"
        sleep 1.5
        if [[ -n "$while_asking" ]]; then
            "$while_asking"
            sleep 2.5
        fi
        answer_until_open || die "$name: the answer does not open the desktop"
    elif [[ "$outcome" == builtin ]]; then
        wait_until 40 gate_said built-in-asked || die "$name: no built-in question came up"
        ! gate_has_ended || die "$name: it opened without a question"
        answer_built_in || die "$name: the answer to the built-in question does not open the desktop"
        ! is_told fail-open || die "$name: it was the countdown that opened"
    else
        wait_until "$bound" gate_has_ended || die "$name: the PC stays closed"
    fi
    local -i seconds=$((SECONDS - begun))
    [[ "$outcome" != opens ]] || ((seconds >= 5)) || die "$name: it opened before the countdown was over"
    wait_until 3 shows_desktop || die "$name: it is over, and the desktop is not seen"
    [[ "$event" == - ]] || is_told "$event" || die "$name: no event \"$event\""
    stop session
    stop locker
    stop bus
    if [[ "$outcome" == builtin ]]; then
        repair
        answer_is_kept "$name" 1
    fi
    printf '%-24s %-7s %3d s   %s\n' "$name" "$outcome" "$seconds" "$event"
}

main() {
    local row name outcome event
    local -i count=0
    ((EUID == 0)) || die 'the drill needs root'
    prepare_office "$sample_roster"
    ctl people whoami >/dev/null
    cp -r "$workstation_data" "$bench/enrolled"
    screen_size=1280x800
    start_display
    paint_desktop
    sleep 0.5
    cp "$run_folder/screen/Xvfb_screen0" "$bench/desktop.xwd"
    for row in "${faults[@]}"; do
        read -r name outcome event <<<"$row"
        if (($# == 0)) || [[ " $* " == *" $name "* ]]; then
            drill "$name" "$outcome" "$event"
            count+=1
        fi
    done
    ((count > 0)) || die "no such fault: $*"
    say "passed: $count faults, and the desktop opened after each"
}

main "$@"
