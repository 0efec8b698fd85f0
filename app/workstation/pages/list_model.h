#pragma once

#include "app/widgets/tokens.h"

#include "quiz/study/question_search.h"

#include "question_bank/model/risk.h"

#include <QAbstractListModel>

#include <optional>

namespace qingfeng {

/** One row of a list beside the content: what it stands for, and what is said of it. */
struct ListRow
{
    QString key; ///< id of a risk point, law, theme, question or paper; empty = all of them
    bool isQuestion = false; ///< @ref key is a question's
    QString title;
    QList<TextRange> marks = {}; ///< of the title, as found
    QString line = {}; ///< small, below the title
    QList<TextRange> lineMarks = {};
    std::optional<double> share = {}; ///< 0…1: a thin bar beside the line
    std::optional<RiskGrade> grade = {}; ///< its shape before the title
    QString icon = {}; ///< or an icon there
    Ink ink = Ink::Secondary; ///< of the icon
    bool operator==(const ListRow &) const = default;
};

/** What RowList shows of a row; a model that makes its rows when they are looked at uses the same roles. */
enum ListRole {
    ListRowRole = Qt::UserRole, ///< the whole ListRow as a QVariant
    ListKeyRole,
};

/** Rows as a list. New rows of the same keys keep the choice of the reader. */
class ListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(QList<ListRow> rows);
    const QList<ListRow> &rows() const { return m_rows; }
    /** Position of a key, or −1. */
    int rowOf(const QString &key) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<ListRow> m_rows;
};

/** The value of a role, from the row itself. */
QVariant listRowData(const ListRow &row, int role);

} // namespace qingfeng

Q_DECLARE_METATYPE(qingfeng::ListRow)
