#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"
#include "app/report/pdf_file.h"
#include "app/report/report_file.h"

#include "question_bank/base/file.h"
#include "question_bank/base/canonical_json.h"
#include "question_bank/package/signature.h"
#include "quiz/archive/archive_file.h"

#include <QDateTime>
#include <QFile>
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

/** What is wrong with the chain, for people. */
QString faultSentence(const ChainFault &fault)
{
    const auto what = [&fault] {
        switch (fault.kind) {
        case ChainFaultKind::Altered:
            return QStringLiteral("被改动过");
        case ChainFaultKind::Removed:
            return QStringLiteral("被删去了");
        case ChainFaultKind::Inserted:
            return QStringLiteral("是插进来的");
        case ChainFaultKind::Moved:
            return QStringLiteral("不在原来的位置");
        case ChainFaultKind::Cut:
            return QStringLiteral("起，末尾被截去了");
        case ChainFaultKind::Foreign:
            return QStringLiteral("来自另一个作答库");
        case ChainFaultKind::Unproven:
            break;
        }
        return QStringLiteral("无法单独证明：其后是他人的作答，请改用 archive export 导出全链");
    };
    const QString id = fault.id.isEmpty() ? QString() : QStringLiteral("（%1）").arg(fault.id);
    return QStringLiteral("第 %1 条作答%2%3").arg(fault.seq).arg(id, what());
}

struct Verdict
{
    qint64 attempts = 0;
    qint64 receipts = 0;
    qint64 annotations = 0;
    QByteArray headHash;
    std::optional<ChainFault> fault; ///< told among the problems too
    QStringList problems;
};

int tell(const Common &common, const Verdict &verdict)
{
    const bool holds = verdict.problems.isEmpty();
    const QString head = QString::fromLatin1(verdict.headHash.toHex());
    if (common.json) {
        QJsonObject document{{QStringLiteral("holds"), holds}, {QStringLiteral("attempts"), verdict.attempts},
            {QStringLiteral("receipts"), verdict.receipts}, {QStringLiteral("head"), head},
            {QStringLiteral("annotations"), verdict.annotations},
            {QStringLiteral("problems"), QJsonArray::fromStringList(verdict.problems)}};
        if (verdict.fault) {
            document.insert(QStringLiteral("first"),
                QJsonObject{{QStringLiteral("kind"), nameOf(verdict.fault->kind)},
                    {QStringLiteral("seq"), verdict.fault->seq}, {QStringLiteral("id"), verdict.fault->id}});
        }
        print(document);
    } else if (holds) {
        print(QStringLiteral("档案完整：%1 条作答首尾相连，%2 份服务器回执相符，链首 %3")
                  .arg(verdict.attempts)
                  .arg(verdict.receipts)
                  .arg(head.left(16)));
    } else {
        print(QStringLiteral("档案不完整："));
        if (verdict.fault) {
            print(QStringLiteral("  ") + faultSentence(*verdict.fault));
        }
        for (const QString &problem : verdict.problems) {
            print(QStringLiteral("  ") + problem);
        }
    }
    return holds ? True : False;
}

/** The archive in an exported file: JSON, or a PDF that carries it. */
Result<ArchiveFile> readArchive(const QString &path)
{
    auto bytes = readFile(path, maxExportBytes);
    if (bytes && bytes->startsWith("%PDF-")) {
        bytes = attachedFile(*bytes, archiveAttachment(), maxExportBytes);
    }
    const auto document = bytes ? parseJsonObject(*bytes) : Result<QJsonObject>(bytes.error());
    auto archive = document ? archiveFromJson(*document) : Result<ArchiveFile>(document.error());
    if (!archive) {
        const Error &error = archive.error();
        const QString where = error.where() == path || error.where().isEmpty()
            ? path
            : path + QStringLiteral("：") + error.where();
        return Error(error.code(), error.detail(), where);
    }
    return archive;
}

/** An exported file, checked on its own: chain, then receipts. */
int verifyExport(const Common &common, const QString &path, const QByteArray &key)
{
    const auto archive = readArchive(path);
    if (!archive) {
        fail(common, archive.error());
        return False; // what was asked is not true, however badly the file is formed
    }
    const ArchiveCheck check = checkArchive(*archive, key);
    Verdict verdict{archive->attempts.size(), check.receipts, archive->annotations.size(), archive->headHash,
        check.fault, check.annotationProblems};
    if (check.fault) {
        verdict.problems.append(check.fault->toString());
    }
    if (!check.receiptsHold) {
        verdict.problems.append(
            QStringLiteral("a receipt is not for this store, or not signed by this server"));
    }
    return tell(common, verdict);
}

int verify(const Common &common, const ArchiveOptions &options)
{
    const auto key = receiptKey(options);
    if (!key) {
        return fail(common, key.error());
    }
    const QString path
        = options.file.empty() ? DataFolder(common.dataPath).path() : QString::fromStdString(options.file);
    const QString database = QFileInfo(path).isDir() ? DataFolder(path).database() : path;
    QFile file(database);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(common, Error(ErrorCode::NotFound, file.errorString(), database));
    }
    if (path == database && !file.peek(16).startsWith("SQLite format 3")) {
        return verifyExport(common, path, *key);
    }
    file.close();
    const SystemClock clock;
    SystemRandom random;
    const auto store = LearningStore::open(database, clock, random);
    if (!store) {
        return fail(common, store.error());
    }
    const auto found = (*store)->verify(*key);
    if (!found) {
        return fail(common, found.error());
    }
    return tell(common, {found->attempts, found->receipts, found->annotations, found->headHash, found->fault, found->problems});
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
    const auto receipts = store.outbox().receipts();
    const auto annotations = store.annotations();
    if (!attempts || !receipts || !annotations) {
        return fail(common,
            !attempts       ? attempts.error()
                : !receipts ? receipts.error()
                            : annotations.error());
    }
    const QString out = QString::fromStdString(options.out);
    const QJsonObject document = toJson(makeArchive(store.storeId(), *attempts, *receipts, {}, *annotations));
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
    const auto annotations = (*workspace)->store().annotations(QString::fromStdString(options.person));
    if (!attempts || !annotations) {
        return fail(common, attempts ? annotations.error() : attempts.error());
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
        for (const Annotation &annotation : annotationsOf(*annotations, attempt.id)) {
            print(QStringLiteral("        批注（%1）：%2").arg(annotation.author, annotation.text));
        }
    }
    if (common.json) {
        QJsonArray notes;
        for (const Annotation &annotation : *annotations) {
            notes.append(toJson(annotation));
        }
        print(QJsonObject {{QStringLiteral("attempts"), list}, {QStringLiteral("annotations"), notes}});
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
    verifier->add_option(
        "file", options->file, "导出的档案（JSON 或 PDF）、learning.db 或数据目录；不给则为本机");
    verifier->add_option("--receipt-key", options->receiptKey, "服务器回执公钥文件");
    add("rebuild", "由作答重新推算一切派生数据", [&common] { return rebuild(common); });
}

} // namespace qingfeng::ctl
