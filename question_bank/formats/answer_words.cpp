#include "question_bank/formats/answer_words.h"

#include "question_bank/formats/question_text.h"
#include "question_bank/formats/source_text.h"

#include <QRegularExpression>
#include <QSet>
#include <QStringList>

namespace qingfeng {
namespace {

struct Word
{
    const char16_t *text;
    QuestionType type;
};

constexpr Word typeWords[] = {
    {u"单选", QuestionType::Single}, {u"单选题", QuestionType::Single}, {u"单项选择", QuestionType::Single},
    {u"单项选择题", QuestionType::Single}, {u"单项", QuestionType::Single}, {u"SINGLE", QuestionType::Single},
    {u"SINGLE_CHOICE", QuestionType::Single}, {u"SINGLECHOICE", QuestionType::Single},
    {u"多选", QuestionType::Multiple}, {u"多选题", QuestionType::Multiple}, {u"多项选择", QuestionType::Multiple},
    {u"多项选择题", QuestionType::Multiple}, {u"不定项", QuestionType::Multiple}, {u"多项", QuestionType::Multiple},
    {u"不定项选择", QuestionType::Multiple}, {u"不定项选择题", QuestionType::Multiple},
    {u"不定项题", QuestionType::Multiple}, {u"MULTIPLE", QuestionType::Multiple},
    {u"CHECKBOX", QuestionType::Multiple},
    {u"判断", QuestionType::TrueFalse}, {u"判断题", QuestionType::TrueFalse},
    {u"是非", QuestionType::TrueFalse}, {u"是非题", QuestionType::TrueFalse},
    {u"正误判断", QuestionType::TrueFalse}, {u"正误判断题", QuestionType::TrueFalse},
    {u"判断正误", QuestionType::TrueFalse}, {u"对错题", QuestionType::TrueFalse},
    {u"TRUE_FALSE", QuestionType::TrueFalse}, {u"TRUEFALSE", QuestionType::TrueFalse},
    {u"TRUE/FALSE", QuestionType::TrueFalse}, {u"TF", QuestionType::TrueFalse}, {u"T/F", QuestionType::TrueFalse},
    {u"填空", QuestionType::FillIn}, {u"填空题", QuestionType::FillIn}, {u"FILL_IN", QuestionType::FillIn},
    {u"案例", QuestionType::Case}, {u"案例题", QuestionType::Case}, {u"案例分析", QuestionType::Case},
    {u"案例分析题", QuestionType::Case}, {u"综合题", QuestionType::Case}, {u"材料题", QuestionType::Case},
    {u"材料分析题", QuestionType::Case}, {u"综合分析题", QuestionType::Case}, {u"CASE", QuestionType::Case},
    {u"阅读理解", QuestionType::Case}, {u"共用题干题", QuestionType::Case}, {u"资料题", QuestionType::Case},
    {u"组合题", QuestionType::Case}, {u"题组题", QuestionType::Case},
    {u"连线", QuestionType::Match}, {u"连线题", QuestionType::Match}, {u"匹配", QuestionType::Match},
    {u"匹配题", QuestionType::Match}, {u"配对题", QuestionType::Match}, {u"MATCH", QuestionType::Match},
    {u"排序", QuestionType::Order}, {u"排序题", QuestionType::Order}, {u"ORDER", QuestionType::Order},
};

} // namespace

std::optional<QuestionType> typeByWord(const QString &word)
{
    const QString key = plainKey(word);
    for (const Word &known : typeWords) {
        if (key == QStringView(known.text)) {
            return known.type;
        }
    }
    return std::nullopt;
}

QString typeWord(QuestionType type)
{
    switch (type) {
    case QuestionType::Single:
        return QStringLiteral("单选题");
    case QuestionType::Multiple:
        return QStringLiteral("多选题");
    case QuestionType::TrueFalse:
        return QStringLiteral("判断题");
    case QuestionType::FillIn:
        return QStringLiteral("填空题");
    case QuestionType::Case:
        return QStringLiteral("案例分析题");
    case QuestionType::Match:
        return QStringLiteral("连线题");
    case QuestionType::Order:
        return QStringLiteral("排序题");
    }
    return {};
}

bool isAnyChoiceWord(const QString &word)
{
    static const QStringList words {QStringLiteral("选择题"), QStringLiteral("选择"), QStringLiteral("客观题"),
        QStringLiteral("单/多选题"), QStringLiteral("单多选题"), QStringLiteral("MULTIPLE_CHOICE"),
        QStringLiteral("MULTIPLECHOICE"), QStringLiteral("MULTICHOICE")};
    return words.contains(plainKey(word));
}

bool isUnmarkableWord(const QString &word)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(?:简答|问答|论述|名词解释|计算|写作|作文|操作|主观|附件|文件|简述|实务|公文)题?$"));
    return pattern.match(plainKey(word)).hasMatch();
}

bool isTick(const QString &text)
{
    static const QRegularExpression tick(QStringLiteral("^[√✓✔☑*★]$"));
    return tick.match(text).hasMatch();
}

std::optional<bool> truthByWord(const QString &word)
{
    static const QSet<QString> right {QStringLiteral("☑"), QStringLiteral("1"), QStringLiteral("真"),
        QStringLiteral("对的"), QStringLiteral("是的")};
    static const QSet<QString> wrong {QStringLiteral("☒"), QStringLiteral("╳"), QStringLiteral("✕"),
        QStringLiteral("✖"), QStringLiteral("X"), QStringLiteral("0"), QStringLiteral("假"),
        QStringLiteral("错的"), QStringLiteral("非")};
    const QString key = plainKey(word);
    if (right.contains(key) || wrong.contains(key)) {
        return right.contains(key);
    }
    return truthOf(key);
}

} // namespace qingfeng
