#pragma once

#include "quiz/memory/fsrs.h"

#include <QJsonObject>

namespace qingfeng {

/** Which parameters a store derives memory with, and their name. Data: another set comes without another program. */
struct MemoryModel
{
    QString version = QStringLiteral("fsrs-6"); ///< model_version
    FsrsParameters parameters;
    bool operator==(const MemoryModel &) const = default;
};

/** {"model_version", "parameters": [21], "enable_short_term"}. */
QJsonObject toJson(const MemoryModel &model);
/** Strict; missing fields have the defaults. InvalidArgument names the field. */
Result<MemoryModel> memoryModelFromJson(const QJsonObject &object);

/** Reads "parameters" and "enable_short_term" of a document; missing ones have the defaults. */
Result<FsrsParameters> parametersFromJson(const QJsonObject &object);

} // namespace qingfeng
