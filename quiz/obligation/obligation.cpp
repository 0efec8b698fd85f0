#include "quiz/obligation/obligation.h"

#include <array>

#include <QMessageAuthenticationCode>

namespace qingfeng {
namespace {

constexpr std::array<const char16_t *, 3> stateNames {u"owed", u"settled", u"exempted"};

} // namespace

QString nameOf(ObligationState state)
{
    return QString::fromUtf16(stateNames[std::size_t(state)]);
}

std::optional<ObligationState> obligationStateFromName(const QString &name)
{
    for (std::size_t i = 0; i < stateNames.size(); ++i) {
        if (name == QStringView(stateNames[i])) {
            return ObligationState(i);
        }
    }
    return std::nullopt;
}

QString passToken(const QByteArray &secret, const QString &obligation, const QString &word)
{
    const QByteArray message = (obligation + QLatin1Char('|') + word).toUtf8();
    return QString::fromLatin1(
        QMessageAuthenticationCode::hash(message, secret, QCryptographicHash::Sha256).toHex());
}

} // namespace qingfeng
