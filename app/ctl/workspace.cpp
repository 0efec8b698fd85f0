#include "app/ctl/workspace.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/formats/bank_sources.h"
#include "question_bank/model/bank_document.h"
#include "question_bank/package/bank_folder.h"

#include <QFileInfo>

namespace qingfeng::ctl {

Workspace::Workspace(const Common &common)
    : m_folder(common.dataPath)
{
}

Result<std::unique_ptr<Workspace>> Workspace::open(const Common &common)
{
    std::unique_ptr<Workspace> workspace(new Workspace(common));
    const QString database = workspace->m_folder.database();
    if (!QFileInfo::exists(database)) {
        return Error(ErrorCode::NotFound, QStringLiteral("no workstation database"), database);
    }
    auto store = LearningStore::open(database, workspace->m_clock, workspace->m_random);
    if (!store) {
        return store.error();
    }
    workspace->m_store = std::move(*store);
    using Opened = Result<std::unique_ptr<Workspace>>;
    return Opened(std::move(workspace));
}

std::unique_ptr<Learner> Workspace::learner(std::shared_ptr<const QuestionBank> bank)
{
    auto learner = std::make_unique<Learner>(*m_store, std::move(bank), m_clock, m_random, currentOsAccount());
    learner->setRules(loadGateRules(systemConfigFolder(), m_random).rules);
    return learner;
}

Result<QuestionBank> readAnyBank(const QString &path)
{
    if (QFileInfo(path).isDir()) {
        return readBankSources(path);
    }
    const auto bytes = readFile(path, maxUnpackedBytes);
    if (!bytes) {
        return bytes.error();
    }
    if (bytes->startsWith('{')) {
        const auto document = parseJsonObject(*bytes);
        auto bank = document ? bankFromDocument(*document) : document.error();
        if (!bank) {
            return Error(bank.error().code(), bank.error().detail(), path + QStringLiteral(": ") + bank.error().where());
        }
        return bank;
    }
    auto package = readPackage(*bytes);
    if (!package) {
        return Error(package.error().code(), package.error().detail(), path);
    }
    return std::move(package->bank);
}

} // namespace qingfeng::ctl
