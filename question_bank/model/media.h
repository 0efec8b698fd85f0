#pragma once

#include "question_bank/base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

/** Pictures that a bank carries, named by their content. */
namespace qingfeng {

constexpr qint64 maxPictureBytes = 512LL * 1024;
constexpr qint64 maxMediaBytes = 64LL * 1024 * 1024; ///< all pictures of one bank

enum class PictureFormat { Png, Jpeg, Svg, Webp };

/**
 * The format that the bytes are in, by their content, never by a name. An SVG that carries script, entities
 * or a reference to anything outside itself is none.
 */
std::optional<PictureFormat> pictureFormat(const QByteArray &bytes);

/**
 * Name of a picture in a bank: SHA-256 in hex and the extension of its format, "3fa9….png".
 * TooLarge over maxPictureBytes; InvalidArgument for what is no picture of these formats.
 */
Result<QString> mediaName(const QByteArray &bytes);

} // namespace qingfeng
