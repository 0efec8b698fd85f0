#pragma once

#include "quiz/obligation/decision.h"
#include "quiz/obligation/policy_file.h"

#include <QString>

namespace qingfeng::ctl {

/** Policy and decisions in plain Chinese, for those who write policy files. */

/** What a setting means: 「每次 2 题」. */
QString sentence(const QString &key, const PolicyValue &value);
/** Whom a group means: 「岗位 P06」. */
QString sentence(GroupKind kind, const QString &code);
/** What is wrong, where, what is allowed, and what holds instead. */
QString sentence(const PolicyFault &fault);
/** 「10-bureau.toml 第 3 行」. */
QString place(const PolicyOrigin &origin);

/** 「工作日」「调休上班」「周末」「国庆节」. */
QString nameOf(DayKind kind, const QString &holiday);
/** Why nothing is asked, in a few words: 「免答：产假，至 2026-05-31」. */
QString whyNot(const Decision &decision);
/** 「周二」. */
QString weekday(QDate day);

} // namespace qingfeng::ctl
