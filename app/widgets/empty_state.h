#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

namespace qingfeng {

/** What an empty place says: what will be here, and the next step when there is one. */
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const Theme &theme, const QString &iconName, const QString &title, const QString &text,
        const QString &action = {}, QWidget *parent = nullptr);

Q_SIGNALS:
    /** The next step was taken. */
    void acted();
};

} // namespace qingfeng
