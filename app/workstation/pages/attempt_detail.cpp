#include "app/workstation/pages/attempt_detail.h"

#include "app/workstation/pages/message_words.h"

#include "app/widgets/explanation_view.h"
#include "app/widgets/items/answer_view.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include <QVBoxLayout>

namespace qingfeng {

AttemptDetail::AttemptDetail(const Learner &learner, const Theme &theme, const QuestionVersion &question,
    const Attempt &answer, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::s);
    const PictureSource pictures = [&learner](const QString &media) { return learner.bank().media().value(media); };
    m_column->addWidget(new TextBlock(m_theme, readingStyle(Type::Reading), question.stem, this));
    addPicture(m_column, m_theme, question.picture, pictures);
    QMap<QString, QStringList> partsShown;
    for (const auto &[id, part] : answer.parts.asKeyValueRange()) {
        partsShown.insert(id, part.choicesShown);
    }
    auto *view = new AnswerView(m_theme, this);
    view->setPictureSource(pictures);
    view->setQuestion(question, answer.choicesShown, partsShown);
    view->showMarks(responseOf(answer));
    m_column->addWidget(view);
    m_column->addSpacing(space::s);
    auto *explanation = new ExplanationView(m_theme, this);
    explanation->setQuestion(question, learner.bank());
    m_column->addWidget(explanation);
    addDoubts(learner, question.id);
}

void AttemptDetail::addDoubts(const Learner &learner, const QString &question)
{
    for (const FeedbackThread &thread : learner.threads(question)) {
        for (const FeedbackEntry &entry : thread.entries) {
            if (entry.kind == FeedbackKind::Message) {
                m_column->addWidget(new TextBlock(m_theme, readingStyle(Type::Small, Ink::Secondary),
                    messageLine(entry, thread.state()), this));
            }
        }
    }
}

} // namespace qingfeng
