#include "app/server/service/message.h"

#include <cctype>

#include <QUrlQuery>

namespace qingfeng::server {
namespace {

bool isWellFormed(const QByteArray &encoded)
{
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        const auto c = uchar(encoded.at(i));
        if (c <= 0x20 || c >= 0x7f) {
            return false;
        }
        if (c == '%') {
            const auto isHex = [&](qsizetype at) {
                return at < encoded.size() && std::isxdigit(uchar(encoded.at(at))) != 0;
            };
            if (!isHex(i + 1) || !isHex(i + 2)) {
                return false;
            }
        }
    }
    return true;
}

} // namespace

bool parseTarget(const QByteArray &target, Request &request)
{
    if (!target.startsWith('/') || !isWellFormed(target)) {
        return false;
    }
    const qsizetype mark = target.indexOf('?');
    request.path = QString::fromUtf8(QByteArray::fromPercentEncoding(mark < 0 ? target : target.left(mark)));
    if (mark >= 0) {
        const QString text = QString::fromLatin1(target.mid(mark + 1)).replace(QLatin1Char('+'), QLatin1String("%20"));
        const auto items = QUrlQuery(text).queryItems(QUrl::FullyDecoded);
        for (const auto &[name, value] : items) {
            request.query.insert(name, value);
        }
    }
    return true;
}

} // namespace qingfeng::server
