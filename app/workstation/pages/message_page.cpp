#include "app/workstation/pages/message_page.h"

#include "app/workstation/pages/list_model.h"
#include "app/workstation/pages/message_words.h"
#include "app/workstation/pages/row_list.h"
#include "app/workstation/pages/two_pane.h"

#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/notice.h"
#include "app/widgets/scroll_page.h"
#include "app/widgets/text_block.h"

#include "quiz/store/feedback_records.h"

#include <algorithm>

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

constexpr int writtenLines = 4;

ListRow rowFor(const FeedbackThread &thread)
{
    ListRow row;
    row.key = thread.first().thread;
    row.title = thread.first().text.simplified();
    const QString state = MessageWords::of(thread.state());
    row.line = thread.unseen > 0 ? MessagePage::tr("New answer · %1").arg(state) : state;
    row.icon = thread.unseen > 0 ? QStringLiteral("notice") : QStringLiteral("message");
    row.ink = thread.unseen > 0 ? Ink::Accent : Ink::Secondary;
    return row;
}

} // namespace

MessagePage::MessagePage(Learner &learner, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_model(new ListModel(this))
{
    setAccessibleName(tr("Questions and opinions"));
    m_panes = new TwoPane(theme, makeSide(), makeDesk(), this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::l, 0, 0);
    column->addWidget(m_panes);
    connect(m_list, &RowList::chosen, this, [this](const QModelIndex &index) {
        open(index.data(ListKeyRole).toString());
        m_panes->showDesk();
    });
    connect(m_new, &QAbstractButton::clicked, this, &MessagePage::begin);
    connect(m_back, &QAbstractButton::clicked, this, [this] {
        m_panes->showSide();
        m_list->setFocus(Qt::OtherFocusReason);
    });
    connect(m_panes, &TwoPane::narrowChanged, m_back, &QWidget::setVisible);
    connect(m_send, &QAbstractButton::clicked, this, &MessagePage::send);
    connect(m_close, &QAbstractButton::clicked, this, &MessagePage::changeClosed);
    connect(&m_learner, &Learner::messagesChanged, this, [this] {
        if (isVisible()) {
            refresh();
        }
    });
    m_panes->showSide();
    open({});
}

QWidget *MessagePage::makeSide()
{
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(space::l, space::s, space::l, 0);
    column->setSpacing(space::m);
    m_new = new Button(m_theme, Button::Kind::Secondary, tr("&Write to the administrator"), side);
    m_new->setIconName(QStringLiteral("message"));
    m_count = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, side);
    m_count->setContentsMargins(space::m, 0, 0, 0);
    m_list = new RowList(m_theme, RowList::Titles::Wrapped, tr("What you wrote, the last changed first"), side);
    m_list->setModel(m_model);
    column->addWidget(m_new);
    column->addWidget(m_count);
    column->addWidget(m_list, 1);
    return side;
}

QWidget *MessagePage::makeDesk()
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
    m_page->setAccessibleName(tr("The opened thread"));
    m_page->column()->addStretch();
    column->addWidget(m_page, 1);

    auto *foot = new QWidget(desk);
    auto *writing = new QVBoxLayout(foot);
    writing->setContentsMargins(0, space::m, 0, 0);
    writing->setSpacing(space::s);
    m_notice = new Notice(m_theme, foot);
    writing->addWidget(m_notice);
    m_text = new QPlainTextEdit(foot);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Your message"));
    writing->addWidget(m_text);
    m_recipients = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, foot);
    writing->addWidget(m_recipients);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::m);
    m_close = new Button(m_theme, Button::Kind::Plain, {}, foot);
    m_send = new Button(m_theme, Button::Kind::Primary, tr("&Send"), foot);
    row->addWidget(m_close);
    row->addStretch();
    row->addWidget(m_send);
    writing->addLayout(row);
    auto *across = new QHBoxLayout;
    across->setContentsMargins(space::xl, 0, space::xl, 0);
    across->addStretch(1);
    across->addWidget(foot, 100);
    across->addStretch(1);
    column->addLayout(across);
    const auto fit = [this, foot] {
        foot->setMaximumWidth(m_theme.scaled(size::column));
        const int line = m_theme.scaled(int(int(Type::Body) * readingLineHeight));
        m_text->setMinimumHeight(2 * line + 2 * space::s);
        m_text->setMaximumHeight(writtenLines * line + 2 * space::s);
    };
    connect(&m_theme, &Theme::changed, m_text, fit);
    fit();
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        const qsizetype length = m_text->toPlainText().trimmed().size();
        m_send->setEnabled(length > 0 && length <= FeedbackEntry::maxText);
    });
    return desk;
}

void MessagePage::showEvent(QShowEvent *event)
{
    refresh();
    QWidget::showEvent(event);
}

void MessagePage::refresh()
{
    const QList<FeedbackThread> threads = m_learner.threads();
    QList<ListRow> rows;
    for (const FeedbackThread &thread : threads) {
        rows.append(rowFor(thread));
    }
    m_model->setRows(rows);
    m_count->setText(rows.isEmpty()
            ? tr("Nothing written yet. A doubt about a question is best written below the question itself.")
            : tr("%n thread(s)", nullptr, int(rows.size())));
    open(m_opened);
    m_list->setCurrentRow(m_model->rowOf(m_opened));
}

void MessagePage::showThread(const QString &thread)
{
    const QList<FeedbackThread> threads = m_learner.threads();
    QString chosen = thread;
    for (const FeedbackThread &each : threads) {
        if (chosen.isEmpty() && each.unseen > 0) {
            chosen = each.first().thread;
        }
    }
    if (chosen.isEmpty() && !threads.isEmpty()) {
        chosen = threads.first().first().thread;
    }
    open(chosen);
    refresh();
    if (!m_opened.isEmpty()) {
        m_panes->showDesk();
    }
}

void MessagePage::begin()
{
    open({});
    m_list->setCurrentRow(-1);
    m_panes->showDesk();
    m_text->setFocus(Qt::OtherFocusReason);
}

void MessagePage::open(const QString &thread)
{
    if (thread != m_opened) {
        m_drafts.insert(m_opened, m_text->toPlainText());
        m_text->setPlainText(m_drafts.take(thread));
        m_notice->clear();
    }
    delete m_entries;
    m_entries = new QWidget(m_page->content());
    auto *column = new QVBoxLayout(m_entries);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    m_page->column()->insertWidget(0, m_entries);
    const QList<FeedbackThread> threads = m_learner.threads();
    const auto found = std::find_if(threads.cbegin(), threads.cend(),
        [&thread](const FeedbackThread &each) { return each.first().thread == thread; });
    m_opened = found == threads.cend() ? QString() : thread;
    m_closed = !m_opened.isEmpty() && found->state() == FeedbackState::Closed;
    if (m_opened.isEmpty()) {
        column->addWidget(new TextBlock(m_theme, {Type::Heading}, tr("Write to the administrator"), m_entries));
        column->addWidget(new TextBlock(m_theme, readingStyle(Type::Body, Ink::Secondary),
            tr("A question, an opinion, something that should be put right: point to point, and answered here."),
            m_entries));
    } else {
        column->addWidget(new TextBlock(
            m_theme, {Type::Small, Ink::Secondary, true}, MessageWords::of(found->state()), m_entries));
        if (const QuestionVersion *question
            = m_learner.question(found->first().question, found->first().version)) {
            column->addWidget(new TextBlock(m_theme, readingStyle(Type::Reading), question->stem, m_entries));
        }
        for (const FeedbackEntry &entry : found->entries) {
            addEntry(entry);
        }
        if (found->unseen > 0 && isVisible()) {
            m_learner.markSeen(m_opened);
        }
    }
    m_text->setPlaceholderText(
        m_opened.isEmpty() ? tr("What is it about? A sentence is enough.") : tr("Write on in this thread"));
    m_recipients->setText(MessageWords::recipients(m_learner.recipients()));
    m_close->setVisible(!m_opened.isEmpty());
    m_close->setText(m_closed ? tr("&Open it again") : tr("It is &settled"));
    m_send->setEnabled(!m_text->toPlainText().trimmed().isEmpty());
    QTimer::singleShot(0, m_page, [page = m_page] {
        page->verticalScrollBar()->setValue(page->verticalScrollBar()->maximum()); // the newest
    });
}

void MessagePage::addEntry(const FeedbackEntry &entry)
{
    auto *column = static_cast<QVBoxLayout *>(m_entries->layout());
    if (entry.kind == FeedbackKind::Read) {
        return; // its state says so
    }
    if (entry.kind != FeedbackKind::Message) {
        column->addWidget(new TextBlock(m_theme, {Type::Small, Ink::Secondary},
            //: %1 who did it and when.
            (entry.kind == FeedbackKind::Closed ? tr("Settled by %1") : tr("Opened again by %1"))
                .arg(MessageWords::whoAndWhen(entry)),
            m_entries));
        return;
    }
    auto *card = new Card(entry.fromDesk ? Card::Tone::Surface : Card::Tone::Quiet, m_entries);
    card->column()->setSpacing(space::xs);
    card->column()->addWidget(new TextBlock(
        m_theme, {Type::Small, entry.fromDesk ? Ink::Accent : Ink::Secondary}, MessageWords::whoAndWhen(entry), card));
    card->column()->addWidget(new TextBlock(m_theme, readingStyle(), entry.text, card));
    card->setAccessibleName(MessageWords::whoAndWhen(entry));
    column->addWidget(card);
}

void MessagePage::send()
{
    const bool isNew = m_opened.isEmpty();
    const QString text = m_text->toPlainText();
    const auto kept = m_learner.writeMessage(m_opened, text);
    if (!kept) {
        m_notice->warn(errorText(Doing::Noting, kept.error())); // the text stays to be tried once more
        return;
    }
    m_text->clear();
    if (isNew) {
        const QList<FeedbackThread> threads = m_learner.threads();
        open(threads.isEmpty() ? QString() : threads.first().first().thread);
    }
    refresh();
    m_notice->inform(tr("Written down; it is sent by itself as soon as the server can be reached."));
    m_text->setFocus(Qt::OtherFocusReason);
}

void MessagePage::changeClosed()
{
    const auto kept = m_learner.setThreadClosed(m_opened, !m_closed);
    if (!kept) {
        m_notice->warn(errorText(Doing::Noting, kept.error()));
        return;
    }
    refresh();
}

} // namespace qingfeng
