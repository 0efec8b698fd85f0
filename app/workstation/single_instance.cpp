#include "app/workstation/single_instance.h"

#include "question_bank/base/canonical_json.h"

#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTimer>

namespace qingfeng {
namespace {

constexpr int maxRequestBytes = 256;
constexpr int answerMs = 2000;

} // namespace

SingleInstance::SingleInstance(const QString &dataPath, QObject *parent)
    : QObject(parent)
    , m_socketName(QStringLiteral("qingfeng-") + sha256Hex(dataPath.toUtf8()).left(16))
    , m_lock(dataPath + QStringLiteral("/qingfeng.lock"))
{
    QDir().mkpath(dataPath);
    m_lock.setStaleLockTime(0); // a lock is stale only when its process is gone
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::claim()
{
    if (!m_lock.tryLock(0)) {
        return false;
    }
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(m_socketName); // left by a crash; the lock says that nobody listens
    connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server->nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            const auto read = [this, socket] {
                if (socket->canReadLine() || socket->bytesAvailable() > maxRequestBytes) {
                    const QString request = QString::fromUtf8(socket->readLine(maxRequestBytes)).trimmed();
                    socket->write("ok\n");
                    socket->disconnectFromServer();
                    Q_EMIT requested(request);
                }
            };
            connect(socket, &QLocalSocket::readyRead, this, read);
            QTimer::singleShot(answerMs, socket, [socket] { socket->abort(); });
            read();
        }
    });
    m_server->listen(m_socketName);
    return true;
}

bool SingleInstance::handOver(const QString &request) const
{
    QLocalSocket socket;
    socket.connectToServer(m_socketName);
    if (!socket.waitForConnected(answerMs)) {
        return false;
    }
    socket.write(request.toUtf8() + '\n');
    return socket.waitForReadyRead(answerMs) && socket.readLine(maxRequestBytes).startsWith("ok");
}

} // namespace qingfeng
