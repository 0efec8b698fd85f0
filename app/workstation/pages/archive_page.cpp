#include "app/workstation/pages/archive_page.h"

#include "app/workstation/pages/archive_readings.h"
#include "app/workstation/pages/history_page.h"

#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/chips.h"
#include "app/widgets/day_calendar.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/folding_row.h"
#include "app/widgets/notice.h"
#include "app/widgets/scroll_page.h"
#include "app/widgets/stat_card.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <QDesktopServices>
#include <QDir>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

constexpr int calendarWeeks = 12;
constexpr int scoreWeeks = 26;
constexpr qsizetype weakAtFirst = 6;

const QLatin1String overviewPart("overview");
const QLatin1String historyPart("history");

} // namespace

ArchivePage::ArchivePage(Learner &learner, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
{
    setAccessibleName(tr("My archive"));
    build();
    connect(&m_learner, &Learner::changed, this, [this] {
        m_stale = true;
        if (isVisible()) {
            refresh();
        }
    });
    connect(m_parts, &Chips::chosenChanged, this, [this](const QString &part) {
        m_stack->setCurrentWidget(part == historyPart ? static_cast<QWidget *>(m_history) : m_overview);
    });
    connect(m_history, &HistoryPage::studyRequested, this, &ArchivePage::studyRequested);
}

void ArchivePage::build()
{
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    m_parts = new Chips(m_theme, tr("Parts of the archive"), this);
    m_parts->setChips({{overviewPart, tr("Overview")}, {historyPart, tr("Every answer")}});
    auto *top = new QHBoxLayout;
    top->setContentsMargins(space::l + space::m, space::l, space::l, space::s);
    top->addWidget(m_parts);
    page->addLayout(top);
    m_stack = new QStackedWidget(this);
    page->addWidget(m_stack, 1);

    auto *empty = new EmptyState(m_theme, QStringLiteral("archive"),
        tr("Your archive begins with the first answer"),
        tr("It will show what you have covered, what sits well and what deserves another look. Only you and "
           "those whom the rules name can see it."),
        tr("&Start learning"), m_stack);
    connect(empty, &EmptyState::acted, this, [this] { Q_EMIT studyRequested({}); });
    m_empty = empty;
    m_overview = new ScrollPage(size::wideColumn, m_stack);
    m_overview->scaleWith(m_theme);
    m_overview->column()->addWidget(makeHead());
    m_overview->column()->addWidget(makeStats());
    m_overview->column()->addWidget(makeScore());
    m_overview->column()->addWidget(makeHeat());
    m_overview->column()->addWidget(makeWeak());
    m_overview->column()->addWidget(makeTime());
    m_overview->column()->addStretch();
    m_history = new HistoryPage(m_learner, m_theme, m_stack);
    for (QWidget *part : {m_empty, static_cast<QWidget *>(m_overview), static_cast<QWidget *>(m_history)}) {
        m_stack->addWidget(part);
    }
}

QWidget *ArchivePage::makeHead()
{
    auto *head = new FoldingRow(m_theme, size::column, space::xl, m_overview->content());
    head->row()->setContentsMargins(0, 0, 0, space::s);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::s);
    words->addWidget(new TextBlock(m_theme, {Type::Small, Ink::Secondary}, tr("My archive"), head));
    m_headline = new TextBlock(m_theme, {Type::Heading}, {}, head);
    words->addWidget(m_headline);
    m_export = new Button(m_theme, Button::Kind::Link, tr("&Export as PDF"), head);
    m_open = new Button(m_theme, Button::Kind::Link, tr("&Open the file"), head);
    m_exported = new Notice(m_theme, head);
    auto *actions = new QHBoxLayout;
    actions->addWidget(m_export);
    actions->addWidget(m_open);
    actions->addStretch();
    words->addLayout(actions);
    words->addWidget(m_exported);
    m_export->hide();
    m_open->hide();
    m_exported->hide();
    connect(m_export, &QAbstractButton::clicked, this, &ArchivePage::exportArchive);
    connect(m_open, &QAbstractButton::clicked, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_exportedFile)); });
    words->addStretch();
    head->row()->addLayout(words, 1);
    auto *numbers = new QHBoxLayout;
    numbers->setSpacing(space::xl);
    m_score = addNumber(numbers, tr("mastery score"));
    m_coverage = addNumber(numbers, tr("covered"));
    numbers->addStretch();
    head->row()->addLayout(numbers);
    return head;
}

void ArchivePage::setExporter(Exporter exporter)
{
    m_exporter = std::move(exporter);
    m_export->show();
}

void ArchivePage::exportArchive()
{
    m_export->setEnabled(false);
    m_open->hide();
    m_exported->inform(tr("Writing the archive …"));
    m_exporter(this, [this](const Result<QString> &file) { showExported(file); });
}

void ArchivePage::showExported(const Result<QString> &file)
{
    m_export->setEnabled(true);
    if (!file) {
        m_exported->warn(errorText(Doing::ExportingArchive, file.error()));
        return;
    }
    m_exportedFile = *file;
    m_open->show();
    //: %1 a file.
    m_exported->inform(tr("Written to %1. It carries the proof of every answer inside.").arg(QDir::toNativeSeparators(*file)));
}

TextBlock *ArchivePage::addNumber(QHBoxLayout *row, const QString &label)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    auto *number = new TextBlock(
        m_theme, {Type::Display, Ink::Accent, false, 1.2, Qt::AlignRight}, {}, m_overview->content());
    number->setSingleLine(true);
    auto *below = new TextBlock(m_theme, {Type::Small, Ink::Secondary, false, titleLineHeight, Qt::AlignRight},
        label, m_overview->content());
    below->setSingleLine(true);
    column->addWidget(number, 0, Qt::AlignRight);
    column->addWidget(below, 0, Qt::AlignRight);
    column->addStretch();
    row->addLayout(column);
    return number;
}

QWidget *ArchivePage::makeStats()
{
    auto *stats = new QWidget(m_overview->content());
    auto *column = new QVBoxLayout(stats);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    auto *row = new FoldingRow(m_theme, size::column - space::huge, space::m, stats);
    m_today = new StatCard(m_theme, tr("Today"), stats);
    m_streak = new StatCard(m_theme, tr("Days in a row"), stats);
    m_rate = new StatCard(m_theme, tr("Right answers"), stats);
    m_valid = new StatCard(m_theme, tr("Valid answers"), stats);
    for (StatCard *card : {m_today, m_streak, m_rate, m_valid}) {
        row->row()->addWidget(card, 1);
    }
    column->addWidget(row);
    m_flag = new TextBlock(m_theme, readingStyle(Type::Small, Ink::Secondary),
        tr("Some answers came faster than a question can be read; they are recorded and not counted."), stats);
    column->addWidget(m_flag);
    return stats;
}

TextBlock *ArchivePage::addHeading(Card *card, const QString &text)
{
    card->column()->addWidget(new TextBlock(m_theme, {Type::Reading, Ink::Primary, true}, text, card));
    card->column()->setSpacing(space::xs);
    auto *reading = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, card);
    card->column()->addWidget(reading);
    card->column()->addSpacing(space::m);
    return reading;
}

QWidget *ArchivePage::makeScore()
{
    auto *card = new Card(Card::Tone::Surface, m_overview->content());
    m_lineReading = addHeading(card, tr("Mastery score over time"));
    m_line = new LineChart(m_theme, tr("Mastery score over time"), card, LineChart::Axis::Points);
    m_lineNumbers = new NumbersView(m_theme, tr("Mastery score over time"), card);
    card->column()->addWidget(m_line);
    card->column()->addWidget(m_lineNumbers);
    return card;
}

QWidget *ArchivePage::makeHeat()
{
    auto *card = new Card(Card::Tone::Surface, m_overview->content());
    m_heatReading = addHeading(card, tr("Posts and their risk points"));
    m_heat = new HeatMap(m_theme, tr("Mastery by post and risk point"), card);
    m_heatNumbers = new NumbersView(m_theme, tr("Mastery by post and risk point"), card);
    card->column()->addWidget(m_heat);
    card->column()->addSpacing(space::s);
    card->column()->addWidget(m_heatNumbers);
    connect(m_heat, &HeatMap::studyRequested, this, &ArchivePage::studyRiskPoint);
    return card;
}

QWidget *ArchivePage::makeWeak()
{
    auto *card = new Card(Card::Tone::Surface, m_overview->content());
    m_weakReading = addHeading(card, tr("What deserves another look"));
    m_weak = new BarList(m_theme, tr("Right answers per risk point"), card);
    m_moreWeak = new Button(m_theme, Button::Kind::Link, {}, card);
    card->column()->addWidget(m_weak);
    card->column()->addSpacing(space::s);
    card->column()->addWidget(m_moreWeak, 0, Qt::AlignHCenter);
    connect(m_moreWeak, &QAbstractButton::clicked, this, [this] {
        m_allWeak = !m_allWeak;
        refreshWeak(m_learner.archive(), m_learner.mastery());
    });
    connect(m_weak, &BarList::studyRequested, this, &ArchivePage::studyRiskPoint);
    return card;
}

QWidget *ArchivePage::makeTime()
{
    auto *time = new FoldingRow(m_theme, size::column - space::huge, space::m, m_overview->content());
    auto *days = new Card(Card::Tone::Surface, time);
    m_calendarReading = addHeading(days, tr("Study days"));
    m_calendar = new DayCalendar(m_theme, days);
    m_calendarNumbers = new NumbersView(m_theme, tr("Study days"), days);
    days->column()->addWidget(m_calendar);
    days->column()->addWidget(m_calendarNumbers);
    days->column()->addStretch();
    auto *weeks = new Card(Card::Tone::Surface, time);
    m_weeksReading = addHeading(weeks, tr("Right answers by week"));
    m_weeks = new LineChart(m_theme, tr("Right answers by week"), weeks);
    m_weekNumbers = new NumbersView(m_theme, tr("Right answers by week"), weeks);
    weeks->column()->addWidget(m_weeks);
    weeks->column()->addWidget(m_weekNumbers);
    weeks->column()->addStretch();
    time->row()->addWidget(days);
    time->row()->addWidget(weeks, 1);
    return time;
}

void ArchivePage::studyRiskPoint(const QString &riskPoint)
{
    StudyFilter filter;
    filter.riskPoint = riskPoint;
    Q_EMIT studyRequested(filter);
}

void ArchivePage::showEvent(QShowEvent *event)
{
    if (m_stale) {
        refresh();
    }
    QWidget::showEvent(event);
}

void ArchivePage::refresh()
{
    m_stale = false;
    const bool empty = m_learner.attempts().isEmpty();
    m_parts->setVisible(!empty);
    if (empty) {
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_stack->setCurrentWidget(
        m_parts->chosen() == historyPart ? static_cast<QWidget *>(m_history) : m_overview);
    const ArchiveSummary archive = m_learner.archive();
    const MasteryReport report = m_learner.mastery();
    m_score->setText(QString::number(qRound(report.score)));
    m_coverage->setText(Words::percent(report.coverage));
    m_headline->setText(archiveHeadline(archive, report));
    refreshStats(archive, report);

    const QList<MasteryOn> history = m_learner.masteryHistory(scoreWeeks);
    m_lineReading->setText(scoreReading(history, m_learner.bank()));
    m_line->setPoints(scorePoints(history), m_lineReading->text());
    m_lineNumbers->setNumbers(scoreNumbers(history));

    const QList<HeatRow> rows = heatRows(report, m_learner.bank(), m_learner.identity().posts);
    m_heatReading->setText(heatReading(report));
    m_heat->setRows(rows, m_heatReading->text());
    m_heatNumbers->setNumbers(heatNumbers(rows));

    refreshWeak(archive, report);
    refreshTime(archive);
    m_history->refresh();
}

void ArchivePage::refreshStats(const ArchiveSummary &archive, const MasteryReport &report)
{
    m_today->setValue(QString::number(archive.answeredToday), tr("questions"),
        archive.answeredToday > 0 ? tr("%n right", nullptr, archive.rightToday) : tr("none yet today"));
    m_streak->setValue(QString::number(archive.streakDays), tr("days"),
        tr("%n study day(s) altogether", nullptr, archive.studyDays));
    m_rate->setValue(Words::percent(archive.rightRate()), {},
        tr("%1 of %n answer(s)", nullptr, archive.answered).arg(archive.right));
    m_valid->setValue(Words::percent(report.validRate), {},
        archive.invalid > 0 ? tr("%n came too fast", nullptr, archive.invalid) : tr("every one was read"));
    m_flag->setVisible(report.careless);
}

void ArchivePage::refreshWeak(const ArchiveSummary &archive, const MasteryReport &report)
{
    const QList<Bar> bars = weakBars(archive, report);
    m_weakReading->setText(weakReading(bars));
    m_weak->setBars(m_allWeak ? bars : bars.mid(0, weakAtFirst));
    m_weak->setVisible(!bars.isEmpty());
    m_moreWeak->setVisible(bars.size() > weakAtFirst);
    m_moreWeak->setText(m_allWeak ? tr("Show &fewer") : tr("Show all %n", nullptr, int(bars.size())));
}

void ArchivePage::refreshTime(const ArchiveSummary &archive)
{
    const QDate today = m_learner.today();
    const QString days = daysReading(archive, today, calendarWeeks);
    m_calendarReading->setText(days);
    m_calendar->setDays(answersByDay(archive), today, calendarWeeks, days);
    m_calendarNumbers->setNumbers(dayNumbers(archive, today, calendarWeeks));
    const QList<LinePoint> weeks = weeklyRates(archive, today, calendarWeeks);
    m_weeksReading->setText(weeksReading(weeks));
    m_weeks->setPoints(weeks, weeksReading(weeks));
    m_weekNumbers->setNumbers(weekNumbers(weeks));
}

} // namespace qingfeng
