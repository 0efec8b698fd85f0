#include "app/workstation/pages/list_model.h"

#include "app/widgets/words.h"

#include <algorithm>

namespace qingfeng {

QVariant listRowData(const ListRow &row, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return row.title;
    case Qt::AccessibleTextRole: {
        QStringList parts{row.title};
        if (row.grade) {
            parts.append(Words::of(*row.grade));
        }
        if (!row.line.isEmpty()) {
            parts.append(row.line);
        }
        return parts.join(QStringLiteral(", "));
    }
    case ListRowRole:
        return QVariant::fromValue(row);
    case ListKeyRole:
        return row.key;
    default:
        return {};
    }
}

void ListModel::setRows(QList<ListRow> rows)
{
    const bool sameKeys = rows.size() == m_rows.size() && !rows.isEmpty()
        && std::equal(rows.cbegin(), rows.cend(), m_rows.cbegin(),
            [](const ListRow &a, const ListRow &b) { return a.key == b.key; });
    if (sameKeys) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ListModel::rowOf(const QString &key) const
{
    const auto found = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [&key](const ListRow &row) { return row.key == key; });
    return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
}

int ListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ListModel::data(const QModelIndex &index, int role) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? listRowData(m_rows.at(index.row()), role)
                                                             : QVariant();
}

} // namespace qingfeng
