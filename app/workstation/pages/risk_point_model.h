#pragma once

#include "quiz/archive/summary.h"

#include <QAbstractListModel>

namespace qingfeng {

/** Risk points of a summary as a list; the first row stands for all of them. */
class RiskPointModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, ///< id of the risk point, empty for all
        GradeRole,
        SeenRole,
        QuestionsRole,
        AnsweredRole,
        RightRateRole,
    };

    using QAbstractListModel::QAbstractListModel;

    void setRiskPoints(const QList<RiskPointSummary> &riskPoints);
    int rowOf(const QString &riskPoint) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QVariant dataOfAll(int role) const;

    QList<RiskPointSummary> m_riskPoints;
};

} // namespace qingfeng
