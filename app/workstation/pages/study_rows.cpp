#include "app/workstation/pages/study_rows.h"

#include "app/workstation/core/papers.h"

#include "app/widgets/words.h"

#include "quiz/study/wrong_book.h"

#include "question_bank/base/clock.h"

#include <algorithm>

namespace qingfeng {
namespace {

constexpr qsizetype titleLength = 40;
constexpr qsizetype excerptLength = 24;

class Rows
{
    Q_DECLARE_TR_FUNCTIONS(qingfeng::StudyRows)

public:
    static QString figures(int seen, int questions)
    {
        return tr("%1 of %n question(s)", nullptr, questions).arg(seen);
    }

    static QString fieldName(SearchField field)
    {
        switch (field) {
        case SearchField::Stem:
            return tr("in the question");
        case SearchField::Choices:
            return tr("in the choices");
        case SearchField::Topic:
            return tr("in the risk point or post");
        case SearchField::Law:
            return tr("in the law");
        case SearchField::Explanation:
            break;
        }
        return tr("in the explanation");
    }
};

double shareOf(int seen, int questions)
{
    return questions > 0 ? double(seen) / questions : 0.0;
}

ListRow everything(const QString &title, const QList<ListRow> &rows, int seen, int questions)
{
    ListRow all;
    all.title = title;
    all.line = rows.isEmpty() ? QString() : Rows::figures(seen, questions);
    all.share = shareOf(seen, questions);
    return all;
}

/** Groups the scope by what a question belongs to; one row a group, with what was asked of it. */
struct Group
{
    int questions = 0;
    int seen = 0;
};

template <typename KeysOf>
QMap<QString, Group> grouped(const Learner &learner, const QString &post, const KeysOf &keysOf)
{
    const LearnerRecord record = learner.record();
    StudyFilter filter;
    filter.post = post;
    QMap<QString, Group> groups;
    for (const QuestionVersion *question : learner.scope()) {
        if (!learner.fits(*question, filter)) {
            continue;
        }
        const auto history = record.questions.constFind(question->id);
        const bool seen = history != record.questions.constEnd() && history->asked > 0;
        for (const QString &key : keysOf(*question)) {
            ++groups[key].questions;
            groups[key].seen += seen ? 1 : 0;
        }
    }
    return groups;
}

ListRow questionRow(const QuestionVersion &question, const QString &line)
{
    ListRow row;
    row.key = question.id;
    row.isQuestion = true;
    row.title = excerptOf(question.stem, {}, titleLength).text;
    row.line = line;
    return row;
}

/** A row for all of a shelf before its questions, when there are any. */
QList<ListRow> underAll(const QList<ListRow> &rows, const QString &line)
{
    ListRow all;
    all.title = Rows::tr("One after another");
    all.line = line;
    return rows.isEmpty() ? rows : QList<ListRow>{all} + rows;
}

/** The versions of the scope by question id, those of a post only unless it is empty. */
QHash<QString, const QuestionVersion *> scopeById(const Learner &learner, const QString &post)
{
    StudyFilter filter;
    filter.post = post;
    QHash<QString, const QuestionVersion *> byId;
    for (const QuestionVersion *question : learner.scope()) {
        if (learner.fits(*question, filter)) {
            byId.insert(question->id, question);
        }
    }
    return byId;
}

} // namespace

QList<ListRow> riskPointRows(const Learner &learner, const QString &post)
{
    QList<ListRow> rows;
    int seen = 0;
    int questions = 0;
    for (const RiskPointSummary &point : learner.archive().riskPoints) {
        if (!post.isEmpty() && point.post != post) {
            continue;
        }
        seen += point.seen;
        questions += point.questions;
        ListRow row;
        row.key = point.riskPoint;
        row.title = point.name;
        row.grade = point.grade;
        row.line = Rows::figures(point.seen, point.questions);
        if (point.answered > 0) {
            row.line = Rows::tr("%1 · %2 right").arg(row.line, Words::percent(point.rightRate()));
        }
        row.share = shareOf(point.seen, point.questions);
        rows.append(row);
    }
    rows.prepend(everything(Rows::tr("All risk points"), rows, seen, questions));
    return rows;
}

QList<ListRow> lawRows(const Learner &learner, const QString &post)
{
    const QuestionBank &bank = learner.bank();
    const auto groups = grouped(learner, post, [&bank](const QuestionVersion &question) {
        QSet<QString> laws;
        for (const QString &id : question.articles) {
            const LegalArticle *article = bank.article(id);
            if (article) {
                laws.insert(article->law);
            }
        }
        return laws;
    });
    QList<ListRow> rows;
    for (auto group = groups.constBegin(); group != groups.constEnd(); ++group) {
        const Law *law = bank.law(group.key());
        ListRow row;
        row.key = group.key();
        row.title = law ? law->title : group.key();
        row.icon = QStringLiteral("law");
        row.line = Rows::figures(group->seen, group->questions);
        row.share = shareOf(group->seen, group->questions);
        rows.append(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [&groups](const ListRow &a, const ListRow &b) {
        return groups.value(a.key).questions > groups.value(b.key).questions;
    });
    return rows;
}

QList<ListRow> themeRows(const Learner &learner, const QString &post)
{
    const QuestionBank &bank = learner.bank();
    QMultiHash<QString, QString> byRiskPoint;
    QMultiHash<QString, QString> byQuestion;
    for (const CultureTheme &theme : bank.themes()) {
        for (const QString &point : theme.riskPoints) {
            byRiskPoint.insert(point, theme.id);
        }
        for (const QString &question : theme.questions) {
            byQuestion.insert(question, theme.id);
        }
    }
    const auto groups = grouped(learner, post, [&](const QuestionVersion &question) {
        QSet<QString> themes;
        for (const QString &point : question.riskPoints) {
            for (auto it = byRiskPoint.constFind(point); it != byRiskPoint.cend() && it.key() == point; ++it) {
                themes.insert(*it);
            }
        }
        for (auto it = byQuestion.constFind(question.id);
             it != byQuestion.cend() && it.key() == question.id; ++it) {
            themes.insert(*it);
        }
        return themes;
    });
    QList<ListRow> running;
    QList<ListRow> others;
    for (const CultureTheme &theme : bank.themes()) {
        const Group group = groups.value(theme.id);
        if (group.questions == 0) {
            continue;
        }
        const bool on = isOn(theme.window, learner.today(), bank.festivals());
        ListRow row;
        row.key = theme.id;
        row.title = theme.title;
        row.icon = QStringLiteral("theme");
        row.ink = on ? Ink::Accent : Ink::Secondary;
        row.line = Rows::figures(group.seen, group.questions);
        if (on) {
            row.line = Rows::tr("on now · %1").arg(row.line);
        }
        row.share = shareOf(group.seen, group.questions);
        (on ? running : others).append(row);
    }
    return running + others;
}

QList<ListRow> wrongRows(const Learner &learner, const QString &post)
{
    const auto byId = scopeById(learner, post);
    QList<ListRow> rows;
    for (const WrongEntry &entry : learner.wrongBook()) {
        const QuestionVersion *question = byId.value(entry.question);
        if (!question) {
            continue;
        }
        //: %1 a date; a question in the wrong-book.
        QString line = Rows::tr("%1, missed %n time(s)", nullptr, entry.timesWrong)
                           .arg(dateOfStudyDay(entry.lastWrongDay).toString(QStringLiteral("MM-dd")));
        if (entry.rightSinceSameDay) {
            line = Rows::tr("%1 · right since, once more on another day").arg(line);
        }
        rows.append(questionRow(*question, line));
    }
    return underAll(rows, Rows::tr("%n question(s) in the book", nullptr, int(rows.size())));
}

QList<ListRow> favouriteRows(const Learner &learner, const QString &post)
{
    const auto byId = scopeById(learner, post);
    QList<ListRow> rows;
    for (const QString &id : learner.favourites()) {
        if (const QuestionVersion *question = byId.value(id)) {
            const RiskPoint *point = learner.bank().riskPoint(question->riskPoints.value(0));
            rows.append(questionRow(*question, point ? point->name : QString()));
        }
    }
    return underAll(rows, Rows::tr("%n favourite(s)", nullptr, int(rows.size())));
}

QList<ListRow> searchRows(const Learner &learner, const QString &query, const QString &post, qsizetype &found)
{
    const QStringList terms = searchTerms(query);
    const LearnerRecord record = learner.record();
    StudyFilter filter;
    filter.post = post;
    QList<ListRow> rows;
    found = 0;
    for (const SearchHit &hit : learner.search(query)) {
        if (!learner.fits(*hit.question, filter)) {
            continue;
        }
        ++found;
        if (rows.size() == searchRowLimit) {
            continue;
        }
        const Excerpt title = excerptOf(hit.question->stem, terms, titleLength);
        ListRow row = questionRow(*hit.question, Rows::fieldName(hit.field));
        row.title = title.text;
        row.marks = title.marks;
        // The explanation would give the answer away before the question was asked.
        const bool answered = record.questions.value(hit.question->id).asked > 0;
        if (hit.field != SearchField::Stem && (answered || hit.field != SearchField::Explanation)) {
            const Excerpt piece = excerptOf(hit.text, terms, excerptLength);
            const QString head = Rows::tr("%1: ").arg(row.line);
            row.line = head + piece.text;
            for (const TextRange &mark : piece.marks) {
                row.lineMarks.append({mark.start + head.size(), mark.length});
            }
        }
        rows.append(row);
    }
    return rows;
}

QList<ListRow> paperRows(Learner &learner)
{
    const Papers papers(learner);
    QList<ListRow> rows;
    bool open = false;
    const auto all = papers.all();
    for (const Paper &paper : all ? *all : QList<Paper>()) {
        ListRow row;
        row.key = paper.id;
        row.title = Words::moment(paper.startedAtMs, learner.clock().utcOffsetSeconds());
        if (paper.finishedAtMs == 0) {
            open = true;
            row.icon = QStringLiteral("arrow");
            row.ink = Ink::Accent;
            row.line = Rows::tr("open, %n question(s) left", nullptr, int(papers.unanswered(paper).size()));
        } else {
            const PaperResult result = papers.result(paper);
            row.icon = result.passed ? QStringLiteral("tick") : QStringLiteral("half");
            row.ink = result.passed ? Ink::Right : Ink::Medium;
            row.line = (result.passed ? Rows::tr("%1, passed") : Rows::tr("%1, not passed yet"))
                           .arg(Words::percent(result.share));
        }
        rows.append(row);
    }
    if (!open) {
        ListRow fresh;
        fresh.title = Rows::tr("New paper");
        fresh.line = Rows::tr("Choose the rules, then begin");
        fresh.icon = QStringLiteral("question");
        fresh.ink = Ink::Accent;
        rows.prepend(fresh);
    }
    return rows;
}

} // namespace qingfeng
