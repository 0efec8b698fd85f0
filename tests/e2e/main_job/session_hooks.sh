#!/bin/sh
# Whatever becomes of the gate, the session starts: with a gate that works, fails, is killed, or is not there.
set -eu
hooks=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# try NAME: both hooks with the gate as it stands in $work/gate.
try() {
    for hook in qingfeng-session-wrapper 19-qingfeng; do
        sed -e "s|^\( *\)gate='.*'|\1gate='$work/gate'|" -e 's|/etc/X11/Xsession|/nonexistent|' \
            "$hooks/$hook" >"$work/$hook"
    done
    test "$(DISPLAY=:0 sh "$work/qingfeng-session-wrapper" echo session one 2>/dev/null)" = 'session one'
    test "$(DISPLAY=:0 sh -euc ". '$work/19-qingfeng'; echo session two" 2>/dev/null)" = 'session two'
    echo "passed: gate $1"
}

try missing
for what in 'exit 0' 'exit 1' 'kill -KILL $$' 'kill -SEGV $$' 'exec /nonexistent/program'; do
    printf '#!/bin/sh\n%s\n' "$what" >"$work/gate"
    chmod +x "$work/gate"
    try "with: $what"
done
