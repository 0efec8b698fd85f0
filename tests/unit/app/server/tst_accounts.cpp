#include "app/server/accounts/accounts.h"
#include "app/server/accounts/password.h"
#include "app/server/accounts/sealed.h"
#include "app/server/accounts/store_access.h"
#include "app/server/accounts/totp.h"
#include "app/server/event_store/rows/rows.h"
#include "app/server/event_store/sqlite/sqlite_database.h"
#include "app/server/event_store/sql/query.h"
#include "tests/support/fake_clock.h"

#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;
using namespace qingfeng::server;

namespace {

using Kind = Trial::Kind;

const QString rightPassword = QStringLiteral("correct horse battery");
const QString wrongPassword = QStringLiteral("correct horse butter");
const QString here = QStringLiteral("192.0.2.1");
const QString elsewhere = QStringLiteral("198.51.100.7");
const QString everywhere;

RoleGrant grant(Role role, const QString &department = everywhere)
{
    return {role, department};
}

} // namespace

/** Passwords, codes, sessions, roles and the audit, on a real database. */
class TestAccounts : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    FakeClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<EventStore> m_store;
    std::unique_ptr<Accounts> m_accounts;
    const Actor m_local {QStringLiteral("local"), true, {}, here};

    static NewAccount named(const QString &name, const QList<RoleGrant> &roles)
    {
        NewAccount account;
        account.name = name;
        account.title = QStringLiteral("样例");
        account.password = rightPassword;
        account.roles = roles;
        return account;
    }

    QString made(const QString &name, const QList<RoleGrant> &roles)
    {
        const auto account = m_accounts->create(m_local, named(name, roles));
        return account ? account->id : QString();
    }

    Actor actor(const QString &id) const
    {
        const auto found = m_store->read([&](Sql &sql) { return rows::account(sql, id); });
        return {id, false, (*found)->info.roles, here};
    }

    SignInOutcome signIn(const QString &name, const QString &password, const QString &address = here,
        const QString &code = {})
    {
        const auto outcome = m_accounts->signIn({name, password, code}, address);
        return outcome ? *outcome : SignInOutcome();
    }

    std::optional<SignedIn> session(const QString &token) const
    {
        const auto found = signedIn(*m_store, token.toLatin1(), m_clock.utcMs());
        return found ? *found : std::nullopt;
    }

    QList<AuditEntry> entries() const { return *m_store->read([](Sql &sql) { return rows::audit(sql, 0, 10'000); }); }

    /** Enrols a second factor; the secret. */
    QByteArray enrolTotp(const SignedIn &who)
    {
        const auto start = m_accounts->beginTotp(who, rightPassword, here);
        const QString code = totpCode(start->secret, m_clock.utcMs() / totpStepMs);
        const auto confirmed = m_accounts->confirmTotp(who, code, here);
        return confirmed && confirmed->kind == Kind::Right ? start->secret : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock = FakeClock();
        m_store = std::move(*EventStore::openFile(m_dir->filePath(QStringLiteral("server.db"))));
        Roster roster;
        roster.unit = {QStringLiteral("QH"), QStringLiteral("清河样例"), QStringLiteral("https://qh.example")};
        roster.departments = {{QStringLiteral("QH"), {}, QStringLiteral("局")},
            {QStringLiteral("QH01"), QStringLiteral("QH"), QStringLiteral("稽查局")},
            {QStringLiteral("QH0101"), QStringLiteral("QH01"), QStringLiteral("一股")},
            {QStringLiteral("QH02"), QStringLiteral("QH"), QStringLiteral("办公室")}};
        QVERIFY(writeAndWait<void>(*m_store, [roster](Sql &sql) -> Result<void> {
            rows::mergeRoster(sql, roster);
            return {};
        }));
        m_accounts = std::make_unique<Accounts>(*m_store, m_clock, m_random, QByteArray(sealKeyBytes, 'k'));
    }

    void cleanup()
    {
        m_accounts.reset();
        m_store.reset();
        m_dir.reset();
    }

    // RFC 6238, appendix B
    void codesAreThoseOfTheStandard_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<int>("hash");
        QTest::addColumn<QString>("code");
        const auto row = [](qint64 seconds, const char *sha1, const char *sha256, const char *sha512) {
            QTest::addRow("SHA-1 at %lld", seconds) << seconds << int(TotpHash::Sha1) << QString::fromLatin1(sha1);
            QTest::addRow("SHA-256 at %lld", seconds) << seconds << int(TotpHash::Sha256) << QString::fromLatin1(sha256);
            QTest::addRow("SHA-512 at %lld", seconds) << seconds << int(TotpHash::Sha512) << QString::fromLatin1(sha512);
        };
        row(59, "94287082", "46119246", "90693936");
        row(1'111'111'109, "07081804", "68084774", "25091201");
        row(1'111'111'111, "14050471", "67062674", "99943326");
        row(1'234'567'890, "89005924", "91819424", "93441116");
        row(2'000'000'000, "69279037", "90698825", "38618901");
        row(20'000'000'000, "65353130", "77737706", "47863826");
    }

    void codesAreThoseOfTheStandard()
    {
        QFETCH(qint64, seconds);
        QFETCH(int, hash);
        QFETCH(QString, code);
        const QByteArray digits("1234567890123456789012345678901234567890123456789012345678901234");
        const QByteArray secret = digits.left(hash == int(TotpHash::Sha1) ? 20 : hash == int(TotpHash::Sha256) ? 32 : 64);
        QCOMPARE(totpCode(secret, seconds / 30, 8, TotpHash(hash)), code);
    }

    void aCodeIsGoodAStepAroundAndOnce()
    {
        const QByteArray secret("12345678901234567890");
        const qint64 now = 1'111'111'111'000;
        const qint64 step = now / totpStepMs;
        for (const qint64 off : {-2, -1, 0, 1, 2}) {
            const auto found = matchTotp(secret, totpCode(secret, step + off), now, 0);
            QCOMPARE(found.has_value(), off >= -1 && off <= 1);
        }
        QVERIFY(!matchTotp(secret, totpCode(secret, step), now, step));
        QVERIFY(!matchTotp(secret, totpCode(secret, step - 1), now, step));
        QVERIFY(matchTotp(secret, totpCode(secret, step + 1), now, step));
        QVERIFY(!matchTotp(secret, QString(), now, 0));
        QVERIFY(!matchTotp(secret, QStringLiteral("1234567"), now, 0));
    }

    void secretsAreWrittenAsTelephonesReadThem()
    {
        // RFC 4648, 10
        QCOMPARE(base32("foobar"), QStringLiteral("MZXW6YTBOI"));
        QCOMPARE(base32("f"), QStringLiteral("MY"));
        QCOMPARE(base32(""), QString());
        const QString uri = totpUri(QStringLiteral("清风 甲"), QStringLiteral("a:b"), "foobar");
        QCOMPARE(uri,
            QStringLiteral("otpauth://totp/%E6%B8%85%E9%A3%8E%20%E7%94%B2:a%3Ab?secret=MZXW6YTBOI"
                           "&issuer=%E6%B8%85%E9%A3%8E%20%E7%94%B2&algorithm=SHA1&digits=6&period=30"));
    }

    void aSealedSecretOpensWithItsKeyOnly()
    {
        const QByteArray key(sealKeyBytes, 'k');
        QByteArray sealed = seal("secret", key, m_random);
        QVERIFY(!sealed.contains("secret"));
        QCOMPARE(*unseal(sealed, key), QByteArray("secret"));
        QCOMPARE(unseal(sealed, QByteArray(sealKeyBytes, 'x')).error().code(), ErrorCode::Corrupt);
        sealed[sealed.size() - 1] = char(sealed.back() ^ 1);
        QCOMPARE(unseal(sealed, key).error().code(), ErrorCode::Corrupt);
        QCOMPARE(unseal("short", key).error().code(), ErrorCode::Corrupt);
    }

    void passwordsHaveALeastForm_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<bool>("fit");
        QTest::newRow("long enough") << rightPassword << true;
        QTest::newRow("in Chinese") << QStringLiteral("清风徐来水波不兴举酒属客") << true;
        QTest::newRow("too short") << QStringLiteral("Abcdef1234!") << false;
        QTest::newRow("few characters") << QStringLiteral("abababababababab") << false;
        QTest::newRow("with the name") << QStringLiteral("xx-Zhang.San-2026") << false;
        QTest::newRow("too long") << QString(maxPassword, QLatin1Char('x')) + rightPassword << false;
        QTest::newRow("made here") << makePassword(m_random) << true;
    }

    void passwordsHaveALeastForm()
    {
        QFETCH(QString, password);
        QFETCH(bool, fit);
        QCOMPARE(checkPassword(password, QStringLiteral("zhang.san")).has_value(), fit);
    }

    void aPasswordMatchesHoweverItIsTyped()
    {
        const auto hash = hashPassword(QStringLiteral("Ｐass\u00e9word-2026"));
        QVERIFY(hash && hash->startsWith(QStringLiteral("$argon2id$v=19$m=65536,t=3,p=1$")));
        QVERIFY(passwordMatches(QStringLiteral("Passe\u0301word-2026"), *hash));
        QVERIFY(!passwordMatches(QStringLiteral("passe\u0301word-2026"), *hash));
        QVERIFY(!passwordMatches(QString(), QString()));
        QVERIFY(!isOutdatedHash(*hash));
        QVERIFY(isOutdatedHash(QStringLiteral("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                              "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE")));
    }

    void signingInOpensASessionThatEnds()
    {
        made(QStringLiteral("zhang"), {grant(Role::System)});
        QCOMPARE(int(signIn(QStringLiteral("zhang"), wrongPassword).trial.kind), int(Kind::Wrong));
        QCOMPARE(int(signIn(QStringLiteral("nobody"), rightPassword).trial.kind), int(Kind::Wrong));
        const SignInOutcome in = signIn(QStringLiteral(" Zhang "), rightPassword);
        QCOMPARE(int(in.trial.kind), int(Kind::Right));
        QCOMPARE(in.answer.account.roles, QList<RoleGrant>({grant(Role::System)}));
        QVERIFY(session(in.answer.token));
        QVERIFY(!session(in.answer.token + QStringLiteral("x")));
        m_clock.advanceMs(idleSessionMs - 1);
        QVERIFY(session(in.answer.token)->touchDue);
        m_clock.advanceMs(1);
        QVERIFY(!session(in.answer.token)); // idle
    }

    void aSessionInUseEndsAfterItsLongestTime()
    {
        made(QStringLiteral("zhang"), {grant(Role::System)});
        const QString token = signIn(QStringLiteral("zhang"), rightPassword).answer.token;
        qint64 spent = 0;
        for (; spent < longestSessionMs; spent += idleSessionMs / 2) {
            const auto who = session(token);
            QVERIFY(who);
            QVERIFY(writeAndWait<void>(*m_store, [&, now = m_clock.utcMs()](Sql &sql) -> Result<void> {
                rows::touchSession(sql, who->tokenHash, now);
                return {};
            }));
            m_clock.advanceMs(idleSessionMs / 2);
        }
        QVERIFY(!session(token));
    }

    void theTokenItselfIsNowhereInTheDatabase()
    {
        made(QStringLiteral("zhang"), {grant(Role::System)});
        const QString token = signIn(QStringLiteral("zhang"), rightPassword).answer.token;
        m_accounts.reset();
        m_store.reset();
        for (const QFileInfo &file : QDir(m_dir->path()).entryInfoList(QDir::Files)) {
            QFile bytes(file.filePath());
            QVERIFY(bytes.open(QIODevice::ReadOnly));
            const QByteArray all = bytes.readAll();
            QVERIFY(!all.contains(token.toLatin1()));
            QVERIFY(!all.contains(rightPassword.toUtf8()));
        }
    }

    void wrongPasswordsCostTimeAndNeverTheAccount()
    {
        made(QStringLiteral("zhang"), {grant(Role::System)});
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(int(signIn(QStringLiteral("zhang"), wrongPassword).trial.kind), int(Kind::Wrong));
        }
        const SignInOutcome early = signIn(QStringLiteral("zhang"), rightPassword);
        QCOMPARE(int(early.trial.kind), int(Kind::TooSoon));
        QCOMPARE(early.trial.waitSeconds, 1);
        m_clock.advanceMs(1000);
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword).trial.kind), int(Kind::Right));
        QCOMPARE(int(signIn(QStringLiteral("zhang"), wrongPassword).trial.kind), int(Kind::Wrong)); // counted anew
    }

    void aNameThatNobodyHasWaitsTheSame()
    {
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(int(signIn(QStringLiteral("nobody"), wrongPassword).trial.kind), int(Kind::Wrong));
        }
        QCOMPARE(int(signIn(QStringLiteral("nobody"), wrongPassword).trial.kind), int(Kind::TooSoon));
    }

    void othersCannotKeepTheOwnerOut()
    {
        made(QStringLiteral("zhang"), {grant(Role::System)});
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword, here).trial.kind), int(Kind::Right));
        for (int i = 0; i < 12; ++i) {
            (void)signIn(QStringLiteral("zhang"), wrongPassword, elsewhere);
            m_clock.advanceMs(20 * 60'000);
        }
        QCOMPARE(int(signIn(QStringLiteral("zhang"), wrongPassword, elsewhere).trial.kind), int(Kind::Wrong));
        QVERIFY(signIn(QStringLiteral("zhang"), rightPassword, elsewhere).trial.waitSeconds > 60);
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword, here).trial.kind), int(Kind::Right));
        // From an address that is new to both, a minute at the most.
        QVERIFY(signIn(QStringLiteral("zhang"), wrongPassword, elsewhere).trial.waitSeconds <= 900);
        QVERIFY(signIn(QStringLiteral("zhang"), rightPassword, QStringLiteral("203.0.113.1")).trial.waitSeconds <= 60);
    }

    void delaysDoubleUpToTheirLongest()
    {
        QCOMPARE(delaySeconds({2, 1000}, 1000, 60), 0);
        QCOMPARE(delaySeconds({3, 1000}, 1000, 60), 1);
        QCOMPARE(delaySeconds({6, 1000}, 1000, 60), 8);
        QCOMPARE(delaySeconds({6, 1000}, 8'001, 60), 1);
        QCOMPARE(delaySeconds({6, 1000}, 9'000, 60), 0);
        QCOMPARE(delaySeconds({1'000'000, 1000}, 1000, 60), 60);
        QCOMPARE(delaySeconds({6, 9'000'000}, 1000, 60), 8); // the clock was set back
    }

    void aSecondFactorIsAskedForAndTakenOnce()
    {
        made(QStringLiteral("zhang"), {grant(Role::System)});
        const auto who = session(signIn(QStringLiteral("zhang"), rightPassword).answer.token);
        const auto wrong = m_accounts->beginTotp(*who, wrongPassword, here);
        QVERIFY(wrong && wrong->trial.kind == Kind::Wrong && wrong->secret.isEmpty());
        const QByteArray secret = enrolTotp(*who);
        QVERIFY(!secret.isEmpty());
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword).trial.kind), int(Kind::CodeNeeded));
        // The code of the enrolment is used up; the next step's is good once.
        const qint64 step = m_clock.utcMs() / totpStepMs;
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword, here, totpCode(secret, step)).trial.kind),
            int(Kind::Wrong));
        m_clock.advanceMs(totpStepMs);
        const QString code = totpCode(secret, step + 1);
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword, here, code).trial.kind), int(Kind::Right));
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword, here, code).trial.kind), int(Kind::Wrong));
        m_clock.advanceMs(totpStepMs);
        QCOMPARE(int(m_accounts->removeTotp(*who, rightPassword, totpCode(secret, step + 2), here)->kind),
            int(Kind::Right));
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword).trial.kind), int(Kind::Right));
    }

    void aNewPasswordEndsTheOtherSessions()
    {
        made(QStringLiteral("zhang"), {grant(Role::System)});
        const QString other = signIn(QStringLiteral("zhang"), rightPassword).answer.token;
        const SignInOutcome in = signIn(QStringLiteral("zhang"), rightPassword);
        QVERIFY(in.answer.account.mustChange);
        const auto who = session(in.answer.token);
        const QString next = QStringLiteral("another good phrase");
        QCOMPARE(m_accounts->changePassword(*who, rightPassword, rightPassword, here).error().code(),
            ErrorCode::InvalidArgument);
        QCOMPARE(m_accounts->changePassword(*who, rightPassword, QStringLiteral("short"), here).error().code(),
            ErrorCode::InvalidArgument);
        QCOMPARE(int(m_accounts->changePassword(*who, wrongPassword, next, here)->kind), int(Kind::Wrong));
        QCOMPARE(int(m_accounts->changePassword(*who, rightPassword, next, here)->kind), int(Kind::Right));
        QVERIFY(!session(other));
        QVERIFY(session(in.answer.token) && !session(in.answer.token)->account.mustChange);
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword).trial.kind), int(Kind::Wrong));
        QCOMPARE(int(signIn(QStringLiteral("zhang"), next).trial.kind), int(Kind::Right));
    }

    void disablingEndsEverythingAtOnce()
    {
        const QString id = made(QStringLiteral("zhang"), {grant(Role::MessageDesk)});
        const QString token = signIn(QStringLiteral("zhang"), rightPassword).answer.token;
        QVERIFY(m_accounts->setDisabled(m_local, id, true)->disabled);
        QVERIFY(!session(token));
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword).trial.kind), int(Kind::Wrong));
        QVERIFY(!m_accounts->setDisabled(m_local, id, false)->disabled);
        QVERIFY(!session(token)); // what ended stays ended
        QCOMPARE(int(signIn(QStringLiteral("zhang"), rightPassword).trial.kind), int(Kind::Right));
    }

    void rolesHoldForTheirDepartmentAndBelow_data()
    {
        QTest::addColumn<QString>("granted");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<bool>("held");
        const auto row = [](const char *granted, const char *asked, bool held) {
            QTest::addRow("'%s' for '%s'", granted, asked) << QString::fromLatin1(granted) << QString::fromLatin1(asked)
                                                           << held;
        };
        row("", "", true);
        row("", "QH0101", true);
        row("", "not there", true);
        row("QH01", "QH01", true);
        row("QH01", "QH0101", true);
        row("QH01", "QH", false);
        row("QH01", "QH02", false);
        row("QH01", "", false);
        row("QH01", "not there", false);
        row("QH0101", "QH01", false);
    }

    void rolesHoldForTheirDepartmentAndBelow()
    {
        QFETCH(QString, granted);
        QFETCH(QString, asked);
        QFETCH(bool, held);
        const Actor reader {QStringLiteral("x"), false, {grant(Role::ArchiveReader, granted)}, here};
        const auto answer = m_store->read([&](Sql &sql) { return holds(sql, reader, Role::ArchiveReader, asked); });
        QCOMPARE(*answer, held);
        const auto other = m_store->read([&](Sql &sql) { return holds(sql, reader, Role::MessageDesk, asked); });
        QCOMPARE(*other, false);
    }

    void whoManagesADepartmentManagesNothingAbove()
    {
        const Actor chief = actor(made(QStringLiteral("chief"), {grant(Role::System, QStringLiteral("QH01"))}));
        const QString whole = made(QStringLiteral("whole"), {grant(Role::MessageDesk)});
        const auto refused = [&](const QList<RoleGrant> &roles) {
            const auto account = m_accounts->create(chief, named(QStringLiteral("x%1").arg(roles.size()), roles));
            return account.has_error() && account.error().code() == ErrorCode::NotPermitted;
        };
        QVERIFY(refused({grant(Role::MessageDesk)}));
        QVERIFY(refused({grant(Role::MessageDesk, QStringLiteral("QH02"))}));
        QVERIFY(refused({}));
        QVERIFY(refused({grant(Role::MessageDesk, QStringLiteral("QH0101")), grant(Role::System)}));
        const auto own
            = m_accounts->create(chief, named(QStringLiteral("desk"), {grant(Role::MessageDesk, QStringLiteral("QH0101"))}));
        QVERIFY(own);
        QCOMPARE(m_accounts->setDisabled(chief, whole, true).error().code(), ErrorCode::NotPermitted);
        QCOMPARE(m_accounts->resetPassword(chief, whole, QStringLiteral("another good phrase")).error().code(),
            ErrorCode::NotPermitted);
        QCOMPARE(m_accounts->setRoles(chief, own->id, {grant(Role::System)}).error().code(), ErrorCode::NotPermitted);
        QVERIFY(m_accounts->setRoles(chief, own->id, {grant(Role::MessageDesk, QStringLiteral("QH01"))}));
        const auto seen = m_accounts->list(chief);
        QCOMPARE(seen->size(), 2); // the chief and the desk
        QCOMPARE(m_accounts->list(m_local)->size(), 3);
    }

    void rolesThatExcludeEachOtherAreRefused()
    {
        const auto both
            = m_accounts->create(m_local, named(QStringLiteral("x1"), {grant(Role::System), grant(Role::Auditor)}));
        QCOMPARE(both.error().code(), ErrorCode::Conflict);
        const auto nowhere = m_accounts->create(
            m_local, named(QStringLiteral("x2"), {grant(Role::MessageDesk, QStringLiteral("NONE"))}));
        QCOMPARE(nowhere.error().code(), ErrorCode::InvalidArgument);
        made(QStringLiteral("taken"), {grant(Role::MessageDesk)});
        QCOMPARE(m_accounts->create(m_local, named(QStringLiteral("Taken"), {grant(Role::MessageDesk)})).error().code(),
            ErrorCode::Conflict);
        const Actor own = actor(made(QStringLiteral("own"), {grant(Role::System)}));
        QCOMPARE(m_accounts->setDisabled(own, own.id, true).error().code(), ErrorCode::Conflict);
        QCOMPARE(m_accounts->setRoles(own, own.id, {}).error().code(), ErrorCode::Conflict);
    }

    void theAuditIsAChainThatShowsEveryChange()
    {
        const QString id = made(QStringLiteral("zhang"), {grant(Role::MessageDesk, QStringLiteral("QH01"))});
        (void)signIn(QStringLiteral("zhang"), wrongPassword);
        (void)signIn(QStringLiteral("zhang"), rightPassword);
        QVERIFY(m_accounts->setDisabled(m_local, id, true));
        QStringList actions;
        AuditChain chain;
        const QList<AuditEntry> all = entries();
        for (const AuditEntry &entry : all) {
            actions.append(entry.action);
            QVERIFY2(chain.follow(entry), qPrintable(entry.action));
            QCOMPARE(*auditEntryFromJson(toJson(entry)), entry);
        }
        QCOMPARE(actions,
            QStringList({QStringLiteral("account.create"), QStringLiteral("session.refuse"),
                QStringLiteral("session.open"), QStringLiteral("account.disable")}));
        QCOMPARE(all.first().department, QStringLiteral("QH01"));
        // Changed, taken out, put in another order: each shows.
        AuditEntry changed = all.at(1);
        changed.actor = QStringLiteral("local");
        AuditChain other;
        QVERIFY(other.follow(all.at(0)));
        QCOMPARE(other.follow(changed).error().code(), ErrorCode::Corrupt);
        QCOMPARE(other.follow(all.at(2)).error().code(), ErrorCode::Corrupt);
        changed.hash = auditHash(changed); // and forged whole, it does not fit what follows
        QVERIFY(other.follow(changed));
        QCOMPARE(other.follow(all.at(2)).error().code(), ErrorCode::Corrupt);
    }

    void theDatabaseItselfRefusesToChangeTheAudit()
    {
        made(QStringLiteral("zhang"), {grant(Role::System)});
        for (const char *change : {"UPDATE audit SET actor = 'x'", "DELETE FROM audit"}) {
            const auto done = writeAndWait<void>(*m_store, [change](Sql &sql) -> Result<void> {
                sql.execute(change);
                return {};
            });
            QVERIFY(!done);
        }
        QCOMPARE(entries().size(), 1);
        const auto part = m_store->read([](Sql &sql) { return rows::auditOf(sql, QStringLiteral("QH01"), 0, 10); });
        QVERIFY(part->isEmpty());
    }

    void aToolHasItsScopesUntilItIsRevoked()
    {
        NewTool asked {QStringLiteral("报表"), {QStringLiteral("statements/read")}, 1};
        const auto made = m_accounts->addTool(m_local, asked);
        QVERIFY(made);
        const QByteArray basic = (made->info.id + QLatin1Char(':') + made->secret).toLatin1().toBase64();
        const auto found = toolOf(*m_store, basic, m_clock.utcMs());
        QVERIFY(found && *found);
        QCOMPARE(**found, made->info);
        QVERIFY(!*toolOf(*m_store, (made->info.id + QStringLiteral(":x")).toLatin1().toBase64(), m_clock.utcMs()));
        QVERIFY(!*toolOf(*m_store, "no base64 !", m_clock.utcMs()));
        QVERIFY(!*toolOf(*m_store, basic, made->info.expiresAtMs));
        QVERIFY(m_accounts->revokeTool(m_local, made->info.id));
        QVERIFY(!*toolOf(*m_store, basic, m_clock.utcMs()));
        QCOMPARE(m_accounts->revokeTool(m_local, QStringLiteral("none")).error().code(), ErrorCode::NotFound);
        asked.scopes = {QStringLiteral("statements/write")};
        QCOMPARE(m_accounts->addTool(m_local, asked).error().code(), ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
