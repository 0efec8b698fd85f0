# shellcheck shell=bash disable=SC2154  # from the files that it sources
# What the tests here share: the steps of the main job, in a folder and on a display of their own.

# shellcheck source=installer/lib/common.sh
source "$QF_SOURCE_DIR/installer/lib/common.sh"
# shellcheck source=installer/lib/processes.sh
source "$QF_SOURCE_DIR/installer/lib/processes.sh"
# shellcheck source=installer/lib/display.sh
source "$QF_SOURCE_DIR/installer/lib/display.sh"
# shellcheck source=installer/lib/job.sh
source "$QF_SOURCE_DIR/installer/lib/job.sh"

# shellcheck disable=SC2034  # used by the tests
sample_roster="$QF_SOURCE_DIR/resources/sample/roster.csv"
bench=$(mktemp -d "${TMPDIR:-/tmp}/qingfeng-test.XXXXXX")

end_bench() {
    local -i status=$?
    if ((status != 0)); then
        tail -n 20 "$run_folder"/*.log "$workstation_data"/gate-events.jsonl >&2 || true
    fi
    stop_all
    rm -rf "$bench"
}

# expect WHAT COMMAND…
expect() {
    local what=$1
    shift
    "$@" || die "$what"
}

use_programs "$QF_BUILD_DIR"
use_home "$bench"
use_private_session
trap end_bench EXIT
trap 'exit 130' INT TERM HUP
