#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "question_bank/check/check.h"
#include "question_bank/formats/bank_sources.h"
#include "question_bank/model/bank_json.h"
#include "question_bank/model/names.h"
#include "question_bank/package/bank_folder.h"
#include "question_bank/package/signature.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QMap>

namespace qingfeng::ctl {
namespace {

struct BankOptions
{
    std::string bank;
    std::string out;
    std::string key;
    std::string question;
    std::vector<std::string> trust;
};

int showFindings(const Common &common, const QList<Finding> &findings, qsizetype questions)
{
    qsizetype errors = 0;
    QJsonArray list;
    for (const Finding &finding : findings) {
        errors += finding.severity == Severity::Error;
        list.append(QJsonObject {{QStringLiteral("severity"), nameOf(finding.severity)},
            {QStringLiteral("rule"), finding.rule}, {QStringLiteral("object"), finding.object},
            {QStringLiteral("evidence"), finding.evidence}});
        if (!common.json) {
            print(QStringLiteral("%1 %2 [%3] %4")
                      .arg(finding.severity == Severity::Error ? QStringLiteral("错误") : QStringLiteral("提示"),
                          finding.object, finding.rule, finding.evidence));
        }
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("questions"), questions}, {QStringLiteral("errors"), errors},
            {QStringLiteral("findings"), list}});
    } else {
        print(QStringLiteral("共 %1 题：%2 处错误，%3 处提示")
                  .arg(questions)
                  .arg(errors)
                  .arg(findings.size() - errors));
    }
    return errors == 0 ? True : False;
}

int check(const Common &common, const QString &path)
{
    const auto bank = readAnyBank(path);
    return bank ? showFindings(common, checkBank(*bank), bank->questions().size()) : fail(common, bank.error());
}

int stats(const Common &common, const QString &path)
{
    const auto bank = readAnyBank(path);
    if (!bank) {
        return fail(common, bank.error());
    }
    QMap<QString, int> byType;
    QMap<QString, int> byPost;
    QMap<QString, int> byRiskPoint;
    for (const QuestionVersion &question : bank->questions()) {
        ++byType[nameOf(question.type)];
        for (const QString &post : bank->postsOf(question)) {
            ++byPost[post];
        }
        for (const QString &riskPoint : question.riskPoints) {
            ++byRiskPoint[riskPoint];
        }
    }
    int highWithFour = 0;
    for (const RiskPoint &point : bank->riskPoints()) {
        highWithFour += point.grade == RiskGrade::High && byRiskPoint.value(point.id) >= 4;
    }
    const auto object = [](const QMap<QString, int> &counts) {
        QJsonObject result;
        for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
            result.insert(it.key(), it.value());
        }
        return result;
    };
    if (common.json) {
        print(QJsonObject {{QStringLiteral("revision"), bank->revision}, {QStringLiteral("unit"), bank->unit},
            {QStringLiteral("questions"), bank->questions().size()}, {QStringLiteral("by_type"), object(byType)},
            {QStringLiteral("by_post"), object(byPost)},
            {QStringLiteral("risk_points"), bank->riskPoints().size()},
            {QStringLiteral("risk_points_covered"), byRiskPoint.size()},
            {QStringLiteral("high_with_4"), highWithFour}});
        return True;
    }
    print(QStringLiteral("题库 %1 第 %2 版：%3 题，覆盖 %4 个岗位、%5/%6 个风险点")
              .arg(bank->unit)
              .arg(bank->revision)
              .arg(bank->questions().size())
              .arg(byPost.size())
              .arg(byRiskPoint.size())
              .arg(bank->riskPoints().size()));
    for (auto it = byPost.cbegin(); it != byPost.cend(); ++it) {
        const Post *post = bank->post(it.key());
        print(QStringLiteral("  %1 %2  %3 题").arg(it.key(), post ? post->name : QString()).arg(it.value()));
    }
    return True;
}

int show(const Common &common, const QString &path, const QString &only)
{
    const auto bank = readAnyBank(path);
    if (!bank) {
        return fail(common, bank.error());
    }
    QJsonArray list;
    for (const QuestionVersion &question : bank->questions()) {
        if (!only.isEmpty() && question.id != only) {
            continue;
        }
        list.append(toJson(question));
        if (common.json) {
            continue;
        }
        print(QStringLiteral("%1 第%2版 [%3] %4")
                  .arg(question.id)
                  .arg(question.version)
                  .arg(nameOf(question.type), question.stem));
        for (const Choice &choice : question.choices) {
            print(QStringLiteral("  %1 %2 %3")
                      .arg(question.answer.contains(choice.id) ? QStringLiteral("✓") : QStringLiteral(" "),
                          choice.id, choice.text));
        }
        QStringList citations;
        for (const QString &article : question.articles) {
            citations.append(bank->citation(article));
        }
        print(QStringLiteral("  依据 ") + citations.join(QStringLiteral("、")));
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("questions"), list}});
    }
    if (list.isEmpty()) {
        return fail(common, Error(ErrorCode::NotFound, QStringLiteral("no such question"), only));
    }
    return True;
}

int build(const Common &common, const BankOptions &options)
{
    const auto bank = readBankSources(QString::fromStdString(options.bank));
    if (!bank) {
        return fail(common, bank.error());
    }
    const auto findings = checkBank(*bank);
    if (!isPublishable(findings)) {
        return showFindings(common, findings, bank->questions().size());
    }
    const auto key = readSecretKeyFile(QString::fromStdString(options.key));
    if (!key) {
        return fail(common, key.error());
    }
    const auto package = buildPackage(*bank, key->secret);
    if (!package) {
        return fail(common, package.error());
    }
    const QString out = QString::fromStdString(options.out);
    const auto written = writeFileAtomically(out, *package);
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("package"), out}, {QStringLiteral("bytes"), package->size()},
            {QStringLiteral("revision"), bank->revision},
            {QStringLiteral("questions"), bank->questions().size()},
            {QStringLiteral("key"), keyId(key->publicKey)}});
    } else {
        print(QStringLiteral("已生成 %1：%2 题，%3 字节，签名密钥 %4")
                  .arg(out)
                  .arg(bank->questions().size())
                  .arg(package->size())
                  .arg(keyId(key->publicKey)));
    }
    return True;
}

/** Public keys named with --trust; all of a package's own key when none is named. */
Result<QList<QByteArray>> trustedKeys(const BankOptions &options)
{
    QList<QByteArray> keys;
    for (const std::string &path : options.trust) {
        const auto key = readPublicKeyFile(QString::fromStdString(path));
        if (!key) {
            return key.error();
        }
        keys.append(*key);
    }
    return keys;
}

int verify(const Common &common, const BankOptions &options)
{
    const QString path = QString::fromStdString(options.bank);
    const auto bytes = readFile(path, maxPackageBytes);
    if (!bytes) {
        return fail(common, bytes.error());
    }
    const auto keys = trustedKeys(options);
    if (!keys) {
        return fail(common, keys.error());
    }
    const auto package = keys->isEmpty() ? readPackage(*bytes) : readTrustedPackage(*bytes, *keys);
    if (!package) {
        return fail(common, Error(package.error().code(), package.error().detail(), path));
    }
    const PackageInfo &info = package->info;
    if (common.json) {
        print(QJsonObject {{QStringLiteral("unit"), info.unit}, {QStringLiteral("revision"), info.revision},
            {QStringLiteral("questions"), info.questions}, {QStringLiteral("manifest"), info.manifestHash},
            {QStringLiteral("key"), info.signingKey}, {QStringLiteral("trusted"), !keys->isEmpty()}});
    } else {
        print(QStringLiteral("题库包完整：%1 第 %2 版，%3 题，签名密钥 %4%5")
                  .arg(info.unit)
                  .arg(info.revision)
                  .arg(info.questions)
                  .arg(info.signingKey,
                      keys->isEmpty() ? QStringLiteral("（未指定 --trust，只证明未被改动）") : QString()));
    }
    return True;
}

int apply(const Common &common, const BankOptions &options)
{
    const auto bytes = readFile(QString::fromStdString(options.bank), maxPackageBytes);
    if (!bytes) {
        return fail(common, bytes.error());
    }
    const auto keys = trustedKeys(options);
    if (!keys) {
        return fail(common, keys.error());
    }
    BankFolder folder(DataFolder(common.dataPath).bank(), *keys);
    const auto applied = folder.apply(*bytes);
    if (!applied) {
        return fail(common, applied.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("revision"), applied->revision},
            {QStringLiteral("questions"), applied->questions}});
    } else {
        print(QStringLiteral("已启用第 %1 版，%2 题").arg(applied->revision).arg(applied->questions));
    }
    return True;
}

int newKey(const Common &common, const QString &path)
{
    const auto pair = makeKeyPair();
    if (!pair) {
        return fail(common, pair.error());
    }
    const auto written = writeKeyFiles(*pair, path, path + QStringLiteral(".pub"));
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("key"), keyId(pair->publicKey)}});
    } else {
        print(QStringLiteral("已生成签名密钥 %1（私钥 %2，请妥善保管；公钥 %2.pub）")
                  .arg(keyId(pair->publicKey), path));
    }
    return True;
}

} // namespace

void addBankCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.add_subcommand("bank", "题库：查看、检查、生成、校验");
    group->require_subcommand(1);
    const auto options = std::make_shared<BankOptions>();

    const auto add = [&](const char *name, const char *help, auto run) {
        auto *command = group->add_subcommand(name, help);
        command->add_option("bank", options->bank, "题库包或源文件夹")->required();
        command->callback([&action, run] { action = run; });
        return command;
    };
    const auto path = [options] { return QString::fromStdString(options->bank); };
    add("check", "按规则检查题库，列出每处问题及证据", [&common, path] { return check(common, path()); });
    add("stats", "统计题量与覆盖", [&common, path] { return stats(common, path()); });
    add("show", "显示题目", [&common, path, options] {
        return show(common, path(), QString::fromStdString(options->question));
    })->add_option("--question", options->question, "只显示这一题");
    auto *builder = add("build", "由源文件生成签名题库包", [&common, options] { return build(common, *options); });
    builder->add_option("--out", options->out, "输出文件 (*.qfbank)")->required();
    builder->add_option("--key", options->key, "签名私钥文件")->required();
    add("verify", "校验题库包的完整性与签名", [&common, options] { return verify(common, *options); })
        ->add_option("--trust", options->trust, "可信公钥文件，可多次给出");
    add("apply", "在本机启用题库包", [&common, options] { return apply(common, *options); })
        ->add_option("--trust", options->trust, "可信公钥文件，可多次给出")
        ->required();
    add("new-key", "生成一对新的签名密钥", [&common, path] { return newKey(common, path()); });
}

} // namespace qingfeng::ctl
