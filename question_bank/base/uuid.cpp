#include "question_bank/base/uuid.h"

namespace qingfeng {

QString makeUuidV7(const Clock &clock, Random &random)
{
    QByteArray b(6, '\0');
    const quint64 ms = quint64(clock.utcMs());
    for (int i = 0; i < 6; ++i) {
        b[i] = char((ms >> (8 * (5 - i))) & 0xff);
    }
    b += random.bytes(10);
    b[6] = char((quint8(b[6]) & 0x0f) | 0x70);
    b[8] = char((quint8(b[8]) & 0x3f) | 0x80);
    const QString hex = QString::fromLatin1(b.toHex());
    const QChar dash = QLatin1Char('-');
    return hex.mid(0, 8) + dash + hex.mid(8, 4) + dash + hex.mid(12, 4) + dash + hex.mid(16, 4) + dash
        + hex.mid(20, 12);
}

bool isUuid(const QString &text)
{
    if (text.size() != 36) {
        return false;
    }
    for (int i = 0; i < 36; ++i) {
        const char16_t c = text.at(i).unicode();
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != u'-') {
                return false;
            }
        } else if (!((c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'))) {
            return false;
        }
    }
    return true;
}

} // namespace qingfeng
