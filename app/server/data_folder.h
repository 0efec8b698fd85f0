#pragma once

#include "question_bank/base/result.h"

#include <memory>

#include <boost/interprocess/sync/file_lock.hpp>

#include <QString>

namespace qingfeng::server {

/**
 * The server's folder (mode 0700), held by one process at a time. The lock belongs to the process, so that
 * one that was killed leaves none behind.
 */
class DataFolder
{
public:
    /** Makes what is missing. Conflict: another server works on it; Io: it cannot be made or written. */
    static Result<DataFolder> open(const QString &path);

    QString database() const { return file("server.db"); }
    QString tls() const { return file("tls"); }
    QString keys() const { return file("keys"); }
    QString bank() const { return file("bank"); }
    QString adminFile() const { return file("admin.json"); }

private:
    explicit DataFolder(QString path);
    QString file(const char *name) const;

    QString m_path;
    std::unique_ptr<boost::interprocess::file_lock> m_lock;
};

/** Writes a file that only the owner may read, in one step: there is the old one or the new one. */
Result<void> writePrivateFile(const QString &path, const QByteArray &bytes);

} // namespace qingfeng::server
