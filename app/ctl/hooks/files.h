#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

namespace qingfeng::ctl {

/** What stands at a path: nothing, or a file with everything that putting it back needs. */
struct FileState
{
    enum Kind { Absent, File, Link, Directory, Other };

    Kind kind = Absent;
    QByteArray bytes; ///< a file's content; a link's target
    uint mode = 0; ///< permission bits of a file or directory
    uint uid = 0;
    uint gid = 0;

    bool operator==(const FileState &) const = default;
};

/** A state for a new file of the caller's (in the ordinary case root's). */
FileState newFile(const QByteArray &bytes, uint mode = 0644);
FileState newLink(const QString &target);

/**
 * The tree under which hooks are installed: "/" or the folder of an image. All paths given are absolute as
 * seen from within. Links are looked at, never followed, but for read().
 */
class Root
{
public:
    explicit Root(const QString &folder);

    bool isRunningSystem() const { return m_folder.isEmpty(); }
    /** Where @p path lies for this process. */
    QString outside(const QString &path) const { return m_folder + path; }

    /** NotPermitted or Io when it cannot be read; TooLarge over 1 MiB, more than any file that is changed here. */
    Result<FileState> state(const QString &path) const;
    /** Content through links, empty when there is none. */
    QByteArray read(const QString &path) const;
    bool exists(const QString &path) const;
    bool isExecutable(const QString &path) const;
    /** Full paths of the files in a folder whose names end so, sorted by name. */
    QStringList files(const QString &folder, const QString &ending) const;

    /**
     * From now on state() and read() answer for @p path what it held before hooks came. Planning looks
     * through this, so that a second plan is the same as the first.
     */
    void pretend(const QString &path, const FileState &before) { m_pretended.insert(path, before); }

private:
    QString m_folder;
    QMap<QString, FileState> m_pretended;
};

/**
 * Makes @p path what @p wanted says, whole or not at all: temporary beside it, fsync, rename, fsync of the
 * folder. A folder that is there already is left as it is; one that is to go must be empty. NotPermitted when
 * a folder on the way is a link out of an image.
 */
Result<void> put(const Root &root, const QString &path, const FileState &wanted);

/** The name that put() uses until the file is whole; a kill may leave it behind. */
QString temporaryFor(const QString &path);
void removeTemporary(const Root &root, const QString &path);

} // namespace qingfeng::ctl
