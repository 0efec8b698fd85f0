#include "app/workstation/core/bank_loader.h"

namespace qingfeng {

LoadedBank loadBank(const BankFolder &folder, const QString &builtInPath)
{
    LoadedBank loaded;
    auto package = folder.load();
    if (package && !package->bank.questions().isEmpty()) {
        loaded.bank = std::make_shared<const QuestionBank>(std::move(package->bank));
        return loaded;
    }
    if (package) {
        loaded.packageError = Error(ErrorCode::NotFound, QStringLiteral("the package holds no question"));
    } else if (package.error().code() != ErrorCode::NotFound) {
        loaded.packageError = package.error();
    }
    loaded.builtIn = true;
    const auto bytes = readFile(builtInPath, maxPackageBytes);
    if (bytes) {
        if (auto starter = readPackage(*bytes)) {
            loaded.bank = std::make_shared<const QuestionBank>(std::move(starter->bank));
        }
    }
    if (!loaded.bank) {
        loaded.bank = std::make_shared<const QuestionBank>();
    }
    return loaded;
}

} // namespace qingfeng
