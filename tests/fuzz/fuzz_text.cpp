#include "question_bank/formats/typed/text.h"
#include "tests/fuzz/reads_soundly.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    return readsSoundly(qingfeng::readText, data, size);
}
