#include "app/widgets/error_texts.h"

#include <QCoreApplication>

namespace qingfeng {
namespace {

class ErrorTexts
{
    Q_DECLARE_TR_FUNCTIONS(qingfeng::ErrorTexts)

public:
    static QString cause(ErrorCode code)
    {
        switch (code) {
        case ErrorCode::NotFound:
            return tr("What was looked for is not there.");
        case ErrorCode::InvalidArgument:
            return tr("Something in the data is not as it should be.");
        case ErrorCode::Conflict:
            return tr("The same record exists already with another content.");
        case ErrorCode::NotPermitted:
            return tr("This is not permitted here.");
        case ErrorCode::Corrupt:
            return tr("Data on this computer contradicts itself.");
        case ErrorCode::TooNew:
            return tr("The data was written by a newer version of the program.");
        case ErrorCode::TooLarge:
            return tr("It is larger than the program accepts.");
        case ErrorCode::Unavailable:
            return tr("The data is in use or the server cannot be reached at the moment.");
        case ErrorCode::TimedOut:
            return tr("It took longer than it may.");
        case ErrorCode::Io:
            return tr("The disk is full or cannot be written.");
        case ErrorCode::Internal:
            break;
        }
        return tr("The program made a mistake.");
    }

    static QString answering(const Error &error)
    {
        return sentences(tr("The answer could not be saved."), error,
            tr("Earlier records are safe. Press 'Submit' once more; if that fails, use the emergency "
               "entry."));
    }

    static QString asking(const Error &error)
    {
        if (error.code() == ErrorCode::NotFound) {
            return tr(
                "There is no question for you right now. Your records are safe, and the next update of the "
                "question bank brings new ones.");
        }
        return sentences(tr("The question could not be shown."), error,
            tr("Your records are safe. If it stays so, use the emergency entry and tell the administrator."));
    }

    static QString signingIn(const Error &error)
    {
        if (error.code() == ErrorCode::NotFound) {
            return tr(
                "Nobody with this employee number is known on this computer. Check the number, or answer for "
                "the common post for now.");
        }
        if (error.code() == ErrorCode::NotPermitted) {
            return tr("The PIN does not fit, or none has been set. Try again, or ask the administrator for a "
                      "new one.");
        }
        return sentences(tr("Sign-in is not possible at the moment."), error,
            tr("You can answer for the common post for now."));
    }

    static QString other(Doing doing, const Error &error)
    {
        switch (doing) {
        case Doing::Leaving:
            return sentences(tr("The emergency entry could not be recorded."), error,
                tr("Try once more; the desktop opens by itself when the fault stays."));
        case Doing::OpeningArchive:
            return sentences(tr("The archive could not be read."), error,
                tr("Nothing was changed. Try again later or tell the administrator."));
        case Doing::UpdatingBank:
            return sentences(tr("The question bank could not be updated."), error,
                tr("The bank before stays in use. It is tried again by itself."));
        case Doing::ExportingArchive:
            return sentences(tr("The archive could not be written as a file."), error,
                tr("The archive itself is unchanged. Free some space in the documents folder and try again."));
        case Doing::Noting:
            return sentences(tr("It could not be kept."), error, tr("Nothing else was changed. Try once more."));
        default:
            return sentences(tr("Records could not be sent."), error,
                tr("They are kept on this computer and sent later by themselves."));
        }
    }

private:
    static QString sentences(const QString &what, const Error &error, const QString &next)
    {
        //: Three sentences: what happened, why, what was kept safe and what to do.
        return tr("%1 %2 %3").arg(what, cause(error.code()), next);
    }
};

} // namespace

QString errorText(Doing doing, const Error &error)
{
    switch (doing) {
    case Doing::Answering:
        return ErrorTexts::answering(error);
    case Doing::Asking:
        return ErrorTexts::asking(error);
    case Doing::SigningIn:
        return ErrorTexts::signingIn(error);
    default:
        return ErrorTexts::other(doing, error);
    }
}

} // namespace qingfeng
