#pragma once

#include "question_bank/model/question.h"

#include <optional>

#include <QList>
#include <QString>
#include <QStringList>

/**
 * The part that tables and typed text share: from what somebody wrote for stem, options and answer to an item of
 * the model. Nothing here knows of rows, columns or lines.
 */
namespace qingfeng {

/** The parts of a draft, for saying which one is wrong. */
enum class DraftField { Type, Stem, Options, Targets, Answer };

/** One item as it was written: strings in many habits, the type perhaps unsaid. */
struct ItemDraft
{
    std::optional<QuestionType> type;
    QString stem;
    QStringList options; ///< in order; an empty one between others is a gap
    QList<Rare<Picture>> optionPictures; ///< beside options; may be shorter
    QStringList targets; ///< of a match
    QString answer; ///< letters, numbers, words, √×, or an option's whole text
    QList<int> flagged; ///< options marked as right in another way than by the answer; from 0
    Rare<Picture> picture;
    QString blankSeparator; ///< between the blanks of an answer; empty = found by trying
    QString variantSeparator; ///< between the accepted wordings of a blank; empty = "|"
};

/** The item, or which part is wrong and why. */
struct SettledItem
{
    std::optional<QuestionItem> item;
    DraftField field = DraftField::Stem; ///< when there is no item
    QString problem; ///< in Chinese, with what to do
    QStringList notes; ///< understood with a guess
};

/** Makes an item of a draft. A case is not made here: its parts are. */
SettledItem settle(const ItemDraft &draft);

/** The type that options, stem and answer speak for; nothing when they fit none. */
std::optional<QuestionType> inferType(const ItemDraft &draft);

} // namespace qingfeng
