#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace qingfeng {

class Card;
class QuestionBank;
struct QuestionVersion;

/** 解析 in its four short parts, and the legal basis as a card. */
class ExplanationView : public QWidget
{
    Q_OBJECT

public:
    explicit ExplanationView(const Theme &theme, QWidget *parent = nullptr);

    void setQuestion(const QuestionVersion &question, const QuestionBank &bank);

private:
    void addPart(const QString &label, const QString &text);
    void addArticles(const QuestionVersion &question, const QuestionBank &bank);

    const Theme &m_theme;
    QVBoxLayout *m_column;
};

} // namespace qingfeng
