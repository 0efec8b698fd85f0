#include "app/report/pdf_file.h"
#include "quiz/archive/archive_file.h"

#include "question_bank/base/canonical_json.h"

#include <cstdint>
#include <cstdlib>

/** An archive, as JSON or inside a PDF: what is read is checked without harm, and writes back the same. */
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    if (bytes.startsWith("%PDF-")) {
        const auto attached = attachedFile(bytes, QStringLiteral("archive.json"), 1'000'000);
        bytes = attached ? *attached : QByteArray();
    }
    const auto document = parseJsonObject(bytes);
    const auto archive = document ? archiveFromJson(*document) : Result<ArchiveFile>(document.error());
    if (!archive) {
        return 0;
    }
    checkArchive(*archive, {});
    const auto again = archiveFromJson(toJson(*archive));
    if (!again || toJson(*again) != toJson(*archive)) {
        std::abort();
    }
    return 0;
}
