#pragma once

#include "question_bank/formats/answer_list.h"
#include "question_bank/formats/typed/typed_questions.h"

namespace qingfeng {

/** The next line with a text; nullptr when there is none. */
const SourceLine *nextLine(const QList<SourceLine> &lines, qsizetype after);

/** Adds a piece of text as a line of its own. */
void appendLine(QString &text, const QString &more);

/** Answers gathered after the questions, or after a section of them: found, read, and given to their questions. */
class ListedAnswers
{
public:
    /** All stay the caller's and must live as long. */
    ListedAnswers(const QString &file, const QList<SourceLine> &lines, TypedBank &bank, ImportedFile &out);

    /** Whether answers are listed from this line on: it is a list, or a heading that one follows. */
    bool startAt(qsizetype index) const;
    /** Begins with the answers of all questions, or of those from @p question on. */
    void begin(qsizetype question = 0);
    /** A line among the answers. @return false when they are over */
    bool take(const SourceLine &line, qsizetype index);
    void assign(const ListedAnswer &listed, const SourceLine &line);

private:
    bool enterSection(const SectionHeading &heading);
    void stray(const SourceLine &line, const QString &reason);

    const QString m_file;
    const QList<SourceLine> &m_lines;
    TypedBank &m_bank;
    ImportedFile &m_out;
    qsizetype m_cursor = 0; ///< question after the last that got an answer
    int m_section = -1; ///< the section whose answers are listed; −1 = any
};

/** A line that nothing can be made of, as it stands. */
ImportRemark strayLine(const QString &file, const SourceLine &line, const QString &reason);

} // namespace qingfeng
