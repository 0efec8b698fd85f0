#pragma once

#include "app/widgets/theme.h"

#include "question_bank/base/clock.h"

#include <QTimer>
#include <QWidget>

namespace qingfeng {

/** What the other monitors show meanwhile: the background, a line of integrity culture for the day, the time.
 */
class SidePage : public QWidget
{
    Q_OBJECT

public:
    SidePage(const Theme &theme, const Clock &clock, QWidget *parent = nullptr);

    /** A line of the running theme instead of the day's own; @p source is where it is from. */
    void setLine(const QString &line, const QString &source);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    const Clock &m_clock;
    QString m_line;
    QString m_source;
    QTimer m_minute;
};

} // namespace qingfeng
