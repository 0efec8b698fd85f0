#pragma once

#include <QLockFile>
#include <QObject>

#include <memory>

class QLocalServer;

namespace qingfeng {

/**
 * One tray program per data folder: the first holds the lock and listens, a later one hands over what it was
 * asked to show and ends. A lock left by a crash is taken over.
 */
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const QString &dataPath, QObject *parent = nullptr);
    ~SingleInstance() override;

    /** True when this is the first; it then listens. */
    bool claim();
    /** Hands @p request ("study", "archive", "show") to the first. False when it does not answer in 2 s. */
    bool handOver(const QString &request) const;

Q_SIGNALS:
    void requested(const QString &request);

private:
    QString m_socketName;
    QLockFile m_lock;
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace qingfeng
