#include "quiz/report/group_report.h"

#include "quiz/report/group_facts.h"
#include "quiz/report/report_words.h"

#include "question_bank/base/canonical_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <QDateTime>

namespace qingfeng {
namespace {

constexpr qsizetype mostQuestions = 100; ///< listed by error rate
constexpr qsizetype mostBars = 15;

QVariant rateOf(int part, int whole)
{
    return whole > 0 ? QVariant(double(part) / whole) : QVariant();
}

QString groupTitle(const GroupReportInput &in)
{
    switch (in.kind) {
    case ReportScope::Unit:
        return in.roster.unit.name.isEmpty() ? in.roster.unit.code : in.roster.unit.name;
    case ReportScope::Department:
        return in.roster.departmentPath(in.code);
    case ReportScope::Post:
        return postTitle(*in.bank, in.code);
    case ReportScope::Theme:
        break;
    }
    const CultureTheme *theme = in.bank->theme(in.code);
    return theme ? theme->title : in.code;
}

/** One number over the heads of all stores that were read: two reports with the same one rest on the same
 * answers. */
QByteArray digestOf(const GroupFacts &facts)
{
    QByteArray lines;
    for (auto head = facts.heads.cbegin(); head != facts.heads.cend(); ++head) {
        lines += head.key().toUtf8() + ' ' + QByteArray::number(head->first) + ' ' + head->second.toHex()
            + '\n';
    }
    return sha256(lines);
}

QList<std::pair<QString, QString>> groupCover(const GroupFacts &facts)
{
    const GroupReportInput &in = facts.in;
    const QDateTime written
        = QDateTime::fromMSecsSinceEpoch(in.writtenAtMs, Qt::OffsetFromUTC, in.utcOffsetSeconds);
    static constexpr std::array<const char16_t *, 4> scopes{u"全单位", u"部门（含下级）", u"岗位", u"主题"};
    return {{QStringLiteral("单位"), in.roster.unit.name},
        {QStringLiteral("范围"), QString::fromUtf16(scopes[std::size_t(in.kind)])},
        {QStringLiteral("对象"), groupTitle(in)}, {QStringLiteral("统计区间"), periodText(in.from, in.to)},
        {QStringLiteral("人数"), QStringLiteral("%1 人").arg(facts.members.size())},
        {QStringLiteral("制作时间"), textOf(written, ValueKind::Moment)},
        {QStringLiteral("题库版本"), QString::number(in.bank->revision)},
        {QStringLiteral("数据来源"), QStringLiteral("服务器，%1 个作答库").arg(facts.heads.size())},
        {QStringLiteral("链首摘要"), QString::fromLatin1(digestOf(facts).toHex())}};
}

/** What the figures of the whole group are. */
struct GroupShares
{
    QVariant joined; ///< 参学率
    QVariant kept; ///< 完成率
    QVariant passed; ///< 合格率
};

GroupShares sharesOf(const GroupFacts &facts)
{
    int owed = 0;
    int kept = 0;
    int passed = 0;
    for (const Member &member : facts.members) {
        owed += member.owed;
        kept += std::min(member.kept, member.owed);
        const AnswerTally &answers = member.answers;
        passed += answers.answered > 0 && answers.right >= facts.in.passShare * answers.answered ? 1 : 0;
    }
    const int joined = facts.participants();
    return {rateOf(joined, int(facts.members.size())), rateOf(kept, owed),
        joined >= fewestPeople ? rateOf(passed, joined) : QVariant()};
}

QList<ReportFigure> groupFigures(const GroupFacts &facts, const GroupShares &shares)
{
    const auto kind = ValueKind::Percent;
    const int days = std::accumulate(facts.members.cbegin(), facts.members.cend(), 0,
        [](int sum, const Member &member) { return sum + int(member.days.size()); });
    const double people = double(std::max<qsizetype>(facts.members.size(), 1));
    return {{QStringLiteral("参学率"), shares.joined, kind}, {QStringLiteral("完成率"), shares.kept, kind},
        {QStringLiteral("合格率"), shares.passed, kind}, {QStringLiteral("正确率"), facts.all.rate(), kind},
        {QStringLiteral("有效作答率"), rateOf(facts.all.answered, facts.all.answered + facts.invalid), kind},
        {QStringLiteral("人数"), facts.members.size()}, {QStringLiteral("参学人数"), facts.participants()},
        {QStringLiteral("作答题数"), facts.all.answered},
        {QStringLiteral("人均作答"), std::round(10 * facts.all.answered / people) / 10},
        {QStringLiteral("人均学习天数"), std::round(10 * days / people) / 10}};
}

/** A row for each key that was answered: name, people, answers, right rate. */
template <typename Name>
ReportTable tallyTable(
    const QString &title, const QString &what, const QHash<QString, AnswerTally> &tallies, Name &&name)
{
    ReportTable table{title, QStringLiteral("不足 %1 人作答的不列正确率。").arg(fewestPeople),
        {{what, ValueKind::Text, 18}, {QStringLiteral("参学人数"), ValueKind::Number, 4},
            {QStringLiteral("作答"), ValueKind::Number, 4},
            {QStringLiteral("正确率"), ValueKind::Percent, 4}},
        {}};
    QStringList keys = tallies.keys();
    keys.sort();
    for (const QString &key : keys) {
        const AnswerTally &tally = tallies[key];
        table.rows.append({name(key), int(tally.people.size()), tally.answered, tally.rate()});
    }
    return table;
}

/** Risk points that enough people answered, weakest first. */
QStringList weakestFirst(const QHash<QString, AnswerTally> &tallies)
{
    QStringList keys;
    for (auto tally = tallies.cbegin(); tally != tallies.cend(); ++tally) {
        if (!tally->rate().isNull()) {
            keys.append(tally.key());
        }
    }
    std::ranges::sort(keys, [&tallies](const QString &a, const QString &b) {
        const double left = tallies[a].rate().toDouble();
        const double right = tallies[b].rate().toDouble();
        return left != right ? left < right : a < b;
    });
    return keys;
}

QString riskPointName(const QuestionBank &bank, const QString &id)
{
    const RiskPoint *point = bank.riskPoint(id);
    return point ? point->name : id;
}

ReportBars weakPoints(const GroupFacts &facts)
{
    ReportBars bars{QStringLiteral("风险点薄弱处"), {}, QStringLiteral("正确率"), {}};
    const QStringList keys = weakestFirst(facts.byRiskPoint);
    for (const QString &key : keys.mid(0, mostBars)) {
        const AnswerTally &tally = facts.byRiskPoint[key];
        const RiskPoint *point = facts.in.bank->riskPoint(key);
        bars.bars.append({riskPointName(*facts.in.bank, key), point ? reportWord(point->grade) : QString(),
            tally.rate().toDouble(),
            QStringLiteral("%1 人 %2 题次").arg(tally.people.size()).arg(tally.answered)});
    }
    bars.note = keys.isEmpty() ? QStringLiteral("还没有哪个风险点有 %1 人以上作答。").arg(fewestPeople)
                               : QStringLiteral("正确率最低的是「%1」。").arg(bars.bars.first().name);
    return bars;
}

ReportTable riskPointRates(const GroupFacts &facts)
{
    ReportTable table{QStringLiteral("各风险点"), QStringLiteral("覆盖率为答过这一风险点的人数占比。"),
        {{QStringLiteral("编号"), ValueKind::Text, 5}, {QStringLiteral("风险点"), ValueKind::Text, 18},
            {QStringLiteral("等级"), ValueKind::Text, 4}, {QStringLiteral("参学人数"), ValueKind::Number, 4},
            {QStringLiteral("覆盖率"), ValueKind::Percent, 4}, {QStringLiteral("作答"), ValueKind::Number, 4},
            {QStringLiteral("正确率"), ValueKind::Percent, 4}},
        {}};
    for (const RiskPoint &point : facts.in.bank->riskPoints()) {
        const auto tally = facts.byRiskPoint.constFind(point.id);
        if (tally == facts.byRiskPoint.constEnd()) {
            continue;
        }
        const QString post = point.post;
        const int concerned = int(std::ranges::count_if(facts.members, [&](const Member &member) {
            return post == commonPost() || member.riskPoints.contains(point.id)
                || std::ranges::any_of(member.person->assignments,
                    [&post](const Assignment &assignment) { return assignment.post == post; });
        }));
        table.rows.append({point.id, point.name, reportWord(point.grade), int(tally->people.size()),
            rateOf(int(tally->people.size()), concerned), tally->answered, tally->rate()});
    }
    return table;
}

ReportTable questionErrors(const GroupFacts &facts)
{
    ReportTable table{QStringLiteral("题目错误率"),
        QStringLiteral("只列 %1 人以上答过的题，最多 %2 题；错误率高的，先看题目本身是否清楚。")
            .arg(fewestPeople)
            .arg(mostQuestions),
        {{QStringLiteral("题目"), ValueKind::Text, 7}, {QStringLiteral("题干"), ValueKind::Text, 28},
            {QStringLiteral("参学人数"), ValueKind::Number, 4},
            {QStringLiteral("作答"), ValueKind::Number, 4},
            {QStringLiteral("错误率"), ValueKind::Percent, 4}},
        {}};
    for (const QString &key : weakestFirst(facts.byQuestion).mid(0, mostQuestions)) {
        const AnswerTally &tally = facts.byQuestion[key];
        const QuestionVersion *version = facts.in.bank->latest(key);
        table.rows.append({key, version ? shortened(version->stem, 56) : QString(), int(tally.people.size()),
            tally.answered, 1.0 - tally.rate().toDouble()});
    }
    return table;
}

ReportLine participation(const GroupFacts &facts)
{
    ReportLine line{QStringLiteral("每周参学率"), {}, QStringLiteral("参学率"), ValueKind::Percent, {}};
    const QDate end = std::min(facts.in.to, facts.in.today);
    for (QDate week = facts.in.from.addDays(1 - facts.in.from.dayOfWeek());
         week <= end && !facts.members.isEmpty(); week = week.addDays(7)) {
        line.points.append({week, double(facts.byWeek.value(week).size()) / double(facts.members.size())});
    }
    line.note = QStringLiteral("以当周至少答一题的人数计，日期为当周周一。");
    return line;
}

QString departmentTitle(const GroupFacts &facts, const QString &code)
{
    const QString path = facts.in.roster.departmentPath(code);
    return path.isEmpty() ? code : path;
}

QString currentPosts(const GroupFacts &facts, const Person &person)
{
    QStringList posts;
    for (const QString &post : person.postsOn(std::min(facts.in.to, facts.in.today))) {
        posts.append(postTitle(*facts.in.bank, post));
    }
    return posts.join(QStringLiteral("、"));
}

/** Who took part and how often, resp. who did not: no rates and no answers. */
ReportTable peopleTable(const GroupFacts &facts, bool joined)
{
    ReportTable table{joined ? QStringLiteral("参与情况") : QStringLiteral("未参加名单"),
        joined ? QStringLiteral("只列参与和覆盖，不列对错。")
               : QStringLiteral("区间内没有计入的作答；请假、出差请结合实际看待。"),
        {{QStringLiteral("工号"), ValueKind::Text, 6}, {QStringLiteral("姓名"), ValueKind::Text, 5},
            {QStringLiteral("部门"), ValueKind::Text, 14}, {QStringLiteral("岗位"), ValueKind::Text, 12}},
        {}};
    if (joined) {
        table.columns += {{QStringLiteral("学习天数"), ValueKind::Number, 5},
            {QStringLiteral("作答"), ValueKind::Number, 4},
            {QStringLiteral("覆盖风险点"), ValueKind::Number, 6}};
    }
    for (const Member &member : facts.members) {
        if ((member.answers.answered > 0) != joined) {
            continue;
        }
        const Person &person = *member.person;
        QVariantList row{person.number, person.name, departmentTitle(facts, person.department),
            currentPosts(facts, person)};
        if (joined) {
            row += QVariantList{
                int(member.days.size()), member.answers.answered, int(member.riskPoints.size())};
        }
        table.rows.append(row);
    }
    return table;
}

QString groupSummary(const GroupFacts &facts, const GroupShares &shares)
{
    return QStringLiteral("%1，%2 人中 %3 人参加学习，参学率 %4，完成率 %5，共作答 %6 题，正确率 %7。")
        .arg(periodText(facts.in.from, facts.in.to))
        .arg(facts.members.size())
        .arg(facts.participants())
        .arg(textOf(shares.joined, ValueKind::Percent), textOf(shares.kept, ValueKind::Percent))
        .arg(facts.all.answered)
        .arg(textOf(facts.all.rate(), ValueKind::Percent));
}

std::optional<Error> unknownGroup(const GroupReportInput &in)
{
    const bool known = in.kind == ReportScope::Unit
        || (in.kind == ReportScope::Department && in.roster.department(in.code))
        || (in.kind == ReportScope::Post && in.bank->post(in.code))
        || (in.kind == ReportScope::Theme && in.bank->theme(in.code));
    return known ? std::nullopt
                 : std::optional(
                     Error(ErrorCode::NotFound, QStringLiteral("no such %1").arg(nameOf(in.kind)), in.code));
}

} // namespace

QString nameOf(ReportScope kind)
{
    static constexpr std::array<const char16_t *, 4> names{u"unit", u"department", u"post", u"theme"};
    return QString::fromUtf16(names[std::size_t(kind)]);
}

Result<Report> groupReport(const GroupReportInput &input)
{
    if (const auto unknown = unknownGroup(input)) {
        return *unknown;
    }
    const GroupFacts facts(input);
    const GroupShares shares = sharesOf(facts);
    Report report;
    report.kind = nameOf(input.kind);
    report.title = QStringLiteral("廉政风险教育汇总报表");
    report.subject = groupTitle(input);
    report.from = input.from;
    report.to = input.to;
    report.cover = groupCover(facts);
    report.summary = groupSummary(facts, shares);
    report.figures = groupFigures(facts, shares);
    report.blocks = {participation(facts), weakPoints(facts),
        tallyTable(QStringLiteral("岗位正确率"), QStringLiteral("岗位"), facts.byPost,
            [&](const QString &code) { return postTitle(*input.bank, code); }),
        tallyTable(QStringLiteral("部门正确率"), QStringLiteral("部门"), facts.byDepartment,
            [&](const QString &code) { return departmentTitle(facts, code); }),
        riskPointRates(facts), questionErrors(facts), peopleTable(facts, true), peopleTable(facts, false)};
    report.notes = {
        QStringLiteral("参学率：区间内至少有一次有效作答的人数占比。完成率：有作答的应答工作日占全部应答工作"
                       "日，不含当天，不扣除请假。"),
        QStringLiteral("合格率：参学者中正确率达到 %1 的人数占比。")
            .arg(textOf(input.passShare, ValueKind::Percent)),
        QStringLiteral("个人答错了什么属于个人信息，不进入本报表；不足 %1 人的正确率不列。")
            .arg(fewestPeople),
    };
    report.signatures
        = {{QStringLiteral("制表"), 1}, {QStringLiteral("审核"), 1}, {QStringLiteral("日期"), 1}};
    return report;
}

} // namespace qingfeng
