#!/bin/sh
# Whatever becomes of the gate, the session starts: with a gate that works, fails, is killed, or is not there. The
# same for cage, before a Wayland session.
set -eu
hooks=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"

for hook in qingfeng-session-wrapper qingfeng-wayland-wrapper 19-qingfeng; do
    sed -e "s|^\( *\)gate='.*'|\1gate='$work/gate'|" -e 's|/etc/X11/Xsession|/nonexistent|' \
        -e "s|/etc/qingfeng/|$work/|" "$hooks/$hook" >"$work/$hook"
done

# program PATH BODY: a program that does this.
program() {
    printf '#!/bin/sh\n%s\n' "$2" >"$1"
    chmod +x "$1"
}

wayland_session() {
    PATH="$work/bin:$PATH" XDG_RUNTIME_DIR="$work" sh "$work/qingfeng-wayland-wrapper" "$@" 2>/dev/null
}

# try NAME: all hooks with the gate as it stands in $work/gate.
try() {
    test "$(DISPLAY=:0 sh "$work/qingfeng-session-wrapper" echo session one 2>/dev/null)" = 'session one'
    test "$(DISPLAY=:0 sh "$work/qingfeng-session-wrapper" 'echo session one' 2>/dev/null)" = 'session one'
    test "$(DISPLAY=:0 sh -euc ". '$work/19-qingfeng'; echo session two" 2>/dev/null)" = 'session two'
    test "$(wayland_session echo session three)" = 'session three'
    echo "passed: gate $1"
}

# cage as it should be: it runs its program, and ends with it.
# shellcheck disable=SC2016 # the programs expand them
program "$work/bin/cage" 'shift; "$@"'
try missing
for what in 'exit 0' 'exit 1' 'kill -KILL $$' 'kill -SEGV $$' 'exec /nonexistent/program'; do
    program "$work/gate" "$what"
    try "with: $what"
done

program "$work/gate" ": >'$work/asked'"
test "$(wayland_session echo session)" = session
test -e "$work/asked"
rm "$work/asked"

# shellcheck disable=SC2016
for what in 'exit 1' 'kill -KILL $$' 'exec sleep 300' 'shift; "$@"; exec sleep 300'; do
    program "$work/bin/cage" "$what"
    test "$(wayland_session echo session)" = session
    echo "passed: cage with: $what"
done
for left in "$work"/tmp.*; do
    test ! -e "$left"
done

# The wrapper that was there before comes after the gate; one that is gone, or this one itself, does not.
program "$work/office" 'echo "office: $*"'
echo "$work/office" >"$work/next-session-wrapper"
test "$(DISPLAY=:0 sh "$work/qingfeng-session-wrapper" session 2>/dev/null)" = 'office: session'
for next in /nonexistent/wrapper "$work/qingfeng-session-wrapper" ''; do
    chmod +x "$work/qingfeng-session-wrapper"
    echo "$next" >"$work/next-session-wrapper"
    test "$(DISPLAY=:0 "$work/qingfeng-session-wrapper" 'echo session' 2>/dev/null)" = session
done
echo 'passed: the wrapper that was there before'
