#pragma once

#include "app/ctl/hooks/journal.h"
#include "app/ctl/hooks/machine.h"

#include <QJsonArray>
#include <QJsonObject>

namespace qingfeng::ctl {

/** How the start hooks stand on a PC: whether each file is as it was put, and when the gate comes in each
 * session. */
struct HookReport
{
    Journal::Stage stage = Journal::None;
    QStringList intact; ///< hooks of which every file is as it was written
    QJsonArray files; ///< {hook, path, state, sentence}
    Machine machine;
    QJsonArray sessions; ///< {file, name, type, reach, sentence}
    bool isEffective = false; ///< installed, whole, and no session without the gate

    QJsonObject toJson() const;
};

/** Looks at the files alone. Io, and the errors of readJournal(). */
Result<HookReport> reportHooks(const Root &root);

} // namespace qingfeng::ctl
