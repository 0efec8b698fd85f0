#pragma once

#include "question_bank/base/result.h"

#include <QString>

namespace qingfeng {

/** What was being done when it failed: it decides what was kept safe and what to do. */
enum class Doing { Asking, Answering, SigningIn, Leaving, OpeningArchive, UpdatingBank, Synchronising, Noting, ExportingArchive };

/**
 * An error as sentences in the user's language: what happened, what was kept safe, what to do. No code, no
 * technical detail; those go to the log.
 */
QString errorText(Doing doing, const Error &error);

} // namespace qingfeng
