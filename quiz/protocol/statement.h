#pragma once

#include "question_bank/model/question.h"
#include "quiz/archive/annotation.h"
#include "quiz/archive/attempt.h"

#include <QJsonObject>

/**
 * An attempt as a statement of xAPI 2.0 (IEEE 9274.1.1): the one form in which answers travel.
 *
 * The standard properties let any LRS read it; our extensions, documented in docs/protocol.md, hold the rest,
 * so that the round trip is exact and the server can compute the chain hash again.
 */
namespace qingfeng {

inline constexpr QLatin1String extensionBase("https://qingfeng.example/xapi/ext/");
inline constexpr QLatin1String answeredVerb("http://adlnet.gov/expapi/verbs/answered");
inline constexpr QLatin1String commentedVerb("http://adlnet.gov/expapi/verbs/commented");

/**
 * @param homePage  of the unit's accounts, without a slash at the end; the actor is (homePage, employee number)
 * @param shown     the version that was asked, for the activity's definition (interaction type, choice ids,
 *                  right answer); null when it is no longer at hand. Texts stay in the bank.
 */
QJsonObject statementFromAttempt(
    const Attempt &attempt, const QString &homePage, const QuestionVersion *shown = nullptr);

/**
 * An annotation as a statement about the attempt's statement: its author commented on it, in these words. The author
 * is an account of that name beside the unit's people.
 */
QJsonObject statementFromAnnotation(const Annotation &annotation, const QString &homePage);

/**
 * The attempt that a statement carries; unknown properties are ignored. InvalidArgument names the property:
 * missing or of another type, over its bound, or standard properties that contradict the extensions. Hashes
 * are read, not checked.
 */
Result<Attempt> attemptFromStatement(const QJsonObject &statement);

/** The account home page of a statement's actor, or empty. */
QString homePageOf(const QJsonObject &statement);

/**
 * What "the same statement" means (xAPI 4.1.2.2): SHA-256 of the statement without what a server adds
 * (stored, authority, version). 32 bytes.
 */
QByteArray statementDigest(const QJsonObject &statement);

} // namespace qingfeng
