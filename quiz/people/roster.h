#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question.h"

#include <QDate>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace qingfeng {

/** 单位: the office whose roster this is. */
struct Unit
{
    QString code;
    QString name;
    QString homePage; ///< URL that names accounts in statements: actor = (homePage, employee number)
    bool operator==(const Unit &) const = default;
};

/** 部门: a node of the unit's tree. Codes are the keys; names may change. */
struct Department
{
    QString code;
    QString parent; ///< code of the department above, empty at the top
    QString name;
    bool operator==(const Department &) const = default;
};

/** 任职: who held which post where, and when. */
struct Assignment
{
    QString post;
    QString department;
    bool main = true; ///< main post, or one held beside it
    QDate from; ///< first day; invalid = always
    QDate to; ///< last day; invalid = open
    bool operator==(const Assignment &) const = default;
    bool isOn(QDate day) const;
};

/** 干部: who learns. */
struct Person
{
    QString number; ///< employee number (工号), the key
    QString name;
    QString department;
    QStringList accounts; ///< operating-system accounts, as the system spells them
    bool party = false; ///< Party member
    bool leader = false;
    bool auxiliary = false; ///< 编外及辅助人员
    QString pinHash; ///< argon2id string of the sign-in PIN, or empty
    QList<Assignment> assignments;
    bool operator==(const Person &) const = default;

    /** Posts held on @p day, the main one first, without repeats. */
    QStringList postsOn(QDate day) const;
    /** Whether a question written for @p audience concerns this person. */
    bool isInAudience(Audience audience) const;
};

/** 名册: the people one workstation, or one server, knows. */
struct Roster
{
    Unit unit;
    QList<Department> departments;
    QList<Person> people;
    bool operator==(const Roster &) const = default;

    const Person *person(const QString &number) const;
    const Department *department(const QString &code) const;
    /** 征收管理股 under 沭河税务分局 → "沭河税务分局 / 征收管理股". */
    QString departmentPath(const QString &code) const;
};

QJsonObject toJson(const Roster &roster);
/** Strict; InvalidArgument names the person and field. */
Result<Roster> rosterFromJson(const QJsonObject &object);

} // namespace qingfeng
