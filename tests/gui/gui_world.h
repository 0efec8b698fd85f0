#pragma once

#include "app/workstation/core/learner.h"
#include "tests/support/fake_clock.h"

#include "quiz/store/learning_store.h"

#include <QTemporaryDir>

namespace qingfeng {

/** A learner with a store in a temporary folder, a fixed clock, and the starter bank: what windows need to
 * show. */
class GuiWorld
{
public:
    /** @param account "zhangsan" (稽查·检查), "lisi" (two posts, a long name), another is unknown */
    explicit GuiWorld(const QString &account = QStringLiteral("zhangsan"));

    Learner &learner() { return *m_learner; }
    /** Has the office ask by this policy file. */
    void setPolicy(const QByteArray &toml);
    LearningStore &store() { return *m_store; }
    FakeClock &clock() { return m_clock; }
    const QuestionBank &bank() const { return *m_bank; }
    QString databasePath() const { return m_dir.filePath(QStringLiteral("learning.db")); }

    /** Answers @p perDay questions on each of @p days days from now on, every fourth off; today is the day
     * after. */
    void study(int days, int perDay);
    /** The server has what was written, and the desk has answered it. */
    void answerThreads(const QString &text);
    /** An administrator's annotation arrives. */
    void annotate(const Attempt &attempt, const QString &text);
    /** A question of the bank by type and post; the first one that fits. */
    const QuestionVersion &questionOf(QuestionType type, const QString &post = {}) const;

    /** A bank whose stems have @p characters characters. */
    static QuestionVersion longQuestion(int characters);

private:
    QTemporaryDir m_dir;
    FakeClock m_clock;
    SeededRandom m_random{11};
    std::unique_ptr<LearningStore> m_store;
    std::shared_ptr<const QuestionBank> m_bank;
    std::unique_ptr<Learner> m_learner;
};

/** A response that is right, or that misses it. */
Response rightResponse(const QuestionVersion &question);
Response wrongResponse(const QuestionVersion &question);

} // namespace qingfeng
