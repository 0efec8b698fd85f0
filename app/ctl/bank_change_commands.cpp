#include "app/ctl/bank_commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "question_bank/package/bank_diff.h"
#include "question_bank/package/bank_folder.h"
#include "question_bank/package/delta.h"

#include <cstdio>

#include <QJsonArray>

namespace qingfeng::ctl {
namespace {

struct ChangeOptions
{
    std::string old;
    std::string next;
    std::string out;
    std::string into;
    std::vector<std::string> trust;
    bool requireSm2 = false;
};

QJsonArray toJson(const QList<BankChange> &changes)
{
    QJsonArray list;
    for (const BankChange &change : changes) {
        QJsonObject object{{QStringLiteral("kind"), change.kind}, {QStringLiteral("id"), change.id}};
        if (change.oldVersion > 0) {
            object.insert(QStringLiteral("old_version"), change.oldVersion);
        }
        if (change.newVersion > 0) {
            object.insert(QStringLiteral("new_version"), change.newVersion);
        }
        if (!change.fields.isEmpty()) {
            object.insert(QStringLiteral("fields"), QJsonArray::fromStringList(change.fields));
        }
        list.append(object);
    }
    return list;
}

void showChanges(const QString &mark, const QList<BankChange> &changes)
{
    for (const BankChange &change : changes) {
        QString line = QStringLiteral("%1 %2 %3").arg(mark, change.kind, change.id);
        if (change.oldVersion != change.newVersion && change.oldVersion > 0 && change.newVersion > 0) {
            line += QStringLiteral(" 第%1版→第%2版").arg(change.oldVersion).arg(change.newVersion);
        }
        if (!change.fields.isEmpty()) {
            line += QStringLiteral("：") + change.fields.join(QStringLiteral("、"));
        }
        print(line);
    }
}

int diff(const Common &common, const ChangeOptions &options)
{
    const auto old = readAnyBank(QString::fromStdString(options.old));
    if (!old) {
        return fail(common, old.error());
    }
    const auto next = readAnyBank(QString::fromStdString(options.next));
    if (!next) {
        return fail(common, next.error());
    }
    const BankDiff difference = diffBanks(*old, *next);
    if (common.json) {
        print(QJsonObject{{QStringLiteral("old_revision"), old->revision},
            {QStringLiteral("new_revision"), next->revision},
            {QStringLiteral("added"), toJson(difference.added)},
            {QStringLiteral("changed"), toJson(difference.changed)},
            {QStringLiteral("removed"), toJson(difference.removed)}});
        return True;
    }
    showChanges(QStringLiteral("新增"), difference.added);
    showChanges(QStringLiteral("改动"), difference.changed);
    showChanges(QStringLiteral("移除"), difference.removed);
    print(QStringLiteral("第 %1 版 → 第 %2 版：新增 %3，改动 %4，移除 %5")
              .arg(old->revision)
              .arg(next->revision)
              .arg(difference.added.size())
              .arg(difference.changed.size())
              .arg(difference.removed.size()));
    return True;
}

int delta(const Common &common, const ChangeOptions &options)
{
    const auto old = readFile(QString::fromStdString(options.old), maxPackageBytes);
    if (!old) {
        return fail(common, old.error());
    }
    const auto next = readFile(QString::fromStdString(options.next), maxPackageBytes);
    if (!next) {
        return fail(common, next.error());
    }
    const auto made = makeDelta(*old, *next);
    const auto info = made ? inspectDelta(*made) : made.error();
    if (!info) {
        return fail(common, info.error());
    }
    const QString out = QString::fromStdString(options.out);
    const auto written = writeFileAtomically(out, *made);
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        print(QJsonObject{{QStringLiteral("delta"), out}, {QStringLiteral("bytes"), made->size()},
            {QStringLiteral("package_bytes"), next->size()}, {QStringLiteral("base"), info->base},
            {QStringLiteral("base_revision"), info->baseRevision},
            {QStringLiteral("revision"), info->revision}, {QStringLiteral("put"), info->put},
            {QStringLiteral("removed"), info->removed}});
    } else {
        print(QStringLiteral(
            "已生成增量 %1：第 %2 版 → 第 %3 版，写入 %4 项，移除 %5 项，%6 字节（全量 %7 字节）")
                  .arg(out)
                  .arg(info->baseRevision)
                  .arg(info->revision)
                  .arg(info->put)
                  .arg(info->removed)
                  .arg(made->size())
                  .arg(next->size()));
    }
    return True;
}

int apply(const Common &common, const ChangeOptions &options)
{
    const auto bytes = readFile(QString::fromStdString(options.next), maxPackageBytes);
    if (!bytes) {
        return fail(common, bytes.error());
    }
    const auto trust = readTrust(options.trust, options.requireSm2);
    if (!trust) {
        return fail(common, trust.error());
    }
    const QString path
        = options.into.empty() ? DataFolder(common.dataPath).bank() : QString::fromStdString(options.into);
    BankFolder folder(path, trust->keys, trust->sm2);
    const auto applied = folder.apply(*bytes);
    if (!applied) {
        const auto held = folder.load();
        if (held && !common.json) {
            std::fputs(QStringLiteral("未启用，仍使用第 %1 版题库。\n")
                           .arg(held->info.revision)
                           .toUtf8()
                           .constData(),
                stderr);
        }
        return fail(common,
            Error(applied.error().code(), applied.error().detail(), QString::fromStdString(options.next)));
    }
    if (common.json) {
        print(QJsonObject{{QStringLiteral("revision"), applied->revision},
            {QStringLiteral("questions"), applied->questions},
            {QStringLiteral("manifest"), applied->manifestHash}});
    } else {
        print(QStringLiteral("已启用第 %1 版，%2 题").arg(applied->revision).arg(applied->questions));
    }
    return True;
}

} // namespace

Result<Trust> readTrust(const std::vector<std::string> &files, bool requireSm2)
{
    Trust trust;
    trust.sm2.required = requireSm2;
    for (const std::string &file : files) {
        const auto key = readVerifyingKeyFile(QString::fromStdString(file));
        if (!key) {
            return key.error();
        }
        (key->algorithm == SignatureAlgorithm::Ed25519 ? trust.keys : trust.sm2.trustedKeys)
            .append(key->publicKey);
    }
    return trust;
}

void addBankChangeCommands(CLI::App &group, const Common &common, Action &action)
{
    const auto options = std::make_shared<ChangeOptions>();
    const auto add = [&](const char *name, const char *help, auto run) {
        auto *command = group.add_subcommand(name, help);
        command->callback([&action, &common, options, run] {
            action = [&common, options, run] { return run(common, *options); };
        });
        return command;
    };
    auto *differ = add("diff", "比较两个题库：新增、改动的字段、移除", diff);
    differ->add_option("old", options->old, "旧题库")->required();
    differ->add_option("new", options->next, "新题库")->required();
    auto *maker = add("delta", "生成从旧题库包到新题库包的增量", delta);
    maker->add_option("old", options->old, "旧题库包")->required();
    maker->add_option("new", options->next, "新题库包")->required();
    maker->add_option("--out", options->out, "输出文件 (*.qfdelta)")->required();
    auto *applier = add("apply", "在本机启用题库包或增量", apply);
    applier->add_option("bank", options->next, "题库包或增量")->required();
    applier->add_option("--into", options->into, "题库文件夹；不写则用数据目录下的 bank");
    applier->add_option("--trust", options->trust, "可信公钥文件，可多次给出")->required();
    applier->add_flag("--require-sm2", options->requireSm2, "要求有可信的 SM2 签名");
}

} // namespace qingfeng::ctl
