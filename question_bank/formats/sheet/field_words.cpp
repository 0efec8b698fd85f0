#include "question_bank/formats/sheet/field_words.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>

#include <QHash>
#include <QRegularExpression>

namespace qingfeng {
namespace {

struct AudienceWord
{
    const char16_t *word;
    Audience audience;
};
constexpr AudienceWord audienceWords[] = {{u"全体", Audience::All}, {u"党员", Audience::Party},
    {u"领导", Audience::Leader}, {u"编外", Audience::Auxiliary}, {u"全员", Audience::All},
    {u"所有人", Audience::All}, {u"全体干部", Audience::All}, {u"领导干部", Audience::Leader},
    {u"编外人员", Audience::Auxiliary}, {u"党员干部", Audience::Party}};

struct StateWord
{
    const char16_t *word;
    ReviewState state;
};
constexpr StateWord stateWords[] = {{u"草稿", ReviewState::Draft}, {u"待审", ReviewState::InReview},
    {u"已审核", ReviewState::Approved}, {u"已发布", ReviewState::Published}, {u"停用", ReviewState::Withdrawn},
    {u"待审核", ReviewState::InReview}, {u"审核中", ReviewState::InReview}, {u"审核通过", ReviewState::Approved},
    {u"已审", ReviewState::Approved}, {u"禁用", ReviewState::Withdrawn}, {u"作废", ReviewState::Withdrawn}};

const QRegularExpression &anyTypeWord()
{
    static const QRegularExpression pattern(QStringLiteral(
        "(单项?选择?题?|多项?选择?题?|不定项选择?题?|判断题?|是非题?|填空题?|案例分析题?|案例题?|连线题?|匹配题?|排序题?)"));
    return pattern;
}

/** Starts, perhaps behind apostrophes, as a spreadsheet's formula does. */
bool looksLikeFormula(const QString &text)
{
    static const QString starts = QStringLiteral("=+-@\t\r\n＝＋－＠");
    qsizetype at = 0;
    while (at < text.size() && text.at(at) == u'\'') {
        ++at;
    }
    return at < text.size() && starts.contains(text.at(at));
}

} // namespace

QStringList splitList(const QString &text, const QString &separator)
{
    static const QRegularExpression usual(QStringLiteral("[;；,，、\\s|]+"));
    QStringList list;
    for (const QString &part : separator.isEmpty() ? text.split(usual) : text.split(separator)) {
        if (!part.trimmed().isEmpty()) {
            list.append(part.trimmed());
        }
    }
    return list;
}

std::optional<QDate> dateByText(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("^(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?(?:[ T].*)?$"));
    static const QRegularExpression packed(QStringLiteral("^(\\d{4})(\\d{2})(\\d{2})$"));
    const QString plain = halfWidth(text).trimmed();
    for (const auto *pattern : {&form, &packed}) {
        if (const auto match = pattern->match(plain); match.hasMatch()) {
            const QDate day(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt());
            if (day.isValid()) {
                return day;
            }
        }
    }
    return std::nullopt;
}

QString audienceWord(Audience audience)
{
    return QString::fromUtf16(std::ranges::find(audienceWords, audience, &AudienceWord::audience)->word);
}

QString stateWord(ReviewState state)
{
    return QString::fromUtf16(std::ranges::find(stateWords, state, &StateWord::state)->word);
}

QString difficultyWord(Difficulty difficulty)
{
    return difficulty == Difficulty::Easy ? QStringLiteral("易")
        : difficulty == Difficulty::Hard  ? QStringLiteral("难")
                                          : QStringLiteral("中");
}

std::optional<QuestionType> typeInHeading(const QString &text)
{
    std::optional<QuestionType> type;
    auto matches = anyTypeWord().globalMatch(text);
    while (matches.hasNext()) {
        const auto found = typeByWord(matches.next().captured(1));
        if (found && type && *found != *type) {
            return std::nullopt;
        }
        type = found ? found : type;
    }
    return type;
}

void readLegend(const QString &source, QMap<QString, QuestionType> &types)
{
    static const QString gap = QStringLiteral("\\s*(?:填写?|为|用|写|代表|表示|是|[.、:：=＝\\-—（(])*\\s*");
    static const QString code = QStringLiteral("(?<![0-9])([0-9])(?![0-9])");
    static const QRegularExpression codeFirst(code + gap + anyTypeWord().pattern());
    static const QRegularExpression wordFirst(anyTypeWord().pattern() + gap + code);
    static const QRegularExpression firstCode(code);
    const QString text = halfWidth(source);
    const auto word = anyTypeWord().match(text);
    const auto digit = firstCode.match(text);
    if (!word.hasMatch() || !digit.hasMatch()) {
        return;
    }
    const bool codesLead = digit.capturedStart() < word.capturedStart();
    auto matches = (codesLead ? codeFirst : wordFirst).globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (const auto type = typeByWord(match.captured(codesLead ? 2 : 1))) {
            types.insert(match.captured(codesLead ? 1 : 2), *type);
        }
    }
}

std::optional<Audience> audienceByWord(const QString &word)
{
    const auto known = std::ranges::find_if(
        audienceWords, [&word](const AudienceWord &entry) { return word == QStringView(entry.word); });
    return known == std::end(audienceWords) ? std::nullopt : std::optional(known->audience);
}

std::optional<ReviewState> stateByWord(const QString &word)
{
    const auto known = std::ranges::find_if(
        stateWords, [&word](const StateWord &entry) { return word == QStringView(entry.word); });
    return known == std::end(stateWords) ? std::nullopt : std::optional(known->state);
}

std::optional<Difficulty> difficultyByWord(const QString &word)
{
    static const QHash<QString, Difficulty> words {{QStringLiteral("易"), Difficulty::Easy},
        {QStringLiteral("容易"), Difficulty::Easy}, {QStringLiteral("简单"), Difficulty::Easy},
        {QStringLiteral("较易"), Difficulty::Easy}, {QStringLiteral("较容易"), Difficulty::Easy},
        {QStringLiteral("低"), Difficulty::Easy}, {QStringLiteral("初级"), Difficulty::Easy},
        {QStringLiteral("1"), Difficulty::Easy}, {QStringLiteral("EASY"), Difficulty::Easy},
        {QStringLiteral("中"), Difficulty::Medium}, {QStringLiteral("中等"), Difficulty::Medium},
        {QStringLiteral("一般"), Difficulty::Medium}, {QStringLiteral("适中"), Difficulty::Medium},
        {QStringLiteral("普通"), Difficulty::Medium}, {QStringLiteral("中级"), Difficulty::Medium},
        {QStringLiteral("2"), Difficulty::Medium}, {QStringLiteral("MEDIUM"), Difficulty::Medium},
        {QStringLiteral("难"), Difficulty::Hard}, {QStringLiteral("较难"), Difficulty::Hard},
        {QStringLiteral("困难"), Difficulty::Hard}, {QStringLiteral("高"), Difficulty::Hard},
        {QStringLiteral("高级"), Difficulty::Hard}, {QStringLiteral("很难"), Difficulty::Hard},
        {QStringLiteral("3"), Difficulty::Hard}, {QStringLiteral("HARD"), Difficulty::Hard}};
    const QString key = plainKey(word);
    if (const auto it = words.constFind(key); it != words.cend()) {
        return *it;
    }
    const qsizetype stars = key.count(QChar(u'★'));
    if (stars > 0 && key.count(QChar(u'☆')) + stars == key.size()) {
        return stars == 1 ? Difficulty::Easy : stars == 2 ? Difficulty::Medium : Difficulty::Hard;
    }
    // 难度系数 is the mean mark over the full mark: a high one is easy.
    bool ok = false;
    const double coefficient = key.toDouble(&ok);
    if (ok && key.contains(QLatin1Char('.')) && coefficient >= 0 && coefficient <= 1) {
        return coefficient >= 0.7 ? Difficulty::Easy : coefficient >= 0.4 ? Difficulty::Medium : Difficulty::Hard;
    }
    return std::nullopt;
}

QString guarded(const QString &text)
{
    return looksLikeFormula(text) ? QLatin1Char('\'') + text : text;
}

QString unguarded(const QString &text)
{
    return text.startsWith(QLatin1Char('\'')) && looksLikeFormula(text) ? text.mid(1) : text;
}

} // namespace qingfeng
