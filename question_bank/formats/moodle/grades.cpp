#include "question_bank/formats/moodle/grades.h"

#include <array>
#include <cmath>

namespace qingfeng {
namespace {

constexpr std::array<double, 21> grades{100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25,
    20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0};

} // namespace

std::optional<double> nearestGrade(double percent)
{
    const double size = std::abs(percent);
    std::optional<double> nearest;
    for (const double grade : grades) {
        if (std::abs(size - grade) <= 0.5
            && (!nearest || std::abs(size - grade) < std::abs(size - *nearest))) {
            nearest = grade;
        }
    }
    if (nearest && percent < 0) {
        nearest = -*nearest;
    }
    return nearest;
}

bool isGrade(double percent)
{
    const auto nearest = nearestGrade(percent);
    return nearest && std::abs(*nearest - percent) < 0.000015;
}

} // namespace qingfeng
