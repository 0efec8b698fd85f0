#pragma once

#include "app/widgets/theme.h"

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace qingfeng {

class RailButton;

/** One place of the rail. */
struct Place
{
    QString key;
    QString text;
    QString iconName;
    QString shortcutHint; ///< for the tool tip, such as "Ctrl+1"
};

/** The rail at the left of a window: its places below each other, one of them shown. */
class Rail : public QWidget
{
    Q_OBJECT

public:
    explicit Rail(const Theme &theme, QWidget *parent = nullptr);

    void setPlaces(const QList<Place> &places);
    void setCurrent(const QString &key);
    QString current() const { return m_current; }
    /** A small number beside a place, such as unread messages; 0 takes it away. */
    void setCount(const QString &key, int count);

Q_SIGNALS:
    void chosen(const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    QVBoxLayout *m_column;
    QList<Place> m_places;
    QList<RailButton *> m_buttons;
    QString m_current;
};

} // namespace qingfeng
