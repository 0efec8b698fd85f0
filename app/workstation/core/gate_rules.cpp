#include "app/workstation/core/gate_rules.h"

#include "quiz/store/learning_store.h"

#include "question_bank/base/random.h"

#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace qingfeng {
namespace {

/** What an event may hold of it; the rest is told by `qingfengctl policy check`. */
constexpr qsizetype maxFaultText = 400;

QString textOf(const LoadedRules &loaded)
{
    QStringList lines;
    for (const PolicyFault &fault : loaded.policyFaults) {
        if (fault.isError()) {
            lines.append(QStringLiteral("%1:%2 %3 %4")
                             .arg(QFileInfo(fault.origin.file).fileName())
                             .arg(fault.origin.line)
                             .arg(nameOf(fault.kind), fault.key)
                             .trimmed());
        }
    }
    for (const Error &fault : loaded.calendarFaults) {
        lines.append(
            QStringLiteral("calendar ") + fault.where() + QLatin1Char(' ') + errorName(fault.code()));
    }
    return lines.join(QStringLiteral("; ")).left(maxFaultText);
}

QString readLogin(const QString &path)
{
    QFile file(path);
    constexpr qint64 maxBytes = 64;
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.read(maxBytes)) : QString();
}

} // namespace

QString systemConfigFolder()
{
    return QStringLiteral("/etc/qingfeng");
}

LoadedRules loadGateRules(const QString &configFolder, Random &random)
{
    const QDir folder(configFolder);
    LoadedPolicy policy = loadPolicy({folder.filePath(QStringLiteral("policy.d"))}, PolicyTrust::RootOnly);
    LoadedCalendar calendar = loadWorkCalendar(
        {QCoreApplication::applicationDirPath() + QStringLiteral("/../share/qingfeng/calendar"),
            folder.filePath(QStringLiteral("calendar"))});
    return {{std::move(policy.policy), std::move(calendar.calendar), currentLogin(random)},
        std::move(policy.faults), std::move(calendar.faults)};
}

void noteFaults(const LoadedRules &loaded, const QString &person, LearningStore &store)
{
    const QString text = textOf(loaded);
    const QString noted = QStringLiteral("rules_faults");
    if (text == store.value(noted) || !store.setValue(noted, text) || text.isEmpty()) {
        return;
    }
    const auto added = store.addEvent(person, QStringLiteral("policy-fault"), text);
    Q_UNUSED(added) // the rules hold all the same
}

QString currentLogin(Random &random)
{
    const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (folder.isEmpty()) {
        return {};
    }
    const QString path = folder + QStringLiteral("/qingfeng-login");
    if (const QString login = readLogin(path); !login.isEmpty()) {
        return login;
    }
    // Two sessions may begin at once: the first link stands, with all of its text, and both read it.
    const QString name = QString::fromLatin1(random.bytes(16).toHex());
    const QString own = path + QLatin1Char('.') + name;
    QFile file(own);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && file.write(name.toLatin1()) == name.size()) {
        file.close();
        const int linked = ::link(QFile::encodeName(own).constData(), QFile::encodeName(path).constData());
        Q_UNUSED(linked) // there is one already, or it cannot be kept: reading says which
    }
    QFile::remove(own);
    return readLogin(path);
}

} // namespace qingfeng
