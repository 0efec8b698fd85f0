#include "quiz/protocol/account_messages.h"
#include "quiz/protocol/audit.h"
#include "quiz/protocol/paths.h"
#include "tests/e2e/server/server_process.h"
#include "tests/e2e/server/test_client.h"
#include "tests/unit/app/server/store_sim.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace qingfeng;

namespace {

const QString nobodysId = QStringLiteral("0190e6e2-7c3a-7def-8abc-000000000000");
const QString firstPassword = QStringLiteral("一条清清楚楚的河流缓缓经过");
const QString ownPassword = QStringLiteral("两岸青山相对出孤帆一片日边来");

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/** One request, and who may make it; everybody else is refused. */
struct Row
{
    const char *request; ///< method and path, as the description has it
    const char *query; ///< appended; values for {…} come from fill()
    const char *allowed; ///< names of callers, separated by a space
    int status; ///< for those
    const char *body = "{}"; ///< mostly one that is refused as such, so that nothing changes
};

/** Every request for administrators. @ stands for the department's: reader@QH01. */
constexpr Row table[] = {
    {"GET /xapi/statements", "", "device local reader tool", 200},
    {"GET /v1/bank/manifest", "", "device local editor approver", 404},
    {"GET /v1/bank/package", "", "device local editor approver", 404},
    {"GET /v1/events", "", "local system auditor", 200},
    {"GET /v1/receipts", "?store=0190e6e2-7c3a-7def-8abc-000000000000", "device local reader auditor", 404},
    {"POST /v1/annotations", "", "local desk", 400},
    {"GET /v1/annotations", "?person=001", "device local reader", 200},
    {"GET /v1/inbox", "", "local desk", 200},
    {"GET /v1/inbox/{thread}", "", "local desk", 404},
    {"POST /v1/inbox/{thread}", "", "local desk", 400},
    {"POST /v1/people", "?confirm=0", "local system", 415},
    {"GET /v1/people", "", "local system", 200},
    {"POST /v1/enrolment-codes", "", "local system system@QH01", 400},
    {"POST /v1/enrolment-codes", "", "local system system@QH01", 201,
        R"({"department":"QH01","count":1,"valid_days":1})"},
    {"POST /v1/enrolment-codes", "", "local system", 201, R"({"department":"QH02","count":1,"valid_days":1})"},
    {"POST /v1/publish", "", "local approver", 415},
    {"GET /v1/devices", "", "local system auditor", 200},
    {"POST /v1/devices/{id}/revoke", "", "local system", 404},
    {"GET /v1/archives/{person}", "?of=001", "local reader reader@QH01", 200}, // of QH01
    {"GET /v1/archives/{person}", "?of=002", "local reader", 200}, // of QH02
    {"GET /v1/archives/{person}", "?of=os:stranger", "local reader", 200},
    {"POST /v1/sign-out", "",
        "editor approver desk reader auditor system reader@QH01 system@QH01 auditor@QH01 roleless fresh", 200},
    {"GET /v1/account", "",
        "editor approver desk reader auditor system reader@QH01 system@QH01 auditor@QH01 roleless fresh", 200},
    {"POST /v1/account/password", "",
        "editor approver desk reader auditor system reader@QH01 system@QH01 auditor@QH01 roleless fresh", 400},
    {"POST /v1/account/totp", "",
        "editor approver desk reader auditor system reader@QH01 system@QH01 auditor@QH01 roleless fresh", 400},
    {"POST /v1/account/totp/confirm", "",
        "editor approver desk reader auditor system reader@QH01 system@QH01 auditor@QH01 roleless fresh", 400},
    {"POST /v1/account/totp/remove", "",
        "editor approver desk reader auditor system reader@QH01 system@QH01 auditor@QH01 roleless fresh", 400},
    {"GET /v1/accounts", "", "local system system@QH01", 200},
    {"POST /v1/accounts", "", "local system system@QH01", 400},
    {"POST /v1/accounts", "", "local system system@QH01", 409, // the name is taken: who may not is told that first
        R"({"name":"desk","title":"x","password":"一条清清楚楚的河流缓缓经过","roles":[{"role":"message-desk","department":"QH01"}]})"},
    {"POST /v1/accounts", "", "local system", 409,
        R"({"name":"desk","title":"x","password":"一条清清楚楚的河流缓缓经过","roles":[{"role":"message-desk","department":"QH02"}]})"},
    {"POST /v1/accounts", "", "local system", 409,
        R"({"name":"desk","title":"x","password":"一条清清楚楚的河流缓缓经过","roles":[{"role":"system","department":""}]})"},
    {"POST /v1/accounts/{id}/disable", "", "local system system@QH01", 404},
    {"POST /v1/accounts/{id}/enable", "", "local system system@QH01", 404},
    {"POST /v1/accounts/{id}/enable", "?of=desk", "local system", 200}, // its role is for the whole unit
    {"POST /v1/accounts/{id}/enable", "?of=reader@QH01", "local system system@QH01", 200},
    {"PUT /v1/accounts/{id}/roles", "", "local system system@QH01", 400},
    {"PUT /v1/accounts/{id}/roles", "?of=reader@QH01", "local system system@QH01", 200,
        R"({"roles":[{"role":"archive-reader","department":"QH01"}]})"},
    {"POST /v1/accounts/{id}/password", "", "local system system@QH01", 400},
    {"POST /v1/accounts/{id}/drop-totp", "", "local system system@QH01", 404},
    {"GET /v1/tools", "", "local system", 200},
    {"POST /v1/tools", "", "local system", 400},
    {"POST /v1/tools/{id}/revoke", "", "local system", 404},
    {"GET /v1/audit", "", "local auditor", 200},
    {"GET /v1/audit", "?department=QH01", "local auditor auditor@QH01", 200},
    {"GET /v1/audit", "?department=QH02", "local auditor", 200},
};

} // namespace

/** Every request for administrators, by every role, by none, by devices and tools, against the program itself. */
class TestServerAuthorisation : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;
    QHash<QString, QString> m_ids; ///< name → account
    QHash<QString, QString> m_passwords;
    QMap<QString, std::shared_ptr<TestClient>> m_callers;
    int m_refused = 0; ///< 403 to administrators and tools

    QString authority() const { return m_server->data() + QStringLiteral("/tls/ca.pem"); }

    std::shared_ptr<TestClient> client(const QString &token = {}) const
    {
        auto made = std::make_shared<TestClient>(m_server->url(), authority());
        made->setToken(token);
        return made;
    }

    QString signIn(const QString &name) const
    {
        const auto answer = signInAnswerFromJson(
            client()->call("POST", paths::signIn, compact(toJson(SignInRequest {name, m_passwords.value(name), {}})))
                .object());
        return answer ? answer->token : QString();
    }

    /** Makes an account by the connection file, and signs in. @param settled  with a password of its own */
    bool addAccount(const QString &caller, const QList<RoleGrant> &roles, bool settled = true)
    {
        QString name = caller;
        name.replace(QLatin1Char('@'), QLatin1Char('.'));
        NewAccount asked;
        asked.name = name.toLower();
        asked.title = caller;
        asked.password = firstPassword;
        asked.roles = roles;
        const auto made = accountInfoFromJson(
            m_callers.value(QStringLiteral("local"))->call("POST", paths::accounts, compact(toJson(asked))).object());
        if (!made) {
            return false;
        }
        m_ids.insert(caller, made->id);
        m_passwords.insert(asked.name, firstPassword);
        m_callers.insert(caller, client(signIn(asked.name)));
        if (settled) {
            const Answer changed = m_callers.value(caller)->call("POST", QString(paths::account) + QStringLiteral("/password"),
                compact({{QStringLiteral("current"), firstPassword}, {QStringLiteral("next"), ownPassword}}));
            m_passwords.insert(asked.name, ownPassword);
            return changed.status == 200;
        }
        return !m_callers.value(caller)->token().isEmpty();
    }

    QString fill(QString path, const QString &query) const
    {
        const QString of = query.startsWith(QStringLiteral("?of=")) ? query.mid(4) : QString();
        const QString id = of.isEmpty() ? nobodysId : m_ids.value(of, of);
        path.replace(QStringLiteral("{id}"), id)
            .replace(QStringLiteral("{thread}"), nobodysId)
            .replace(QStringLiteral("{person}"), id);
        return of.isEmpty() ? path + query : path;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<ServerProcess>();
        QVERIFY2(m_server->start(), qPrintable(m_server->output()));
        m_callers.insert(QStringLiteral("nobody"), client());
        m_callers.insert(QStringLiteral("forged"), client(QStringLiteral("qs-") + QString(43, QLatin1Char('A'))));
        m_callers.insert(QStringLiteral("local"), client(m_server->admin().token));
        auto local = m_callers.value(QStringLiteral("local"));
        QVERIFY(importRoster(*local));
        auto device = client();
        const TestDevice enrolled = enrolDevice(
            *local, *device, QStringLiteral("QH01"), QStringLiteral("0190e6e2-7c3a-7def-8abc-0123456789a1"));
        QVERIFY(!enrolled.token.isEmpty());
        m_callers.insert(QStringLiteral("device"), device);
        QVERIFY(addAccount(QStringLiteral("editor"), {{Role::BankEditor, {}}}));
        QVERIFY(addAccount(QStringLiteral("approver"), {{Role::BankApprover, {}}}));
        QVERIFY(addAccount(QStringLiteral("desk"), {{Role::MessageDesk, {}}}));
        QVERIFY(addAccount(QStringLiteral("reader"), {{Role::ArchiveReader, {}}}));
        QVERIFY(addAccount(QStringLiteral("auditor"), {{Role::Auditor, {}}}));
        QVERIFY(addAccount(QStringLiteral("system"), {{Role::System, {}}}));
        QVERIFY(addAccount(QStringLiteral("reader@QH01"), {{Role::ArchiveReader, QStringLiteral("QH01")}}));
        QVERIFY(addAccount(QStringLiteral("auditor@QH01"), {{Role::Auditor, QStringLiteral("QH01")}}));
        QVERIFY(addAccount(QStringLiteral("system@QH01"), {{Role::System, QStringLiteral("QH01")}}));
        QVERIFY(addAccount(QStringLiteral("roleless"), {}));
        QVERIFY(addAccount(QStringLiteral("fresh"), {{Role::System, {}}}, false)); // has its first password yet
        const QJsonObject tool = local->call("POST", paths::tools,
            compact(toJson(NewTool {QStringLiteral("报表"), {QStringLiteral("statements/read")}, 1}))).object();
        auto toolClient = client();
        toolClient->setBasic(tool.value(QStringLiteral("id")).toString(), tool.value(QStringLiteral("secret")).toString());
        m_callers.insert(QStringLiteral("tool"), toolClient);
    }

    void theTableHasEveryRequestForAdministrators()
    {
        QFile file(QStringLiteral(QF_OPENAPI));
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression line(
            QStringLiteral("^(?:  (/\\S+):|    (get|post|put|delete|patch):|      security: (.*))$"),
            QRegularExpression::MultilineOption);
        QSet<QString> described;
        QString path;
        QString method;
        auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            if (!match.captured(1).isEmpty()) {
                path = match.captured(1);
            } else if (!match.captured(2).isEmpty()) {
                method = match.captured(2).toUpper();
            } else if (match.captured(3).contains(QStringLiteral("administrator"))
                || match.captured(3).contains(QStringLiteral("session"))) {
                described.insert(method + QLatin1Char(' ') + path);
            }
        }
        QSet<QString> tried;
        for (const Row &row : table) {
            tried.insert(QString::fromLatin1(row.request));
        }
        QVERIFY(described.size() > 30);
        QCOMPARE(tried, described);
    }

    void whoMayDoWhat_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(std::size(table)); ++i) {
            QTest::addRow("%s%s, %d", table[i].request, table[i].query, i) << i;
        }
    }

    void whoMayDoWhat()
    {
        QFETCH(int, index);
        const Row &row = table[index];
        const QString request = QString::fromLatin1(row.request);
        const QByteArray method = request.section(QLatin1Char(' '), 0, 0).toLatin1();
        const QString path = fill(request.section(QLatin1Char(' '), 1), QString::fromUtf8(row.query));
        const QStringList allowed = QString::fromLatin1(row.allowed).split(QLatin1Char(' '));
        for (auto it = m_callers.cbegin(); it != m_callers.cend(); ++it) {
            const QString &caller = it.key();
            const auto asking = it.value();
            const Answer answer = asking->call(method, path, method == "GET" ? QByteArray() : QByteArray(row.body));
            const bool known = caller != QLatin1String("nobody") && caller != QLatin1String("forged");
            const bool may = allowed.contains(caller);
            const int expected = may ? row.status : known ? 403 : 401;
            QVERIFY2(answer.status == expected,
                qPrintable(QStringLiteral("%1 got %2, not %3: %4")
                               .arg(caller)
                               .arg(answer.status)
                               .arg(expected)
                               .arg(QString::fromUtf8(answer.body.left(300)))));
            const bool administrator = known && caller != QLatin1String("device");
            if (answer.status == 403 && administrator) {
                ++m_refused;
            }
            if ((answer.status == 401 || answer.status == 403) && caller != QLatin1String("device")) {
                const QString detail = answer.object().value(QStringLiteral("detail")).toString();
                static const QRegularExpression chinese(QStringLiteral("\\p{Han}"));
                QVERIFY2(detail.contains(chinese), qPrintable(caller + QLatin1Char(' ') + detail));
            }
            if (may && request == QLatin1String("POST /v1/sign-out")) {
                QCOMPARE(asking->call("GET", paths::account).status, 401); // it has ended
                QString name = caller;
                asking->setToken(signIn(name.replace(QLatin1Char('@'), QLatin1Char('.')).toLower()));
                QVERIFY(!asking->token().isEmpty());
            }
        }
    }

    void moreThanOneHasIsNotGiven()
    {
        const QString path = fill(QStringLiteral("/v1/accounts/{id}/roles"), QStringLiteral("?of=reader@QH01"));
        const auto chief = m_callers.value(QStringLiteral("system@QH01"));
        for (const char *body : {R"({"roles":[{"role":"system","department":""}]})",
                 R"({"roles":[{"role":"archive-reader","department":"QH02"}]})", R"({"roles":[]})"}) {
            QCOMPARE(chief->call("PUT", path, body).status, 403);
            ++m_refused;
        }
        // Nor to oneself.
        const QString own = fill(QStringLiteral("/v1/accounts/{id}/roles"), QStringLiteral("?of=system@QH01"));
        QCOMPARE(chief->call("PUT", own, R"({"roles":[{"role":"archive-reader","department":"QH01"}]})").status, 409);
    }

    void whatIsChangedHoldsAtOnce()
    {
        const auto local = m_callers.value(QStringLiteral("local"));
        const auto reader = m_callers.value(QStringLiteral("reader@QH01"));
        const QString roles = fill(QStringLiteral("/v1/accounts/{id}/roles"), QStringLiteral("?of=reader@QH01"));
        QCOMPARE(reader->call("GET", QStringLiteral("/v1/archives/001")).status, 200);
        QCOMPARE(local->call("PUT", roles, R"({"roles":[{"role":"archive-reader","department":"QH02"}]})").status, 200);
        QCOMPARE(reader->call("GET", QStringLiteral("/v1/archives/001")).status, 403);
        ++m_refused;
        QCOMPARE(reader->call("GET", QStringLiteral("/v1/archives/002")).status, 200);
        const QString disable = fill(QStringLiteral("/v1/accounts/{id}/disable"), QStringLiteral("?of=reader@QH01"));
        QCOMPARE(local->call("POST", disable, "{}").status, 200);
        QCOMPARE(reader->call("GET", QStringLiteral("/v1/archives/002")).status, 401);
        QVERIFY(signIn(QStringLiteral("reader.qh01")).isEmpty());
    }

    void aBodyThatIsTooLargeIsRefused()
    {
        const QByteArray large = compact({{QStringLiteral("name"), QString(64 * 1024, QLatin1Char('x'))}});
        QCOMPARE(client()->call("POST", paths::signIn, large).status, 413);
        QCOMPARE(client()->call("POST", paths::signIn, "nonsense").status, 400);
        QCOMPARE(client()->call("POST", paths::signIn, R"({"name":7,"password":true})").status, 400);
        QCOMPARE(client()->call("POST", paths::signIn, R"({"name":"x","password":""})").status, 400);
    }

    void sessionsOutliveTheProgram()
    {
        const auto auditor = m_callers.value(QStringLiteral("auditor"));
        m_server->kill();
        QVERIFY2(m_server->start(), qPrintable(m_server->output()));
        for (const auto &caller : std::as_const(m_callers)) {
            caller->setUrl(m_server->url());
        }
        QCOMPARE(auditor->call("GET", paths::account).status, 200);
    }

    void everyRefusalIsInTheAudit()
    {
        const auto auditor = m_callers.value(QStringLiteral("auditor"));
        AuditChain chain;
        int refused = 0;
        int reads = 0;
        for (bool more = true; more;) {
            const QJsonObject page = auditor->call("GET",
                QStringLiteral("/v1/audit?after=%1").arg(chain.count())).object();
            for (const QJsonValue value : page.value(QStringLiteral("entries")).toArray()) {
                const auto entry = auditEntryFromJson(value.toObject());
                QVERIFY(entry);
                QVERIFY(chain.follow(*entry));
                refused += entry->action == QLatin1String("access.refuse") ? 1 : 0;
                reads += entry->action == QLatin1String("archive.read") && entry->subject == QLatin1String("001") ? 1 : 0;
            }
            more = page.value(QStringLiteral("more")).toBool();
        }
        QCOMPARE(refused, m_refused);
        QVERIFY(reads >= 3);
    }

    void nothingSecretIsInTheLog()
    {
        const QString log = m_server->output();
        QVERIFY(!log.contains(firstPassword) && !log.contains(ownPassword));
        for (const auto &caller : std::as_const(m_callers)) {
            QVERIFY(caller->token().isEmpty() || !log.contains(QString::fromLatin1(caller->token())));
        }
    }
};

QTEST_GUILESS_MAIN(TestServerAuthorisation)
#include "tst_server_authorisation.moc"
