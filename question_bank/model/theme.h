#pragma once

#include "question_bank/model/question.h"

#include "question_bank/base/result.h"

#include <QDate>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

/** 主题 and 清官故事: culture content by season. */
namespace qingfeng {

/**
 * Days of the festivals that have no fixed date, for one year. A table that people check: ICU 78 has the Spring
 * Festival of 2027 a day too late and that of 2030 a day too early, for the new moon falls minutes from midnight.
 */
struct FestivalYear
{
    int year = 0;
    QMap<QString, QDate> days; ///< by name: "spring_festival", "lantern", "qingming", "dragon_boat" …
    bool operator==(const FestivalYear &) const = default;
};

/** A day of any year: a fixed one, or some days before or after a festival. */
struct DayAnchor
{
    QString festival; ///< empty = month and day
    int month = 0;
    int day = 0;
    int offsetDays = 0; ///< added to the festival
    bool operator==(const DayAnchor &) const = default;

    /** Reads "12-25", "spring_festival-20", "lantern+1"; InvalidArgument otherwise. */
    static Result<DayAnchor> fromText(const QString &text);
    QString toText() const;
};

enum class WindowKind {
    Fixed, ///< the same days every year, "12-25" to "01-03"
    Festival, ///< at least one end hangs on a festival
    Monthly, ///< days of each month
    ByHand, ///< the administrator sets it, as soon as the occasion has a date
};

/** First and last day, both included. */
struct DayRange
{
    QDate from;
    QDate until;
    bool operator==(const DayRange &) const = default;
    bool contains(QDate day) const { return from <= day && day <= until; }
};

/** When a theme is on, as data. */
struct ThemeWindow
{
    WindowKind kind = WindowKind::ByHand;
    DayAnchor from; ///< Fixed, Festival
    DayAnchor to; ///< Fixed, Festival
    int firstDay = 1; ///< Monthly: day of the month
    int lastDay = 1;
    DayRange byHand; ///< ByHand: invalid = not set yet, the theme is off
    QString note; ///< the rule in words
    bool operator==(const ThemeWindow &) const = default;
};

/** Which theme goes first when windows overlap: festivals before topics before columns. */
enum class ThemeRank { Festival, Topic, Column };

/** 主题. (Theme alone is the look of a window, see app/widgets.) */
struct CultureTheme
{
    QString id; ///< "T02"
    QString title;
    ThemeRank rank = ThemeRank::Topic;
    ThemeWindow window;
    QString purpose;
    QString text; ///< what people read; plain, paragraphs separated by an empty line
    QStringList posts; ///< codes; empty = everybody
    Audience audience = Audience::All;
    QStringList riskPoints; ///< whose questions come first while it is on
    QStringList questions; ///< ids of questions made for it; may be empty
    QStringList articles;
    QList<Picture> pictures;
    QString story; ///< id of a Story; may be empty
    bool operator==(const CultureTheme &) const = default;
};

/** 清官故事: a short, true story of an upright official. */
struct Story
{
    QString id; ///< "S01"
    QString title; ///< 杨震四知
    QString who;
    QString source; ///< 《后汉书·杨震列传》
    int month = 0; ///< 1…12 for the monthly column; 0 = none
    QString text; ///< retold, no invented dialogue
    QString moral; ///< what it says about today
    QString riskPoint;
    Picture picture;
    bool operator==(const Story &) const = default;
};

/**
 * The days of @p window that begin with the anchor of @p year; nothing when it does not recur, is not set, or
 * the table lacks the festival of that year. A fixed window may end in the year after.
 */
std::optional<DayRange> daysOf(const ThemeWindow &window, int year, const QList<FestivalYear> &festivals);

/** True when @p day lies in the window. */
bool isOn(const ThemeWindow &window, QDate day, const QList<FestivalYear> &festivals);

/**
 * The one theme that is shown on @p day to somebody of these posts (empty = any), by rank and then by id;
 * nullptr when there is none.
 *
 * @param concerns whether what is made for an audience is meant for the reader; empty = every audience
 */
const CultureTheme *themeOn(QDate day, const QList<CultureTheme> &themes, const QList<FestivalYear> &festivals,
    const QStringList &posts = {}, const std::function<bool(Audience)> &concerns = {});

} // namespace qingfeng
