#include "app/ctl/bank_commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "question_bank/formats/bank_sources.h"
#include "question_bank/model/bank_document.h"
#include "question_bank/model/law_ripple.h"
#include "question_bank/model/names.h"
#include "question_bank/package/bank_folder.h"
#include "quiz/people/roster_csv.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng::ctl {
namespace {

struct LawOptions
{
    std::string article;
    std::string bank;
    std::string roster;
    std::string on;
    std::string note;
    std::string key;
    std::string out;
};

/** A person whose questions wait because of the change. */
struct Concerned
{
    QString number;
    QString name;
    QStringList posts;
};

Result<QList<Concerned>> peopleConcerned(
    const QString &path, const QuestionBank &bank, const LawChange &change, QDate today)
{
    const auto bytes = readFile(path, 16 * 1024 * 1024);
    const auto read = bytes ? readRosterCsv(*bytes, QFileInfo(path).fileName()) : bytes.error();
    if (!read) {
        return read.error();
    }
    if (!read->rejected.isEmpty()) {
        const RosterFinding &first = read->rejected.first();
        return Error(ErrorCode::InvalidArgument, first.reason,
            QStringLiteral("%1: row %2, column %3").arg(path).arg(first.row).arg(first.column));
    }
    QList<Concerned> list;
    for (const Person &person : read->roster.people) {
        const QStringList held = person.postsOn(today);
        QStringList posts;
        for (const QuestionRef &ref : change.questions) {
            const QuestionVersion *question = bank.question(ref.id, ref.version);
            if (!question || !person.isInAudience(question->audience)) {
                continue;
            }
            for (const QString &post : bank.postsOf(*question)) {
                if (post == commonPost() || held.contains(post)) {
                    posts.append(post);
                }
            }
        }
        posts.sort();
        posts.removeDuplicates();
        if (!posts.isEmpty()) {
            list.append({person.number, person.name, posts});
        }
    }
    return list;
}

/** Writes the change where the bank came from. False: nothing was written, for a package needs a key. */
Result<bool> writeChange(QuestionBank &bank, const LawChange &change, const LawOptions &options)
{
    const QString path = QString::fromStdString(options.bank);
    const QString out = options.out.empty() ? path : QString::fromStdString(options.out);
    if (QFileInfo(path).isDir()) {
        const auto recorded = recordLawChange(path, change);
        return recorded ? Result<bool>(true) : recorded.error();
    }
    if (const auto applied = applyLawChange(bank, change); !applied) {
        return applied.error();
    }
    if (path.endsWith(QLatin1String(".json"))) {
        const auto written = writeFileAtomically(out, QJsonDocument(bankToDocument(bank)).toJson());
        return written ? Result<bool>(true) : written.error();
    }
    if (options.key.empty()) {
        return false;
    }
    const auto key = readSecretKeyFile(QString::fromStdString(options.key));
    if (!key) {
        return key.error();
    }
    ++bank.revision;
    bank.createdAtMs = SystemClock().utcMs();
    const auto package = buildPackage(bank, key->secret);
    const auto written = package ? writeFileAtomically(out, *package) : package.error();
    return written ? Result<bool>(true) : written.error();
}

QJsonObject toDocument(const QuestionBank &bank, const LawChange &change, const QStringList &posts)
{
    QJsonArray questions;
    for (const QuestionRef &ref : change.questions) {
        questions.append(
            QJsonObject{{QStringLiteral("id"), ref.id}, {QStringLiteral("version"), ref.version}});
    }
    QJsonArray confirmed;
    for (const QuestionRef &ref : change.confirmed) {
        confirmed.append(
            QJsonObject{{QStringLiteral("id"), ref.id}, {QStringLiteral("version"), ref.version}});
    }
    return {{QStringLiteral("id"), change.id}, {QStringLiteral("article"), change.article},
        {QStringLiteral("citation"), bank.citation(change.article)},
        {QStringLiteral("kind"), nameOf(change.kind)},
        {QStringLiteral("on"), change.on.toString(Qt::ISODate)}, {QStringLiteral("note"), change.note},
        {QStringLiteral("questions"), questions}, {QStringLiteral("confirmed"), confirmed},
        {QStringLiteral("posts"), QJsonArray::fromStringList(posts)}};
}

QString kindWord(LawChangeKind kind)
{
    return kind == LawChangeKind::Amended ? QStringLiteral("修改") : QStringLiteral("废止");
}

void showChange(const QuestionBank &bank, const LawChange &change, const QStringList &posts)
{
    print(QStringLiteral("%1 自 %2 起%3：%4 题转为待复核")
              .arg(bank.citation(change.article), change.on.toString(Qt::ISODate), kindWord(change.kind))
              .arg(change.questions.size()));
    for (const QuestionRef &ref : change.questions) {
        const QuestionVersion *question = bank.question(ref.id, ref.version);
        print(QStringLiteral("  %1 第%2版 %3")
                  .arg(ref.id)
                  .arg(ref.version)
                  .arg(question ? question->stem : QString()));
    }
    for (const QString &code : posts) {
        const Post *post = bank.post(code);
        print(QStringLiteral("  岗位 %1 %2").arg(code, post ? post->name : QString()));
    }
}

int changeLaw(const Common &common, const LawOptions &options, LawChangeKind kind)
{
    auto bank = readAnyBank(QString::fromStdString(options.bank));
    if (!bank) {
        return fail(common, bank.error());
    }
    const SystemClock clock;
    const QDate today = QDateTime::fromMSecsSinceEpoch(clock.utcMs()).date();
    const QDate day
        = options.on.empty() ? today : QDate::fromString(QString::fromStdString(options.on), Qt::ISODate);
    const auto change = planLawChange(
        *bank, QString::fromStdString(options.article), kind, day, QString::fromStdString(options.note));
    if (!change) {
        return fail(common, change.error());
    }
    const QStringList posts = postsConcerned(*bank, *change);
    QList<Concerned> people;
    if (!options.roster.empty()) {
        auto found = peopleConcerned(QString::fromStdString(options.roster), *bank, *change, today);
        if (!found) {
            return fail(common, found.error());
        }
        people = std::move(*found);
    }
    const auto written = writeChange(*bank, *change, options);
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        QJsonObject document = toDocument(*bank, *change, posts);
        document.insert(QStringLiteral("written"), *written);
        if (!options.roster.empty()) {
            QJsonArray list;
            for (const Concerned &person : people) {
                list.append(QJsonObject{{QStringLiteral("number"), person.number},
                    {QStringLiteral("name"), person.name},
                    {QStringLiteral("posts"), QJsonArray::fromStringList(person.posts)}});
            }
            document.insert(QStringLiteral("people"), list);
        }
        print(document);
        return True;
    }
    showChange(*bank, *change, posts);
    for (const Concerned &person : people) {
        print(QStringLiteral("  %1 %2（%3）")
                  .arg(person.number, person.name, person.posts.join(QStringLiteral("、"))));
    }
    if (!options.roster.empty()) {
        print(QStringLiteral("共涉及 %1 人").arg(people.size()));
    }
    print(*written ? QStringLiteral("已记入题库")
                   : QStringLiteral("未写入：题库包须用 --key 重新签名，或改源文件后重新生成"));
    return True;
}

int listChanges(const Common &common, const LawOptions &options)
{
    const auto bank = readAnyBank(QString::fromStdString(options.bank));
    if (!bank) {
        return fail(common, bank.error());
    }
    QJsonArray list;
    for (const LawChange &change : bank->lawChanges()) {
        const QStringList posts = postsConcerned(*bank, change);
        if (common.json) {
            list.append(toDocument(*bank, change, posts));
        } else {
            showChange(*bank, change, posts);
        }
    }
    if (common.json) {
        print(QJsonObject{{QStringLiteral("law_changes"), list}});
    } else if (bank->lawChanges().isEmpty()) {
        print(QStringLiteral("没有法律变动记录"));
    }
    return True;
}

} // namespace

void addLawCommands(CLI::App &group, const Common &common, Action &action)
{
    auto *law = group.add_subcommand("law", "法律变动：把引用该条的题目转为待复核");
    law->require_subcommand(1);
    const auto options = std::make_shared<LawOptions>();
    const auto add = [&](const char *name, const char *help, auto run) {
        auto *command = law->add_subcommand(name, help);
        command->add_option("--bank", options->bank, "源文件夹、题库包或题库文档")->required();
        command->callback([&action, run] { action = run; });
        return command;
    };
    for (const LawChangeKind kind : {LawChangeKind::Amended, LawChangeKind::Repealed}) {
        auto *command = kind == LawChangeKind::Amended
            ? add(
                "amend", "条款已修改", [&common, options, kind] { return changeLaw(common, *options, kind); })
            : add("repeal", "条款已废止",
                [&common, options, kind] { return changeLaw(common, *options, kind); });
        command->add_option("article", options->article, "条款编号，如 ZGF-28")->required();
        command->add_option("--on", options->on, "施行或废止之日 (YYYY-MM-DD)；不写为今天");
        command->add_option("--note", options->note, "依据的文件");
        command->add_option("--roster", options->roster, "名册 CSV：列出涉及的人员");
        command->add_option("--key", options->key, "题库包：重新签名用的私钥文件");
        command->add_option("--out", options->out, "题库包、题库文档：输出文件；不写则改写原文件");
    }
    add("list", "列出法律变动记录", [&common, options] { return listChanges(common, *options); });
}

} // namespace qingfeng::ctl
