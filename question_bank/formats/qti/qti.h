#pragma once

#include "question_bank/formats/question_format.h"

namespace qingfeng {

/**
 * QTI (1EdTech "Question and Test Interoperability"), 2.1, 2.2 and 3.0: one assessmentItem as an XML file, or
 * a content package (zip with imsmanifest.xml).
 *
 * Read: choiceInteraction, inlineChoiceInteraction, orderInteraction, matchInteraction and
 * textEntryInteraction; an item that asks several of them is a case. What is right comes from
 * correctResponse, else from the mapping. Choices fixed under shuffle are pinned. Our own fields come from
 * the keywords of the manifest. Other interactions, adaptive items and templates are rejected by name;
 * QTI 1.2 is refused as a whole.
 */
ImportedFile readQti(const QByteArray &bytes, const QString &fileName, const ImportOptions &options = {});

/** A QTI 2.1 package. Nothing is lost but what the bank itself lacks: a picture that is named and not there.
 */
Result<ExportedFile> writeQti(const QuestionBank &bank);

} // namespace qingfeng
