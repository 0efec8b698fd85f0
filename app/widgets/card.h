#pragma once

#include <QFrame>

class QVBoxLayout;

namespace qingfeng {

/** A surface with a hair line and a column of content in it. */
class Card : public QFrame
{
    Q_OBJECT

public:
    enum class Tone { Surface, Quiet };
    explicit Card(Tone tone = Tone::Surface, QWidget *parent = nullptr);

    QVBoxLayout *column() const { return m_column; }

private:
    QVBoxLayout *m_column;
};

/** A hair line across, between two parts of a page. */
QFrame *makeHairLine(QWidget *parent = nullptr);
/** A hair line from top to bottom. */
QFrame *makeUpright(QWidget *parent = nullptr);

} // namespace qingfeng
