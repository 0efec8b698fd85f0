#!/usr/bin/env bash
# The server is down when the question is answered and comes back afterwards: the attempt arrives, once, and the
# archive verifies; with one byte of it changed, it does not.
set -euo pipefail
# shellcheck source=tests/e2e/main_job/bench.sh
source "$QF_SOURCE_DIR/tests/e2e/main_job/bench.sh"

answer_at_the_gate() {
    wait_for_question "$bench/asked.png"
    sleep 5 # read it: what comes faster does not count
    press a
    expect 'the choice shows' wait_for_change 10 "$bench/asked.png" 300 "$bench/chosen.png"
    press Return
    expect 'the answer is stored' wait_until 15 has_attempts 1
    expect 'the explanation shows' wait_for_change 15 "$bench/chosen.png" 5000 "$bench/explained.png"
    press Return
    expect 'the desktop opens' wait_until 20 gate_has_ended
}

change_one_byte() {
    local copy=$1
    cp -r "$workstation_data" "$copy"
    sqlite3 "$copy/learning.db" "
        UPDATE attempt SET response = replace(response, substr(response, 3, 1),
            CASE substr(response, 3, 1) WHEN 'x' THEN 'y' ELSE 'x' END) WHERE seq = 1"
}

exported_file() {
    find "$bench/home" -name '*.pdf' | head -n 1
}

# The window may not be up yet: the key is pressed until it has been heard.
exports_archive() {
    [[ -s "$(exported_file)" ]] || { press alt+e && sleep 2 && [[ -s "$(exported_file)" ]]; }
}

mkdir "$bench/home"
prepare_office "$sample_roster"
person=$(person_number)
expect 'this account is known' test "${person#os:}" = "$person"

say 'server off, then answer'
stop server
start_display
start_session
answer_at_the_gate
sleep 3 # time for the tray program to look for the server in vain
expect 'the answer waits' has_attempts 1

say 'server on again'
start_server
expect 'the attempt arrives' wait_until 60 server_holds "$person" 1
sent=$(last_attempt | jq -r .id)
expect 'it is the one answered' test "$(server_attempts "$person" | jq -r '.[0].id')" = "$sent"

say 'a second start sends nothing twice'
stop session
launch session "$programs/qingfeng" --background
sleep 5
expect 'the attempt is there once' server_holds "$person" 1
stop session

say 'the archive page writes a PDF that proves itself'
HOME="$bench/home" launch window "$programs/qingfeng" qingfeng://archive
expect 'the PDF is written' wait_until 30 exports_archive
expect 'the PDF verifies' ctl archive verify "$(exported_file)"
stop window

say 'the archive verifies, and no more with one byte changed'
expect 'the archive verifies' ctl archive verify
change_one_byte "$bench/changed"
if "$programs/qingfengctl" --data "$bench/changed" archive verify; then
    die 'a changed attempt was not noticed'
fi
say 'passed'
