#include "question_bank/formats/sheet/xlsx.h"
#include "tests/fuzz/reads_soundly.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    return readsSoundly(qingfeng::readXlsx, data, size);
}
