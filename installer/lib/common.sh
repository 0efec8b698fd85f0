# shellcheck shell=bash
# What every script here shares: words to the person, waiting, the root of the checkout.

# Chinese out whatever the machine's locale is; C.UTF-8 is on every Debian.
export LANG=C.UTF-8 LC_ALL=C.UTF-8

# shellcheck disable=SC2034  # used by whoever sources this
project_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

say() {
    printf '清风 · %s\n' "$*"
}

# One line and a true exit status.
die() {
    printf '清风 · 未完成:%s\n' "$*" >&2
    exit 1
}

# wait_until SECONDS COMMAND…: until the command succeeds; its last status otherwise.
wait_until() {
    local -i end=$((SECONDS + $1)) status
    shift
    while true; do
        status=0
        "$@" || status=$?
        if ((status == 0)) || ((SECONDS >= end)); then
            return "$status"
        fi
        sleep 0.1
    done
}

# long_task WHAT LOG COMMAND…: its output goes to LOG, a line every half minute to the person.
long_task() {
    local what=$1 log=$2
    local -i begun=$SECONDS pid status=0 said=30
    shift 2
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.5
        if ((SECONDS - begun >= said)); then
            say "$what … 已 $((SECONDS - begun)) 秒"
            said+=30
        fi
    done
    wait "$pid" || status=$?
    return "$status"
}
