#include "question_bank/model/names.h"

#include <array>
#include <utility>

namespace qingfeng {
namespace {

template <typename Enum> struct Names;

template <> struct Names<QuestionType>
{
    static constexpr std::array<const char16_t *, 7> table {
        u"single", u"multiple", u"true_false", u"fill_in", u"case", u"match", u"order"};
};
template <> struct Names<Audience>
{
    static constexpr std::array<const char16_t *, 4> table {u"all", u"party", u"leader", u"auxiliary"};
};
template <> struct Names<Difficulty>
{
    static constexpr std::array<const char16_t *, 3> table {u"easy", u"medium", u"hard"};
};
template <> struct Names<ReviewState>
{
    static constexpr std::array<const char16_t *, 6> table {
        u"draft", u"in_review", u"approved", u"published", u"withdrawn", u"recheck"};
};
template <> struct Names<RiskGrade>
{
    static constexpr std::array<const char16_t *, 3> table {u"high", u"medium", u"low"};
};

template <> struct Names<WindowKind>
{
    static constexpr std::array<const char16_t *, 4> table {u"fixed", u"festival", u"monthly", u"by_hand"};
};
template <> struct Names<ThemeRank>
{
    static constexpr std::array<const char16_t *, 3> table {u"festival", u"topic", u"column"};
};
template <> struct Names<LawChangeKind>
{
    static constexpr std::array<const char16_t *, 2> table {u"amended", u"repealed"};
};

template <typename Enum> QString lookUp(Enum value)
{
    return QString::fromUtf16(Names<Enum>::table.at(std::size_t(value)));
}

} // namespace

QString nameOf(QuestionType type)
{
    return lookUp(type);
}
QString nameOf(Audience audience)
{
    return lookUp(audience);
}
QString nameOf(Difficulty difficulty)
{
    return lookUp(difficulty);
}
QString nameOf(ReviewState state)
{
    return lookUp(state);
}
QString nameOf(RiskGrade grade)
{
    return lookUp(grade);
}
QString nameOf(WindowKind kind)
{
    return lookUp(kind);
}
QString nameOf(ThemeRank rank)
{
    return lookUp(rank);
}
QString nameOf(LawChangeKind kind)
{
    return lookUp(kind);
}

template <typename Enum> std::optional<Enum> fromName(const QString &name)
{
    const auto &table = Names<Enum>::table;
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (name == QStringView(table[i])) {
            return Enum(i);
        }
    }
    return std::nullopt;
}

template std::optional<QuestionType> fromName(const QString &);
template std::optional<Audience> fromName(const QString &);
template std::optional<Difficulty> fromName(const QString &);
template std::optional<ReviewState> fromName(const QString &);
template std::optional<RiskGrade> fromName(const QString &);
template std::optional<WindowKind> fromName(const QString &);
template std::optional<ThemeRank> fromName(const QString &);
template std::optional<LawChangeKind> fromName(const QString &);

} // namespace qingfeng
