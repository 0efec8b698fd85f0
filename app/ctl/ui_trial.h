#pragma once

#include "question_bank/base/result.h"

#include <QString>
#include <QStringList>

namespace qingfeng::ctl {

/** How the question program does on this PC, tried where nobody sees it. */
struct UiTrial
{
    qint64 readyMs = -1; ///< from its start until its question was painted; -1: none came
    QStringList faults; ///< what it said was wrong, as it tells the gate
    bool startsOnX11 = false; ///< its X11 part loads and reaches the display; only tried where there is one
};

/**
 * Starts the question program as the gate does, but on no screen, with a data folder of its own beside this
 * bank, and ends it when its question stands. At most 15 s.
 *
 * @param bankFolder  the workstation's packages, with device.json beside it; nothing is written there
 * @param display     an X display on which only its start is tried, without a window; empty = none
 */
Result<UiTrial> tryUi(const QString &program, const QString &bankFolder, const QString &display);

} // namespace qingfeng::ctl
