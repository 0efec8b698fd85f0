#pragma once

#include <boost/system/result.hpp>

#include <QString>

namespace qingfeng {

/** What kind of failure it was: enough for a caller to decide, and for the edge to choose its sentence. */
enum class ErrorCode {
    InvalidArgument, ///< the caller's or the file's content is wrong; where() says where
    NotFound,
    Conflict, ///< the same identity with another content
    NotPermitted,
    Corrupt, ///< stored data contradicts itself (checksum, chain, schema)
    TooNew, ///< written by a newer version of this program
    TooLarge, ///< over a stated bound
    Unavailable, ///< network, lock or server: may work later
    TimedOut,
    Io, ///< file system; detail() has the system's words
    Internal,
};

/** Stable name of a code, as used in JSON output and problem documents: "invalid-argument". */
QString errorName(ErrorCode code);

/**
 * A typed error that crosses layers.
 *
 * detail() is technical English, for logs and developers; the user's sentence is made at the edge, in his
 * language, from code() and where().
 */
class Error
{
public:
    Error() = default;
    explicit Error(ErrorCode code, QString detail = {}, QString where = {});

    ErrorCode code() const { return m_code; }
    const QString &detail() const { return m_detail; }
    /** File, row, column or field that is meant, e.g. "P03.toml: P03-R05-01: answer"; may be empty. */
    const QString &where() const { return m_where; }
    /** "where: detail (code)", for logs and test output. */
    QString toString() const;

private:
    ErrorCode m_code = ErrorCode::Internal;
    QString m_detail;
    QString m_where;
};

/** A value, or why there is none. No thrower is defined: test it before you dereference it. */
template <typename T> using Result = boost::system::result<T, Error>;

} // namespace qingfeng
