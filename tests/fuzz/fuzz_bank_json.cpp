#include "question_bank/base/canonical_json.h"
#include "question_bank/model/bank_json.h"

#include <cstdint>
#include <cstdlib>

/** The JSON of one question: whatever is read is written so that it reads back the same. */
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    const auto object = parseJsonObject(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    if (!object) {
        return 0;
    }
    const auto question = fromJson<QuestionVersion>(*object);
    if (!question) {
        return 0;
    }
    const auto again = fromJson<QuestionVersion>(toJson(*question));
    if (!again || *again != *question) {
        std::abort();
    }
    return 0;
}
