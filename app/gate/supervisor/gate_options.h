#pragma once

#include "app/gate/core/config.h"

#include <string>
#include <vector>

namespace qingfeng::gate {

/** What one run of the gate is started with. */
struct GateOptions
{
    std::string display; ///< empty: none
    std::string uiPath;
    std::vector<std::string> uiArguments; ///< before those that the gate adds itself
    std::string eventFolder;
    std::string unlockFile; ///< verifiers of the administrator's unlock codes
    bool askFirst = false; ///< cover only when something is due: beside a desktop
    Deadlines deadlines;
};

} // namespace qingfeng::gate
