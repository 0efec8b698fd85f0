#include "app/workstation/pages/sign_in_card.h"

#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/notice.h"
#include "app/widgets/text_block.h"

#include <algorithm>

#include <QLineEdit>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

QLineEdit *addField(const Theme &theme, Card &card, const QString &label)
{
    auto *name = new TextBlock(theme, {Type::Small, Ink::Secondary}, label, &card);
    auto *field = new QLineEdit(&card);
    field->setAccessibleName(label);
    card.column()->addWidget(name);
    card.column()->addSpacing(space::xs);
    card.column()->addWidget(field);
    card.column()->addSpacing(space::m);
    return field;
}

} // namespace

SignInCard::SignInCard(const Theme &theme, Place place, QWidget *parent)
    : QWidget(parent)
    , m_notice(new Notice(theme))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    const auto fit = [this, &theme] {
        setFixedWidth(std::min(theme.scaled(size::card), size::column - space::huge));
    };
    connect(&theme, &Theme::changed, this, fit);
    fit();
    auto *card = new Card(Card::Tone::Surface, this);
    card->column()->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    card->column()->setSpacing(0);
    outer->addWidget(card);

    card->column()->addWidget(new TextBlock(theme, {Type::Heading}, tr("Who is learning?"), card));
    card->column()->addSpacing(space::s);
    card->column()->addWidget(new TextBlock(theme, readingStyle(Type::Small, Ink::Secondary),
        tr("This account is not on the roster yet. Sign in once and this computer knows your post."), card));
    card->column()->addSpacing(space::l);
    m_number = addField(theme, *card, tr("Employee number"));
    m_pin = addField(theme, *card, tr("PIN"));
    m_pin->setEchoMode(QLineEdit::Password);
    m_pin->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
    card->column()->addWidget(m_notice);
    card->column()->addSpacing(space::s);

    auto *signIn = new Button(theme, Button::Kind::Primary, tr("Sign &in"), card);
    auto *skip = new Button(theme, Button::Kind::Link,
        place == Place::Gate ? tr("&Not now, answer for the common post") : tr("&Cancel"), card);
    signIn->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    card->column()->addWidget(signIn);
    card->column()->addSpacing(space::xs);
    card->column()->addWidget(skip, 0, Qt::AlignHCenter);

    connect(m_number, &QLineEdit::returnPressed, this, [this] {
        if (m_pin->text().isEmpty()) {
            m_pin->setFocus(Qt::TabFocusReason);
        } else {
            submit();
        }
    });
    connect(m_pin, &QLineEdit::returnPressed, this, &SignInCard::submit);
    connect(signIn, &QAbstractButton::clicked, this, &SignInCard::submit);
    connect(skip, &QAbstractButton::clicked, this, &SignInCard::skipped);
}

void SignInCard::showError(const Error &error)
{
    m_notice->warn(errorText(Doing::SigningIn, error));
    QLineEdit *wrong = error.code() == ErrorCode::NotFound ? m_number : m_pin;
    wrong->setFocus(Qt::OtherFocusReason);
    wrong->selectAll();
}

void SignInCard::clear()
{
    m_number->clear();
    m_pin->clear();
    m_notice->clear();
}

void SignInCard::focusFirst()
{
    m_number->setFocus(Qt::OtherFocusReason);
}

void SignInCard::submit()
{
    const QString number = m_number->text().trimmed();
    if (number.isEmpty() || m_pin->text().isEmpty()) {
        m_notice->inform(tr("Enter employee number and PIN."));
        (number.isEmpty() ? m_number : m_pin)->setFocus(Qt::OtherFocusReason);
        return;
    }
    Q_EMIT submitted(number, m_pin->text());
}

} // namespace qingfeng
