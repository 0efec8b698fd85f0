#pragma once

#include "app/gate/holder/canvas.h"
#include "app/gate/holder/question_page.h"
#include "app/gate/holder/typesetter.h"

#include <optional>
#include <vector>

namespace qingfeng::gate {

/** A picture and where it belongs on a monitor of this size. */
struct Placed
{
    Canvas canvas;
    int x;
    int y;
};

/**
 * Draws what the holder shows by itself, for a monitor of any size from 1024 × 600: the built-in question as
 * one column, or the countdown. Light only: the gate knows nobody's settings here.
 */
class PagePainter
{
public:
    /** The column over the monitor's whole height. @param secondsLeft of a running countdown */
    Placed question(const QuestionPage &page, int width, int height, std::optional<int> secondsLeft);
    /** The notice that the desktop will open in so many seconds, 0–999. */
    Placed countdown(int width, int height, int seconds);

private:
    class Flow;

    void layOut(Flow &flow, const QuestionPage &page);
    void layOutQuestion(Flow &flow, const QuestionPage &page);
    void layOutAnswered(Flow &flow, const QuestionPage &page);
    void layOutLeaving(Flow &flow);
    void layOutCode(Flow &flow, const QuestionPage &page);
    void drawFoot(Canvas &canvas, const QuestionPage &page, int scale, std::optional<int> secondsLeft);

    Typesetter m_typesetter;
};

} // namespace qingfeng::gate
