# shellcheck shell=bash
# Configure and build, with a line now and then for the person who waits.

# build_programs SOURCE BUILD [CMAKE OPTION…]
build_programs() {
    local source=$1 build=$2 log="$2/build.log"
    local -i begun=$SECONDS
    shift 2
    mkdir -p "$build"
    long_task '配置' "$log" cmake -S "$source" -B "$build" -G Ninja "$@" \
        || { tail -n 40 "$log" >&2; die "配置失败,完整记录在 $log / configuring failed"; }
    long_task '编译(首次需几分钟)' "$log" cmake --build "$build" \
        || { grep -m 20 -A 8 'error:\|FAILED:' "$log" >&2 || tail -n 40 "$log" >&2
             die "编译失败,完整记录在 $log / the build failed"; }
    say "编译完毕,用时 $((SECONDS - begun)) 秒"
}
