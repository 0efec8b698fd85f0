#pragma once

#include "question_bank/formats/question_format.h"

#include <functional>

/** Marked-up texts as stems are in other systems, with their pictures: to ours and back. */
namespace qingfeng {

/** The bytes of a "data:image/…;base64,…" address; nothing when it is none. */
QByteArray bytesOfDataUrl(const QString &url);

/** A picture as such an address, for formats that have no other place for it. */
QString dataUrl(const QString &name, const QByteArray &bytes);

/** HTML or other marked-up text, reduced to what a stem can hold. */
struct ReducedText
{
    struct Image
    {
        QString source; ///< as written: "@@PLUGINFILE@@/a.png", "media/a.png", "data:…"
        QString alt;
    };
    QString text; ///< plain, lines divided by "\n", no line longer or emptier than it must be
    QList<Image> images; ///< in their order
    QStringList losses; ///< what could carry meaning and is gone: "table", "sub", "sup", "formula"
};

/** Reduces an HTML fragment, however broken. Scripts and styles are dropped, entities resolved, blocks become
 * lines. */
ReducedText reduceHtml(const QString &html);

/**
 * The picture of an item: the first of @p images whose bytes @p find returns, put into @p media. What else
 * there is, and what cannot be had or shown, is named in @p problems.
 */
Picture takePicture(const QList<ReducedText::Image> &images,
    const std::function<QByteArray(const QString &source)> &find, Media &media, QStringList &problems);

/** The losses of a text in words for a remark; empty when there are none. */
QString lossWords(const ReducedText &text);

/** Plain text as HTML: escaped, a `<br>` for each line break. reduceHtml() gives the text back. */
QString toHtml(const QString &plain);

} // namespace qingfeng
