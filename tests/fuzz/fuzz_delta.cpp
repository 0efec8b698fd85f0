#include "question_bank/package/delta.h"
#include "question_bank/package/package.h"
#include "question_bank/package/zstd_stream.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/** Applies arbitrary bytes as a delta: as they are, and as the content of a frame. What it makes must be a
 * package. */
namespace {

const QByteArray &base()
{
    static const QByteArray package = [] {
        qingfeng::QuestionBank bank;
        bank.unit = QStringLiteral("fuzz");
        bank.revision = 1;
        bank.add(qingfeng::Post{QStringLiteral("P00"), QStringLiteral("通用"), {}, {}});
        return *qingfeng::buildPackage(bank, QByteArray(32, '\1'));
    }();
    return package;
}

void apply(const QByteArray &delta)
{
    const auto patched = qingfeng::applyDelta(base(), delta);
    if (patched && !qingfeng::inspectPackage(*patched)
        && qingfeng::inspectPackage(*patched).error().code() == qingfeng::ErrorCode::NotPermitted) {
        std::abort(); // a signature that held for the delta must hold for the package
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    if (size == 0 || size > 1024 * 1024) {
        return 0;
    }
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    apply(bytes);
    ZstdWriter inner(1);
    inner.write(bytes);
    if (const auto packed = inner.finish()) {
        apply(QByteArrayLiteral("QFDELT1\n") + *packed);
    }
    return 0;
}
