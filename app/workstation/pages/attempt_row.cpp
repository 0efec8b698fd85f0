#include "app/workstation/pages/attempt_row.h"

#include "app/workstation/pages/attempt_head.h"

#include "app/widgets/explanation_view.h"
#include "app/widgets/items/answer_view.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <QVBoxLayout>

namespace qingfeng {

AttemptRow::AttemptRow(const Learner &learner, const Theme &theme, Attempt attempt, QWidget *parent)
    : QWidget(parent)
    , m_learner(learner)
    , m_theme(theme)
    , m_attempt(std::move(attempt))
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    const QuestionVersion *question = learner.question(m_attempt.question, m_attempt.version);
    auto *head = new AttemptHead(theme, m_attempt,
        //: %1 id of a question that the bank has no more.
        question ? question->stem : tr("Question %1, no longer in the bank").arg(m_attempt.question), this);
    m_column->addWidget(head);
    head->setEnabled(question != nullptr);
    connect(head, &QAbstractButton::toggled, this, &AttemptRow::setOpen);
}

void AttemptRow::setOpen(bool open)
{
    if (open && !m_body) {
        m_body = makeBody();
        m_column->addWidget(m_body);
    }
    if (m_body) {
        m_body->setVisible(open);
    }
}

QWidget *AttemptRow::makeBody()
{
    auto *body = new QWidget(this);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(space::m + size::icon + space::m, space::s, space::m, space::xl);
    column->setSpacing(space::s);
    const QuestionVersion &question = *m_learner.question(m_attempt.question, m_attempt.version);
    column->addWidget(new TextBlock(m_theme, readingStyle(Type::Reading), question.stem, body));
    QMap<QString, QStringList> partsShown;
    for (const auto &[id, part] : m_attempt.parts.asKeyValueRange()) {
        partsShown.insert(id, part.choicesShown);
    }
    auto *answer = new AnswerView(m_theme, body);
    answer->setQuestion(question, m_attempt.choicesShown, partsShown);
    answer->showMarks(responseOf(m_attempt));
    column->addWidget(answer);
    column->addSpacing(space::s);
    auto *explanation = new ExplanationView(m_theme, body);
    explanation->setQuestion(question, m_learner.bank());
    column->addWidget(explanation);
    return body;
}

} // namespace qingfeng
