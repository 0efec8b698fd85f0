#pragma once

#include "app/workstation/core/learner.h"

#include <QAbstractListModel>
#include <QSet>

namespace qingfeng {

/** Which answers of the history are shown. */
enum class HistoryKind { All, NotRight, Gate, Study, Test, Annotated };

/** Every answer of the learner, newest first; a row is made when it is looked at, so thousands cost nothing. */
class HistoryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    explicit HistoryModel(const Learner &learner, QObject *parent = nullptr);

    /** Reads the answers anew and keeps those of a kind. */
    void refresh(HistoryKind kind);
    const Attempt &attemptAt(int row) const { return m_attempts.at(m_shown.at(row)); }
    /** Row of an attempt, or −1. */
    int rowOf(const QString &attemptId) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    const Learner &m_learner;
    QList<Attempt> m_attempts; ///< in chain order
    QList<qsizetype> m_shown; ///< positions in it, newest first
    QSet<QString> m_annotated; ///< ids of those with an annotation
};

} // namespace qingfeng
