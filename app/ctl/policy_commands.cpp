#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/policy_report.h"
#include "app/ctl/policy_words.h"

#include "quiz/obligation/decision.h"

#include "question_bank/base/clock.h"

#include <QMap>

namespace qingfeng::ctl {
namespace {

struct CheckOptions
{
    std::vector<std::string> files;
};

QJsonValue toJson(const PolicyValue &value)
{
    if (const bool *flag = std::get_if<bool>(&value)) {
        return *flag;
    }
    if (const int *number = std::get_if<int>(&value)) {
        return *number;
    }
    if (const QString *text = std::get_if<QString>(&value)) {
        return *text;
    }
    return QJsonArray::fromStringList(std::get<QStringList>(value));
}

/** The settings that count, the last one of each key, in the order of policyKeys(). */
QList<PolicySetting> inForce(const QList<PolicySetting> &settings)
{
    QList<PolicySetting> list;
    for (const PolicyKey &key : policyKeys()) {
        const auto last = std::find_if(settings.crbegin(), settings.crend(),
            [&](const PolicySetting &setting) { return setting.key == QLatin1String(key.name); });
        if (last != settings.crend()) {
            list.append(*last);
        }
    }
    return list;
}

/** Groups of one kind and code together, in the order in which they win. */
QList<PolicyGroup> joined(const PolicySet &policy)
{
    QMap<std::pair<int, QString>, PolicyGroup> groups;
    for (const PolicyGroup &group : policy.groups) {
        PolicyGroup &target = groups[{int(group.kind), group.code}];
        target.kind = group.kind;
        target.code = group.code;
        target.settings += group.settings;
    }
    return groups.values();
}

QJsonArray toJson(const QList<PolicySetting> &settings)
{
    QJsonArray list;
    for (const PolicySetting &setting : inForce(settings)) {
        list.append(withOrigin({{QStringLiteral("key"), setting.key}, {QStringLiteral("value"), toJson(setting.value)},
                                   {QStringLiteral("meaning"), sentence(setting.key, setting.value)}},
            setting.origin));
    }
    return list;
}

void printCheckJson(const LoadedPolicy &loaded)
{
    const PolicySet &policy = loaded.policy;
    const ObligationPolicy held = effectivePolicy(policy, {}).policy;
    QJsonObject everybody;
    for (const PolicyKey &key : policyKeys()) {
        everybody.insert(QLatin1String(key.name), toJson(valueOf(held, key)));
    }
    QJsonArray groups;
    for (const PolicyGroup &group : joined(policy)) {
        static const QStringList kinds {QStringLiteral("unit"), QStringLiteral("department"), QStringLiteral("post"),
            QStringLiteral("person")};
        groups.append(QJsonObject {{QStringLiteral("kind"), kinds.at(int(group.kind))},
            {QStringLiteral("code"), group.code}, {QStringLiteral("settings"), toJson(group.settings)}});
    }
    QJsonArray exemptions;
    for (const PolicyExemption &exemption : policy.exemptions) {
        exemptions.append(withOrigin(
            {{QStringLiteral("person"), exemption.person}, {QStringLiteral("reason"), exemption.reason},
                {QStringLiteral("from"), exemption.from.toString(Qt::ISODate)},
                {QStringLiteral("until"), exemption.until.toString(Qt::ISODate)}},
            exemption.origin));
    }
    QJsonArray mandatory;
    for (const MandatoryQuestion &question : policy.mandatory) {
        mandatory.append(withOrigin({{QStringLiteral("question"), question.question},
                                        {QStringLiteral("from"), question.from.toString(Qt::ISODate)},
                                        {QStringLiteral("until"), question.until.toString(Qt::ISODate)}},
            question.origin));
    }
    const qsizetype errors = errorsOf(loaded);
    print(QJsonObject {{QStringLiteral("files"), QJsonArray::fromStringList(loaded.files)},
        {QStringLiteral("everybody"), everybody}, {QStringLiteral("settings"), toJson(policy.settings)},
        {QStringLiteral("groups"), groups}, {QStringLiteral("exemptions"), exemptions},
        {QStringLiteral("mandatory"), mandatory},
        {QStringLiteral("faults"), faultsToJson(loaded.faults)}, {QStringLiteral("errors"), errors},
        {QStringLiteral("warnings"), loaded.faults.size() - errors}});
}

void printCheck(const LoadedPolicy &loaded)
{
    const PolicySet &policy = loaded.policy;
    print(QStringLiteral("读取 %1 个文件，后面的覆盖前面的：").arg(loaded.files.size()));
    for (const QString &file : loaded.files) {
        print(QStringLiteral("  ") + file);
    }
    print(QStringLiteral("对所有人："));
    const EffectivePolicy all = effectivePolicy(policy, {});
    for (const PolicyKey &key : policyKeys()) {
        const QString name = QLatin1String(key.name);
        const auto origin = all.origins.constFind(name);
        print(QStringLiteral("  · %1（%2，%3）")
                  .arg(sentence(name, valueOf(all.policy, key)), name,
                      origin == all.origins.constEnd() ? QStringLiteral("内置") : place(*origin)));
    }
    for (const PolicyGroup &group : joined(policy)) {
        print(sentence(group.kind, group.code) + QStringLiteral(" 另有规定："));
        for (const PolicySetting &setting : inForce(group.settings)) {
            print(QStringLiteral("  · %1（%2，%3）")
                      .arg(sentence(setting.key, setting.value), setting.key, place(setting.origin)));
        }
    }
    if (!policy.exemptions.isEmpty()) {
        print(QStringLiteral("免答："));
    }
    const QDate today = dayOfStudyDay(studyDay(SystemClock()));
    for (const PolicyExemption &exemption : policy.exemptions) {
        print(QStringLiteral("  · %1：%2，%3至 %4%5（%6）")
                  .arg(exemption.person, exemption.reason,
                      exemption.from.isValid() ? exemption.from.toString(Qt::ISODate) + QLatin1Char(' ') : QString(),
                      exemption.until.toString(Qt::ISODate),
                      exemption.until < today ? QStringLiteral("，已到期") : QString(), place(exemption.origin)));
    }
    if (!policy.mandatory.isEmpty()) {
        print(QStringLiteral("必答题："));
    }
    for (const MandatoryQuestion &question : policy.mandatory) {
        print(QStringLiteral("  · %1：%2至 %3%4（%5）")
                  .arg(question.question,
                      question.from.isValid() ? question.from.toString(Qt::ISODate) + QLatin1Char(' ') : QString(),
                      question.until.toString(Qt::ISODate),
                      question.until < today ? QStringLiteral("，已到期") : QString(), place(question.origin)));
    }
    const qsizetype errors = errorsOf(loaded);
    print(QStringLiteral("%1 处错误，%2 处提示").arg(errors).arg(loaded.faults.size() - errors));
    printFaults(loaded);
}

int checkPolicy(const Common &common, const QStringList &paths)
{
    const auto loaded = readPolicy(paths);
    if (!loaded) {
        return fail(common, loaded.error());
    }
    common.json ? printCheckJson(*loaded) : printCheck(*loaded);
    return loaded->hasErrors() ? False : True;
}

} // namespace

void addPolicyCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *policy = app.add_subcommand("policy", "策略文件");
    policy->require_subcommand(1);
    const auto checked = std::make_shared<CheckOptions>();
    auto *check = policy->add_subcommand("check", "检查策略文件或目录，用平常话说明其含义和问题");
    check->add_option("files", checked->files, "策略文件或目录，后面的覆盖前面的")->required();
    check->callback([&common, &action, checked] {
        action = [&common, checked] { return checkPolicy(common, toStringList(checked->files)); };
    });
}

} // namespace qingfeng::ctl
