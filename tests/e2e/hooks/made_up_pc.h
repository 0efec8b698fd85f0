#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QTemporaryDir>

/** How a command ended. */
struct Ran
{
    int status = -1; ///< -1 = killed
    QByteArray out;
    QByteArray err;

    QJsonObject json() const;
};

/** The root folder of a PC: programs and hook texts as installed, and files as Debian 12's packages lay them.
 */
class MadeUpPc
{
public:
    /** @param kind  "lightdm", "lightdm-own-wrapper", "gdm", "gdm-cage", "sddm" or "bare" */
    explicit MadeUpPc(const QString &kind);

    QString path(const QString &inside) const { return m_folder.path() + inside; }
    void write(const QString &inside, const QByteArray &bytes, bool executable = false);
    QByteArray read(const QString &inside) const;
    bool exists(const QString &inside) const;
    /** The hooks' gate, so that what they run is real or what a test wants. */
    void setGate(const QString &program);

    /** Every path with kind, mode, owner and content. */
    QMap<QString, QByteArray> everything() const;

    /** `qingfengctl gate …` on this PC; with @p killAt > 0 it is killed before its so-manieth change of a
     * file. */
    Ran gate(const QStringList &arguments, int killAt = 0) const;

private:
    void writeLightdm();
    void writeGdm();
    void writeSddm();

    QTemporaryDir m_folder;
};

/** What differs between two everything()s, to be read. */
QByteArray difference(const QMap<QString, QByteArray> &before, const QMap<QString, QByteArray> &after);
