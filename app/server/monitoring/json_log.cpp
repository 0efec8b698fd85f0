#include "app/server/monitoring/json_log.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace qingfeng::server {

void JsonLog::format(const spdlog::details::log_msg &message, spdlog::memory_buf_t &line)
{
    const auto ms
        = std::chrono::duration_cast<std::chrono::milliseconds>(message.time.time_since_epoch()).count();
    const auto level = spdlog::level::to_string_view(message.level);
    const QJsonObject object{
        {QStringLiteral("time"), QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs)},
        {QStringLiteral("level"), QString::fromUtf8(level.data(), qsizetype(level.size()))},
        {QStringLiteral("message"),
            QString::fromUtf8(message.payload.data(), qsizetype(message.payload.size()))}};
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    line.append(text.constData(), text.constData() + text.size());
}

std::unique_ptr<spdlog::formatter> JsonLog::clone() const
{
    return std::make_unique<JsonLog>();
}

} // namespace qingfeng::server
