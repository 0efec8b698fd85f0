#!/usr/bin/env bash
# 清风 in one command, on Debian 12: installs what is missing, builds, starts a server with the starter bank and a
# sample roster, enrols this PC, and shows the gate. Run it again at any time.
#
#   installer/start.sh                   on this display, or on a virtual one where there is none
#   installer/start.sh --demo            answers one question by itself, takes pictures, checks, stops everything
#   installer/start.sh --look FILE.png   a picture of the display that an earlier start uses
#   installer/start.sh --stop            stops what an earlier start left running
#
#   --home DIR       where data go (default: $XDG_DATA_HOME or ~/.local/share; for --demo a temporary folder)
#   --pictures DIR   where the pictures of --demo go (default: build/demo)
#   --programs DIR   a build folder to use instead of building
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=installer/lib/common.sh
source "$here/lib/common.sh"
# shellcheck source=installer/packages.sh
source "$here/packages.sh"
# shellcheck source=installer/lib/processes.sh
source "$here/lib/processes.sh"
# shellcheck source=installer/lib/display.sh
source "$here/lib/display.sh"
# shellcheck source=installer/lib/build.sh
source "$here/lib/build.sh"
# shellcheck source=installer/lib/job.sh
source "$here/lib/job.sh"

command=start
home=
pictures="$project_root/build/demo"
build=
roster="$project_root/resources/sample/roster.csv"
demo_home=

usage() {
    sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
}

read_options() {
    while (($#)); do
        case "$1" in
        --demo) command=demo ;;
        --stop) command=stop ;;
        --look | --home | --pictures | --programs)
            (($# > 1)) || { usage >&2; exit 2; }
            case "$1" in
            --look) command=look look_file=$2 ;;
            --home) home=$2 ;;
            --pictures) pictures=$2 ;;
            --programs) build=$2 ;;
            esac
            shift
            ;;
        --help | -h) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
        esac
        shift
    done
}

install_and_build() {
    if [[ -n "$build" ]]; then
        use_programs "$(cd "$build" && pwd -P)"
        return
    fi
    install_packages build run
    build="$project_root/build/start"
    build_programs "$project_root" "$build" --preset release -DBUILD_TESTING=OFF
    use_programs "$build"
}

# --- start -----------------------------------------------------------------------------------------------------

start() {
    use_home "${home:-${XDG_DATA_HOME:-$HOME/.local/share}}"
    prepare_office "$roster"
    ctl people whoami | head -n 3 || true
    if is_running session; then
        say "已在运行;停止:installer/start.sh --stop"
        return
    fi
    if has_display; then
        start_on_this_display
    else
        start_on_a_virtual_display
    fi
}

start_on_this_display() {
    say '会话门就要遮住屏幕;作答之后,按回车进入桌面'
    start_session
    wait_until 3600 gate_has_ended || true
    is_running session || die "工作站程序没有留下来,见 $run_folder/session.log / the workstation program has ended"
    say '完成:桌面已打开,清风在托盘中。再次运行本命令可打开窗口;停止:installer/start.sh --stop'
}

start_on_a_virtual_display() {
    say '这里没有显示器,启动虚拟显示器 …'
    start_display
    paint_desktop
    start_session
    wait_until 40 gate_is_there || die "题目没有出现,见 $run_folder/session.log / no question came up"
    say "完成:会话门在虚拟显示器 $DISPLAY 上。查看:installer/start.sh --look 截图.png;操作:DISPLAY=$DISPLAY xdotool key a Return;停止:installer/start.sh --stop"
}

# It asks, or had nothing to ask because today's question has been answered.
gate_is_there() {
    gate_is_asking || gate_has_ended
}

look() {
    use_home "${home:-${XDG_DATA_HOME:-$HOME/.local/share}}"
    if is_running display; then
        DISPLAY=":$(<"$run_folder/display")"
        export DISPLAY
    fi
    [[ -n "${DISPLAY:-}" ]] || die '没有正在使用的显示器,请先运行 installer/start.sh / nothing is running'
    take_picture "$look_file"
    say "完成:$DISPLAY 此刻的画面已存为 $look_file"
}

stop_earlier() {
    use_home "${home:-${XDG_DATA_HOME:-$HOME/.local/share}}"
    stop_all
    say '完成:此前启动的程序都已停止,数据保留'
}

# --- demo ------------------------------------------------------------------------------------------------------

end_demo() {
    local -i status=$?
    if ((status != 0)); then
        tail -v -n 15 "$run_folder"/*.log "$workstation_data/gate-events.jsonl" >&2 2>/dev/null || true
    fi
    stop_all
    if [[ -n "$demo_home" ]]; then
        rm -rf "$demo_home"
    fi
}

# What the person would do: read, choose the first, look, submit.
answer_first_choice() {
    local chosen="$run_folder/chosen.png"
    say '阅读题目 …'
    sleep 6 # an answer that comes faster than anyone reads does not count
    press a
    wait_for_change 10 "$pictures/1-gate.png" 300 "$chosen" || die '选项没有反应 / the choice does not show'
    press Return
    wait_until 15 has_attempts 1 || die '作答没有存下 / the answer was not stored'
    wait_for_change 15 "$chosen" 5000 "$pictures/2-explanation.png" || die '解析没有出现 / no explanation came up'
}

enter_desktop() {
    press Return
    wait_until 20 gate_has_ended || die '桌面没有打开 / the desktop did not open'
    wait_for_change 20 "$pictures/2-explanation.png" 100000 "$pictures/3-desktop.png" \
        || die '会话门没有离开屏幕 / the gate has not left the screen'
    (($(different_pixels "$run_folder/desktop.png" "$pictures/3-desktop.png") < 400000)) \
        || die '屏幕上不是打开的桌面 / the screen does not show the open desktop'
    wait_until 10 is_running session || die '托盘程序没有启动 / the tray program is not running'
}

# open_page URL BEFORE.png PICTURE.png
open_page() {
    "$programs/qingfeng" "$1" >>"$run_folder/links.log" 2>&1 </dev/null &
    local pid=$!
    wait_for_change 20 "$2" 20000 "$3" || die "$1 没有打开 / did not open"
    wait "$pid" || die "$1 未被接受,见 $run_folder/links.log / was not accepted"
}

check_pictures() {
    local picture
    for picture in "$pictures"/[1-9]-*.png; do
        if is_blank "$picture"; then
            die "$picture 是空白的 / is blank"
        fi
    done
}

# The attempt that the server holds is the one given on the screen, and the store's chain holds.
check_attempt() {
    local person=$1 local_attempt=$2 held
    held=$(server_attempts "$person" | jq -c '.[0]')
    say '服务器所存的这次作答:'
    jq . <<<"$held"
    [[ "$(jq -r .id <<<"$held")" == "$(jq -r .id <<<"$local_attempt")" ]] \
        || die '服务器所存的不是这次作答 / the server holds another attempt'
    jq -e '.response == [.choices_shown[0]]' <<<"$local_attempt" >/dev/null \
        || die '存下的不是所选的选项 / what is stored is not what was chosen'
    [[ "$(jq -c '[.question, .response, .hash]' <<<"$held")" == "$(jq -c '[.question, .response, .hash]' <<<"$local_attempt")" ]] \
        || die '服务器所存与本机不符 / server and PC do not hold the same'
    ctl archive verify || die '档案校验不通过 / the archive does not verify'
}

demo() {
    local person attempt
    if [[ -z "$home" ]]; then
        demo_home=$(mktemp -d "${TMPDIR:-/tmp}/qingfeng-demo.XXXXXX")
        home=$demo_home
    fi
    trap end_demo EXIT
    trap 'exit 130' INT TERM HUP
    mkdir -p "$pictures"
    pictures=$(cd "$pictures" && pwd -P)
    rm -f "$pictures"/[1-9]-*.png
    use_home "$home"
    use_private_session
    prepare_office "$roster"
    ctl people whoami | head -n 3 || true
    start_display
    paint_desktop
    start_panel
    say '会话门遮住屏幕,出题 …'
    start_session
    wait_for_question "$pictures/1-gate.png"
    answer_first_choice
    attempt=$(last_attempt)
    say '进入桌面 …'
    enter_desktop
    say '打开学习与档案窗口 …'
    open_page qingfeng://study "$pictures/3-desktop.png" "$pictures/4-study.png"
    open_page qingfeng://archive "$pictures/4-study.png" "$pictures/5-archive.png"
    say '等待作答到达服务器 …'
    person=$(jq -r .person <<<"$attempt")
    wait_until 60 server_holds "$person" 1 || die '作答没有到达服务器 / the answer did not reach the server'
    check_attempt "$person" "$attempt"
    check_pictures
    say "截图:$(cd "$pictures" && printf '%s ' [1-9]-*.png)在 $pictures"
    stop_all
    say '完成:门已遮住、答题、打开,作答存于本机并已到达服务器,档案校验通过,所启动的程序都已停止'
}

main() {
    read_options "$@"
    case "$command" in
    look) look ;;
    stop) stop_earlier ;;
    start) install_and_build; start ;;
    demo) install_and_build; demo ;;
    esac
}

main "$@"
