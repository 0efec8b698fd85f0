#include "app/server/accounts/totp.h"
#include "quiz/protocol/account_messages.h"
#include "quiz/protocol/audit.h"
#include "quiz/protocol/paths.h"
#include "tests/e2e/server/server_process.h"
#include "tests/e2e/server/test_client.h"
#include "tests/unit/app/server/store_sim.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

namespace {

const QString ownPassword = QStringLiteral("两岸青山相对出孤帆一片日边来");

} // namespace

/** `qingfengctl server account`, `sign-in`, `audit`: from a fresh server on, the programs themselves. */
class TestAccountCommands : public QObject
{
    Q_OBJECT

    struct Ran
    {
        int status = -1;
        QByteArray out;
        QByteArray err;
        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ServerProcess> m_server;

    QString file(const QString &name) const { return m_dir->filePath(name); }
    QString local() const { return m_server->data() + QStringLiteral("/admin.json"); }

    QString written(const QString &name, const QString &text) const
    {
        QFile out(file(name));
        return out.open(QIODevice::WriteOnly) && out.write(text.toUtf8()) >= 0 ? out.fileName() : QString();
    }

    /** @param admin  a connection file, or nothing */
    static Ran run(const QString &admin, const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess ctl;
        QStringList all {QStringLiteral("--json")};
        if (!admin.isEmpty()) {
            all += {QStringLiteral("--admin"), admin};
        }
        ctl.start(qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfengctl"), all + arguments);
        ctl.write(input);
        ctl.closeWriteChannel();
        if (!ctl.waitForFinished(60'000) || ctl.exitStatus() != QProcess::NormalExit) {
            return {};
        }
        return {ctl.exitCode(), ctl.readAllStandardOutput(), ctl.readAllStandardError()};
    }

    static QStringList words(const char *text) { return QString::fromUtf8(text).split(QLatin1Char(' ')); }

    QStringList signInWords(const QString &name, const QString &out) const
    {
        return {QStringLiteral("server"), QStringLiteral("sign-in"), name, QStringLiteral("--url"),
            m_server->url().toString(), QStringLiteral("--ca"), m_server->data() + QStringLiteral("/tls/ca.pem"),
            QStringLiteral("--password-file"), QStringLiteral("-"), QStringLiteral("--out"), out};
    }

    /** Makes an account, changes its first password, and leaves a connection file of its name. */
    QString addedAccount(const QString &name, const char *role)
    {
        const Ran added = run(local(),
            {QStringLiteral("server"), QStringLiteral("account"), QStringLiteral("add"), name, QStringLiteral("--title"),
                QStringLiteral("样例"), QStringLiteral("--role"), QString::fromLatin1(role)});
        const QString first = added.json().value(QStringLiteral("initial_password")).toString();
        const QString connection = file(name + QStringLiteral(".json"));
        if (run({}, signInWords(name, connection), first.toUtf8()).status != 0) {
            return {};
        }
        const Ran changed = run(connection,
            words("server account password --password-file") + QStringList {written(QStringLiteral("first"), first),
                QStringLiteral("--new-password-file"), written(QStringLiteral("own"), ownPassword)});
        return changed.status == 0 ? connection : QString();
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<ServerProcess>();
        QVERIFY2(m_server->start(), qPrintable(m_server->output()));
        TestClient admin(m_server->url(), m_server->data() + QStringLiteral("/tls/ca.pem"));
        admin.setToken(m_server->admin().token);
        QVERIFY(importRoster(admin));
    }

    void cleanup()
    {
        m_server.reset();
        m_dir.reset();
    }

    void aFreshServerHasNoAccountAndNoPassword()
    {
        QVERIFY(run(local(), words("server account list")).json().value(QStringLiteral("accounts")).toArray().isEmpty());
        for (const char *name : {"admin", "system", "root"}) {
            for (const char *guess : {"admin", "password", "qingfeng123456"}) {
                const Ran in = run({}, signInWords(QString::fromLatin1(name), file(QStringLiteral("x.json"))), guess);
                QCOMPARE(in.status, 1);
                QVERIFY(!QFile::exists(file(QStringLiteral("x.json"))));
            }
        }
    }

    void theFirstAccountIsMadeByTheConnectionFile()
    {
        const QStringList add = words("server account add zhang --title 张三 --role system");
        const Ran made = run(local(), add);
        QCOMPARE(made.status, 0);
        const QString first = made.json().value(QStringLiteral("initial_password")).toString();
        QCOMPARE(first.size(), 19);
        QVERIFY(made.json().value(QStringLiteral("must_change")).toBool());
        QCOMPARE(run(local(), add).status, 1); // there is one

        const QString connection = file(QStringLiteral("zhang.json"));
        QCOMPARE(run({}, signInWords(QStringLiteral("zhang"), connection), first.toUtf8() + '\n').status, 0);
        QCOMPARE(QFileInfo(connection).permissions() & (QFile::ReadGroup | QFile::ReadOther), 0);
        QCOMPARE(run(connection, words("server whoami")).json().value(QStringLiteral("name")), QStringLiteral("zhang"));
        QCOMPARE(run(connection, words("server account list")).status, 1); // the first password is to be changed
        QCOMPARE(run(connection,
                     words("server account password --password-file")
                         + QStringList {written(QStringLiteral("1"), first), QStringLiteral("--new-password-file"),
                             written(QStringLiteral("2"), QStringLiteral("zu kurz"))})
                     .status,
            2);
        QCOMPARE(run(connection,
                     words("server account password --password-file")
                         + QStringList {file(QStringLiteral("1")), QStringLiteral("--new-password-file"),
                             written(QStringLiteral("2"), ownPassword)})
                     .status,
            0);
        QCOMPARE(run(connection, words("server account list")).status, 0);
        // From here on it makes others.
        QCOMPARE(run(connection, words("server account add li --title 李四 --role message-desk:QH01")).status, 0);
        QCOMPARE(run(connection, words("server account add wang --title 王五 --role message-desk:QH77")).status, 2);
        QCOMPARE(run(connection, words("server account add wang --title 王五 --role boss")).status, 2);
        QCOMPARE(run(connection, words("server account role li --grant archive-reader:QH01 --revoke message-desk:QH01"))
                     .json()
                     .value(QStringLiteral("roles"))
                     .toArray(),
            QJsonArray({QJsonObject {{QStringLiteral("role"), QStringLiteral("archive-reader")},
                {QStringLiteral("department"), QStringLiteral("QH01")}}}));
        QVERIFY(run(connection, words("server account disable li")).json().value(QStringLiteral("disabled")).toBool());
        QVERIFY(!run(connection, words("server account enable li")).json().value(QStringLiteral("disabled")).toBool());
        QCOMPARE(run(connection, words("server account disable zhang")).status, 1); // oneself
        QCOMPARE(run(connection, words("server account disable nobody")).status, 1);
        QCOMPARE(run(connection, words("server sign-out")).status, 0);
        QCOMPARE(run(connection, words("server whoami")).status, 1);
    }

    void aSecondFactorIsAskedForFromTheNextSignInOn()
    {
        const QString connection = addedAccount(QStringLiteral("zhang"), "system");
        QVERIFY(!connection.isEmpty());
        const QStringList totp = words("server account totp --password-file") + QStringList {file(QStringLiteral("own"))};
        const QString secret = run(connection, totp).json().value(QStringLiteral("secret")).toString();
        QCOMPARE(secret.size(), 32);
        QByteArray key; // base 32, as a telephone reads it
        quint32 buffer = 0;
        int bits = 0;
        for (const QChar letter : secret) {
            buffer = buffer << 5 | quint32(QStringLiteral("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").indexOf(letter));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                key.append(char(buffer >> bits & 0xff));
            }
        }
        const qint64 step = QDateTime::currentMSecsSinceEpoch() / server::totpStepMs;
        QCOMPARE(run(connection, words("server account totp --confirm 000000x")).status, 1);
        QCOMPARE(run(connection, words("server account totp --confirm") + QStringList {server::totpCode(key, step)}).status,
            0);
        const QStringList in = signInWords(QStringLiteral("zhang"), connection);
        const Ran without = run({}, in, ownPassword.toUtf8());
        QCOMPARE(without.status, 1);
        QVERIFY(without.out.contains("code-required"));
        const QStringList code {QStringLiteral("--code")};
        QCOMPARE(run({}, in + code + QStringList {server::totpCode(key, step)}, ownPassword.toUtf8()).status, 1); // used
        QCOMPARE(run({}, in + code + QStringList {server::totpCode(key, step + 1)}, ownPassword.toUtf8()).status, 0);
        // A lost telephone: whoever manages the account drops it, and its sessions end.
        QCOMPARE(run(local(), words("server account totp zhang --drop")).json().value(QStringLiteral("totp")), false);
        QCOMPARE(run(connection, words("server whoami")).status, 1);
        QCOMPARE(run({}, in, ownPassword.toUtf8()).status, 0);
    }

    void theAuditTellsWhenItWasChanged()
    {
        const QString auditor = addedAccount(QStringLiteral("audit"), "auditor");
        QVERIFY(!auditor.isEmpty());
        QCOMPARE(run(auditor, words("server account list")).status, 1);
        const Ran good = run(auditor, words("server audit verify"));
        QCOMPARE(good.status, 0);
        QVERIFY(good.json().value(QStringLiteral("ok")).toBool());
        const qint64 count = good.json().value(QStringLiteral("entries")).toInteger();
        const QString head = QStringLiteral("%1:%2").arg(count).arg(good.json().value(QStringLiteral("head")).toString());
        QCOMPARE(run(auditor, words("server audit verify --head") + QStringList {head}).status, 0);
        QCOMPARE(run(auditor, words("server audit verify --head 1:xyz")).status, 2);
        QStringList actions;
        for (const QJsonValue entry : run(auditor, words("server audit list")).json().value(QStringLiteral("entries")).toArray()) {
            actions.append(entry[QStringLiteral("action")].toString());
        }
        for (const char *action : {"people.import", "account.create", "session.open", "password.change", "access.refuse"}) {
            QVERIFY2(actions.contains(QString::fromLatin1(action)), action);
        }
        // Somebody who holds the database itself.
        const auto forge = [this](const QString &sql) {
            QProcess sqlite;
            sqlite.start(QStringLiteral("sqlite3"), {m_server->data() + QStringLiteral("/server.db"), sql});
            return sqlite.waitForFinished() && sqlite.exitCode() == 0;
        };
        QVERIFY(!forge(QStringLiteral("UPDATE audit SET actor = 'x' WHERE number = 2")));
        QVERIFY(!forge(QStringLiteral("DELETE FROM audit WHERE number = 2")));
        QVERIFY(forge(QStringLiteral("DROP TRIGGER audit_is_not_deleted; DELETE FROM audit WHERE number > 3")));
        QCOMPARE(run(auditor, words("server audit verify")).status, 0); // what was cut off at the end shows no more
        const Ran cut = run(auditor, words("server audit verify --head") + QStringList {head}); // but to who noted it
        QCOMPARE(cut.status, 1);
        QVERIFY(!cut.json().value(QStringLiteral("ok")).toBool());
        QVERIFY(forge(QStringLiteral("DROP TRIGGER audit_is_not_changed; UPDATE audit SET actor = 'x' WHERE number = 2")));
        const Ran changed = run(auditor, words("server audit verify"));
        QCOMPARE(changed.status, 1);
        QCOMPARE(changed.json().value(QStringLiteral("entries")), 1);
        QCOMPARE(changed.json().value(QStringLiteral("where")), QStringLiteral("audit 2"));
    }

    void whatWasAnsweredIsKeptWithItsEntryWhenTheServerIsKilled()
    {
        QStringList answered;
        int sent = 0;
        for (int round = 0; round < 3; ++round) {
            TestClient client(m_server->url(), m_server->data() + QStringLiteral("/tls/ca.pem"));
            client.setToken(m_server->admin().token);
            const int before = int(answered.size());
            int open = 0;
            for (int i = 0; i < 12; ++i) {
                NewAccount account;
                account.name = QStringLiteral("desk-%1").arg(sent++);
                account.title = QStringLiteral("样例");
                account.password = ownPassword;
                account.roles = {{Role::MessageDesk, {}}};
                ++open;
                client.callLater("POST", paths::accounts, QJsonDocument(toJson(account)).toJson(QJsonDocument::Compact),
                    [&answered, &open, name = account.name](const Answer &answer) {
                        --open;
                        if (answer.status == 201) {
                            answered.append(name);
                        }
                    });
            }
            QTRY_VERIFY_WITH_TIMEOUT(answered.size() > before + 2, 30'000);
            m_server->kill();
            QTRY_COMPARE_WITH_TIMEOUT(open, 0, 30'000);
            QVERIFY2(m_server->start(), qPrintable(m_server->output()));
        }
        QStringList kept;
        for (const QJsonValue account : run(local(), words("server account list")).json().value(QStringLiteral("accounts")).toArray()) {
            kept.append(account[QStringLiteral("name")].toString());
        }
        QStringList entered;
        for (const QJsonValue entry : run(local(), words("server audit list")).json().value(QStringLiteral("entries")).toArray()) {
            if (entry[QStringLiteral("action")].toString() == QLatin1String("account.create")) {
                entered.append(entry[QStringLiteral("detail")][QStringLiteral("name")].toString());
            }
        }
        for (const QString &name : std::as_const(answered)) {
            QVERIFY2(kept.contains(name), qPrintable(name));
        }
        kept.sort();
        entered.sort();
        QCOMPARE(entered, kept);
        QCOMPARE(run(local(), words("server audit verify")).status, 0);
    }
};

QTEST_GUILESS_MAIN(TestAccountCommands)
#include "tst_account_commands.moc"
