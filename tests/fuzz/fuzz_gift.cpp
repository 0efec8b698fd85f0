#include "question_bank/formats/gift.h"

#include "tests/fuzz/writes_back.h"

/** GIFT from outside. */
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    writesBack(readGift(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)), QStringLiteral("f"), {}),
        &readGift, &writeGift);
    return 0;
}
