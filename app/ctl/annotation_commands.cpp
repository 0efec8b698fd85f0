#include "app/ctl/admin_client.h"
#include "app/ctl/commands.h"
#include "app/ctl/output.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"
#include "question_bank/base/uuid.h"
#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"

#include <QDateTime>
#include <QUrl>

namespace qingfeng::ctl {
namespace {

struct AnnotationOptions
{
    std::string attempt;
    std::string author;
    std::string text;
    std::string person;
};

QByteArray annotationsPath()
{
    return {paths::annotations.data(), paths::annotations.size()};
}

void tellAnnotation(const Annotation &annotation)
{
    print(QStringLiteral("%1  %2  %3：%4")
              .arg(QDateTime::fromMSecsSinceEpoch(annotation.writtenAtMs)
                       .toString(QStringLiteral("yyyy-MM-dd HH:mm")),
                  annotation.attempt, annotation.author, annotation.text));
}

int annotate(const Common &common, const AnnotationOptions &options)
{
    const SystemClock clock;
    SystemRandom random;
    const AnnotationRequest asked {makeUuidV7(clock, random), QString::fromStdString(options.attempt),
        QString::fromStdString(options.author), QString::fromStdString(options.text)};
    HttpRequest request;
    request.method = "POST";
    request.path = annotationsPath();
    request.headers.append({QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")});
    request.body = canonicalJson(toJson(asked));
    const auto reply = asAdministrator(common, std::move(request));
    const auto object = reply ? parseJsonObject(reply->body) : Result<QJsonObject>(reply.error());
    const auto annotation = object ? annotationFromJson(*object) : Result<Annotation>(object.error());
    if (!annotation) {
        return fail(common, annotation.error());
    }
    if (common.json) {
        print(toJson(*annotation));
    } else {
        print(QStringLiteral("已给工号 %1 的这次作答加上第 %2 条批注，对方电脑下次同步时收到")
                  .arg(annotation->person)
                  .arg(annotation->number));
    }
    return True;
}

int listAnnotations(const Common &common, const AnnotationOptions &options)
{
    HttpRequest request;
    request.path = annotationsPath() + "?person="
        + QUrl::toPercentEncoding(QString::fromStdString(options.person));
    const auto reply = asAdministrator(common, std::move(request));
    const auto object = reply ? parseJsonObject(reply->body) : Result<QJsonObject>(reply.error());
    const auto page = object ? annotationPageFromJson(*object) : Result<AnnotationPage>(object.error());
    if (!page) {
        return fail(common, page.error());
    }
    if (common.json) {
        print(toJson(*page));
        return True;
    }
    for (const Annotation &annotation : page->annotations) {
        tellAnnotation(annotation);
    }
    print(page->more ? QStringLiteral("以上是前 %1 条").arg(page->annotations.size())
                     : QStringLiteral("共 %1 条批注").arg(page->annotations.size()));
    return True;
}

} // namespace

void addAnnotationCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *group = app.get_subcommand("archive");
    const auto options = std::make_shared<AnnotationOptions>();
    auto *write = group->add_subcommand("annotate", "给一次作答加批注（更正、说明）；作答本身不改（管理员）");
    write->add_option("attempt", options->attempt, "作答编号，见 archive show --json")->required();
    write->add_option("--author", options->author, "批注人：姓名和职务，本人会看到")->required();
    write->add_option("--text", options->text, "批注，不超过 1000 字")->required();
    write->callback([&common, &action, options] {
        action = [&common, options] { return annotate(common, *options); };
    });
    auto *list = group->add_subcommand("annotations", "列出一个人的作答上的批注（管理员）");
    list->add_option("--person", options->person, "工号")->required();
    list->callback([&common, &action, options] {
        action = [&common, options] { return listAnnotations(common, *options); };
    });
}

} // namespace qingfeng::ctl
