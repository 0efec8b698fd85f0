#pragma once

#include "quiz/people/roster.h"

#include <QStringList>

namespace qingfeng {

/** What the operating system says about the session: account name and the GECOS full-name field. */
struct OsAccount
{
    QString name;
    QString gecos;
};

/** Reads the account of the calling process (POSIX getpwuid). */
OsAccount currentOsAccount();

/** How a person was found. Unknown is not an error: the common post's questions are asked. */
enum class IdentityMethod { Account, SignIn, GecosNumber, GecosName, Unknown };

QString nameOf(IdentityMethod method);

/** Who sits here, which posts that person holds today, and how it was found out. */
struct Identity
{
    IdentityMethod method = IdentityMethod::Unknown;
    Person person; ///< number "os:<account>" when unknown
    QStringList posts; ///< held today, main first; empty when none
    QStringList steps; ///< what was tried and what came of it, in order, technical English for whoami
    bool isKnown() const { return method != IdentityMethod::Unknown; }
};

/**
 * Finds the person for an account in a cached roster: the account itself; else who signed in on this PC before
 * (@p signedIn, an employee number, may be empty); else an employee number in GECOS; else a name in GECOS that
 * exactly one person has. A roster that names two people for an account decides nothing.
 */
Identity identify(const OsAccount &account, const Roster &roster, const QString &signedIn, QDate today);

/**
 * Sign-in at the gate with employee number and PIN. NotFound: nobody of that number on this PC's roster;
 * NotPermitted: the PIN is wrong, or none was set. Checked against the cached roster, so it works offline.
 */
Result<Person> signIn(const QString &number, const QString &pin, const Roster &roster);

} // namespace qingfeng
