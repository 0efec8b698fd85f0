#include "app/workstation/pages/history_page.h"

#include "app/workstation/pages/attempt_detail.h"
#include "app/workstation/pages/list_model.h"
#include "app/workstation/pages/question_tools.h"
#include "app/workstation/pages/row_list.h"
#include "app/workstation/pages/two_pane.h"

#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/chips.h"
#include "app/widgets/icon_view.h"
#include "app/widgets/scroll_page.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include "question_bank/base/clock.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

namespace qingfeng {

HistoryPage::HistoryPage(Learner &learner, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_model(new HistoryModel(learner, this))
{
    setAccessibleName(tr("Answers"));
    m_panes = new TwoPane(theme, makeSide(), makeDesk(), this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_panes);
    connect(m_kinds, &Chips::chosenChanged, this, &HistoryPage::refresh);
    connect(m_list, &RowList::chosen, this, [this](const QModelIndex &index) {
        open(index.row());
        m_panes->showDesk();
        m_page->setFocus(Qt::OtherFocusReason);
    });
    connect(m_panes, &TwoPane::narrowChanged, m_back, &QWidget::setVisible);
    m_back->setVisible(m_panes->isNarrow());
    connect(m_back, &QAbstractButton::clicked, this, [this] {
        m_panes->showSide();
        m_list->setFocus(Qt::OtherFocusReason);
    });
    m_panes->showSide();
    setFocusProxy(m_list);
}

QWidget *HistoryPage::makeSide()
{
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(space::l, space::s, space::l, 0);
    column->setSpacing(space::m);
    m_kinds = new Chips(m_theme, tr("Which answers"), side);
    m_count = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, side);
    m_count->setContentsMargins(space::m, 0, 0, 0);
    m_list = new RowList(m_theme, RowList::Titles::OneLine, tr("Answers, newest first"), side);
    m_list->setModel(m_model);
    column->addWidget(m_kinds);
    column->addWidget(m_count);
    column->addWidget(m_list, 1);
    return side;
}

QWidget *HistoryPage::makeDesk()
{
    auto *desk = new QWidget(this);
    auto *column = new QVBoxLayout(desk);
    column->setContentsMargins(0, 0, 0, space::m);
    column->setSpacing(0);
    m_back = new Button(m_theme, Button::Kind::Plain, tr("Back to the list"), desk);
    m_back->hide();
    column->addWidget(m_back, 0, Qt::AlignLeft);
    m_page = new ScrollPage(size::column, desk);
    m_page->scaleWith(m_theme);
    m_page->setFocusPolicy(Qt::StrongFocus);
    m_page->setAccessibleName(tr("The opened answer"));
    m_page->column()->addStretch();
    column->addWidget(m_page, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(space::xl, space::s, space::xl, 0);
    m_tools = new QuestionTools(m_learner, m_theme, desk);
    m_tools->hide();
    foot->addStretch(1);
    foot->addWidget(m_tools, 100);
    foot->addStretch(1);
    column->addLayout(foot);
    connect(m_tools, &QuestionTools::done, this, [this] {
        open(m_model->rowOf(m_opened)); // a doubt that was written stands below the explanation
        m_page->setFocus(Qt::OtherFocusReason);
    });
    return desk;
}

/** Annotations are seldom: where there are none, nothing asks for them. */
void HistoryPage::offerKinds()
{
    QList<Chip> kinds {{QString::number(int(HistoryKind::All)), tr("All")},
        {QString::number(int(HistoryKind::NotRight)), tr("Not right")},
        {QString::number(int(HistoryKind::Gate)), tr("At the gate")},
        {QString::number(int(HistoryKind::Study)), tr("Study")},
        {QString::number(int(HistoryKind::Test)), tr("Papers")}};
    if (!m_learner.annotations().isEmpty()) {
        kinds.append({QString::number(int(HistoryKind::Annotated)), tr("Annotated")});
    }
    m_kinds->setChips(kinds);
}

void HistoryPage::refresh()
{
    offerKinds();
    m_model->refresh(HistoryKind(m_kinds->chosen().toInt()));
    const int count = m_model->rowCount();
    m_count->setText(count > 0 ? tr("%n answer(s)", nullptr, count)
                               : tr("No answer of this kind yet. Those to come are kept here."));
    const int row = m_model->rowOf(m_opened);
    m_list->setCurrentRow(row);
    if (row >= 0 && annotationsOf(m_learner.annotations(), m_opened) != m_shown) {
        open(row);
    }
    if (row < 0) {
        open(count > 0 ? 0 : -1);
        m_list->setCurrentRow(count > 0 ? 0 : -1);
    }
}

void HistoryPage::open(int row)
{
    delete m_detail;
    m_detail = new QWidget(m_page->content());
    auto *column = new QVBoxLayout(m_detail);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    m_page->column()->insertWidget(0, m_detail);
    m_page->verticalScrollBar()->setValue(0);
    m_opened = row >= 0 ? m_model->attemptAt(row).id : QString();
    m_shown = annotationsOf(m_learner.annotations(), m_opened);
    m_tools->setVisible(row >= 0);
    if (row < 0) {
        return;
    }
    const Attempt attempt = m_model->attemptAt(row);
    const QuestionVersion *question = m_learner.question(attempt.question, attempt.version);
    column->addWidget(new TextBlock(m_theme, {Type::Small, inkOf(attempt.outcome), true},
        tr("%1 · %2 · %3")
            .arg(Words::of(attempt.outcome), Words::moment(attempt.answeredAtMs, attempt.utcOffsetSeconds),
                Words::of(attempt.context)),
        m_detail));
    addAnnotations(column, m_shown);
    if (!question) {
        column->addWidget(new TextBlock(m_theme, readingStyle(),
            tr("The bank has this version no more. The answer itself is kept as it was given."), m_detail));
        m_tools->hide();
        return;
    }
    column->addWidget(new AttemptDetail(m_learner, m_theme, *question, attempt, m_detail));
    const RiskPoint *point = m_learner.bank().riskPoint(question->riskPoints.value(0));
    if (point) {
        auto *study = new Button(m_theme, Button::Kind::Link, tr("Study this risk point"), m_detail);
        study->setToolTip(point->name);
        connect(study, &QAbstractButton::clicked, this, [this, id = point->id] {
            StudyFilter filter;
            filter.riskPoint = id;
            Q_EMIT studyRequested(filter);
        });
        column->addWidget(study, 0, Qt::AlignLeft);
    }
    m_tools->setQuestion(*question, attempt);
}

/** A correction stands first: the answer below it stays as it was. */
void HistoryPage::addAnnotations(QBoxLayout *column, const QList<Annotation> &annotations)
{
    for (const Annotation &annotation : annotations) {
        auto *card = new Card(Card::Tone::Surface, m_detail);
        card->column()->setSpacing(space::s);
        auto *head = new QHBoxLayout;
        head->setSpacing(space::s);
        head->addWidget(new IconView(m_theme, QStringLiteral("notice"), Ink::Accent, size::icon, card));
        //: %1 name and office of an administrator, %2 date and time.
        const QString said = tr("Annotation by %1, %2")
                                 .arg(annotation.author,
                                     Words::moment(annotation.writtenAtMs, m_learner.clock().utcOffsetSeconds()));
        head->addWidget(new TextBlock(m_theme, {Type::Small, Ink::Secondary}, said, card), 1);
        card->column()->addLayout(head);
        card->column()->addWidget(new TextBlock(m_theme, readingStyle(), annotation.text, card));
        card->setAccessibleName(said);
        column->addWidget(card);
    }
}

} // namespace qingfeng
