#include "question_bank/formats/qti/qti.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    readQti(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)), QStringLiteral("f"));
    return 0;
}
