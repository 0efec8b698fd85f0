# shellcheck shell=bash disable=SC2154,SC2034  # variables of lockout.sh and of the files that it sources
# The faults of the lock-out drill. Each is a function fault_NAME that spoils one thing of an enrolled PC, and a row
# of the table: name, what must come of it, and the event that must tell of it.
#
#   asks    a question comes, and its answer opens the desktop
#   builtin no question program can ask; the gate asks by itself, and the answer opens and is in the archive afterwards
#   opens   nobody answers; the desktop opens by itself
#   passes  there is nothing to cover: the session goes on at once

faults=(
    'none                  asks   asking'
    # The question program
    'ui-missing            builtin degraded'
    'ui-not-executable     builtin degraded'
    'ui-truncated          builtin degraded'
    'ui-crashes            builtin ui-crash'
    'ui-leaves-at-once     builtin ui-crash'
    'ui-hangs              builtin ui-timeout'
    'ui-floods-its-output  builtin ui-timeout'
    'ui-out-of-memory      builtin ui-crash'
    'ui-without-files      builtin ui-crash'
    'platform-plugin-lost  builtin ui-crash'
    'nobody-answers        opens  fail-open'
    'nobody-answers-hung   opens  fail-open'
    'fonts-lost            builtin ui-unable'
    'no-opengl             asks   asking'
    # What it reads
    'store-garbage         asks   store-put-aside'
    'store-cut             asks   store-put-aside'
    'store-half-empty      asks   store-put-aside'
    'store-table-lost      asks   store-put-aside'
    'store-too-new         asks   store-unavailable'
    'store-is-a-folder     asks   store-unavailable'
    'store-locked          asks   store-unavailable'
    'no-store-at-all       builtin ui-unable'
    'bank-missing          asks   asking'
    'bank-garbage          asks   bank-unusable'
    'bank-empty            asks   bank-unusable'
    'bank-cut              asks   bank-unusable'
    'bank-is-a-folder      asks   bank-unusable'
    'device-garbage        asks   asking'
    'settings-garbage      asks   asking'
    'data-folder-lost      asks   asking'
    'data-read-only        asks   -'
    'disk-full             asks   -'
    # Around it
    'server-gone           asks   asking'
    'server-silent         asks   asking'
    'bus-silent            asks   asking'
    'runtime-folder-lost   asks   asking'
    'home-lost             asks   asking'
    'locale-garbage        asks   asking'
    'clock-in-1970         asks   asking'
    'clock-in-2100         asks   asking'
    'hostile-environment   asks   asking'
    'closed-descriptors    asks   asking'
    'config-garbage        asks   asking'
    'config-of-others      asks   asking'
    'events-not-writable   asks   -'
    'curtain-of-a-dead-gate asks  asking'
    'second-gate           asks   asking'
    'ui-killed             asks   ui-crash'
    'holder-killed         asks   holder-restart'
    'supervisor-killed     asks   supervisor-restart'
    'display-wrong         passes no-display'
    'display-refused       passes no-display'
)

fault_none() { :; }

# use_ui SCRIPT: stands in the place of the question program.
use_ui() {
    printf '#!/bin/bash\n%s\n' "$1" >"$bench/ui"
    chmod 0755 "$bench/ui"
    gate_options+=(--ui "$bench/ui")
}

fault_ui-missing() { gate_options+=(--ui /nonexistent/qingfeng); }
fault_ui-not-executable() {
    use_ui true
    chmod 0644 "$bench/ui"
}
fault_ui-truncated() {
    head -c 4096 "$programs/qingfeng" >"$bench/ui"
    chmod 0755 "$bench/ui"
    gate_options+=(--ui "$bench/ui")
}
fault_ui-crashes() { use_ui 'kill -SEGV $$'; }
fault_ui-leaves-at-once() { use_ui 'exit 0'; }
fault_ui-hangs() { use_ui 'exec sleep 600'; }
fault_ui-floods-its-output() { use_ui 'exec yes "pass 1 2 3" >&3'; }
fault_ui-out-of-memory() { use_ui "ulimit -v 60000; exec '$programs/qingfeng' \"\$@\""; }
fault_ui-without-files() { use_ui "ulimit -n 5; exec '$programs/qingfeng' \"\$@\""; }
fault_platform-plugin-lost() {
    use_ui "QT_QPA_PLATFORM_PLUGIN_PATH=/nonexistent QT_QPA_PLATFORM=none exec '$programs/qingfeng' \"\$@\""
}
fault_nobody-answers() { fault_ui-missing; }
fault_nobody-answers-hung() { fault_ui-hangs; }
# A configuration of its own with an empty folder: without any, fontconfig falls back to the system's.
fault_fonts-lost() {
    mkdir -p "$bench/no-fonts"
    printf '<?xml version="1.0"?><fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>\n' \
        "$bench/no-fonts" "$bench/no-fonts" >"$bench/fonts.conf"
    use_ui "FONTCONFIG_FILE='$bench/fonts.conf' exec '$programs/qingfeng' \"\$@\""
}
fault_no-opengl() { use_ui "LIBGL_DRIVERS_PATH=/nonexistent QT_XCB_GL_INTEGRATION=none exec '$programs/qingfeng' \"\$@\""; }

store() { printf '%s' "$workstation_data/learning.db"; }
fault_store-garbage() { head -c 100000 /dev/urandom >"$(store)"; }
fault_store-cut() { truncate -s 20000 "$(store)"; }
# Pages in the middle are gone: the file opens and its schema reads, its tables do not.
fault_store-half-empty() {
    sqlite3 "$(store)" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
    dd if=/dev/urandom of="$(store)" bs=4096 seek=2 count=400 conv=notrunc status=none
}
fault_store-table-lost() { sqlite3 "$(store)" 'PRAGMA foreign_keys = OFF; DROP TABLE obligation'; }
fault_store-too-new() { sqlite3 "$(store)" 'PRAGMA user_version = 999'; }
fault_store-is-a-folder() {
    rm -f "$(store)"*
    mkdir "$(store)"
}
fault_store-locked() {
    launch locker bash -c "{ echo 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; SELECT 1;'; sleep 600; } | sqlite3 '$(store)'"
    sleep 0.5
}

# Neither the person's store nor one of the session can be had: the question program says so at once.
fault_no-store-at-all() {
    fault_store-is-a-folder
    printf 'in the way' >"$XDG_RUNTIME_DIR/qingfeng-stand-in"
    repair() {
        rm -rf "$(store)" "$XDG_RUNTIME_DIR/qingfeng-stand-in"
        cp "$bench/enrolled/learning.db"* "$workstation_data/"
    }
}

bank() { printf '%s' "$workstation_data/bank/current.qfbank"; }
fault_bank-missing() { rm -rf "$workstation_data/bank"; }
fault_bank-garbage() { head -c 100000 /dev/urandom >"$(bank)"; }
fault_bank-empty() { : >"$(bank)"; }
fault_bank-cut() { truncate -s 5000 "$(bank)"; }
fault_bank-is-a-folder() {
    rm "$(bank)"
    mkdir "$(bank)"
}
fault_device-garbage() { printf '{"url": [' >"$workstation_data/device.json"; }
fault_settings-garbage() { head -c 3000 /dev/urandom >"$workstation_data/settings.ini"; }
# A new person on this PC: a gate of its own folder, which is made, and who he is is asked first.
fault_data-folder-lost() { rm -rf "$workstation_data"; }
# A tmpfs of a namespace of its own, so that nothing stays behind; root is not stopped by permissions.
fault_data-read-only() { gate_prefix=(unshare -m bash -c 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"' "$workstation_data"); }
fault_disk-full() {
    gate_prefix=(unshare -m bash -c 'cp -r "$0" "$0.copy" && mount -t tmpfs -o size=8m tmpfs "$0" && cp -r "$0.copy/." "$0" 2>/dev/null
        rm -rf "$0.copy"; cat /dev/zero >"$0/filler" 2>/dev/null; exec "$@"' "$workstation_data")
}

set_server() { sed -i "s#https://127.0.0.1:[0-9]*#$1#" "$workstation_data/device.json"; }
fault_server-gone() { set_server 'https://127.0.0.1:1'; }
fault_server-silent() { set_server 'https://192.0.2.1:8443'; } # an address of documentation, which nobody has
fault_bus-silent() {
    launch bus perl -MIO::Socket::UNIX -e 'my $s = IO::Socket::UNIX->new(Local => shift, Listen => 5) or die; sleep 600' "$bench/bus"
    wait_until 5 test -S "$bench/bus"
    gate_environment+=("DBUS_SESSION_BUS_ADDRESS=unix:path=$bench/bus")
}
fault_runtime-folder-lost() { gate_environment+=(XDG_RUNTIME_DIR=/proc/nonexistent); }
fault_home-lost() { gate_environment+=(HOME=/proc/nonexistent XDG_CONFIG_HOME=/proc/nonexistent XDG_CACHE_HOME=/proc/nonexistent); }
fault_locale-garbage() { gate_environment+=(LANG=xx_XX.nothing LC_ALL=xx_XX.nothing LANGUAGE=xx TZ=Nowhere/Nothing); }
faketime_of_the_ui() {
    local library
    library=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1) || true
    [[ -n "$library" ]] || skip 'libfaketime is not installed'
    use_ui "LD_PRELOAD=$library FAKETIME='@$1' FAKETIME_DONT_FAKE_MONOTONIC=1 exec '$programs/qingfeng' \"\$@\""
}
fault_clock-in-1970() { faketime_of_the_ui '1970-01-02 00:00:00'; }
fault_clock-in-2100() { faketime_of_the_ui '2100-01-02 00:00:00'; }
fault_hostile-environment() {
    gate_environment+=(QT_QPA_PLATFORM=offscreen QT_PLUGIN_PATH=/nonexistent QT_SCALE_FACTOR=90 QT_LOGGING_RULES='*=true'
        LD_LIBRARY_PATH=/nonexistent GTK_MODULES=nothing MALLOC_TRACE=/nonexistent/trace)
}
fault_closed-descriptors() { gate_prefix=(bash -c 'exec "$@" <&- >&- 2>&-' bash); }
fault_config-garbage() {
    head -c 70000 /dev/urandom >"$bench/gate.conf"
}
fault_config-of-others() {
    printf 'countdown_ms=1\nfault_limit_ms=1\n' >"$bench/gate.conf"
    chmod 0666 "$bench/gate.conf"
}
fault_events-not-writable() {
    rm -f "$workstation_data"/gate-events*
    mkdir -p "$workstation_data/gate-events.jsonl" "$workstation_data/gate-events.1.jsonl/full"
}

kill_group_of_gate() {
    local pid
    for pid in $(members_of_session "$(pid_of session)"); do
        if read -r program <"/proc/$pid/comm" && [[ "$program" == qingfeng-gate ]]; then
            kill -KILL "$pid"
        fi
    done 2>/dev/null
}
fault_curtain-of-a-dead-gate() {
    launch_gate
    wait_until 20 gate_is_asking || die 'no question came up'
    kill_group_of_gate
    wait_until 5 gate_has_ended
    sleep 1
    stop session
    rm -f "$workstation_data"/gate-events*
}
# The process of the gate at a depth: 0 the warden, 1 the supervisor, 2 holder or question program.
gate_process() {
    local pid
    pid=$(pid_of session)
    local -i depth
    for ((depth = 0; depth < $1; ++depth)); do
        pid=$(awk -v n="${2:-1}" '{ print $((NF >= n) ? n : NF) }' "/proc/$pid/task/$pid/children")
    done
    printf '%s\n' "$pid"
}
fault_second-gate() { while_asking=start_second_gate; }
start_second_gate() { timeout 5 "$programs/qingfeng-gate" >/dev/null || die 'the second gate does not leave'; }
fault_ui-killed() { while_asking=kill_ui; }
kill_ui() {
    local pid
    for pid in $(members_of_session "$(pid_of session)"); do
        if read -r program <"/proc/$pid/comm" && [[ "$program" == qingfeng ]]; then
            kill -KILL "$pid"
        fi
    done 2>/dev/null
}
fault_holder-killed() { while_asking=kill_holder; }
kill_holder() {
    local pid supervisor
    supervisor=$(gate_process 1)
    for pid in $(<"/proc/$supervisor/task/$supervisor/children"); do
        read -r program <"/proc/$pid/comm"
        [[ "$program" != qingfeng-gate ]] || kill -KILL "$pid"
    done
}
fault_supervisor-killed() { while_asking=kill_supervisor; }
kill_supervisor() { kill -KILL "$(gate_process 1)"; }

fault_display-wrong() { gate_environment+=(DISPLAY=:65000); }
fault_display-refused() { gate_environment+=(DISPLAY=nonsense XAUTHORITY=/nonexistent); }
