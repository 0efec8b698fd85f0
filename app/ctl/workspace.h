#pragma once

#include "app/ctl/commands.h"
#include "app/workstation/core/data_folder.h"
#include "app/workstation/core/learner.h"

#include "quiz/store/learning_store.h"

#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"

#include <memory>

namespace qingfeng::ctl {

/** A workstation's data folder, opened for one command. */
class Workspace
{
public:
    /** NotFound when the folder has no database: a query never makes one. */
    static Result<std::unique_ptr<Workspace>> open(const Common &common);

    const DataFolder &folder() const { return m_folder; }
    LearningStore &store() { return *m_store; }
    const Clock &clock() const { return m_clock; }
    Random &random() { return m_random; }
    /** The learner of this account, asked from @p bank. */
    std::unique_ptr<Learner> learner(std::shared_ptr<const QuestionBank> bank);

private:
    explicit Workspace(const Common &common);

    DataFolder m_folder;
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<LearningStore> m_store;
};

/** Reads a bank for looking at: a package, a JSON file, or a folder of sources. Trust is not asked for. */
Result<QuestionBank> readAnyBank(const QString &path);

} // namespace qingfeng::ctl
