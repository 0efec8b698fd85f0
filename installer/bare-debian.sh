#!/usr/bin/env bash
# Shows that a bare Debian 12 is enough: makes a minimal root, clones this checkout into it, and runs there what
# a newcomer would run. The cloned state is the last commit; what is not committed is not in it.
#
#   installer/bare-debian.sh start          installer/start.sh --demo; its pictures are copied out
#   installer/bare-debian.sh test           installer/test.sh
#   installer/bare-debian.sh shell          a shell in the bare root, to look around
#
#   --pictures DIR    where the pictures of start go (default: build/bare-debian)
#   --base DIR        keep the bare root without our packages there, and use it again next time
#   --keep            leave the root in place afterwards and say where it is
#
# Needs root, debootstrap, and 8 GB of free space below ${TMPDIR:-/var/tmp}. Debian's packages come from wherever
# this machine's apt gets them.
set -euo pipefail
# shellcheck source=installer/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

release=bookworm
base=
root=
keep=false
mounted=()

apt_setting() {
    apt-config dump "$1" --format '%v%n' 2>/dev/null | head -n 1
}

# The first place that this machine's apt gets Debian itself from.
mirror() {
    # shellcheck disable=SC2016  # the dollars are apt's
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null \
        | awk -v release="$release" '$2 == release && $3 == "main" { print $1; exit }'
}

unmount_all() {
    local -i i
    for ((i = ${#mounted[@]} - 1; i >= 0; --i)); do
        umount "${mounted[i]}" 2>/dev/null || umount --lazy "${mounted[i]}"
    done
    mounted=()
}

clean_up() {
    unmount_all
    if [[ -n "$root" && "$keep" == true ]]; then
        say "根目录保留在 $root"
    elif [[ -n "$root" ]]; then
        rm -rf --one-file-system "$root"
    fi
}

make_base() {
    local source
    source=$(mirror)
    [[ -n "$source" ]] || die "本机 apt 中没有 Debian $release 的软件源 / this machine's apt has no source for Debian $release"
    say "建立最小的 Debian 12 …"
    env "http_proxy=${http_proxy:-$(apt_setting Acquire::http::Proxy)}" \
        debootstrap --variant=minbase --include=git,ca-certificates "$release" "$1" "$source" >"$1.log" 2>&1 \
        || { tail -n 20 "$1.log" >&2; die 'debootstrap 失败 / debootstrap failed'; }
    rm -f "$1.log"
}

# Sources and settings of this machine's apt, so that it works with whatever mirror the machine has.
copy_apt_settings() {
    local setting
    rm -rf "$root/etc/apt/sources.list" "$root/etc/apt/sources.list.d"
    for setting in sources.list sources.list.d apt.conf apt.conf.d preferences preferences.d auth.conf.d \
        trusted.gpg.d keyrings; do
        if [[ -e "/etc/apt/$setting" ]]; then
            cp -aT "/etc/apt/$setting" "$root/etc/apt/$setting"
        fi
    done
    # The list of sources may name keys by path.
    cp -an /usr/share/keyrings/. "$root/usr/share/keyrings/"
    # Settings that name programs which only this machine has would break apt in the bare root.
    grep -rlE 'Post-Invoke|Pre-Invoke|Pre-Install' "$root/etc/apt/apt.conf.d" | xargs -r rm -f
    cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    # It is thrown away afterwards: no need to wait for the disk after each file.
    printf 'force-unsafe-io\n' >"$root/etc/dpkg/dpkg.cfg.d/thrown-away"
}

# Devices of its own: what is done to them in the root never reaches this machine's.
make_devices() {
    local name minor
    mount -t tmpfs -o mode=755,size=1m tmpfs "$root/dev" && mounted+=("$root/dev")
    while read -r name minor; do
        mknod -m 666 "$root/dev/$name" c "${minor%%:*}" "${minor##*:}"
    done <<<$'null 1:3\nzero 1:5\nfull 1:7\nrandom 1:8\nurandom 1:9\ntty 5:0'
    ln -s /proc/self/fd "$root/dev/fd"
    ln -s /proc/self/fd/0 "$root/dev/stdin"
    ln -s /proc/self/fd/1 "$root/dev/stdout"
    ln -s /proc/self/fd/2 "$root/dev/stderr"
    ln -s pts/ptmx "$root/dev/ptmx"
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$root/dev/pts" && mounted+=("$root/dev/pts")
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm" && mounted+=("$root/dev/shm")
}

mount_into_root() {
    mount -t proc proc "$root/proc" && mounted+=("$root/proc")
    make_devices
    mount -t tmpfs -o mode=1777,size=2g tmpfs "$root/tmp" && mounted+=("$root/tmp")
}

in_root() {
    chroot "$root" /usr/bin/env --ignore-environment \
        HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM="${TERM:-dumb}" \
        ${http_proxy:+http_proxy="$http_proxy"} "$@"
}

main() {
    local command='' pictures="$project_root/build/bare-debian"
    local -i status=0 begun
    while (($#)); do
        case "$1" in
        start | test | shell) command=$1 ;;
        --pictures) pictures=$2; shift ;;
        --base) base=$2; shift ;;
        --keep) keep=true ;;
        *) command=; break ;;
        esac
        shift
    done
    if [[ -z "$command" ]]; then
        sed -n '2,15s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
        exit 2
    fi
    ((EUID == 0)) || die '需要 root / needs root'
    command -v debootstrap >/dev/null || die '需要 debootstrap / needs debootstrap'

    trap clean_up EXIT
    trap 'exit 130' INT TERM HUP
    root=$(mktemp -d "${TMPDIR:-/var/tmp}/qingfeng-bare.XXXXXX")
    if [[ -n "$base" ]]; then
        [[ -e "$base/etc/debian_version" ]] || make_base "$base"
        cp -a --one-file-system "$base/." "$root"
    else
        make_base "$root"
    fi
    copy_apt_settings
    mount_into_root
    git clone --quiet --no-hardlinks "$project_root" "$root/root/qingfeng"
    say "最小的 Debian 12 已就绪:$(in_root dpkg-query --show --showformat '.\n' | wc -l) 个软件包,检出 $(git -C "$project_root" rev-parse --short HEAD)"

    begun=$SECONDS
    case "$command" in
    start)
        in_root /root/qingfeng/installer/start.sh --demo --pictures /root/pictures || status=$?
        if [[ -d "$root/root/pictures" ]]; then
            mkdir -p "$pictures"
            cp -f "$root"/root/pictures/* "$pictures/"
            say "截图:$pictures"
        fi
        ;;
    test) in_root /root/qingfeng/installer/test.sh || status=$? ;;
    shell) in_root /bin/bash -l || status=$? ;;
    esac
    say "在最小的 Debian 12 中运行 $command:退出状态 $status,用时 $((SECONDS - begun)) 秒"
    return "$status"
}

main "$@"
