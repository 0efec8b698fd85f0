#pragma once

#include <spdlog/formatter.h>

namespace qingfeng::server {

/** One JSON object a line: time (UTC, RFC 3339), level, message. */
class JsonLog final : public spdlog::formatter
{
public:
    void format(const spdlog::details::log_msg &message, spdlog::memory_buf_t &line) override;
    std::unique_ptr<spdlog::formatter> clone() const override;
};

} // namespace qingfeng::server
