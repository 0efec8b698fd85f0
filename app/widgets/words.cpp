#include "app/widgets/words.h"

#include <cmath>

#include <QLocale>

namespace qingfeng {

QString Words::of(QuestionType type)
{
    switch (type) {
    case QuestionType::Single:
        return tr("Single choice");
    case QuestionType::Multiple:
        return tr("Multiple choice");
    case QuestionType::TrueFalse:
        return tr("True or false");
    case QuestionType::FillIn:
        return tr("Fill in");
    case QuestionType::Case:
        return tr("Case");
    case QuestionType::Match:
        return tr("Match");
    case QuestionType::Order:
        break;
    }
    return tr("Order");
}

QString Words::of(RiskGrade grade)
{
    switch (grade) {
    case RiskGrade::High:
        return tr("high risk");
    case RiskGrade::Medium:
        return tr("medium risk");
    case RiskGrade::Low:
        break;
    }
    return tr("low risk");
}

QString Words::of(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Right:
        return tr("Right");
    case Outcome::Wrong:
        return tr("Not right");
    case Outcome::Partial:
        return tr("Partly right");
    case Outcome::Unsure:
        return tr("Noted as unsure");
    case Outcome::Invalid:
        break;
    }
    return tr("Answered too fast, not counted");
}

QString Words::of(AttemptContext context)
{
    switch (context) {
    case AttemptContext::Gate:
        return tr("question of the day");
    case AttemptContext::Study:
        return tr("study");
    case AttemptContext::Theme:
        return tr("theme");
    case AttemptContext::Test:
        break;
    }
    return tr("test");
}

QString Words::of(MasteryLevel level)
{
    switch (level) {
    case MasteryLevel::Untested:
        return tr("Untested");
    case MasteryLevel::Weak:
        return tr("Weak");
    case MasteryLevel::Basic:
        return tr("Basic");
    case MasteryLevel::Mastered:
        return tr("Mastered");
    case MasteryLevel::Firm:
        break;
    }
    return tr("Firm");
}

QString Words::post(const QuestionBank &bank, const QString &code)
{
    const Post *post = bank.post(code);
    return post ? post->name : code;
}

QString Words::date(QDate date)
{
    //: Format of a date, as for QLocale::toString.
    return QLocale().toString(date, tr("d MMMM yyyy"));
}

QString Words::moment(qint64 utcMs, int utcOffsetSeconds)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(utcMs, Qt::OffsetFromUTC, utcOffsetSeconds);
    //: %1 a date, %2 a time of day.
    return tr("%1 %2").arg(date(moment.date()), moment.time().toString(QStringLiteral("HH:mm")));
}

QString Words::shortMoment(const QDateTime &moment)
{
    return moment.toString(QStringLiteral("MM-dd HH:mm"));
}

QString Words::weekday(QDate date)
{
    return QLocale().dayName(date.dayOfWeek());
}

QString Words::percent(double share)
{
    return QString::number(std::lround(share * 100)) + QLatin1Char('%');
}

QString Words::letter(qsizetype position)
{
    return QChar(char16_t(u'A' + position));
}

QChar shapeOf(RiskGrade grade)
{
    switch (grade) {
    case RiskGrade::High:
        return u'●';
    case RiskGrade::Medium:
        return u'▲';
    case RiskGrade::Low:
        break;
    }
    return u'■';
}

Ink inkOf(RiskGrade grade)
{
    switch (grade) {
    case RiskGrade::High:
        return Ink::High;
    case RiskGrade::Medium:
        return Ink::Medium;
    case RiskGrade::Low:
        break;
    }
    return Ink::Low;
}

Ink inkOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Right:
        return Ink::Right;
    case Outcome::Wrong:
        return Ink::High;
    case Outcome::Partial:
    case Outcome::Invalid:
        return Ink::Medium;
    case Outcome::Unsure:
        break;
    }
    return Ink::Low;
}

QString iconOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Right:
        return QStringLiteral("tick");
    case Outcome::Wrong:
        return QStringLiteral("cross");
    case Outcome::Partial:
        return QStringLiteral("half");
    case Outcome::Unsure:
        return QStringLiteral("question");
    case Outcome::Invalid:
        break;
    }
    return QStringLiteral("quick");
}

} // namespace qingfeng
