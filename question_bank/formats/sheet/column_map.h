#pragma once

#include "question_bank/formats/question_format.h"

#include <optional>

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QString>

/** Which column of somebody's table means what: known headings, and a small file for those that are not known. */
namespace qingfeng {

enum class ColumnField {
    Ignore, ///< known to hold nothing of a question: 序号
    Type,
    Stem,
    Title, ///< the stem where there is no other
    Picture, ///< of the stem
    Option, ///< one option; index from 0
    OptionPicture, ///< of option index
    OptionFlag, ///< whether option index is right
    PackedOptions, ///< all options in one cell, or one in each of several rows
    OptionLetter, ///< of the option in this row, where each has its own
    RowFlag, ///< whether the option in this row is right
    Target, ///< 右项 of a match; index from 0
    Answer,
    Explanation,
    Difficulty,
    Keyword,
    Category,
    Post,
    RiskPoints,
    Articles,
    Audience,
    Marks,
    ValidFrom,
    ValidUntil,
    Source,
    Author,
    Reviewer,
    ReviewedOn,
    State,
    Id,
    Version,
    Part, ///< 小题号: number of a sub-question; empty in the row of the scene
    PartType, ///< the type of a sub-question beside that of the case
    PartStem, ///< what a sub-question asks, beside 题干 for the scene or a whole question
    Scene, ///< the scene of a case beside its sub-question
    Pinned, ///< letters of the options that keep their place
};

struct ColumnKey
{
    ColumnField field = ColumnField::Ignore;
    int index = 0; ///< of Option, OptionPicture, OptionFlag and Target
    bool operator==(const ColumnKey &) const = default;
};

/** What a table's maker means, where it is not our own header row. Everything may be empty. */
struct ColumnMap
{
    QMap<QString, ColumnKey> columns; ///< by normalHeading()
    QMap<QString, QuestionType> types; ///< by the code in the cells: "1"
    QString optionSeparator; ///< inside packed options
    QString blankSeparator; ///< between the blanks of a fill-in answer
    QString variantSeparator; ///< between accepted wordings
    QString listSeparator; ///< between risk points, articles
    int headerRow = 0; ///< row of the headings, from 1; 0 = found by content
    bool operator==(const ColumnMap &) const = default;
};

/** A heading without spaces, width, stars and the notes in brackets that templates add: "*题干（必填）" → "题干". */
QString normalHeading(const QString &heading);

/** The column that a heading stands for, ours or a usual one elsewhere. */
std::optional<ColumnKey> knownHeading(const QString &heading);

/** The heading of our own table: 题型, 选项A … */
QString ownHeading(ColumnKey key);

/**
 * Reads a map file (TOML, see docs/formats-tables.md).
 * InvalidArgument with line or key in where(), and a reason in Chinese.
 */
Result<ColumnMap> readColumnMap(const QByteArray &toml);

/** The map that the caller gave, if any; nothing when it is wrong, which is then a remark in @p out. */
std::optional<ColumnMap> columnMapOf(const ImportOptions &options, const QString &file, ImportedFile &out);

/** The map as such a file. */
QByteArray writeColumnMap(const ColumnMap &map);

} // namespace qingfeng
