#include "app/workstation/pages/settings_page.h"

#include "app/workstation/pages/sign_in_card.h"

#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/chips.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMetaEnum>
#include <QScreen>
#include <QSysInfo>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

QString keyOf(Theme::Mode mode)
{
    return QString::fromLatin1(QMetaEnum::fromType<Theme::Mode>().valueToKey(int(mode)));
}

QString keyOf(double scale)
{
    return QString::number(std::lround(scale * 100));
}

} // namespace

SettingsPage::SettingsPage(Learner &learner, Theme &theme, QWidget *parent)
    : ScrollPage(size::column, parent)
    , m_learner(learner)
    , m_theme(theme)
{
    setAccessibleName(tr("Settings"));
    scaleWith(m_theme);
    column()->setSpacing(space::l);
    column()->addWidget(new TextBlock(theme, {Type::Heading}, tr("Settings"), content()));
    makePerson();
    makeGate();
    makeAppearance();
    makeSync();
    makeAbout();
    column()->addStretch();
    refresh();
    connect(&m_learner, &Learner::changed, this, &SettingsPage::refresh);
    connect(&m_theme, &Theme::changed, this, &SettingsPage::refresh);
}

Card *SettingsPage::addSection(const QString &title)
{
    auto *card = new Card(Card::Tone::Surface, content());
    card->setAccessibleName(title);
    card->column()->addWidget(new TextBlock(m_theme, {Type::Reading, Ink::Primary, true}, title, card));
    column()->addWidget(card);
    return card;
}

TextBlock *SettingsPage::addLine(Card *card, const QString &label)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::l);
    auto *name = new TextBlock(m_theme, {Type::Body, Ink::Secondary}, label, card);
    const auto fit = [this, name] { name->setFixedWidth(m_theme.scaled(size::partLabel + space::huge)); };
    connect(&m_theme, &Theme::changed, name, fit);
    fit();
    auto *value = new TextBlock(m_theme, {Type::Body}, {}, card);
    row->addWidget(name, 0, Qt::AlignTop);
    row->addWidget(value, 1);
    card->column()->addLayout(row);
    return value;
}

void SettingsPage::makePerson()
{
    Card *card = addSection(tr("Who I am"));
    m_name = addLine(card, tr("Name"));
    m_number = addLine(card, tr("Employee number"));
    m_department = addLine(card, tr("Department"));
    m_posts = addLine(card, tr("Posts"));
    m_method = addLine(card, tr("How it is known"));
    m_other = new Button(m_theme, Button::Kind::Secondary, tr("Sign in as &another person"), card);
    m_other->setIconName(QStringLiteral("person"));
    card->column()->addSpacing(space::xs);
    card->column()->addWidget(m_other, 0, Qt::AlignLeft);
    m_signIn = new SignInCard(m_theme, SignInCard::Place::Settings, card);
    m_signIn->hide();
    auto *signInRow = new QHBoxLayout;
    signInRow->addWidget(m_signIn);
    signInRow->addStretch();
    card->column()->addLayout(signInRow);
    connect(m_other, &QAbstractButton::clicked, this, [this] {
        m_other->hide();
        m_signIn->show();
        m_signIn->focusFirst();
    });
    const auto close = [this] {
        m_signIn->clear();
        m_signIn->hide();
        m_other->show();
        m_other->setFocus(Qt::OtherFocusReason);
    };
    connect(m_signIn, &SignInCard::skipped, this, close);
    connect(m_signIn, &SignInCard::submitted, this, [this, close](const QString &number, const QString &pin) {
        const auto signedIn = m_learner.signIn(number, pin);
        if (signedIn) {
            close();
        } else {
            m_signIn->showError(signedIn.error());
        }
    });
}

void SettingsPage::makeGate()
{
    Card *card = addSection(tr("Questions at the gate"));
    m_when = addLine(card, tr("When"));
    m_days = addLine(card, tr("On which days"));
    m_questionsSet = addLine(card, tr("How many each time"));
    m_questions = new Chips(m_theme, tr("How many each time"), card);
    card->column()->addWidget(m_questions);
    connect(m_questions, &Chips::chosenChanged, this, [this](const QString &key) {
        if (!m_learner.wishQuestions(key.toInt())) {
            refreshGate(); // what holds is shown
        }
    });
}

void SettingsPage::refreshGate()
{
    const EffectivePolicy held = m_learner.policy();
    const auto said = [&held](const QString &text, const char *key) {
        //: %1 what holds.
        return held.isLocked(QLatin1String(key)) ? tr("%1 (set by the office)").arg(text) : text;
    };
    QString when = tr("Once a day, at the first start or unlock");
    if (held.policy.when == AskWhen::TimesADay) {
        when = tr("%n time(s) a day", nullptr, held.policy.timesADay);
    } else if (held.policy.when == AskWhen::EveryStart) {
        when = tr("At every login");
    }
    m_when->setText(said(when, "gate.when"));
    m_days->setText(
        said(held.policy.days == AskDays::WorkingDays ? tr("Working days") : tr("Every day"), "gate.days"));
    m_questionsSet->setText(said(tr("%n question(s)", nullptr, held.policy.questions), "gate.questions"));
    // More than one must is one's own choice; what the office has set is not.
    const bool locked = held.isLocked(QStringLiteral("gate.questions"));
    QList<Chip> chips;
    for (const int number : {1, 2, 3, 5, held.policy.questions}) {
        const QString key = QString::number(number);
        const bool isThere = std::any_of(
            chips.cbegin(), chips.cend(), [&key](const Chip &chip) { return chip.key == key; });
        if (!isThere) {
            chips.append({key, key});
        }
    }
    m_questions->setChips(chips);
    m_questions->choose(QString::number(held.policy.questions));
    m_questions->setEnabled(!locked);
}

void SettingsPage::makeAppearance()
{
    Card *card = addSection(tr("Appearance and language"));
    const auto addChips = [this, card](const QString &label) {
        card->column()->addWidget(new TextBlock(m_theme, {Type::Body, Ink::Secondary}, label, card));
        auto *chips = new Chips(m_theme, label, card);
        card->column()->addWidget(chips);
        return chips;
    };
    m_mode = addChips(tr("Colours"));
    m_mode->setChips({{keyOf(Theme::Mode::FollowSystem), tr("Follow the system")},
        {keyOf(Theme::Mode::Light), tr("Light")}, {keyOf(Theme::Mode::Dark), tr("Dark")},
        {keyOf(Theme::Mode::HighContrast), tr("High contrast")}});
    connect(m_mode, &Chips::chosenChanged, this, [this](const QString &key) {
        m_theme.setMode(
            Theme::Mode(QMetaEnum::fromType<Theme::Mode>().keyToValue(key.toLatin1().constData())));
    });
    m_scale = addChips(tr("Text size"));
    QList<Chip> scales;
    for (const double scale : textScales) {
        scales.append({keyOf(scale), keyOf(scale) + QLatin1Char('%')});
    }
    m_scale->setChips(scales);
    connect(m_scale, &Chips::chosenChanged, this,
        [this](const QString &key) { m_theme.setTextScale(key.toInt() / 100.0); });
    m_language = addChips(tr("Language"));
    m_language->setChips({{QStringLiteral("zh_CN"), QStringLiteral("中文")},
        {QStringLiteral("en"), QStringLiteral("English")}});
    connect(m_language, &Chips::chosenChanged, this, &SettingsPage::languageChosen);
}

void SettingsPage::makeSync()
{
    Card *card = addSection(tr("Records and server"));
    m_server = addLine(card, tr("Server"));
    m_lastSync = addLine(card, tr("Last sync"));
    m_pending = addLine(card, tr("Waiting"));
    m_bank = addLine(card, tr("Question bank"));
}

void SettingsPage::makeAbout()
{
    Card *card = addSection(tr("About"));
    addLine(card, tr("Program"))->setText(tr("Qingfeng %1").arg(QStringLiteral(QF_VERSION)));
    addLine(card, tr("Purpose"))->setText(tr("One question a day about the integrity risks of your post."));
    addLine(card, tr("Licence"))->setText(QStringLiteral("GPL-3.0-or-later"));
    auto *copy = new Button(m_theme, Button::Kind::Secondary, tr("&Copy debug information"), card);
    copy->setIconName(QStringLiteral("copy"));
    auto *copied = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, card);
    copied->setAlignment(Qt::AlignVCenter);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::m);
    row->addWidget(copy);
    row->addWidget(copied, 1);
    card->column()->addSpacing(space::xs);
    card->column()->addLayout(row);
    connect(copy, &QAbstractButton::clicked, this, [this, copied] {
        QApplication::clipboard()->setText(debugInfo());
        copied->setText(tr("Copied. It holds no name and no answer."));
    });
}

void SettingsPage::setSyncState(const SyncState &state)
{
    m_sync = state;
    refresh();
}

void SettingsPage::setLanguage(const QString &language)
{
    m_language->choose(language);
}

void SettingsPage::setDebugInfo(const QString &text)
{
    m_debugInfo = text;
}

void SettingsPage::refresh()
{
    const Identity &identity = m_learner.identity();
    const QString dash = QStringLiteral("—");
    const auto orDash = [&dash](const QString &text) { return text.isEmpty() ? dash : text; };
    m_name->setText(identity.isKnown() ? identity.person.name : tr("Not known on this computer"));
    m_number->setText(identity.isKnown() ? identity.person.number : dash);
    m_department->setText(orDash(m_learner.departmentPath()));
    QStringList posts;
    for (const QString &code : identity.posts) {
        posts.append(Words::post(m_learner.bank(), code));
    }
    m_posts->setText(posts.isEmpty() ? Words::post(m_learner.bank(), commonPost())
                                     : posts.join(tr(", ", "between names of posts")));
    switch (identity.method) {
    case IdentityMethod::Account:
        m_method->setText(tr("By the account of this computer"));
        break;
    case IdentityMethod::SignIn:
        m_method->setText(tr("By sign-in on this computer"));
        break;
    case IdentityMethod::GecosNumber:
        m_method->setText(tr("By the employee number of the account"));
        break;
    case IdentityMethod::GecosName:
        m_method->setText(tr("By the full name of the account"));
        break;
    case IdentityMethod::Unknown:
        m_method->setText(tr("Nobody is named for this account; questions of the common post are asked"));
        break;
    }
    m_other->setText(identity.isKnown() ? tr("Sign in as &another person") : tr("Sign &in"));

    refreshGate();
    m_mode->choose(keyOf(m_theme.mode()));
    m_scale->choose(keyOf(m_theme.textScale()));
    m_server->setText(
        m_sync.server.isEmpty() ? tr("None set up; records stay on this computer") : m_sync.server);
    const QString last
        = m_sync.lastSyncMs > 0 ? Words::moment(m_sync.lastSyncMs, m_sync.utcOffsetSeconds) : tr("Never");
    m_lastSync->setText(m_sync.problem.isEmpty() ? last : last + QLatin1Char('\n') + m_sync.problem);
    const int pending = int(m_learner.pendingCount());
    m_pending->setText(pending > 0 ? tr("%n record(s) to be sent", nullptr, pending) : tr("Nothing"));
    const QuestionBank &bank = m_learner.bank();
    //: %1 revision of the bank.
    m_bank->setText(
        tr("Revision %1, %n question(s)", nullptr, int(bank.questions().size())).arg(bank.revision));
}

QString SettingsPage::debugInfo() const
{
    QStringList lines;
    if (!m_debugInfo.isEmpty()) {
        lines.append(m_debugInfo);
    }
    lines.append(QStringLiteral("qingfeng " QF_VERSION ", Qt ") + QString::fromLatin1(qVersion()));
    lines.append(QSysInfo::prettyProductName() + QStringLiteral(", ") + QSysInfo::currentCpuArchitecture()
        + QStringLiteral(", ") + QGuiApplication::platformName());
    for (const QScreen *screen : QGuiApplication::screens()) {
        const QSize pixels = screen->size();
        lines.append(QStringLiteral("screen %1x%2 @%3")
                         .arg(pixels.width())
                         .arg(pixels.height())
                         .arg(screen->devicePixelRatio()));
    }
    lines.append(QStringLiteral("bank revision %1, pending %2, identity by %3")
                     .arg(m_learner.bank().revision)
                     .arg(m_learner.pendingCount())
                     .arg(nameOf(m_learner.identity().method)));
    lines.append(
        QStringLiteral("appearance %1, text %2 %").arg(keyOf(m_theme.mode()), keyOf(m_theme.textScale())));
    return lines.join(QLatin1Char('\n'));
}

} // namespace qingfeng
