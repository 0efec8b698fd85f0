#include "question_bank/package/package.h"
#include "question_bank/package/zstd_stream.h"

#include <cstddef>
#include <cstdint>

/**
 * Reads arbitrary bytes as a package, and as the content of a package's frame: a frame rarely survives a
 * mutation, and what lies inside it is read too.
 */

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    if (size == 0 || size > 1024 * 1024) {
        return 0;
    }
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    (void)readPackage(bytes);
    ZstdWriter inner(1);
    inner.write(bytes);
    const auto packed = inner.finish();
    if (packed) {
        for (const char *magic : {"QFBANK1\n", "QFBANK2\n"}) {
            (void)readPackage(QByteArray(magic) + *packed);
        }
    }
    return 0;
}
