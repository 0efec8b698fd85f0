#include "app/workstation/pages/gate_footer.h"

#include "app/widgets/button.h"
#include "app/widgets/folding_row.h"
#include "app/widgets/text_block.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStackedWidget>

namespace qingfeng {
namespace {

QHBoxLayout *makeRow(QWidget *line)
{
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    return row;
}

/** What a line says, before its buttons. */
TextBlock *makeWords(Theme &theme, QWidget *line)
{
    auto *words = new TextBlock(theme, {Type::Small, Ink::Primary}, {}, line);
    words->setAlignment(Qt::AlignVCenter);
    words->setContentsMargins(space::s, 0, 0, 0);
    return words;
}

/** Words, and beside them, or below where it is narrow, the row that is returned. */
QHBoxLayout *makeFoldingRow(FoldingRow *line, TextBlock *words)
{
    line->row()->setContentsMargins(0, 0, 0, 0);
    line->row()->addWidget(words, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    line->row()->addLayout(row);
    return row;
}

int minutesOf(const Deferral &deferral)
{
    constexpr qint64 minuteMs = 60'000;
    return int((deferral.untilMs - deferral.madeAtMs + minuteMs - 1) / minuteMs);
}

} // namespace

GateFooter::GateFooter(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_lines(new QStackedWidget(this))
{
    m_quiet = makeQuiet();
    m_deferral = makeDeferral();
    m_emergency = makeEmergency();
    m_unlock = makeUnlock();
    m_shutdown = makeShutdown();
    for (QWidget *line : {m_quiet, m_deferral, m_emergency, m_unlock, m_shutdown}) {
        m_lines->addWidget(line);
    }
    refreshOffers();
    auto *row = makeRow(this);
    row->addWidget(m_lines);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    connect(&m_theme, &Theme::changed, this, &GateFooter::showTextScale);
    showTextScale();
}

QWidget *GateFooter::makeQuiet()
{
    auto *line = new QWidget(this);
    QHBoxLayout *row = makeRow(line);
    m_openDeferral = new Button(m_theme, Button::Kind::Plain, tr("Put it o&ff"), line);
    connect(m_openDeferral, &QAbstractButton::clicked, this, [this] {
        m_lines->setCurrentWidget(m_deferral);
        (m_confirmDeferral->isHidden() ? m_backFromDeferral : m_confirmDeferral)->setFocus(Qt::OtherFocusReason);
    });
    row->addWidget(m_openDeferral);
    m_openEmergency = new Button(m_theme, Button::Kind::Plain, tr("&Emergency entry"), line);
    m_openEmergency->setIconName(QStringLiteral("leave"));
    connect(m_openEmergency, &QAbstractButton::clicked, this, [this] {
        m_lines->setCurrentWidget(m_emergency);
        for (const auto &[reason, button] : std::as_const(m_reasons)) {
            if (!button->isHidden()) {
                button->setFocus(Qt::OtherFocusReason);
                break;
            }
        }
    });
    row->addWidget(m_openEmergency);

    m_openUnlock = new Button(m_theme, Button::Kind::Plain, tr("&Code"), line);
    m_openUnlock->setAccessibleName(tr("Unlock code"));
    m_openUnlock->setToolTip(tr("Unlock code"));
    connect(m_openUnlock, &QAbstractButton::clicked, this, [this] {
        setChallenge(m_challenge);
        m_code->clear();
        m_lines->setCurrentWidget(m_unlock);
        m_code->setFocus(Qt::OtherFocusReason);
    });
    row->addWidget(m_openUnlock);

    const auto sizeButton = [this, line, row](const QString &text, const QString &name, int step) {
        auto *button = new Button(m_theme, Button::Kind::Plain, text, line);
        button->setAccessibleName(name);
        button->setToolTip(name);
        connect(button, &QAbstractButton::clicked, this, [this, step] { stepTextScale(step); });
        row->addWidget(button);
        return button;
    };
    m_smaller = sizeButton(QStringLiteral("A−"), tr("Smaller text"), -1);
    m_larger = sizeButton(QStringLiteral("A+"), tr("Larger text"), 1);

    m_openShutdown = new Button(m_theme, Button::Kind::Plain, tr("&Power off"), line);
    m_openShutdown->setIconName(QStringLiteral("power"));
    connect(m_openShutdown, &QAbstractButton::clicked, this, [this] {
        m_lines->setCurrentWidget(m_shutdown);
        m_confirmShutdown->setFocus(Qt::OtherFocusReason);
    });
    row->addWidget(m_openShutdown);
    row->addSpacing(space::l);
    m_howToLeave = new TextBlock(
        m_theme, {Type::Small, Ink::Secondary, false, titleLineHeight, Qt::AlignRight}, {}, line);
    m_howToLeave->setAlignment(Qt::AlignVCenter);
    m_howToLeave->setContentsMargins(0, 0, space::s, 0);
    row->addWidget(m_howToLeave, 1);
    return line;
}

QWidget *GateFooter::makeDeferral()
{
    auto *line = new QWidget(this);
    QHBoxLayout *row = makeRow(line);
    m_deferralText = makeWords(m_theme, line);
    m_confirmDeferral = new Button(m_theme, Button::Kind::Secondary, tr("&Put it off"), line);
    m_backFromDeferral = new Button(m_theme, Button::Kind::Plain, tr("&Back"), line);
    row->addWidget(m_deferralText, 1);
    row->addWidget(m_confirmDeferral);
    row->addWidget(m_backFromDeferral);
    connect(m_confirmDeferral, &QAbstractButton::clicked, this, &GateFooter::deferralChosen);
    connect(m_backFromDeferral, &QAbstractButton::clicked, this, &GateFooter::reset);
    return line;
}

QWidget *GateFooter::makeEmergency()
{
    auto *line = new FoldingRow(m_theme, size::column * 3 / 4, space::s, this);
    m_emergencyText = makeWords(m_theme, line);
    QHBoxLayout *row = makeFoldingRow(line, m_emergencyText);
    const QList<std::pair<QString, QString>> reasons{
        {QStringLiteral("taxpayer-waiting"), tr("A &taxpayer is waiting")},
        {QStringLiteral("meeting"), tr("&Meeting")},
        {QStringLiteral("emergency"), tr("Urgent &matter")},
        {QStringLiteral("other"), tr("&Other")},
    };
    for (const auto &[reason, text] : reasons) {
        auto *button = new Button(m_theme, Button::Kind::Chip, text, line);
        connect(
            button, &QAbstractButton::clicked, this, [this, key = reason] { Q_EMIT emergencyChosen(key); });
        row->addWidget(button);
        m_reasons.append({reason, button});
    }
    setEmergency({emergencyReasons(), 0, true, {}});
    auto *back = new Button(m_theme, Button::Kind::Plain, tr("&Back"), line);
    connect(back, &QAbstractButton::clicked, this, &GateFooter::reset);
    row->addWidget(back);
    return line;
}

QWidget *GateFooter::makeUnlock()
{
    auto *line = new FoldingRow(m_theme, size::column * 3 / 4, space::s, this);
    m_unlockText = makeWords(m_theme, line);
    QHBoxLayout *row = makeFoldingRow(line, m_unlockText);
    m_code = new QLineEdit(line);
    constexpr int mostTyped = 16; // ten letters, and blanks or hyphens between them
    m_code->setMaxLength(mostTyped);
    m_code->setAccessibleName(tr("Unlock code"));
    m_code->setInputMethodHints(Qt::ImhLatinOnly | Qt::ImhUppercaseOnly | Qt::ImhNoPredictiveText);
    m_tryCode = new Button(m_theme, Button::Kind::Secondary, tr("&Open"), line);
    auto *back = new Button(m_theme, Button::Kind::Plain, tr("&Back"), line);
    row->addWidget(m_code, 1);
    row->addWidget(m_tryCode);
    row->addWidget(back);
    const auto submit = [this] {
        if (!m_code->text().simplified().isEmpty()) {
            Q_EMIT codeTyped(m_code->text().remove(QLatin1Char(' ')));
        }
    };
    connect(m_tryCode, &QAbstractButton::clicked, this, submit);
    connect(m_code, &QLineEdit::returnPressed, this, submit);
    connect(back, &QAbstractButton::clicked, this, &GateFooter::reset);
    return line;
}

QWidget *GateFooter::makeShutdown()
{
    auto *line = new QWidget(this);
    QHBoxLayout *row = makeRow(line);
    auto *ask = new TextBlock(m_theme, {Type::Small, Ink::Primary},
        tr("The computer will be switched off. The question is asked again next time."), line);
    ask->setAlignment(Qt::AlignVCenter);
    m_confirmShutdown = new Button(m_theme, Button::Kind::Danger, tr("Press once more to &power off"), line);
    auto *back = new Button(m_theme, Button::Kind::Plain, tr("&Back"), line);
    row->addWidget(ask, 1);
    row->addWidget(m_confirmShutdown);
    row->addWidget(back);
    connect(m_confirmShutdown, &QAbstractButton::clicked, this, &GateFooter::shutdownRequested);
    connect(back, &QAbstractButton::clicked, this, &GateFooter::reset);
    return line;
}

void GateFooter::setHowToLeave(const QString &sentence)
{
    m_howToLeave->setText(sentence);
}

QString GateFooter::twoSentences(const QString &first, const QString &second)
{
    //: Two sentences, one after the other.
    return tr("%1 %2").arg(first, second);
}

void GateFooter::setDeferral(const DeferralOffer &offer, QuotaPeriod per)
{
    using Refusal = DeferralOffer::Refusal;
    const bool week = per == QuotaPeriod::Week;
    QString sentence;
    switch (offer.refusal) {
    case Refusal::None:
        sentence = twoSentences(tr("It is asked again in %n minute(s).", nullptr, minutesOf(offer.deferral)),
            week ? tr("You can put it off %n time(s) this week.", nullptr, offer.left)
                 : tr("You can put it off %n time(s) this month.", nullptr, offer.left));
        break;
    case Refusal::QuotaUsed:
        sentence = week ? tr("This week's deferrals have been used.") : tr("This month's deferrals have been used.");
        break;
    case Refusal::TooLate:
        sentence = tr("It is too late in the day to put it off.");
        break;
    case Refusal::ClockUncertain:
        sentence = tr("The clock of this computer was changed, so it cannot be put off now.");
        break;
    case Refusal::NothingOwed:
    case Refusal::NotOffered:
        break;
    }
    m_hasDeferral = !sentence.isEmpty();
    m_deferralText->setText(sentence);
    m_confirmDeferral->setVisible(offer.isAllowed());
    refreshOffers();
}

void GateFooter::setEmergency(const EmergencyOffer &offer)
{
    const QString why = tr("Why? The reason is recorded for the administrator.");
    m_emergencyText->setText(offer.exempts
            ? why
            : twoSentences(
                tr("The question comes back in %n minute(s).", nullptr, minutesOf(offer.postponement)), why));
    for (const auto &[reason, button] : std::as_const(m_reasons)) {
        button->setVisible(offer.reasons.contains(reason));
    }
}

void GateFooter::setChallenge(const QString &challenge)
{
    m_challenge = challenge;
    //: %1 letters to be read out on the telephone.
    m_unlockText->setText(
        tr("Read this to the administrator: %1. Then type the code you are told.").arg(challenge));
    refreshOffers();
}

void GateFooter::refuseCode(const QString &reason, int seconds)
{
    m_unlockText->setText(reason == QLatin1String("typo")
            ? twoSentences(tr("One letter is not right; please check it."), m_challenge)
            : reason == QLatin1String("wait")
            ? tr("That was tried too often. Please wait %n second(s).", nullptr, seconds)
            : twoSentences(tr("This code is not right. It belongs to these letters alone:"), m_challenge));
    m_code->setFocus(Qt::OtherFocusReason);
    m_code->selectAll();
}

void GateFooter::setLeavingOffered(bool offered)
{
    m_leavingOffered = offered;
    refreshOffers();
}

void GateFooter::refreshOffers()
{
    m_openDeferral->setVisible(m_leavingOffered && m_hasDeferral);
    m_openEmergency->setVisible(m_leavingOffered);
    m_openUnlock->setVisible(m_leavingOffered && !m_challenge.isEmpty());
}

void GateFooter::reset()
{
    const QWidget *from = m_lines->currentWidget();
    const bool hadFocus = m_lines->currentWidget()->isAncestorOf(window()->focusWidget());
    m_lines->setCurrentWidget(m_quiet);
    if (hadFocus) {
        (from == m_shutdown          ? m_openShutdown
                : from == m_unlock   ? m_openUnlock
                : from == m_deferral ? m_openDeferral
                                     : m_openEmergency)
            ->setFocus(Qt::OtherFocusReason);
    }
}

void GateFooter::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_lines->currentWidget() != m_quiet) {
        reset();
        return;
    }
    QWidget::keyPressEvent(event);
}

void GateFooter::stepTextScale(int step)
{
    const auto last = std::ptrdiff_t(std::size(textScales)) - 1;
    const auto wanted = std::clamp(nearestTextScale(m_theme.textScale()) + step, std::ptrdiff_t(0), last);
    m_theme.setTextScale(textScales[wanted]);
}

void GateFooter::showTextScale()
{
    m_smaller->setEnabled(m_theme.textScale() > *std::begin(textScales));
    m_larger->setEnabled(m_theme.textScale() < *(std::end(textScales) - 1));
    const QString size = tr("Text size %1 %").arg(std::lround(m_theme.textScale() * 100));
    m_smaller->setAccessibleDescription(size);
    m_larger->setAccessibleDescription(size);
}

} // namespace qingfeng
