#pragma once

#include "app/workstation/core/learner.h"

#include "app/widgets/scroll_page.h"

namespace qingfeng {

/** 主题: what is to be read these days, the story that goes with it, and the way to its questions. */
class ThemePage : public ScrollPage
{
    Q_OBJECT

public:
    ThemePage(Learner &learner, const Theme &theme, QWidget *parent = nullptr);

    /** Shows the theme of that id; the one of today for an empty or unknown id. */
    void showTheme(const QString &id);

Q_SIGNALS:
    /** Its questions are to be studied. */
    void studyRequested(const qingfeng::StudyFilter &filter);

private:
    void refresh();
    void fill(QVBoxLayout *page, const CultureTheme &culture);
    void addText(QVBoxLayout *page, const QString &text);

    Learner &m_learner;
    const Theme &m_theme;
    QString m_shown; ///< id asked for
    QWidget *m_body = nullptr;
};

} // namespace qingfeng
