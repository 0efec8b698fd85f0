#pragma once

#include <array>
#include <cstdint>

namespace qingfeng::gate {

/** Text drawn when this program was built: one byte of coverage a pixel, row by row. */
struct Alpha
{
    int width;
    int height;
    const std::uint8_t *values;
};

/** The words of the countdown, so that they can be shown with no font, no toolkit and no file. */
struct NoticeArt
{
    Alpha before; ///< 「题目暂时无法显示，桌面将在」
    std::array<Alpha, 10> digits; ///< all equally wide
    Alpha after; ///< 「秒后打开」
    Alpha note; ///< 「已记录本次情况，无需联系信息部门」
};

extern const NoticeArt noticeArt; ///< for a scale of 100 %
extern const NoticeArt noticeArtLarge; ///< 200 %

} // namespace qingfeng::gate
