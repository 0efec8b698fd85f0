#include "app/ctl/admin_client.h"
#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "quiz/net/enrolment.h"
#include "quiz/net/http_transport.h"
#include "quiz/net/sync_service.h"
#include "quiz/people/pin.h"
#include "quiz/protocol/admin_messages.h"
#include "quiz/protocol/paths.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/package/bank_folder.h"

#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QSysInfo>
#include <QUrl>
#include <QUrlQuery>

namespace qingfeng::ctl {
namespace {

struct ServerOptions
{
    std::string package;
    std::string department;
    int count = 1;
    int validDays = 7;
    std::string url;
    std::string ca;
    std::string code;
    std::string name;
    std::string person;
    std::string pinFile;
};

QString qstring(const std::string &text)
{
    return QString::fromStdString(text);
}

HttpRequest get(const QByteArray &path)
{
    HttpRequest request;
    request.path = path;
    return request;
}

HttpRequest post(QLatin1String path, const QByteArray &type, const QByteArray &body)
{
    HttpRequest request;
    request.method = "POST";
    request.path = QByteArray(path.data(), path.size());
    request.headers.append({"Content-Type", type});
    request.body = body;
    return request;
}

int publish(const Common &common, const ServerOptions &options)
{
    const auto bytes = readFile(qstring(options.package), maxPackageBytes);
    if (!bytes) {
        return fail(common, bytes.error());
    }
    const auto reply
        = asAdministrator(common, post(paths::publish, "application/octet-stream", *bytes));
    if (!reply) {
        return fail(common, reply.error());
    }
    const auto info = inspectPackage(*bytes);
    if (!info) {
        return fail(common, info.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("revision"), info->revision},
            {QStringLiteral("questions"), info->questions}, {QStringLiteral("manifest"), info->manifestHash}});
    } else {
        print(QStringLiteral("已发布题库第 %1 版，%2 题").arg(info->revision).arg(info->questions));
    }
    return True;
}

int code(const Common &common, const ServerOptions &options)
{
    const EnrolmentCodesRequest request {qstring(options.department), options.count, options.validDays};
    const auto reply = asAdministrator(
        common, post(paths::enrolmentCodes, "application/json", canonicalJson(toJson(request))));
    if (!reply) {
        return fail(common, reply.error());
    }
    const auto document = parseJsonObject(reply->body);
    const auto codes = document ? enrolmentCodesFromJson(*document) : Result<EnrolmentCodes>(document.error());
    if (!codes) {
        return fail(common, codes.error());
    }
    if (common.json) {
        print(toJson(*codes));
        return True;
    }
    print(QStringLiteral("部门 %1 的注册码（%2 天内有效，每个只能用一次，只显示这一次）：")
              .arg(codes->department)
              .arg(options.validDays));
    for (const QString &one : codes->codes) {
        print(QStringLiteral("  ") + one);
    }
    return True;
}

/** The PIN of one person, from a file so that it stands in no process list. */
Result<QList<PinHash>> pins(const ServerOptions &options)
{
    if (options.person.empty()) {
        return QList<PinHash>();
    }
    const auto pin = readFile(qstring(options.pinFile), 256);
    if (!pin) {
        return pin.error();
    }
    const auto hash = hashPin(QString::fromUtf8(*pin).trimmed());
    if (!hash) {
        return hash.error();
    }
    return QList<PinHash> {{qstring(options.person), *hash}};
}

/** One pass with the server now; waits for its end. */
Result<SyncReport> syncOnce(const DataFolder &folder)
{
    SystemClock clock;
    SystemRandom random;
    SyncService service(
        {folder.path(), folder.database(), QStringLiteral("os:") + currentOsAccount().name}, clock, random);
    QEventLoop loop;
    std::optional<Result<SyncReport>> outcome;
    QObject::connect(&service, &SyncService::finished, &loop, [&](const SyncReport &report) {
        outcome.emplace(report);
        loop.quit();
    });
    QObject::connect(&service, &SyncService::statusChanged, &loop, [&] {
        if (outcome || service.isRunning()) {
            return;
        }
        if (!service.syncNow()) {
            outcome.emplace(service.status().lastError.value_or(
                Error(ErrorCode::NotFound, QStringLiteral("this PC is not enrolled"))));
            loop.quit();
        }
    });
    service.start();
    while (!outcome) {
        loop.exec();
    }
    return std::move(*outcome);
}

int sync(const Common &common, const ServerOptions &)
{
    const auto report = syncOnce(DataFolder(common.dataPath));
    if (!report) {
        return fail(common, report.error());
    }
    if (report->error) {
        return fail(common, *report->error);
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("attempts_acknowledged"), report->attemptsAcknowledged},
            {QStringLiteral("events_acknowledged"), report->eventsAcknowledged},
            {QStringLiteral("attempts_pending"), report->pendingAttempts},
            {QStringLiteral("bank_revision"), report->bankRevision},
            {QStringLiteral("bank_changed"), report->bankChanged},
            {QStringLiteral("roster_changed"), report->rosterChanged}});
    } else {
        print(QStringLiteral("同步完成：送达 %1 条作答，待送 %2 条，题库第 %3 版%4")
                  .arg(report->attemptsAcknowledged)
                  .arg(report->pendingAttempts)
                  .arg(report->bankRevision)
                  .arg(report->bankChanged ? QStringLiteral("（新）") : QString()));
    }
    return True;
}

int enrol(const Common &common, const ServerOptions &options)
{
    const DataFolder folder(common.dataPath);
    SystemClock clock;
    SystemRandom random;
    auto store = LearningStore::open(folder.database(), clock, random);
    if (!store) {
        return fail(common, store.error());
    }
    const auto pinHashes = pins(options);
    if (!pinHashes) {
        return fail(common, pinHashes.error());
    }
    EnrolmentInput input {QUrl(qstring(options.url)), qstring(options.ca), qstring(options.code),
        options.name.empty() ? QSysInfo::machineHostName() : qstring(options.name), (*store)->storeId(), *pinHashes};
    Enrolment enrolment(folder.path(), input);
    QEventLoop loop;
    std::optional<Result<DeviceConfig>> outcome;
    enrolment.start([&](const Result<DeviceConfig> &result) {
        outcome.emplace(result);
        loop.quit();
    });
    while (!outcome) {
        loop.exec();
    }
    if (!*outcome) {
        return fail(common, outcome->error());
    }
    const DeviceConfig &device = **outcome;
    if (common.json) {
        print(QJsonObject {{QStringLiteral("device"), device.device}, {QStringLiteral("unit"), device.unit.name},
            {QStringLiteral("server"), device.serverUrl}});
    } else {
        print(QStringLiteral("本机已注册到 %1（%2），设备编号 %3").arg(device.unit.name, device.serverUrl, device.device));
    }
    // Roster and bank come at once, so that the very first login knows whose it is. Enrolled it is either way.
    store->reset();
    const auto first = syncOnce(folder);
    if (!first || first->error) {
        return fail(common, first ? *first->error : first.error());
    }
    return True;
}

/** Asks the server that was named, else that of --admin, else the one this PC is enrolled with. */
Result<HttpReply> askWhetherReady(const Common &common, const ServerOptions &options)
{
    const HttpRequest request = get(QByteArray(paths::ready.data(), paths::ready.size()));
    if (options.url.empty() && !common.adminPath.isEmpty()) {
        return asAdministrator(common, request);
    }
    QString url = qstring(options.url);
    QByteArray ca;
    if (url.isEmpty()) {
        const auto device = loadDevice(DataFolder(common.dataPath).path());
        if (!device) {
            return device.error();
        }
        url = device->config.serverUrl;
        ca = device->caPem;
    } else {
        const auto read = readFile(qstring(options.ca), 64 * 1024);
        if (!read) {
            return read.error();
        }
        ca = *read;
    }
    auto transport = HttpTransport::create(QUrl(url), ca);
    if (!transport) {
        return transport.error();
    }
    return accepted(exchange(**transport, request));
}

int status(const Common &common, const ServerOptions &options)
{
    const auto reply = askWhetherReady(common, options);
    if (!reply) {
        return fail(common, reply.error());
    }
    const auto document = parseJsonObject(reply->body);
    const auto health = document ? healthFromJson(*document) : Result<Health>(document.error());
    if (!health) {
        return fail(common, health.error());
    }
    if (common.json) {
        print(toJson(*health));
    } else {
        print(QStringLiteral("服务器：%1，版本 %2").arg(health->status, health->version));
    }
    return health->status == QLatin1String("ok") ? True : False;
}

int attempts(const Common &common, const ServerOptions &options)
{
    QByteArray path = QByteArray(paths::archives.data(), paths::archives.size()) + '/'
        + QUrl::toPercentEncoding(qstring(options.person));
    QJsonArray all;
    while (!path.isEmpty()) {
        const auto reply = asAdministrator(common, get(path));
        if (!reply) {
            return fail(common, reply.error());
        }
        const auto page = parseJsonObject(reply->body);
        if (!page) {
            return fail(common, page.error());
        }
        for (const QJsonValue attempt : page->value(QStringLiteral("attempts")).toArray()) {
            all.append(attempt);
        }
        path = page->value(QStringLiteral("more")).toString().toUtf8();
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("person"), qstring(options.person)}, {QStringLiteral("attempts"), all}});
        return True;
    }
    for (const QJsonValue value : all) {
        const QJsonObject attempt = value.toObject();
        print(QStringLiteral("%1  %2  %3  %4")
                  .arg(attempt.value(QStringLiteral("seq")).toInteger(), 6)
                  .arg(attempt.value(QStringLiteral("question")).toString(),
                      attempt.value(QStringLiteral("outcome")).toString(),
                      attempt.value(QStringLiteral("id")).toString()));
    }
    print(QStringLiteral("服务器共有 %1 条").arg(all.size()));
    return True;
}

} // namespace

int importPeople(const Common &common, const QString &path, bool confirm)
{
    const auto bytes = readFile(path, maxPostBytes);
    if (!bytes) {
        return fail(common, bytes.error());
    }
    HttpRequest request = post(paths::people, "text/csv", *bytes);
    request.path += confirm ? "?confirm=1" : "?confirm=0";
    const auto reply = asAdministrator(common, request);
    if (!reply) {
        return fail(common, reply.error());
    }
    const auto document = parseJsonObject(reply->body);
    const auto receipt = document ? peopleReceiptFromJson(*document) : Result<PeopleReceipt>(document.error());
    if (!receipt) {
        return fail(common, receipt.error());
    }
    if (common.json) {
        print(toJson(*receipt));
        return receipt->rejected.isEmpty() ? True : False;
    }
    print(QStringLiteral("新增 %1 人，更新 %2 人，未变 %3 人；拒绝 %4 处，提示 %5 处")
              .arg(receipt->accepted)
              .arg(receipt->updated)
              .arg(receipt->duplicate)
              .arg(receipt->rejected.size())
              .arg(receipt->warnings.size()));
    for (const auto *list : {&receipt->rejected, &receipt->warnings}) {
        for (const ImportFinding &finding : *list) {
            print(QStringLiteral("  %1 第 %2 行 %3：%4")
                      .arg(list == &receipt->rejected ? QStringLiteral("拒绝") : QStringLiteral("提示"))
                      .arg(finding.row)
                      .arg(finding.column, finding.reason));
        }
    }
    print(receipt->committed  ? QStringLiteral("已写入名册")
            : confirm         ? QStringLiteral("未写入：改正被拒绝的行后再导入")
                              : QStringLiteral("这是试导入，未写入；加 --confirm 正式导入"));
    return receipt->rejected.isEmpty() ? True : False;
}

void addServerCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.add_subcommand("server", "服务器：发布、注册码、注册本机、状态");
    group->require_subcommand(1);
    const auto options = std::make_shared<ServerOptions>();
    const auto add = [&](const char *name, const char *help, auto run) {
        auto *command = group->add_subcommand(name, help);
        command->callback([&action, &common, options, run] {
            action = [&common, options, run] { return run(common, *options); };
        });
        return command;
    };
    add("publish", "发布题库包（管理员）", publish)->add_option("package", options->package, "*.qfbank")->required();
    auto *codes = add("code", "生成一次性注册码（管理员）", code);
    codes->add_option("--department", options->department, "部门编码：设备服务于该部门及其下级")->required();
    codes->add_option("--count", options->count, "个数")->check(CLI::Range(1, 1000));
    codes->add_option("--valid-days", options->validDays, "有效天数")->check(CLI::Range(1, 90));
    auto *enroller = add("enrol", "把本机注册到服务器", enrol);
    enroller->add_option("--url", options->url, "https://主机:端口")->required();
    enroller->add_option("--ca", options->ca, "服务器 CA 证书（PEM）")->required();
    enroller->add_option("--code", options->code, "一次性注册码")->required();
    enroller->add_option("--name", options->name, "设备名称；不给则用主机名");
    auto *person = enroller->add_option("--person", options->person, "为这个工号设置登录口令");
    auto *pin = enroller->add_option("--pin-file", options->pinFile, "口令所在文件");
    person->needs(pin);
    pin->needs(person);
    add("sync", "立即与服务器同步一次", sync);
    auto *state = add("status", "服务器是否就绪；不给地址则问本机注册的服务器", status);
    auto *url = state->add_option("--url", options->url, "https://主机:端口");
    url->needs(state->add_option("--ca", options->ca, "服务器 CA 证书（PEM）"));
    add("attempts", "服务器上某人的作答（管理员）", attempts)
        ->add_option("--person", options->person, "工号")
        ->required();
}

} // namespace qingfeng::ctl
