#include "app/ctl/policy_report.h"

#include "app/ctl/output.h"
#include "app/ctl/policy_words.h"

#include <algorithm>

#include <QFileInfo>

namespace qingfeng::ctl {

QStringList toStringList(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts) {
        list.append(QString::fromStdString(text));
    }
    return list;
}

Result<LoadedPolicy> readPolicy(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (!QFileInfo::exists(path)) {
            return Error(ErrorCode::NotFound, QStringLiteral("no such policy file or folder"), path);
        }
    }
    return loadPolicy(paths, PolicyTrust::Anyone);
}

qsizetype errorsOf(const LoadedPolicy &loaded)
{
    return std::count_if(
        loaded.faults.cbegin(), loaded.faults.cend(), [](const PolicyFault &fault) { return fault.isError(); });
}

void printFaults(const LoadedPolicy &loaded)
{
    for (const PolicyFault &fault : loaded.faults) {
        print(QStringLiteral("  %1 %2").arg(
            fault.isError() ? QStringLiteral("错误") : QStringLiteral("提示"), sentence(fault)));
    }
}

QJsonArray faultsToJson(const QList<PolicyFault> &faults)
{
    QJsonArray list;
    for (const PolicyFault &fault : faults) {
        list.append(withOrigin({{QStringLiteral("severity"),
                                    fault.isError() ? QStringLiteral("error") : QStringLiteral("warning")},
                                   {QStringLiteral("kind"), qingfeng::nameOf(fault.kind)},
                                   {QStringLiteral("key"), fault.key}, {QStringLiteral("found"), fault.found},
                                   {QStringLiteral("allowed"), fault.allowed}},
            fault.origin));
    }
    return list;
}

QJsonObject withOrigin(QJsonObject object, const PolicyOrigin &origin)
{
    object.insert(QStringLiteral("file"), origin.file);
    object.insert(QStringLiteral("line"), origin.line);
    return object;
}

} // namespace qingfeng::ctl
