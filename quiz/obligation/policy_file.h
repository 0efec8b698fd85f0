#pragma once

#include "quiz/obligation/obligation_policy.h"

#include <QByteArray>

namespace qingfeng {

/** Something in a policy file that is not as it should be. The rest of the file holds. */
struct PolicyFault
{
    enum class Kind {
        Unreadable, ///< the file; found = the system's words
        TooLarge, ///< the file or the list of files, over the bound in `allowed`
        NotTrusted, ///< the file belongs to another than root or can be written by others
        Syntax, ///< not TOML; the whole file is left out; found = what the parser says
        UnknownKey, ///< a warning: the key does nothing
        BadValue, ///< the value that held before stays; see found and allowed
        BadGroup, ///< a group that does not name exactly one unit, department, post or person: left out
        BadMandatory, ///< a mandatory question without its id or its end, or that ends before it begins: left out
        BadExemption, ///< an exemption without person, reason or end, or that ends before it begins: left out
    };
    Kind kind = Kind::Unreadable;
    PolicyOrigin origin;
    QString key;
    QString found;
    QString allowed;
    bool isError() const { return kind != Kind::UnknownKey; }
    bool operator==(const PolicyFault &) const = default;
};

/** Stable name of a kind of fault: "bad-value". */
QString nameOf(PolicyFault::Kind kind);

struct LoadedPolicy
{
    PolicySet policy;
    QList<PolicyFault> faults; ///< at most 1,000
    QStringList files; ///< that were read, in order
    bool hasErrors() const;
};

/** Whose policy files are believed. */
enum class PolicyTrust {
    RootOnly, ///< regular files of root that no other may write: on a workstation
    Anyone, ///< to look at them
};

/**
 * Adds what @p toml says to @p loaded; keys set before are set anew (later wins, key by key). A fault never
 * ends the reading: a key with a fault keeps the value it had, which at the least is the built-in one.
 */
void addPolicy(const QByteArray &toml, const QString &file, LoadedPolicy &loaded);

/**
 * Reads the given files in order; a folder among them stands for its `*.toml` in the order of their names.
 * At most 64 files of 256 KiB. A folder that is not there is no fault; a file that is not there is.
 */
LoadedPolicy loadPolicy(const QStringList &paths, PolicyTrust trust);

} // namespace qingfeng
