#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace qingfeng {

/**
 * 批注: what an administrator has put on record about one attempt, a correction for example. The attempt stays as it
 * was and counts as it did; who reads it reads the annotation with it. Annotations are only ever added: the server
 * numbers those of a store and signs each, so that a file shows which are missing and which were made up.
 */
struct Annotation
{
    static constexpr int maxText = 1000; ///< UTF-16 units
    static constexpr int maxAuthor = 60;

    QString id; ///< UUIDv7, made by whoever writes it: writing it again is one annotation
    QString store; ///< UUID of the workstation database
    QString attempt; ///< UUID
    QByteArray attemptHash; ///< 32 bytes, of the attempt as it was when annotated
    QString person; ///< whose attempt it is
    qint64 number = 0; ///< 1, 2, 3 … within the store
    QString author; ///< name and office, as the person is to read it
    QString text;
    qint64 writtenAtMs = 0; ///< UTC, server clock
    QString key; ///< keyId() of the signing key: the one that signs receipts
    QByteArray signature; ///< Ed25519 over canonicalJson of all the fields above
    bool operator==(const Annotation &) const = default;
};

QJsonObject toJson(const Annotation &annotation);
/** InvalidArgument names the field that is missing, too long or of another form. */
Result<Annotation> annotationFromJson(const QJsonObject &object);

/** Signs @p annotation in place with the server's key. */
Result<void> signAnnotation(Annotation &annotation, const QByteArray &secret);
bool verifyAnnotation(const Annotation &annotation, const QByteArray &publicKey);

/** Where annotations stand: a file tells some, each with its attempt; a store holds all that were made. */
enum class AnnotationPlace { File, Store };

/**
 * What is wrong with annotations, in technical English, one line each: not signed by the server, told twice, or about
 * an attempt that is not as it was. In a file an attempt may not be missing; in a store an annotation may not, but
 * its attempt may: it can stand on a branch that was lost with a disk and is on the server only.
 *
 * @param hashOf     chain hash of an attempt; empty when it is not there
 * @param publicKey  of the server; empty = signatures are not checked
 */
QStringList annotationProblems(const QList<Annotation> &annotations, const QString &store,
    const std::function<QByteArray(const QString &attempt)> &hashOf, const QByteArray &publicKey,
    AnnotationPlace place);

/** Those of one attempt, in the order in which they were written. */
QList<Annotation> annotationsOf(const QList<Annotation> &annotations, const QString &attempt);

} // namespace qingfeng
