#include "app/server/monitoring/service_manager.h"

#include <sys/socket.h>

#include <systemd/sd-daemon.h>

namespace qingfeng::server {

int socketFromManager()
{
    const int count = sd_listen_fds(1);
    if (count != 1 || sd_is_socket(SD_LISTEN_FDS_START, AF_UNSPEC, SOCK_STREAM, 1) <= 0) {
        return -1;
    }
    return SD_LISTEN_FDS_START;
}

void notifyReady()
{
    sd_notify(0, "READY=1");
}

void notifyStopping()
{
    sd_notify(0, "STOPPING=1");
}

void notifyAlive()
{
    sd_notify(0, "WATCHDOG=1");
}

qint64 watchdogMs()
{
    uint64_t microseconds = 0;
    return sd_watchdog_enabled(0, &microseconds) > 0 ? qint64(microseconds / 1000) : 0;
}

} // namespace qingfeng::server
