#!/usr/bin/env bash
# Debian 12 packages that 清风 needs, each named once, and the installing of those that are missing.
#
#   installer/packages.sh list [build] [run] [test]      prints their names
#   installer/packages.sh install [build] [run] [test]   installs what is missing (root or sudo)
#
# Without a group, all three are meant. Other scripts source this file and call install_packages.
set -euo pipefail
# shellcheck source=installer/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

# To compile. Boost is named in version 1.81: Debian's 1.74 packages conflict with it.
build_packages=(
    g++ cmake ninja-build ccache pkgconf
    qt6-base-dev libqt6svg6-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libboost1.81-dev libboost-filesystem1.81-dev libboost-json1.81-dev libboost-system1.81-dev
    libssl-dev libsodium-dev libzstd-dev libsqlite3-dev libsqlitecpp-dev libcsv-dev
    libcli11-dev libtomlplusplus-dev libspdlog-dev
    prometheus-cpp-dev libsystemd-dev # metrics of the server; its words with systemd
    libarchive-dev libxlsxwriter-dev zlib1g-dev # zip archives from outside; workbooks out, which need zlib
    libqpdf-dev # attachments and text layer of PDF reports
    libxcb1-dev libxcb-randr0-dev libxcb-composite0-dev libxcb-res0-dev libxcb-xfixes0-dev
    fonts-noto-cjk # the gate's own words are drawn while building, and all words on screen
)
# To start it and to look at it where there is no display; the -dev packages bring the libraries.
run_packages=(xvfb openbox xdotool imagemagick jq)
# For the tests only.
test_packages=(nginx-light haproxy systemd poppler-utils desktop-file-utils appstream shellcheck sqlite3 dbus-daemon faketime
    xfwm4 # composites
    cage xwayland) # the gate before a Wayland session

packages_of() {
    local group
    for group in "$@"; do
        case "$group" in
        build) printf '%s\n' "${build_packages[@]}" ;;
        run) printf '%s\n' "${run_packages[@]}" ;;
        test) printf '%s\n' "${test_packages[@]}" ;;
        *) die "没有这一组软件包:$group / no such package group: $group" ;;
        esac
    done
}

is_installed() {
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

# A version to install is known, so the package lists need no update.
is_known() {
    local candidate
    candidate=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: //p')
    [[ -n "$candidate" && "$candidate" != '(none)' ]]
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

require_debian() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null && return
    die '这里没有 apt,请按 installer/packages.sh list 所列自行安装 / no apt here: install the packages of "installer/packages.sh list" by your own means'
}

require_root() {
    ((EUID == 0)) || command -v sudo >/dev/null && return
    die "缺少软件包:$*。请以 root 身份运行,或安装 sudo / packages are missing and neither root nor sudo is here"
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
        apt-get --quiet=2 --option=Dpkg::Use-Pty=0 --option=DPkg::Lock::Timeout=300 "$@"
}

install_packages() {
    local package log
    local -a missing=()
    require_debian
    while IFS= read -r package; do
        is_installed "$package" || missing+=("$package")
    done < <(packages_of "$@")
    if ((${#missing[@]} == 0)); then
        say '所需软件包都已安装'
        return
    fi
    require_root "${missing[@]}"
    log=$(mktemp)
    for package in "${missing[@]}"; do
        is_known "$package" && continue
        say '更新软件包列表 …'
        apt_get update >"$log" 2>&1 || { cat "$log" >&2; die '软件包列表更新失败 / apt-get update failed'; }
        break
    done
    say "安装 ${#missing[@]} 个软件包(首次需几分钟):${missing[*]}"
    if ! apt_get install --yes --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        die "软件包安装失败,完整记录在 $log / packages could not be installed, see $log"
    fi
    rm -f "$log"
    say "软件包安装完毕,已用 $SECONDS 秒"
}

main() {
    local command=${1:-}
    shift || true
    (($#)) || set -- build run test
    case "$command" in
    list) packages_of "$@" ;;
    install) install_packages "$@" ;;
    *)
        sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
    esac
}

if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then
    main "$@"
fi
