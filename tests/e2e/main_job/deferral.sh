#!/usr/bin/env bash
# Policy on a real PC: a deferral opens the desktop and is recorded as one; until its time nothing is due, whatever is
# started in between; when its time has come the question is there again, and the tray program brings the gate by itself.
set -euo pipefail
# shellcheck source=tests/e2e/main_job/bench.sh
source "$QF_SOURCE_DIR/tests/e2e/main_job/bench.sh"

if (($(id -u) != 0)); then
    say 'policy files count only if root owns them: skipped'
    exit 77
fi

start_gate_by_policy() {
    launch session "$programs/qingfeng-gate" --ui-arg --confdir --ui-arg "$bench/etc"
}

nothing_is_due() {
    "$programs/qingfeng" --confdir "$bench/etc" --due
}

sql() {
    sqlite3 "$workstation_data/learning.db" "$1"
}

prepare_office "$sample_roster"
mkdir -p "$bench/etc/policy.d"
cat >"$bench/etc/policy.d/10-office.toml" <<'TOML'
[deferral]
quota = 1
minutes = 240
latest = "23:59"
TOML
chmod 0644 "$bench/etc/policy.d/10-office.toml"

if ! (($(date +%-H) >= 4 && $(date +%-H) < 23)); then
    say 'too late in the day for a deferral: skipped'
    exit 77
fi

start_display
if nothing_is_due; then
    die 'nothing is due before the first question'
fi

say 'put off'
start_gate_by_policy
wait_for_question "$bench/asked.png"
press alt+f
expect 'the footer asks back' wait_for_change 10 "$bench/asked.png" 100 "$bench/asks.png"
press Return
expect 'the desktop opens' wait_until 20 gate_has_ended
grep -q '"passed".* deferred"' "$workstation_data/gate-events.jsonl" || die 'the gate does not know it as a deferral'
expect 'the row stays owed' test "$(sql 'SELECT state FROM obligation')" = owed
expect 'the deferral is a row' test "$(sql 'SELECT count(*) FROM deferral')" = 1
expect 'it is an event' test "$(sql "SELECT count(*) FROM event WHERE kind = 'gate-deferred'")" = 1
stop session

say 'until then nothing is due, however often it starts'
expect 'nothing is due' nothing_is_due
start_gate_by_policy
expect 'the gate lets pass' wait_until 20 gate_has_ended
stop session

say 'its time has come'
sql 'UPDATE deferral SET made_at_ms = made_at_ms - 20000000, until_ms = until_ms - 20000000'
if nothing_is_due; then
    die 'it is not due again'
fi
rm -f "$workstation_data"/gate-events.jsonl*
launch session "$programs/qingfeng" --background --confdir "$bench/etc"
expect 'the tray program brings the gate' wait_until 40 gate_is_asking
sleep 5
press a
sleep 0.5
press Return
expect 'the answer is stored' wait_until 15 has_attempts 1
expect 'the row is settled' test "$(sql 'SELECT state FROM obligation')" = settled
sleep 1
press Return
expect 'the desktop opens' wait_until 20 gate_said opened
say 'passed'
