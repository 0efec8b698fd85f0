#pragma once

#include <optional>

namespace qingfeng {

/**
 * The percentages that Moodle gives for a part of a question: 100, 90, 83.33333, 80, 75 … 5, 0, and the same
 * below zero. Returns the one meant by @p percent: itself, or the nearest within half a percent (33
 * for 33.33333); nothing when there is none.
 */
std::optional<double> nearestGrade(double percent);

/** True when Moodle would take @p percent as it stands (to the fifth decimal). */
bool isGrade(double percent);

} // namespace qingfeng
