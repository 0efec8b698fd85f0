#include "app/ctl/admin_client.h"
#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/secret_input.h"

#include "app/server/accounts/password.h"
#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/account_messages.h"
#include "quiz/protocol/paths.h"

#include <algorithm>

#include <QDateTime>
#include <QJsonArray>
#include <QUrl>

namespace qingfeng::ctl {
namespace {

struct AccountOptions
{
    std::string name;
    std::string title;
    std::string person;
    std::string passwordFile;
    std::string newPasswordFile;
    std::vector<std::string> granted;
    std::vector<std::string> revoked;
    bool drop = false;
    std::string confirm;
    std::string remove;
};

HttpRequest accountRequest(const QByteArray &method, const QString &path, const QJsonObject &body = {})
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

Result<QJsonObject> ask(const Common &common, HttpRequest request)
{
    const auto reply = asAdministrator(common, std::move(request));
    return reply ? parseJsonObject(reply->body) : Result<QJsonObject>(reply.error());
}

/** "message-desk:QH01", or "system" for the whole unit. */
Result<QList<RoleGrant>> grantsOf(const std::vector<std::string> &texts)
{
    QList<RoleGrant> grants;
    for (const std::string &one : texts) {
        const QString text = QString::fromStdString(one);
        const auto role = roleFromName(text.section(QLatin1Char(':'), 0, 0));
        if (!role) {
            QStringList names;
            for (const Role known : allRoles) {
                names.append(nameOf(known));
            }
            return Error(ErrorCode::InvalidArgument,
                QStringLiteral("角色须为 %1，后面可加 :部门编码").arg(names.join(QStringLiteral("、"))), text);
        }
        grants.append({*role, text.section(QLatin1Char(':'), 1)});
    }
    return grants;
}

QString wordsOf(const QList<RoleGrant> &roles)
{
    QStringList words;
    for (const RoleGrant &grant : roles) {
        words.append(
            titleOf(grant.role) + (grant.department.isEmpty() ? QString() : QLatin1Char(':') + grant.department));
    }
    return words.isEmpty() ? QStringLiteral("无角色") : words.join(QStringLiteral("、"));
}

void tellAccount(const AccountInfo &account)
{
    QStringList marks;
    if (account.disabled) {
        marks.append(QStringLiteral("已停用"));
    }
    if (account.totp) {
        marks.append(QStringLiteral("动态码"));
    }
    if (account.mustChange) {
        marks.append(QStringLiteral("待改口令"));
    }
    const QString seen = account.signedInAtMs == 0
        ? QStringLiteral("从未登录")
        : QDateTime::fromMSecsSinceEpoch(account.signedInAtMs).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    print(QStringLiteral("%1  %2  %3  %4  %5")
              .arg(account.name, account.title, wordsOf(account.roles), seen, marks.join(QLatin1Char(' '))));
}

int tellChange(const Common &common, const Result<QJsonObject> &answer, const QString &done)
{
    const auto account = answer ? accountInfoFromJson(*answer) : Result<AccountInfo>(answer.error());
    if (!account) {
        return fail(common, account.error());
    }
    if (common.json) {
        print(*answer);
    } else {
        print(done);
        tellAccount(*account);
    }
    return True;
}

Result<QList<AccountInfo>> accountsOf(const Common &common)
{
    const auto answer = ask(common, accountRequest("GET", paths::accounts));
    if (!answer) {
        return answer.error();
    }
    QList<AccountInfo> accounts;
    for (const QJsonValue value : answer->value(QStringLiteral("accounts")).toArray()) {
        const auto account = accountInfoFromJson(value.toObject());
        if (!account) {
            return account.error();
        }
        accounts.append(*account);
    }
    return accounts;
}

Result<AccountInfo> accountNamed(const Common &common, const std::string &name)
{
    const auto accounts = accountsOf(common);
    if (!accounts) {
        return accounts.error();
    }
    const QString wanted = QString::fromStdString(name).toLower();
    const auto found = std::find_if(
        accounts->begin(), accounts->end(), [&wanted](const AccountInfo &account) { return account.name == wanted; });
    if (found == accounts->end()) {
        return Error(ErrorCode::NotFound, QStringLiteral("没有这个账号，或不归您管理"), wanted);
    }
    return *found;
}

/** One of /v1/accounts/{id}/… */
Result<QJsonObject> changeAccount(const Common &common, const std::string &name, const QByteArray &method,
    const char *change, const QJsonObject &body = {})
{
    const auto account = accountNamed(common, name);
    if (!account) {
        return account.error();
    }
    return ask(common,
        accountRequest(method,
            QStringLiteral("%1/%2/%3").arg(QString(paths::accounts), account->id, QLatin1String(change)), body));
}

/** From a file; without one a made one, to be handed over. */
Result<QString> passwordFor(const std::string &file)
{
    if (!file.empty()) {
        return readSecret(file, {});
    }
    SystemRandom random;
    return server::makePassword(random);
}

void tellPassword(const AccountOptions &options, const QString &password)
{
    if (options.passwordFile.empty()) {
        print(QStringLiteral("初始口令（只显示这一次，首次登录须修改）：") + password);
    }
}

int addAccount(const Common &common, const AccountOptions &options)
{
    const auto roles = grantsOf(options.granted);
    const auto password = passwordFor(options.passwordFile);
    if (!roles || !password) {
        return fail(common, roles ? password.error() : roles.error());
    }
    const NewAccount asked {QString::fromStdString(options.name), QString::fromStdString(options.title),
        QString::fromStdString(options.person), QStringLiteral("local"), *password, *roles};
    auto answer = ask(common, accountRequest("POST", paths::accounts, toJson(asked)));
    if (answer && common.json && options.passwordFile.empty()) {
        answer->insert(QStringLiteral("initial_password"), *password);
    }
    const int status = tellChange(common, answer, QStringLiteral("已建立账号"));
    if (status == True && !common.json) {
        tellPassword(options, *password);
    }
    return status;
}

int listAccounts(const Common &common, const AccountOptions &)
{
    const auto accounts = accountsOf(common);
    if (!accounts) {
        return fail(common, accounts.error());
    }
    QJsonArray list;
    for (const AccountInfo &account : *accounts) {
        list.append(toJson(account));
        if (!common.json) {
            tellAccount(account);
        }
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("accounts"), list}});
    } else {
        print(QStringLiteral("共 %1 个账号").arg(accounts->size()));
    }
    return True;
}

int disableAccount(const Common &common, const AccountOptions &options)
{
    return tellChange(common, changeAccount(common, options.name, "POST", "disable"),
        QStringLiteral("已停用，其登录立即失效"));
}

int enableAccount(const Common &common, const AccountOptions &options)
{
    return tellChange(common, changeAccount(common, options.name, "POST", "enable"), QStringLiteral("已恢复"));
}

int tellDone(const Common &common, const Result<QJsonObject> &answer, const QString &done)
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

int changeOwnPassword(const Common &common, const AccountOptions &options)
{
    const auto current = readSecret(options.passwordFile, QStringLiteral("原口令："));
    const auto next = current ? readSecret(options.newPasswordFile, QStringLiteral("新口令：")) : current;
    if (!next) {
        return fail(common, next.error());
    }
    return tellDone(common,
        ask(common,
            accountRequest("POST", QString(paths::account) + QStringLiteral("/password"),
                {{QStringLiteral("current"), *current}, {QStringLiteral("next"), *next}})),
        QStringLiteral("已修改口令，您在别处的登录已失效"));
}

int setPassword(const Common &common, const AccountOptions &options)
{
    if (options.name.empty()) {
        return changeOwnPassword(common, options);
    }
    const auto password = passwordFor(options.passwordFile);
    if (!password) {
        return fail(common, password.error());
    }
    auto answer
        = changeAccount(common, options.name, "POST", "password", {{QStringLiteral("password"), *password}});
    if (answer && common.json && options.passwordFile.empty()) {
        answer->insert(QStringLiteral("initial_password"), *password);
    }
    const int status = tellChange(common, answer, QStringLiteral("已重设口令，下次登录须修改"));
    if (status == True && !common.json) {
        tellPassword(options, *password);
    }
    return status;
}

int setRoles(const Common &common, const AccountOptions &options)
{
    const auto granted = grantsOf(options.granted);
    const auto revoked = grantsOf(options.revoked);
    if (!granted || !revoked) {
        return fail(common, granted ? revoked.error() : granted.error());
    }
    const auto account = accountNamed(common, options.name);
    if (!account) {
        return fail(common, account.error());
    }
    QList<RoleGrant> roles;
    for (const QList<RoleGrant> &list : {account->roles, *granted}) {
        for (const RoleGrant &grant : list) {
            if (!revoked->contains(grant) && !roles.contains(grant)) {
                roles.append(grant);
            }
        }
    }
    return tellChange(common,
        changeAccount(common, options.name, "PUT", "roles", {{QStringLiteral("roles"), toJson(roles)}}),
        QStringLiteral("已改角色，立即生效"));
}

int totp(const Common &common, const AccountOptions &options)
{
    const QString own = QString(paths::account) + QStringLiteral("/totp");
    if (options.drop) {
        return tellChange(common, changeAccount(common, options.name, "POST", "drop-totp"),
            QStringLiteral("已解除动态码，可重新绑定"));
    }
    if (!options.confirm.empty()) {
        return tellDone(common,
            ask(common,
                accountRequest("POST", own + QStringLiteral("/confirm"),
                    {{QStringLiteral("code"), QString::fromStdString(options.confirm)}})),
            QStringLiteral("已启用动态码，下次登录起须输入"));
    }
    const auto password = readSecret(options.passwordFile, QStringLiteral("口令："));
    if (!password) {
        return fail(common, password.error());
    }
    if (!options.remove.empty()) {
        return tellDone(common,
            ask(common,
                accountRequest("POST", own + QStringLiteral("/remove"),
                    {{QStringLiteral("password"), *password},
                        {QStringLiteral("code"), QString::fromStdString(options.remove)}})),
            QStringLiteral("已停用动态码"));
    }
    const auto start = ask(common, accountRequest("POST", own, {{QStringLiteral("password"), *password}}));
    if (!start || common.json) {
        return tellDone(common, start, {});
    }
    print(QStringLiteral("在手机验证器中录入密钥：") + start->value(QStringLiteral("secret")).toString());
    print(QStringLiteral("或扫描此地址的二维码：") + start->value(QStringLiteral("uri")).toString());
    print(QStringLiteral("再以 totp --confirm 动态码 确认，之后才生效"));
    return True;
}

} // namespace

void addAccountCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.get_subcommand("server")->add_subcommand("account", "管理员账号与角色");
    group->require_subcommand(1);
    const auto options = std::make_shared<AccountOptions>();
    const auto add = [&](const char *name, const char *help, auto run) {
        auto *command = group->add_subcommand(name, help);
        command->callback([&action, &common, options, run] {
            action = [&common, options, run] { return run(common, *options); };
        });
        return command;
    };
    const auto named = [options](CLI::App *command) {
        command->add_option("name", options->name, "账号名")->required();
        return command;
    };
    const char *roleHelp = "角色[:部门编码]，可多次；不写部门为全单位。bank-editor 题库编辑、bank-approver 题库审核、"
                           "message-desk 意见答复、archive-reader 档案查阅、auditor 审计、system 系统管理";
    auto *adder = named(add("add", "建立账号；不给口令文件则生成初始口令，首次登录须修改", addAccount));
    adder->add_option("--title", options->title, "姓名和职务")->required();
    adder->add_option("--person", options->person, "工号");
    adder->add_option("--role", options->granted, roleHelp)->required();
    adder->add_option("--password-file", options->passwordFile, "初始口令所在文件，- 为标准输入");
    add("list", "列出账号", listAccounts);
    named(add("disable", "停用账号，其登录立即失效", disableAccount));
    named(add("enable", "恢复账号", enableAccount));
    auto *password = add("password", "重设某账号的口令；不给账号名则修改自己的", setPassword);
    password->add_option("name", options->name, "账号名");
    password->add_option("--password-file", options->passwordFile, "新口令所在文件；改自己的时为原口令，- 为标准输入");
    password->add_option("--new-password-file", options->newPasswordFile, "改自己的时，新口令所在文件");
    auto *role = named(add("role", "授予或收回角色，立即生效", setRoles));
    role->add_option("--grant", options->granted, roleHelp);
    role->add_option("--revoke", options->revoked, "收回：角色[:部门编码]");
    auto *code = add("totp", "动态码：为自己绑定、确认、停用，或为丢失手机的账号解除", totp);
    auto *drop = code->add_flag("--drop", options->drop, "解除该账号的动态码（系统管理员）");
    drop->needs(code->add_option("name", options->name, "账号名，只与 --drop 同用"));
    code->add_option("--confirm", options->confirm, "以首个动态码确认自己的绑定")->excludes(drop);
    code->add_option("--remove", options->remove, "以动态码和口令停用自己的")->excludes(drop);
    code->add_option("--password-file", options->passwordFile, "自己口令所在文件，- 为标准输入");
}

} // namespace qingfeng::ctl
