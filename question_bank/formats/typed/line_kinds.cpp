#include "question_bank/formats/typed/line_kinds.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/sheet/field_words.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {
namespace {

constexpr qsizetype maxHeading = 100;

const QString &ordinal()
{
    static const QString pattern = QStringLiteral(
        "(?:第[一二三四五六七八九十\\d]{1,3}(?:部分|大题|题)|[一二三四五六七八九十]{1,3}(?=[.、,:\\s])|"
        "\\([一二三四五六七八九十]{1,3}\\)|[IVX]{1,4}(?=[.、]))?\\s*[.、,:]?\\s*");
    return pattern;
}

struct Label
{
    const char16_t *label;
    const char16_t *words; ///< a pattern
};

constexpr Label labels[] = {
    {u"答案", u"(?:正确|参考|标准|试题)?答案"},
    {u"解析", u"(?:答案|试题|题目)?解析|详解|答案说明|解答"},
    {u"难度", u"难度(?:系数)?|难易(?:度|程度)"},
    {u"知识点", u"知识点|考点|考查点|关键词"},
    {u"题型", u"题型|试题类型|题目类型"},
    {u"分值", u"分值|分数"},
    {u"法律依据", u"法律依据|法条|政策依据"},
    {u"风险点", u"风险点(?:编号)?"},
    {u"来源", u"来源|出处"},
    {u"分类", u"章节|分类|专题"},
    {u"身份", u"适用身份|适用对象"},
    {u"命题人", u"命题人|出题人"},
    {u"岗位", u"岗位|适用岗位"},
};

QString ownLabel(const QString &written)
{
    static const auto patterns = [] {
        QList<std::pair<QRegularExpression, QString>> all;
        for (const Label &label : labels) {
            all.append({QRegularExpression(QRegularExpression::anchoredPattern(QString::fromUtf16(label.words))),
                QString::fromUtf16(label.label)});
        }
        return all;
    }();
    for (const auto &[pattern, label] : patterns) {
        if (pattern.match(written).hasMatch()) {
            return label;
        }
    }
    return {};
}

const QString &labelWords()
{
    static const QString words = [] {
        QStringList all;
        for (const Label &label : labels) {
            all.append(QString::fromUtf16(label.words));
        }
        return all.join(QLatin1Char('|'));
    }();
    return words;
}

} // namespace

QuestionNumber questionNumber(const QString &line)
{
    static const QRegularExpression word(
        QStringLiteral("^\\s*[\\[【]?(?:第\\s*(\\d{1,4}|[一二三四五六七八九十]{1,4})\\s*小?题|(?:题目|试题|小题)\\s*(\\d{1,4}))"
                       "[\\]】]?\\s*[.、:)]?\\s*"));
    static const QRegularExpression bracket(QStringLiteral("^\\s*[(\\[【](\\d{1,4})[)\\]】]\\s*[.、:]?\\s*"));
    static const QRegularExpression point(QStringLiteral("^\\s*(\\d{1,4})\\s*([.、:)])\\s*"));
    static const QRegularExpression space(QStringLiteral("^\\s*(\\d{1,3})\\s+(?=[^\\d\\s])"));
    const QString half = halfWidth(line);
    if (const auto match = word.match(half); match.hasMatch()) {
        const QString number = match.captured(match.hasCaptured(1) && !match.captured(1).isEmpty() ? 1 : 2);
        return {NumberStyle::Word, chineseNumber(number), match.capturedLength(), false};
    }
    if (const auto match = bracket.match(half); match.hasMatch()) {
        return {NumberStyle::Bracket, match.captured(1).toInt(), match.capturedLength(), false};
    }
    if (const auto match = point.match(half); match.hasMatch()) {
        const bool digit = match.capturedEnd() == match.capturedEnd(2) && match.capturedEnd() < half.size()
            && half.at(match.capturedEnd()).isDigit() && match.captured(2) != QStringLiteral("、");
        const bool closing = match.captured(2) == QLatin1String(")");
        return {closing ? NumberStyle::Bracket : NumberStyle::Point, match.captured(1).toInt(),
            match.capturedLength(), digit};
    }
    const QString trimmed = half.trimmed();
    if (!trimmed.isEmpty() && trimmed.at(0).unicode() >= 0x2460 && trimmed.at(0).unicode() <= 0x2473) {
        const qsizetype at = half.indexOf(trimmed.at(0));
        return {NumberStyle::Circle, trimmed.at(0).unicode() - 0x245F, at + 1, false};
    }
    if (const auto match = space.match(half); match.hasMatch()) {
        return {NumberStyle::Space, match.captured(1).toInt(), match.capturedLength(), false};
    }
    return {};
}

SectionHeading sectionHeading(const QString &line)
{
    static const QString types = QStringLiteral(
        "(?:单项?选择?题?|多项?选择?题?|不定项选择?题?|选择题|判断(?:正误|对错|改错)?题?|是非题?|正误判断题?|填空题?|"
        "案例分析题?|案例题|综合题|材料(?:分析)?题|连线题?|匹配题?|排序题?)");
    static const QString others
        = QStringLiteral("(?:简答题?|问答题?|论述题?|名词解释题?|计算题|写作题?|作文题?|操作题|主观题|简述题?|实务题|公文题?)");
    static const QRegularExpression typed(QStringLiteral("^\\s*") + ordinal() + QStringLiteral("[【\\[(]?(?:(")
        + types + QStringLiteral(")|(") + others
        + QStringLiteral("))[】\\])]?\\s*(?:[(:,。;.、共每本].*|部分.*|\\s+.*|)$"));
    static const QRegularExpression chapter(
        QStringLiteral("^\\s*第[一二三四五六七八九十百\\d]{1,4}(?:章|节|编|部分|单元)(?:\\s|[:、]|$)"));
    const QString half = halfWidth(line);
    if (half.size() > maxHeading) {
        return {};
    }
    if (const auto match = typed.match(half); match.hasMatch()) {
        SectionHeading heading;
        heading.isHeading = true;
        heading.namesType = true;
        heading.unmarkable = match.captured(2);
        if (heading.unmarkable.isEmpty() && !isAnyChoiceWord(match.captured(1))) {
            heading.type = typeByWord(match.captured(1));
            if (!heading.type) {
                heading.type = typeInHeading(match.captured(1));
            }
        }
        // "判断下列说法……" and "案例分析 某局……" are content, unless the heading is set apart.
        const bool bare = !match.captured(1).endsWith(QChar(u'题')) && heading.unmarkable.isEmpty();
        const qsizetype after = half.size() - match.capturedEnd(1);
        if (bare && after > 0 && half.trimmed().startsWith(match.captured(1))
            && !QStringLiteral("(:】])").contains(half.at(match.capturedEnd(1)))) {
            return {};
        }
        return heading;
    }
    if (chapter.match(half).hasMatch()) {
        return {true, false, std::nullopt, {}};
    }
    return {};
}

QString takeTypeWord(QString &stem)
{
    static const QString word = QStringLiteral("[(（\\[【]\\s*([^()（）\\[\\]【】]{2,8})\\s*[)）\\]】]");
    static const QRegularExpression before(QStringLiteral("^") + word + QStringLiteral("\\s*[:：、.]?\\s*"));
    static const QRegularExpression behind(QStringLiteral("(?<!\\s)\\s*") + word + QStringLiteral("\\s*\\*?\\s*$"));
    for (const auto *place : {&before, &behind}) {
        const auto match = place->match(stem);
        const QString found = match.captured(1);
        if (typeByWord(found) || isUnmarkableWord(found) || isAnyChoiceWord(found)) {
            stem.remove(match.capturedStart(), match.capturedLength());
            return found;
        }
    }
    return {};
}

qsizetype caseMarker(const QString &line)
{
    static const QRegularExpression pattern(QStringLiteral(
        "^\\s*(?:[【\\[](?:案例|材料|案情|背景)(?:分析|材料)?[一二三四五六七八九十\\d]{0,3}[】\\]]\\s*[:、.]?|"
        "(?:案例|材料|案情)(?:分析|材料)?\\s*[一二三四五六七八九十\\d]{0,3}\\s*[:、.]|"
        "(?:案例|材料)[一二三四五六七八九十\\d]{1,3}(?=\\s|$))\\s*"));
    const auto match = pattern.match(halfWidth(line));
    return match.hasMatch() ? match.capturedLength() : 0;
}

bool isAnswersHeading(const QString &line)
{
    static const QRegularExpression pattern(QStringLiteral(
        "^\\s*[【\\[]?(?:附\\s*[:、]?)?\\s*(?:[一二三四五六七八九十]{1,3}[、.])?\\s*(?:试题|试卷)?(?:参考|标准|正确)?答案"
        "(?:(?:及|与|和)?解析|部分|汇总|区)?[】\\]]?\\s*:?\\s*$"));
    return pattern.match(halfWidth(line)).hasMatch();
}

bool isPageFurniture(const QString &line)
{
    constexpr qsizetype longest = 200; // nothing longer is; blanks by the thousand would cost these patterns seconds
    if (line.size() > longest) {
        return false;
    }
    static const QRegularExpression patterns[] = {
        QRegularExpression(QStringLiteral("^\\s*[-—–]+\\s*\\d{1,4}\\s*[-—–]+\\s*$")), // - 3 -
        QRegularExpression(QStringLiteral("^\\s*(?:.{0,30}\\s)?第\\s*\\d{1,4}\\s*页\\s*[,，/]?\\s*(?:共\\s*\\d{1,4}\\s*页)?\\s*$")),
        QRegularExpression(QStringLiteral("^\\s*\\d{1,4}\\s*/\\s*\\d{1,4}\\s*$")), // 3 / 10
        QRegularExpression(QStringLiteral("^.{1,80}?(?:[.·]{4,}|…{2,}|\\t+)\\s*\\d{1,4}\\s*$")), // 第一章……3
        QRegularExpression(QStringLiteral("^\\s*目\\s*录\\s*$")),
        QRegularExpression(QStringLiteral("^\\s*[-=_*—]{5,}\\s*$")),
    };
    const QString half = halfWidth(line);
    for (const auto &pattern : patterns) {
        if (pattern.match(half).hasMatch()) {
            return true;
        }
    }
    return false;
}

QList<LabelledText> splitLabels(const QString &line)
{
    static const QRegularExpression bracketed(
        QStringLiteral("[【\\[]\\s*(") + labelWords() + QStringLiteral(")\\s*[】\\]]\\s*[:]?\\s*"));
    static const QRegularExpression plain(QStringLiteral("^\\s*(?:本题)?(") + labelWords() + QStringLiteral(")\\s*(?:是|为)?\\s*:\\s*"));
    static const QRegularExpression pointless(
        QStringLiteral("^\\s*(?:本题)?((?:正确|参考|标准)?答案)\\s*(?:是|为|选)?\\s*(?=[(\\[]?(?:[A-Z]+|[√×✓✗]|对|错|正确|错误)[)\\]]?[\\s。,.]*$)"));
    static const QRegularExpression inside(
        QStringLiteral("(?:\\s|(?<=[。.!?)\\]】]))((?:正确|参考|标准)?答案|(?:答案|试题)?解析|难度)\\s*:\\s*"));
    struct Cut
    {
        qsizetype start;
        qsizetype end;
        QString label;
    };
    const QString half = halfWidth(line);
    QList<Cut> cuts;
    for (const QRegularExpression *pattern : {&bracketed, &plain, &pointless, &inside}) {
        auto matches = pattern->globalMatch(half);
        while (matches.hasNext()) {
            const auto match = matches.next();
            const bool overlaps = std::any_of(cuts.cbegin(), cuts.cend(), [&match](const Cut &cut) {
                return match.capturedStart() < cut.end && match.capturedEnd() > cut.start;
            });
            if (!overlaps) {
                cuts.append({match.capturedStart(), match.capturedEnd(), ownLabel(match.captured(1))});
            }
        }
    }
    std::sort(cuts.begin(), cuts.end(), [](const Cut &a, const Cut &b) { return a.start < b.start; });
    QList<LabelledText> pieces;
    qsizetype from = 0;
    QString label;
    for (const Cut &cut : std::as_const(cuts)) {
        const QString text = line.mid(from, cut.start - from).trimmed();
        if (!text.isEmpty() || !label.isEmpty()) {
            pieces.append({label, text});
        }
        label = cut.label;
        from = cut.end;
    }
    const QString rest = line.mid(from);
    pieces.append({label, label.isEmpty() ? rest : rest.trimmed()});
    return pieces;
}

} // namespace qingfeng
