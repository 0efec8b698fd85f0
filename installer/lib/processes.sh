# shellcheck shell=bash
# Long-running programs of one run: started in a session of their own, noted in a file, ended by that note and
# never by name. A note is "name pid start-time": a process that merely got the same number later is left alone.

run_folder='' # where notes and logs lie; set by use_run_folder

use_run_folder() {
    run_folder=$1
    mkdir -p "$run_folder"
    chmod 0700 "$run_folder"
    touch "$run_folder/processes"
}

# process_fields PID: state, parent, group, session and, as 20th, start time; nothing when it is gone.
process_fields() {
    local line
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
    printf '%s\n' "${line##*) }"
}

start_time_of() {
    local -a fields
    read -ra fields < <(process_fields "$1") && printf '%s\n' "${fields[19]}"
}

# launch NAME COMMAND…: its output goes to NAME.log in the run folder.
launch() {
    local name=$1 pid
    shift
    setsid "$@" >"$run_folder/$name.log" 2>&1 </dev/null &
    pid=$!
    printf '%s %s %s\n' "$name" "$pid" "$(start_time_of "$pid")" >>"$run_folder/processes"
}

# pid_of NAME: of the last one started under that name; fails when it has ended.
pid_of() {
    local name pid started last_pid='' last_started=''
    while read -r name pid started; do
        if [[ "$name" == "$1" ]]; then
            last_pid=$pid last_started=$started
        fi
    done <"$run_folder/processes"
    [[ -n "$last_pid" && "$(start_time_of "$last_pid")" == "$last_started" ]] || return 1
    # One that has ended and waits for its parent is no running program.
    [[ "$(process_fields "$last_pid")" != Z* ]] || return 1
    printf '%s\n' "$last_pid"
}

is_running() {
    pid_of "$1" >/dev/null
}

# Everything in a session. One look over /proc: a fork for each process would take seconds on a busy machine.
members_of_session() {
    { cat /proc/[0-9]*/stat 2>/dev/null || true; } \
        | awk -v session="$1" '{ pid = $1; sub(/^.*\) /, "") } $4 == session && $1 != "Z" { print pid }'
}

# stop NAME: asks, waits up to five seconds, then insists; whatever it started goes with it.
stop() {
    local name pid started
    local -a members
    while read -r name pid started; do
        [[ "$name" == "$1" ]] || continue
        # Its leader has ended and the number is another's: nothing of ours is left.
        [[ ! -e "/proc/$pid" || "$(start_time_of "$pid")" == "$started" ]] || continue
        kill -TERM -- "-$pid" 2>/dev/null || true
        wait_until 5 session_is_over "$pid" || true
        mapfile -t members < <(members_of_session "$pid")
        ((${#members[@]} == 0)) || kill -KILL "${members[@]}" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done <"$run_folder/processes"
    sed -i "/^$1 /d" "$run_folder/processes"
}

session_is_over() {
    [[ -z "$(members_of_session "$1")" ]]
}

# Stops whatever this run folder notes, in the reverse order of starting.
stop_all() {
    local -a names
    local name
    mapfile -t names < <(tac "$run_folder/processes" | cut -d' ' -f1 | awk '!seen[$0]++')
    for name in "${names[@]}"; do
        stop "$name"
    done
}
