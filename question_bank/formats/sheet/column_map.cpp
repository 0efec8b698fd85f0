#include "question_bank/formats/sheet/column_map.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/source_text.h"
#include "question_bank/model/names.h"

#include <toml++/toml.h>

#include <QRegularExpression>

namespace qingfeng {
namespace {

constexpr qsizetype maxMapBytes = 256 * 1024;

struct FieldName
{
    ColumnField field;
    const char *key; ///< in a map file; with a number or letter after it where the field has an index
    const char16_t *heading; ///< ours
    const char16_t *others; ///< usual elsewhere, separated by spaces
};

constexpr FieldName fieldNames[] = {
    {ColumnField::Ignore, "ignore", u"序号", u"编号 题号 NO NO. 行号 ID 试题序号 题目序号 选项数 选项数量 选项个数 答案数 答案个数"},
    {ColumnField::Type, "type", u"题型", u"试题类型 题目类型 类型 题类 试题题型 题型名称 试题种类 TYPE 大题题型 题目种类 QUESTIONTYPE QUESTION_TYPE"},
    {ColumnField::Stem, "stem", u"题干",
        u"题目 试题内容 问题 试题题干 题目内容 题干内容 题目描述 试题 试题题目 内容 问题描述 题目名称 试题名称 题干描述 试题描述 QUESTION STEM CONTENT "
        u"QUESTIONTEXT QUESTION_TEXT"},
    {ColumnField::Title, "title", u"标题", u"题目标题 试题标题 TITLE"},
    {ColumnField::Picture, "picture", u"图片",
        u"题图 题干图片 题目图片 试题图片 附图 插图 配图 图片地址 图片链接 IMAGE PICTURE IMAGELINK IMAGEURL"},
    {ColumnField::Option, "option", u"选项", u""},
    {ColumnField::OptionPicture, "option_picture", u"", u""},
    {ColumnField::OptionFlag, "flag", u"", u""},
    {ColumnField::PackedOptions, "options", u"选项",
        u"备选项 选项内容 候选项 备选答案 试题选项 可选项 所有选项 选项列表 供选答案 选项文本 选项描述 OPTIONS "
        u"OPTION"},
    {ColumnField::OptionLetter, "option_letter", u"选项序号",
        u"选项标识 选项号 选项字母 选项编号 选项标号 选项代码 选项代号 选项名 选项名称 选项标签"},
    {ColumnField::RowFlag, "row_flag", u"是否正确",
        u"正确与否 是否答案 是否为答案 是否是答案 是否正确答案 是否为正确答案 是否是正确答案 是否正确选项 是否正确项 正确 对错 "
        u"ISCORRECT IS_CORRECT"},
    {ColumnField::Target, "target", u"右项", u""},
    {ColumnField::Answer, "answer", u"答案",
        u"正确答案 标准答案 参考答案 试题答案 正确选项 题目答案 答案选项 答案内容 正确项 标答 试题正确答案 题目正确答案 ANSWER "
        u"ANSWERS KEY CORRECT CORRECTANSWER CORRECT_ANSWER CORRECTANSWERS CORRECTOPTION"},
    {ColumnField::Explanation, "explanation", u"解析",
        u"答案解析 试题解析 题目解析 详解 答案说明 解释 解答 试题分析 答案详解 解题思路 题解 试题详解 EXPLANATION ANALYSIS HINT"},
    {ColumnField::Difficulty, "difficulty", u"难度", u"难易度 难易程度 难度系数 难度等级 试题难度 题目难度 难度级别 试题难易度 题目难易度 DIFFICULTY LEVEL"},
    {ColumnField::Keyword, "keyword", u"知识点", u"考点 关键词 关键字 知识点名称 考核点 考查点 考察点 知识点标签 标签 TAGS"},
    {ColumnField::Category, "category", u"分类",
        u"章节 专题 题库分类 试题分类 题目分类 所属分类 类别 所属章节 科目 目录 题库 题库名称 所属题库 课程 题库名 题目类别 试题类别 一级分类 CATEGORY CHAPTER"},
    {ColumnField::Post, "post", u"岗位", u"适用岗位 岗位编码 所属岗位"},
    {ColumnField::RiskPoints, "risk_points", u"风险点编号", u"风险点 廉政风险点 风险点代码"},
    {ColumnField::Articles, "articles", u"法律依据", u"依据 法条 法规依据 政策依据 条款 依据条款"},
    {ColumnField::Audience, "audience", u"适用身份", u"适用对象 适用人员 身份"},
    {ColumnField::Marks, "marks", u"分值", u"分数 试题分数 得分 默认分值 分 试题分值 题目分值 SCORE"},
    {ColumnField::ValidFrom, "valid_from", u"有效期起", u"生效日期 有效期开始 启用日期 有效期自"},
    {ColumnField::ValidUntil, "valid_until", u"有效期止", u"失效日期 有效期结束 停用日期 有效期至"},
    {ColumnField::Source, "source", u"来源", u"试题来源 题目来源 出处"},
    {ColumnField::Author, "author", u"命题人", u"出题人 作者 命题者 编写人"},
    {ColumnField::Reviewer, "reviewer", u"审核人", u"审题人 审核者 复核人"},
    {ColumnField::ReviewedOn, "reviewed_on", u"审核日期", u"审核时间 审题日期"},
    {ColumnField::State, "state", u"状态", u"审核状态 试题状态 题目状态"},
    {ColumnField::Id, "id", u"题目编号", u"试题编号 试题ID 题目ID 试题编码"},
    {ColumnField::Version, "version", u"版本", u"版本号"},
    {ColumnField::Part, "part", u"小题号", u"小题 小题序号 子题号 子题序号 子题"},
    {ColumnField::PartType, "part_type", u"小题题型", u"小题类型 小题型 子题题型 子题类型"},
    {ColumnField::PartStem, "part_stem", u"小题题干", u"小题题目 小题内容 子题题干 子题题目 子题内容"},
    {ColumnField::Scene, "scene", u"材料", u"案例 案例材料 背景材料 案例背景 材料内容 案例内容 大题题干 大题 题帽"},
    {ColumnField::Pinned, "pinned", u"固定选项", u"位置固定"},
};

const FieldName &nameOf(ColumnField field)
{
    for (const FieldName &name : fieldNames) {
        if (name.field == field) {
            return name;
        }
    }
    return fieldNames[0];
}

bool isIndexed(ColumnField field)
{
    return field == ColumnField::Option || field == ColumnField::OptionPicture || field == ColumnField::OptionFlag
        || field == ColumnField::Target;
}

/** Every heading that has no index, once for all. */
const QHash<QString, ColumnField> &plainHeadings()
{
    static const QHash<QString, ColumnField> headings = [] {
        QHash<QString, ColumnField> table;
        for (const FieldName &name : fieldNames) {
            if (isIndexed(name.field)) {
                continue;
            }
            const QString all
                = QString::fromUtf16(name.heading) + QLatin1Char(' ') + QString::fromUtf16(name.others);
            for (const QString &heading : all.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                table.insert(heading, name.field);
            }
        }
        return table;
    }();
    return headings;
}

/** A … Z, 1 … 26 or 一 … 二十六 as an index from 0; -1 for anything else. */
int indexOf(const QString &mark)
{
    if (mark.size() == 1 && mark.at(0) >= u'A' && mark.at(0) <= u'Z') {
        return mark.at(0).unicode() - u'A';
    }
    const int number = chineseNumber(mark);
    return number >= 1 && number <= int(maxOptions) ? number - 1 : -1;
}

QString keyName(ColumnKey key)
{
    const QString name = QString::fromLatin1(nameOf(key.field).key);
    if (key.field == ColumnField::Target) {
        return name + QLatin1Char('_') + QString::number(key.index + 1);
    }
    return isIndexed(key.field) ? name + QLatin1Char('_') + letterId(key.index) : name;
}

std::optional<ColumnKey> keyByName(const QString &name)
{
    for (const FieldName &known : fieldNames) {
        const QString key = QString::fromLatin1(known.key);
        if (!isIndexed(known.field) && name == key) {
            return ColumnKey {known.field, 0};
        }
        if (isIndexed(known.field) && name.startsWith(key + QLatin1Char('_'))) {
            const int index = indexOf(name.mid(key.size() + 1).toUpper());
            if (index >= 0) {
                return ColumnKey {known.field, index};
            }
        }
    }
    return std::nullopt;
}

QString fromToml(const std::string &text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

std::string quoted(const QString &text)
{
    QString out = QStringLiteral("\"");
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\') {
            out += QLatin1Char('\\');
            out += c;
        } else if (c.unicode() < 0x20 || c.unicode() == 0x7F) {
            out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        } else {
            out += c;
        }
    }
    return (out + QLatin1Char('"')).toStdString();
}

Error wrong(const QString &where, const QString &reason)
{
    return Error(ErrorCode::InvalidArgument, reason, where);
}

} // namespace

QString normalHeading(const QString &heading)
{
    static const QRegularExpression notes(QStringLiteral("\\([^()]*\\)|【[^】]*】|\\[[^\\]]*\\]"));
    static const QRegularExpression marks(QStringLiteral("[*★:;。.]+"));
    static const QRegularExpression letterFirst(QStringLiteral("^\\s*\\(([A-Z])\\)\\s*(?=\\S)")); // "(A) Option"
    static const QRegularExpression limits(QStringLiteral("\\s+-\\s+(?:MAX|CHOOSE)\\b.*$")); // as Kahoot has them
    QString text = halfWidth(heading).toUpper().replace(letterFirst, QStringLiteral("\\1")).remove(limits);
    const QString bare = QString(text).remove(notes);
    // "(A)" alone is a heading, not a note.
    text = bare.trimmed().isEmpty() ? text.remove(QLatin1Char('(')).remove(QLatin1Char(')')) : bare;
    // What follows on a second line explains the first.
    text = text.trimmed().section(QLatin1Char('\n'), 0, 0);
    text.remove(marks);
    text.removeIf([](QChar c) { return c.isSpace(); });
    return text;
}

std::optional<ColumnKey> knownHeading(const QString &heading)
{
    constexpr qsizetype longest = 200; // with its notes
    const QString text = heading.size() > longest ? QString() : normalHeading(heading);
    if (text.isEmpty() || text.size() > 40) {
        return std::nullopt;
    }
    if (const auto it = plainHeadings().constFind(text); it != plainHeadings().cend()) {
        return ColumnKey {*it, 0};
    }
    static const QString mark = QStringLiteral("([A-Z]|[1-9][0-9]?|[一二三四五六七八九十]{1,3})");
    static const QRegularExpression option(QStringLiteral("^(?:(?:选项|答案选项|备选项|备选答案|候选项|选择项|选项内容|OPTION|CHOICE|ANSWER|ANS)[_-]?")
        + mark + QStringLiteral("|([A-Z])(?:选项|项|选项内容|答案|OPTION)?|答案([A-Z]))(?:内容)?$"));
    static const QRegularExpression picture(QStringLiteral("^(?:(?:选项|OPTION|备选项)[_-]?") + mark
        + QStringLiteral("|([A-Z])(?:选项|项)?)[_-]?(?:图片|图|IMAGE|PICTURE)$"));
    static const QRegularExpression flag(QStringLiteral("^(?:选项|答案)?") + mark
        + QStringLiteral("(?:选项|项)?(?:是否正确|是否为?答案|是否为正确答案|正确与否|正确|对错|是否正确答案)$"));
    static const QRegularExpression flagBefore(
        QStringLiteral("^(?:是否正确|正确|对错|ISCORRECT|IS_CORRECT|CORRECT)[_-]?(?:选项)?") + mark + QStringLiteral("$"));
    static const QRegularExpression target(
        QStringLiteral("^(?:右项|右侧|右列|匹配项|配对项)[_-]?") + mark + QStringLiteral("$"));
    const auto captured = [](const QRegularExpressionMatch &match) {
        for (int i = 1; i <= match.lastCapturedIndex(); ++i) {
            if (!match.captured(i).isEmpty()) {
                return indexOf(match.captured(i));
            }
        }
        return -1;
    };
    for (const auto &[pattern, field] : {std::pair {&picture, ColumnField::OptionPicture},
             std::pair {&flag, ColumnField::OptionFlag}, std::pair {&flagBefore, ColumnField::OptionFlag}, std::pair {&target, ColumnField::Target},
             std::pair {&option, ColumnField::Option}}) {
        if (const auto match = pattern->match(text); match.hasMatch()) {
            if (const int index = captured(match); index >= 0) {
                return ColumnKey {field, index};
            }
        }
    }
    return std::nullopt;
}

QString ownHeading(ColumnKey key)
{
    const QString heading = QString::fromUtf16(nameOf(key.field).heading);
    switch (key.field) {
    case ColumnField::Option:
        return heading + QChar(char16_t(u'A' + key.index));
    case ColumnField::Target:
        return heading + QString::number(key.index + 1);
    case ColumnField::OptionPicture:
        return QStringLiteral("选项%1图片").arg(QChar(char16_t(u'A' + key.index)));
    case ColumnField::OptionFlag:
        return QStringLiteral("选项%1是否正确").arg(QChar(char16_t(u'A' + key.index)));
    default:
        return heading;
    }
}

Result<ColumnMap> readColumnMap(const QByteArray &bytes)
{
    if (bytes.size() > maxMapBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("映射文件超过 %1 字节").arg(maxMapBytes));
    }
    toml::table document;
    try {
        document = toml::parse(std::string_view(bytes.constData(), std::size_t(bytes.size())));
    } catch (const toml::parse_error &error) {
        return wrong(QStringLiteral("第 %1 行第 %2 列").arg(error.source().begin.line).arg(error.source().begin.column),
            QStringLiteral("不是有效的 TOML：")
                + QString::fromUtf8(error.description().data(), qsizetype(error.description().size())));
    }
    ColumnMap map;
    for (const auto &[key, node] : document) {
        const QString name = fromToml(std::string(key.str()));
        const auto *table = node.as_table();
        if (name == QLatin1String("header_row")) {
            const auto row = node.value<int64_t>();
            if (!node.is_integer() || *row < 1 || *row > 1000) {
                return wrong(name, QStringLiteral("表头所在行应是 1 到 1000 的整数"));
            }
            map.headerRow = int(*row);
            continue;
        }
        if (!table) {
            return wrong(name, QStringLiteral("不认识的设置；可用 header_row、[columns]、[types]、[separators]"));
        }
        for (const auto &[innerKey, value] : *table) {
            const QString inner = fromToml(std::string(innerKey.str()));
            const QString where = name + QLatin1Char('.') + inner;
            const auto text = value.value<std::string>();
            if (!value.is_string()) {
                return wrong(where, QStringLiteral("应是带引号的文字"));
            }
            const QString meant = fromToml(*text);
            if (name == QLatin1String("columns")) {
                const auto column = keyByName(meant);
                if (!column) {
                    return wrong(where, QStringLiteral("不认识的字段“%1”").arg(meant));
                }
                map.columns.insert(normalHeading(inner), *column);
            } else if (name == QLatin1String("types")) {
                const auto byName = fromName<QuestionType>(meant);
                const auto type = byName ? byName : typeByWord(meant);
                if (!type) {
                    return wrong(where, QStringLiteral("不认识的题型“%1”").arg(meant));
                }
                map.types.insert(plainKey(inner), *type);
            } else if (name == QLatin1String("separators") && inner == QLatin1String("options")) {
                map.optionSeparator = meant;
            } else if (name == QLatin1String("separators") && inner == QLatin1String("blanks")) {
                map.blankSeparator = meant;
            } else if (name == QLatin1String("separators") && inner == QLatin1String("variants")) {
                map.variantSeparator = meant;
            } else if (name == QLatin1String("separators") && inner == QLatin1String("lists")) {
                map.listSeparator = meant;
            } else {
                return wrong(where, QStringLiteral("不认识的设置"));
            }
        }
    }
    return map;
}

std::optional<ColumnMap> columnMapOf(const ImportOptions &options, const QString &file, ImportedFile &out)
{
    auto map = readColumnMap(options.map.toUtf8());
    if (!map) {
        out.rejected.append({file, 0, QStringLiteral("--map ") + map.error().where(),
            QStringLiteral("映射文件有误，没有读取：") + map.error().detail()});
        return std::nullopt;
    }
    return *map;
}

QByteArray writeColumnMap(const ColumnMap &map)
{
    std::string out;
    if (map.headerRow > 0) {
        out += "header_row = " + std::to_string(map.headerRow) + "\n";
    }
    if (!map.columns.isEmpty()) {
        out += "[columns]\n";
        for (auto it = map.columns.cbegin(); it != map.columns.cend(); ++it) {
            out += quoted(it.key()) + " = " + quoted(keyName(it.value())) + "\n";
        }
    }
    if (!map.types.isEmpty()) {
        out += "[types]\n";
        for (auto it = map.types.cbegin(); it != map.types.cend(); ++it) {
            out += quoted(it.key()) + " = " + quoted(qingfeng::nameOf(it.value())) + "\n";
        }
    }
    const std::pair<const char *, const QString &> separators[] = {{"options", map.optionSeparator},
        {"blanks", map.blankSeparator}, {"variants", map.variantSeparator}, {"lists", map.listSeparator}};
    bool first = true;
    for (const auto &[name, separator] : separators) {
        if (separator.isEmpty()) {
            continue;
        }
        out += std::exchange(first, false) ? "[separators]\n" : "";
        out += std::string(name) + " = " + quoted(separator) + "\n";
    }
    return QByteArray::fromStdString(out);
}

} // namespace qingfeng
