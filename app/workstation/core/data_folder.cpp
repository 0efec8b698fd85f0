#include "app/workstation/core/data_folder.h"

#include <QDir>
#include <QStandardPaths>

namespace qingfeng {

namespace {

QString defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/qingfeng");
}

QString standInFolder()
{
    // Qt makes a private folder below /tmp where the session has none.
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation)
        + QStringLiteral("/qingfeng-stand-in");
}

} // namespace

DataFolder::DataFolder(const QString &path)
    : m_path(path.isEmpty() ? defaultPath() : QDir(path).absolutePath())
{
}

bool DataFolder::isDefault() const
{
    return m_path == defaultPath();
}

QString DataFolder::database() const
{
    return m_path + QStringLiteral("/learning.db");
}

QString DataFolder::bank() const
{
    return m_path + QStringLiteral("/bank");
}

QString DataFolder::keys() const
{
    return m_path + QStringLiteral("/keys");
}

QString DataFolder::gateEvents() const
{
    return m_path + QStringLiteral("/gate-events.jsonl");
}

QString DataFolder::olderGateEvents() const
{
    return m_path + QStringLiteral("/gate-events.1.jsonl");
}

QString DataFolder::gateAttempts() const
{
    return m_path + QStringLiteral("/gate-attempts.jsonl");
}

QString DataFolder::standInAttempts()
{
    return standInFolder() + QStringLiteral("/gate-attempts.jsonl");
}

QString DataFolder::standIn()
{
    return standInFolder() + QStringLiteral("/learning.db");
}

} // namespace qingfeng
