#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "question_bank/base/file.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

namespace qingfeng::ctl {
namespace {

/** Asks the gate program what it finds on this display; it covers nothing. */
QJsonObject gateProgramSays()
{
    constexpr int timeoutMs = 10'000;
    QProcess gate;
    gate.start(QCoreApplication::applicationDirPath() + QStringLiteral("/qingfeng-gate"), {QStringLiteral("--probe")});
    if (!gate.waitForFinished(timeoutMs)) {
        gate.kill();
        gate.waitForFinished(1000);
        return {{QStringLiteral("error"), QStringLiteral("qingfeng-gate cannot be run or does not answer")}};
    }
    return QJsonDocument::fromJson(gate.readAllStandardOutput()).object();
}

int probe(const Common &common)
{
    QJsonObject result;
    QStringList problems;
    const QJsonObject display = gateProgramSays();
    result.insert(QStringLiteral("display"), display);
    if (display.isEmpty() || display.contains(QStringLiteral("error"))
        || (display.contains(QStringLiteral("display_reachable"))
            && !display.value(QStringLiteral("display_reachable")).toBool())) {
        problems.append(QStringLiteral("display"));
    }
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/qingfeng");
    if (!QFileInfo(program).isExecutable()) {
        problems.append(QStringLiteral("question program"));
    }
    auto workspace = Workspace::open(common);
    if (workspace) {
        const auto learner = (*workspace)->learner(std::make_shared<const QuestionBank>());
        result.insert(QStringLiteral("person_known"), learner->identity().isKnown());
        result.insert(QStringLiteral("posts"), QJsonArray::fromStringList(learner->identity().posts));
        const auto bank = readAnyBank((*workspace)->folder().bank() + QStringLiteral("/current.qfbank"));
        result.insert(QStringLiteral("bank_revision"), bank ? bank->revision : 0);
        result.insert(QStringLiteral("bank_questions"), bank ? bank->questions().size() : 0);
    } else {
        result.insert(QStringLiteral("store"), workspace.error().toString());
        if (workspace.error().code() != ErrorCode::NotFound) { // a PC before its first login has none
            problems.append(QStringLiteral("store"));
        }
    }
    result.insert(QStringLiteral("would_work"), problems.isEmpty());
    result.insert(QStringLiteral("problems"), QJsonArray::fromStringList(problems));
    if (common.json) {
        print(result);
    } else {
        print(problems.isEmpty() ? QStringLiteral("会话门在这台电脑上可以工作")
                                 : QStringLiteral("会话门在这台电脑上不能工作：%1").arg(problems.join(QStringLiteral("、"))));
        print(QString::fromUtf8(QJsonDocument(result).toJson(QJsonDocument::Indented)).trimmed());
    }
    return problems.isEmpty() ? True : False;
}

} // namespace

void addGateCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.add_subcommand("gate", "会话门");
    group->require_subcommand(1);
    group->add_subcommand("probe", "检查会话门在这台电脑上能否工作；不会遮挡桌面")->callback([&common, &action] {
        action = [&common] { return probe(common); };
    });
}

} // namespace qingfeng::ctl
