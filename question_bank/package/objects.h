#pragma once

#include "question_bank/base/result.h"
#include "question_bank/model/question_bank.h"

#include <QByteArray>
#include <QJsonObject>

#include <functional>
#include <tuple>

/** A bank taken apart into the objects that are hashed, packaged, compared and sent. */
namespace qingfeng {

/** What an object is known by. Kinds: "article", "law", "media", "post", "question", "theme" … */
struct ObjectKey
{
    QByteArray kind;
    QByteArray id; ///< UTF-8; of a picture its media name, of the marking rules "marking"
    int version = 1; ///< of a question; else 1

    bool operator==(const ObjectKey &) const = default;
    bool operator<(const ObjectKey &other) const
    {
        return std::tie(kind, id, version) < std::tie(other.kind, other.id, other.version);
    }
};

/** One object as it is packaged: canonical JSON, or a picture's own bytes. */
struct PackedObject
{
    ObjectKey key;
    QByteArray bytes;
};

inline QByteArray mediaKind()
{
    return QByteArrayLiteral("media");
}

/** A single object's bytes are bounded, so that a line never grows without end. */
constexpr qint64 maxObjectBytes = 1024 * 1024;

/** Keys of everything in the bank, sorted. Pictures included. */
QList<ObjectKey> keysOf(const QuestionBank &bank);

/** JSON form of the object with this key; empty when there is none, or for a picture. */
QJsonObject jsonOf(const QuestionBank &bank, const ObjectKey &key);

/** Its bytes as packaged. */
QByteArray bytesOf(const QuestionBank &bank, const ObjectKey &key);

/**
 * Puts an object into a bank. Kinds of a later version are left out but not refused: a neighbour version must
 * be readable. Corrupt: the content is not of that kind, or has another id, version or name.
 */
Result<void> addObject(QuestionBank &bank, const PackedObject &object);

/** The line of the listing that stands for an object: kind, id, version and SHA-256, separated by tabs. */
QByteArray listingLine(const PackedObject &object);

} // namespace qingfeng
