#pragma once

#include "app/widgets/theme.h"

#include "question_bank/model/risk.h"

class QPainter;
class QRectF;

namespace qingfeng {

/** Draws the shape of a grade (● ▲ ■) in its colour, as large as @p box. */
void drawGradeShape(QPainter &painter, const QRectF &box, RiskGrade grade, const Theme &theme);

/** A thin bar with round ends, filled to @p share. */
void drawBar(QPainter &painter, const QRectF &box, double share, const QColor &fill, const Theme &theme);

} // namespace qingfeng
