#include "quiz/people/roster.h"

#include <algorithm>

#include <QJsonArray>
#include <QSet>

namespace qingfeng {
namespace {

QString isoDate(QDate day)
{
    return day.isValid() ? day.toString(Qt::ISODate) : QString();
}

QJsonObject toJson(const Department &department)
{
    return {{QStringLiteral("code"), department.code}, {QStringLiteral("parent"), department.parent},
        {QStringLiteral("name"), department.name}};
}

QJsonObject toJson(const Assignment &assignment)
{
    return {{QStringLiteral("post"), assignment.post}, {QStringLiteral("department"), assignment.department},
        {QStringLiteral("main"), assignment.main}, {QStringLiteral("from"), isoDate(assignment.from)},
        {QStringLiteral("to"), isoDate(assignment.to)}};
}

QJsonObject toJson(const Person &person)
{
    QJsonArray assignments;
    for (const Assignment &assignment : person.assignments) {
        assignments.append(toJson(assignment));
    }
    return {{QStringLiteral("number"), person.number}, {QStringLiteral("name"), person.name},
        {QStringLiteral("department"), person.department},
        {QStringLiteral("accounts"), QJsonArray::fromStringList(person.accounts)},
        {QStringLiteral("party"), person.party}, {QStringLiteral("leader"), person.leader},
        {QStringLiteral("auxiliary"), person.auxiliary}, {QStringLiteral("pin_hash"), person.pinHash},
        {QStringLiteral("assignments"), assignments}};
}

Result<QDate> dateFrom(const QJsonValue &value, const QString &where)
{
    const QString text = value.toString();
    if (text.isEmpty()) {
        return QDate();
    }
    const QDate day = QDate::fromString(text, Qt::ISODate);
    if (!day.isValid()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("date as YYYY-MM-DD expected"), where);
    }
    return day;
}

Result<Person> personFromJson(const QJsonObject &object)
{
    Person person;
    person.number = object.value(QStringLiteral("number")).toString();
    person.name = object.value(QStringLiteral("name")).toString();
    person.department = object.value(QStringLiteral("department")).toString();
    if (person.number.isEmpty() || person.name.isEmpty()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("number and name must not be empty"),
            QStringLiteral("people: %1").arg(person.number));
    }
    for (const QJsonValue account : object.value(QStringLiteral("accounts")).toArray()) {
        person.accounts.append(account.toString());
    }
    person.party = object.value(QStringLiteral("party")).toBool();
    person.leader = object.value(QStringLiteral("leader")).toBool();
    person.auxiliary = object.value(QStringLiteral("auxiliary")).toBool();
    person.pinHash = object.value(QStringLiteral("pin_hash")).toString();
    for (const QJsonValue value : object.value(QStringLiteral("assignments")).toArray()) {
        const QJsonObject entry = value.toObject();
        const QString where = QStringLiteral("people: %1: assignments").arg(person.number);
        const auto from = dateFrom(entry.value(QStringLiteral("from")), where);
        const auto to = dateFrom(entry.value(QStringLiteral("to")), where);
        if (!from) {
            return from.error();
        }
        if (!to) {
            return to.error();
        }
        person.assignments.append({entry.value(QStringLiteral("post")).toString(),
            entry.value(QStringLiteral("department")).toString(),
            entry.value(QStringLiteral("main")).toBool(true), *from, *to});
    }
    return person;
}

} // namespace

bool Assignment::isOn(QDate day) const
{
    return (!from.isValid() || from <= day) && (!to.isValid() || day <= to);
}

QStringList Person::postsOn(QDate day) const
{
    QStringList main;
    QStringList side;
    for (const Assignment &assignment : assignments) {
        if (assignment.isOn(day)) {
            (assignment.main ? main : side).append(assignment.post);
        }
    }
    QStringList posts = main + side;
    posts.removeDuplicates();
    return posts;
}

bool Person::isInAudience(Audience audience) const
{
    switch (audience) {
    case Audience::All:
        return true;
    case Audience::Party:
        return party;
    case Audience::Leader:
        return leader;
    case Audience::Auxiliary:
        return auxiliary;
    }
    return false;
}

const Person *Roster::person(const QString &number) const
{
    const auto it = std::find_if(
        people.cbegin(), people.cend(), [&](const Person &candidate) { return candidate.number == number; });
    return it == people.cend() ? nullptr : &*it;
}

const Department *Roster::department(const QString &code) const
{
    const auto it = std::find_if(departments.cbegin(), departments.cend(),
        [&](const Department &candidate) { return candidate.code == code; });
    return it == departments.cend() ? nullptr : &*it;
}

QString Roster::departmentPath(const QString &code) const
{
    QStringList names;
    QSet<QString> seen; // a roster that closes a circle must not hang us
    for (const Department *node = department(code); node && !seen.contains(node->code);
         node = department(node->parent)) {
        seen.insert(node->code);
        names.prepend(node->name);
    }
    return names.join(QStringLiteral(" / "));
}

QJsonObject toJson(const Roster &roster)
{
    QJsonArray departments;
    for (const Department &department : roster.departments) {
        departments.append(toJson(department));
    }
    QJsonArray people;
    for (const Person &person : roster.people) {
        people.append(toJson(person));
    }
    return {{QStringLiteral("unit"),
                QJsonObject {{QStringLiteral("code"), roster.unit.code},
                    {QStringLiteral("name"), roster.unit.name},
                    {QStringLiteral("home_page"), roster.unit.homePage}}},
        {QStringLiteral("departments"), departments}, {QStringLiteral("people"), people}};
}

Result<Roster> rosterFromJson(const QJsonObject &object)
{
    Roster roster;
    const QJsonObject unit = object.value(QStringLiteral("unit")).toObject();
    roster.unit = {unit.value(QStringLiteral("code")).toString(), unit.value(QStringLiteral("name")).toString(),
        unit.value(QStringLiteral("home_page")).toString()};
    for (const QJsonValue value : object.value(QStringLiteral("departments")).toArray()) {
        const QJsonObject entry = value.toObject();
        roster.departments.append({entry.value(QStringLiteral("code")).toString(),
            entry.value(QStringLiteral("parent")).toString(), entry.value(QStringLiteral("name")).toString()});
    }
    for (const QJsonValue value : object.value(QStringLiteral("people")).toArray()) {
        auto person = personFromJson(value.toObject());
        if (!person) {
            return person.error();
        }
        roster.people.append(std::move(*person));
    }
    return roster;
}

} // namespace qingfeng
