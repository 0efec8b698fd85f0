#include "app/ctl/bank_commands.h"
#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "question_bank/check/check.h"
#include "question_bank/model/bank_json.h"
#include "question_bank/model/names.h"
#include "question_bank/model/publication.h"
#include "question_bank/package/bank_folder.h"
#include "question_bank/package/signature.h"

#include <QJsonArray>
#include <QMap>
#include <QSet>

namespace qingfeng::ctl {
namespace {

struct BankOptions
{
    std::string bank;
    std::string out;
    std::string key;
    std::string sm2Key;
    std::string after;
    std::string question;
    std::string algorithm = "ed25519";
    std::vector<std::string> trust;
    std::vector<std::string> rollsBack;
    bool publish = false;
    bool requireSm2 = false;
};

QJsonObject toJson(const Finding &finding)
{
    return {{QStringLiteral("severity"), nameOf(finding.severity)}, {QStringLiteral("rule"), finding.rule},
        {QStringLiteral("question"), finding.object}, {QStringLiteral("evidence"), finding.evidence}};
}

void showFinding(const QString &mark, const Finding &finding, const QString &reason)
{
    const Rule *rule = ruleNamed(finding.rule);
    QString line = QStringLiteral("%1 %2 [%3] %4").arg(mark, finding.object, finding.rule, rule ? rule->text : QString());
    if (!finding.evidence.isEmpty()) {
        line += QStringLiteral("：") + finding.evidence;
    }
    if (!reason.isEmpty()) {
        line += QStringLiteral("（理由：%1）").arg(reason);
    }
    print(line);
}

int showReport(const Common &common, const CheckReport &report, qsizetype questions)
{
    if (common.json) {
        QJsonArray findings;
        for (const Finding &finding : report.findings) {
            findings.append(toJson(finding));
        }
        QJsonArray accepted;
        for (const AcceptedFinding &entry : report.accepted) {
            QJsonObject object = toJson(entry.finding);
            object.insert(QStringLiteral("reason"), entry.reason);
            accepted.append(object);
        }
        print(QJsonObject {{QStringLiteral("questions"), questions}, {QStringLiteral("errors"), report.errors()},
            {QStringLiteral("warnings"), report.warnings()}, {QStringLiteral("findings"), findings},
            {QStringLiteral("accepted"), accepted}});
        return report.errors() == 0 ? True : False;
    }
    for (const Finding &finding : report.findings) {
        showFinding(finding.severity == Severity::Error ? QStringLiteral("错误") : QStringLiteral("提示"), finding, {});
    }
    for (const AcceptedFinding &entry : report.accepted) {
        showFinding(QStringLiteral("已说明"), entry.finding, entry.reason);
    }
    print(QStringLiteral("共 %1 题：%2 处错误，%3 处提示，%4 处已说明")
              .arg(questions)
              .arg(report.errors())
              .arg(report.warnings())
              .arg(report.accepted.size()));
    return report.errors() == 0 ? True : False;
}

int check(const Common &common, const QString &path)
{
    const auto bank = readAnyBank(path);
    return bank ? showReport(common, reportOn(*bank), bank->questions().size()) : fail(common, bank.error());
}

int stats(const Common &common, const QString &path)
{
    const auto bank = readAnyBank(path);
    if (!bank) {
        return fail(common, bank.error());
    }
    QMap<QString, int> byType;
    QMap<QString, int> byPost;
    QMap<QString, int> byState;
    QMap<QString, int> byDifficulty;
    QMap<QString, int> byRiskPoint;
    QSet<QString> articles;
    qsizetype questions = 0;
    for (const QuestionVersion &question : bank->questions()) {
        ++byState[nameOf(question.state)];
        if (!bank->isLatest(question) || question.state == ReviewState::Withdrawn) {
            continue;
        }
        ++questions;
        ++byType[nameOf(question.type)];
        ++byDifficulty[nameOf(question.difficulty)];
        for (const QString &post : bank->postsOf(question)) {
            ++byPost[post];
        }
        for (const QString &riskPoint : question.riskPoints) {
            byRiskPoint[riskPoint] += bank->riskPoint(riskPoint) != nullptr;
        }
        articles.unite(QSet<QString>(question.articles.cbegin(), question.articles.cend()));
    }
    int high = 0;
    int highWithFour = 0;
    int withTwo = 0;
    for (const RiskPoint &point : bank->riskPoints()) {
        high += point.grade == RiskGrade::High;
        highWithFour += point.grade == RiskGrade::High && byRiskPoint.value(point.id) >= 4;
        withTwo += byRiskPoint.value(point.id) >= 2;
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
            {QStringLiteral("questions"), questions}, {QStringLiteral("versions"), bank->questions().size()},
            {QStringLiteral("by_type"), object(byType)}, {QStringLiteral("by_post"), object(byPost)},
            {QStringLiteral("by_state"), object(byState)}, {QStringLiteral("by_difficulty"), object(byDifficulty)},
            {QStringLiteral("risk_points"), bank->riskPoints().size()},
            {QStringLiteral("risk_points_covered"), byRiskPoint.size()},
            {QStringLiteral("with_2"), withTwo}, {QStringLiteral("high"), high},
            {QStringLiteral("high_with_4"), highWithFour}, {QStringLiteral("articles_cited"), articles.size()},
            {QStringLiteral("themes"), bank->themes().size()}, {QStringLiteral("stories"), bank->stories().size()},
            {QStringLiteral("media"), bank->media().size()}, {QStringLiteral("law_changes"), bank->lawChanges().size()}});
        return True;
    }
    print(QStringLiteral("题库 %1 第 %2 版：%3 题，覆盖 %4 个岗位、%5/%6 个风险点")
              .arg(bank->unit)
              .arg(bank->revision)
              .arg(questions)
              .arg(byPost.size())
              .arg(byRiskPoint.size())
              .arg(bank->riskPoints().size()));
    print(QStringLiteral("高风险点 %1 个，其中满 4 题的 %2 个；主题 %3 个，故事 %4 则，图片 %5 幅")
              .arg(high)
              .arg(highWithFour)
              .arg(bank->themes().size())
              .arg(bank->stories().size())
              .arg(bank->media().size()));
    for (auto it = byPost.cbegin(); it != byPost.cend(); ++it) {
        const Post *post = bank->post(it.key());
        print(QStringLiteral("  %1 %2  %3 题").arg(it.key(), post ? post->name : QString()).arg(it.value()));
    }
    return True;
}

void showItem(const QuestionItem &item, const QString &indent)
{
    for (const Choice &choice : item.choices) {
        QString mark = item.answer.contains(choice.id) ? QStringLiteral("✓") : QStringLiteral(" ");
        if (item.type == QuestionType::Order) {
            mark = QString::number(item.answer.indexOf(choice.id) + 1);
        }
        const QString target = item.pairs.value(choice.id);
        print(indent + QStringLiteral("%1 %2 %3%4").arg(mark, choice.id, choice.text,
                           target.isEmpty() ? QString() : QStringLiteral(" → ") + target));
    }
    for (const Choice &target : item.targets) {
        print(indent + QStringLiteral("→ %1 %2").arg(target.id, target.text));
    }
    for (const Blank &blank : item.blanks) {
        print(indent + QStringLiteral("____ %1 %2").arg(blank.id, blank.accepted.join(QStringLiteral(" / "))));
    }
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
        list.append(qingfeng::toJson(question));
        if (common.json) {
            continue;
        }
        print(QStringLiteral("%1 第%2版 [%3，%4] %5")
                  .arg(question.id)
                  .arg(question.version)
                  .arg(nameOf(question.type), nameOf(question.state), question.stem));
        showItem(question, QStringLiteral("  "));
        for (const QuestionPart &part : question.parts) {
            print(QStringLiteral("  (%1) [%2] %3").arg(part.id, nameOf(part.type), part.stem));
            showItem(part, QStringLiteral("    "));
        }
        QStringList citations;
        for (const QString &article : question.articles) {
            citations.append(bank->citation(article));
        }
        print(QStringLiteral("  依据 ") + citations.join(QStringLiteral("、")));
        const Explanation &explanation = question.explanation;
        print(QStringLiteral("  解析 %1 %2 %3 %4")
                  .arg(explanation.act(), explanation.why(), explanation.consequence(), explanation.instead()));
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("questions"), list}});
    }
    if (list.isEmpty()) {
        return fail(common, Error(ErrorCode::NotFound, QStringLiteral("no such question"), only));
    }
    return True;
}

/** Publishes what is approved, after the package that was published before, if --after or --publish says so. */
Result<void> publishIfAsked(QuestionBank &bank, const BankOptions &options)
{
    if (options.after.empty() && !options.publish) {
        return {};
    }
    QuestionBank old;
    if (!options.after.empty()) {
        auto read = readAnyBank(QString::fromStdString(options.after));
        if (!read) {
            return read.error();
        }
        old = std::move(*read);
    }
    return publishAfter(bank, old);
}

Result<QByteArray> sealed(const QuestionBank &bank, const BankOptions &options)
{
    const auto key = readSecretKeyFile(QString::fromStdString(options.key));
    if (!key) {
        return key.error();
    }
    BuildOptions build;
    if (!options.sm2Key.empty()) {
        const auto sm2 = readSigningKeyFile(QString::fromStdString(options.sm2Key));
        if (!sm2 || sm2->algorithm != SignatureAlgorithm::Sm2) {
            return sm2 ? Error(ErrorCode::InvalidArgument, QStringLiteral("not an SM2 key"),
                       QString::fromStdString(options.sm2Key))
                       : sm2.error();
        }
        build.sm2Secret = sm2->pair.secret;
    }
    for (const std::string &path : options.rollsBack) {
        const auto bytes = readFile(QString::fromStdString(path), maxPackageBytes);
        const auto info = bytes ? inspectPackage(*bytes) : bytes.error();
        if (!info) {
            return info.error();
        }
        build.rollsBack.append(info->manifestHash);
    }
    return buildPackage(bank, key->secret, build);
}

int build(const Common &common, const BankOptions &options)
{
    auto bank = readAnyBank(QString::fromStdString(options.bank));
    if (!bank) {
        return fail(common, bank.error());
    }
    const CheckReport report = reportOn(*bank);
    if (!isPublishable(report.findings)) {
        return showReport(common, report, bank->questions().size());
    }
    if (const auto published = publishIfAsked(*bank, options); !published) {
        return fail(common, published.error());
    }
    const auto package = sealed(*bank, options);
    if (!package) {
        return fail(common, package.error());
    }
    const QString out = QString::fromStdString(options.out);
    const auto written = writeFileAtomically(out, *package);
    if (!written) {
        return fail(common, written.error());
    }
    const auto info = inspectPackage(*package);
    if (!info) {
        return fail(common, info.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("package"), out}, {QStringLiteral("bytes"), package->size()},
            {QStringLiteral("revision"), bank->revision}, {QStringLiteral("questions"), bank->questions().size()},
            {QStringLiteral("manifest"), info->manifestHash}, {QStringLiteral("warnings"), report.warnings()},
            {QStringLiteral("key"), info->signingKey}});
    } else {
        print(QStringLiteral("已生成 %1：%2 题，%3 字节，签名密钥 %4；检查有 %5 处提示")
                  .arg(out)
                  .arg(bank->questions().size())
                  .arg(package->size())
                  .arg(info->signingKey)
                  .arg(report.warnings()));
    }
    return True;
}

int signPackage(const Common &common, const BankOptions &options)
{
    const QString path = QString::fromStdString(options.bank);
    const QString out = options.out.empty() ? path : QString::fromStdString(options.out);
    const auto bytes = readFile(path, maxPackageBytes);
    if (!bytes) {
        return fail(common, bytes.error());
    }
    const auto key = readSigningKeyFile(QString::fromStdString(options.key));
    if (!key) {
        return fail(common, key.error());
    }
    const auto package = addSignature(*bytes, *key);
    if (!package) {
        return fail(common, Error(package.error().code(), package.error().detail(), path));
    }
    const auto written = writeFileAtomically(out, *package);
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("package"), out}, {QStringLiteral("algorithm"), algorithmName(key->algorithm)},
            {QStringLiteral("key"), keyId(key->pair.publicKey)}});
    } else {
        print(QStringLiteral("已加签 %1：%2 密钥 %3").arg(out, algorithmName(key->algorithm), keyId(key->pair.publicKey)));
    }
    return True;
}

QJsonArray signaturesOf(const PackageInfo &info)
{
    QJsonArray list;
    for (const PackageSignature &signature : info.signatures) {
        list.append(QJsonObject {{QStringLiteral("algorithm"), algorithmName(signature.algorithm)},
            {QStringLiteral("key"), signature.key}});
    }
    return list;
}

int verify(const Common &common, const BankOptions &options)
{
    const QString path = QString::fromStdString(options.bank);
    const auto bytes = readFile(path, maxPackageBytes);
    if (!bytes) {
        return fail(common, bytes.error());
    }
    const auto trust = readTrust(options.trust, options.requireSm2);
    if (!trust) {
        return fail(common, trust.error());
    }
    const bool asked = !options.trust.empty();
    const auto package = asked ? readTrustedPackage(*bytes, trust->keys, trust->sm2) : readPackage(*bytes);
    if (!package) {
        return fail(common, Error(package.error().code(), package.error().detail(), path));
    }
    const PackageInfo &info = package->info;
    if (common.json) {
        print(QJsonObject {{QStringLiteral("unit"), info.unit}, {QStringLiteral("revision"), info.revision},
            {QStringLiteral("format"), info.format}, {QStringLiteral("questions"), info.questions},
            {QStringLiteral("objects"), info.objects}, {QStringLiteral("manifest"), info.manifestHash},
            {QStringLiteral("rolls_back"), QJsonArray::fromStringList(info.rollsBack)},
            {QStringLiteral("signatures"), signaturesOf(info)}, {QStringLiteral("key"), info.signingKey},
            {QStringLiteral("trusted"), asked}});
    } else {
        print(QStringLiteral("题库包完整：%1 第 %2 版，%3 题，签名密钥 %4%5")
                  .arg(info.unit)
                  .arg(info.revision)
                  .arg(info.questions)
                  .arg(info.signingKey,
                      asked ? QString() : QStringLiteral("（未指定 --trust，只证明未被改动）")));
    }
    return True;
}

int newKey(const Common &common, const QString &path, const std::string &algorithm)
{
    SigningKey key;
    key.algorithm = algorithm == "sm2" ? SignatureAlgorithm::Sm2 : SignatureAlgorithm::Ed25519;
    const auto pair = key.algorithm == SignatureAlgorithm::Sm2 ? makeSm2KeyPair() : makeKeyPair();
    if (!pair) {
        return fail(common, pair.error());
    }
    key.pair = *pair;
    const auto written = writeKeyFiles(key, path, path + QStringLiteral(".pub"));
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("key"), keyId(pair->publicKey)},
            {QStringLiteral("algorithm"), algorithmName(key.algorithm)}});
    } else {
        print(QStringLiteral("已生成签名密钥 %1（私钥 %2，请妥善保管；公钥 %2.pub）")
                  .arg(keyId(pair->publicKey), path));
    }
    return True;
}

} // namespace

void addBankCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.add_subcommand("bank", "题库：查看、检查、生成、校验、比较、增量、法律变动");
    group->require_subcommand(1);
    const auto options = std::make_shared<BankOptions>();

    const auto add = [&](const char *name, const char *help, auto run) {
        auto *command = group->add_subcommand(name, help);
        command->add_option("bank", options->bank, "题库包 (*.qfbank)、源文件夹或题库文档 (*.json)")->required();
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
    builder->add_option("--sm2-key", options->sm2Key, "再用这个 SM2 私钥签名");
    builder->add_option("--after", options->after, "接续这个已发布的题库包发布：已发布的题目版本不得改动");
    builder->add_flag("--publish", options->publish, "首次发布：已审核的题目记为已发布");
    builder->add_option("--rolls-back", options->rollsBack, "按名撤回这个较新的题库包，可多次给出");
    auto *signer = add("sign", "给已有题库包加一个签名", [&common, options] { return signPackage(common, *options); });
    signer->add_option("--key", options->key, "签名私钥文件（Ed25519 或 SM2）")->required();
    signer->add_option("--out", options->out, "输出文件；不写则改写原文件");
    auto *verifier = add("verify", "校验题库包的完整性与签名", [&common, options] { return verify(common, *options); });
    verifier->add_option("--trust", options->trust, "可信公钥文件，可多次给出");
    verifier->add_flag("--require-sm2", options->requireSm2, "要求有可信的 SM2 签名");
    auto *keys = add("new-key", "生成一对新的签名密钥",
        [&common, path, options] { return newKey(common, path(), options->algorithm); });
    keys->add_option("--algorithm", options->algorithm, "ed25519 或 sm2")->check(CLI::IsMember({"ed25519", "sm2"}));
    addBankChangeCommands(*group, common, action);
    addLawCommands(*group, common, action);
}

} // namespace qingfeng::ctl
