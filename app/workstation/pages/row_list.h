#pragma once

#include "app/widgets/theme.h"

#include <QListView>

namespace qingfeng {

/**
 * A list beside the content: a shape or an icon, a title of a few lines with what was found in it, a small line and
 * a thin bar below. Arrows move, Enter or a click chooses. Rows are made and laid out when they are seen.
 */
class RowList : public QListView
{
    Q_OBJECT

public:
    /** Titles in as many lines as they need, or cut off after one, for lists of thousands. */
    enum class Titles { Wrapped, OneLine };
    RowList(const Theme &theme, Titles titles, const QString &accessibleName, QWidget *parent = nullptr);

    /** Makes a row the current one without choosing it; −1 leaves none. */
    void setCurrentRow(int row);

Q_SIGNALS:
    void chosen(const QModelIndex &index);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace qingfeng
