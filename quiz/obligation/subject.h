#pragma once

#include "quiz/obligation/obligation_policy.h"
#include "quiz/people/roster.h"

namespace qingfeng {

/**
 * A person as policy sees him on a day: unit, posts held, and the department of the main post with those above it.
 * A roster that closes a circle of departments ends where it began. Wishes are left empty.
 */
PolicySubject subjectOn(const Person &person, const Roster &roster, QDate day);

} // namespace qingfeng
