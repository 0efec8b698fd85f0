#pragma once

#include "app/ctl/commands.h"

#include "question_bank/base/result.h"

#include <QJsonObject>
#include <QString>

namespace qingfeng::ctl {

/** Prints one line of UTF-8 to standard output. */
void print(const QString &line);
/** Prints one JSON document. */
void print(const QJsonObject &document);

/**
 * Reports a failure: a sentence for people on standard error, or {"error": {code, where, detail}} on standard
 * output with --json. Returns False, or Usage for an invalid argument.
 */
int fail(const Common &common, const Error &error);

/** What went wrong, as a sentence in Chinese that says where and what to do. */
QString sentence(const Error &error);

} // namespace qingfeng::ctl
