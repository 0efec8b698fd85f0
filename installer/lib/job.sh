# shellcheck shell=bash disable=SC2154  # run_folder is of processes.sh
# The main job in steps, for start.sh and for the tests: a server with a bank and a roster, an enrolled PC, the
# gate before the desktop, an answer, and what came of it. Needs common.sh, processes.sh and display.sh.
#
# use_home and use_programs first: they set where data and programs are.

programs=''           # folder of the programs
starter_bank=''       # the package that the build made
workstation_data=''
server_data=''

# use_programs BUILD: from a build folder.
use_programs() {
    programs="$1/bin"
    starter_bank="$1/share/qingfeng/bank/starter.qfbank"
    local program
    for program in qingfeng qingfeng-gate qingfeng-server qingfengctl; do
        [[ -x "$programs/$program" ]] || die "$programs 中没有 $program / $program is not built"
    done
}

# use_home FOLDER: the data of workstation and server, and the notes of this run, lie below it.
use_home() {
    mkdir -p "$1"
    local home
    home=$(cd "$1" && pwd -P)
    workstation_data="$home/qingfeng"
    server_data="$home/qingfeng-server"
    mkdir -p "$workstation_data" "$server_data"
    chmod 0700 "$workstation_data" "$server_data"
    export XDG_DATA_HOME="$home"
    use_run_folder "$home/qingfeng-start"
}

# Nothing of the person's own session is touched or raised: settings, sockets and caches of their own too.
use_private_session() {
    export XDG_CONFIG_HOME="$XDG_DATA_HOME/config" XDG_CACHE_HOME="$XDG_DATA_HOME/cache"
    export XDG_RUNTIME_DIR="$XDG_DATA_HOME/runtime"
    mkdir -p "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR"
    chmod 0700 "$XDG_RUNTIME_DIR"
    export DBUS_SESSION_BUS_ADDRESS=disabled:
}

ctl() {
    "$programs/qingfengctl" --data "$workstation_data" --admin "$server_data/admin.json" "$@"
}

# --- the server ------------------------------------------------------------------------------------------------

server_url() {
    jq -r .url "$server_data/admin.json"
}

server_answers() {
    ctl server status --url "$(server_url)" --ca "$server_data/tls/ca.pem" >/dev/null 2>&1
}

# start_server: on loopback, at the port it had before, so that this PC finds it again; at a free one the first
# time, or when another program has taken that port meanwhile.
start_server() {
    local port_file="$run_folder/port" port=0
    if is_running server; then
        return
    fi
    if [[ -s "$port_file" ]]; then
        port=$(<"$port_file")
    fi
    try_server "$port" || { ((port != 0)) && try_server 0; } || {
        cat "$run_folder/server.log" >&2
        die '服务器未能启动 / the server did not start'
    }
    mv -f "$port_file.new" "$port_file"
}

try_server() {
    # One PC is no crowd: it need not spread its first visit over ten minutes.
    printf 'sync_window_s = 0\n' >"$run_folder/server.toml"
    rm -f "$run_folder/port.new"
    launch server "$programs/qingfeng-server" --config "$run_folder/server.toml" --data "$server_data" \
        --listen "127.0.0.1:$1" --port-file "$run_folder/port.new"
    wait_until 30 server_is_up_or_gone && server_is_up
}

server_is_up() {
    [[ -s "$run_folder/port.new" ]] && server_answers
}

server_is_up_or_gone() {
    server_is_up || ! is_running server
}

# The server keeps the bank that it has when this build's is another one of the same revision.
publish_bank() {
    if ctl server publish "$starter_bank"; then
        touch "$run_folder/published"
    else
        [[ -e "$run_folder/published" ]]
    fi
}

# import_roster FILE.csv: the account @me in it is the one that runs this.
import_roster() {
    local own="$run_folder/roster.csv"
    sed "s/@me/$(id -un)/g" "$1" >"$own"
    ctl people import "$own" --confirm
}

# department_of_me FILE.csv: code of the department in which @me works.
department_of_me() {
    awk -F, '
        NR == 1 { sub(/^\xef\xbb\xbf/, ""); for (i = 1; i <= NF; ++i) column[$i] = i; next }
        $column["系统账号"] == "@me" { print $column["部门编码"]; exit }' "$1"
}

# With this server at its present address.
is_enrolled() {
    jq -e --arg url "$(server_url)" '[.. | strings] | index($url)' "$workstation_data/device.json" >/dev/null 2>&1
}

# enrol_this_pc DEPARTMENT
enrol_this_pc() {
    local code
    code=$(ctl --json server code --department "$1" | jq -r '.codes[0]')
    ctl server enrol --url "$(server_url)" --ca "$server_data/tls/ca.pem" --code "$code" \
        --name "$(</proc/sys/kernel/hostname)"
}

# Enrolment fetches roster and bank; where that failed, once more.
fetch_first() {
    has_roster_and_bank || ctl server sync
}

has_roster_and_bank() {
    [[ -s "$workstation_data/bank/current.qfbank" ]] && ctl people whoami >/dev/null 2>&1
}

# or_show LOG WHAT COMMAND…: quietly, unless it fails.
or_show() {
    local log="$run_folder/$1" what=$2
    shift 2
    "$@" >"$log" 2>&1 && return
    cat "$log" >&2
    die "$what"
}

# prepare_office ROSTER.csv: everything that is there before a PC starts: server, bank, roster, enrolment.
prepare_office() {
    local department
    say '启动服务器(仅本机可达) …'
    start_server
    say '发布初始题库 …'
    or_show publish.log '题库未能发布 / the bank was not published' publish_bank
    say '载入样例名册 …'
    or_show people.log '名册未能载入 / the roster was not taken' import_roster "$1"
    if is_enrolled; then
        say '这台电脑已注册'
        return
    fi
    department=$(department_of_me "$1")
    say "注册这台电脑到部门 $department …"
    or_show enrol.log '这台电脑未能注册 / this PC was not enrolled' enrol_this_pc "$department"
    or_show fetch.log '没有取得名册和题库 / roster and bank did not come' fetch_first
}

# --- the gate --------------------------------------------------------------------------------------------------

# The gate, and then the desktop whatever came of it: what the session wrapper does.
start_session() {
    # shellcheck disable=SC2016  # expanded by the inner shell
    launch session bash -c '"$1/qingfeng-gate"; exec "$1/qingfeng" --background' bash "$programs"
}

# start_gate: the gate alone.
start_gate() {
    launch session "$programs/qingfeng-gate"
}

# The gate's own record; the workstation takes it over and the file goes, so ask soon.
gate_said() {
    cat "$workstation_data"/gate-events*.jsonl* 2>/dev/null | grep -q "\"kind\":\"$1\""
}

gate_is_asking() {
    gate_said asking
}

# The gate is over: the session has gone on to the tray program, or the gate that was started alone has ended.
gate_has_ended() {
    local pid program
    pid=$(pid_of session) || return 0
    { read -r program <"/proc/$pid/comm"; } 2>/dev/null || return 0
    [[ "$program" == qingfeng ]]
}

# wait_for_question PICTURE.png: until the question stands on the screen.
wait_for_question() {
    wait_until 40 gate_is_asking || die "题目没有出现,见 $run_folder/session.log / no question came up"
    wait_until_still 10 "$1" || true
}

# Attempts in this PC's own store.
stored_attempts() {
    ctl --json archive show | jq '.attempts | length'
}

# last_attempt: as this PC holds it, JSON in one line.
last_attempt() {
    ctl --json archive show | jq -c '.attempts[-1]'
}

has_attempts() {
    [[ "$(stored_attempts 2>/dev/null)" == "$1" ]]
}

# --- what the server holds -------------------------------------------------------------------------------------

person_number() {
    ctl --json people whoami | jq -r .number
}

# server_attempts PERSON: JSON array, whatever document the command wraps it in.
server_attempts() {
    ctl --json server attempts --person "$1" | jq -c 'if type == "array" then . else .attempts end'
}

# server_holds PERSON COUNT
server_holds() {
    [[ "$(server_attempts "$1" 2>/dev/null | jq length)" == "$2" ]]
}
