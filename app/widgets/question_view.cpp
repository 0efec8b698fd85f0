#include "app/widgets/question_view.h"

#include "app/widgets/button.h"
#include "app/widgets/explanation_view.h"
#include "app/widgets/icon_view.h"
#include "app/widgets/items/answer_view.h"
#include "app/widgets/notice.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

/** Stems that fit a few lines are set large. */
constexpr qsizetype shortStem = 60;

} // namespace

QuestionView::QuestionView(
    const Theme &theme, ReadingColumn::Placement placement, QWidget *parent, ResponseTimer::MonotonicMs clock)
    : QWidget(parent)
    , m_theme(theme)
    , m_timer(std::move(clock))
    , m_column(new ReadingColumn(theme, placement, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_column);
    setFocusPolicy(Qt::StrongFocus);
    buildContent();
    buildActions();
}

void QuestionView::buildContent()
{
    QVBoxLayout *content = m_column->content();
    m_prefaceLine = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, this);
    m_reason = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, this);
    m_type = new TextBlock(m_theme, {Type::Small, Ink::Accent, true}, {}, this);
    m_stem = new TextBlock(m_theme, {Type::Heading, Ink::Primary, false, readingLineHeight}, {}, this);
    m_pictures = new QWidget(this);
    (new QVBoxLayout(m_pictures))->setContentsMargins(0, space::l, 0, 0);
    m_answer = new AnswerView(m_theme, this);
    connect(m_answer, &AnswerView::touched, this, [this] { m_timer.resume(); }); // the reader is here

    m_outcome = new QWidget(this);
    auto *outcome = new QHBoxLayout(m_outcome);
    outcome->setContentsMargins(0, space::xl, 0, space::m);
    outcome->setSpacing(space::s);
    m_outcomeIcon = new IconView(m_theme, QStringLiteral("tick"), Ink::Right, size::largeIcon, m_outcome);
    m_outcomeText = new TextBlock(m_theme, {Type::Heading, Ink::Right}, {}, m_outcome);
    outcome->addWidget(m_outcomeIcon);
    outcome->addWidget(m_outcomeText, 1);
    m_explanation = new ExplanationView(m_theme, this);

    content->addWidget(m_prefaceLine);
    content->addSpacing(space::xs);
    content->addWidget(m_reason);
    content->addSpacing(space::xl);
    content->addWidget(m_type);
    content->addSpacing(space::s);
    content->addWidget(m_stem);
    content->addWidget(m_pictures);
    content->addSpacing(space::xl);
    content->addWidget(m_answer);
    content->addWidget(m_outcome);
    content->addWidget(m_explanation);
    content->addStretch();
}

void QuestionView::buildActions()
{
    auto *box = new QWidget(this);
    m_actionRow = new QHBoxLayout(box);
    m_actionRow->setContentsMargins(0, 0, 0, 0);
    m_actionRow->setSpacing(space::m);
    m_hint = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, box);
    m_hint->setAlignment(Qt::AlignVCenter);
    m_unsure = new Button(m_theme, Button::Kind::Secondary, tr("&Unsure"), box);
    m_unsure->setAccessibleDescription(tr("Noted as unsure; the explanation follows"));
    m_submit = new Button(m_theme, Button::Kind::Primary, tr("&Submit"), box);
    m_actionRow->addWidget(m_hint, 1);
    m_actionRow->addWidget(m_unsure);
    m_actionRow->addWidget(m_submit);
    m_notice = new Notice(m_theme, this);
    m_column->actions()->setSpacing(space::m);
    m_column->actions()->addWidget(m_notice);
    m_column->actions()->addWidget(box);
    connect(m_submit, &QAbstractButton::clicked, this, &QuestionView::submit);
    connect(m_unsure, &QAbstractButton::clicked, this, [this] {
        Response unsure;
        unsure.unsure = true;
        finish(unsure);
    });
}

void QuestionView::setPictureSource(const PictureSource &source)
{
    m_pictureSource = source;
    m_answer->setPictureSource(source);
}

void QuestionView::showPicture()
{
    qDeleteAll(m_pictures->findChildren<PictureView *>());
    while (QLayoutItem *old = m_pictures->layout()->takeAt(0)) {
        delete old;
    }
    addPicture(static_cast<QBoxLayout *>(m_pictures->layout()), m_theme, m_question.picture, m_pictureSource);
    m_pictures->setVisible(!m_question.picture->media.isEmpty());
}

void QuestionView::setPreface(const QString &line, const QString &reason)
{
    m_prefaceLine->setText(line);
    m_prefaceLine->setVisible(!line.isEmpty());
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
}

void QuestionView::ask(const QuestionVersion &question, const QStringList &choicesShown,
    const QMap<QString, QStringList> &partsShown)
{
    m_question = question;
    m_submitted = false;
    m_answered = false;
    m_notice->clear();
    m_type->setText(Words::of(question.type));
    m_stem->setStyle({question.stem.size() <= shortStem ? Type::Heading : Type::Reading, Ink::Primary, false,
        readingLineHeight});
    m_stem->setText(question.stem);
    showPicture();
    m_outcome->hide();
    m_explanation->hide();
    for (Button *action : std::as_const(m_nextActions)) {
        action->hide();
    }
    m_unsure->show();
    m_submit->show();
    m_answer->setQuestion(question, choicesShown, partsShown);
    QWidget *before = this;
    for (QWidget *picture : m_pictures->findChildren<PictureView *>()) {
        setTabOrder(before, picture);
        before = picture;
    }
    for (QWidget *stop : m_answer->stops()) {
        setTabOrder(before, stop);
        before = stop;
    }
    setTabOrder(before, m_unsure);
    setTabOrder(m_unsure, m_submit);
    setHint(m_answer->hint());
    m_column->hold(false);
    m_column->scrollToTop();
    //: For screen readers: %1 type of question, %2 its stem.
    setAccessibleName(tr("%1: %2", "question").arg(m_type->text(), question.stem));
    m_timer.start();
    if (isVisible()) {
        takeFocus();
    }
}

void QuestionView::takeFocus()
{
    QWidget *field = m_answer->field();
    (field ? field : this)->setFocus(Qt::OtherFocusReason);
}

Response QuestionView::response() const
{
    return m_answer->response();
}

void QuestionView::showResult(const Response &response, const Marks &marks, const QuestionBank &bank)
{
    m_submitted = true;
    m_answered = true;
    m_notice->clear();
    m_timer.stop();
    m_answer->showMarks(response);
    m_outcomeIcon->setIcon(iconOf(marks.outcome), inkOf(marks.outcome));
    m_outcomeText->setText(Words::of(marks.outcome));
    m_outcomeText->setInk(inkOf(marks.outcome));
    m_outcome->show();
    m_explanation->setQuestion(m_question, bank);
    m_explanation->show();

    m_unsure->hide();
    m_submit->hide();
    setHint({});
    for (Button *action : std::as_const(m_nextActions)) {
        action->show();
    }
    if (!m_nextActions.isEmpty()) {
        m_nextActions.last()->setFocus(Qt::OtherFocusReason);
    }
    // The column stays where it is; only where the outcome would be out of sight it moves as far as that.
    m_column->hold(true);
    m_column->reveal(m_outcome);
    setAccessibleDescription(m_outcomeText->text());
    QAccessibleEvent event(m_outcomeText, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void QuestionView::reopen(const QString &sentence)
{
    m_submitted = false;
    m_notice->warn(sentence);
    m_timer.resume();
    m_submit->setFocus(Qt::OtherFocusReason);
}

void QuestionView::setNextActions(const QList<Button *> &actions)
{
    for (Button *action : std::as_const(m_nextActions)) {
        action->hide();
        m_actionRow->removeWidget(action);
    }
    m_nextActions = actions;
    QWidget *before = m_submit;
    for (Button *action : actions) {
        m_actionRow->addWidget(action);
        action->setVisible(m_answered);
        setTabOrder(before, action);
        before = action;
    }
}

bool QuestionView::event(QEvent *event)
{
    if (event->type() == QEvent::WindowDeactivate) {
        m_timer.pause();
    } else if (event->type() == QEvent::WindowActivate && !m_submitted) {
        m_timer.resume();
    }
    return QWidget::event(event);
}

void QuestionView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown) {
        constexpr int rowsOfPage = 6;
        m_column->scrollBy(event->key() == Qt::Key_PageUp ? -rowsOfPage : rowsOfPage);
        return;
    }
    const bool up = event->key() == Qt::Key_Up || event->key() == Qt::Key_Left;
    if (up || event->key() == Qt::Key_Down || event->key() == Qt::Key_Right) {
        if (m_answered) {
            m_column->scrollBy(up ? -1 : 1);
        } else {
            moveFocus(up ? -1 : 1);
        }
        return;
    }
    if (!m_submitted) {
        if (QWidget *pressed = m_answer->press(*event)) {
            m_column->reveal(pressed);
            return;
        }
        if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !event->isAutoRepeat()) {
            submit();
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

void QuestionView::moveFocus(int step)
{
    const QList<QWidget *> all = m_answer->stops();
    if (all.isEmpty()) {
        return;
    }
    const qsizetype at = all.indexOf(focusWidget());
    const qsizetype next = at < 0 ? (step > 0 ? 0 : all.size() - 1) : (at + step + all.size()) % all.size();
    all.at(next)->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    m_column->reveal(all.at(next));
}

void QuestionView::setHint(const QString &text)
{
    m_hint->setText(text);
    m_hint->setInk(Ink::Secondary);
}

void QuestionView::submit()
{
    if (QWidget *missing = m_answer->missing()) {
        return askFor(missing);
    }
    finish(m_answer->response());
}

void QuestionView::askFor(QWidget *missing)
{
    m_hint->setText(m_answer->isCase() ? tr("%n part(s) still to answer.", nullptr, m_answer->open())
                                       : tr("Choose an answer first, or press 'Unsure'."));
    m_hint->setInk(Ink::Accent);
    if (m_answer->isCase() || m_answer->field()) {
        missing->setFocus(Qt::TabFocusReason);
        m_column->reveal(missing);
    }
}

void QuestionView::finish(const Response &response)
{
    if (m_submitted) {
        return;
    }
    m_submitted = true;
    m_timer.pause();
    Q_EMIT answered(response);
}

} // namespace qingfeng
