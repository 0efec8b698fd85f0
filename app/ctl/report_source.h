#pragma once

#include "app/ctl/commands.h"

#include "quiz/report/group_report.h"

namespace qingfeng::ctl {

/**
 * Reads from the server, as its administrator, what a group's report is made from: the roster, every answer
 * that it holds, and the bank that it publishes (unless @p bank is given). Waits until the server has sorted
 * in what it has received; Unavailable when that takes over ten seconds.
 */
Result<GroupReportInput> readServer(const Common &common, std::shared_ptr<const QuestionBank> bank);

} // namespace qingfeng::ctl
