#include "app/workstation/core/data_folder.h"

#include <QDir>
#include <QStandardPaths>

namespace qingfeng {

DataFolder::DataFolder(const QString &path)
    : m_path(path.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
              + QStringLiteral("/qingfeng")
                            : QDir(path).absolutePath())
{
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

} // namespace qingfeng
