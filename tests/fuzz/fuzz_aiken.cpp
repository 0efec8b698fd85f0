#include "question_bank/formats/typed/aiken.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    readAiken(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)), QStringLiteral("f"));
    return 0;
}
