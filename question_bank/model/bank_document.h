#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"

#include <QJsonObject>

/** A whole bank as one JSON document, for editors and other programs: unsigned, everything in it readable. */
namespace qingfeng {

/**
 * {"unit", "revision", "created_at_ms", "marking", and lists "posts", "risk_points", "laws", "articles",
 * "questions", "themes", "stories", "festivals", "law_changes", "accepted", and "media" {name: base64}}. The
 * objects are those of bank_json.h.
 */
QJsonObject bankToDocument(const QuestionBank &bank);

/**
 * Reads such a document; a list that is not there is empty. InvalidArgument with list, row and field in
 * where(); Conflict: a version stands twice.
 */
Result<QuestionBank> bankFromDocument(const QJsonObject &document);

} // namespace qingfeng
