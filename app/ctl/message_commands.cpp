#include "app/ctl/admin_client.h"
#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/workspace.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"
#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"

#include <QDateTime>
#include <QJsonArray>
#include <QUrl>

namespace qingfeng::ctl {
namespace {

struct MessageOptions
{
    std::string thread;
    std::string author;
    std::string text;
    std::string state = "open";
    std::string id;
};

QString stateWord(FeedbackState state)
{
    switch (state) {
    case FeedbackState::Queued:
        return QStringLiteral("待发送");
    case FeedbackState::Sent:
        return QStringLiteral("已送达");
    case FeedbackState::Read:
        return QStringLiteral("已读");
    case FeedbackState::Answered:
        return QStringLiteral("已答复");
    case FeedbackState::Closed:
        break;
    }
    return QStringLiteral("已办结");
}

QString momentText(qint64 utcMs)
{
    return QDateTime::fromMSecsSinceEpoch(utcMs).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

void tellEntry(const FeedbackEntry &entry)
{
    const QString who = entry.fromDesk ? entry.author : QStringLiteral("工号 ") + entry.person;
    switch (entry.kind) {
    case FeedbackKind::Message:
        print(QStringLiteral("%1  %2：%3").arg(momentText(entry.writtenAtMs), who, entry.text));
        break;
    case FeedbackKind::Read:
        print(QStringLiteral("%1  %2 已读").arg(momentText(entry.writtenAtMs), who));
        break;
    case FeedbackKind::Closed:
        print(QStringLiteral("%1  %2 办结").arg(momentText(entry.writtenAtMs), who));
        break;
    case FeedbackKind::Reopened:
        print(QStringLiteral("%1  %2 重新打开").arg(momentText(entry.writtenAtMs), who));
        break;
    }
}

/** Threads on this PC, of everybody who uses it. */
int listOwn(const Common &common)
{
    auto workspace = Workspace::open(common);
    if (!workspace) {
        return fail(common, workspace.error());
    }
    const QString person = (*workspace)->learner(std::make_shared<const QuestionBank>())->identity().person.number;
    const auto threads = (*workspace)->store().feedback().threads(person);
    if (!threads) {
        return fail(common, threads.error());
    }
    QJsonArray list;
    for (const FeedbackThread &thread : *threads) {
        if (common.json) {
            QJsonObject object = messagesToJson(thread.entries);
            object.insert(QStringLiteral("thread"), thread.first().thread);
            object.insert(QStringLiteral("state"), nameOf(thread.state()));
            object.insert(QStringLiteral("unseen"), thread.unseen);
            list.append(object);
            continue;
        }
        print(QStringLiteral("%1  %2").arg(thread.first().thread, stateWord(thread.state())));
        for (const FeedbackEntry &entry : thread.entries) {
            tellEntry(entry);
        }
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("threads"), list}});
    } else {
        print(QStringLiteral("共 %1 件").arg(threads->size()));
    }
    return True;
}

HttpRequest inboxRequest(const QString &path)
{
    HttpRequest request;
    request.path = path.toLatin1();
    return request;
}

int listInbox(const Common &common, const MessageOptions &options)
{
    QString path = QString(paths::inbox) + QStringLiteral("?state=") + QString::fromStdString(options.state);
    const QString first = path;
    QJsonArray all;
    int count = 0;
    while (!path.isEmpty()) {
        const auto reply = asAdministrator(common, inboxRequest(path));
        const auto object = reply ? parseJsonObject(reply->body) : Result<QJsonObject>(reply.error());
        const auto inbox = object ? inboxFromJson(*object) : Result<Inbox>(object.error());
        if (!inbox) {
            return fail(common, inbox.error());
        }
        for (const QJsonValue thread : object->value(QStringLiteral("threads")).toArray()) {
            all.append(thread);
        }
        for (const InboxThread &thread : inbox->threads) {
            ++count;
            if (!common.json) {
                print(QStringLiteral("%1  %2  工号 %3  %4  %5")
                          .arg(thread.thread, momentText(thread.changedAtMs), thread.person, stateWord(thread.state),
                              thread.text));
            }
        }
        path = inbox->more
            ? first + QStringLiteral("&cursor=") + object->value(QStringLiteral("cursor")).toString()
            : QString();
    }
    if (common.json) {
        print(QJsonObject {{QStringLiteral("threads"), all}});
    } else {
        print(QStringLiteral("共 %1 件").arg(count));
    }
    return True;
}

/** What the desk does in a thread. */
Result<QJsonObject> act(const Common &common, const MessageOptions &options, FeedbackKind kind)
{
    const SystemClock clock;
    SystemRandom random;
    const QString id = options.id.empty() ? makeUuidV7(clock, random) : QString::fromStdString(options.id);
    const DeskEntryRequest asked {id, kind, QString::fromStdString(options.author),
        kind == FeedbackKind::Message ? QString::fromStdString(options.text) : QString()};
    HttpRequest request = inboxRequest(
        QString(paths::inbox) + QLatin1Char('/') + QString::fromStdString(options.thread));
    request.method = "POST";
    request.headers.append({QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")});
    request.body = canonicalJson(toJson(asked));
    const auto reply = asAdministrator(common, std::move(request));
    return reply ? parseJsonObject(reply->body) : Result<QJsonObject>(reply.error());
}

int showThread(const Common &common, const MessageOptions &options)
{
    if (!options.author.empty()) {
        const auto read = act(common, options, FeedbackKind::Read);
        if (!read) {
            return fail(common, read.error());
        }
    }
    const auto reply = asAdministrator(common,
        inboxRequest(QString(paths::inbox) + QLatin1Char('/') + QString::fromStdString(options.thread)));
    const auto object = reply ? parseJsonObject(reply->body) : Result<QJsonObject>(reply.error());
    if (!object) {
        return fail(common, object.error());
    }
    if (common.json) {
        print(*object);
        return True;
    }
    for (const QJsonValue value : object->value(QStringLiteral("entries")).toArray()) {
        const auto entry = feedbackEntryFromJson(value.toObject());
        if (!entry) {
            return fail(common, entry.error());
        }
        if (entry->isFirst() && !entry->question.isEmpty()) {
            print(QStringLiteral("关于题目 %1 第 %2 版").arg(entry->question).arg(entry->version));
            if (!entry->answer.isEmpty()) {
                print(QStringLiteral("本人作答 %1").arg(entry->answer));
            }
        }
        tellEntry(*entry);
    }
    return True;
}

int actAndTell(const Common &common, const MessageOptions &options, FeedbackKind kind, const QString &done)
{
    const auto entry = act(common, options, kind);
    if (!entry) {
        return fail(common, entry.error());
    }
    if (common.json) {
        print(*entry);
    } else {
        print(done);
    }
    return True;
}

} // namespace

void addMessageCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.add_subcommand("message", "意见反馈：本机写的，或管理员的收件箱（--admin）");
    group->require_subcommand(1);
    const auto options = std::make_shared<MessageOptions>();
    const auto add = [&](const char *name, const char *help, auto run) {
        auto *command = group->add_subcommand(name, help);
        command->callback([&action, run] { action = run; });
        return command;
    };
    const auto authored = [options](CLI::App *command, bool required) {
        command->add_option("thread", options->thread, "件号，见 message list")->required();
        command->add_option("--author", options->author, "答复人：姓名和职务，本人会看到")->required(required);
    };
    add("list", "列出往来；带 --admin 为收件箱", [&common, options] {
        return common.adminPath.isEmpty() ? listOwn(common) : listInbox(common, *options);
    })->add_option("--state", options->state, "收件箱中哪些：open 待答、answered、closed、all")
        ->check(CLI::IsMember({"open", "all", "sent", "read", "answered", "closed"}));
    authored(add("show", "看一件往来；写明 --author 即标为已读（管理员）",
                 [&common, options] { return showThread(common, *options); }),
        false);
    auto *reply = add("reply", "答复（管理员）", [&common, options] {
        return actAndTell(common, *options, FeedbackKind::Message, QStringLiteral("已答复，对方电脑下次同步时收到"));
    });
    authored(reply, true);
    reply->add_option("--text", options->text, "答复，不超过 2000 字")->required();
    reply->add_option("--id", options->id, "这条答复的编号（UUIDv7）；重发用同一个，不会重复");
    authored(add("close", "办结（管理员）",
                 [&common, options] {
                     return actAndTell(common, *options, FeedbackKind::Closed, QStringLiteral("已办结"));
                 }),
        true);
    authored(add("reopen", "重新打开（管理员）",
                 [&common, options] {
                     return actAndTell(common, *options, FeedbackKind::Reopened, QStringLiteral("已重新打开"));
                 }),
        true);
}

} // namespace qingfeng::ctl
