#include "quiz/obligation/subject.h"

namespace qingfeng {

PolicySubject subjectOn(const Person &person, const Roster &roster, QDate day)
{
    PolicySubject subject;
    subject.person = person.number;
    subject.unit = roster.unit.code;
    subject.posts = person.postsOn(day);
    QString code = person.department;
    for (const Assignment &assignment : person.assignments) {
        if (assignment.main && assignment.isOn(day) && !assignment.department.isEmpty()) {
            code = assignment.department;
            break;
        }
    }
    while (!code.isEmpty() && !subject.departments.contains(code)) {
        subject.departments.append(code);
        const Department *department = roster.department(code);
        code = department ? department->parent : QString();
    }
    return subject;
}

} // namespace qingfeng
