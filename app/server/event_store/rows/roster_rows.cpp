#include "app/server/event_store/sql/query.h"
#include "app/server/event_store/rows/rows.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng::server::rows {
namespace {

/** The department and everything below it; UNION, not UNION ALL, so that a circle ends. */
constexpr char subtree[] = "WITH RECURSIVE below (code) AS (SELECT ?1 UNION"
                           " SELECT d.code FROM departments d JOIN below ON d.parent = below.code) ";

QString isoText(QDate day)
{
    return day.isValid() ? day.toString(Qt::ISODate) : QStringLiteral("");
}

QString accountsText(const QStringList &accounts)
{
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(accounts)).toJson(QJsonDocument::Compact));
}

QStringList accountsFrom(const QByteArray &json)
{
    QStringList accounts;
    for (const QJsonValue account : QJsonDocument::fromJson(json).array()) {
        accounts.append(account.toString());
    }
    return accounts;
}

void readDepartments(Query &query, Roster &roster)
{
    while (query.next()) {
        roster.departments.append({query.text(0), query.text(1), query.text(2)});
    }
}

/** @param query  rows of people: number, name, department, accounts, party, leader, auxiliary, pin_hash */
void readPeople(Sql &sql, Query &query, Roster &roster)
{
    Query assignments(sql,
        "SELECT post, department, main, starts_on, ends_on FROM assignments WHERE person = ? ORDER BY "
        "position");
    while (query.next()) {
        Person person;
        person.number = query.text(0);
        person.name = query.text(1);
        person.department = query.text(2);
        person.accounts = accountsFrom(query.blob(3));
        person.party = query.integer(4) != 0;
        person.leader = query.integer(5) != 0;
        person.auxiliary = query.integer(6) != 0;
        person.pinHash = query.text(7);
        assignments.with(person.number);
        while (assignments.next()) {
            person.assignments.append({assignments.text(0), assignments.text(1), assignments.integer(2) != 0,
                QDate::fromString(assignments.text(3), Qt::ISODate),
                QDate::fromString(assignments.text(4), Qt::ISODate)});
        }
        roster.people.append(person);
    }
}

} // namespace

Unit unit(Sql &sql)
{
    Query query(sql, "SELECT code, name, home_page FROM units LIMIT 1");
    return query.next() ? Unit{query.text(0), query.text(1), query.text(2)} : Unit{};
}

Roster roster(Sql &sql)
{
    Roster result;
    result.unit = unit(sql);
    Query departments(sql, "SELECT code, parent, name FROM departments ORDER BY code");
    readDepartments(departments, result);
    Query people(sql,
        "SELECT number, name, department, accounts, party, leader, auxiliary, pin_hash FROM people ORDER BY "
        "number");
    readPeople(sql, people, result);
    return result;
}

Roster rosterOf(Sql &sql, const QString &department, QDate today)
{
    Roster result;
    result.unit = unit(sql);
    const std::string tree = std::string(subtree)
        + ", above (code) AS (SELECT ?1 UNION SELECT d.parent FROM departments d JOIN above ON d.code = above.code)"
          " SELECT code, parent, name FROM departments WHERE code IN (SELECT code FROM below) "
          " OR code IN (SELECT code FROM above) ORDER BY code";
    Query departments(sql, tree, department);
    readDepartments(departments, result);
    const std::string people = std::string(subtree)
        + "SELECT number, name, department, accounts, party, leader, auxiliary, pin_hash FROM people"
          " WHERE department IN (SELECT code FROM below) OR number IN"
          " (SELECT person FROM assignments WHERE department IN (SELECT code FROM below)"
          "  AND (ends_on = '' OR ends_on >= ?2))"
          " ORDER BY number";
    Query rows(sql, people, department, isoText(today.addDays(-1)));
    readPeople(sql, rows, result);
    return result;
}

QStringList strangers(Sql &sql, const QStringList &numbers, const QString &department)
{
    const std::string text = std::string(subtree)
        + "SELECT 1 WHERE EXISTS (SELECT 1 FROM people WHERE number = ?2 AND department IN (SELECT code FROM "
          "below))"
          " OR EXISTS (SELECT 1 FROM assignments WHERE person = ?2 AND department IN (SELECT code FROM "
          "below))";
    QStringList unknown;
    Query query(sql, text, department, QString());
    for (const QString &number : numbers) {
        if (!query.with(department, number).next()) {
            unknown.append(number);
        }
    }
    return unknown;
}

void mergeRoster(Sql &sql, const Roster &changes)
{
    Query(sql,
        "INSERT INTO units (code, name, home_page) VALUES (?, ?, ?)"
        " ON CONFLICT (code) DO UPDATE SET name = excluded.name",
        changes.unit.code, changes.unit.name, changes.unit.homePage)
        .run();
    Query department(sql,
        "INSERT INTO departments (code, parent, name) VALUES (?, ?, ?)"
        " ON CONFLICT (code) DO UPDATE SET parent = excluded.parent, name = excluded.name");
    for (const Department &entry : changes.departments) {
        department.with(entry.code, entry.parent, entry.name).run();
    }
    Query person(sql,
        "INSERT INTO people (number, name, department, accounts, party, leader, auxiliary, pin_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET name = excluded.name,"
        " department = excluded.department, accounts = excluded.accounts, party = excluded.party,"
        " leader = excluded.leader, auxiliary = excluded.auxiliary, pin_hash = excluded.pin_hash");
    Query clear(sql, "DELETE FROM assignments WHERE person = ?");
    Query assignment(sql,
        "INSERT INTO assignments (person, position, post, department, main, starts_on, ends_on)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const Person &entry : changes.people) {
        person
            .with(entry.number, entry.name, entry.department, accountsText(entry.accounts), entry.party,
                entry.leader, entry.auxiliary, entry.pinHash)
            .run();
        clear.with(entry.number).run();
        int position = 0;
        for (const Assignment &held : entry.assignments) {
            assignment
                .with(entry.number, position++, held.post, held.department, held.main, isoText(held.from),
                    isoText(held.to))
                .run();
        }
    }
}

void fillPins(Sql &sql, const QList<PinHash> &pins, const QString &department)
{
    const std::string text = std::string(subtree)
        + "UPDATE people SET pin_hash = ?3 WHERE number = ?2 AND pin_hash = '' AND department IN (SELECT "
          "code FROM below)";
    Query fill(sql, text, department, QString(), QString());
    for (const PinHash &pin : pins) {
        fill.with(department, pin.number, pin.hash).run();
    }
}

} // namespace qingfeng::server::rows
