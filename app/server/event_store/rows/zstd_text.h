#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>

namespace qingfeng::server {

/** Zstandard (RFC 8878) at level 3, in one frame that states its content size. */
QByteArray zstdCompress(const QByteArray &bytes);

/** Corrupt for anything but such a frame; TooLarge when it would unfold to more than @p limit. */
Result<QByteArray> zstdExpand(const QByteArray &frame, qint64 limit);

} // namespace qingfeng::server
