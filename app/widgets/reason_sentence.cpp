#include "app/widgets/reason_sentence.h"

#include "app/widgets/words.h"

namespace qingfeng {
namespace {

class Reasons
{
    Q_DECLARE_TR_FUNCTIONS(qingfeng::Reasons)

public:
    /** Whose risk point it is, its grade and its name: what every sentence begins with. */
    static QString subject(const SelectionReason &reason, const QuestionBank &bank, const QStringList &posts)
    {
        const RiskPoint *point = bank.riskPoint(reason.riskPoint);
        const QString name = point ? point->name : reason.riskPoint;
        if (reason.post == commonPost() || !posts.contains(reason.post)) {
            //: %1 high risk, medium risk …; %2 name of the risk point.
            return tr("A %1 point for everybody, '%2'").arg(Words::of(reason.grade), name);
        }
        //: %1 name of the post, %2 high risk …, %3 name of the risk point.
        return tr("%1: the %2 point '%3'").arg(Words::post(bank, reason.post), Words::of(reason.grade), name);
    }

    static QString predicate(const SelectionReason &reason)
    {
        switch (reason.kind) {
        case SelectionReason::Kind::NewHighRisk:
        case SelectionReason::Kind::NewRisk:
            return tr("you have not been asked about it yet");
        case SelectionReason::Kind::AnsweredWrong:
            return tr("the last answer was not right; here it is once more");
        case SelectionReason::Kind::NewVersion:
            return tr("the question has been revised since you answered it");
        case SelectionReason::Kind::LongAgo:
            break;
        }
        return reason.daysSince > 0 ? tr("last asked %n day(s) ago", nullptr, reason.daysSince)
                                    : tr("a short refresher");
    }

    static QString sentence(const QString &subject, const QString &predicate)
    {
        //: %1 which risk point it is about, %2 why it is asked now.
        return tr("%1: %2", "reason").arg(subject, predicate);
    }
};

} // namespace

QString reasonSentence(const SelectionReason &reason, const QuestionBank &bank, const QStringList &posts)
{
    return Reasons::sentence(Reasons::subject(reason, bank, posts), Reasons::predicate(reason));
}

} // namespace qingfeng
