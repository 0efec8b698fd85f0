#include "app/server/event_store/rows/account_rows.h"

#include "app/server/event_store/sql/query.h"

#include <QJsonArray>

namespace qingfeng::server::rows {
namespace {

const std::string accountColumns
    = "SELECT id, name, title, person, source, password_hash, must_change, totp_secret, totp_pending, totp_step,"
      " created_ms, signed_in_ms, disabled_ms FROM accounts ";

QList<RoleGrant> rolesOf(Sql &sql, const QString &account)
{
    QList<RoleGrant> roles;
    Query query(sql, "SELECT role, department FROM account_roles WHERE account = ? ORDER BY department, role", account);
    while (query.next()) {
        if (const auto role = roleFromName(query.text(0))) { // one of a later version grants nothing here
            roles.append({*role, query.text(1)});
        }
    }
    return roles;
}

Account accountIn(Sql &sql, const Query &row)
{
    Account account;
    account.info.id = row.text(0);
    account.info.name = row.text(1);
    account.info.title = row.text(2);
    account.info.person = row.text(3);
    account.info.source = row.text(4);
    account.passwordHash = row.text(5);
    account.info.mustChange = row.integer(6) != 0;
    account.totpSecret = row.blob(7);
    account.totpPending = row.blob(8);
    account.totpStep = row.integer(9);
    account.info.totp = !account.totpSecret.isEmpty();
    account.info.createdAtMs = row.integer(10);
    account.info.signedInAtMs = row.integer(11);
    account.info.disabled = !row.isNull(12);
    account.info.roles = rolesOf(sql, account.info.id);
    return account;
}

} // namespace

std::optional<Account> account(Sql &sql, const QString &id)
{
    Query query(sql, accountColumns + "WHERE id = ?", id);
    return query.next() ? std::optional(accountIn(sql, query)) : std::nullopt;
}

std::optional<Account> accountNamed(Sql &sql, const QString &name)
{
    Query query(sql, accountColumns + "WHERE name = ?", name);
    return query.next() ? std::optional(accountIn(sql, query)) : std::nullopt;
}

QList<Account> accounts(Sql &sql)
{
    QList<Account> list;
    Query query(sql, accountColumns + "ORDER BY name");
    while (query.next()) {
        list.append(accountIn(sql, query));
    }
    return list;
}

Result<void> addAccount(Sql &sql, const Account &account)
{
    const AccountInfo &info = account.info;
    if (accountNamed(sql, info.name)) {
        return Error(ErrorCode::Conflict, QStringLiteral("the name is taken"), info.name);
    }
    Query(sql,
        "INSERT INTO accounts (id, name, title, person, source, password_hash, password_ms, must_change, totp_secret,"
        " totp_pending, totp_step, created_ms, signed_in_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0)",
        info.id, info.name, info.title, info.person, info.source, account.passwordHash, info.createdAtMs,
        info.mustChange, account.totpSecret, account.totpPending, info.createdAtMs)
        .run();
    setRoles(sql, info.id, info.roles, info.createdAtMs);
    return {};
}

void setRoles(Sql &sql, const QString &account, const QList<RoleGrant> &roles, qint64 nowMs)
{
    const QList<RoleGrant> before = rolesOf(sql, account);
    for (const RoleGrant &grant : before) {
        if (!roles.contains(grant)) {
            Query(sql, "DELETE FROM account_roles WHERE account = ? AND role = ? AND department = ?", account,
                nameOf(grant.role), grant.department)
                .run();
        }
    }
    for (const RoleGrant &grant : roles) {
        if (!before.contains(grant)) {
            Query(sql, "INSERT INTO account_roles (account, role, department, granted_ms) VALUES (?, ?, ?, ?)",
                account, nameOf(grant.role), grant.department, nowMs)
                .run();
        }
    }
}

void setDisabled(Sql &sql, const QString &account, std::optional<qint64> sinceMs)
{
    Query(sql, "UPDATE accounts SET disabled_ms = ? WHERE id = ?", sinceMs, account).run();
}

void setPassword(Sql &sql, const QString &account, const QString &hash, bool mustChange, qint64 nowMs)
{
    Query(sql, "UPDATE accounts SET password_hash = ?, must_change = ?, password_ms = ? WHERE id = ?", hash, mustChange,
        nowMs, account)
        .run();
}

void setPasswordHash(Sql &sql, const QString &account, const QString &hash)
{
    Query(sql, "UPDATE accounts SET password_hash = ? WHERE id = ?", hash, account).run();
}

void setTotp(Sql &sql, const QString &account, const QByteArray &secret, const QByteArray &pending)
{
    Query(sql, "UPDATE accounts SET totp_secret = ?, totp_pending = ? WHERE id = ?", secret, pending, account).run();
}

bool useTotpStep(Sql &sql, const QString &account, qint64 step)
{
    return Query(sql, "UPDATE accounts SET totp_step = ?1 WHERE id = ?2 AND totp_step < ?1", step, account).run() == 1;
}

bool isWithin(Sql &sql, const QString &department, const QString &top)
{
    if (top.isEmpty()) {
        return true;
    }
    if (department.isEmpty()) {
        return false;
    }
    // UNION, not UNION ALL, so that a circle ends.
    Query query(sql,
        "WITH RECURSIVE above (code) AS (SELECT ?1 UNION"
        " SELECT d.parent FROM departments d JOIN above ON d.code = above.code WHERE d.parent <> '')"
        " SELECT 1 FROM above WHERE code = ?2",
        department, top);
    return query.next();
}

bool hasDepartment(Sql &sql, const QString &code)
{
    return Query(sql, "SELECT 1 FROM departments WHERE code = ?", code).next();
}

QString departmentOfPerson(Sql &sql, const QString &person)
{
    Query query(sql, "SELECT department FROM people WHERE number = ?", person);
    return query.next() ? query.text(0) : QString();
}

} // namespace qingfeng::server::rows
