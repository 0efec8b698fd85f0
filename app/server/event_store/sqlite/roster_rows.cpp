#include "app/server/event_store/sqlite/query.h"
#include "app/server/event_store/sqlite/rows.h"

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
void readPeople(SQLite::Database &database, Query &query, Roster &roster)
{
    Query assignments(database,
        "SELECT post, department, main, starts_on, ends_on FROM assignments WHERE person = ? ORDER BY position");
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

Unit unit(SQLite::Database &database)
{
    Query query(database, "SELECT code, name, home_page FROM units LIMIT 1");
    return query.next() ? Unit {query.text(0), query.text(1), query.text(2)} : Unit {};
}

Roster roster(SQLite::Database &database)
{
    Roster result;
    result.unit = unit(database);
    Query departments(database, "SELECT code, parent, name FROM departments ORDER BY code");
    readDepartments(departments, result);
    Query people(database,
        "SELECT number, name, department, accounts, party, leader, auxiliary, pin_hash FROM people ORDER BY number");
    readPeople(database, people, result);
    return result;
}

Roster rosterOf(SQLite::Database &database, const QString &department)
{
    Roster result;
    result.unit = unit(database);
    const std::string tree = std::string(subtree)
        + ", above (code) AS (SELECT ?1 UNION SELECT d.parent FROM departments d JOIN above ON d.code = above.code)"
          " SELECT code, parent, name FROM departments WHERE code IN below OR code IN above ORDER BY code";
    Query departments(database, tree.c_str(), department);
    readDepartments(departments, result);
    const std::string people = std::string(subtree)
        + "SELECT number, name, department, accounts, party, leader, auxiliary, pin_hash FROM people"
          " WHERE department IN below OR number IN"
          " (SELECT person FROM assignments WHERE department IN below"
          "  AND (ends_on = '' OR ends_on >= date('now', '-1 day')))"
          " ORDER BY number";
    Query rows(database, people.c_str(), department);
    readPeople(database, rows, result);
    return result;
}

QStringList strangers(SQLite::Database &database, const QStringList &numbers, const QString &department)
{
    const std::string sql = std::string(subtree)
        + "SELECT 1 WHERE EXISTS (SELECT 1 FROM people WHERE number = ?2 AND department IN below)"
          " OR EXISTS (SELECT 1 FROM assignments WHERE person = ?2 AND department IN below)";
    QStringList unknown;
    Query query(database, sql.c_str(), department, QString());
    for (const QString &number : numbers) {
        if (!query.with(department, number).next()) {
            unknown.append(number);
        }
    }
    return unknown;
}

void mergeRoster(SQLite::Database &database, const Roster &changes)
{
    Query(database,
        "INSERT INTO units (code, name, home_page) VALUES (?, ?, ?)"
        " ON CONFLICT (code) DO UPDATE SET name = excluded.name",
        changes.unit.code, changes.unit.name, changes.unit.homePage)
        .run();
    Query department(database,
        "INSERT INTO departments (code, parent, name) VALUES (?, ?, ?)"
        " ON CONFLICT (code) DO UPDATE SET parent = excluded.parent, name = excluded.name");
    for (const Department &entry : changes.departments) {
        department.with(entry.code, entry.parent, entry.name).run();
    }
    Query person(database,
        "INSERT INTO people (number, name, department, accounts, party, leader, auxiliary, pin_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET name = excluded.name,"
        " department = excluded.department, accounts = excluded.accounts, party = excluded.party,"
        " leader = excluded.leader, auxiliary = excluded.auxiliary, pin_hash = excluded.pin_hash");
    Query clear(database, "DELETE FROM assignments WHERE person = ?");
    Query assignment(database,
        "INSERT INTO assignments (person, position, post, department, main, starts_on, ends_on)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const Person &entry : changes.people) {
        person
            .with(entry.number, entry.name, entry.department, accountsText(entry.accounts), entry.party, entry.leader,
                entry.auxiliary, entry.pinHash)
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

void fillPins(SQLite::Database &database, const QList<PinHash> &pins, const QString &department)
{
    const std::string sql = std::string(subtree)
        + "UPDATE people SET pin_hash = ?3 WHERE number = ?2 AND pin_hash = '' AND department IN below";
    Query fill(database, sql.c_str(), department, QString(), QString());
    for (const PinHash &pin : pins) {
        fill.with(department, pin.number, pin.hash).run();
    }
}

} // namespace qingfeng::server::rows
