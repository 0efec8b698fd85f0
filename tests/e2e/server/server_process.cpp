#include "tests/e2e/server/server_process.h"

#include "question_bank/base/canonical_json.h"

#include <QElapsedTimer>
#include <QFile>

ServerProcess::ServerProcess(const QByteArray &toml)
{
    QFile file(m_dir.filePath(QStringLiteral("server.toml")));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(toml);
    }
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

ServerProcess::~ServerProcess()
{
    kill();
}

QString ServerProcess::program()
{
    return qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfeng-server");
}

bool ServerProcess::start()
{
    const QString portFile = m_dir.filePath(QStringLiteral("port"));
    QFile::remove(portFile);
    m_process.start(program(),
        {QStringLiteral("--config"), m_dir.filePath(QStringLiteral("server.toml")), QStringLiteral("--data"), data(),
            QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--port-file"), portFile});
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 15'000 && !QFile::exists(portFile)) {
        if (m_process.waitForFinished(20)) {
            return false;
        }
    }
    QFile file(portFile);
    if (!file.open(QIODevice::ReadOnly)) {
        return false;
    }
    m_url = QUrl(QStringLiteral("https://127.0.0.1:%1").arg(file.readAll().trimmed().toInt()));
    return true;
}

void ServerProcess::setVariable(const QString &name, const QString &value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    if (environment.isEmpty()) {
        environment = QProcessEnvironment::systemEnvironment();
    }
    environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
}

void ServerProcess::kill()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

bool ServerProcess::terminate(int ms)
{
    m_process.terminate();
    return m_process.waitForFinished(ms);
}

QString ServerProcess::output()
{
    m_output += QString::fromUtf8(m_process.readAll());
    return m_output;
}

qingfeng::AdminConnection ServerProcess::admin() const
{
    QFile file(data() + QStringLiteral("/admin.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const auto object = qingfeng::parseJsonObject(file.readAll());
    const auto connection = object ? qingfeng::adminConnectionFromJson(*object)
                                   : qingfeng::Result<qingfeng::AdminConnection>(object.error());
    return connection ? *connection : qingfeng::AdminConnection {};
}
