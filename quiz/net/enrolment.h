#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QUrl>

#include "question_bank/base/clock.h"
#include "quiz/sync/device_config.h"
#include "quiz/sync/transport.h"

namespace qingfeng {

class HttpTransport;

/** What an administrator hands out, and what the workstation adds. */
struct EnrolmentInput
{
    QUrl server; ///< https://host[:port]
    QString caFile; ///< PEM file of the authority that the server's certificate comes from
    QString code; ///< one-time code
    QString deviceName; ///< shown to the administrator
    QString store; ///< LearningStore::storeId()
    QList<PinHash> pins; ///< set on this PC before; may be empty
};

/**
 * 注册: makes this device's key, spends the one-time code on a place for it, and writes what sync needs into the
 * data folder. On any failure the folder is as it was.
 *
 * One object is one attempt; it reports exactly once, also when it is deleted before its end.
 */
class Enrolment final : public QObject
{
public:
    /**
     * The device, or InvalidArgument (where(): "server", "ca_file", or the field that the server did not take) ·
     * NotFound (ca_file) · NotPermitted (where() "code": unknown, used or expired; "server": not signed by this
     * authority) · Unavailable · TimedOut · TooNew · Io.
     */
    using Done = std::function<void(const Result<DeviceConfig> &)>;

    Enrolment(QString dataFolder, EnrolmentInput input, QObject *parent = nullptr);
    ~Enrolment() override;

    /**
     * Goes to work; call it once. @p done never comes from within start(); whoever wants to end this object there
     * uses deleteLater().
     */
    void start(Done done);

private:
    Result<void> prepare();
    void takeReply(const Result<HttpReply> &reply);
    Result<DeviceConfig> read(const HttpReply &reply);
    void report(const Result<DeviceConfig> &result);

    QString m_dataFolder;
    EnrolmentInput m_input;
    std::unique_ptr<StagedDevice> m_staged;
    std::unique_ptr<HttpTransport> m_transport;
    Done m_done;
};

} // namespace qingfeng
