#include "app/workstation/pages/gate_page.h"

#include "app/workstation/pages/gate_footer.h"
#include "app/workstation/pages/question_tools.h"
#include "app/workstation/pages/sign_in_card.h"

#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/folding_row.h"
#include "app/widgets/notice.h"
#include "app/widgets/question_view.h"
#include "app/widgets/reason_sentence.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QPainter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

/** Time that reading and answering takes, in tens of seconds: a promise, so rather too much. */
int expectedSeconds(const QuestionVersion &question)
{
    constexpr int charactersPerSecond = 7;
    qsizetype characters = question.stem.size();
    for (const Choice &choice : question.choices) {
        characters += choice.text.size();
    }
    const int seconds = 5 + int(characters) / charactersPerSecond;
    return std::clamp((seconds + 9) / 10 * 10, 20, 120);
}

} // namespace

GatePage::GatePage(
    Learner &learner, Theme &theme, QByteArray gateSecret, QWidget *parent, ResponseTimer::MonotonicMs clock)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_secret(std::move(gateSecret))
    , m_stack(new QStackedWidget(this))
    , m_question(new QuestionView(theme, ReadingColumn::Placement::AboveMiddle, this, std::move(clock)))
    , m_signInColumn(new ReadingColumn(theme, ReadingColumn::Placement::AboveMiddle, this))
    , m_signIn(new SignInCard(theme, SignInCard::Place::Gate, this))
    , m_glanceColumn(new ReadingColumn(theme, ReadingColumn::Placement::AboveMiddle, this))
    , m_messageColumn(new ReadingColumn(theme, ReadingColumn::Placement::AboveMiddle, this))
    , m_message(new Notice(theme, this))
    , m_footer(new GateFooter(theme, this))
    , m_enter(new Button(theme, Button::Kind::Primary, tr("Enter the &desktop"), this))
    , m_enterFromGlance(new Button(theme, Button::Kind::Primary, tr("Enter the &desktop"), this))
    , m_study(new Button(theme, Button::Kind::Secondary, tr("&Go on learning"), this))
    , m_another(new Button(theme, Button::Kind::Primary, tr("&Next question"), this))
{
    build();
    m_question->setPictureSource(
        [this](const QString &media) { return m_learner.bank().media().value(media); });
    connect(m_question, &QuestionView::answered, this, &GatePage::takeAnswer);
    connect(m_signIn, &SignInCard::submitted, this, &GatePage::takeSignIn);
    connect(m_signIn, &SignInCard::skipped, this, [this] {
        m_signInSkipped = true;
        askNext();
    });
    connect(m_footer, &GateFooter::deferralChosen, this, &GatePage::takeDeferral);
    connect(m_footer, &GateFooter::emergencyChosen, this, &GatePage::takeEmergency);
    connect(m_footer, &GateFooter::shutdownRequested, this, &GatePage::shutdownRequested);
    connect(m_footer, &GateFooter::codeTyped, this, &GatePage::codeTyped);
    connect(m_another, &QAbstractButton::clicked, this, &GatePage::askNext);
    for (Button *enter : {m_enter, m_enterFromGlance}) {
        connect(enter, &QAbstractButton::clicked, this, [this] {
            if (m_pass) {
                Q_EMIT passReady(*m_pass);
            }
        });
    }
    connect(m_study, &QAbstractButton::clicked, this, [this] { goOn({}); });
}

void GatePage::build()
{
    auto *middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(m_signIn);
    middle->addStretch();
    m_signInColumn->content()->addLayout(middle);
    m_messageColumn->content()->addWidget(m_message);
    for (QWidget *page : {static_cast<QWidget *>(m_question), static_cast<QWidget *>(m_signInColumn),
             static_cast<QWidget *>(m_glanceColumn), static_cast<QWidget *>(m_messageColumn)}) {
        m_stack->addWidget(page);
    }
    for (Button *button : {m_enter, m_enterFromGlance, m_study, m_another}) {
        button->hide();
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::xl, 0, space::l);
    layout->setSpacing(space::l);
    layout->addWidget(m_stack, 1);
    auto *after = new QHBoxLayout;
    after->setContentsMargins(space::xl, 0, space::xl, 0);
    after->addStretch(1);
    after->addWidget(makeAfterLine(), 100);
    after->addStretch(1);
    layout->addLayout(after);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(space::xl, 0, space::xl, 0);
    const auto fit = [this] {
        // Its buttons have a margin of their own.
        m_footer->setMaximumWidth(m_theme.scaled(size::column) + 2 * space::s);
        m_afterLine->setMaximumWidth(m_theme.scaled(size::column) + 2 * space::s);
    };
    connect(&m_theme, &Theme::changed, m_footer, fit);
    fit();
    foot->addStretch(1);
    foot->addWidget(m_footer, 100);
    foot->addStretch(1);
    layout->addLayout(foot);
    layout->addStretch(); // takes what is left while the question stands back
    setAccessibleName(tr("Question of the day"));
}

QWidget *GatePage::makeAfterLine()
{
    constexpr int leastForBoth = 2 * size::sideList;
    m_afterLine = new FoldingRow(m_theme, leastForBoth, space::m, this);
    m_afterLine->row()->setContentsMargins(0, 0, space::s, 0);
    m_tools = new QuestionTools(m_learner, m_theme, m_afterLine);
    m_afterLine->row()->addWidget(m_tools, 1);
    m_afterLine->hide();
    connect(m_tools, &QuestionTools::opened, this, [this] {
        constexpr int roomForBoth = 640;
        m_stack->setVisible(height() >= m_theme.scaled(roomForBoth));
        if (m_themeLine) {
            m_themeLine->hide();
        }
    });
    connect(m_tools, &QuestionTools::done, this, [this] {
        m_stack->show();
        if (m_themeLine) {
            m_themeLine->show();
        }
        (m_pass ? m_enter : m_another)->setFocus(Qt::OtherFocusReason);
    });
    return m_afterLine;
}

void GatePage::showAfterLine(const Attempt &answer)
{
    if (m_themeLine) {
        m_themeLine->deleteLater();
    }
    m_themeLine = m_pass ? makeThemeCard(ThemeCard::Form::Line, m_afterLine) : nullptr;
    if (m_themeLine) {
        m_afterLine->row()->addWidget(m_themeLine, 1);
    }
    m_tools->setQuestion(m_presentation->question, answer);
    m_afterLine->show();
    layout()->activate();
}

void GatePage::setChallenge(const QString &challenge)
{
    m_footer->setChallenge(challenge);
}

void GatePage::refuseCode(const QString &reason, int seconds)
{
    m_footer->refuseCode(reason, seconds);
}

void GatePage::begin(Moment moment)
{
    m_moment = moment;
    if (!m_learner.identity().isKnown() && m_learner.canSignIn() && !m_signInSkipped) {
        m_footer->setHowToLeave(tr("One question, then the desktop opens."));
        m_footer->setLeavingOffered(false);
        m_stack->setCurrentWidget(m_signInColumn);
        focusContent();
        return;
    }
    askNext();
}

void GatePage::askNext()
{
    auto decided = m_learner.decide(m_moment);
    if (!decided) {
        fail(errorText(Doing::Asking, decided.error()), decided.error());
        return;
    }
    m_decided = std::move(*decided);
    if (m_decided->decision.demand != Demand::Questions) {
        const auto pass = m_learner.passFor(*m_decided, m_secret);
        if (!pass) {
            fail(errorText(Doing::Asking, pass.error()), pass.error());
            return;
        }
        m_pass = *pass;
        if (m_decided->decision.demand == Demand::Glance) {
            showGlance();
        } else {
            Q_EMIT passReady(*pass);
        }
        return;
    }
    const auto presentation = m_learner.presentForGate(*m_decided->obligation);
    if (!presentation) {
        fail(errorText(Doing::Asking, presentation.error()), presentation.error());
        return;
    }
    showPresentation(*presentation);
}

void GatePage::showPresentation(const Presentation &presentation)
{
    m_presentation = presentation;
    m_pass.reset();
    showOffers(true);
    m_footer->reset();
    const int questions = m_decided->decision.questions;
    m_footer->setHowToLeave(questions > 1 ? tr("%n answers open the desktop.", nullptr, questions)
                                          : tr("Any answer opens the desktop."));
    m_question->setPreface(
        prefaceLine(presentation), occasionSentence()
            + reasonSentence(presentation.reason, m_learner.bank(), m_learner.identity().posts));
    m_afterLine->hide();
    m_stack->setCurrentWidget(m_question);
    m_question->setNextActions({});
    m_question->ask(presentation.question, presentation.choicesShown, presentation.partsShown);
    focusContent();
    update();
}

QString GatePage::prefaceLine(const Presentation &presentation) const
{
    const int seconds = expectedSeconds(presentation.question);
    const Obligation &obligation = *m_decided->obligation;
    const QString time = obligation.owed > 1
        //: %1 number of this question, %2 how many are asked.
        ? tr("question %1 of %2, about %n second(s)", nullptr, seconds)
              .arg(obligation.owed - m_decided->decision.questions + 1)
              .arg(obligation.owed)
        : tr("one question today, about %n second(s)", nullptr, seconds);
    const Identity &identity = m_learner.identity();
    const QString post = Words::post(m_learner.bank(), presentation.post);
    if (!identity.isKnown()) {
        //: %1 name of the common post, %2 how much is asked.
        return tr("%1 · %2").arg(post, time);
    }
    const QString own
        = identity.posts.isEmpty() ? post : Words::post(m_learner.bank(), identity.posts.first());
    //: %1 name of the learner, %2 post, %3 how much is asked.
    return tr("%1 · %2 · %3").arg(identity.person.name, own, time);
}

void GatePage::takeAnswer(const Response &response)
{
    const auto answered = m_learner.answer(*m_presentation, response, m_question->responseMs(), m_secret);
    if (!answered) {
        m_question->reopen(errorText(Doing::Answering, answered.error()));
        Q_EMIT fault(answered.error());
        return;
    }
    m_pass = answered->pass;
    m_question->setNextActions(m_pass ? QList<Button *>{m_study, m_enter} : QList<Button *>{m_another});
    showAfterLine(answered->attempt); // first, so that the result is brought into what is left of the page
    m_question->showResult(response, answered->marks, m_learner.bank());
    showOffers(!m_pass);
    m_footer->reset();
    m_footer->setHowToLeave(m_pass ? tr("Recorded. Press Enter to go to the desktop.")
            : answered->marks.outcome == Outcome::Invalid
            ? tr("Recorded, not counted. Take your time with one more.")
            : tr("Recorded. One more question is owed today."));
}

QString GatePage::occasionSentence() const
{
    const Decision &decision = m_decided->decision;
    switch (decision.reason) {
    case DecisionReason::AnotherOfDay:
        //: %1 number of this occasion, %2 how many there are in a day. A space follows where the language has
        //: one.
        return tr("Number %1 of %2 today. ").arg(decision.number).arg(decision.of);
    case DecisionReason::DeferralOver:
        return tr("You had put it off until now. ");
    case DecisionReason::DeferralVoid:
        return tr("The clock of this computer was set back, so the deferral has ended. ");
    case DecisionReason::QuietEndedByLaw:
        return tr("A rule has changed, so there is a question again. ");
    case DecisionReason::QuietEndedByMandatory:
    case DecisionReason::QuietEndedByNewRisk:
        return tr("Something new concerns your post, so there is a question again. ");
    default:
        return {};
    }
}

void GatePage::showGlance()
{
    const Decision &decision = m_decided->decision;
    auto *card = new Card(Card::Tone::Surface, m_glanceColumn);
    //: %1 a date.
    card->column()->addWidget(new TextBlock(m_theme, readingStyle(Type::Reading),
        tr("No question today: you know your risk points well. Quiet until %1.")
            .arg(Words::date(dayOfStudyDay(decision.lastDay))),
        card));
    m_glanceColumn->content()->addWidget(card);
    if (QWidget *theme = makeThemeCard(ThemeCard::Form::Whole, m_glanceColumn)) {
        m_glanceColumn->content()->addSpacing(space::l);
        m_glanceColumn->content()->addWidget(theme);
    }
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_enterFromGlance);
    m_glanceColumn->actions()->addLayout(row);
    m_enterFromGlance->show();
    showOffers(false);
    m_footer->reset();
    m_footer->setHowToLeave(tr("Press Enter to go to the desktop."));
    m_stack->setCurrentWidget(m_glanceColumn);
    focusContent();
    update();
}

ThemeCard *GatePage::makeThemeCard(ThemeCard::Form form, QWidget *parent)
{
    if (m_learner.unseenMessages() > 0) {
        auto *card = new ThemeCard(m_theme, tr("Your question has been answered"),
            tr("The administrator has written to you."), form, parent);
        connect(card, &ThemeCard::readRequested, this, [this] {
            if (m_pass) {
                Q_EMIT messagesRequested();
                Q_EMIT passReady(*m_pass);
            }
        });
        return card;
    }
    const CultureTheme *theme = m_learner.theme();
    if (!theme) {
        return nullptr;
    }
    auto *card = new ThemeCard(m_theme, *theme, form, parent);
    connect(card, &ThemeCard::readRequested, this, [this, id = theme->id] { goOn(id); });
    return card;
}

void GatePage::goOn(const QString &theme)
{
    if (m_pass) {
        Q_EMIT studyRequested(theme);
        Q_EMIT passReady(*m_pass);
    }
}

void GatePage::showOffers(bool leaving)
{
    m_footer->setDeferral(m_decided->deferral, m_learner.policy().policy.deferral.per);
    m_footer->setEmergency(m_decided->emergency);
    m_footer->setLeavingOffered(leaving);
}

void GatePage::takeSignIn(const QString &number, const QString &pin)
{
    const auto signedIn = m_learner.signIn(number, pin);
    if (!signedIn) {
        m_signIn->showError(signedIn.error());
        return;
    }
    m_signIn->clear();
    askNext();
}

void GatePage::takeDeferral()
{
    const auto pass = m_learner.defer(*m_decided, m_secret);
    if (!pass) {
        m_footer->reset();
        m_footer->setHowToLeave(pass.error().code() == ErrorCode::NotPermitted
                ? tr("It can no longer be put off now.")
                : errorText(Doing::Leaving, pass.error()));
        Q_EMIT fault(pass.error());
        return;
    }
    Q_EMIT passReady(*pass);
}

void GatePage::takeEmergency(const QString &reason)
{
    const auto pass = m_decided ? m_learner.leave(*m_decided, reason, m_secret)
                                : Result<Pass>(Error(ErrorCode::NotFound, QStringLiteral("nothing was decided")));
    if (pass) {
        Q_EMIT passReady(*pass);
        return;
    }
    // The exit opens whatever the store can do; the gate's own record holds it then.
    Q_EMIT fault(pass.error());
    Q_EMIT exitNotKept(reason);
    const QString obligation
        = m_decided && m_decided->obligation ? m_decided->obligation->id : QStringLiteral("none");
    const QString word = QStringLiteral("exempted");
    Q_EMIT passReady({obligation, word, passToken(m_secret, obligation, word)});
}

void GatePage::fail(const QString &sentence, const Error &error)
{
    m_message->warn(sentence);
    m_stack->setCurrentWidget(m_messageColumn);
    m_footer->setHowToLeave({});
    m_footer->setEmergency({emergencyReasons(), 0, true, {}});
    m_footer->setLeavingOffered(true); // a fault is no reason to stay
    update();
    Q_EMIT fault(error);
    Q_EMIT cannotAsk(error);
}

void GatePage::focusContent()
{
    if (m_stack->currentWidget() == m_signInColumn) {
        m_signIn->focusFirst();
    } else if (m_stack->currentWidget() == m_glanceColumn) {
        m_enterFromGlance->setFocus(Qt::OtherFocusReason);
    } else {
        m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
    }
}

void GatePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    focusContent();
}

void GatePage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colours().background);
    const bool hasContent = m_presentation || m_stack->currentWidget() != m_question;
    if (!m_painted && hasContent) {
        m_painted = true;
        // Children are painted and flushed after this event.
        QTimer::singleShot(0, this, &GatePage::painted);
    }
}

} // namespace qingfeng
