#include "app/workstation/pages/paper_report.h"

#include "app/workstation/pages/attempt_detail.h"
#include "app/workstation/pages/attempt_row.h"

#include "app/widgets/bar_list.h"
#include "app/widgets/button.h"
#include "app/widgets/card.h"
#include "app/widgets/folding_row.h"
#include "app/widgets/stat_card.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include "question_bank/base/clock.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace qingfeng {
namespace {

QString minutesAndSeconds(qint64 ms)
{
    return QStringLiteral("%1:%2").arg(ms / 60'000).arg(ms / 1000 % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

PaperReport::PaperReport(Learner &learner, const Theme &theme, const Paper &paper, QWidget *parent)
    : ScrollPage(size::column, parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_paper(paper)
{
    setAccessibleName(tr("Result of the paper"));
    scaleWith(m_theme);
    const PaperResult result = Papers(learner).result(paper);
    addHead(result);
    addStats(result);
    addRiskPoints(result);
    addQuestions();
    column()->addStretch();
}

void PaperReport::addHead(const PaperResult &result)
{
    QString sentence = result.passed
        ? tr("Passed. %1 of %n question(s) right.", nullptr, result.questions).arg(result.right)
        : tr("Not passed yet: %1 of %n question(s) right. What was missed stands below with its explanation.", nullptr,
            result.questions)
              .arg(result.right);
    if (m_paper.timedOut) {
        sentence = tr("The time was up. %1").arg(sentence);
    }
    auto *head = new QWidget(content());
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, space::s);
    row->setSpacing(space::xl);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::s);
    words->addWidget(new TextBlock(m_theme, {Type::Small, Ink::Secondary},
        tr("Paper of %1").arg(Words::moment(m_paper.startedAtMs, m_learner.clock().utcOffsetSeconds())), head));
    words->addWidget(new TextBlock(m_theme, {Type::Heading}, sentence, head));
    auto *another = new Button(m_theme, Button::Kind::Secondary, tr("&Another paper"), head);
    connect(another, &QAbstractButton::clicked, this, &PaperReport::anotherRequested);
    words->addWidget(another, 0, Qt::AlignLeft);
    setFocusProxy(another);
    auto *number = new TextBlock(m_theme,
        {Type::Display, result.passed ? Ink::Right : Ink::Accent, false, 1.2, Qt::AlignRight},
        Words::percent(result.share), head);
    number->setSingleLine(true);
    row->addLayout(words, 1);
    row->addWidget(number, 0, Qt::AlignTop);
    column()->addWidget(head);
}

void PaperReport::addStats(const PaperResult &result)
{
    auto *stats = new FoldingRow(m_theme, size::card + 2 * space::huge, space::m, content());
    auto *answered = new StatCard(m_theme, tr("Answered"), stats);
    answered->setValue(QStringLiteral("%1 / %2").arg(result.answered).arg(result.questions), {},
        result.notAnswered > 0 ? tr("%n not answered", nullptr, result.notAnswered) : tr("every one"));
    auto *pass = new StatCard(m_theme, tr("Pass mark"), stats);
    pass->setValue(Words::percent(m_paper.rules.passPercent / 100.0), {},
        result.passed ? tr("reached") : tr("not reached yet"));
    auto *time = new StatCard(m_theme, tr("Time"), stats);
    time->setValue(minutesAndSeconds(m_paper.usedMs), {}, tr("of %n minute(s)", nullptr, m_paper.rules.minutes));
    for (StatCard *card : {answered, pass, time}) {
        stats->row()->addWidget(card, 1);
    }
    column()->addWidget(stats);
    if (result.invalid > 0) {
        column()->addWidget(new TextBlock(m_theme, readingStyle(Type::Small, Ink::Secondary),
            tr("%n answer(s) came faster than the question can be read: recorded, not counted.", nullptr,
                result.invalid),
            content()));
    }
}

void PaperReport::addRiskPoints(const PaperResult &result)
{
    auto *card = new Card(Card::Tone::Surface, content());
    card->column()->addWidget(
        new TextBlock(m_theme, {Type::Reading, Ink::Primary, true}, tr("By risk point"), card));
    auto *list = new BarList(m_theme, tr("Right answers per risk point"), card);
    QList<Bar> bars;
    for (const PaperRiskPoint &point : result.riskPoints) {
        const RiskPoint *known = m_learner.bank().riskPoint(point.riskPoint);
        bars.append({point.riskPoint, known ? known->name : point.riskPoint,
            known ? known->grade : RiskGrade::Medium, double(point.right) / point.questions, point.questions,
            point.right < point.questions});
    }
    list->setBars(bars);
    card->column()->addSpacing(space::s);
    card->column()->addWidget(list);
    connect(list, &BarList::studyRequested, this, [this](const QString &riskPoint) {
        StudyFilter filter;
        filter.riskPoint = riskPoint;
        Q_EMIT studyRequested(filter);
    });
    column()->addWidget(card);
}

void PaperReport::addQuestions()
{
    auto *card = new Card(Card::Tone::Surface, content());
    card->column()->setSpacing(0);
    card->column()->addWidget(
        new TextBlock(m_theme, {Type::Reading, Ink::Primary, true}, tr("Question by question"), card));
    card->column()->addWidget(new TextBlock(
        m_theme, {Type::Small, Ink::Secondary}, tr("Open one to read the answer and its explanation."), card));
    card->column()->addSpacing(space::m);
    const Papers papers(m_learner);
    for (qsizetype i = 0; i < m_paper.items.size(); ++i) {
        const PaperItem &item = m_paper.items.at(i);
        const auto attempt = papers.attemptFor(item);
        const QuestionVersion *question = m_learner.question(item.question, item.version);
        AttemptHead::Sign sign{QStringLiteral("question"), Ink::Secondary, tr("Not answered")};
        if (attempt) {
            sign = {iconOf(attempt->outcome), inkOf(attempt->outcome), Words::of(attempt->outcome)};
        }
        Attempt answer = attempt.value_or(Attempt());
        if (!attempt) {
            answer.choicesShown = item.choicesShown;
            for (const auto &[id, shown] : item.partsShown.asKeyValueRange()) {
                answer.parts[id].choicesShown = shown;
            }
        }
        //: %1 number of a question in a paper, %2 its stem.
        auto *head = new AttemptHead(m_theme, sign,
            tr("%1. %2").arg(i + 1).arg(
                question ? question->stem : tr("Question %1, no longer in the bank").arg(item.question)),
            {}, card);
        AttemptRow::MakeBody make;
        if (question) {
            make = [this, item, answer](QWidget *parent) -> QWidget * {
                // Looked up when it is opened: the bank may be another by then.
                const QuestionVersion *now = m_learner.question(item.question, item.version);
                if (!now) {
                    return new TextBlock(m_theme, readingStyle(), tr("The bank has this question no more."), parent);
                }
                return new AttemptDetail(m_learner, m_theme, *now, answer, parent);
            };
        }
        card->column()->addWidget(new AttemptRow(head, make, card));
    }
    column()->addWidget(card);
}

} // namespace qingfeng
