#pragma once

#include "app/widgets/tokens.h"

namespace qingfeng {

/** The application style sheet for a palette: buttons by kind, fields, cards, scroll bars, menus, tool tips.
 */
QString styleSheet(const Colours &colours, double textScale);

} // namespace qingfeng
