#pragma once

#include "quiz/store/learning_store.h"
#include "tests/e2e/sync/real_server.h"

#include <QTemporaryDir>

namespace qingfeng {

/** What a run of qingfengctl came to. */
struct CtlRun
{
    int status = -1; ///< −1 = it crashed or did not end
    QString out;
    QString err;
    QJsonObject json() const;
};
CtlRun runCtl(const QStringList &arguments);

/**
 * A small bureau with a real server and two PCs, of which the first is shared: five people in two
 * departments, a published bank, and answers that the server holds.
 */
class ReportOffice
{
public:
    /** Empty when everything stands; else which step failed. */
    QString open();

    QString pc(int number) const { return m_dir.filePath(QStringLiteral("pc%1").arg(number)); }
    QString database(int number) const { return pc(number) + QStringLiteral("/learning.db"); }
    QString file(const QString &name) const { return m_dir.filePath(name); }
    QString adminFile() const { return file(QStringLiteral("admin.json")); }
    QString bankFile() const { return file(QStringLiteral("bank.qfbank")); }
    QString receiptKeyFile() const { return file(QStringLiteral("receipt.pub")); }
    QStringList answered() const { return m_answered; } ///< ids on the first PC, in chain order

private:
    bool fill(int number, const QList<std::pair<const char *, int>> &answers);
    bool deliver(int number);

    QTemporaryDir m_dir;
    RealServer m_server;
    QStringList m_answered;
};

} // namespace qingfeng
