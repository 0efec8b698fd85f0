#include "app/gate/holder/question_page.h"

#include "app/gate/core/unlock.h"
#include "app/gate/holder/page_texts.h"

#include <utility>

namespace qingfeng::gate {

namespace {

std::string line(std::string_view word, std::string_view what)
{
    return std::string(word) + ' ' + std::string(what);
}

/** Which of a list "A", "B" … or "1", "2" … names, from 0; nothing else. */
std::optional<std::size_t> placeNamed(char letter, std::size_t count)
{
    const int place = letter >= '1' && letter <= '9' ? letter - '1'
        : letter >= 'A' && letter <= 'F'             ? letter - 'A'
                                                     : -1;
    return place >= 0 && std::size_t(place) < count ? std::optional(std::size_t(place)) : std::nullopt;
}

} // namespace

QuestionPage::QuestionPage(std::size_t question, std::vector<std::size_t> order, bool again)
    : m_question(question)
    , m_order(std::move(order))
    , m_again(again)
{
}

void QuestionPage::showVerdict(Verdict verdict, std::size_t chosen)
{
    m_verdict = verdict;
    m_chosen = chosen;
    m_mode = Mode::Answered;
}

void QuestionPage::refuseCode(const std::string &reason, int seconds)
{
    m_refusal = reason;
    m_refusalSeconds = seconds;
    if (reason != "typo") {
        m_code.clear();
    }
}

std::optional<std::string> QuestionPage::press(const Key &key)
{
    switch (m_mode) {
    case Mode::Asking:
        return pressAsking(key);
    case Mode::Recording:
        return std::nullopt;
    case Mode::Answered:
        return key.kind == Key::Enter ? std::optional(std::string(page_line::open)) : std::nullopt;
    case Mode::Leaving:
        return pressLeaving(key);
    case Mode::PowerOff:
        return pressPowerOff(key);
    case Mode::Code:
        return pressCode(key);
    }
    return std::nullopt;
}

std::optional<std::string> QuestionPage::submit(std::string_view choice)
{
    m_mode = Mode::Recording;
    return line(page_line::answered, choice);
}

void QuestionPage::move(int step)
{
    const int count = int(m_order.size());
    const int from = m_selected ? int(*m_selected) : (step > 0 ? -1 : count);
    m_selected = std::size_t((from + step + count) % count);
}

std::optional<std::string> QuestionPage::pressAsking(const Key &key)
{
    if (key.kind == Key::Up || key.kind == Key::Down) {
        move(key.kind == Key::Up ? -1 : 1);
    } else if (key.kind == Key::Enter && m_selected) {
        return submit(question().choices[m_order[*m_selected]].id);
    } else if (key.kind == Key::Letter) {
        if (const auto place = placeNamed(key.letter, m_order.size())) {
            m_selected = place;
        } else if (key.letter == 'U') {
            return submit(unsureWord);
        } else {
            openSidePage(key);
        }
    }
    return std::nullopt;
}

bool QuestionPage::openSidePage(const Key &key)
{
    if (key.letter != 'E' && key.letter != 'P' && !(key.letter == 'K' && !m_challenge.empty())) {
        return false;
    }
    m_before = m_mode;
    m_mode = key.letter == 'E' ? Mode::Leaving : key.letter == 'P' ? Mode::PowerOff : Mode::Code;
    m_code.clear();
    m_refusal.clear();
    return true;
}

std::optional<std::string> QuestionPage::pressLeaving(const Key &key)
{
    if (key.kind == Key::Escape) {
        m_mode = m_before;
    } else if (key.kind == Key::Letter) {
        if (const auto place = placeNamed(key.letter, page_text::reasons.size())) {
            return line(page_line::leave, page_text::reasons[*place].word);
        }
    }
    return std::nullopt;
}

std::optional<std::string> QuestionPage::pressPowerOff(const Key &key)
{
    if (key.kind == Key::Escape) {
        m_mode = m_before;
    } else if (key.kind == Key::Letter && key.letter == 'P') {
        m_mode = m_before;
        return std::string(page_line::powerOff);
    }
    return std::nullopt;
}

std::optional<std::string> QuestionPage::pressCode(const Key &key)
{
    if (key.kind == Key::Escape) {
        m_mode = m_before;
    } else if (key.kind == Key::Backspace && !m_code.empty()) {
        m_code.pop_back();
    } else if (key.kind == Key::Letter && m_code.size() < unlockCodeLength) {
        m_code += key.letter;
    } else if (key.kind == Key::Enter && m_code.size() == unlockCodeLength) {
        m_refusal.clear();
        return line(page_line::code, m_code);
    }
    return std::nullopt;
}

} // namespace qingfeng::gate
