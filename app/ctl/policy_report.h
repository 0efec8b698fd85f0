#pragma once

#include "quiz/obligation/policy_file.h"

#include "question_bank/base/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <string>
#include <vector>

namespace qingfeng::ctl {

/** What the commands on policy share: reading it to look at it, and reporting its faults. */

QStringList toStringList(const std::vector<std::string> &texts);

/** Reads policy files and folders, whoever owns them. NotFound for a path that is not there. */
Result<LoadedPolicy> readPolicy(const QStringList &paths);

qsizetype errorsOf(const LoadedPolicy &loaded);
/** One line each, errors and warnings. */
void printFaults(const LoadedPolicy &loaded);
QJsonArray faultsToJson(const QList<PolicyFault> &faults);
/** @p object with "file" and "line". */
QJsonObject withOrigin(QJsonObject object, const PolicyOrigin &origin);

} // namespace qingfeng::ctl
