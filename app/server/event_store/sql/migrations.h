#pragma once

#include <vector>

namespace qingfeng::server {

/** The schema steps, first to last, in the words of SQLite. */
extern const std::vector<const char *> migrations;

} // namespace qingfeng::server
