#include "app/workstation/pages/question_tools.h"

#include "app/workstation/pages/message_words.h"

#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/notice.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace qingfeng {

QuestionTools::QuestionTools(Learner &learner, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    m_notice = new Notice(m_theme, this);
    column->addWidget(m_notice);
    column->addWidget(makePanel());
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    m_star = new Button(m_theme, Button::Kind::Plain, {}, this);
    m_star->setCheckable(true);
    m_star->setToolTip(QStringLiteral("Ctrl+D"));
    m_doubt = new Button(m_theme, Button::Kind::Plain, tr("I have a doubt"), this);
    m_doubt->setIconName(QStringLiteral("message"));
    m_doubt->setToolTip(QStringLiteral("Ctrl+R"));
    row->addWidget(m_star);
    row->addWidget(m_doubt);
    row->addStretch();
    column->addLayout(row);
    m_notice->clear();
    connect(m_star, &QAbstractButton::clicked, this, &QuestionTools::toggleFavourite);
    connect(m_doubt, &QAbstractButton::clicked, this, &QuestionTools::openDoubt);
    connect(&m_learner, &Learner::favouritesChanged, this, &QuestionTools::showFavourite);
}

QWidget *QuestionTools::makePanel()
{
    m_panel = new Card(Card::Tone::Surface, this);
    m_panel->setAccessibleName(tr("A doubt about this question"));
    QVBoxLayout *column = m_panel->column();
    column->setSpacing(space::s);
    column->addWidget(
        new TextBlock(m_theme, {Type::Body, Ink::Primary, true}, tr("A doubt about this question"), m_panel));
    m_earlier = new TextBlock(m_theme, readingStyle(Type::Small, Ink::Secondary), {}, m_panel);
    column->addWidget(m_earlier);
    m_text = new QPlainTextEdit(m_panel);
    m_text->setTabChangesFocus(true);
    m_text->setPlaceholderText(tr("What seems wrong or unclear? A sentence is enough."));
    m_text->setAccessibleName(tr("Your doubt"));
    column->addWidget(m_text);
    m_carries = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, m_panel);
    column->addWidget(m_carries);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::m);
    row->addStretch();
    auto *cancel = new Button(m_theme, Button::Kind::Secondary, tr("Not now"), m_panel);
    m_keep = new Button(m_theme, Button::Kind::Primary, tr("Write it down"), m_panel);
    row->addWidget(cancel);
    row->addWidget(m_keep);
    column->addLayout(row);
    m_panel->hide();
    const auto fit = [this] {
        constexpr int lines = 3;
        setMaximumWidth(m_theme.scaled(size::column) + 2 * space::s);
        const int line = m_theme.scaled(int(int(Type::Body) * readingLineHeight));
        m_text->setMinimumHeight(line + 2 * space::s); // where there is little room one line must do
        m_text->setMaximumHeight(lines * line + 2 * space::s);
    };
    connect(&m_theme, &Theme::changed, m_text, fit);
    fit();
    connect(cancel, &QAbstractButton::clicked, this, &QuestionTools::closeDoubt);
    connect(m_keep, &QAbstractButton::clicked, this, &QuestionTools::keepDoubt);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        const qsizetype length = m_text->toPlainText().trimmed().size();
        m_keep->setEnabled(length > 0 && length <= FeedbackEntry::maxText);
    });
    return m_panel;
}

void QuestionTools::setQuestion(const QuestionVersion &question, const std::optional<Attempt> &answer)
{
    const bool other = question.id != m_question.id || question.version != m_question.version;
    m_question = question;
    m_answer = answer;
    if (other) {
        m_panel->hide();
        m_text->clear();
        m_notice->clear();
    }
    showFavourite();
    showDoubts();
}

void QuestionTools::showFavourite()
{
    const bool marked = m_learner.favourites().contains(m_question.id);
    m_star->setChecked(marked);
    m_star->setIconName(marked ? QStringLiteral("star-filled") : QStringLiteral("star"));
    m_star->setText(marked ? tr("Favourite") : tr("Add to favourites"));
    m_star->setAccessibleName(marked ? tr("Favourite; press to take it out") : tr("Add to favourites"));
}

void QuestionTools::toggleFavourite()
{
    const bool marked = m_learner.favourites().contains(m_question.id);
    const auto kept = m_learner.setFavourite(m_question.id, !marked);
    if (!kept) {
        showFavourite();
        m_notice->warn(errorText(Doing::Noting, kept.error()));
    }
}

void QuestionTools::showDoubts()
{
    QStringList lines;
    for (const FeedbackThread &thread : m_learner.threads(m_question.id)) {
        for (const FeedbackEntry &entry : thread.entries) {
            if (entry.kind == FeedbackKind::Message) {
                lines.append(messageLine(entry, thread.state()));
            }
        }
    }
    constexpr int shown = 2;
    m_earlier->setText(lines.mid(0, shown).join(QLatin1Char('\n')));
    m_earlier->setVisible(!lines.isEmpty());
    const QString carried = m_answer ? tr("With your words go the question, its version and your own answer.")
                                     : tr("With your words go the question and its version.");
    //: %1, %2 two sentences: what goes with the words, and to whom.
    m_carries->setText(tr("%1 %2", "two sentences").arg(carried, MessageWords::recipients(m_learner.recipients())));
}

void QuestionTools::openDoubt()
{
    showDoubts();
    m_notice->clear();
    m_keep->setEnabled(!m_text->toPlainText().trimmed().isEmpty());
    m_panel->show();
    Q_EMIT opened();
    m_text->setFocus(Qt::OtherFocusReason);
}

void QuestionTools::closeDoubt()
{
    m_panel->hide();
    Q_EMIT done();
}

void QuestionTools::keepDoubt()
{
    const auto kept = m_learner.reportDoubt(m_question, m_answer, m_text->toPlainText());
    if (!kept) {
        m_notice->warn(errorText(Doing::Noting, kept.error())); // the text stays to be tried once more
        return;
    }
    m_text->clear();
    m_panel->hide();
    showDoubts();
    m_notice->inform(tr("Written down; it is sent by itself as soon as the server can be reached."));
    Q_EMIT done();
}

void QuestionTools::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_panel->isVisible()) {
        closeDoubt();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace qingfeng
