#include "app/workstation/pages/study_page.h"

#include "app/workstation/core/papers.h"
#include "app/workstation/pages/paper_page.h"
#include "app/workstation/pages/paper_report.h"
#include "app/workstation/pages/paper_setup.h"
#include "app/workstation/pages/question_tools.h"
#include "app/workstation/pages/study_side.h"
#include "app/workstation/pages/two_pane.h"

#include "app/widgets/button.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/progress_line.h"
#include "app/widgets/question_view.h"
#include "app/widgets/reason_sentence.h"
#include "app/widgets/words.h"

#include "quiz/study/wrong_book.h"

#include "question_bank/base/clock.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace qingfeng {

StudyPage::StudyPage(Learner &learner, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_side(new StudySide(learner, theme, this))
{
    setAccessibleName(tr("Study"));
    m_panes = new TwoPane(theme, m_side, makeDesk(), this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_panes);
    connectSide();
    connect(&m_learner, &Learner::changed, this, &StudyPage::refresh);
    connect(&m_learner, &Learner::favouritesChanged, m_side, &StudySide::refresh);
    addShortcut(QKeySequence::Find, [this] {
        m_panes->showSide();
        m_side->focusSearch();
    });
    addShortcut(Qt::CTRL | Qt::Key_L, [this] {
        m_panes->showSide();
        m_side->setFocus(Qt::ShortcutFocusReason);
    });
    addShortcut(Qt::CTRL | Qt::Key_D, [this] {
        if (asksQuestion()) {
            m_tools->toggleFavourite();
        }
    });
    addShortcut(Qt::CTRL | Qt::Key_R, [this] {
        if (asksQuestion()) {
            m_tools->openDoubt();
        }
    });
    refresh();
}

void StudyPage::addShortcut(const QKeySequence &keys, const std::function<void()> &act)
{
    auto *shortcut = new QShortcut(keys, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, act);
}

QWidget *StudyPage::makeDesk()
{
    auto *place = new QWidget(this);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_back = new Button(m_theme, Button::Kind::Plain, tr("Back to the list"), place);
    m_back->setIconName(QStringLiteral("study"));
    m_back->setToolTip(QStringLiteral("Ctrl+L"));
    m_back->hide();
    column->addWidget(m_back, 0, Qt::AlignLeft);
    m_desk = new QStackedWidget(place);
    m_questionDesk = makeQuestionDesk();
    m_setup = new PaperSetup(m_learner, m_theme, m_desk);
    m_paper = new PaperPage(m_learner, m_theme, m_desk);
    for (QWidget *desk : {m_questionDesk, static_cast<QWidget *>(m_setup), static_cast<QWidget *>(m_paper)}) {
        m_desk->addWidget(desk);
    }
    column->addWidget(m_desk, 1);
    connect(m_setup, &PaperSetup::started, this, [this](const Paper &paper) {
        m_side->refresh();
        showPaper(paper.id);
    });
    connect(m_paper, &PaperPage::finished, this, &StudyPage::showReport);
    return place;
}

QWidget *StudyPage::makeQuestionDesk()
{
    auto *place = new QWidget(m_desk);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, space::m);
    column->setSpacing(0);
    m_progress = new ProgressLine(m_theme, place);
    column->addWidget(m_progress);
    column->addSpacing(space::xl);
    m_question = new QuestionView(m_theme, ReadingColumn::Placement::Top, place);
    m_question->setPictureSource(
        [this](const QString &media) { return m_learner.bank().media().value(media); });
    m_next = new Button(m_theme, Button::Kind::Primary, tr("&Next question"), m_question);
    m_question->setNextActions({m_next});
    column->addWidget(m_question, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(space::xl, space::s, space::xl, 0);
    m_tools = new QuestionTools(m_learner, m_theme, place);
    foot->addStretch(1);
    foot->addWidget(m_tools, 100);
    foot->addStretch(1);
    column->addLayout(foot);
    column->addStretch();
    place->setFocusProxy(m_question);
    connect(m_question, &QuestionView::answered, this, &StudyPage::takeAnswer);
    connect(m_next, &QAbstractButton::clicked, this, &StudyPage::next);
    connect(m_tools, &QuestionTools::opened, this, [this] {
        constexpr int roomForBoth = 560;
        m_question->setVisible(height() >= m_theme.scaled(roomForBoth));
    });
    connect(m_tools, &QuestionTools::done, this, [this] {
        m_question->show();
        (m_question->isAnswered() ? static_cast<QWidget *>(m_next) : m_question)->setFocus();
    });
    return place;
}

void StudyPage::connectSide()
{
    connect(m_side, &StudySide::filterChosen, this, [this](const StudyFilter &filter) {
        m_filter = filter;
        refresh();
        next();
    });
    connect(m_side, &StudySide::questionChosen, this, &StudyPage::pick);
    connect(m_side, &StudySide::paperChosen, this, &StudyPage::showPaper);
    connect(m_panes, &TwoPane::narrowChanged, m_back, &QWidget::setVisible);
    m_back->setVisible(m_panes->isNarrow());
    connect(m_back, &QAbstractButton::clicked, this, [this] {
        m_panes->showSide();
        m_side->setFocus(Qt::OtherFocusReason);
    });
}

void StudyPage::study(const StudyFilter &filter)
{
    m_filter = filter;
    m_side->choose(filter.shelf == StudyFilter::Shelf::WrongBook ? StudyWay::WrongBook
            : filter.shelf == StudyFilter::Shelf::Favourites     ? StudyWay::Favourites
            : !filter.law.isEmpty()                              ? StudyWay::Laws
            : !filter.theme.isEmpty()                            ? StudyWay::Themes
                                                                 : StudyWay::RiskPoints,
        filter);
    refresh();
    next();
}

void StudyPage::showPapers()
{
    m_side->choose(StudyWay::Papers, {});
    const auto open = Papers(m_learner).open();
    showPaper(open ? open->id : QString());
}

void StudyPage::begin()
{
    if (!m_presentation && m_desk->currentWidget() == m_questionDesk) {
        next();
    }
}

void StudyPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    begin();
    m_desk->currentWidget()->setFocus(Qt::OtherFocusReason);
}

bool StudyPage::asksQuestion() const
{
    return m_presentation && m_desk->currentWidget() == m_questionDesk;
}

void StudyPage::refresh()
{
    m_side->refresh();
    const ArchiveSummary archive = m_learner.archive();
    int points = 0;
    int covered = 0;
    for (const RiskPointSummary &point : archive.riskPoints) {
        if (m_filter.post.isEmpty() || point.post == m_filter.post) {
            ++points;
            covered += point.answered > 0;
        }
    }
    const QString reading = tr("%1 of %n risk point(s) covered", nullptr, points).arg(covered);
    m_progress->setShare(points == 0 ? 0 : double(covered) / points, reading);
    //: %1 how much is covered, %2 answers today.
    m_progressLine = tr("%1 · %2").arg(reading, tr("%n answer(s) today", nullptr, archive.answeredToday));
}

void StudyPage::showOnDesk(QWidget *widget)
{
    if (m_desk->indexOf(widget) < 0) {
        m_desk->addWidget(widget);
    }
    m_desk->setCurrentWidget(widget);
    m_panes->showDesk();
    if (isVisible()) {
        widget->setFocus(Qt::OtherFocusReason);
    }
}

void StudyPage::next()
{
    ask(m_learner.presentForStudy(m_filter));
}

void StudyPage::pick(const QString &questionId)
{
    const bool again = m_learner.record().questions.value(questionId).lastStudyDay
        >= qingfeng::studyDay(m_learner.clock());
    ask(m_learner.presentQuestion(questionId));
    if (again && m_presentation) {
        m_question->setPreface(m_progressLine, tr("Answered today already: once more is practice, without credit."));
    }
}

void StudyPage::ask(const Result<Presentation> &presentation)
{
    if (!presentation) {
        m_presentation.reset();
        showEmpty(presentation.error());
        return;
    }
    m_presentation = *presentation;
    m_question->setPreface(
        m_progressLine, reasonSentence(presentation->reason, m_learner.bank(), m_learner.identity().posts));
    m_tools->setQuestion(presentation->question);
    m_question->show();
    showOnDesk(m_questionDesk); // first, for a question may give the keyboard to a field of its own
    m_question->ask(presentation->question, presentation->choicesShown, presentation->partsShown);
}

void StudyPage::takeAnswer(const Response &response)
{
    const auto answered = m_learner.answer(*m_presentation, response, m_question->responseMs());
    if (!answered) {
        m_question->reopen(errorText(Doing::Answering, answered.error()));
        return;
    }
    m_question->showResult(response, answered->marks, m_learner.bank());
    m_tools->setQuestion(m_presentation->question, answered->attempt);
}

void StudyPage::showEmpty(const Error &error)
{
    QString title = tr("All asked here for today");
    QString text = tr("A question is asked once a day. This selection goes on tomorrow; other risk points are "
                      "waiting. A question of the list can be opened at any time.");
    QString icon = QStringLiteral("empty");
    QString action = tr("&Study everything");
    if (error.code() != ErrorCode::NotFound) {
        icon = QStringLiteral("notice");
        title = tr("No question can be shown");
        text = errorText(Doing::Asking, error);
        action = tr("&Try again");
    } else if (m_filter.shelf == StudyFilter::Shelf::WrongBook && m_learner.wrongBook().isEmpty()) {
        icon = QStringLiteral("tick");
        title = tr("Nothing answered wrong is left");
        text = tr("Questions whose last answer was not right are collected here. One leaves the book when it is "
                  "answered right on a later day.");
    } else if (m_filter.shelf == StudyFilter::Shelf::Favourites && m_learner.favourites().isEmpty()) {
        icon = QStringLiteral("star");
        title = tr("No favourites yet");
        text = tr("Mark a question with the star below it, and it stands here to be found again.");
    } else if (!m_filter.narrows()) {
        title = tr("That is all for today");
        text = tr("Every question that concerns you has been asked today. The archive shows how far you have come.");
        action.clear();
    }
    if (m_empty) {
        m_empty->deleteLater(); // what it asks for may lead here again
    }
    auto *state = new EmptyState(m_theme, icon, title, text, action, m_desk);
    connect(state, &EmptyState::acted, this, [this] { study({}); });
    m_empty = state;
    showOnDesk(state);
}

void StudyPage::showPaper(const QString &id)
{
    m_presentation.reset();
    const auto papers = Papers(m_learner).all();
    for (const Paper &paper : papers ? *papers : QList<Paper>()) {
        if (paper.id != id) {
            continue;
        }
        if (paper.finishedAtMs != 0) {
            showReport(paper);
        } else if (m_paper->paper().id == id && m_desk->currentWidget() == m_paper) {
            showOnDesk(m_paper);
        } else {
            m_paper->take(paper);
            // Everything may be answered already: then it has finished by itself.
            if (m_paper->paper().finishedAtMs == 0) {
                showOnDesk(m_paper);
            }
        }
        m_side->setCurrentKey(id);
        return;
    }
    m_setup->refresh();
    showOnDesk(m_setup);
    m_side->setCurrentKey({});
}

void StudyPage::showReport(const Paper &paper)
{
    if (m_report) {
        m_report->deleteLater();
    }
    auto *report = new PaperReport(m_learner, m_theme, paper, m_desk);
    connect(report, &PaperReport::studyRequested, this, &StudyPage::study);
    connect(report, &PaperReport::anotherRequested, this, &StudyPage::showPapers);
    m_report = report;
    m_side->refresh();
    m_side->setCurrentKey(paper.id);
    showOnDesk(report);
}

} // namespace qingfeng
