#pragma once

#include <QtGlobal>

#include <optional>

namespace qingfeng {

class LearningStore;

/**
 * The server's time as this PC knows it between two visits: what was measured, carried on by the time since the machine
 * was started (CLOCK_BOOTTIME, which runs on in sleep and which setting the clock does not move). Worth something until
 * the next start of the machine.
 */

/** Keeps a measurement: the server's clock read @p serverUtcMs at this moment. */
void noteServerTime(LearningStore &store, qint64 serverUtcMs);

/** UTC milliseconds by the server's clock now; nothing when it was not measured since the machine was started. */
std::optional<qint64> serverTime(const LearningStore &store);

} // namespace qingfeng
