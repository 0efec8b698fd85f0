#include "app/workstation/pages/study_side.h"

#include "app/workstation/pages/row_list.h"

#include "app/widgets/button.h"
#include "app/widgets/chips.h"
#include "app/widgets/icons.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMetaEnum>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

constexpr int longestQuery = 64;

QString wayKey(StudyWay way)
{
    return QString::number(int(way));
}

} // namespace

StudySide::StudySide(Learner &learner, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_model(new ListModel(this))
{
    build();
    refresh();
    connect(m_ways, &Chips::chosenChanged, this, &StudySide::takeWay);
    connect(m_posts, &Chips::chosenChanged, this, [this](const QString &post) {
        m_filter = {};
        m_filter.post = post;
        refresh();
        if (m_search->text().isEmpty()) {
            takeWay();
        }
    });
    connect(m_search, &QLineEdit::textChanged, this, &StudySide::refresh);
    connect(m_list, &RowList::chosen, this, &StudySide::takeChosen);
    connect(m_noteAction, &QAbstractButton::clicked, this, [this] {
        if (!m_search->text().isEmpty()) {
            clearSearch();
            m_search->setFocus(Qt::OtherFocusReason);
        } else {
            choose(StudyWay::RiskPoints, {});
            Q_EMIT filterChosen({});
        }
    });
}

void StudySide::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::xl, space::l, 0);
    column->setSpacing(space::m);
    auto *title = new TextBlock(m_theme, {Type::Heading}, tr("Study"), this);
    title->setContentsMargins(space::m, 0, 0, 0);
    column->addWidget(title);
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Search questions and laws"));
    m_search->setAccessibleName(tr("Search questions, choices, explanations and laws"));
    m_search->setToolTip(QStringLiteral("Ctrl+F"));
    m_search->setMaxLength(longestQuery);
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    column->addWidget(m_search);
    m_ways = new Chips(m_theme, tr("Ways to study"), this);
    column->addWidget(m_ways);
    m_posts = new Chips(m_theme, tr("Posts"), this);
    column->addWidget(m_posts);
    m_note = new TextBlock(m_theme, {Type::Small, Ink::Secondary}, {}, this);
    m_note->setContentsMargins(space::m, 0, space::m, 0);
    column->addWidget(m_note);
    m_noteAction = new Button(m_theme, Button::Kind::Link, {}, this);
    column->addWidget(m_noteAction, 0, Qt::AlignLeft);
    m_list = new RowList(m_theme, RowList::Titles::Wrapped, tr("What to study"), this);
    m_list->setModel(m_model);
    column->addWidget(m_list, 1);
    setFocusProxy(m_list);

    m_ways->setChips({{wayKey(StudyWay::RiskPoints), tr("Risk points")}, {wayKey(StudyWay::Laws), tr("Laws")},
        {wayKey(StudyWay::Themes), tr("Themes")}, {wayKey(StudyWay::WrongBook), tr("Wrong-book")},
        {wayKey(StudyWay::Favourites), tr("Favourites")}, {wayKey(StudyWay::Papers), tr("Papers")}});
}

StudyWay StudySide::way() const
{
    return StudyWay(m_ways->chosen().toInt());
}

void StudySide::choose(StudyWay way, const StudyFilter &filter)
{
    m_filter = filter;
    m_ways->choose(wayKey(way));
    clearSearch();
    refresh();
    m_posts->choose(filter.post);
    setCurrentKey(filter.riskPoint + filter.law + filter.theme);
}

void StudySide::refreshChips()
{
    QList<Chip> posts{{QString(), tr("All")}};
    for (const QString &code : m_learner.identity().posts) {
        posts.append({code, Words::post(m_learner.bank(), code)});
    }
    if (!m_learner.identity().posts.contains(commonPost())) {
        posts.append({commonPost(), tr("Common")});
    }
    m_posts->setChips(posts);
    m_posts->setVisible(way() != StudyWay::Papers || !m_search->text().isEmpty());
}

QList<ListRow> StudySide::rows()
{
    const QString post = m_posts->chosen();
    if (!searchTerms(m_search->text()).isEmpty()) {
        return searchRows(m_learner, m_search->text(), post, m_found);
    }
    switch (way()) {
    case StudyWay::RiskPoints:
        return riskPointRows(m_learner, post);
    case StudyWay::Laws:
        return lawRows(m_learner, post);
    case StudyWay::Themes:
        return themeRows(m_learner, post);
    case StudyWay::WrongBook:
        return wrongRows(m_learner, post);
    case StudyWay::Favourites:
        return favouriteRows(m_learner, post);
    case StudyWay::Papers:
        break;
    }
    return paperRows(m_learner);
}

void StudySide::refresh()
{
    refreshChips();
    const QString current = m_list->currentIndex().data(ListKeyRole).toString();
    const bool chosen = m_list->currentIndex().isValid();
    m_model->setRows(rows());
    if (chosen) {
        setCurrentKey(current);
    }
    showNote();
}

void StudySide::showNote()
{
    const bool searching = !searchTerms(m_search->text()).isEmpty();
    const bool empty = m_model->rows().isEmpty();
    QString note;
    QString action;
    if (searching && empty) {
        note = tr("Nothing among your questions holds these words. A shorter word, or one word less, finds more.");
        action = tr("&Clear the search");
    } else if (searching) {
        note = m_found > searchRowLimit
            ? tr("%1 found; the first %2 are shown. One more word narrows them.").arg(m_found).arg(searchRowLimit)
            : tr("%n question(s) found", nullptr, int(m_found));
    } else if (way() == StudyWay::WrongBook) {
        note = empty ? tr("Questions whose last answer was not right are collected here.")
                     : tr("A question leaves the book when it is answered right on a later day.");
    } else if (way() == StudyWay::Favourites && empty) {
        note = tr("Questions that you mark with the star stand here.");
    } else if (empty) {
        note = tr("There is nothing to study under this choice.");
    }
    if (!searching && empty) {
        action = tr("&Study everything");
    }
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_noteAction->setText(action);
    m_noteAction->setVisible(!action.isEmpty());
}

void StudySide::takeWay()
{
    const QString post = m_posts->chosen();
    m_filter = {};
    m_filter.post = post;
    clearSearch();
    refresh();
    m_list->scrollToTop();
    switch (way()) {
    case StudyWay::WrongBook:
        m_filter.shelf = StudyFilter::Shelf::WrongBook;
        break;
    case StudyWay::Favourites:
        m_filter.shelf = StudyFilter::Shelf::Favourites;
        break;
    case StudyWay::Papers:
        Q_EMIT paperChosen(m_model->rows().value(0).key);
        return;
    default:
        break;
    }
    Q_EMIT filterChosen(m_filter);
}

void StudySide::takeChosen(const QModelIndex &index)
{
    const ListRow row = index.data(ListRowRole).value<ListRow>();
    if (row.isQuestion) {
        Q_EMIT questionChosen(row.key);
        return;
    }
    if (way() == StudyWay::Papers) {
        Q_EMIT paperChosen(row.key);
        return;
    }
    m_filter.riskPoint = way() == StudyWay::RiskPoints ? row.key : QString();
    m_filter.law = way() == StudyWay::Laws ? row.key : QString();
    m_filter.theme = way() == StudyWay::Themes ? row.key : QString();
    Q_EMIT filterChosen(m_filter);
}

void StudySide::setCurrentKey(const QString &key)
{
    m_list->setCurrentRow(m_model->rowOf(key));
}

void StudySide::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void StudySide::clearSearch()
{
    m_search->clear();
}

void StudySide::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
        clearSearch();
        return;
    }
    QWidget::keyPressEvent(event);
}

bool StudySide::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
        if ((enter || key == Qt::Key_Down) && !m_model->rows().isEmpty()) {
            // Down goes to the hits; Enter takes the first.
            m_list->setFocus(Qt::TabFocusReason);
            m_list->setCurrentRow(0);
            if (enter && !m_search->text().isEmpty()) {
                takeChosen(m_model->index(0));
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace qingfeng
