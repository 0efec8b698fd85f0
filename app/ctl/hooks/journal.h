#pragma once

#include "app/ctl/hooks/files.h"

#include <QList>

namespace qingfeng::ctl {

/** A file that a hook needs. */
struct HookFile
{
    QString hook; ///< "wrapper", "xsession", "autostart", "unit" or "cage"
    QString path; ///< as seen from within the root
    FileState wanted;
};

/** A file that was put for a hook, or a folder that was made for one, and what was there before. */
struct JournalEntry
{
    QString hook;
    QString path;
    FileState before;
    FileState written;
    QList<FileState> earlier; ///< what an older version wrote, while the newer is being put
};

/** What stands at an entry's path now. */
enum class Standing { AsWritten, AsBefore, ChangedByHand };

/**
 * Everything that `gate install` did (装机清单), in /var/lib/qingfeng/gate-install.json. It is on the disk
 * before the first file is touched and goes last, so whatever moment a kill or a power failure comes at,
 * install and remove both find out how far things are by looking, and finish.
 */
struct Journal
{
    enum Stage { None, Installing, Installed, Removing };

    Stage stage = None;
    bool madeFolder = false; ///< /var/lib/qingfeng was not there
    QList<JournalEntry> entries; ///< folders before what lies in them
};

extern const QString journalPath;

/** None when nothing is installed; Corrupt or TooNew when it cannot be understood. */
Result<Journal> readJournal(const Root &root);
Result<Standing> standing(const Root &root, const JournalEntry &entry);

/** What install or remove found changed by hand and therefore left alone. */
using Untouched = QList<JournalEntry>;

/**
 * Puts @p files, and once more what was put before. Unavailable while another install or remove runs; Io and
 * NotPermitted leave a state that a second call, or uninstallFiles(), finishes.
 */
Result<Untouched> installFiles(const Root &root, const QList<HookFile> &files);

/**
 * Puts everything back as it was. What was changed by hand stays, and in the journal too, unless
 * @p evenChanged.
 */
Result<Untouched> uninstallFiles(const Root &root, bool evenChanged);

} // namespace qingfeng::ctl
