#include "app/ctl/commands.h"
#include "app/ctl/output.h"
#include "app/ctl/report_source.h"
#include "app/ctl/workspace.h"
#include "app/report/report_file.h"

#include "quiz/archive/summary.h"
#include "quiz/obligation/calendar_file.h"

#include "question_bank/base/file.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>
#include <QFileInfo>

namespace qingfeng::ctl {
namespace {

struct ReportOptions
{
    std::string person;
    std::string department;
    std::string post;
    std::string theme;
    bool unit = false;
    std::string from;
    std::string to;
    std::string format = "pdf";
    std::string bank;
    std::string out;
    int pass = 60;
};

constexpr std::array<const char *, 5> formats{"pdf", "xlsx", "csv", "xapi", "json"}; // as in ReportFormat

struct Period
{
    QDate from; ///< invalid = not given
    QDate to;
};

Result<QDate> dateOption(const std::string &text, const char *option)
{
    const QDate day = QDate::fromString(QString::fromStdString(text), Qt::ISODate);
    return text.empty() || day.isValid()
        ? Result<QDate>(day)
        : Error(ErrorCode::InvalidArgument, QStringLiteral("a day as 2026-11-24 is expected"),
            QLatin1String(option));
}

Result<Period> periodOf(const ReportOptions &options)
{
    const auto from = dateOption(options.from, "--from");
    const auto to = dateOption(options.to, "--to");
    if (!from || !to) {
        return from ? to.error() : from.error();
    }
    if (from->isValid() && to->isValid() && *from > *to) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("the period ends before it begins"),
            QStringLiteral("--from"));
    }
    return Period{*from, *to};
}

/** --bank, else the package of @p folder, else the starter bank that was installed beside the program. */
Result<std::shared_ptr<const QuestionBank>> bankFor(const ReportOptions &options, const QString &folder)
{
    QString path = QString::fromStdString(options.bank);
    if (path.isEmpty()) {
        const QString current = folder + QStringLiteral("/current.qfbank");
        path = QFileInfo::exists(current) ? current
                                          : QCoreApplication::applicationDirPath()
                + QStringLiteral("/../share/qingfeng/bank/starter.qfbank");
    }
    auto bank = readAnyBank(path);
    if (!bank) {
        return bank.error();
    }
    return std::make_shared<const QuestionBank>(std::move(*bank));
}

Result<QByteArray> onePerson(
    const Common &common, const ReportOptions &options, const Period &period, ReportFormat format)
{
    auto workspace = Workspace::open(common);
    if (!workspace) {
        return workspace.error();
    }
    Workspace &space = **workspace;
    auto bank = bankFor(options, space.folder().bank());
    if (!bank) {
        return bank.error();
    }
    const auto input = readPerson(space.store(), QString::fromStdString(options.person), std::move(*bank),
        builtInWorkCalendar(), period.from, period.to, space.clock());
    return input ? personFile(space.store(), *input, format) : Result<QByteArray>(input.error());
}

Result<QByteArray> oneGroup(
    const Common &common, const ReportOptions &options, const Period &period, ReportFormat format)
{
    if (format == ReportFormat::Xapi) {
        return reportFile({}, format, 0); // says why not, before anything is asked of the server
    }
    std::shared_ptr<const QuestionBank> given;
    if (!options.bank.empty()) {
        auto bank = bankFor(options, {});
        if (!bank) {
            return bank.error();
        }
        given = std::move(*bank);
    }
    auto input = readServer(common, given);
    if (!input) {
        return input.error();
    }
    const SystemClock clock;
    input->kind = options.unit        ? ReportScope::Unit
        : !options.department.empty() ? ReportScope::Department
        : !options.post.empty()       ? ReportScope::Post
                                      : ReportScope::Theme;
    input->code = QString::fromStdString(options.department + options.post + options.theme);
    input->today = dateOfStudyDay(studyDay(clock));
    input->to = period.to.isValid() ? period.to : input->today;
    input->from = period.from.isValid() ? period.from : QDate(input->to.year(), 1, 1);
    if (input->from > input->to) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("the period ends before it begins"),
            QStringLiteral("--from"));
    }
    input->calendar = builtInWorkCalendar();
    input->passShare = options.pass / 100.0;
    input->writtenAtMs = clock.utcMs();
    input->utcOffsetSeconds = clock.utcOffsetSeconds();
    const auto report = groupReport(*input);
    return report ? reportFile(*report, format, input->writtenAtMs) : Result<QByteArray>(report.error());
}

int writeReport(const Common &common, const ReportOptions &options)
{
    const int subjects = int(options.unit) + int(!options.person.empty()) + int(!options.department.empty())
        + int(!options.post.empty()) + int(!options.theme.empty());
    if (subjects != 1) {
        return fail(common,
            Error(ErrorCode::InvalidArgument,
                QStringLiteral("exactly one of them says whom the report is about"),
                QStringLiteral("--person, --department, --post, --theme, --unit")));
    }
    const auto period = periodOf(options);
    if (!period) {
        return fail(common, period.error());
    }
    const auto format = ReportFormat(std::ranges::find(formats, options.format) - formats.begin());
    const auto bytes = options.person.empty() ? oneGroup(common, options, *period, format)
                                              : onePerson(common, options, *period, format);
    const QString out = QString::fromStdString(options.out);
    const auto written = bytes ? writeFileAtomically(out, *bytes) : Result<void>(bytes.error());
    if (!written) {
        return fail(common, written.error());
    }
    if (common.json) {
        print(QJsonObject{{QStringLiteral("file"), out}, {QStringLiteral("bytes"), bytes->size()}});
    } else {
        print(QStringLiteral("已写好 %1（%2 KB）").arg(out).arg((bytes->size() + 1023) / 1024));
    }
    return True;
}

} // namespace

void addReportCommands(CLI::App &app, const Common &common, Action &action, bool &drawsPages)
{
    const auto options = std::make_shared<ReportOptions>();
    auto *command = app.get_subcommand("archive")->add_subcommand(
        "report", "报表：个人档案，或单位、部门、岗位、主题的汇总");
    command->add_option("--person", options->person, "个人（工号），取自本机");
    command->add_option("--department", options->department, "部门编码，含下级；取自服务器，需要 --admin");
    command->add_option("--post", options->post, "岗位编码，取自服务器");
    command->add_option("--theme", options->theme, "主题编号，取自服务器");
    command->add_flag("--unit", options->unit, "全单位，取自服务器");
    command->add_option("--from", options->from, "统计区间第一天，如 2026-01-01；不给则为当年 1 月 1 日");
    command->add_option("--to", options->to, "统计区间最后一天；不给则到今天");
    command->add_option("--format", options->format, "格式")
        ->check(CLI::IsMember({"pdf", "xlsx", "csv", "xapi", "json"}));
    command->add_option("--bank", options->bank, "题库包或源文件夹；不给则用本机的，汇总时用服务器发布的");
    command->add_option("--pass", options->pass, "合格线，正确率百分数")->check(CLI::Range(1, 100));
    command->add_option("--out", options->out, "输出文件")->required();
    command->callback([&common, &action, &drawsPages, options] {
        drawsPages = options->format == "pdf";
        action = [&common, options] { return writeReport(common, *options); };
    });
}

} // namespace qingfeng::ctl
