#include "app/server/config.h"

#include "quiz/feedback/feedback.h"

#include <toml++/toml.h>

#include <QFile>

namespace qingfeng::server {
namespace {

/** Takes known keys out of a table and complains about the rest, so that a typo is not silently a default. */
class TableReader
{
public:
    TableReader(const toml::table &table, QString prefix)
        : m_table(table)
        , m_prefix(std::move(prefix))
    {
    }

    void text(const char *key, QString &value)
    {
        if (const toml::node *node = take(key)) {
            if (const auto *string = node->as_string()) {
                value = QString::fromStdString(string->get());
            } else {
                fail(key, QStringLiteral("text expected"));
            }
        }
    }

    template <typename Number> void integer(const char *key, Number &value, qint64 min, qint64 max)
    {
        if (const toml::node *node = take(key)) {
            const auto *number = node->as_integer();
            if (number != nullptr && number->get() >= min && number->get() <= max) {
                value = Number(number->get());
            } else {
                fail(key, QStringLiteral("whole number from %1 to %2 expected").arg(min).arg(max));
            }
        }
    }

    void milliseconds(const char *key, std::chrono::milliseconds &value)
    {
        qint64 count = value.count();
        integer(key, count, 100, 3'600'000);
        value = std::chrono::milliseconds(count);
    }

    void texts(const char *key, QStringList &values)
    {
        if (const toml::node *node = take(key)) {
            const toml::array *array = node->as_array();
            if (array == nullptr || !array->is_homogeneous<std::string>()) {
                return fail(key, QStringLiteral("list of texts expected"));
            }
            values.clear();
            for (const toml::node &element : *array) {
                values.append(QString::fromStdString(element.as_string()->get()));
            }
        }
    }

    const toml::table *table(const char *key)
    {
        const toml::node *node = take(key);
        if (node != nullptr && node->as_table() == nullptr) {
            fail(key, QStringLiteral("table expected"));
        }
        return node != nullptr ? node->as_table() : nullptr;
    }

    Result<void> finish()
    {
        for (const auto &[key, node] : m_table) {
            const QString name = QString::fromUtf8(key.data(), qsizetype(key.length()));
            if (!m_error && !m_known.contains(name)) {
                m_error = Error(ErrorCode::InvalidArgument,
                    QStringLiteral("unknown key in line %1").arg(node.source().begin.line), m_prefix + name);
            }
        }
        if (m_error) {
            return *m_error;
        }
        return {};
    }

    void fail(const char *key, const QString &detail)
    {
        if (!m_error) {
            m_error = Error(ErrorCode::InvalidArgument, detail, m_prefix + QLatin1String(key));
        }
    }

private:
    const toml::node *take(const char *key)
    {
        m_known.append(QLatin1String(key));
        return m_table.get(key);
    }

    const toml::table &m_table;
    const QString m_prefix;
    QStringList m_known;
    std::optional<Error> m_error;
};

Result<void> readHttp(const toml::table &table, HttpSettings &http)
{
    TableReader reader(table, QStringLiteral("http."));
    reader.integer("threads", http.threads, 1, 256);
    reader.integer("max_connections", http.maxConnections, 1, 1'000'000);
    reader.integer("backlog", http.backlog, 1, 65'535);
    reader.integer("max_header_bytes", http.maxHeaderBytes, 1024, 65'536);
    reader.milliseconds("header_timeout_ms", http.headerTimeout);
    reader.milliseconds("body_timeout_ms", http.bodyTimeout);
    reader.milliseconds("write_timeout_ms", http.writeTimeout);
    reader.milliseconds("idle_timeout_ms", http.idleTimeout);
    reader.milliseconds("drain_timeout_ms", http.drainTimeout);
    return reader.finish();
}

Result<void> readAdmission(const toml::table &table, AdmissionSettings &admission)
{
    TableReader reader(table, QStringLiteral("admission."));
    reader.integer("max_in_flight", admission.maxInFlight, 8, 100'000);
    reader.integer("per_second", admission.perSecond, 1, 100'000);
    reader.integer("burst", admission.burst, 1, 1'000'000);
    return reader.finish();
}

Result<void> readTls(const toml::table &table, ServerConfig &config)
{
    TableReader reader(table, QStringLiteral("tls."));
    reader.text("certificate", config.certificate);
    reader.text("key", config.certificateKey);
    reader.text("authority", config.certificateAuthority);
    if (config.certificate.isEmpty() || config.certificateKey.isEmpty()
        || config.certificateAuthority.isEmpty()) {
        reader.fail("certificate", QStringLiteral("certificate, key and authority belong together"));
    }
    return reader.finish();
}

void readLog(TableReader &reader, ServerConfig &config)
{
    static const QStringList levels{QStringLiteral("trace"), QStringLiteral("debug"), QStringLiteral("info"),
        QStringLiteral("warn"), QStringLiteral("error")};
    reader.text("log_level", config.logLevel);
    if (!levels.contains(config.logLevel)) {
        reader.fail("log_level", levels.join(QStringLiteral(", ")) + QStringLiteral(" expected"));
    }
    QString form = QStringLiteral("text");
    reader.text("log_format", form);
    if (form != QLatin1String("text") && form != QLatin1String("json")) {
        reader.fail("log_format", QStringLiteral("text or json expected"));
    }
    config.logJson = form == QLatin1String("json");
}

Result<void> readTable(const toml::table &table, ServerConfig &config)
{
    TableReader reader(table, QString());
    reader.text("data", config.dataFolder);
    reader.texts("hosts", config.hosts);
    reader.text("home_page", config.homePage);
    reader.integer("sync_window_s", config.syncWindowSeconds, 0, 86'400);
    readLog(reader, config);
    reader.text("metrics_listen", config.metricsListen);
    reader.texts("trusted_proxies", config.trustedProxies);
    reader.texts("desk_recipients", config.deskRecipients);
    for (const QString &recipient : std::as_const(config.deskRecipients)) {
        if (recipient.trimmed().isEmpty() || recipient.size() > FeedbackEntry::maxAuthor
            || config.deskRecipients.size() > 50) {
            reader.fail("desk_recipients",
                QStringLiteral("at most 50 texts of 1…%1 characters expected").arg(FeedbackEntry::maxAuthor));
        }
    }
    QString listen;
    reader.text("listen", listen);
    if (!listen.isEmpty()) {
        const auto set = setListen(listen, config);
        if (!set) {
            return set;
        }
    }
    if (!config.homePage.isEmpty()
        && (!config.homePage.startsWith(QLatin1String("https://")) || config.homePage.endsWith(QLatin1Char('/')))) {
        reader.fail("home_page", QStringLiteral("https://… without a slash at the end expected"));
    }
    Result<void> parts;
    if (const toml::table *http = reader.table("http")) {
        parts = readHttp(*http, config.http);
    }
    if (const toml::table *admission = reader.table("admission"); admission != nullptr && parts) {
        parts = readAdmission(*admission, config.admission);
    }
    if (const toml::table *tls = reader.table("tls"); tls != nullptr && parts) {
        parts = readTls(*tls, config);
    }
    if (!parts) {
        return parts;
    }
    return reader.finish();
}

} // namespace

Result<void> readConfig(const QString &path, ServerConfig &config)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error(ErrorCode::Io, file.errorString(), path);
    }
    const QByteArray text = file.read(1024 * 1024);
    try {
        const toml::table table = toml::parse(std::string_view(text.constData(), std::size_t(text.size())));
        const auto read = readTable(table, config);
        return read ? read : Result<void>(Error(read.error().code(), read.error().detail(),
                   path + QStringLiteral(": ") + read.error().where()));
    } catch (const toml::parse_error &error) {
        return Error(ErrorCode::InvalidArgument, QString::fromUtf8(error.description().data()),
            QStringLiteral("%1: line %2").arg(path).arg(error.source().begin.line));
    }
}

Result<void> setListen(const QString &text, ServerConfig &config)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    bool ok = false;
    const uint port = text.mid(colon + 1).toUInt(&ok);
    QString address = text.left(colon < 0 ? 0 : colon);
    if (address.startsWith(QLatin1Char('[')) && address.endsWith(QLatin1Char(']'))) {
        address = address.mid(1, address.size() - 2);
    }
    if (!ok || port > 65'535 || address.isEmpty()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("ADDRESS:PORT expected"), QStringLiteral("listen"));
    }
    config.http.address = address;
    config.http.port = quint16(port);
    return {};
}

} // namespace qingfeng::server
