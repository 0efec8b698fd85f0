#include "app/server/certificates.h"
#include "app/server/config.h"
#include "app/server/data_folder.h"
#include "app/server/event_store/event_store.h"
#include "app/server/http/http_server.h"
#include "app/server/monitoring/json_log.h"
#include "app/server/monitoring/metrics.h"
#include "app/server/monitoring/service_manager.h"
#include "app/server/secrets.h"
#include "app/server/service/service.h"
#include "question_bank/base/canonical_json.h"

#include <cstdio>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <QSaveFile>

using namespace qingfeng;
using namespace qingfeng::server;

namespace {

struct Options
{
    ServerConfig config;
    QString portFile;
    bool onlyCheck = false;
};

int fail(const char *what, const Error &error)
{
    std::fprintf(stderr, "qingfeng-server: %s: %s\n", what, qUtf8Printable(error.toString()));
    return 1;
}

/** Every connection is a descriptor: take as many as the system lets us. */
void raiseFileLimit()
{
    rlimit limit {};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

Result<void> readOptions(const std::string &configFile, const std::string &data, const std::string &listen,
    const std::vector<std::string> &hosts, ServerConfig &config)
{
    if (!configFile.empty()) {
        const auto read = readConfig(QString::fromStdString(configFile), config);
        if (!read) {
            return read;
        }
    }
    if (!data.empty()) {
        config.dataFolder = QString::fromStdString(data);
    }
    for (const std::string &host : hosts) {
        config.hosts.append(QString::fromStdString(host));
    }
    if (!listen.empty()) {
        return setListen(QString::fromStdString(listen), config);
    }
    return {};
}

void startLog(const ServerConfig &config)
{
    spdlog::set_default_logger(spdlog::stderr_logger_mt("server"));
    spdlog::set_level(spdlog::level::from_str(config.logLevel.toStdString()));
    if (config.logJson) {
        spdlog::set_formatter(std::make_unique<JsonLog>());
    }
}

QString urlOf(const ServerConfig &config, quint16 port)
{
    const QString &address = config.http.address;
    const bool any = address == QLatin1String("0.0.0.0") || address == QLatin1String("::");
    const bool six = address.contains(QLatin1Char(':'));
    const QString host = any ? QStringLiteral("localhost") : six ? QLatin1Char('[') + address + QLatin1Char(']') : address;
    return QStringLiteral("https://%1:%2").arg(host).arg(port);
}

Result<void> writePortFile(const QString &path, quint16 port)
{
    if (path.isEmpty()) {
        return {};
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::number(port) + '\n') < 0 || !file.commit()) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    return {};
}

int serve(const Options &options)
{
    const SystemClock clock;
    SystemRandom random;
    const auto folder = DataFolder::open(options.config.dataFolder);
    if (!folder) {
        return fail("data folder", folder.error());
    }
    const auto tls = options.config.certificate.isEmpty()
        ? ensureCertificates(folder->tls(), options.config.hosts, clock)
        : Result<TlsFiles>(TlsFiles{
            options.config.certificateAuthority, options.config.certificate, options.config.certificateKey});
    if (!tls) {
        return fail("certificate", tls.error());
    }
    auto store = EventStore::openFile(folder->database());
    if (!store) {
        return fail("database", store.error());
    }
    const auto receiptKey = ensureReceiptKey(*folder);
    const auto accountKey = ensureAccountKey(*folder, random);
    const auto tokenKey = ensureTokenKey(**store, random);
    const auto adminToken = ensureAdminToken(*folder, **store, random);
    if (!receiptKey || !accountKey || !tokenKey || !adminToken) {
        return fail("keys",
            !receiptKey       ? receiptKey.error()
                : !accountKey ? accountKey.error()
                : !tokenKey   ? tokenKey.error()
                              : adminToken.error());
    }
    const Callers callers(**store, clock, *tokenKey, sha256(adminToken->toLatin1()));
    Service service(**store, clock, random, callers,
        {options.config.homePage, options.config.syncWindowSeconds, folder->bank(), *receiptKey,
            options.config.admission, options.config.trustedProxies, options.config.deskRecipients,
            *accountKey});
    HttpSettings http = options.config.http;
    http.certificateFile = tls->certificate;
    http.keyFile = tls->key;
    http.socket = socketFromManager();
    const auto server = HttpServer::open(http, service);
    if (!server) {
        return fail("listen", server.error());
    }
    std::unique_ptr<Metrics> metrics;
    if (!options.config.metricsListen.isEmpty()) {
        auto opened = Metrics::open(options.config.metricsListen, service, **server);
        if (!opened) {
            return fail("metrics", opened.error());
        }
        metrics = std::move(*opened);
    }
    const QString url = urlOf(options.config, (*server)->port());
    const auto admin = writeAdminFile(*folder, url, tls->authority, *adminToken);
    const auto port = writePortFile(options.portFile, (*server)->port());
    if (!admin || !port) {
        return fail("start", admin ? port.error() : admin.error());
    }
    std::printf("qingfeng-server %s ready at %s\n", QF_VERSION, qUtf8Printable(url));
    std::fflush(stdout);
    spdlog::info("qingfeng-server {} serves at {}", QF_VERSION, url.toStdString());
    (*server)->setPulse([](bool stopping) { stopping ? notifyStopping() : notifyAlive(); });
    notifyReady();
    (*server)->run();
    spdlog::info("stopped");
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    CLI::App app("Central server of Qingfeng", "qingfeng-server");
    std::string configFile;
    std::string data;
    std::string listen;
    std::string portFile;
    std::vector<std::string> hosts;
    Options options;
    app.add_option("--config", configFile, "TOML file");
    app.add_option("--data", data, "data folder (default /var/lib/qingfeng-server)");
    app.add_option("--listen", listen, "ADDRESS:PORT (default 127.0.0.1:8443; port 0 = a free one)");
    app.add_option("--host", hosts, "further names and addresses for the certificate");
    app.add_option("--port-file", portFile, "write the port here when ready");
    app.add_flag("--check-config", options.onlyCheck, "say whether the configuration is good, and stop");
    app.set_version_flag("--version", std::string("qingfeng-server ") + QF_VERSION);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    umask(0077);
    options.portFile = QString::fromStdString(portFile);
    const auto read = readOptions(configFile, data, listen, hosts, options.config);
    if (!read) {
        return fail("configuration", read.error());
    }
    if (options.onlyCheck) {
        std::printf("configuration is good: data in %s, listening at %s:%d\n",
            qUtf8Printable(options.config.dataFolder), qUtf8Printable(options.config.http.address),
            int(options.config.http.port));
        return 0;
    }
    startLog(options.config);
    raiseFileLimit();
    return serve(options);
}
