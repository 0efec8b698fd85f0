#include "quiz/study/question_search.h"

#include <algorithm>

#include <QStringMatcher>

namespace qingfeng {
namespace {

constexpr qsizetype maxTerms = 8;
constexpr qsizetype maxTermLength = 64;
const QChar fieldBreak(0x1F); // never typed, so that no match reaches over the end of a field

QChar foldedCharacter(QChar character)
{
    const ushort code = character.unicode();
    if (code == 0x3000) {
        return QLatin1Char(' ');
    }
    const bool wide = code >= 0xFF01 && code <= 0xFF5E;
    return (wide ? QChar(ushort(code - 0xFEE0)) : character).toLower();
}

void appendText(QString &text, const QString &more)
{
    if (!more.isEmpty()) {
        text += text.isEmpty() ? more : QLatin1Char('\n') + more;
    }
}

void appendChoices(QString &text, const QuestionItem &item)
{
    for (const QList<Choice> *choices : {&item.choices, &item.targets}) {
        for (const Choice &choice : *choices) {
            appendText(text, choice.text);
        }
    }
}

QString fieldText(const QuestionVersion &question, const QuestionBank &bank, SearchField field)
{
    QString text;
    switch (field) {
    case SearchField::Stem:
        text = question.stem;
        for (const QuestionPart &part : question.parts) {
            appendText(text, part.stem);
        }
        break;
    case SearchField::Choices:
        appendChoices(text, question);
        for (const QuestionPart &part : question.parts) {
            appendChoices(text, part);
        }
        break;
    case SearchField::Topic:
        for (const QString &id : question.riskPoints) {
            const RiskPoint *point = bank.riskPoint(id);
            const Post *post = point ? bank.post(point->post) : nullptr;
            appendText(text, point ? point->name : QString());
            appendText(text, post ? post->name : QString());
        }
        break;
    case SearchField::Law:
        for (const QString &id : question.articles) {
            appendText(text, bank.citation(id));
            const LegalArticle *article = bank.article(id);
            const Law *law = article ? bank.law(article->law) : nullptr;
            appendText(text, law ? law->title : QString());
        }
        break;
    case SearchField::Explanation:
        appendText(text, question.explanation.act());
        appendText(text, question.explanation.why());
        appendText(text, question.explanation.consequence());
        appendText(text, question.explanation.instead());
        break;
    }
    return text;
}

constexpr SearchField fields[]
    = {SearchField::Stem, SearchField::Choices, SearchField::Topic, SearchField::Law, SearchField::Explanation};

} // namespace

QString foldedForSearch(const QString &text)
{
    QString folded(text.size(), Qt::Uninitialized);
    std::transform(text.cbegin(), text.cend(), folded.begin(), foldedCharacter);
    return folded;
}

QStringList searchTerms(const QString &query)
{
    QStringList terms;
    for (const QString &word : foldedForSearch(query).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString term = word.left(maxTermLength);
        if (!terms.contains(term) && terms.size() < maxTerms) {
            terms.append(term);
        }
    }
    return terms;
}

QList<TextRange> matchesIn(const QString &text, const QStringList &terms)
{
    const QString folded = foldedForSearch(text);
    QList<TextRange> found;
    for (const QString &term : terms) {
        for (qsizetype at = folded.indexOf(term); at >= 0 && !term.isEmpty();
             at = folded.indexOf(term, at + term.size())) {
            found.append({at, term.size()});
        }
    }
    std::sort(found.begin(), found.end(),
        [](const TextRange &a, const TextRange &b) { return a.start < b.start; });
    QList<TextRange> merged;
    for (const TextRange &range : std::as_const(found)) {
        if (!merged.isEmpty() && range.start <= merged.last().start + merged.last().length) {
            TextRange &last = merged.last();
            last.length = std::max(last.length, range.start + range.length - last.start);
        } else {
            merged.append(range);
        }
    }
    return merged;
}

Excerpt excerptOf(const QString &text, const QStringList &terms, qsizetype length)
{
    const QChar ellipsis(0x2026);
    const QList<TextRange> all = matchesIn(text, terms);
    qsizetype start = 0;
    if (text.size() > length && !all.isEmpty()) {
        // A third of the piece stands before the match, as far as there is text behind it.
        start = std::clamp(all.first().start - length / 3, qsizetype(0), text.size() - length);
    }
    Excerpt excerpt;
    excerpt.text = text.mid(start, length);
    excerpt.text.replace(QLatin1Char('\n'), QLatin1Char(' '));
    const qsizetype shift = start > 0 ? 1 : 0;
    for (const TextRange &range : all) {
        const qsizetype from = std::max(range.start, start);
        const qsizetype to = std::min(range.start + range.length, start + length);
        if (from < to) {
            excerpt.marks.append({from - start + shift, to - from});
        }
    }
    if (start > 0) {
        excerpt.text.prepend(ellipsis);
    }
    if (start + length < text.size()) {
        excerpt.text.append(ellipsis);
    }
    return excerpt;
}

QuestionSearch::QuestionSearch(const QuestionBank &bank, const QList<const QuestionVersion *> &questions)
    : m_bank(&bank)
{
    m_entries.reserve(questions.size());
    for (const QuestionVersion *question : questions) {
        Entry entry {question, {}, {}};
        for (const SearchField field : fields) {
            entry.folded += foldedForSearch(fieldText(*question, bank, field)) + fieldBreak;
            entry.ends[std::size_t(field)] = entry.folded.size();
        }
        entry.folded.squeeze();
        m_entries.append(std::move(entry));
    }
}

QList<SearchHit> QuestionSearch::find(const QString &query) const
{
    QList<SearchHit> hits;
    const QStringList terms = searchTerms(query);
    if (terms.isEmpty()) {
        return hits;
    }
    QList<QStringMatcher> matchers;
    for (const QString &term : terms) {
        matchers.append(QStringMatcher(term));
    }
    for (const Entry &entry : m_entries) {
        const qsizetype first = matchers.first().indexIn(entry.folded);
        const bool all = first >= 0
            && std::all_of(matchers.cbegin() + 1, matchers.cend(),
                [&entry](const QStringMatcher &matcher) { return matcher.indexIn(entry.folded) >= 0; });
        if (all) {
            const auto end = std::upper_bound(entry.ends.cbegin(), entry.ends.cend(), first);
            hits.append({entry.question, SearchField(end - entry.ends.cbegin()), {}});
        }
    }
    std::stable_sort(hits.begin(), hits.end(),
        [](const SearchHit &a, const SearchHit &b) { return a.field < b.field; });
    for (SearchHit &hit : hits) {
        hit.text = fieldText(*hit.question, *m_bank, hit.field);
    }
    return hits;
}

} // namespace qingfeng
