#include "quiz/people/identity.h"

#include "quiz/people/pin.h"

#include <array>
#include <functional>
#include <vector>

#include <pwd.h>
#include <unistd.h>

#include <QRegularExpression>

namespace qingfeng {
namespace {

QList<Person> peopleWhere(const Roster &roster, const std::function<bool(const Person &)> &matches)
{
    QList<Person> found;
    for (const Person &person : roster.people) {
        if (matches(person)) {
            found.append(person);
        }
    }
    return found;
}

} // namespace

OsAccount currentOsAccount()
{
    std::vector<char> buffer(16 * 1024);
    passwd entry {};
    passwd *result = nullptr;
    if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &result) != 0 || !result) {
        return {QStringLiteral("uid%1").arg(getuid()), {}};
    }
    // GECOS is a comma-separated list whose first field is the full name.
    const QString gecos = QString::fromLocal8Bit(entry.pw_gecos);
    return {QString::fromLocal8Bit(entry.pw_name), gecos.section(QLatin1Char(','), 0, 0).trimmed()};
}

QString nameOf(IdentityMethod method)
{
    static constexpr std::array<const char16_t *, 5> names {
        u"account", u"sign-in", u"gecos-number", u"gecos-name", u"unknown"};
    return QString::fromUtf16(names[std::size_t(method)]);
}

Identity identify(const OsAccount &account, const Roster &roster, const QString &signedIn, QDate today)
{
    Identity identity;
    identity.steps.append(QStringLiteral("operating-system account \"%1\", full name \"%2\"")
                              .arg(account.name, account.gecos));
    identity.steps.append(
        QStringLiteral("cached roster of unit \"%1\": %2 people").arg(roster.unit.code).arg(roster.people.size()));

    const auto settle = [&](const QString &what, const QList<Person> &found, IdentityMethod method) {
        if (found.size() != 1) {
            identity.steps.append(found.isEmpty() ? what + QStringLiteral(": nobody")
                                                  : what
                        + QStringLiteral(": %1 people, so it decides nothing").arg(found.size()));
            return false;
        }
        identity.method = method;
        identity.person = found.first();
        identity.posts = found.first().postsOn(today);
        identity.steps.append(what + QStringLiteral(": employee number ") + found.first().number);
        identity.steps.append(identity.posts.isEmpty()
                ? QStringLiteral("no assignment on %1: common post only").arg(today.toString(Qt::ISODate))
                : QStringLiteral("posts on %1: %2")
                      .arg(today.toString(Qt::ISODate), identity.posts.join(QStringLiteral(", "))));
        return true;
    };

    if (settle(QStringLiteral("roster entry for this account"),
            peopleWhere(roster, [&](const Person &p) { return p.accounts.contains(account.name); }),
            IdentityMethod::Account)) {
        return identity;
    }
    if (!signedIn.isEmpty()
        && settle(QStringLiteral("sign-in on this PC"),
            peopleWhere(roster, [&](const Person &p) { return p.number == signedIn; }), IdentityMethod::SignIn)) {
        return identity;
    }
    if (!account.gecos.isEmpty()) {
        static const QRegularExpression separators(QStringLiteral("[^\\p{L}\\p{N}]+"));
        const QStringList words = account.gecos.split(separators, Qt::SkipEmptyParts);
        if (settle(QStringLiteral("employee number in the full name"),
                peopleWhere(roster, [&](const Person &p) { return words.contains(p.number); }),
                IdentityMethod::GecosNumber)
            || settle(QStringLiteral("name equal to the full name"),
                peopleWhere(roster, [&](const Person &p) { return p.name == account.gecos; }),
                IdentityMethod::GecosName)) {
            return identity;
        }
    }
    identity.person.number = QStringLiteral("os:") + account.name;
    identity.person.name = account.gecos.isEmpty() ? account.name : account.gecos;
    identity.steps.append(QStringLiteral("unknown: common post only, sign-in offered"));
    return identity;
}

Result<Person> signIn(const QString &number, const QString &pin, const Roster &roster)
{
    const Person *person = roster.person(number.trimmed());
    if (!person) {
        return Error(ErrorCode::NotFound, QStringLiteral("no such employee number on this roster"));
    }
    if (!pinMatches(pin, person->pinHash)) {
        return Error(ErrorCode::NotPermitted, QStringLiteral("PIN does not match"));
    }
    return *person;
}

} // namespace qingfeng
