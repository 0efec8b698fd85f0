#include "app/workstation/pages/theme_page.h"

#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/text_block.h"

#include <QVBoxLayout>

namespace qingfeng {

ThemePage::ThemePage(Learner &learner, const Theme &theme, QWidget *parent)
    : ScrollPage(size::column, parent)
    , m_learner(learner)
    , m_theme(theme)
{
    setAccessibleName(tr("Themes"));
    refresh();
    connect(&m_learner, &Learner::changed, this, &ThemePage::refresh);
}

void ThemePage::showTheme(const QString &id)
{
    m_shown = id;
    refresh();
}

void ThemePage::refresh()
{
    if (m_body) {
        m_body->hide();
        m_body->deleteLater();
    }
    const CultureTheme *asked = m_learner.bank().theme(m_shown);
    const CultureTheme *culture = asked ? asked : m_learner.theme();
    if (!culture) {
        m_body = new EmptyState(m_theme, QStringLiteral("theme"), tr("No theme these days"),
            tr("Before festivals and on other occasions there is something short to read here, with "
               "questions that "
               "belong to it."),
            {}, content());
        column()->addWidget(m_body, 1);
        return;
    }
    m_body = new QWidget(content());
    auto *page = new QVBoxLayout(m_body);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(space::l);
    fill(page, *culture);
    column()->addWidget(m_body);
}

void ThemePage::fill(QVBoxLayout *page, const CultureTheme &culture)
{
    page->addWidget(new TextBlock(m_theme, {Type::Title}, culture.title, m_body));
    page->addWidget(
        new TextBlock(m_theme, readingStyle(Type::Body, Ink::Secondary), culture.purpose, m_body));
    addText(page, culture.text);
    if (const Story *story = m_learner.bank().story(culture.story)) {
        auto *card = new Card(Card::Tone::Surface, m_body);
        card->setAccessibleName(story->title);
        card->column()->addWidget(
            new TextBlock(m_theme, {Type::Reading, Ink::Primary, true}, story->title, card));
        //: %1 a person of history, %2 the book it is told in.
        card->column()->addWidget(new TextBlock(
            m_theme, {Type::Small, Ink::Secondary}, tr("%1 · %2").arg(story->who, story->source), card));
        addText(card->column(), story->text);
        card->column()->addWidget(
            new TextBlock(m_theme, readingStyle(Type::Body, Ink::Accent), story->moral, card));
        page->addWidget(card);
    }
    QStringList citations;
    for (const QString &article : culture.articles) {
        citations.append(m_learner.bank().citation(article));
    }
    if (!citations.isEmpty()) {
        page->addWidget(new TextBlock(m_theme, readingStyle(Type::Small, Ink::Secondary),
            citations.join(QStringLiteral(" · ")), m_body));
    }
    auto *study = new Button(m_theme, Button::Kind::Primary, tr("&Study its questions"), m_body);
    connect(study, &QAbstractButton::clicked, this, [this, id = culture.id] {
        StudyFilter filter;
        filter.theme = id;
        Q_EMIT studyRequested(filter);
    });
    page->addWidget(study, 0, Qt::AlignLeft);
    page->addStretch();
}

void ThemePage::addText(QVBoxLayout *page, const QString &text)
{
    for (const QString &paragraph : text.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts)) {
        page->addWidget(new TextBlock(m_theme, readingStyle(Type::Reading), paragraph.trimmed(), m_body));
    }
}

} // namespace qingfeng
