#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "question_bank/base/file.h"
#include "question_bank/base/canonical_json.h"
#include "question_bank/package/signature.h"
#include "quiz/archive/chain.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng::ctl {
namespace {

constexpr qint64 maxExportBytes = 256LL * 1024 * 1024;

struct ArchiveOptions
{
    std::string file;
    std::string person;
    std::string out;
    std::string receiptKey;
    std::string format = "json";
};

Result<QByteArray> receiptKey(const ArchiveOptions &options)
{
    return options.receiptKey.empty() ? Result<QByteArray>(QByteArray())
                                      : readPublicKeyFile(QString::fromStdString(options.receiptKey));
}

int report(const Common &common, qint64 attempts, qint64 receipts, const QByteArray &head, const QStringList &problems)
{
    if (common.json) {
        print(QJsonObject {{QStringLiteral("holds"), problems.isEmpty()}, {QStringLiteral("attempts"), attempts},
            {QStringLiteral("receipts"), receipts},
            {QStringLiteral("head"), QString::fromLatin1(head.toHex())},
            {QStringLiteral("problems"), QJsonArray::fromStringList(problems)}});
    } else if (problems.isEmpty()) {
        print(QStringLiteral("档案完整：%1 条作答首尾相连，%2 份服务器回执相符，链首 %3")
                  .arg(attempts)
                  .arg(receipts)
                  .arg(QString::fromLatin1(head.toHex().left(16))));
    } else {
        print(QStringLiteral("档案不完整："));
        for (const QString &problem : problems) {
            print(QStringLiteral("  ") + problem);
        }
    }
    return problems.isEmpty() ? True : False;
}

/** An exported file, checked on its own: chain, then receipts. */
int verifyExport(const Common &common, const QString &path, const QByteArray &key)
{
    const auto bytes = readFile(path, maxExportBytes);
    if (!bytes) {
        return fail(common, bytes.error());
    }
    const auto document = parseJsonObject(*bytes);
    if (!document) {
        return fail(common, Error(document.error().code(), document.error().detail(), path));
    }
    QStringList problems;
    QList<Attempt> attempts;
    for (const QJsonValue value : document->value(QStringLiteral("attempts")).toArray()) {
        const auto attempt = attemptFromJson(value.toObject());
        if (!attempt) {
            problems.append(QStringLiteral("attempt %1: %2").arg(attempts.size() + 1).arg(attempt.error().toString()));
            return report(common, attempts.size(), 0, chainStart(), problems);
        }
        attempts.append(*attempt);
    }
    const ChainReport chain = verifyChain(attempts);
    if (!chain.intact) {
        problems.append(
            QStringLiteral("attempt %1 (%2): %3").arg(chain.firstBadSeq).arg(chain.firstBadId, chain.reason));
    }
    const QJsonObject head = document->value(QStringLiteral("head")).toObject();
    if (head.value(QStringLiteral("seq")).toInteger() != attempts.size()
        || head.value(QStringLiteral("hash")).toString()
            != QString::fromLatin1((attempts.isEmpty() ? chainStart() : attempts.last().hash).toHex())) {
        problems.append(QStringLiteral("the file does not end where it says that it ends"));
    }
    qint64 receipts = 0;
    if (const QJsonValue value = document->value(QStringLiteral("receipt")); value.isObject()) {
        const auto receipt = receiptFromJson(value.toObject());
        const bool fits = receipt && receipt->seq <= attempts.size()
            && attempts.at(receipt->seq - 1).hash == receipt->headHash
            && attempts.at(receipt->seq - 1).store == receipt->store;
        if (!fits) {
            problems.append(QStringLiteral("the server's receipt is not for these attempts"));
        } else if (!key.isEmpty() && !verifyReceipt(*receipt, key)) {
            problems.append(QStringLiteral("the receipt is not signed by this server"));
        } else {
            receipts = 1;
        }
    }
    return report(common, attempts.size(), receipts, chain.headHash, problems);
}

int verify(const Common &common, const ArchiveOptions &options)
{
    const auto key = receiptKey(options);
    if (!key) {
        return fail(common, key.error());
    }
    Common where = common;
    if (!options.file.empty()) {
        const QString path = QString::fromStdString(options.file);
        const QFileInfo info(path);
        if (info.isFile() && info.suffix() != QLatin1String("db")) {
            return verifyExport(common, path, *key);
        }
        where.dataPath = info.isDir() ? path : info.absolutePath();
    }
    auto workspace = Workspace::open(where);
    if (!workspace) {
        return fail(common, workspace.error());
    }
    const auto found = (*workspace)->store().verify(*key);
    if (!found) {
        return fail(common, found.error());
    }
    return report(common, found->chain.count, found->receipts, found->chain.headHash, found->problems);
}

int rebuild(const Common &common)
{
    auto workspace = Workspace::open(common);
    if (!workspace) {
        return fail(common, workspace.error());
    }
    const auto differing = (*workspace)->store().rebuild();
    if (!differing) {
        return fail(common, differing.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("differing"), *differing}});
    } else {
        print(*differing == 0 ? QStringLiteral("已由作答重新推算，没有差异")
                              : QStringLiteral("已由作答重新推算，更正 %1 处差异").arg(*differing));
    }
    return True;
}

int exportJson(const Common &common, const ArchiveOptions &options)
{
    auto workspace = Workspace::open(common);
    if (!workspace) {
        return fail(common, workspace.error());
    }
    LearningStore &store = (*workspace)->store();
    // The chain is per store, so an export that can be verified holds the whole of it.
    const auto attempts = store.attempts();
    const auto receipt = store.outbox().lastReceipt();
    if (!attempts || !receipt) {
        return fail(common, attempts ? receipt.error() : attempts.error());
    }
    QJsonArray list;
    for (const Attempt &attempt : *attempts) {
        list.append(toJson(attempt));
    }
    const QByteArray head = attempts->isEmpty() ? chainStart() : attempts->last().hash;
    QJsonObject document {{QStringLiteral("format"), QStringLiteral("qingfeng-archive-1")},
        {QStringLiteral("store"), store.storeId()}, {QStringLiteral("attempts"), list},
        {QStringLiteral("head"),
            QJsonObject {{QStringLiteral("seq"), attempts->size()},
                {QStringLiteral("hash"), QString::fromLatin1(head.toHex())}}}};
    if (receipt->has_value()) {
        document.insert(QStringLiteral("receipt"), toJson(**receipt));
    }
    const QString out = QString::fromStdString(options.out);
    const auto written = writeFileAtomically(out, QJsonDocument(document).toJson(QJsonDocument::Indented));
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("file"), out}, {QStringLiteral("attempts"), attempts->size()}});
    } else {
        print(QStringLiteral("已导出 %1 条作答到 %2").arg(attempts->size()).arg(out));
    }
    return True;
}

int show(const Common &common, const ArchiveOptions &options)
{
    auto workspace = Workspace::open(common);
    if (!workspace) {
        return fail(common, workspace.error());
    }
    const auto attempts = (*workspace)->store().attempts(QString::fromStdString(options.person));
    if (!attempts) {
        return fail(common, attempts.error());
    }
    QJsonArray list;
    for (const Attempt &attempt : *attempts) {
        if (common.json) {
            list.append(toJson(attempt));
            continue;
        }
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(attempt.answeredAtMs, Qt::OffsetFromUTC,
            attempt.utcOffsetSeconds);
        print(QStringLiteral("%1  %2  %3  %4  %5  [%6]  %7")
                  .arg(attempt.seq, 6)
                  .arg(local.toString(QStringLiteral("yyyy-MM-dd HH:mm")), attempt.person, attempt.question,
                      nameOf(attempt.outcome), attempt.response.join(QLatin1Char(',')), nameOf(attempt.context)));
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("attempts"), list}});
    } else {
        print(QStringLiteral("共 %1 条").arg(attempts->size()));
    }
    return True;
}

} // namespace

void addArchiveCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.add_subcommand("archive", "学习档案：查看、导出、校验、重算");
    group->require_subcommand(1);
    const auto options = std::make_shared<ArchiveOptions>();
    const auto add = [&](const char *name, const char *help, auto run) {
        auto *command = group->add_subcommand(name, help);
        command->callback([&action, run] { action = run; });
        return command;
    };
    add("show", "列出本机的作答", [&common, options] { return show(common, *options); })
        ->add_option("--person", options->person, "只看这个工号");
    auto *exporter = add("export", "导出可离线校验的档案", [&common, options] { return exportJson(common, *options); });
    exporter->add_option("--out", options->out, "输出文件")->required();
    exporter->add_option("--format", options->format, "格式")->check(CLI::IsMember({"json"}));
    auto *verifier = add("verify", "校验本机档案，或校验一份导出的档案", [&common, options] { return verify(common, *options); });
    verifier->add_option("file", options->file, "导出的档案、learning.db 或数据目录；不给则为本机");
    verifier->add_option("--receipt-key", options->receiptKey, "服务器回执公钥文件");
    add("rebuild", "由作答重新推算一切派生数据", [&common] { return rebuild(common); });
}

} // namespace qingfeng::ctl
