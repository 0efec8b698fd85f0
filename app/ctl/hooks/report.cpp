#include "app/ctl/hooks/report.h"

#include "app/ctl/hooks/plan.h"

#include <algorithm>

namespace qingfeng::ctl {
namespace {

struct EntryWords
{
    QString code;
    QString words;
};

EntryWords wordsOf(Standing standing)
{
    switch (standing) {
    case Standing::AsWritten:
        return {QStringLiteral("as-written"), QStringLiteral("与安装时一致")};
    case Standing::AsBefore:
        return {QStringLiteral("missing"), QStringLiteral("不在了或已改回原样，请再运行一次 gate install")};
    case Standing::ChangedByHand:
        break;
    }
    return {QStringLiteral("changed-by-hand"),
        QStringLiteral("安装之后被改动过，请核对；gate remove 不会覆盖它")};
}

QString reachName(Reach reach)
{
    return reach == Reach::BeforeDesktop ? QStringLiteral("before-desktop")
        : reach == Reach::BesideDesktop  ? QStringLiteral("beside-desktop")
                                         : QStringLiteral("never");
}

/** Looks at every file of the journal. @return the hooks all of whose files are as written; Io */
Result<QStringList> inspect(const Root &root, const Journal &journal, QJsonArray &files)
{
    QStringList intact;
    QStringList broken;
    for (const JournalEntry &entry : journal.entries) {
        if (entry.written.kind == FileState::Directory) {
            continue;
        }
        const auto found = standing(root, entry);
        if (!found) {
            return found.error();
        }
        (*found == Standing::AsWritten ? intact : broken).append(entry.hook);
        files.append(QJsonObject{{QStringLiteral("hook"), entry.hook}, {QStringLiteral("path"), entry.path},
            {QStringLiteral("state"), wordsOf(*found).code},
            {QStringLiteral("sentence"), wordsOf(*found).words}});
    }
    intact.removeDuplicates();
    for (const QString &hook : std::as_const(broken)) {
        intact.removeAll(hook);
    }
    return intact;
}

} // namespace

QJsonObject HookReport::toJson() const
{
    static const QStringList stages{QStringLiteral("none"), QStringLiteral("installing"),
        QStringLiteral("installed"), QStringLiteral("removing")};
    return {{QStringLiteral("stage"), stages.at(stage)},
        {QStringLiteral("hooks"), QJsonArray::fromStringList(intact)}, {QStringLiteral("files"), files},
        {QStringLiteral("display_manager"), machine.displayManager}, {QStringLiteral("sessions"), sessions},
        {QStringLiteral("cage"), machine.hasCage}, {QStringLiteral("xwayland"), machine.hasXwayland},
        {QStringLiteral("effective"), isEffective}};
}

Result<HookReport> reportHooks(const Root &root)
{
    const auto journal = readJournal(root);
    if (!journal) {
        return journal.error();
    }
    HookReport report;
    report.stage = journal->stage;
    auto intact = inspect(root, *journal, report.files);
    if (!intact) {
        return intact.error();
    }
    report.intact = std::move(*intact);
    report.machine = lookAt(root);
    report.isEffective = journal->stage == Journal::Installed && !report.machine.sessions.isEmpty()
        && std::ranges::all_of(report.files, [](const QJsonValue &file) {
               return file[QStringLiteral("state")].toString() == QLatin1String("as-written");
           });
    for (const DesktopSession &session : report.machine.sessions) {
        const SessionReach reach = reachOf(session, report.machine, report.intact);
        report.isEffective = report.isEffective && reach.reach != Reach::Never;
        report.sessions.append(QJsonObject{{QStringLiteral("file"), session.file},
            {QStringLiteral("name"), session.name},
            {QStringLiteral("type"), session.isWayland ? QStringLiteral("wayland") : QStringLiteral("x11")},
            {QStringLiteral("reach"), reachName(reach.reach)}, {QStringLiteral("sentence"), reach.sentence}});
    }
    return report;
}

} // namespace qingfeng::ctl
