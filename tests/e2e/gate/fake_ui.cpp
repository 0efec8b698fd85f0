// A UI for the gate's tests: a real client of the protocol that does what a file tells it.
//   fake_ui DIR MODE --gate-fd 3 [--safe]
// MODE: ask (paints and says ready), late (maps its window long before it names it), silent (never ready),
// unable (says at once that it has nothing to ask with), crash (ends at once with status 1). It appends its
// process id to DIR/ui.pids, what it hears of codes to DIR/heard, and obeys the words written to DIR/do:
// pass, exempt, wrong, garbage, hang, unable, code CODE, exit0. Once released it ends, in the mode "stay"
// only when it is made to.
#include "app/gate/core/line_channel.h"
#include "app/gate/core/token.h"

#include <poll.h>
#include <xcb/xcb.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

using namespace qingfeng::gate;

namespace {

constexpr std::uint32_t uiColour = 0x1e6f68;

class FakeUi
{
public:
    FakeUi(std::string folder, std::string mode)
        : m_folder(std::move(folder))
        , m_mode(std::move(mode))
        , m_gate(UniqueFd(3))
        , m_c(xcb_connect(nullptr, nullptr))
    {
    }
    ~FakeUi() { xcb_disconnect(m_c); }
    FakeUi(const FakeUi &) = delete;
    FakeUi &operator=(const FakeUi &) = delete;

    int run()
    {
        if (m_mode == "crash" || xcb_connection_has_error(m_c) != 0) {
            return 1;
        }
        if (m_mode == "unable") {
            m_gate.send("unable bank-empty");
        } else if (m_mode != "silent") {
            ask();
        }
        while (!m_done) {
            pollfd waiting{m_gate.fd(), POLLIN, 0};
            ::poll(&waiting, 1, 10);
            m_gate.receive();
            while (const auto line = m_gate.take()) {
                hear(*line);
            }
            m_done = m_done || (!m_gate.isOpen());
            obey();
            grab();
        }
        return 0;
    }

private:
    void ask()
    {
        const xcb_screen_t *screen = xcb_setup_roots_iterator(xcb_get_setup(m_c)).data;
        m_window = xcb_generate_id(m_c);
        const std::uint32_t values[] = {uiColour, 1};
        xcb_create_window(m_c, XCB_COPY_FROM_PARENT, m_window, screen->root, 0, 0, screen->width_in_pixels,
            screen->height_in_pixels, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, screen->root_visual,
            XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT, values);
        if (m_mode == "late") {
            xcb_map_window(m_c, m_window);
            sync();
            ::poll(nullptr, 0, 300);
        }
        m_gate.send("window " + std::to_string(m_window));
        xcb_map_window(m_c, m_window);
        sync();
        m_gate.send("ready");
    }

    void sync() { std::free(xcb_get_input_focus_reply(m_c, xcb_get_input_focus(m_c), nullptr)); }

    void grab()
    {
        if (m_window == 0) {
            return;
        }
        std::free(xcb_grab_keyboard_reply(m_c,
            xcb_grab_keyboard(m_c, 1, m_window, XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC),
            nullptr));
    }

    void hear(const std::string &line)
    {
        const auto parts = words(line);
        if (parts.empty()) {
            return;
        }
        if (parts[0] == "hello" && parts.size() == 3) {
            for (std::size_t i = 0; i < m_secret.size(); ++i) {
                m_secret[i] = std::uint8_t(std::stoi(std::string(parts[2].substr(2 * i, 2)), nullptr, 16));
            }
        } else if (parts[0] == "ping" && !m_hung) {
            m_gate.send("pong " + std::string(parts[1]));
        } else if (parts[0] == "challenge" || parts[0] == "code-refused") {
            std::ofstream(m_folder + "/heard", std::ios::app) << line << std::endl;
        } else if (parts[0] == "released") {
            m_done = m_mode != "stay";
        } else if (const auto geometry = parseGeometry(line); geometry && m_window != 0) {
            const std::uint32_t size[]
                = {std::uint32_t(geometry->root.width), std::uint32_t(geometry->root.height)};
            xcb_configure_window(m_c, m_window, XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT, size);
            xcb_flush(m_c);
        }
    }

    void obey()
    {
        std::ifstream file(m_folder + "/do");
        std::string word;
        if (!(file >> word)) {
            return;
        }
        std::string argument;
        file >> argument;
        std::filesystem::remove(m_folder + "/do");
        if (word == "pass") {
            m_gate.send("pass o-1 a-1 " + makeToken(m_secret, "o-1", "a-1"));
        } else if (word == "exempt") {
            m_gate.send("pass o-1 exempted " + makeToken(m_secret, "o-1", "exempted"));
        } else if (word == "defer") {
            m_gate.send("pass o-1 deferred " + makeToken(m_secret, "o-1", "deferred"));
        } else if (word == "wrong") {
            m_gate.send("pass o-1 a-1 " + makeToken(makeSecret(), "o-1", "a-1"));
        } else if (word == "garbage") {
            for (int i = 0; i < 200; ++i) {
                m_gate.send(std::string(std::size_t(i) * 20, char('a' + i % 26)) + "\x01 \xff");
            }
        } else if (word == "unable") {
            m_gate.send("unable bank-empty");
        } else if (word == "code") {
            m_gate.send("code " + argument);
        } else if (word == "hang") {
            m_hung = true;
        } else if (word == "exit0") {
            m_done = true;
        }
    }

    std::string m_folder;
    std::string m_mode;
    LineChannel m_gate;
    xcb_connection_t *m_c;
    xcb_window_t m_window = 0;
    Secret m_secret{};
    bool m_hung = false;
    bool m_done = false;
};

} // namespace

int main(int argc, char *argv[])
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 4 || arguments[2] != "--gate-fd") {
        return 2;
    }
    const bool safe = std::ranges::find(arguments, std::string("--safe")) != arguments.end();
    std::ofstream(arguments[0] + "/ui.pids", std::ios::app)
        << ::getpid() << (safe ? " safe" : "") << std::endl;
    if (arguments[1] == "stay") {
        std::signal(SIGTERM, SIG_IGN);
    }
    return FakeUi(arguments[0], arguments[1]).run();
}
