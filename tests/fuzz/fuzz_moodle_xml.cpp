#include "question_bank/formats/moodle/moodle_xml.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace qingfeng;
    readMoodleXml(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)), QStringLiteral("f"));
    return 0;
}
