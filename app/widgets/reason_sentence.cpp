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

    static QString predicate(const SelectionReason &reason, const QuestionBank &bank)
    {
        switch (reason.kind) {
        case SelectionReason::Kind::NewHighRisk:
        case SelectionReason::Kind::NewRisk:
            return tr("you have not been asked about it yet");
        case SelectionReason::Kind::AnsweredWrong:
            return tr("the last answer was not right; here it is once more");
        case SelectionReason::Kind::NewVersion:
            return tr("the question has been revised since you answered it");
        case SelectionReason::Kind::Faded:
            return tr("you knew it %n day(s) ago, and it may have faded since", nullptr, reason.daysSince);
        case SelectionReason::Kind::Mandatory:
            return reason.deadline.isValid()
                //: %1 a date.
                ? tr("everybody concerned answers it by %1").arg(Words::date(reason.deadline))
                : tr("everybody concerned answers it");
        case SelectionReason::Kind::ChangedLaw:
            return reason.deadline.isValid()
                //: %1 a date.
                ? tr("the rules have changed; please look at it by %1").arg(Words::date(reason.deadline))
                : tr("the rules have changed since");
        case SelectionReason::Kind::Theme: {
            const CultureTheme *theme = bank.theme(reason.theme);
            //: %1 name of the theme.
            return tr("it belongs to the current theme '%1'").arg(theme ? theme->title : reason.theme);
        }
        case SelectionReason::Kind::Sibling:
            return tr("a question like it was missed three times; here is another way in, with the article");
        case SelectionReason::Kind::LongAgo:
            break;
        }
        return reason.daysSince > 0 ? tr("last asked %n day(s) ago", nullptr, reason.daysSince)
                                    : tr("a short refresher");
    }

    /** For a post taken up lately: why it comes up at all. Empty otherwise. */
    static QString newPost(const SelectionReason &reason, const QuestionBank &bank, const QStringList &posts)
    {
        if (reason.postHeldDays <= 0 || !posts.contains(reason.post)) {
            return {};
        }
        //: %1 name of the post. It stands before the sentence.
        return tr("You took up %1 %n day(s) ago. ", nullptr, reason.postHeldDays).arg(Words::post(bank, reason.post));
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
    return Reasons::newPost(reason, bank, posts)
        + Reasons::sentence(Reasons::subject(reason, bank, posts), Reasons::predicate(reason, bank));
}

} // namespace qingfeng
