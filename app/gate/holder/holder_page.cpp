#include "app/gate/holder/holder_page.h"

#include "app/gate/x11/connection.h"

#include <algorithm>

namespace qingfeng::gate {

namespace {

std::optional<Verdict> verdictFrom(std::string_view name)
{
    for (const Verdict verdict : {Verdict::Right, Verdict::Wrong, Verdict::Unsure, Verdict::Invalid}) {
        if (verdictName(verdict) == name) {
            return verdict;
        }
    }
    return std::nullopt;
}

bool contains(const Rect &area, int x, int y)
{
    return x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height;
}

} // namespace

HolderPage::HolderPage(xcb_connection_t *c, const xcb_screen_t &screen)
    : m_c(c)
    , m_screen(screen)
    , m_palette(screen)
{
}

bool HolderPage::hear(const std::vector<std::string_view> &words, std::int64_t nowMs)
{
    constexpr std::uint64_t mostMs = 1000 * 1000;
    const std::string_view verb = words.front();
    if (verb == "ask") {
        m_dirty = hearQuestion(words) || m_dirty;
    } else if (verb == "verdict" && m_question && words.size() == 3) {
        hearVerdict(words);
        m_dirty = true;
    } else if (verb == "challenge" && words.size() == 2) {
        m_challenge = words[1];
        if (m_question) {
            m_question->setChallenge(m_challenge);
            m_dirty = true;
        }
    } else if (verb == "code-refused" && m_question && words.size() == 3) {
        m_question->refuseCode(std::string(words[1]), int(parseNumber(words[2], 100'000).value_or(0)));
        m_dirty = true;
    } else if (verb == "countdown" && words.size() == 2) {
        startCountdown(nowMs, std::int64_t(parseNumber(words[1], mostMs).value_or(0)));
    } else {
        return false;
    }
    return true;
}

/** "ask <number of the question> <places of its choices> [again]" */
bool HolderPage::hearQuestion(const std::vector<std::string_view> &words)
{
    const auto number = words.size() >= 3 ? parseNumber(words[1], builtInQuestionCount - 1) : std::nullopt;
    if (!number) {
        return false;
    }
    std::vector<std::size_t> order;
    for (const char place : words[2]) {
        const auto index = std::size_t(place - '0');
        if (place < '0' || index >= builtInQuestions[*number].choiceCount) {
            return false;
        }
        order.push_back(index);
    }
    m_question.emplace(std::size_t(*number), order, words.size() == 4 && words[3] == "again");
    m_question->setChallenge(m_challenge);
    return true;
}

/** "verdict <word> <id of the choice, or unsure>" */
void HolderPage::hearVerdict(const std::vector<std::string_view> &words)
{
    if (const auto verdict = verdictFrom(words[1])) {
        m_question->showVerdict(*verdict, choiceIndex(m_question->question(), words[2]));
    }
}

void HolderPage::clear()
{
    m_stale = m_stale || m_question.has_value();
    m_dirty = m_dirty || m_stale;
    m_question.reset();
}

void HolderPage::startCountdown(std::int64_t nowMs, std::int64_t lengthMs)
{
    m_endMs = nowMs + lengthMs;
    m_dirty = true;
}

std::optional<std::string> HolderPage::press(const Key &key)
{
    if (!m_question || key.kind == Key::None) {
        return std::nullopt;
    }
    m_dirty = true;
    return m_question->press(key);
}

std::optional<int> HolderPage::secondsLeft(std::int64_t nowMs) const
{
    return countsDown() ? std::optional(int(std::max<std::int64_t>(0, (m_endMs - nowMs + 999) / 1000)))
                        : std::nullopt;
}

/** The one with the pointer, and then always the same while it is there. */
Rect HolderPage::monitorForQuestion(const Geometry &geometry)
{
    if (std::ranges::find(geometry.monitors, m_monitor) != geometry.monitors.end()) {
        return m_monitor;
    }
    m_monitor = geometry.monitors.empty() ? geometry.root : geometry.monitors.front();
    const Reply<xcb_query_pointer_reply_t> pointer(
        xcb_query_pointer_reply(m_c, xcb_query_pointer(m_c, m_screen.root), nullptr));
    for (const Rect &monitor : geometry.monitors) {
        if (pointer && contains(monitor, pointer->root_x, pointer->root_y)) {
            m_monitor = monitor;
        }
    }
    return m_monitor;
}

void HolderPage::draw(
    const std::vector<xcb_window_t> &windows, const Geometry &geometry, std::int64_t nowMs, bool everything)
{
    const auto seconds = secondsLeft(nowMs);
    if (!everything && !m_dirty && seconds == m_shownSeconds) {
        return;
    }
    if (m_stale || everything) {
        for (const xcb_window_t window : windows) {
            xcb_clear_area(m_c, 0, window, 0, 0, 0, 0);
        }
    }
    m_dirty = false;
    m_stale = false;
    m_shownSeconds = seconds;
    const auto put = [&](const Placed &picture, const Rect &monitor) {
        for (const xcb_window_t window : windows) {
            putCanvas(m_c, m_screen, m_palette, window, picture.canvas, monitor.x + picture.x,
                monitor.y + picture.y);
        }
    };
    if (m_question) {
        const Rect monitor = monitorForQuestion(geometry);
        put(m_painter.question(*m_question, monitor.width, monitor.height, seconds), monitor);
    } else if (seconds) {
        for (const Rect &monitor : geometry.monitors) {
            put(m_painter.countdown(monitor.width, monitor.height, *seconds), monitor);
        }
    }
}

} // namespace qingfeng::gate
