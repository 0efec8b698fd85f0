#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "question_bank/base/clock.h"
#include "question_bank/base/file.h"
#include "question_bank/formats/import.h"
#include "question_bank/formats/registry.h"
#include "question_bank/package/package.h"

#include <QFileInfo>
#include <QJsonArray>

namespace qingfeng::ctl {
namespace {

struct ExchangeOptions
{
    std::vector<std::string> files;
    std::string into;
    std::string format = "auto";
    std::string map;
    bool confirm = false;
    std::string bank;
    std::string exportFormat;
    std::string out;
};

QString place(const ImportRemark &remark)
{
    QString text = remark.file;
    if (remark.row > 0) {
        text += QStringLiteral(" 第 %1 行").arg(remark.row);
    }
    if (!remark.column.isEmpty()) {
        text += QStringLiteral(" [%1]").arg(remark.column);
    }
    return text;
}

/** As many as a person reads; all of them are in the JSON document. */
void printRemarks(const QString &kind, const QList<ImportRemark> &remarks)
{
    constexpr qsizetype shown = 100;
    for (const ImportRemark &remark : remarks.mid(0, shown)) {
        print(QStringLiteral("%1 %2：%3").arg(kind, place(remark), remark.reason));
    }
    if (remarks.size() > shown) {
        print(QStringLiteral("%1 另有 %2 处，用 --json 查看全部").arg(kind).arg(remarks.size() - shown));
    }
}

void printReceipt(const ImportReceipt &receipt, const QString &into, bool confirm)
{
    printRemarks(QStringLiteral("拒收"), receipt.rejected);
    printRemarks(QStringLiteral("提示"), receipt.warnings);
    print(QStringLiteral("新增 %1 题，更新 %2 题，重复 %3 题，拒收 %4 处")
              .arg(receipt.count(ImportStatus::Accepted))
              .arg(receipt.count(ImportStatus::Updated))
              .arg(receipt.count(ImportStatus::Duplicate))
              .arg(receipt.rejected.size()));
    if (receipt.committed) {
        print(QStringLiteral("已写入 %1").arg(into));
    } else if (!confirm) {
        print(QStringLiteral("这是试读，没有写入任何内容；核对后加 --confirm 写入 %1").arg(into));
    } else {
        print(QStringLiteral("没有写入任何内容"));
    }
}

/** The text of --map: of the file that it names, or the argument itself. */
Result<QString> mapText(const QString &argument)
{
    if (argument.isEmpty() || !QFileInfo(argument).isFile()) {
        return argument;
    }
    constexpr qint64 limit = 1024 * 1024;
    const auto bytes = readFile(argument, limit);
    if (!bytes) {
        return bytes.error();
    }
    return QString::fromUtf8(*bytes);
}

int importQuestions(const Common &common, const ExchangeOptions &options)
{
    const QString into = QString::fromStdString(options.into);
    const auto target = openBank(into);
    if (!target && target.error().code() == ErrorCode::NotPermitted) {
        return fail(common,
            Error(ErrorCode::NotPermitted,
                QStringLiteral("签名的题库包不能改动：请导入到它的源文件夹或题库 JSON 文件，"
                               "再用 bank build 生成新的一版"),
                into));
    }
    if (!target) {
        return fail(common, target.error());
    }
    const auto map = mapText(QString::fromStdString(options.map));
    if (!map) {
        return fail(common, map.error());
    }
    QList<ImportSource> sources;
    QList<ImportRemark> unreadable;
    for (const std::string &name : options.files) {
        const QString path = QString::fromStdString(name);
        const auto bytes = readFile(path, maxImportBytes);
        if (bytes) {
            sources.append({path, *bytes});
        } else {
            unreadable.append({path, 0, {}, sentence(Error(bytes.error().code(), bytes.error().detail()))});
        }
    }
    ImportPlan plan = planImport(sources, QString::fromStdString(options.format), {*map}, target->bank);
    plan.receipt.rejected = unreadable + plan.receipt.rejected;
    // A file that is named and cannot be read is a slip of the one who named it: he should see it before
    // anything is written.
    const bool taken = !plan.receipt.questions.isEmpty() && unreadable.isEmpty();
    if (options.confirm && taken) {
        const auto written = commitImport(plan, *target, SystemClock().utcMs());
        if (!written) {
            return fail(common,
                Error(written.error().code() == ErrorCode::InvalidArgument ? ErrorCode::Internal
                                                                           : written.error().code(),
                    written.error().detail(), written.error().where()));
        }
        plan.receipt.committed = true;
    }
    if (common.json) {
        print(toJson(plan.receipt));
    } else {
        printReceipt(plan.receipt, into, options.confirm);
    }
    return taken ? True : False;
}

/** A bank of any kind, with its pictures. */
Result<QuestionBank> bankToExport(const QString &path)
{
    if (QFileInfo(path).isFile()) {
        const auto head = readFile(path, maxPackageBytes);
        if (!head) {
            return head.error();
        }
        if (head->startsWith("QFBANK")) {
            return readAnyBank(path);
        }
    }
    auto open = openBank(path);
    if (!open) {
        return open.error();
    }
    if (!open->exists) {
        return Error(ErrorCode::NotFound, QStringLiteral("no such bank"), path);
    }
    return std::move(open->bank);
}

int exportQuestions(const Common &common, const ExchangeOptions &options)
{
    const auto bank = bankToExport(QString::fromStdString(options.bank));
    if (!bank) {
        return fail(common, bank.error());
    }
    const QString name = QString::fromStdString(options.exportFormat);
    const QuestionFormat *format = questionFormat(name);
    if (!format || !format->write) {
        return fail(common,
            Error(ErrorCode::InvalidArgument, QStringLiteral("这个版本还不能写出 %1 格式").arg(name),
                QStringLiteral("--format")));
    }
    const auto exported = format->write(*bank);
    if (!exported) {
        return fail(common, exported.error());
    }
    const QString out = QString::fromStdString(options.out);
    const auto written = writeFileAtomically(out, exported->bytes);
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        QJsonArray lost;
        for (const ImportRemark &remark : exported->lost) {
            lost.append(QJsonObject{{QStringLiteral("question"), remark.file},
                {QStringLiteral("field"), remark.column}, {QStringLiteral("reason"), remark.reason}});
        }
        print(QJsonObject{{QStringLiteral("file"), out}, {QStringLiteral("format"), name},
            {QStringLiteral("bytes"), exported->bytes.size()}, {QStringLiteral("lost"), lost}});
        return True;
    }
    printRemarks(QStringLiteral("未能保留"), exported->lost);
    print(QStringLiteral("已写出 %1（%2，%3 字节）").arg(out, name).arg(exported->bytes.size()));
    return True;
}

} // namespace

void addExchangeCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.get_subcommand("bank");
    const auto options = std::make_shared<ExchangeOptions>();
    std::vector<std::string> readable{"auto"};
    std::vector<std::string> writable;
    for (const QuestionFormat &format : questionFormats()) {
        readable.push_back(format.name.toStdString());
        if (format.name != QLatin1String("docx") && format.name != QLatin1String("text")) {
            writable.push_back(format.name.toStdString());
        }
    }

    auto *importer = group->add_subcommand("import", "从其他格式导入题目：先试读，加 --confirm 才写入");
    importer->add_option("files", options->files, "要导入的文件")->required();
    importer->add_option("--into", options->into, "导入到：源文件夹，或题库 JSON 文件（没有则新建）")
        ->required();
    importer->add_option("--format", options->format, "文件格式，默认按内容识别")
        ->check(CLI::IsMember(readable));
    importer->add_option("--map", options->map, "列与字段的对应，用于表格");
    importer->add_flag("--confirm", options->confirm, "写入；不加则只试读");
    importer->callback([&action, &common, options] {
        action = [&common, options] { return importQuestions(common, *options); };
    });

    auto *exporter = group->add_subcommand("export", "把题库写成其他格式");
    exporter->add_option("bank", options->bank, "题库包、源文件夹或题库 JSON 文件")->required();
    exporter->add_option("--format", options->exportFormat, "写成什么格式")
        ->required()
        ->check(CLI::IsMember(writable));
    exporter->add_option("--out", options->out, "输出文件")->required();
    exporter->callback([&action, &common, options] {
        action = [&common, options] { return exportQuestions(common, *options); };
    });
}

} // namespace qingfeng::ctl
