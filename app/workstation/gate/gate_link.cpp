#include "app/workstation/gate/gate_link.h"

#include <QLoggingCategory>
#include <QSocketNotifier>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace qingfeng {

namespace {

Q_LOGGING_CATEGORY(log, "qingfeng.gate.link")

constexpr qsizetype maxLineBytes = 1024;
constexpr qsizetype secretBytes = 32;

} // namespace

GateLink::GateLink(int fd, QObject *parent)
    : QObject(parent)
    , m_fd(fd)
    , m_notifier(std::make_unique<QSocketNotifier>(fd, QSocketNotifier::Read))
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    ::fcntl(fd, F_SETFD, FD_CLOEXEC); // programs that the UI starts must not hear or speak to the gate
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &GateLink::readAll);
}

GateLink::~GateLink()
{
    m_notifier.reset();
    ::close(m_fd);
}

void GateLink::sendWindow(quint32 xid)
{
    send("window " + QByteArray::number(xid));
}

void GateLink::sendReady()
{
    send("ready");
}

void GateLink::sendPass(const QString &obligation, const QString &attempt, const QString &token)
{
    send("pass " + obligation.toUtf8() + ' ' + attempt.toUtf8() + ' ' + token.toUtf8());
}

void GateLink::sendUnable(const QString &why)
{
    send("unable " + why.toUtf8());
}

void GateLink::sendCode(const QString &code)
{
    constexpr qsizetype most = 64;
    send("code " + code.simplified().remove(QLatin1Char(' ')).left(most).toUtf8());
}

void GateLink::sendEvent(const QString &kind, const QString &text)
{
    QString line = QStringLiteral("event ") + kind;
    if (!text.isEmpty()) {
        line += QLatin1Char(' ') + text.simplified();
    }
    while (line.toUtf8().size() > maxLineBytes) {
        line.chop(1);
    }
    send(line.toUtf8());
}

void GateLink::send(const QByteArray &line)
{
    if (line.size() > maxLineBytes || line.contains('\n')) {
        qCWarning(log, "a line was not sent: too long or broken");
        return;
    }
    const QByteArray whole = line + '\n';
    if (::send(m_fd, whole.constData(), size_t(whole.size()), MSG_NOSIGNAL) != whole.size()) {
        qCWarning(log, "a line was not sent: errno %d", errno);
    }
}

void GateLink::readAll()
{
    char bytes[4096];
    while (m_notifier->isEnabled()) {
        const ssize_t count = ::recv(m_fd, bytes, sizeof bytes, 0);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        }
        if (count <= 0) {
            end();
            return;
        }
        for (const char c : QByteArrayView(bytes, count)) {
            if (c != '\n') {
                m_overlong = m_overlong || m_partial.size() >= maxLineBytes;
                if (!m_overlong) {
                    m_partial += c;
                }
                continue;
            }
            const QByteArray line = std::exchange(m_partial, {});
            if (!std::exchange(m_overlong, false)) {
                readLine(line);
            }
        }
    }
}

void GateLink::readLine(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    const QByteArray &verb = words.first();
    if (verb == "ping" && words.size() == 2) {
        send("pong " + words.at(1));
    } else if (verb == "hello" && words.size() == 3 && words.at(1) == "1") {
        const QByteArray secret = QByteArray::fromHex(words.at(2));
        if (secret.size() == secretBytes) {
            m_secret = secret;
            Q_EMIT greeted();
        }
    } else if (verb == "geometry") {
        readGeometry(words);
    } else if (verb == "challenge" && words.size() == 2) {
        Q_EMIT challengeOffered(QString::fromLatin1(words.at(1)));
    } else if (verb == "code-refused" && words.size() == 3) {
        Q_EMIT codeRefused(QString::fromLatin1(words.at(1)), words.at(2).toInt());
    } else if (line == "released") {
        Q_EMIT released();
    }
}

void GateLink::readGeometry(const QList<QByteArray> &words)
{
    if (words.size() < 5 || (words.size() - 1) % 4 != 0) {
        return;
    }
    QList<QRect> rects;
    for (qsizetype i = 1; i < words.size(); i += 4) {
        int numbers[4];
        for (qsizetype k = 0; k < 4; ++k) {
            bool isNumber = false;
            numbers[k] = words.at(i + k).toInt(&isNumber);
            if (!isNumber) {
                return;
            }
        }
        rects << QRect(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
    const QRect root = rects.takeFirst();
    Q_EMIT geometryChanged(root, rects);
}

void GateLink::end()
{
    m_notifier->setEnabled(false);
    Q_EMIT lost();
}

} // namespace qingfeng
