#include "quiz/report/group_facts.h"

#include "quiz/archive/summary.h"
#include "quiz/report/report_words.h"

#include <algorithm>

namespace qingfeng {

GroupFacts::GroupFacts(const GroupReportInput &input)
    : in(input)
    , theme(input.kind == ReportScope::Theme ? input.bank->theme(input.code) : nullptr)
{
    if (in.kind == ReportScope::Department) {
        departments = below(in.code);
    }
    collectMembers();
    collectAnswers();
}

int GroupFacts::participants() const
{
    return int(
        std::ranges::count_if(members, [](const Member &member) { return member.answers.answered > 0; }));
}

QStringList GroupFacts::below(const QString &top) const
{
    QStringList codes{top};
    for (qsizetype i = 0; i < codes.size(); ++i) {
        for (const Department &department : in.roster.departments) {
            if (department.parent == codes.at(i) && !codes.contains(department.code)) {
                codes.append(department.code);
            }
        }
    }
    return codes;
}

bool GroupFacts::isMember(const Person &person, QDate day) const
{
    if (theme) {
        const auto posts = person.postsOn(day);
        const bool held = theme->posts.isEmpty() || std::ranges::any_of(posts, [this](const QString &post) {
            return theme->posts.contains(post);
        });
        return held && isAssigned(person, day) && person.isInAudience(theme->audience);
    }
    return isAssigned(person, day, in.kind == ReportScope::Post ? in.code : QString(), departments);
}

void GroupFacts::collectMembers()
{
    const QDate end = std::min(in.to, in.today.addDays(-1));
    for (const Person &person : in.roster.people) {
        Member member{&person, {}, {}, {}, 0, 0};
        bool counts = false;
        for (QDate day = in.from; day <= in.to; day = day.addDays(1)) {
            if (isMember(person, day)) {
                counts = true;
                m_daysOf[person.number].insert(day);
                member.owed += day <= end && in.calendar.isWorkday(day) ? 1 : 0;
            }
        }
        if (counts) {
            m_index.insert(person.number, members.size());
            members.append(member);
        }
    }
}

bool GroupFacts::isAbout(const Attempt &attempt, const QuestionVersion *version) const
{
    if (in.kind == ReportScope::Post) {
        return attempt.post == in.code;
    }
    if (!theme) {
        return true;
    }
    if (!theme->questions.isEmpty()) {
        return theme->questions.contains(attempt.question);
    }
    return version && std::ranges::any_of(version->riskPoints, [this](const QString &riskPoint) {
        return theme->riskPoints.contains(riskPoint);
    });
}

void GroupFacts::collectAnswers()
{
    for (const Attempt &attempt : in.attempts) {
        const QDate day = dateOfStudyDay(attempt.studyDay);
        const auto at = m_index.constFind(attempt.person);
        if (at == m_index.constEnd() || !m_daysOf[attempt.person].contains(day)) {
            continue;
        }
        auto &head = heads[attempt.store];
        if (attempt.seq > head.first) {
            head = {attempt.seq, attempt.hash};
        }
        Member &member = members[*at];
        m_kept[attempt.person].insert(day);
        const QuestionVersion *version = askedVersion(*in.bank, attempt);
        if (!isAbout(attempt, version)) {
            continue;
        }
        if (attempt.outcome == Outcome::Invalid) {
            ++invalid;
            continue;
        }
        count(attempt, version, day, member);
    }
    for (Member &member : members) {
        for (const QDate day : std::as_const(m_kept[member.person->number])) {
            member.kept += day < in.today && in.calendar.isWorkday(day) ? 1 : 0;
        }
    }
}

void GroupFacts::count(const Attempt &attempt, const QuestionVersion *version, QDate day, Member &member)
{
    all.add(attempt);
    member.answers.add(attempt);
    member.days.insert(day);
    byPost[attempt.post].add(attempt);
    byQuestion[attempt.question].add(attempt);
    byWeek[day.addDays(1 - day.dayOfWeek())].insert(attempt.person);
    for (const QString &riskPoint : version ? version->riskPoints : QStringList()) {
        byRiskPoint[riskPoint].add(attempt);
        member.riskPoints.insert(riskPoint);
    }
    byDepartment[departmentOn(*member.person, day)].add(attempt);
}

QString GroupFacts::departmentOn(const Person &person, QDate day) const
{
    QString found;
    for (const Assignment &assignment : person.assignments) {
        const bool fits
            = assignment.isOn(day) && (departments.isEmpty() || departments.contains(assignment.department));
        if (fits && (found.isEmpty() || assignment.main)) {
            found = assignment.department;
        }
    }
    return found.isEmpty() ? person.department : found;
}

} // namespace qingfeng
