#include "question_bank/check/check.h"

#include <algorithm>

#include <QHash>

namespace qingfeng {

const QList<Rule> &allRules()
{
    constexpr Severity E = Severity::Error;
    constexpr Severity W = Severity::Warning;
    const auto row = [](const char *name, Severity severity, const char16_t *text) {
        return Rule{QString::fromLatin1(name), severity, QString::fromUtf16(text)};
    };
    static const QList<Rule> table{
        // what it rests on
        row("no-risk-point", E, u"每题至少对应一个风险点"),
        row("unknown-risk-point", E, u"风险点必须在题库中"),
        row("several-risk-points", W, u"一题只考一个风险点（案例题除外）"),
        row("no-article", E, u"每题至少引用一条依据"),
        row("unknown-article", E, u"引用的条款必须在题库中"),
        row("article-not-citable", E, u"只引用已核实、可作依据的条款"),
        row("party-rules-alone", E, u"面向全体的题须有国家法律依据，不能只引党内法规"),
        row("no-validity-window", E, u"每题须有有效期起始日"),
        row("validity-reversed", E, u"有效期止日不得早于起日"),
        row("valid-before-law", E, u"有效期不得早于所引法律施行日"),
        row("article-repealed", E, u"有效期内所引条款不得已经失效"),
        row("article-amended-since-review", W, u"所引条款在审核之后修改过"),
        row("waits-for-recheck", W, u"因法律变动待复核，复核前不出题"),
        row("citation-not-listed", W, u"文中写明的条号须在本题依据之列"),
        row("explanation-names-no-law", W, u"解析须写明所引法律之一的名称"),
        row("old-edition", W, u"文中所写版本年份与现行版本不符"),
        row("unknown-document-number", W, u"文号须是题库所载法律的文号"),
        row("keyword-missing", W, u"本题关键词须出现在题目或解析中"),
        row("article-keyword-missing", W, u"所引条款的关键词须出现在题目或解析中"),
        row("number-not-in-article", W, u"题干与答案中的数字须见于所引条款"),
        // form
        row("answer-form", E, u"答案形式须与题型相符"),
        row("answer-not-a-choice", E, u"答案必须是选项之一"),
        row("choice-id-twice", E, u"选项编号不得重复"),
        row("choice-text-twice", E, u"选项文字不得重复"),
        row("choice-empty", E, u"选项须有文字或图片"),
        row("blanks-and-stem", E, u"填空题空数须与题干中的____一致，且每空有答案"),
        row("pairs-form", E, u"连线题每个左项恰连一个存在的右项"),
        row("order-form", E, u"排序题答案须恰好列出全部选项各一次"),
        row("case-form", E, u"案例题须有小题，编号不得重复"),
        row("case-size", W, u"案例题宜有三至五个小题"),
        row("stem-too-long", E, u"题干不超过 500 字"),
        row("stem-long-for-the-gate", W, u"题干不超过 80 字，才能在半分钟内读完（案例题除外）"),
        row("choice-too-long", E, u"选项不超过 100 字"),
        row("choice-long-for-the-gate", W, u"选项宜不超过 40 字"),
        row("explanation-incomplete", E, u"解析须有行为、依据、后果、正确做法四部分"),
        // wording
        row("all-of-the-above", E, u"不用“以上都对”之类选项：选项会打乱顺序"),
        row("letters-named", W, u"不提选项字母：选项会打乱顺序"),
        row("retired-word", E, u"不用已撤并的机构和已废止的法规名称"),
        row("banned-word", E, u"不用已知的错误说法"),
        row("sanctions-mixed", E, u"党纪处分与政务处分不得混在一组选项里"),
        row("quoted-text", W, u"引号不套在概括语上：依据只概括，不照录"),
        row("person-named", W, u"不写真实姓名"),
        row("unit-named", W, u"不写真实单位名称"),
        // fairness of the item
        row("absolute-word-in-wrong", W, u"“一律”“任何情况下”之类不应只见于错误选项"),
        row("key-much-longer", W, u"正确选项不应明显最长"),
        row("key-against-explanation", W, u"答案不得与解析相矛盾"),
        row("key-not-in-explanation", W, u"填空答案应见于解析"),
        // people
        row("no-author", E, u"须写明命题人"),
        row("not-reviewed-by-another", E, u"审核人须是命题人以外的人"),
        // pictures
        row("picture-missing", E, u"图片须在题库中"),
        row("picture-without-alt", W, u"图片须有文字说明"),
        row("picture-unused", W, u"题库带有无人使用的图片"),
        // the bank as a whole
        row("few-questions", W, u"每个风险点至少 2 题，高风险点至少 4 题"),
        row("few-questions-of-post", W, u"每个岗位至少 12 题"),
        row("letters-unbalanced", W, u"单选答案字母分布偏差不超过 5 个百分点"),
        row("true-false-unbalanced", W, u"判断题对错分布偏差不超过 10 个百分点"),
        row("key-is-longest", W, u"正确选项最长的单选题不超过四成"),
        row("near-duplicate", W, u"两题不应几乎相同"),
        row("same-stem", W, u"两题题干不应相同"),
        // themes
        row("theme-reference", E, u"主题、故事所指的岗位、风险点、条款、题目、图片须存在"),
        row("theme-without-days", W, u"主题须有可推算的日期"),
        row("acceptance-for-nothing", W, u"有说明理由而无对应提示：规则名写错，或问题已改好"),
    };
    return table;
}

const Rule *ruleNamed(const QString &name)
{
    static const QHash<QString, const Rule *> index = [] {
        QHash<QString, const Rule *> byName;
        for (const Rule &entry : allRules()) {
            byName.insert(entry.name, &entry);
        }
        return byName;
    }();
    return index.value(name, nullptr);
}

} // namespace qingfeng
