#pragma once

#include <QString>

namespace qingfeng {

/** Where a workstation keeps its things: `$XDG_DATA_HOME/qingfeng` unless told otherwise (mode 0700). */
class DataFolder
{
public:
    /** @param path empty for the default */
    explicit DataFolder(const QString &path = {});

    const QString &path() const { return m_path; }
    /** Where other programs look when they are told nothing. */
    bool isDefault() const;
    QString database() const; ///< learning.db
    QString bank() const; ///< the folder of packages
    QString keys() const;
    QString gateEvents() const; ///< what the gate process wrote
    QString olderGateEvents() const; ///< what it set aside when that was full
    QString gateAttempts() const; ///< answers to questions that the gate process asked itself
    /** The same, written while the data folder could not be; goes with the session. */
    static QString standInAttempts();
    /** A database that stands in while the real one cannot be used; goes with the session. */
    static QString standIn();

private:
    QString m_path;
};

} // namespace qingfeng
