#pragma once

#include "question_bank/base/result.h"

#include <functional>

#include <QByteArray>
#include <QJsonObject>
#include <QUrl>

namespace qingfeng::load {

/** A storm: so many devices come within so many seconds, each once. */
struct LoadSettings
{
    QUrl url; ///< https://host:port
    QByteArray authorityPem;
    QString adminToken; ///< makes the roster, codes and devices of the run
    int devices = 1000;
    double windowSeconds = 0; ///< 0 = all at once
    int answers = 1; ///< a device brings
    double patienceSeconds = 600; ///< then a device that was not served is counted as lost
    quint64 seed = 1;
};

/** Times are from a device's first byte to the acknowledgement of its answers. */
struct LoadReport
{
    int devices = 0;
    int acknowledged = 0; ///< devices whose answers the server says are stored
    int lost = 0; ///< acknowledged, but not on the server afterwards
    int doubled = 0; ///< more on the server than was sent
    int notServed = 0; ///< gave up
    qint64 toldToComeBack = 0; ///< answers 429 and 503
    qint64 broken = 0; ///< connections that failed
    double prepareSeconds = 0;
    double seconds = 0; ///< from the first device's start to the last acknowledgement
    double p50Ms = 0;
    double p99Ms = 0;
    double maxMs = 0;

    QJsonObject toJson() const;
};

/** Tells how far it is. @param step  "prepare" or "storm" */
using Progress = std::function<void(const char *step, int done, int total)>;

/**
 * Enrols the devices, lets them come, and compares what they were told with what is there.
 *
 * Leaves a department "LOAD", a person and the devices behind: never run it against a server in use.
 */
Result<LoadReport> runLoad(const LoadSettings &settings, const Progress &progress);

} // namespace qingfeng::load
