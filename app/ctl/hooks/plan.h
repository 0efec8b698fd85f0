#pragma once

#include "app/ctl/hooks/journal.h"
#include "app/ctl/hooks/machine.h"

namespace qingfeng::ctl {

/** Names of the hooks, the best first. */
extern const QStringList hookNames;
/** What a hook is, in a few Chinese words. */
QString hookTitle(const QString &hook);

/** What `gate install` would do; pure: nothing is written. */
struct HookPlan
{
    QStringList hooks;
    QList<HookFile> files;
    QStringList notes; ///< sentences for the administrator
    QStringList refusals; ///< why it cannot be done; nothing may be written then
};

/**
 * Plans the hooks @p wanted, or with none named the best for this machine: before the desktop as the display
 * manager allows, and beside it.
 *
 * @param root  looked at as if no hook were installed (Root::pretend)
 */
HookPlan planHooks(const Root &root, const QStringList &wanted);

enum class Reach { BeforeDesktop, BesideDesktop, Never };

/** When the gate comes in one session, and in words why and what would be better. */
struct SessionReach
{
    Reach reach = Reach::Never;
    QString sentence;
};

/** @param intact  hooks of which every file is as it was written */
SessionReach reachOf(const DesktopSession &session, const Machine &machine, const QStringList &intact);

} // namespace qingfeng::ctl
