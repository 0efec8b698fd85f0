#pragma once

#include "question_bank/model/question_bank.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <array>

/** 搜题: finding questions by words of their text. Pure; safe from any thread. */
namespace qingfeng {

/** Some characters of a text, to be shown as found. */
struct TextRange
{
    qsizetype start = 0;
    qsizetype length = 0;
    bool operator==(const TextRange &) const = default;
};

/**
 * A text as it is compared: one character for each of the original, without case and width (Ａ = a, ：= :), so that
 * what is found there stands at the same place in the original.
 */
QString foldedForSearch(const QString &text);

/** The words of a query, folded, without repeats; at most eight, of at most 64 characters. */
QStringList searchTerms(const QString &query);

/** Where any of the terms stands in @p text, ascending; what overlaps or touches is one range. */
QList<TextRange> matchesIn(const QString &text, const QStringList &terms);

/** A piece of a text around the first match. */
struct Excerpt
{
    QString text; ///< with … where something was left out
    QList<TextRange> marks; ///< matches within @ref text
};

/** @param length  characters at most, without the two … */
Excerpt excerptOf(const QString &text, const QStringList &terms, qsizetype length);

/** Where a question was found: in this order, the first field that holds a term. */
enum class SearchField { Stem, Choices, Topic, Law, Explanation };

/** One question that holds every term. */
struct SearchHit
{
    const QuestionVersion *question = nullptr; ///< lives as long as the bank
    SearchField field = SearchField::Stem; ///< the first field with the first term in it
    QString text; ///< the original text of that field
};

/**
 * The texts of some questions, folded once, so that a query is a plain scan: two characters are as good as ten. Stems
 * (of parts too), choices, names of risk points and their posts, titles of laws with the article, and explanations;
 * never the accepted answers of blanks. `tst_question_search` holds it to its time on 10,000 questions.
 */
class QuestionSearch
{
public:
    QuestionSearch() = default;
    /** @param bank  outlives the search unchanged, and so do @p questions, which are its own */
    QuestionSearch(const QuestionBank &bank, const QList<const QuestionVersion *> &questions);

    /** Questions that hold every term of @p query: found in the stem first, then by field, then in the order given. */
    QList<SearchHit> find(const QString &query) const;

private:
    static constexpr std::size_t fieldCount = 5;
    struct Entry
    {
        const QuestionVersion *question = nullptr;
        QString folded; ///< all fields, one after another
        std::array<qsizetype, fieldCount> ends {}; ///< of each field within it
    };

    const QuestionBank *m_bank = nullptr;
    QList<Entry> m_entries;
};

} // namespace qingfeng
