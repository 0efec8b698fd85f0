#include "tests/unit/question_bank/formats/all_types.h"

#include "question_bank/formats/question_text.h"
#include "question_bank/model/bank_json.h"
#include "tests/support/sample_bank.h"

#include <QJsonArray>

using namespace qingfeng;

namespace {

QByteArray tinyPng()
{
    return QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}

QuestionVersion question(const char *id, QuestionType type, const QString &stem)
{
    QuestionVersion q = sampleQuestion(QString::fromLatin1(id), QStringLiteral("P01-R01"));
    q.type = type;
    q.stem = stem;
    q.choices.clear();
    q.answer.clear();
    return q;
}

Choice choice(const char *id, const QString &text)
{
    Choice c;
    c.id = QString::fromLatin1(id);
    c.text = text;
    return c;
}

} // namespace

QuestionBank allTypes()
{
    QuestionBank bank = sampleBank();
    const QString png = *bank.addMedia(tinyPng());

    QuestionVersion awkward = question("P01-R01-11", QuestionType::Single,
        QStringLiteral("若 a<b 且 {x} = \"y\" & 比例~50%，则\\路径：正确的是？\n第二行 # 号，两个  空格"));
    awkward.choices = {choice("a", QStringLiteral("= 号在前")), choice("b", QStringLiteral("~波浪 {括号}")),
        choice("c", QStringLiteral("-> 箭头 <b>不是标记</b>")),
        choice("d", QStringLiteral("反斜\\线 \\n &amp;"))};
    awkward.choices[3].pinned = true;
    awkward.answer = {QStringLiteral("c")};
    awkward.explanation.setPart(Explanation::Why, QStringLiteral("第一行。\n第二行：# {花括号}"));
    awkward.explanation.setPart(Explanation::Act, {});
    awkward.audience = Audience::Party;
    awkward.difficulty = Difficulty::Hard;
    awkward.keyword = QStringLiteral("关[键]词");
    awkward.validUntil = QDate(2027, 12, 31);
    awkward.source = QStringLiteral("改编：某题库");
    awkward.articles = {QStringLiteral("A-1"), QStringLiteral("B-1")};
    bank.add(awkward);

    QuestionVersion pictured
        = question("P01-R01-12", QuestionType::Multiple, QStringLiteral("图中哪些不当？"));
    pictured.picture = Picture {png, QStringLiteral("示意\"图\"")};
    pictured.choices
        = {choice("x", QStringLiteral("甲")), choice("y", QStringLiteral("乙")), choice("z", QString())};
    pictured.choices[2].picture = Picture {png, QStringLiteral("丙")};
    pictured.answer = {QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("z")};
    pictured.state = ReviewState::Draft;
    pictured.reviewer.clear();
    pictured.reviewedOn = {};
    bank.add(pictured);

    QuestionVersion truth
        = question("P01-R01-13", QuestionType::TrueFalse, QStringLiteral("登记后即可留用。"));
    truth.choices = trueFalseChoices();
    truth.answer = {QStringLiteral("false")};
    bank.add(truth);

    QuestionVersion one
        = question("P01-R01-14", QuestionType::FillIn, QStringLiteral("应在 ____ 日内上交。"));
    one.blanks
        = {{QStringLiteral("1"), {QStringLiteral("三十"), QStringLiteral("30"), QStringLiteral("=*{#~}")}}};
    bank.add(one);

    QuestionVersion end = question("P01-R01-15", QuestionType::FillIn, QStringLiteral("期限是____"));
    end.blanks = {{QStringLiteral("1"), {QStringLiteral("一个月")}}};
    bank.add(end);

    QuestionVersion two = question("P01-R01-16", QuestionType::FillIn, QStringLiteral("____至____年"));
    two.blanks = {{QStringLiteral("1"), {QStringLiteral("三"), QStringLiteral("3")}},
        {QStringLiteral("2"), {QStringLiteral("十/二")}}};
    bank.add(two);

    QuestionVersion match = question("P01-R01-17", QuestionType::Match, QStringLiteral("把行为与处分连起来"));
    match.choices = {choice("b", QStringLiteral("甲行为")), choice("a", QStringLiteral("乙行为")),
        choice("c", QStringLiteral("丙行为"))};
    match.targets = {choice("9", QStringLiteral("记过 -> 期满")), choice("1", QStringLiteral("警告")),
        choice("2", QStringLiteral("无关"))};
    match.pairs = {{QStringLiteral("a"), QStringLiteral("9")}, {QStringLiteral("b"), QStringLiteral("1")},
        {QStringLiteral("c"), QStringLiteral("1")}};
    bank.add(match);

    QuestionVersion order = question("P01-R01-18", QuestionType::Order, QStringLiteral("按先后排列"));
    order.choices = {choice("a", QStringLiteral("登记")), choice("b", QStringLiteral("上交")),
        choice("c", QStringLiteral("拒收")), choice("d", QStringLiteral("报告"))};
    order.answer = {QStringLiteral("c"), QStringLiteral("d"), QStringLiteral("a"), QStringLiteral("b")};
    bank.add(order);

    QuestionVersion scene = question("P01-R01-19", QuestionType::Case,
        QStringLiteral("某日，纳税人来办事。\n他留下一个信封，说：\"一点心意\"。"));
    const auto part = [&scene](const char *id, QuestionType type, const QString &stem) {
        QuestionPart p;
        p.id = QString::fromLatin1(id);
        p.type = type;
        p.stem = stem;
        scene.parts.append(p);
        return &scene.parts.last();
    };
    QuestionPart *p = part("1", QuestionType::Single, QStringLiteral("恰当的做法是？"));
    p->choices = {choice("a", QStringLiteral("收下~再说")), choice("b", QStringLiteral("当面退还 #1")),
        choice("c", QStringLiteral("放着}"))};
    p->answer = {QStringLiteral("b")};
    p = part("2", QuestionType::Multiple, QStringLiteral("应当向谁报告？\n（可多选）"));
    p->choices = {choice("a", QStringLiteral("单位")), choice("b", QStringLiteral("同学")),
        choice("c", QStringLiteral("纪检"))};
    p->answer = {QStringLiteral("a"), QStringLiteral("c")};
    p = part("3", QuestionType::TrueFalse, QStringLiteral("可以不登记。"));
    p->choices = trueFalseChoices();
    p->answer = {QStringLiteral("false")};
    p = part("4", QuestionType::FillIn, QStringLiteral("____日内上交到____"));
    p->blanks = {{QStringLiteral("1"), {QStringLiteral("30"), QStringLiteral("三十")}},
        {QStringLiteral("2"), {QStringLiteral("国库")}}};
    bank.add(scene);

    QuestionVersion drawn = question("P01-R01-20", QuestionType::Case, QStringLiteral("另一情景。"));
    scene.parts.clear();
    p = part("1", QuestionType::Order, QStringLiteral("排列"));
    p->choices = {choice("a", QStringLiteral("一")), choice("b", QStringLiteral("二"))};
    p->answer = {QStringLiteral("b"), QStringLiteral("a")};
    p->picture = Picture {png, QStringLiteral("图")};
    p = part("2", QuestionType::Match, QStringLiteral("连线"));
    p->choices = {choice("a", QStringLiteral("一")), choice("b", QStringLiteral("二"))};
    p->targets = {choice("1", QStringLiteral("甲")), choice("2", QStringLiteral("乙"))};
    p->pairs = {{QStringLiteral("a"), QStringLiteral("2")}, {QStringLiteral("b"), QStringLiteral("1")}};
    drawn.parts = scene.parts;
    bank.add(drawn);

    QuestionVersion later = sampleQuestion(QStringLiteral("P02-R01-01"), QStringLiteral("P02-R01"));
    later.version = 3;
    later.stem = QStringLiteral("改过的题干");
    bank.add(later);
    return bank;
}

QStringList fieldsOf(const QString &column)
{
    // What the writers of tables call by their headings, and each of a picture's two fields.
    static const QHash<QString, QStringList> fields {
        {QStringLiteral("picture"), {QStringLiteral("picture"), QStringLiteral("picture_alt")}},
        {QStringLiteral("题型"), {QStringLiteral("type")}}, {QStringLiteral("题干"), {QStringLiteral("stem")}},
        {QStringLiteral("图片"), {QStringLiteral("picture"), QStringLiteral("picture_alt"), QStringLiteral("choices"), QStringLiteral("targets")}},
        {QStringLiteral("选项"), {QStringLiteral("choices"), QStringLiteral("targets")}},
        {QStringLiteral("答案"), {QStringLiteral("answer"), QStringLiteral("blanks"), QStringLiteral("pairs")}},
        {QStringLiteral("题目编号"), {QStringLiteral("id"), QStringLiteral("version")}},
        {QStringLiteral("解析"), {QStringLiteral("explanation")}}, {QStringLiteral("风险点编号"), {QStringLiteral("risk_points")}},
        {QStringLiteral("法律依据"), {QStringLiteral("articles")}}, {QStringLiteral("知识点"), {QStringLiteral("keyword")}},
        {QStringLiteral("来源"), {QStringLiteral("source")}},
        {QStringLiteral("命题人、审核人"), {QStringLiteral("author"), QStringLiteral("reviewer")}},
        {QStringLiteral("日期"), {QStringLiteral("valid_from"), QStringLiteral("valid_until"), QStringLiteral("reviewed_on")}},
        {QStringLiteral("难度、身份、状态"), {QStringLiteral("difficulty"), QStringLiteral("audience"), QStringLiteral("state")}}};
    return column.startsWith(QStringLiteral("小题")) ? QStringList {QStringLiteral("parts")}
                                                     : fields.value(column, {column});
}

QMap<QString, QJsonObject> questionsOf(
    const QList<QuestionVersion> &questions, const QList<ImportRemark> &lost)
{
    QMap<QString, QJsonObject> map;
    for (const QuestionVersion &question : questions) {
        QJsonObject object = toJson(question);
        bool dropped = false;
        bool anonymous = false;
        for (const ImportRemark &remark : lost) {
            if (remark.file != question.id && !question.id.isEmpty()) {
                continue;
            }
            // Another type, or nothing that could be read back.
            dropped |= remark.file == question.id && (remark.column == QLatin1String("type") || remark.column.isEmpty());
            anonymous |= remark.column == QLatin1String("id");
            for (const QString &field : remark.column == QLatin1String("type") ? QStringList() : fieldsOf(remark.column)) {
                object.remove(field);
            }
        }
        if (dropped) {
            continue;
        }
        map.insert(anonymous || question.id.isEmpty() ? question.stem.simplified() : question.id, object);
    }
    return map;
}
