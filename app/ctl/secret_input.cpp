#include "app/ctl/secret_input.h"

#include "question_bank/base/file.h"

#include <cstdio>

#include <termios.h>
#include <unistd.h>

#include <QFile>

namespace qingfeng::ctl {
namespace {

constexpr qint64 maxSecretBytes = 1024;

QByteArray lineOfInput()
{
    QFile input;
    return input.open(stdin, QIODevice::ReadOnly) ? input.readLine(maxSecretBytes) : QByteArray();
}

/** Switches a terminal's echo off for as long as it lives. */
class Unseen
{
public:
    Unseen()
    {
        tcgetattr(STDIN_FILENO, &m_before);
        termios without = m_before;
        without.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &without);
    }
    ~Unseen() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }
    Unseen(const Unseen &) = delete;
    Unseen &operator=(const Unseen &) = delete;

private:
    termios m_before {};
};

} // namespace

Result<QString> readSecret(const std::string &file, const QString &prompt)
{
    QByteArray line;
    if (file == "-") {
        line = lineOfInput();
    } else if (!file.empty()) {
        const auto bytes = readFile(QString::fromStdString(file), maxSecretBytes);
        if (!bytes) {
            return bytes.error();
        }
        line = *bytes;
    } else if (isatty(STDIN_FILENO) == 1) {
        std::fputs(prompt.toUtf8().constData(), stderr);
        const Unseen unseen;
        line = lineOfInput();
        std::fputc('\n', stderr);
    }
    const QString secret = QString::fromUtf8(line.left(line.indexOf('\n') < 0 ? line.size() : line.indexOf('\n')));
    const QString plain = secret.endsWith(QLatin1Char('\r')) ? secret.chopped(1) : secret;
    if (plain.isEmpty()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("须给出口令文件"), QStringLiteral("--password-file"));
    }
    return plain;
}

} // namespace qingfeng::ctl
