# shellcheck shell=bash disable=SC2154  # run_folder is of processes.sh
# A display of our own where there is none, and pictures of any display. Needs processes.sh.

screen_size=1920x1080

# A display that qingfeng can cover: X11, and it answers.
has_display() {
    [[ -n "${DISPLAY:-}" && -z "${WAYLAND_DISPLAY:-}" && "${XDG_SESSION_TYPE:-x11}" != wayland ]] \
        && xdotool getmouselocation >/dev/null 2>&1
}

# start_display: Xvfb under a number that it chooses itself, with openbox; sets DISPLAY.
start_display() {
    local number_file="$run_folder/display"
    rm -f "$number_file"
    mkdir -p "$run_folder/screen"
    # shellcheck disable=SC2016  # expanded by the inner shell
    launch display bash -c 'exec 3>"$1"; shift; exec Xvfb -displayfd 3 "$@"' bash "$number_file" \
        -screen 0 "${screen_size}x24" -fbdir "$run_folder/screen" -nolisten tcp -noreset
    wait_until 20 test -s "$number_file" || die "虚拟显示器未能启动,见 $run_folder/display.log / Xvfb did not start"
    DISPLAY=":$(<"$number_file")"
    export DISPLAY
    unset WAYLAND_DISPLAY XAUTHORITY
    export XDG_SESSION_TYPE=x11 DBUS_SESSION_BUS_ADDRESS="${DBUS_SESSION_BUS_ADDRESS:-disabled:}"
    launch window-manager openbox
    xdotool mousemove 1918 1078 # where the pointer points at nothing
    wait_until 20 window_manager_is_ready || die "窗口管理器未能启动,见 $run_folder/window-manager.log / openbox did not start"
}

window_manager_is_ready() {
    [[ -n "$(xdotool search --maxdepth 1 --name '^Openbox$' 2>/dev/null)" ]] || xdotool get_desktop >/dev/null 2>&1
}

# paint_desktop: a picture on the root window, so that an open desktop is seen to be one.
paint_desktop() {
    local font=/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
    # By its full path: other programs go by that name too.
    /usr/bin/convert -size "$screen_size" 'gradient:#2F5D8A-#1E6F68' -fill '#FFFFFF' -font "$font" \
        -gravity center -pointsize 56 -annotate 0 '桌面已打开' "png:$run_folder/desktop.png"
    # It ends with 1 when it has painted the root window.
    display -window root "$run_folder/desktop.png" || true
}

# A panel with a tray, if this machine happens to have one.
start_panel() {
    local panel
    for panel in tint2 stalonetray trayer; do
        if command -v "$panel" >/dev/null; then
            launch panel "$panel"
            return
        fi
    done
}

# take_picture FILE.png: the whole display as it is at this moment.
take_picture() {
    import -silent -window root "png:$1"
}

# different_pixels FILE FILE: how many differ visibly.
different_pixels() {
    local count
    count=$(compare -metric AE -fuzz 4% "$1" "$2" null: 2>&1) || true
    printf '%.0f\n' "${count%% *}" 2>/dev/null || printf '0\n'
}

# A picture with something on it: more than a few colours, and not one of them nearly everywhere.
is_blank() {
    local colours deviation
    read -r colours deviation < <(identify -format '%k %[fx:standard_deviation*1000]\n' "$1") || return 0
    awk -v colours="$colours" -v deviation="$deviation" 'BEGIN { exit !(colours < 16 || deviation < 5) }'
}

# wait_for_change SECONDS BEFORE.png PIXELS AFTER.png: until the display differs from BEFORE by as many pixels
# and stays still for two looks; AFTER is what it then shows.
wait_for_change() {
    local before=$2 pixels=$3 after=$4 last="$4.last.png"
    local -i end=$((SECONDS + $1))
    take_picture "$after"
    while true; do
        mv -f "$after" "$last"
        sleep 0.2
        take_picture "$after"
        if (($(different_pixels "$before" "$after") >= pixels && $(different_pixels "$last" "$after") < 200)); then
            rm -f "$last"
            return 0
        fi
        if ((SECONDS >= end)); then
            rm -f "$last"
            return 1
        fi
    done
}

# wait_until_still SECONDS FILE.png: until two looks see the same; the picture is the last look.
wait_until_still() {
    local file=$2 last="$2.last.png"
    local -i end=$((SECONDS + $1)) status=0
    take_picture "$file"
    while true; do
        mv -f "$file" "$last"
        sleep 0.3
        take_picture "$file"
        if (($(different_pixels "$last" "$file") < 200)); then
            break
        fi
        if ((SECONDS >= end)); then
            status=1
            break
        fi
    done
    rm -f "$last"
    return "$status"
}

press() {
    xdotool key --clearmodifiers "$@"
}
