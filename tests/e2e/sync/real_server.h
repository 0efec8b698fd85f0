#pragma once

#include <memory>

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "quiz/net/http_transport.h"
#include "quiz/protocol/admin_messages.h"

namespace qingfeng {

/** The server program on a free port, with a data folder that outlives its process. */
class RealServer
{
public:
    RealServer();
    ~RealServer();

    /** The program is there to be started. */
    static bool isBuilt();
    bool start();
    void kill(); ///< at once, as by SIGKILL
    void stop(); ///< as by SIGTERM

    const AdminConnection &admin() const { return m_admin; }
    /** One request as administrator; status 0 when there was no reply. */
    HttpReply ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
        const QByteArray &type = "application/json");

    /** One person, 001, in one department, D1. */
    bool addPeople();
    QString makeCode();
    QString device(const QString &store); ///< id, by its store
    /** Ids of every statement held when it was called, in the order stored. */
    QStringList statements();

    QString output() { return QString::fromUtf8(m_process.readAll()); }

private:
    void waitUntilConsistent();
    QTemporaryDir m_dir;
    QProcess m_process;
    quint16 m_port = 0;
    AdminConnection m_admin;
    std::unique_ptr<HttpTransport> m_transport;
};

/** Sends and waits for the one answer. */
Result<HttpReply> exchange(Transport &transport, HttpRequest request);

} // namespace qingfeng
