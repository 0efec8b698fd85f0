#pragma once

#include <QtGlobal>

/** What systemd and the server say to each other (sd_notify(3), sd_listen_fds(3)); without systemd, nothing.
 */
namespace qingfeng::server {

/** The listening socket that systemd has opened for us, or -1. Call once. */
int socketFromManager();

void notifyReady();
void notifyStopping();
/** Tells that all is well; to be called more often than watchdogMs(). */
void notifyAlive();
/** How long systemd waits for notifyAlive() before it starts the server anew; 0 = it does not. */
qint64 watchdogMs();

} // namespace qingfeng::server
