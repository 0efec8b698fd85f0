#include "app/workstation/pages/archive_page.h"

#include "app/workstation/pages/archive_readings.h"
#include "app/workstation/pages/attempt_row.h"

#include "app/widgets/bar_list.h"
#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/day_calendar.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/line_chart.h"
#include "app/widgets/stat_card.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

constexpr int calendarWeeks = 12;
constexpr qsizetype barsAtFirst = 8;
constexpr qsizetype attemptsAtFirst = 10;

} // namespace

ArchivePage::ArchivePage(Learner &learner, const Theme &theme, QWidget *parent)
    : ScrollPage(size::wideColumn, parent)
    , m_learner(learner)
    , m_theme(theme)
{
    setAccessibleName(tr("My archive"));
    auto *empty = new EmptyState(theme, QStringLiteral("archive"),
        tr("Your archive begins with the first answer"),
        tr("It will show what you have covered, what sits well and what deserves another look. Only you and "
           "those whom the rules name can see it."),
        tr("&Start learning"), content());
    connect(empty, &EmptyState::acted, this, [this] { Q_EMIT studyRequested({}); });
    m_empty = empty;
    column()->addWidget(m_empty, 1);
    m_sections = {makeHead(), makeStats(), makeBars(), makeTime(), makeRecent()};
    for (QWidget *section : std::as_const(m_sections)) {
        column()->addWidget(section);
    }
    column()->addStretch();
    connect(&m_learner, &Learner::changed, this, [this] {
        m_stale = true;
        if (isVisible()) {
            refresh();
        }
    });
}

QWidget *ArchivePage::makeHead()
{
    auto *head = new QWidget(content());
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, space::s);
    row->setSpacing(space::xl);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::s);
    words->addWidget(new TextBlock(m_theme, {Type::Small, Ink::Secondary}, tr("My archive"), head));
    m_headline = new TextBlock(m_theme, {Type::Heading}, {}, head);
    words->addWidget(m_headline);
    words->addStretch();
    auto *number = new QVBoxLayout;
    number->setSpacing(0);
    m_number = new TextBlock(m_theme, {Type::Display, Ink::Accent, false, 1.2, Qt::AlignRight}, {}, head);
    m_number->setSingleLine(true);
    m_numberLabel
        = new TextBlock(m_theme, {Type::Small, Ink::Secondary, false, titleLineHeight, Qt::AlignRight},
            tr("of the risk points covered"), head);
    m_numberLabel->setSingleLine(true);
    number->addWidget(m_number, 0, Qt::AlignRight);
    number->addWidget(m_numberLabel, 0, Qt::AlignRight);
    row->addLayout(words, 1);
    row->addLayout(number);
    return head;
}

QWidget *ArchivePage::makeStats()
{
    auto *stats = new QWidget(content());
    auto *row = new QHBoxLayout(stats);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::m);
    m_today = new StatCard(m_theme, tr("Today"), stats);
    m_streak = new StatCard(m_theme, tr("Days in a row"), stats);
    m_rate = new StatCard(m_theme, tr("Right answers"), stats);
    m_coverage = new StatCard(m_theme, tr("Covered"), stats);
    for (StatCard *card : {m_today, m_streak, m_rate, m_coverage}) {
        row->addWidget(card, 1);
    }
    return stats;
}

TextBlock *ArchivePage::addHeading(QWidget *parent, const QString &text)
{
    auto *card = static_cast<Card *>(parent);
    card->column()->addWidget(new TextBlock(m_theme, {Type::Reading, Ink::Primary, true}, text, card));
    card->column()->setSpacing(space::xs);
    auto *reading = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, card);
    card->column()->addWidget(reading);
    card->column()->addSpacing(space::m);
    return reading;
}

QWidget *ArchivePage::makeBars()
{
    auto *card = new Card(Card::Tone::Surface, content());
    m_barsReading = addHeading(card, tr("Risk points"));
    m_bars = new BarList(m_theme, tr("Right answers per risk point"), card);
    card->column()->addWidget(m_bars);
    m_moreBars = new Button(m_theme, Button::Kind::Link, {}, card);
    card->column()->addSpacing(space::s);
    card->column()->addWidget(m_moreBars, 0, Qt::AlignHCenter);
    connect(m_moreBars, &QAbstractButton::clicked, this, [this] {
        m_allBars = !m_allBars;
        refreshBars(m_learner.archive());
    });
    connect(m_bars, &BarList::studyRequested, this, [this](const QString &riskPoint) {
        StudyFilter filter;
        filter.riskPoint = riskPoint;
        Q_EMIT studyRequested(filter);
    });
    return card;
}

QWidget *ArchivePage::makeTime()
{
    auto *time = new QWidget(content());
    auto *row = new QHBoxLayout(time);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::m);
    auto *days = new Card(Card::Tone::Surface, time);
    m_calendarReading = addHeading(days, tr("Study days"));
    m_calendar = new DayCalendar(m_theme, days);
    days->column()->addWidget(m_calendar);
    days->column()->addStretch();
    auto *weeks = new Card(Card::Tone::Surface, time);
    m_lineReading = addHeading(weeks, tr("Right answers by week"));
    m_line = new LineChart(m_theme, tr("Right answers by week"), weeks);
    weeks->column()->addWidget(m_line);
    weeks->column()->addStretch();
    row->addWidget(days);
    row->addWidget(weeks, 1);
    return time;
}

QWidget *ArchivePage::makeRecent()
{
    auto *card = new Card(Card::Tone::Surface, content());
    addHeading(card, tr("Recent answers"))->setText(tr("Open one to read the explanation again."));
    m_recent = new QWidget(card);
    auto *column = new QVBoxLayout(m_recent);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    card->column()->addWidget(m_recent);
    m_moreRecent = new Button(m_theme, Button::Kind::Link, {}, card);
    card->column()->addWidget(m_moreRecent, 0, Qt::AlignHCenter);
    connect(m_moreRecent, &QAbstractButton::clicked, this, [this] {
        m_allRecent = !m_allRecent;
        refreshRecent(m_learner.archive());
    });
    return card;
}

void ArchivePage::showEvent(QShowEvent *event)
{
    if (m_stale) {
        refresh();
    }
    ScrollPage::showEvent(event);
}

void ArchivePage::refresh()
{
    m_stale = false;
    const ArchiveSummary archive = m_learner.archive();
    const bool empty = archive.recent.isEmpty();
    m_empty->setVisible(empty);
    for (QWidget *section : std::as_const(m_sections)) {
        section->setVisible(!empty);
    }
    if (empty) {
        return;
    }
    const double coverage
        = archive.totalRiskPoints > 0 ? double(archive.coveredRiskPoints) / archive.totalRiskPoints : 0.0;
    m_number->setText(Words::percent(coverage));
    m_headline->setText(archiveHeadline(archive));
    refreshStats(archive);
    refreshBars(archive);

    const QDate today = m_learner.today();
    const QString days = daysReading(archive, today, calendarWeeks);
    m_calendarReading->setText(days);
    m_calendar->setDays(answersByDay(archive), today, calendarWeeks, days);
    const QList<LinePoint> weeks = weeklyRates(archive, today, calendarWeeks);
    m_lineReading->setText(weeksReading(weeks));
    m_line->setPoints(weeks, weeksReading(weeks));
    refreshRecent(archive);
}

void ArchivePage::refreshStats(const ArchiveSummary &archive)
{
    m_today->setValue(QString::number(archive.answeredToday), tr("questions"),
        archive.answeredToday > 0 ? tr("%n right", nullptr, archive.rightToday) : tr("none yet today"));
    m_streak->setValue(QString::number(archive.streakDays), tr("days"),
        tr("%n study day(s) altogether", nullptr, archive.studyDays));
    m_rate->setValue(Words::percent(archive.rightRate()), {},
        tr("%1 of %n answer(s)", nullptr, archive.answered).arg(archive.right));
    m_coverage->setValue(
        QStringLiteral("%1 / %2").arg(archive.coveredRiskPoints).arg(archive.totalRiskPoints),
        tr("risk points"),
        archive.coveredRiskPoints < archive.totalRiskPoints
            ? tr("%n not asked yet", nullptr, archive.totalRiskPoints - archive.coveredRiskPoints)
            : tr("every one was asked"));
}

void ArchivePage::refreshBars(const ArchiveSummary &archive)
{
    const QList<Bar> bars = archiveBars(archive);
    m_barsReading->setText(barsReading(archive));
    m_bars->setBars(m_allBars ? bars : bars.mid(0, barsAtFirst));
    m_moreBars->setVisible(bars.size() > barsAtFirst);
    m_moreBars->setText(m_allBars ? tr("Show &fewer") : tr("Show all %n", nullptr, int(bars.size())));
}

void ArchivePage::refreshRecent(const ArchiveSummary &archive)
{
    while (QLayoutItem *item = m_recent->layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const qsizetype shown
        = m_allRecent ? archive.recent.size() : std::min(attemptsAtFirst, archive.recent.size());
    for (qsizetype i = 0; i < shown; ++i) {
        if (i > 0) {
            m_recent->layout()->addWidget(makeHairLine(m_recent));
        }
        m_recent->layout()->addWidget(new AttemptRow(m_learner, m_theme, archive.recent.at(i), m_recent));
    }
    m_moreRecent->setVisible(archive.recent.size() > attemptsAtFirst);
    m_moreRecent->setText(
        m_allRecent ? tr("Show f&ewer") : tr("Show the last %n", nullptr, int(archive.recent.size())));
}

} // namespace qingfeng
