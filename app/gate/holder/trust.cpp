#include "app/gate/holder/trust.h"

#include "app/gate/x11/connection.h"

#include <sys/stat.h>
#include <unistd.h>
#include <xcb/res.h>

#include <algorithm>
#include <array>
#include <climits>
#include <string>
#include <string_view>

namespace qingfeng::gate {

namespace {

constexpr std::array<std::string_view, 8> inputMethodPrograms{"/usr/bin/fcitx5", "/usr/bin/fcitx",
    "/usr/bin/ibus-daemon", "/usr/libexec/ibus-ui-gtk3", "/usr/libexec/ibus-x11",
    "/usr/libexec/ibus-extension-gtk3", "/usr/lib/ibus/ibus-ui-gtk3", "/usr/lib/ibus/ibus-x11"};

std::string programOf(std::uint32_t pid)
{
    char path[PATH_MAX] = {};
    const std::string link = "/proc/" + std::to_string(pid) + "/exe";
    const ssize_t length = ::readlink(link.c_str(), path, sizeof path - 1);
    return length > 0 ? std::string(path, std::size_t(length)) : std::string();
}

bool isRootsOwn(const std::string &path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 && info.st_uid == 0 && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/** X-Resource 1.2, which tells the process of a client. */
bool hasClientIds(xcb_connection_t *c)
{
    const xcb_query_extension_reply_t *extension = xcb_get_extension_data(c, &xcb_res_id);
    if (extension == nullptr || extension->present == 0) {
        return false;
    }
    const Reply<xcb_res_query_version_reply_t> version(
        xcb_res_query_version_reply(c, xcb_res_query_version(c, 1, 2), nullptr));
    return version && (version->server_major > 1 || version->server_minor >= 2);
}

} // namespace

std::vector<std::string> trustedInputMethods()
{
    std::vector<std::string> found;
    for (const std::string_view program : inputMethodPrograms) {
        if (isRootsOwn(std::string(program))) {
            found.emplace_back(program);
        }
    }
    return found;
}

bool Trust::isInputMethod(std::uint32_t base)
{
    const auto [known, isNew] = m_inputMethods.try_emplace(base, false);
    if (isNew) {
        const std::string program = programOf(processOf(base));
        known->second = std::ranges::find(inputMethodPrograms, program) != inputMethodPrograms.end()
            && isRootsOwn(program);
    }
    return known->second;
}

void Trust::setUiProcess(std::uint32_t pid)
{
    m_uiProcess = pid;
    m_ofUiProcess.clear(); // a client's number may come back with another process
}

bool Trust::isUiProcess(std::uint32_t base)
{
    if (m_uiProcess == 0) {
        return false;
    }
    const auto [known, isNew] = m_ofUiProcess.try_emplace(base, false);
    if (isNew) {
        known->second = processOf(base) == m_uiProcess;
    }
    return known->second;
}

/** 0 where it is not known. */
std::uint32_t Trust::processOf(std::uint32_t base) const
{
    if (!hasClientIds(m_c)) {
        return 0;
    }
    const xcb_res_client_id_spec_t spec{base, XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID};
    const Reply<xcb_res_query_client_ids_reply_t> reply(
        xcb_res_query_client_ids_reply(m_c, xcb_res_query_client_ids(m_c, 1, &spec), nullptr));
    if (!reply) {
        return 0;
    }
    for (auto i = xcb_res_query_client_ids_ids_iterator(reply.get()); i.rem > 0;
         xcb_res_client_id_value_next(&i)) {
        if ((i.data->spec.mask & XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID) != 0 && i.data->length >= 4) {
            return *xcb_res_client_id_value_value(i.data);
        }
    }
    return 0;
}

bool Trust::isDesktopManager(std::uint32_t base, xcb_window_t root, int screen) const
{
    const xcb_window_t manager = windowManagerWindow(m_c, root);
    const xcb_window_t compositor = compositorWindow(m_c, screen);
    return (manager != XCB_WINDOW_NONE && clientBase(m_c, manager) == base)
        || (compositor != XCB_WINDOW_NONE && clientBase(m_c, compositor) == base);
}

} // namespace qingfeng::gate
