#pragma once

#include "question_bank/formats/question_format.h"

#include <functional>
#include <optional>

/** What the formats share in turning their texts into ours and back. */
namespace qingfeng {

/** The explanation as one text: its parts behind 【行为】【依据】【后果】【正确做法】, a line each; empty
 * parts left out. */
QString joinExplanation(const Explanation &explanation);

/** Splits such a text again; a text without the labels becomes `why`, and so does what stands before the
 * first. */
Explanation splitExplanation(const QString &text);

/** Name of a picture as media: SHA-256 of @p bytes and the extension of its content; empty: no picture we
 * show. */
QString pictureName(const QByteArray &bytes);

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

/** 对, 正确, √, T, true, yes … as true, 错, 错误, ×, F … as false; nothing for any other word. */
std::optional<bool> truthOf(const QString &word);

/** True when the two choices are the two words of a true/false question, in any order. */
bool isTrueFalsePair(const QString &first, const QString &second);

/** The two choices that every true/false question has. */
QList<Choice> trueFalseChoices();

/** Id of the choice at @p position: "a" … "z", then "aa" … */
QString letterId(qsizetype position);

/** Trims, joins runs of spaces, cuts trailing space of lines and more than one empty line; "\r\n" becomes
 * "\n". */
QString tidyText(const QString &text);

/** The stem and choices without spaces, punctuation and width: equal for what a person calls the same
 * question. */
QByteArray questionFingerprint(const QuestionVersion &question);

} // namespace qingfeng
