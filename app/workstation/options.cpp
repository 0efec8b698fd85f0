#include "app/workstation/options.h"

#include <QCommandLineParser>
#include <QUrl>

#include <cstdio>
#include <cstdlib>

namespace qingfeng {

QString requestFor(Options::Place place)
{
    switch (place) {
    case Options::Place::Study:
        return QStringLiteral("study");
    case Options::Place::Archive:
        return QStringLiteral("archive");
    case Options::Place::Settings:
        return QStringLiteral("settings");
    case Options::Place::None:
        break;
    }
    return QStringLiteral("show");
}

Options::Place placeFor(const QString &request)
{
    for (const auto place : {Options::Place::Study, Options::Place::Archive, Options::Place::Settings}) {
        if (request == requestFor(place)) {
            return place;
        }
    }
    return Options::Place::None;
}

Options::Place placeForUrl(const QString &text)
{
    const QUrl url(text);
    return url.scheme() == QLatin1String("qingfeng") ? placeFor(url.host()) : Options::Place::None;
}

Options parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("清风：廉政风险教育，常驻托盘，登录时一题"));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("显示本说明"));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")}, QStringLiteral("显示版本"));
    const QCommandLineOption background(QStringLiteral("background"), QStringLiteral("只驻留托盘，不打开窗口"));
    const QCommandLineOption data(QStringLiteral("data"), QStringLiteral("数据目录"), QStringLiteral("目录"));
    const QCommandLineOption language(
        QStringLiteral("language"), QStringLiteral("界面语言：zh_CN 或 en"), QStringLiteral("语言"));
    const QCommandLineOption config(
        QStringLiteral("confdir"), QStringLiteral("管理员的设置目录(默认 /etc/qingfeng)"), QStringLiteral("目录"));
    const QCommandLineOption due(
        QStringLiteral("due"), QStringLiteral("只以退出状态说明现在是否要出题或提示：0 不用，1 要；不需要显示器"));
    const QCommandLineOption debugInfo(QStringLiteral("debug-info"), QStringLiteral("显示版本与环境信息"));
    QCommandLineOption gateFd(QStringLiteral("gate-fd"), {}, QStringLiteral("fd"));
    gateFd.setFlags(QCommandLineOption::HiddenFromHelp);
    QCommandLineOption moment(QStringLiteral("moment"), {}, QStringLiteral("moment"));
    moment.setFlags(QCommandLineOption::HiddenFromHelp);
    QCommandLineOption safe(QStringLiteral("safe"));
    safe.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({help, version, background, data, config, language, due, debugInfo, gateFd, moment, safe});
    parser.addPositionalArgument(
        QStringLiteral("url"), QStringLiteral("qingfeng://study 打开题库，qingfeng://archive 打开档案"),
        QStringLiteral("[url]"));

    const auto refuse = [](const QString &message) {
        std::fputs(message.toUtf8().append('\n').constData(), stderr);
        std::exit(2);
    };
    if (!parser.parse(arguments)) {
        refuse(parser.errorText());
    }
    if (parser.isSet(help)) {
        std::fputs(parser.helpText().toUtf8().constData(), stdout);
        std::exit(0);
    }
    if (parser.isSet(version)) {
        std::puts("qingfeng " QF_VERSION);
        std::exit(0);
    }
    Options options;
    options.background = parser.isSet(background);
    options.safe = parser.isSet(safe);
    options.debugInfo = parser.isSet(debugInfo);
    options.due = parser.isSet(due);
    options.dataPath = parser.value(data);
    options.configFolder = parser.value(config);
    // What is not understood counts as a start, which asks the most.
    options.moment = momentFromName(parser.value(moment)).value_or(Moment::Start);
    options.language = parser.value(language);
    if (parser.isSet(gateFd)) {
        bool isNumber = false;
        options.gateFd = parser.value(gateFd).toInt(&isNumber);
        if (!isNumber || options.gateFd < 3) {
            refuse(QStringLiteral("--gate-fd: 需要一个已打开的描述符"));
        }
    }
    const QStringList urls = parser.positionalArguments();
    if (!urls.isEmpty()) {
        options.place = placeForUrl(urls.first());
        if (options.place == Options::Place::None || urls.size() > 1) {
            refuse(QStringLiteral("不认识的链接：%1").arg(urls.join(QLatin1Char(' '))));
        }
    }
    return options;
}

} // namespace qingfeng
