#include "app/workstation/pages/paper_page.h"

#include "app/widgets/button.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/notice.h"
#include "app/widgets/progress_line.h"
#include "app/widgets/question_view.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

constexpr int tickMs = 1000;
constexpr qint64 longestTickMs = 3000; ///< what lies further apart is a computer that slept, not time spent
constexpr qint64 keepEveryMs = 10'000;

/** A row as wide as the column of the question, in its middle. */
QHBoxLayout *addLine(const Theme &theme, QVBoxLayout *column, QMargins margins)
{
    auto *line = new QWidget(column->parentWidget());
    const auto fit = [line, &theme] { line->setMaximumWidth(theme.scaled(size::column)); };
    QObject::connect(&theme, &Theme::changed, line, fit);
    fit();
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    auto *around = new QHBoxLayout;
    around->setContentsMargins(margins);
    around->addStretch(1);
    around->addWidget(line, 100);
    around->addStretch(1);
    column->addLayout(around);
    return row;
}

} // namespace

PaperPage::PaperPage(Learner &learner, const Theme &theme, QWidget *parent, ResponseTimer::MonotonicMs clock)
    : QWidget(parent)
    , m_papers(learner)
    , m_theme(theme)
    , m_clock(std::move(clock))
{
    build();
    m_question->setPictureSource([&learner](const QString &media) { return learner.bank().media().value(media); });
    m_ticks.setInterval(tickMs);
    connect(&m_ticks, &QTimer::timeout, this, &PaperPage::tick);
    connect(m_question, &QuestionView::answered, this, &PaperPage::takeAnswer);
    connect(m_putOff, &QAbstractButton::clicked, this, &PaperPage::putOff);
    connect(m_handIn, &QAbstractButton::clicked, this, &PaperPage::handIn);
}

void PaperPage::build()
{
    setAccessibleName(tr("Paper"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::l);
    column->setSpacing(0);
    m_progress = new ProgressLine(m_theme, this);
    column->addWidget(m_progress);
    auto *head = addLine(m_theme, column, {space::xl, space::l, space::xl, space::l});
    m_place = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, this);
    m_time = new TextBlock(m_theme, {Type::Small, Ink::Primary, true}, {}, this);
    m_time->setSingleLine(true);
    head->addWidget(m_place, 1);
    head->addWidget(m_time);
    m_question = new QuestionView(m_theme, ReadingColumn::Placement::Top, this, m_clock);
    column->addWidget(m_question, 1);
    m_notice = new Notice(m_theme, this);
    auto *foot = addLine(m_theme, column, {space::xl, space::m, space::xl, 0});
    m_putOff = new Button(m_theme, Button::Kind::Plain, tr("Put off"), this);
    m_putOff->setToolTip(tr("The question comes again after the others"));
    m_handIn = new Button(m_theme, Button::Kind::Plain, tr("Hand in"), this);
    foot->addWidget(m_putOff);
    foot->addWidget(m_handIn);
    foot->addWidget(m_notice, 1);
    foot->addStretch();
    setFocusProxy(m_question);
}

void PaperPage::take(const Paper &paper)
{
    m_paper = paper;
    m_kept = paper.usedMs;
    m_open = m_papers.unanswered(paper);
    m_notice->clear();
    m_lastTick = m_clock();
    askOnceMore(false);
    askNext();
}

void PaperPage::askNext()
{
    askOnceMore(false);
    if (m_open.isEmpty()) {
        finish(false);
        return;
    }
    const auto presentation = m_papers.present(m_open.first());
    if (!presentation) { // the bank was updated meanwhile: the question falls away
        m_open.removeFirst();
        askNext();
        return;
    }
    m_presentation = *presentation;
    const auto total = int(m_paper.items.size());
    const auto found = std::find(m_paper.items.cbegin(), m_paper.items.cend(), m_open.first());
    const auto done = total - int(m_open.size());
    m_place->setText(tr("Question %1 of %2 · %n answered", nullptr, done)
                         .arg(found - m_paper.items.cbegin() + 1)
                         .arg(total));
    m_progress->setShare(total > 0 ? double(done) / total : 0, m_place->text());
    m_putOff->setEnabled(m_open.size() > 1);
    m_question->setPreface({}, {});
    m_question->ask(presentation->question, presentation->choicesShown, presentation->partsShown);
    showClock();
}

void PaperPage::takeAnswer(const Response &response)
{
    const auto answered
        = m_papers.answer(m_paper, *m_presentation, response, m_question->responseMs(), m_paper.usedMs);
    if (!answered) {
        m_question->reopen(errorText(Doing::Answering, answered.error()));
        return;
    }
    m_kept = m_paper.usedMs;
    m_open.removeFirst();
    askNext();
}

void PaperPage::putOff()
{
    m_open.append(m_open.takeFirst());
    askNext();
}

void PaperPage::handIn()
{
    if (m_open.isEmpty() || m_notice->isVisible()) {
        finish(false);
        return;
    }
    askOnceMore(true);
}

void PaperPage::askOnceMore(bool asking)
{
    if (asking) {
        m_notice->inform(
            tr("%n question(s) not answered yet. Press 'Hand in' once more, or go on.", nullptr, int(m_open.size())));
    } else {
        m_notice->clear();
    }
}

void PaperPage::finish(bool timedOut)
{
    m_ticks.stop();
    const auto closed = m_papers.finish(m_paper, m_paper.usedMs, timedOut);
    if (!closed) {
        m_notice->warn(errorText(Doing::Noting, closed.error()));
        return;
    }
    m_paper = *closed;
    m_presentation.reset();
    Q_EMIT finished(m_paper);
}

void PaperPage::tick()
{
    const qint64 now = m_clock();
    m_paper.usedMs += std::clamp(now - m_lastTick, qint64(0), longestTickMs);
    m_lastTick = now;
    if (m_paper.usedMs >= m_paper.limitMs()) {
        m_paper.usedMs = m_paper.limitMs();
        finish(true); // what is on the screen was not submitted, so it was not answered
        return;
    }
    if (m_paper.usedMs - m_kept >= keepEveryMs) {
        m_kept = m_papers.keepTime(m_paper, m_paper.usedMs) ? m_paper.usedMs : m_kept;
    }
    showClock();
}

void PaperPage::showClock()
{
    const qint64 seconds = std::max<qint64>(0, remainingMs() + 999) / 1000;
    //: %1 minutes and seconds that are left, such as 12:05.
    m_time->setText(tr("%1 left").arg(
        QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'))));
    constexpr qint64 lastMinute = 60;
    m_time->setInk(seconds <= lastMinute ? Ink::Medium : Ink::Primary);
}

void PaperPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_presentation) {
        m_lastTick = m_clock();
        m_ticks.start();
    }
}

void PaperPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (m_presentation) {
        m_ticks.stop();
        m_kept = m_papers.keepTime(m_paper, m_paper.usedMs) ? m_paper.usedMs : m_kept;
    }
}

void PaperPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_notice->isVisible()) {
        askOnceMore(false);
        m_question->setFocus(Qt::OtherFocusReason);
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace qingfeng
