#include "app/workstation/pages/study_page.h"

#include "app/workstation/pages/risk_point_delegate.h"
#include "app/workstation/pages/risk_point_model.h"

#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/chips.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/progress_line.h"
#include "app/widgets/question_view.h"
#include "app/widgets/reason_sentence.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <QHBoxLayout>
#include <QListView>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

// Keys of chips; those of posts are "post/<code>".
const QLatin1String allKey("all");
const QLatin1String wrongKey("wrong");
const QLatin1String postPrefix("post/");

} // namespace

StudyPage::StudyPage(Learner &learner, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_model(new RiskPointModel(this))
{
    build();
    refreshChips();
    refreshProgress();
    connect(&m_learner, &Learner::changed, this, [this] {
        refreshChips();
        refreshProgress();
    });
    connect(m_chips, &Chips::chosenChanged, this, [this](const QString &key) {
        m_filter = {};
        m_filter.wrongOnly = key == wrongKey;
        if (key.startsWith(postPrefix)) {
            m_filter.post = key.mid(postPrefix.size());
        }
        filterChanged();
    });
    connect(
        m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &now) {
            const QString chosen = now.data(RiskPointModel::IdRole).toString();
            if (now.isValid() && chosen != m_filter.riskPoint) {
                m_filter.riskPoint = chosen;
                next();
            }
        });
    connect(m_question, &QuestionView::answered, this, &StudyPage::takeAnswer);
    connect(m_next, &QAbstractButton::clicked, this, &StudyPage::next);
}

void StudyPage::build()
{
    setAccessibleName(tr("Study"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeList());
    row->addWidget(makeUpright(this));
    row->addWidget(makeDesk(), 1);
}

QWidget *StudyPage::makeList()
{
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(space::l, space::xl, space::l, 0);
    column->setSpacing(space::l);
    auto *title = new TextBlock(m_theme, {Type::Heading}, tr("Study"), side);
    title->setContentsMargins(space::m, 0, 0, 0);
    column->addWidget(title);
    m_chips = new Chips(m_theme, tr("Filters"), side);
    column->addWidget(m_chips);
    m_list = new QListView(side);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RiskPointDelegate(m_theme, m_list));
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setAccessibleName(tr("Risk points"));
    column->addWidget(m_list, 1);
    const auto fit = [this, side] {
        side->setFixedWidth(m_theme.scaled(size::sideList));
        m_list->doItemsLayout();
    };
    connect(&m_theme, &Theme::changed, side, fit);
    fit();
    return side;
}

QWidget *StudyPage::makeDesk()
{
    auto *place = new QWidget(this);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, space::xl);
    column->setSpacing(0);
    m_progress = new ProgressLine(m_theme, place);
    column->addWidget(m_progress);
    column->addSpacing(space::xl);
    m_desk = new QStackedWidget(place);
    m_question = new QuestionView(m_theme, ReadingColumn::Placement::Top, m_desk);
    m_next = new Button(m_theme, Button::Kind::Primary, tr("&Next question"), m_question);
    m_question->setNextActions({m_next});
    m_desk->addWidget(m_question);
    column->addWidget(m_desk, 1);
    return place;
}

void StudyPage::study(const StudyFilter &filter)
{
    m_filter = filter;
    m_chips->choose(filter.wrongOnly ? QString(wrongKey)
            : filter.post.isEmpty()  ? QString(allKey)
                                     : QString(postPrefix) + filter.post);
    filterChanged();
}

void StudyPage::begin()
{
    if (!m_presentation) {
        next();
    }
}

void StudyPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    begin();
    m_desk->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void StudyPage::refreshChips()
{
    QList<Chip> chips{{allKey, tr("All")}};
    for (const QString &code : m_learner.identity().posts) {
        chips.append({QString(postPrefix) + code, Words::post(m_learner.bank(), code)});
    }
    chips.append({QString(postPrefix) + commonPost(), tr("Common")});
    chips.append({wrongKey, tr("Answered wrong")});
    m_chips->setChips(chips);
}

void StudyPage::refreshProgress()
{
    const ArchiveSummary archive = m_learner.archive();
    QList<RiskPointSummary> points;
    int covered = 0;
    for (const RiskPointSummary &point : archive.riskPoints) {
        if (m_filter.post.isEmpty() || point.post == m_filter.post) {
            points.append(point);
            covered += point.answered > 0;
        }
    }
    m_model->setRiskPoints(points);
    const QModelIndex current = m_model->index(m_model->rowOf(m_filter.riskPoint));
    if (m_list->currentIndex() != current) {
        const QSignalBlocker quiet(m_list->selectionModel());
        m_list->setCurrentIndex(current);
    }
    const QString reading = tr("%1 of %n risk point(s) covered", nullptr, int(points.size())).arg(covered);
    m_progress->setShare(points.isEmpty() ? 0 : double(covered) / double(points.size()), reading);
    //: %1 how much is covered, %2 answers today.
    m_progressLine = tr("%1 · %2").arg(reading, tr("%n answer(s) today", nullptr, archive.answeredToday));
}

void StudyPage::filterChanged()
{
    refreshProgress();
    next();
}

void StudyPage::next()
{
    const auto presentation = m_learner.presentForStudy(m_filter);
    if (!presentation) {
        m_presentation.reset();
        showEmpty(presentation.error());
        return;
    }
    m_presentation = *presentation;
    m_question->setPreface(
        m_progressLine, reasonSentence(presentation->reason, m_learner.bank(), m_learner.identity().posts));
    m_desk->setCurrentWidget(m_question);
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
}

void StudyPage::showEmpty(const Error &error)
{
    delete m_empty;
    EmptyState *state = nullptr;
    const bool narrowed = m_filter.wrongOnly || !m_filter.post.isEmpty() || !m_filter.riskPoint.isEmpty();
    if (error.code() != ErrorCode::NotFound) {
        state = new EmptyState(m_theme, QStringLiteral("notice"), tr("No question can be shown"),
            errorText(Doing::Asking, error), tr("&Try again"), m_desk);
    } else if (m_filter.wrongOnly) {
        state = new EmptyState(m_theme, QStringLiteral("tick"), tr("Nothing answered wrong is left"),
            tr("Questions whose last answer was not right are collected here, to be asked again on another "
               "day."),
            tr("&Study everything"), m_desk);
    } else if (narrowed) {
        state = new EmptyState(m_theme, QStringLiteral("empty"), tr("All asked here for today"),
            tr("A question is asked once a day. This selection goes on tomorrow; other risk points are "
               "waiting."),
            tr("&Study everything"), m_desk);
    } else {
        state = new EmptyState(m_theme, QStringLiteral("empty"), tr("That is all for today"),
            tr("Every question that concerns you has been asked today. The archive shows how far you have "
               "come."),
            {}, m_desk);
    }
    connect(state, &EmptyState::acted, this, [this] { study({}); });
    m_empty = state;
    m_desk->addWidget(state);
    m_desk->setCurrentWidget(state);
}

} // namespace qingfeng
