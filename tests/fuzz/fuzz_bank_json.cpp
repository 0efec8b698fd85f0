#include "question_bank/formats/bank_file.h"

#include <cstdint>
#include <cstdlib>

/** A bank as JSON: whatever is read as a whole is written so that it reads back the same. */
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    readBankFile(bytes, QStringLiteral("f"));
    const auto bank = parseBankFile(bytes);
    if (!bank) {
        return 0;
    }
    const auto written = writeBankFile(*bank);
    const auto again = written ? parseBankFile(written->bytes) : Result<QuestionBank>(written.error());
    if (!again || again->questions() != bank->questions()) {
        std::abort();
    }
    return 0;
}
