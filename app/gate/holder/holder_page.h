#pragma once

#include "app/gate/core/protocol.h"
#include "app/gate/holder/page_painter.h"
#include "app/gate/holder/question_page.h"

#include <xcb/xcb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qingfeng::gate {

/** What the holder shows by itself, in the windows of its main screen: a built-in question, a countdown, or
 * nothing. */
class HolderPage
{
public:
    HolderPage(xcb_connection_t *c, const xcb_screen_t &screen);

    /** Takes a line of the supervisor that is about the page; false for any other. */
    bool hear(const std::vector<std::string_view> &words, std::int64_t nowMs);
    /** Drops the question: a UI asks, or nobody does. */
    void clear();
    void startCountdown(std::int64_t nowMs, std::int64_t lengthMs);
    bool countsDown() const { return m_endMs != 0; }
    bool isCountdownOver(std::int64_t nowMs) const { return countsDown() && nowMs >= m_endMs; }

    /** The line that a key makes, if any. */
    std::optional<std::string> press(const Key &key);
    /** Draws what has changed, or everything. */
    void draw(const std::vector<xcb_window_t> &windows, const Geometry &geometry, std::int64_t nowMs,
        bool everything);

private:
    bool hearQuestion(const std::vector<std::string_view> &words);
    void hearVerdict(const std::vector<std::string_view> &words);
    Rect monitorForQuestion(const Geometry &geometry);
    std::optional<int> secondsLeft(std::int64_t nowMs) const;

    xcb_connection_t *m_c;
    const xcb_screen_t &m_screen;
    Palette m_palette;
    PagePainter m_painter;
    std::optional<QuestionPage> m_question;
    std::string m_challenge;
    Rect m_monitor; ///< where the question stands
    std::int64_t m_endMs = 0; ///< of the countdown, 0 without one
    std::optional<int> m_shownSeconds;
    bool m_dirty = false;
    bool m_stale = false; ///< what was drawn before must go
};

} // namespace qingfeng::gate
