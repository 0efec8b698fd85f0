#include "question_bank/model/theme.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {
namespace {

std::optional<QDate> dateOf(const DayAnchor &anchor, int year, const QList<FestivalYear> &festivals)
{
    if (anchor.festival.isEmpty()) {
        const QDate day(year, anchor.month, anchor.day);
        return day.isValid() ? std::optional(day) : std::nullopt;
    }
    const auto table = std::find_if(festivals.cbegin(), festivals.cend(),
        [year](const FestivalYear &candidate) { return candidate.year == year; });
    if (table == festivals.cend()) {
        return std::nullopt;
    }
    const QDate day = table->days.value(anchor.festival);
    return day.isValid() ? std::optional(day.addDays(anchor.offsetDays)) : std::nullopt;
}

} // namespace

Result<DayAnchor> DayAnchor::fromText(const QString &text)
{
    static const QRegularExpression fixed(QStringLiteral("^(\\d{2})-(\\d{2})$"));
    static const QRegularExpression festival(QStringLiteral("^([a-z_]{3,40})(?:([+-])(\\d{1,3}))?$"));
    DayAnchor anchor;
    if (const auto match = fixed.match(text); match.hasMatch()) {
        anchor.month = match.captured(1).toInt();
        anchor.day = match.captured(2).toInt();
        if (QDate(2024, anchor.month, anchor.day).isValid()) { // a leap year: 02-29 is a day
            return anchor;
        }
    } else if (const auto named = festival.match(text); named.hasMatch()) {
        anchor.festival = named.captured(1);
        anchor.offsetDays = named.captured(3).toInt() * (named.captured(2) == QLatin1String("-") ? -1 : 1);
        return anchor;
    }
    return Error(ErrorCode::InvalidArgument,
        QStringLiteral("\"%1\" is no day: MM-DD, or a festival with +days or -days").arg(text));
}

QString DayAnchor::toText() const
{
    if (festival.isEmpty()) {
        return QStringLiteral("%1-%2").arg(month, 2, 10, QLatin1Char('0')).arg(day, 2, 10, QLatin1Char('0'));
    }
    if (offsetDays == 0) {
        return festival;
    }
    return festival + (offsetDays > 0 ? QStringLiteral("+") : QString()) + QString::number(offsetDays);
}

std::optional<DayRange> daysOf(const ThemeWindow &window, int year, const QList<FestivalYear> &festivals)
{
    if (window.kind != WindowKind::Fixed && window.kind != WindowKind::Festival) {
        return std::nullopt;
    }
    const auto from = dateOf(window.from, year, festivals);
    auto until = dateOf(window.to, year, festivals);
    if (from && until && *until < *from) {
        until = dateOf(window.to, year + 1, festivals);
    }
    if (!from || !until) {
        return std::nullopt;
    }
    return DayRange{*from, *until};
}

bool isOn(const ThemeWindow &window, QDate day, const QList<FestivalYear> &festivals)
{
    switch (window.kind) {
    case WindowKind::ByHand:
        return window.byHand.from.isValid() && window.byHand.until.isValid() && window.byHand.contains(day);
    case WindowKind::Monthly:
        return window.firstDay <= day.day() && day.day() <= window.lastDay;
    case WindowKind::Fixed:
    case WindowKind::Festival:
        break;
    }
    for (const int year : {day.year() - 1, day.year(), day.year() + 1}) {
        const auto days = daysOf(window, year, festivals);
        if (days && days->contains(day)) {
            return true;
        }
    }
    return false;
}

const CultureTheme *themeOn(QDate day, const QList<CultureTheme> &themes, const QList<FestivalYear> &festivals,
    const QStringList &posts, const std::function<bool(Audience)> &concerns)
{
    const CultureTheme *best = nullptr;
    for (const CultureTheme &theme : themes) {
        const bool ofPosts = posts.isEmpty() || theme.posts.isEmpty()
            || std::any_of(posts.cbegin(), posts.cend(),
                [&theme](const QString &post) { return theme.posts.contains(post); });
        if (ofPosts && (!concerns || concerns(theme.audience)) && isOn(theme.window, day, festivals)
            && (!best || std::tie(theme.rank, theme.id) < std::tie(best->rank, best->id))) {
            best = &theme;
        }
    }
    return best;
}

} // namespace qingfeng
