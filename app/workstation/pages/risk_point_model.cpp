#include "app/workstation/pages/risk_point_model.h"

#include "app/widgets/words.h"

namespace qingfeng {

void RiskPointModel::setRiskPoints(const QList<RiskPointSummary> &riskPoints)
{
    const bool sameRows = riskPoints.size() == m_riskPoints.size()
        && std::equal(riskPoints.cbegin(), riskPoints.cend(), m_riskPoints.cbegin(),
            [](const RiskPointSummary &a, const RiskPointSummary &b) { return a.riskPoint == b.riskPoint; });
    if (sameRows) { // the choice of the reader stays
        m_riskPoints = riskPoints;
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_riskPoints = riskPoints;
    endResetModel();
}

int RiskPointModel::rowOf(const QString &riskPoint) const
{
    for (qsizetype i = 0; i < m_riskPoints.size(); ++i) {
        if (m_riskPoints.at(i).riskPoint == riskPoint) {
            return int(i) + 1;
        }
    }
    return 0;
}

int RiskPointModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_riskPoints.size()) + 1;
}

QVariant RiskPointModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (index.row() == 0) {
        return dataOfAll(role);
    }
    const RiskPointSummary &point = m_riskPoints.at(index.row() - 1);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return point.name;
    case Qt::AccessibleTextRole:
        //: %1 name of a risk point, %2 high risk …, %3 asked questions, %4 questions there are.
        return tr("%1, %2, %3 of %4 questions asked")
            .arg(point.name, Words::of(point.grade))
            .arg(point.seen)
            .arg(point.questions);
    case IdRole:
        return point.riskPoint;
    case GradeRole:
        return int(point.grade);
    case SeenRole:
        return point.seen;
    case QuestionsRole:
        return point.questions;
    case AnsweredRole:
        return point.answered;
    case RightRateRole:
        return point.rightRate();
    default:
        return {};
    }
}

QVariant RiskPointModel::dataOfAll(int role) const
{
    const auto sum = [this](auto member) {
        int total = 0;
        for (const RiskPointSummary &point : m_riskPoints) {
            total += point.*member;
        }
        return total;
    };
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return tr("All risk points");
    case IdRole:
        return QString();
    case SeenRole:
        return sum(&RiskPointSummary::seen);
    case QuestionsRole:
        return sum(&RiskPointSummary::questions);
    case AnsweredRole:
        return sum(&RiskPointSummary::answered);
    case RightRateRole: {
        const int answered = sum(&RiskPointSummary::answered);
        return answered > 0 ? double(sum(&RiskPointSummary::right)) / answered : 0.0;
    }
    default:
        return {};
    }
}

} // namespace qingfeng
