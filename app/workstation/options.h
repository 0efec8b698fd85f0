#pragma once

#include "quiz/obligation/decision.h"

#include <QString>
#include <QStringList>

namespace qingfeng {

/** What `qingfeng` was asked to do. */
struct Options
{
    enum class Place { None, Study, Archive, Settings };

    bool background = false; ///< autostart: tray only, no window
    int gateFd = -1; ///< started by the session gate: the descriptor of its line
    bool due = false; ///< only say by the exit status whether anything is to be shown now; needs no display
    Moment moment = Moment::Start; ///< at which the gate comes
    QString configFolder; ///< the administrator's files; empty for the default
    bool safe = false; ///< after faults: no effects, software drawing
    bool debugInfo = false;
    QString dataPath; ///< empty for the default
    QString language; ///< zh_CN or en; empty for the remembered one
    Place place = Place::None; ///< which page to open
};

/** "study", "archive", "settings", "show": how a second start tells the first. */
QString requestFor(Options::Place place);
Options::Place placeFor(const QString &request);

/** `qingfeng://study` and the like; None for anything else. */
Options::Place placeForUrl(const QString &url);

/** Reads the command line; ends the program for --help, --version and usage errors (status 2). */
Options parseOptions(const QStringList &arguments);

} // namespace qingfeng
