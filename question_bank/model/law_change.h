#pragma once

#include <QDate>
#include <QList>
#include <QString>

namespace qingfeng {

enum class LawChangeKind { Amended, Repealed };

/** A version of a question, by name. */
struct QuestionRef
{
    QString id;
    int version = 1;
    bool operator==(const QuestionRef &) const = default;
};

/** 法律变动: what happened to an article, and which versions went to 待复核 for it. Kept for good, as data.
 */
struct LawChange
{
    QString id; ///< article and day: "ZGF-28@2027-01-01"
    QString article;
    LawChangeKind kind = LawChangeKind::Amended;
    QDate on; ///< first day of the new wording, or first day without the article
    QString note; ///< which document changed it; may be empty
    QList<QuestionRef> questions; ///< versions that wait for a second look
    QList<QuestionRef> confirmed; ///< versions looked at and found to be right still
    bool operator==(const LawChange &) const = default;
};

/** 已说明的提示: a written reason why a warning of the check is no fault. It is listed, never hidden. */
struct Acceptance
{
    QString rule; ///< name of the rule
    QString object; ///< id of the question or risk point, "bank", or "*" for every finding of the rule
    QString reason;
    bool operator==(const Acceptance &) const = default;
};

} // namespace qingfeng
