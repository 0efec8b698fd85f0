#pragma once

#include "app/widgets/theme.h"

#include "quiz/archive/mastery.h"

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace qingfeng {

class HeatCell;

/** One cell: a risk point and how well it sits. */
struct HeatPoint
{
    QString key;
    QString name;
    RiskGrade grade = RiskGrade::Medium;
    MasteryLevel level = MasteryLevel::Untested;
    double mastery = 0; ///< 0…1
    int answers = 0; ///< valid ones
};

/** The risk points of one post. */
struct HeatRow
{
    QString name;
    QString note; ///< small, below the name
    QList<HeatPoint> points;
};

/**
 * 岗位 × 风险点: a row of cells for each post, each with its level by shade, by marks (none to four) and by word.
 * One stop for Tab; arrows move within, Enter or a click chooses. Every cell tells assistive technology its reading.
 */
class HeatMap : public QWidget
{
    Q_OBJECT

public:
    HeatMap(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);

    /** @p reading says in words what there is to see. */
    void setRows(const QList<HeatRow> &rows, const QString &reading);

Q_SIGNALS:
    /** A cell was chosen to be studied. */
    void studyRequested(const QString &key);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void moveTo(qsizetype position);

    const Theme &m_theme;
    QVBoxLayout *m_column;
    QList<QWidget *> m_rows;
    QList<HeatCell *> m_cells; ///< of all rows
};

/** What a cell says, as one sentence. */
QString readingOf(const HeatPoint &point);

} // namespace qingfeng
