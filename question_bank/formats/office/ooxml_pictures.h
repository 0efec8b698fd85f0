#pragma once

#include "question_bank/formats/office/ooxml.h"
#include "question_bank/formats/question_format.h"

namespace qingfeng {

/** Pictures of an office file on their way into what was read: each part is looked at once, all within a
 * bank's bounds. */
class OoxmlPictures
{
public:
    /** Both stay the caller's and must live as long. */
    OoxmlPictures(const OoxmlPackage &package, Media &media);

    struct Taken
    {
        QString media; ///< name in the media; empty when it was not taken
        QString problem; ///< then why, in Chinese, with what to do
    };

    /** The picture that a relationship leads to. */
    Taken take(const Relationship &relation);

private:
    Taken takePart(const QString &part);

    const OoxmlPackage &m_package;
    Media &m_media;
    QHash<QString, Taken> m_taken; ///< by part
    qint64 m_bytes = 0;
};

} // namespace qingfeng
