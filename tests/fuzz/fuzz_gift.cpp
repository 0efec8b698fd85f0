#include "question_bank/formats/moodle/gift.h"
#include "question_bank/formats/registry.h"

#include "tests/fuzz/writes_back.h"

/** GIFT from outside, and the telling of formats, which sees every file first. */
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    detectFormat(bytes, QStringLiteral("f"));
    writesBack(readGift(bytes, QStringLiteral("f"), {}), &readGift, &writeGift);
    return 0;
}
