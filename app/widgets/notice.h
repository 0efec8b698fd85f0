#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

namespace qingfeng {

class TextBlock;

/** A sentence in the flow of the page, beside an icon: no banner, no dialog. Hidden while it has no text. */
class Notice : public QWidget
{
    Q_OBJECT

public:
    explicit Notice(const Theme &theme, QWidget *parent = nullptr);

    /** Shows @p text; tells assistive technology. */
    void inform(const QString &text);
    /** The same in the colour of what went wrong. */
    void warn(const QString &text);
    void clear();
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void say(const QString &text, bool warning);

    const Theme &m_theme;
    TextBlock *m_text;
    bool m_warning = false;
};

} // namespace qingfeng
