#pragma once

#include "app/gate/supervisor/gate_options.h"

namespace qingfeng::gate {

/**
 * Whether the question program is certain that nothing is to be shown now, so that a desktop that stands already
 * need not be covered for a moment: its exit status with `--due` is 0. Anything else, or no answer within two
 * seconds, is no.
 */
bool isNothingDue(const GateOptions &options);

} // namespace qingfeng::gate
