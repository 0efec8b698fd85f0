#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"

#include <QJsonObject>

/**
 * The JSON form of the bank's objects, as they are hashed, packaged and sent. Reading is strict: a missing or
 * mistyped field is InvalidArgument, with the field in where(); an unknown field is ignored, so that a
 * neighbouring version can be read.
 */
namespace qingfeng {

QJsonObject toJson(const Post &post);
QJsonObject toJson(const RiskPoint &riskPoint);
QJsonObject toJson(const Law &law);
QJsonObject toJson(const LegalArticle &article);
QJsonObject toJson(const QuestionVersion &question);
QJsonObject toJson(const CultureTheme &theme);
QJsonObject toJson(const Story &story);
QJsonObject toJson(const FestivalYear &festivals);
QJsonObject toJson(const LawChange &change);
QJsonObject toJson(const Acceptance &acceptance);
QJsonObject toJson(const MarkingRules &rules);

template <typename T> Result<T> fromJson(const QJsonObject &object);
template <> Result<Post> fromJson(const QJsonObject &object);
template <> Result<RiskPoint> fromJson(const QJsonObject &object);
template <> Result<Law> fromJson(const QJsonObject &object);
template <> Result<LegalArticle> fromJson(const QJsonObject &object);
template <> Result<QuestionVersion> fromJson(const QJsonObject &object);
template <> Result<CultureTheme> fromJson(const QJsonObject &object);
template <> Result<Story> fromJson(const QJsonObject &object);
template <> Result<FestivalYear> fromJson(const QJsonObject &object);
template <> Result<LawChange> fromJson(const QJsonObject &object);
template <> Result<Acceptance> fromJson(const QJsonObject &object);
template <> Result<MarkingRules> fromJson(const QJsonObject &object);

} // namespace qingfeng
