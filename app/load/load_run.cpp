#include "app/load/load_run.h"

#include "app/load/load_connection.h"
#include "app/load/load_fleet.h"

#include "quiz/protocol/admin_messages.h"
#include "quiz/protocol/messages.h"
#include "quiz/protocol/paths.h"

#include <algorithm>
#include <random>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng::load {
namespace asio = boost::asio;

namespace {

using Steady = std::chrono::steady_clock;

constexpr int enrollers = 32; ///< connections over which the devices are enrolled
constexpr int codesPerRequest = 1000;

double secondsSince(Steady::time_point begin)
{
    return std::chrono::duration<double>(Steady::now() - begin).count();
}

QByteArray pathOf(QLatin1String path)
{
    return QByteArray(path.data(), path.size());
}

LoadRequest post(QLatin1String path, const QByteArray &body, const QByteArray &token = {})
{
    return {"POST", pathOf(path), "application/json", body, token};
}

/** One run: the server, the fleet, and what came of it. Everything on one thread. */
class Run
{
public:
    Run(const LoadSettings &settings, const Progress &progress)
        : m_settings(settings)
        , m_progress(progress)
        , m_tls(asio::ssl::context::tls_client)
        , m_random(settings.seed)
    {
    }

    Result<LoadReport> all();

private:
    Result<void> reach();
    Result<LoadReply> askAsAdmin(LoadRequest request);
    Result<void> makeFleet();
    Result<void> importRoster();
    Result<QStringList> makeCodes();
    asio::awaitable<void> enrolSome(int first);
    asio::awaitable<void> oneDevice(int index, std::chrono::duration<double> delay);
    asio::awaitable<LoadReply> persist(
        LoadConnection &connection, const LoadRequest &request, Steady::time_point until);
    void storm();
    Result<void> compare();
    LoadConnection connection() { return {m_io.get_executor(), m_tls, m_server, m_host}; }

    const LoadSettings &m_settings;
    const Progress &m_progress;
    asio::io_context m_io {1};
    asio::ssl::context m_tls;
    asio::ip::tcp::endpoint m_server;
    std::string m_host;
    SeededRandom m_random;
    std::mt19937_64 m_spread;
    std::vector<LoadDevice> m_fleet;
    QStringList m_codes;
    std::optional<Error> m_failure;
    std::vector<double> m_times; ///< ms, of the acknowledged
    std::vector<bool> m_acknowledged;
    LoadReport m_report;
};

Result<void> Run::reach()
{
    boost::system::error_code error;
    m_tls.add_certificate_authority(
        asio::buffer(m_settings.authorityPem.constData(), std::size_t(m_settings.authorityPem.size())), error);
    if (error) {
        return Error(ErrorCode::InvalidArgument, QString::fromStdString(error.message()), QStringLiteral("ca"));
    }
    m_tls.set_verify_mode(asio::ssl::verify_peer, error);
    m_host = m_settings.url.host().toStdString();
    asio::ip::tcp::resolver resolver(m_io);
    const auto found = resolver.resolve(m_host, std::to_string(m_settings.url.port(443)), error);
    if (error || found.empty()) {
        return Error(ErrorCode::Unavailable, QString::fromStdString(error.message()), m_settings.url.toString());
    }
    m_server = found.begin()->endpoint();
    return {};
}

Result<LoadReply> Run::askAsAdmin(LoadRequest request)
{
    request.token = m_settings.adminToken.toLatin1();
    LoadReply reply;
    m_io.restart();
    asio::co_spawn(
        m_io,
        [&]() -> asio::awaitable<void> {
            LoadConnection one = connection();
            reply = co_await one.exchange(request);
            co_await one.close();
        },
        asio::detached);
    m_io.run();
    if (reply.status == 0) {
        return Error(ErrorCode::Unavailable, QStringLiteral("no connection"), m_settings.url.toString());
    }
    if (reply.status >= 400) {
        return Error(ErrorCode::NotPermitted, QString::fromUtf8(reply.body.left(300)), QString::number(reply.status));
    }
    return reply;
}

Result<void> Run::importRoster()
{
    const auto people = askAsAdmin({"GET", pathOf(paths::people), {}, {}, {}});
    if (!people) {
        return people.error();
    }
    const QJsonObject unit = QJsonDocument::fromJson(people->body).object().value(QLatin1String("unit")).toObject();
    const QString code = unit.value(QLatin1String("code")).toString();
    const QString name = unit.value(QLatin1String("name")).toString();
    const QByteArray roster = rosterOfRun(
        code.isEmpty() ? QStringLiteral("LOAD") : code, name.isEmpty() ? QStringLiteral("压力测试") : name);
    const auto imported
        = askAsAdmin({"POST", pathOf(paths::people) + "?confirm=1", "text/csv", roster, {}});
    if (!imported) {
        return imported.error();
    }
    if (!QJsonDocument::fromJson(imported->body).object().value(QLatin1String("committed")).toBool()) {
        return Error(ErrorCode::Conflict, QString::fromUtf8(imported->body.left(300)), QStringLiteral("roster"));
    }
    return {};
}

Result<QStringList> Run::makeCodes()
{
    QStringList codes;
    while (codes.size() < m_settings.devices) {
        const int count = std::min<int>(codesPerRequest, m_settings.devices - int(codes.size()));
        const QJsonObject body = toJson(EnrolmentCodesRequest {QLatin1String(department), count, 1});
        const auto reply = askAsAdmin({"POST", pathOf(paths::enrolmentCodes), "application/json",
            QJsonDocument(body).toJson(QJsonDocument::Compact), {}});
        if (!reply) {
            return reply.error();
        }
        const auto made = enrolmentCodesFromJson(QJsonDocument::fromJson(reply->body).object());
        if (!made) {
            return made.error();
        }
        codes += made->codes;
    }
    return codes;
}

asio::awaitable<void> Run::enrolSome(int first)
{
    LoadConnection one = connection();
    for (std::size_t i = std::size_t(first); i < m_fleet.size() && !m_failure; i += enrollers) {
        LoadDevice &device = m_fleet[i];
        // Named, for gcc 12 destroys temporaries of a co_await expression twice.
        const LoadRequest request = post(paths::enrol, enrolBody(device, m_codes.at(qsizetype(i))));
        const LoadReply reply = co_await persist(one, request, Steady::now() + std::chrono::seconds(60));
        const auto enrolled = enrolResponseFromJson(QJsonDocument::fromJson(reply.body).object());
        if (!enrolled) {
            m_failure = Error(ErrorCode::Unavailable, QString::fromUtf8(reply.body.left(300)),
                QStringLiteral("enrol: %1").arg(reply.status));
            break;
        }
        device.device = enrolled->device;
        device.answers = answersBody(device, enrolled->unit.homePage, m_settings.answers, m_random);
        device.count = m_settings.answers;
        m_progress("prepare", int(i), int(m_fleet.size()));
    }
    co_await one.close();
}

Result<void> Run::makeFleet()
{
    const Steady::time_point begin = Steady::now();
    const auto roster = importRoster();
    if (!roster) {
        return roster;
    }
    const auto codes = makeCodes();
    if (!codes) {
        return codes.error();
    }
    m_codes = *codes;
    for (int i = 0; i < m_settings.devices; ++i) {
        m_fleet.push_back(makeDevice(m_random));
    }
    m_io.restart();
    for (int i = 0; i < enrollers; ++i) {
        asio::co_spawn(m_io, enrolSome(i), asio::detached);
    }
    m_io.run();
    m_report.prepareSeconds = secondsSince(begin);
    if (m_failure) {
        return *m_failure;
    }
    return {};
}

/** As a device does: again after a while when told so or cut off, with full jitter. */
asio::awaitable<LoadReply> Run::persist(
    LoadConnection &connection, const LoadRequest &request, Steady::time_point until)
{
    asio::steady_timer pause(m_io);
    for (double backoff = 0.5;; backoff = std::min(backoff * 2, 30.0)) {
        LoadReply reply = co_await connection.exchange(request);
        const bool later = reply.status == 429 || reply.status == 503;
        m_report.toldToComeBack += later ? 1 : 0;
        m_report.broken += reply.status == 0 ? 1 : 0;
        if ((reply.status != 0 && !later) || Steady::now() > until) {
            co_return reply;
        }
        std::uniform_real_distribution<double> jitter(0, backoff);
        const double wait = double(reply.retryAfterSeconds) + jitter(m_spread);
        pause.expires_after(std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(wait)));
        co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

asio::awaitable<void> Run::oneDevice(int index, std::chrono::duration<double> delay)
{
    asio::steady_timer start(m_io);
    start.expires_after(std::chrono::duration_cast<Steady::duration>(delay));
    co_await start.async_wait(asio::as_tuple(asio::use_awaitable));
    const LoadDevice &device = m_fleet[std::size_t(index)];
    const Steady::time_point begin = Steady::now();
    const auto until = begin
        + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(m_settings.patienceSeconds));
    LoadConnection one = connection();
    const LoadRequest prove = post(paths::token, tokenBody(device, m_random));
    const LoadReply proof = co_await persist(one, prove, until);
    const auto token = tokenResponseFromJson(QJsonDocument::fromJson(proof.body).object());
    if (token) {
        const LoadRequest bring = post(paths::xapiStatements, device.answers, token->token.toLatin1());
        const LoadReply stored = co_await persist(one, bring, until);
        if (stored.status == 200) {
            m_times.push_back(secondsSince(begin) * 1000);
            m_acknowledged[std::size_t(index)] = true;
            m_progress("storm", int(m_times.size()), m_settings.devices);
        }
    }
    co_await one.close();
}

void Run::storm()
{
    m_spread.seed(m_settings.seed);
    m_acknowledged.assign(m_fleet.size(), false);
    std::uniform_real_distribution<double> moment(0, m_settings.windowSeconds);
    m_io.restart();
    for (int i = 0; i < m_settings.devices; ++i) {
        asio::co_spawn(m_io, oneDevice(i, std::chrono::duration<double>(moment(m_spread))), asio::detached);
    }
    const Steady::time_point begin = Steady::now();
    m_io.run();
    m_report.seconds = secondsSince(begin);
    m_report.devices = m_settings.devices;
    m_report.acknowledged = int(m_times.size());
    m_report.notServed = m_report.devices - m_report.acknowledged;
    if (!m_times.empty()) {
        std::sort(m_times.begin(), m_times.end());
        const auto at = [this](double share) { return m_times[std::size_t(share * double(m_times.size() - 1))]; };
        m_report.p50Ms = at(0.5);
        m_report.p99Ms = at(0.99);
        m_report.maxMs = at(1);
    }
}

/** What each was told against the head of its chain on the server. */
Result<void> Run::compare()
{
    const auto reply = askAsAdmin({"GET", pathOf(paths::devices), {}, {}, {}});
    if (!reply) {
        return reply.error();
    }
    QHash<QString, qint64> heads;
    const QJsonDocument document = QJsonDocument::fromJson(reply->body);
    for (const QJsonValue device : document.object().value(QLatin1String("devices")).toArray()) {
        heads.insert(device[QLatin1String("id")].toString(), device[QLatin1String("head_seq")].toInteger());
    }
    for (std::size_t i = 0; i < m_fleet.size(); ++i) {
        const qint64 there = heads.value(m_fleet[i].device, -1);
        m_report.lost += m_acknowledged[i] && there < m_fleet[i].count ? 1 : 0;
        m_report.doubled += there > m_fleet[i].count ? 1 : 0;
    }
    return {};
}

Result<LoadReport> Run::all()
{
    for (const auto step : {&Run::reach, &Run::makeFleet}) {
        if (const auto done = (this->*step)(); !done) {
            return done.error();
        }
    }
    storm();
    if (const auto compared = compare(); !compared) {
        return compared.error();
    }
    return m_report;
}

} // namespace

QJsonObject LoadReport::toJson() const
{
    return {{QStringLiteral("devices"), devices}, {QStringLiteral("acknowledged"), acknowledged},
        {QStringLiteral("lost"), lost}, {QStringLiteral("doubled"), doubled},
        {QStringLiteral("not_served"), notServed}, {QStringLiteral("told_to_come_back"), toldToComeBack},
        {QStringLiteral("broken"), broken}, {QStringLiteral("prepare_s"), prepareSeconds},
        {QStringLiteral("seconds"), seconds}, {QStringLiteral("p50_ms"), p50Ms},
        {QStringLiteral("p99_ms"), p99Ms}, {QStringLiteral("max_ms"), maxMs}};
}

Result<LoadReport> runLoad(const LoadSettings &settings, const Progress &progress)
{
    Run run(settings, progress);
    return run.all();
}

} // namespace qingfeng::load
