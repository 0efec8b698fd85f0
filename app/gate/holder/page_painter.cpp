#include "app/gate/holder/page_painter.h"

#include "app/gate/holder/page_texts.h"

#include <algorithm>
#include <string>

namespace qingfeng::gate {

namespace {

// In units of a monitor at 100 %, as in the widgets' style.
constexpr int columnWidth = 760;
constexpr int sideMargin = 48;
constexpr int topMargin = 24;
constexpr int footHeight = 72;
constexpr int smallText = 15;
constexpr int bodyText = 17;
constexpr int headingText = 22;
constexpr int rowPadding = 9;
constexpr int textMargin = 12;
constexpr int letterWidth = 48;
constexpr int partLabel = 104;

constexpr int whole = 4; // scales are counted in quarters

/** The scale that suits a monitor of this height, in quarters. */
int scaleFor(int height)
{
    return height < 1000 ? whole : height < 1300 ? whole + 1 : height < 1700 ? whole + 2 : 2 * whole;
}

struct Look
{
    std::string_view mark;
    std::string_view words;
    Colour ink;
};

Look lookOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Right:
        return {"✓", page_text::right, rightColour};
    case Verdict::Wrong:
    case Verdict::Invalid:
        return {"✗", page_text::wrong, wrongColour};
    case Verdict::Unsure:
        break;
    }
    return {"○", page_text::unsure, mediumColour};
}

} // namespace

/** A column that is filled from the top; without a canvas it only measures. */
class PagePainter::Flow
{
public:
    Flow(Typesetter &typesetter, Canvas *canvas, int width, int scale, int top)
        : m_typesetter(typesetter)
        , m_canvas(canvas)
        , m_width(width)
        , m_scale(scale)
        , m_y(top)
    {
    }

    int y() const { return m_y; }
    int px(int units) const { return units * m_scale / whole; }
    void space(int units) { m_y += px(units); }

    void text(std::string_view words, int size, const Colour &ink, int spread = 150)
    {
        m_y += write(words, size, ink, 0, m_y, m_width, spread);
    }

    /** A label with a text beside it. */
    void part(std::string_view label, std::string_view words)
    {
        const int left = px(partLabel);
        write(label, smallText, accentColour, 0, m_y + px(1), left, 150);
        m_y += write(words, smallText, inkColour, left, m_y, m_width - left, 150);
    }

    /** One row of choices: its letter or mark in a cell of its own, and its text. */
    void row(std::string_view letter, std::string_view words, bool chosen, const Colour &ink)
    {
        const int left = px(letterWidth);
        const int inside = m_width - left - 2 * px(textMargin);
        const int textHeight = write(words, bodyText, ink, 0, 0, inside, 140, false);
        const Rect area{0, m_y, m_width, textHeight + 2 * px(rowPadding)};
        if (m_canvas != nullptr) {
            m_canvas->fill(area, surfaceColour);
            if (chosen) {
                m_canvas->fill({0, m_y, left, area.height}, ink);
            }
            m_canvas->frame(area, chosen ? px(2) : std::max(1, px(1)), chosen ? ink : lineColour);
        }
        const int letterLeft = (left - m_typesetter.width(letter, px(bodyText))) / 2;
        write(letter, bodyText, chosen ? surfaceColour : ink, letterLeft, m_y + px(rowPadding), left, 140);
        write(words, bodyText, chosen ? ink : inkColour, left + px(textMargin), m_y + px(rowPadding), inside,
            140);
        m_y += area.height + px(8);
    }

    /** A line in a field with a border, letters apart. */
    void field(std::string_view words)
    {
        const Rect area{0, m_y, px(320), px(52)};
        if (m_canvas != nullptr) {
            m_canvas->fill(area, surfaceColour);
            m_canvas->frame(area, px(2), accentColour);
        }
        write(words, headingText, inkColour, px(16), m_y + px(10), area.width - px(32), 100);
        m_y += area.height;
    }

private:
    /** Writes wrapped text at a place; how high it is. */
    int write(std::string_view words, int size, const Colour &ink, int x, int y, int width, int spread,
        bool draws = true)
    {
        const int step = px(size) * spread / 100;
        const int lead = (step - Typesetter::lineHeight(px(size))) / 2;
        int used = 0;
        for (const std::string &line : m_typesetter.wrap(words, px(size), width)) {
            if (m_canvas != nullptr && draws) {
                m_typesetter.draw(*m_canvas, x, y + used + lead, line, px(size), ink);
            }
            used += step;
        }
        return used;
    }

    Typesetter &m_typesetter;
    Canvas *m_canvas;
    int m_width;
    int m_scale;
    int m_y;
};

void PagePainter::layOutQuestion(Flow &flow, const QuestionPage &page)
{
    const BuiltInQuestion &question = page.question();
    flow.text(question.trueFalse ? page_text::trueFalse : page_text::single, smallText, accentColour);
    flow.space(4);
    flow.text(question.stem, headingText, inkColour);
    flow.space(16);
    for (std::size_t place = 0; place < page.order().size(); ++place) {
        const bool chosen = page.selected() == place;
        flow.row(std::string(1, char('A' + place)), question.choices[page.order()[place]].text, chosen,
            chosen ? accentColour : secondaryInkColour);
    }
    flow.space(8);
    const bool two = page.order().size() == 2;
    flow.text(page.mode() == QuestionPage::Mode::Recording ? page_text::waiting
            : two                                          ? page_text::askHintTwo
                                                           : page_text::askHint,
        smallText, secondaryInkColour);
}

void PagePainter::layOutAnswered(Flow &flow, const QuestionPage &page)
{
    const BuiltInQuestion &question = page.question();
    const Look look = lookOf(*page.verdict());
    flow.text(question.stem, bodyText, inkColour);
    flow.space(12);
    for (std::size_t place = 0; place < page.order().size(); ++place) {
        const std::size_t choice = page.order()[place];
        const bool isRight = std::string_view(question.choices[choice].id) == question.answer;
        if (!isRight && choice != page.chosen()) {
            continue; // the others have had their say
        }
        const std::string words = std::string(question.choices[choice].text)
            + std::string(isRight ? page_text::rightAnswer : page_text::yourAnswer);
        flow.row(isRight ? "✓" : "✗", words, true, isRight ? rightColour : wrongColour);
    }
    flow.space(8);
    flow.text(std::string(look.mark) + ' ' + std::string(look.words), headingText, look.ink);
    flow.space(8);
    flow.part(page_text::why, question.why);
    flow.space(8);
    flow.part(page_text::instead, question.instead);
    flow.space(8);
    flow.part(page_text::basis, question.basis);
    flow.space(16);
    flow.text(page_text::enterHint, bodyText, accentColour);
}

void PagePainter::layOutLeaving(Flow &flow)
{
    flow.text(page_text::leaveTitle, headingText, inkColour);
    flow.space(16);
    for (std::size_t i = 0; i < page_text::reasons.size(); ++i) {
        flow.row(std::to_string(i + 1), page_text::reasons[i].text, false, secondaryInkColour);
    }
    flow.space(8);
    flow.text(page_text::leaveHint, smallText, secondaryInkColour);
}

void PagePainter::layOutCode(Flow &flow, const QuestionPage &page)
{
    flow.text(page_text::codeTitle, headingText, inkColour);
    flow.space(16);
    flow.text(page.challenge(), headingText, accentColour);
    flow.space(16);
    flow.field(page.typedCode());
    flow.space(12);
    if (page.refusal() == "typo") {
        flow.text(page_text::codeTypo, bodyText, wrongColour);
    } else if (page.refusal() == "wrong") {
        flow.text(page_text::codeWrong, bodyText, wrongColour);
    } else if (page.refusal() == "wait") {
        flow.text(std::string(page_text::codeWait) + std::to_string(page.refusalSeconds()) + ' '
                + std::string(page_text::seconds),
            bodyText, wrongColour);
    }
    flow.space(4);
    flow.text(page_text::codeHint, smallText, secondaryInkColour);
}

void PagePainter::layOut(Flow &flow, const QuestionPage &page)
{
    flow.text(page_text::heading, smallText, accentColour);
    flow.text(page.isAgain() ? page_text::again : page_text::preface, smallText,
        page.isAgain() ? mediumColour : secondaryInkColour);
    flow.space(16);
    switch (page.mode()) {
    case QuestionPage::Mode::Asking:
    case QuestionPage::Mode::Recording:
        layOutQuestion(flow, page);
        break;
    case QuestionPage::Mode::Answered:
        layOutAnswered(flow, page);
        break;
    case QuestionPage::Mode::Leaving:
        layOutLeaving(flow);
        break;
    case QuestionPage::Mode::PowerOff:
        flow.text(page_text::powerTitle, headingText, inkColour);
        flow.space(16);
        flow.text(page_text::powerHint, bodyText, secondaryInkColour);
        break;
    case QuestionPage::Mode::Code:
        layOutCode(flow, page);
        break;
    }
}

void PagePainter::drawFoot(
    Canvas &canvas, const QuestionPage &page, int scale, std::optional<int> secondsLeft)
{
    const auto px = [scale](int units) { return units * scale / whole; };
    const int top = canvas.height() - px(footHeight - 16);
    if (page.mode() == QuestionPage::Mode::Asking) {
        m_typesetter.draw(canvas, 0, top,
            page.challenge().empty() ? page_text::footer : page_text::footerWithCode, px(smallText),
            secondaryInkColour);
    }
    if (secondsLeft) {
        const std::string words = std::string(page_text::openingBefore) + std::to_string(*secondsLeft)
            + std::string(page_text::countdownAfter);
        const int left = canvas.width() - m_typesetter.width(words, px(smallText));
        m_typesetter.draw(canvas, left, top, words, px(smallText), mediumColour);
    }
}

Placed PagePainter::question(const QuestionPage &page, int width, int height, std::optional<int> secondsLeft)
{
    // The largest scale at which everything stands above the foot; at the smallest it must do.
    int scale = scaleFor(height) + 1;
    int column = 0;
    int used = 0;
    int room = 0;
    do {
        --scale;
        column = std::min(columnWidth * scale / whole, width - 2 * sideMargin);
        Flow measure(m_typesetter, nullptr, column, scale, 0);
        layOut(measure, page);
        used = measure.y();
        room = height - (topMargin + footHeight) * scale / whole;
    } while (used > room && scale > whole - 1);
    Canvas canvas(std::max(column, 1), height, backgroundColour);
    const int top = topMargin * scale / whole + std::max(0, room - used) * 2 / 5;
    Flow flow(m_typesetter, &canvas, column, scale, top);
    layOut(flow, page);
    drawFoot(canvas, page, scale, secondsLeft);
    return {std::move(canvas), (width - column) / 2, 0};
}

Placed PagePainter::countdown(int width, int height, int seconds)
{
    const int scale = scaleFor(height);
    const int title = headingText * scale / whole;
    const int note = smallText * scale / whole;
    const std::string number = std::to_string(std::clamp(seconds, 0, 999));
    // As wide as three digits need, so that a shorter number leaves nothing of a longer one beside it.
    const int before = m_typesetter.width(page_text::countdownBefore, title);
    const int after = m_typesetter.width(page_text::countdownAfter, title);
    const int noteWidth = m_typesetter.width(page_text::countdownNote, note);
    const int digits = m_typesetter.width(number, title);
    Canvas canvas(std::max(before + m_typesetter.width("000", title) + after, noteWidth),
        2 * Typesetter::lineHeight(title) + Typesetter::lineHeight(note), backgroundColour);
    int x = (canvas.width() - before - digits - after) / 2;
    m_typesetter.draw(canvas, x, 0, page_text::countdownBefore, title, inkColour);
    m_typesetter.draw(canvas, x + before, 0, number, title, accentColour);
    m_typesetter.draw(canvas, x + before + digits, 0, page_text::countdownAfter, title, inkColour);
    m_typesetter.draw(canvas, (canvas.width() - noteWidth) / 2, Typesetter::lineHeight(title) * 3 / 2,
        page_text::countdownNote, note, secondaryInkColour);
    const int left = (width - canvas.width()) / 2;
    const int top = (height - canvas.height()) * 2 / 5;
    return {std::move(canvas), left, top};
}

} // namespace qingfeng::gate
