#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QRect>
#include <QString>

#include <memory>

class QSocketNotifier;

namespace qingfeng {

/**
 * The question UI's end of the line to the session gate (docs/gate.md has the protocol).
 *
 * Pings are answered from the thread that this object lives in, the GUI thread, so that the gate sees a UI
 * that hangs. Lines that are malformed or longer than 1,024 bytes are ignored.
 */
class GateLink : public QObject
{
    Q_OBJECT

public:
    /** @param fd  the connected socket, 3 when the gate has started this program; closed with this object */
    explicit GateLink(int fd, QObject *parent = nullptr);
    ~GateLink() override;

    /** The secret of this run of the gate, 32 bytes; empty until greeted(). */
    QByteArray secret() const { return m_secret; }

    /** Names the top-level window that may stand above the curtain, before sendReady(). */
    void sendWindow(quint32 xid);
    /** The question has been painted. */
    void sendReady();
    /** Asks to be let through: the token is HMAC-SHA256 of "obligation|attempt" under the secret, in hex. */
    void sendPass(const QString &obligation, const QString &attempt, const QString &token);
    /** There is nothing to ask with: the gate asks a built-in question itself, at once, and ends this
     * program. */
    void sendUnable(const QString &why);
    /** Has the gate try the administrator's unlock code; codeRefused() says why not. */
    void sendCode(const QString &code);
    /** Has the gate record something: a kind of lower-case letters, digits and hyphens; no names, no answers.
     */
    void sendEvent(const QString &kind, const QString &text = {});

Q_SIGNALS:
    void greeted();
    /** In pixels of the X root; the primary screen first. */
    void geometryChanged(const QRect &root, const QList<QRect> &screens);
    /** What the administrator must be told for an unlock code. */
    void challengeOffered(const QString &challenge);
    /** "typo", "wrong" or "wait". */
    void codeRefused(const QString &reason, int seconds);
    /** The desktop is open; leave within two seconds. */
    void released();
    /** The gate is gone without having released us: leave at once, for a new gate starts a new UI. */
    void lost();

private:
    void readAll();
    void readLine(const QByteArray &line);
    void readGeometry(const QList<QByteArray> &words);
    void send(const QByteArray &line);
    void end();

    int m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QByteArray m_secret;
    QByteArray m_partial;
    bool m_overlong = false;
};

} // namespace qingfeng
