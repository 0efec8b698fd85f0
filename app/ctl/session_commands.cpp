#include "app/ctl/admin_client.h"
#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/secret_input.h"

#include "app/server/data_folder.h"
#include "question_bank/base/canonical_json.h"
#include "question_bank/base/file.h"
#include "quiz/net/http_transport.h"
#include "quiz/protocol/account_messages.h"
#include "quiz/protocol/audit.h"
#include "quiz/protocol/paths.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QUrl>

namespace qingfeng::ctl {
namespace {

struct SessionOptions
{
    std::string name;
    std::string passwordFile;
    std::string code;
    std::string out;
    std::string url;
    std::string ca;
    std::string department;
    std::string head;
    std::string label;
    std::vector<std::string> scopes;
    int validDays = 90;
    std::string id;
    qint64 after = 0;
};

HttpRequest sessionRequest(const QByteArray &method, const QString &path, const QJsonObject &body = {})
{
    HttpRequest request;
    request.method = method;
    request.path = path.toLatin1();
    if (!body.isEmpty()) {
        request.headers.append({QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")});
        request.body = canonicalJson(body);
    }
    return request;
}

Result<QJsonObject> askServer(const Common &common, HttpRequest request)
{
    const auto reply = asAdministrator(common, std::move(request));
    return reply ? parseJsonObject(reply->body) : Result<QJsonObject>(reply.error());
}

/** Where to sign in: --url and --ca, or those of the connection file. */
Result<AdminConnection> serverOf(const Common &common, const SessionOptions &options)
{
    if (options.url.empty()) {
        return administrator(common);
    }
    return AdminConnection {QString::fromStdString(options.url),
        QFileInfo(QString::fromStdString(options.ca)).absoluteFilePath(), {}};
}

int signIn(const Common &common, const SessionOptions &options)
{
    auto connection = serverOf(common, options);
    const auto password = connection ? readSecret(options.passwordFile, QStringLiteral("口令："))
                                     : Result<QString>(connection.error());
    if (!password) {
        return fail(common, password.error());
    }
    const auto ca = readFile(connection->caFile, 64 * 1024);
    if (!ca) {
        return fail(common, ca.error());
    }
    auto transport = HttpTransport::create(QUrl(connection->url), *ca);
    if (!transport) {
        return fail(common, transport.error());
    }
    const SignInRequest asked {
        QString::fromStdString(options.name), *password, QString::fromStdString(options.code)};
    const auto reply = accepted(exchange(**transport, sessionRequest("POST", paths::signIn, toJson(asked))));
    const auto object = reply ? parseJsonObject(reply->body) : Result<QJsonObject>(reply.error());
    const auto answer = object ? signInAnswerFromJson(*object) : Result<SignInAnswer>(object.error());
    if (!answer) {
        return fail(common, answer.error());
    }
    connection->token = answer->token;
    const auto written
        = server::writePrivateFile(QString::fromStdString(options.out), canonicalJson(toJson(*connection)));
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("account"), toJson(answer->account)},
            {QStringLiteral("expires_at_ms"), answer->expiresAtMs}});
        return True;
    }
    print(QStringLiteral("已登录：%1（%2），连接文件 %3，最迟 %4 失效，%5 分钟不用即失效")
              .arg(answer->account.name, answer->account.title, QString::fromStdString(options.out),
                  QDateTime::fromMSecsSinceEpoch(answer->expiresAtMs).toString(QStringLiteral("HH:mm")))
              .arg(answer->idleMs / 60'000));
    if (answer->account.mustChange) {
        print(QStringLiteral("初始口令须先修改：qingfengctl --admin 连接文件 server account password"));
    }
    return True;
}

int tellPlain(const Common &common, const Result<QJsonObject> &answer, const QString &done)
{
    if (!answer) {
        return fail(common, answer.error());
    }
    if (common.json) {
        print(*answer);
    } else {
        print(done);
    }
    return True;
}

int signOut(const Common &common, const SessionOptions &)
{
    return tellPlain(common, askServer(common, sessionRequest("POST", paths::signOut)), QStringLiteral("已退出登录"));
}

int whoAmI(const Common &common, const SessionOptions &)
{
    const auto answer = askServer(common, sessionRequest("GET", paths::account));
    const auto account = answer ? accountInfoFromJson(*answer) : Result<AccountInfo>(answer.error());
    if (!account) {
        return fail(common, account.error());
    }
    QStringList roles;
    for (const RoleGrant &grant : account->roles) {
        roles.append(
            titleOf(grant.role) + (grant.department.isEmpty() ? QString() : QLatin1Char(':') + grant.department));
    }
    return tellPlain(common, answer,
        QStringLiteral("%1（%2）：%3").arg(account->name, account->title, roles.join(QStringLiteral("、"))));
}

/** Every entry, page by page; @p each may stop it with an error. */
Result<void> readAudit(
    const Common &common, const SessionOptions &options, const std::function<Result<void>(const AuditEntry &)> &each)
{
    qint64 after = options.after;
    for (bool more = true; more;) {
        QString path = QStringLiteral("%1?after=%2").arg(QString(paths::audit)).arg(after);
        if (!options.department.empty()) {
            path += QStringLiteral("&department=")
                + QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(options.department)));
        }
        const auto page = askServer(common, sessionRequest("GET", path));
        if (!page) {
            return page.error();
        }
        const qint64 before = after;
        for (const QJsonValue value : page->value(QStringLiteral("entries")).toArray()) {
            const auto entry = auditEntryFromJson(value.toObject());
            if (!entry) {
                return Error(ErrorCode::Corrupt, entry.error().detail(), QStringLiteral("audit %1").arg(after + 1));
            }
            if (const auto done = each(*entry); !done) {
                return done;
            }
            after = entry->number;
        }
        more = page->value(QStringLiteral("more")).toBool() && after > before;
    }
    return {};
}

int listAudit(const Common &common, const SessionOptions &options)
{
    QJsonArray list;
    const auto read = readAudit(common, options, [&](const AuditEntry &entry) -> Result<void> {
        if (common.json) {
            list.append(toJson(entry));
        } else {
            print(QStringLiteral("%1  %2  %3  %4  %5  %6")
                      .arg(entry.number, 6)
                      .arg(QDateTime::fromMSecsSinceEpoch(entry.atMs).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                          entry.actor.isEmpty() ? QStringLiteral("-") : entry.actor, entry.action, entry.subject,
                          QString::fromUtf8(canonicalJson(entry.detail))));
        }
        return {};
    });
    if (!read) {
        return fail(common, read.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("entries"), list}});
    }
    return True;
}

int verifyAudit(const Common &common, const SessionOptions &options)
{
    const QString known = QString::fromStdString(options.head);
    const qint64 knownNumber = known.section(QLatin1Char(':'), 0, 0).toLongLong();
    const QString knownHash = known.section(QLatin1Char(':'), 1, 1);
    if (!known.isEmpty() && (knownNumber < 1 || knownHash.size() != 64)) {
        return fail(common,
            Error(ErrorCode::InvalidArgument, QStringLiteral("须为 序号:64 位十六进制摘要"), QStringLiteral("--head")));
    }
    AuditChain chain;
    bool seen = known.isEmpty();
    auto followed = readAudit(common, {}, [&](const AuditEntry &entry) -> Result<void> {
        if (const auto done = chain.follow(entry); !done) {
            return done;
        }
        if (entry.number == knownNumber) {
            seen = true;
            if (QString::fromLatin1(entry.hash.toHex()) != knownHash) {
                return Error(ErrorCode::Corrupt, QStringLiteral("it is not the entry that was noted"),
                    QStringLiteral("audit %1").arg(entry.number));
            }
        }
        return {};
    });
    if (followed && !seen) {
        followed = Error(ErrorCode::Corrupt, QStringLiteral("the entry that was noted is gone, and what followed it"),
            QStringLiteral("audit %1").arg(knownNumber));
    }
    if (!followed && followed.error().code() != ErrorCode::Corrupt) {
        return fail(common, followed.error());
    }
    const QString head = QString::fromLatin1(chain.head().toHex());
    if (common.json) {
        QJsonObject report {{QStringLiteral("ok"), followed.has_value()}, {QStringLiteral("entries"), chain.count()},
            {QStringLiteral("head"), head}};
        if (!followed) {
            report.insert(QStringLiteral("where"), followed.error().where());
            report.insert(QStringLiteral("reason"), followed.error().detail());
        }
        print(report);
    } else if (followed) {
        print(QStringLiteral("审计记录完整：共 %1 条，末条摘要 %2").arg(chain.count()).arg(head));
        print(QStringLiteral("记下 %1:%2，下次以 --head 核对，可查出末尾被截去").arg(chain.count()).arg(head));
    } else {
        print(QStringLiteral("审计记录不完整：前 %1 条相符，其后有改动、缺失或被截去").arg(chain.count()));
    }
    return followed ? True : False;
}

int addTool(const Common &common, const SessionOptions &options)
{
    NewTool asked {QString::fromStdString(options.label), {}, options.validDays};
    for (const std::string &scope : options.scopes) {
        asked.scopes.append(QString::fromStdString(scope));
    }
    const auto answer = askServer(common, sessionRequest("POST", paths::tools, toJson(asked)));
    return tellPlain(common, answer,
        answer ? QStringLiteral("接入凭据（密码只显示这一次）\n用户名：%1\n密码：%2")
                     .arg(answer->value(QStringLiteral("id")).toString(),
                         answer->value(QStringLiteral("secret")).toString())
               : QString());
}

int listTools(const Common &common, const SessionOptions &)
{
    const auto answer = askServer(common, sessionRequest("GET", paths::tools));
    if (!answer || common.json) {
        return tellPlain(common, answer, {});
    }
    for (const QJsonValue value : answer->value(QStringLiteral("tools")).toArray()) {
        const auto tool = toolInfoFromJson(value.toObject());
        if (!tool) {
            return fail(common, tool.error());
        }
        print(QStringLiteral("%1  %2  %3  至 %4%5")
                  .arg(tool->id, tool->label, tool->scopes.join(QLatin1Char(' ')),
                      QDateTime::fromMSecsSinceEpoch(tool->expiresAtMs).toString(QStringLiteral("yyyy-MM-dd")),
                      tool->revoked ? QStringLiteral("  已吊销") : QString()));
    }
    return True;
}

int revokeTool(const Common &common, const SessionOptions &options)
{
    const QString id = QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(options.id)));
    return tellPlain(common,
        askServer(common, sessionRequest("POST", QStringLiteral("%1/%2/revoke").arg(QString(paths::tools), id))),
        QStringLiteral("已吊销"));
}

} // namespace

void addSessionCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.get_subcommand("server");
    const auto options = std::make_shared<SessionOptions>();
    const auto add = [&](CLI::App *where, const char *name, const char *help, auto run) {
        auto *command = where->add_subcommand(name, help);
        command->callback([&action, &common, options, run] {
            action = [&common, options, run] { return run(common, *options); };
        });
        return command;
    };
    auto *in = add(group, "sign-in", "以管理员账号登录，写一个连接文件供 --admin 使用", signIn);
    in->add_option("name", options->name, "账号名")->required();
    in->add_option("--password-file", options->passwordFile, "口令所在文件，- 为标准输入；不给则询问");
    in->add_option("--code", options->code, "动态码");
    in->add_option("--out", options->out, "连接文件，仅本人可读")->required();
    auto *url = in->add_option("--url", options->url, "https://主机:端口；不给则用 --admin 所指的服务器");
    url->needs(in->add_option("--ca", options->ca, "服务器 CA 证书（PEM）"));
    add(group, "sign-out", "退出登录", signOut);
    add(group, "whoami", "连接文件是谁的，有哪些角色", whoAmI);

    auto *audit = group->add_subcommand("audit", "审计记录");
    audit->require_subcommand(1);
    auto *list = add(audit, "list", "列出审计记录", listAudit);
    list->add_option("--after", options->after, "从这一条之后开始")->check(CLI::NonNegativeNumber);
    list->add_option("--department", options->department, "只看此部门及其下级");
    add(audit, "verify", "逐条核对审计记录的摘要链，须有全单位的审计角色", verifyAudit)
        ->add_option("--head", options->head, "上次核对时记下的 序号:摘要");

    auto *tools = group->add_subcommand("tool", "其他程序读取学习记录（xAPI）的接入凭据");
    tools->require_subcommand(1);
    auto *made = add(tools, "add", "生成接入凭据", addTool);
    made->add_option("--label", options->label, "给谁用")->required();
    made->add_option("--scope", options->scopes, "statements/read 或 all/read，可多次")->required();
    made->add_option("--valid-days", options->validDays, "有效天数")->check(CLI::Range(1, 3660));
    add(tools, "list", "列出接入凭据", listTools);
    add(tools, "revoke", "吊销接入凭据", revokeTool)->add_option("id", options->id, "用户名")->required();
}

} // namespace qingfeng::ctl
