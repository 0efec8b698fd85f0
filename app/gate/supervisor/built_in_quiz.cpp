#include "app/gate/supervisor/built_in_quiz.h"

#include "app/gate/core/clocks.h"
#include "app/gate/core/events.h"

#include <sodium.h>

#include <numeric>
#include <utility>

namespace qingfeng::gate {

namespace {

/** A single choice in any order; a true/false as everybody knows it. */
std::vector<std::size_t> shownOrder(const BuiltInQuestion &question)
{
    std::vector<std::size_t> order(question.choiceCount);
    std::iota(order.begin(), order.end(), std::size_t(0));
    for (std::size_t i = order.size(); i > 1 && !question.trueFalse; --i) {
        std::swap(order[i - 1], order[randombytes_uniform(std::uint32_t(i))]);
    }
    return order;
}

} // namespace

void BuiltInQuiz::ask(std::int64_t nowMs)
{
    m_again = m_judged == Verdict::Invalid;
    m_judged.reset();
    if (m_asked.size() == builtInQuestionCount) {
        m_asked.clear();
    }
    auto number = std::size_t(randombytes_uniform(std::uint32_t(builtInQuestionCount)));
    while (m_asked.count(number) != 0) {
        number = (number + 1) % builtInQuestionCount;
    }
    m_asked.insert(number);
    m_askedMs = nowMs;
    m_attempt = BuiltInAttempt{};
    m_attempt->id = newId(wallClockMs());
    m_attempt->question = number;
    m_attempt->order = shownOrder(builtInQuestions[number]);
}

std::optional<BuiltInQuiz::Judged> BuiltInQuiz::answer(std::string_view choice, std::int64_t nowMs)
{
    if (!m_attempt || m_judged) {
        return std::nullopt;
    }
    const BuiltInQuestion &question = builtInQuestions[m_attempt->question];
    if (choice != unsureWord && choiceIndex(question, choice) == question.choiceCount) {
        return std::nullopt;
    }
    m_attempt->choice = choice;
    m_attempt->responseMs = nowMs - m_askedMs;
    m_attempt->verdict = judge(question, choice, m_attempt->responseMs);
    m_attempt->answeredAtMs = wallClockMs();
    m_attempt->utcOffsetSeconds = utcOffsetSeconds();
    const bool kept = m_log.record(*m_attempt);
    m_judged = m_attempt->verdict;
    return Judged{question.id, *m_judged, kept};
}

std::vector<std::string> BuiltInQuiz::lines() const
{
    if (!m_attempt) {
        return {};
    }
    std::string places;
    for (const std::size_t place : m_attempt->order) {
        places += char('0' + place);
    }
    std::vector<std::string> lines{
        "ask " + std::to_string(m_attempt->question) + ' ' + places + (m_again ? " again" : "")};
    if (m_judged) {
        lines.push_back("verdict " + std::string(verdictName(*m_judged)) + ' ' + m_attempt->choice);
    }
    return lines;
}

} // namespace qingfeng::gate
