#include "app/widgets/explanation_view.h"

#include "app/widgets/card.h"
#include "app/widgets/icon_view.h"
#include "app/widgets/text_block.h"

#include "question_bank/model/question_bank.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace qingfeng {

ExplanationView::ExplanationView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::m);
}

void ExplanationView::setQuestion(const QuestionVersion &question, const QuestionBank &bank)
{
    while (QLayoutItem *item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    addPart(tr("The act"), question.explanation.act());
    addPart(tr("Why not"), question.explanation.why());
    addPart(tr("Consequence"), question.explanation.consequence());
    addPart(tr("Instead"), question.explanation.instead());
    addArticles(question, bank);
}

void ExplanationView::addPart(const QString &label, const QString &text)
{
    if (text.isEmpty()) {
        return;
    }
    auto *part = new QWidget(this);
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::l);
    auto *name = new TextBlock(m_theme, readingStyle(Type::Body, Ink::Accent), label, part);
    name->setFixedWidth(m_theme.scaled(size::partLabel));
    connect(&m_theme, &Theme::changed, name,
        [name, &theme = m_theme] { name->setFixedWidth(theme.scaled(size::partLabel)); });
    row->addWidget(name, 0, Qt::AlignTop);
    row->addWidget(new TextBlock(m_theme, readingStyle(), text, part), 1);
    m_column->addWidget(part);
}

void ExplanationView::addArticles(const QuestionVersion &question, const QuestionBank &bank)
{
    if (question.articles.isEmpty()) {
        return;
    }
    auto *card = new Card(Card::Tone::Surface, this);
    card->column()->setSpacing(space::s);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s);
    head->addWidget(new IconView(m_theme, QStringLiteral("law"), Ink::Accent, size::icon, card));
    head->addWidget(new TextBlock(m_theme, {Type::Small, Ink::Secondary}, tr("Legal basis"), card), 1);
    card->column()->addLayout(head);
    for (const QString &id : question.articles) {
        card->column()->addWidget(new TextBlock(m_theme, readingStyle(), bank.citation(id), card));
        const LegalArticle *article = bank.article(id);
        if (article && !article->summary.isEmpty()) {
            card->column()->addWidget(
                new TextBlock(m_theme, readingStyle(Type::Small, Ink::Secondary), article->summary, card));
        }
    }
    card->setAccessibleName(tr("Legal basis"));
    m_column->addSpacing(space::xs);
    m_column->addWidget(card);
}

} // namespace qingfeng
