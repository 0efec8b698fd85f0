#pragma once

#include "quiz/protocol/admin_messages.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

/** The real program on a free port over a folder of its own. Only processes that it started are ended. */
class ServerProcess
{
public:
    explicit ServerProcess(const QByteArray &toml = {});
    ~ServerProcess();

    /** Starts it (again, on the same data) and waits until it is ready; false with output() otherwise. */
    bool start();
    void kill(); ///< SIGKILL
    /** SIGTERM; false when it has not gone within @p ms. */
    bool terminate(int ms = 15'000);
    qint64 pid() const { return m_process.processId(); }
    /** Before start(): a variable of its environment. */
    void setVariable(const QString &name, const QString &value);
    void sendTerminate() { m_process.terminate(); }
    bool waitForEnd(int ms) { return m_process.waitForFinished(ms); }
    int exitCode() const { return m_process.exitCode(); }
    QString output();

    QUrl url() const { return m_url; }
    quint16 port() const { return quint16(m_url.port()); }
    QString data() const { return m_dir.filePath(QStringLiteral("data")); }
    qingfeng::AdminConnection admin() const;
    static QString program();

private:
    QTemporaryDir m_dir;
    QProcess m_process;
    QString m_output;
    QUrl m_url;
};
