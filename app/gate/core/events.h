#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qingfeng::gate {

/**
 * The gate's own record of what happened, for the workstation to import: gate-events.jsonl, one JSON object
 * a line, {"id": UUIDv7, "kind", "at_ms", "detail"}. No names, answers or tokens.
 *
 * Each event is one append of one line, so that several processes may record at once. At 1 MB the file is
 * renamed to gate-events.1.jsonl, replacing an older one. A record that cannot be written is lost: recording
 * never delays or stops the gate.
 */
class EventLog
{
public:
    explicit EventLog(std::string folder)
        : m_folder(std::move(folder))
    {
    }
    void record(std::string_view kind, std::string_view detail = {}) const;
    std::string filePath() const { return m_folder + "/gate-events.jsonl"; }

private:
    std::string m_folder;
};

/** Where events go unless told otherwise: $XDG_DATA_HOME/qingfeng, else ~/.local/share/qingfeng. */
std::string defaultEventFolder();

/** A time-ordered UUID (RFC 9562 §5.7) from ten random bytes, of which 74 bits are kept. */
std::string uuidV7(std::int64_t utcMs, const std::uint8_t (&random)[10]);

/** A new one, from the system's random source. */
std::string newId(std::int64_t utcMs);

/** Makes a folder with those above it, each for the user alone; what cannot be made is left. */
void makeFolders(const std::string &path);

/** The inside of a JSON string; bytes that are not UTF-8 become "?". */
std::string jsonEscaped(std::string_view text);

} // namespace qingfeng::gate
