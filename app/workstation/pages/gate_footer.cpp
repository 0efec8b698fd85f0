#include "app/workstation/pages/gate_footer.h"

#include "app/widgets/button.h"
#include "app/widgets/text_block.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <QHBoxLayout>
#include <QKeyEvent>
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

} // namespace

GateFooter::GateFooter(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_lines(new QStackedWidget(this))
{
    m_quiet = makeQuiet();
    m_emergency = makeEmergency();
    m_shutdown = makeShutdown();
    m_lines->addWidget(m_quiet);
    m_lines->addWidget(m_emergency);
    m_lines->addWidget(m_shutdown);
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
    m_openEmergency = new Button(m_theme, Button::Kind::Plain, tr("&Emergency entry"), line);
    m_openEmergency->setIconName(QStringLiteral("leave"));
    connect(m_openEmergency, &QAbstractButton::clicked, this, [this] {
        m_lines->setCurrentWidget(m_emergency);
        m_firstReason->setFocus(Qt::OtherFocusReason);
    });
    row->addWidget(m_openEmergency);

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

QWidget *GateFooter::makeEmergency()
{
    auto *line = new QWidget(this);
    QHBoxLayout *row = makeRow(line);
    auto *ask = new TextBlock(
        m_theme, {Type::Small, Ink::Primary}, tr("Why? The reason is recorded for the administrator."), line);
    ask->setAlignment(Qt::AlignVCenter);
    row->addWidget(ask, 1);
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
        if (!m_firstReason) {
            m_firstReason = button;
        }
    }
    auto *back = new Button(m_theme, Button::Kind::Plain, tr("&Back"), line);
    connect(back, &QAbstractButton::clicked, this, &GateFooter::reset);
    row->addWidget(back);
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

void GateFooter::setEmergencyOffered(bool offered)
{
    m_openEmergency->setVisible(offered);
}

void GateFooter::reset()
{
    const bool fromShutdown = m_lines->currentWidget() == m_shutdown;
    const bool hadFocus = m_lines->currentWidget()->isAncestorOf(window()->focusWidget());
    m_lines->setCurrentWidget(m_quiet);
    if (hadFocus) {
        (fromShutdown ? m_openShutdown : m_openEmergency)->setFocus(Qt::OtherFocusReason);
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
