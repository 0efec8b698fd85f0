#include "quiz/report/person_report.h"

#include "quiz/archive/learner_state.h"
#include "quiz/archive/mastery.h"
#include "quiz/archive/summary.h"
#include "quiz/report/report_words.h"

#include <algorithm>
#include <cmath>

#include <QDateTime>
#include <QHash>
#include <QSet>

namespace qingfeng {
namespace {

constexpr qsizetype weakest = 5;
constexpr int mostPoints = 27; ///< of the line: weeks of half a year, else months
constexpr int stemLength = 40;

bool isInPeriod(const PersonReportInput &in, QDate day)
{
    return in.from <= day && day <= in.to;
}

QDateTime localTime(qint64 utcMs, int offsetSeconds)
{
    return QDateTime::fromMSecsSinceEpoch(utcMs, Qt::OffsetFromUTC, offsetSeconds);
}

/** Posts held at any time of the period, main ones first. */
QStringList postsIn(const PersonReportInput &in)
{
    QStringList main;
    QStringList side;
    for (const Assignment &assignment : in.person.assignments) {
        if ((!assignment.from.isValid() || assignment.from <= in.to)
            && (!assignment.to.isValid() || in.from <= assignment.to)) {
            (assignment.main ? main : side).append(assignment.post);
        }
    }
    QStringList posts = main + side;
    posts.removeDuplicates();
    return posts;
}

/** The person's attempts with what is asked of them more than once. */
struct PersonFacts
{
    QList<Attempt> attempts; ///< of the period
    ArchiveSummary summary; ///< of the period
    MasteryReport mastery; ///< at its end
    ReportLine line;
    int firstAnswered = 0; ///< questions answered for the first time
    int firstRight = 0;
    int wrongQuestions = 0; ///< answered wrong in the period
    int mended = 0; ///< of them, last answer right
    qint64 responseMs = 0; ///< of valid answers, in all
    int daysOwed = 0;
    int daysMissed = 0;
    int streak = 0; ///< days in a row at the end
};

QList<QDate> sampleDays(QDate from, QDate to)
{
    QList<QDate> days;
    const bool weekly = from.daysTo(to) < 7 * (mostPoints - 1);
    for (QDate day = to; day >= from && days.size() < 10 * mostPoints;
         day = weekly ? day.addDays(-7) : to.addMonths(-int(days.size()))) {
        days.prepend(day);
    }
    return days;
}

/** Counts attempts one after the other and looks at the mastery on each sample day. */
void replay(const PersonReportInput &in, const QStringList &posts, PersonFacts &facts)
{
    const QuizMemory memory(in.memory.parameters);
    const Fsrs fsrs(in.memory.parameters);
    const QList<MasteryScope> scope = masteryScope(*in.bank, posts);
    LearnerRecord record;
    auto next = in.attempts.cbegin();
    const auto masteryOn = [&](QDate day) {
        for (; next != in.attempts.cend() && dateOfStudyDay(next->studyDay) <= day; ++next) {
            record.count(*next, memory);
        }
        const int studyDay = int(QDate(1970, 1, 1).daysTo(day));
        return mastery(record, scope, std::max(studyDay, record.person.lastStudyDay), fsrs);
    };
    for (const QDate day : sampleDays(in.from, in.to)) {
        const MasteryReport report = masteryOn(day);
        if (report.studyDays > 0) {
            facts.line.points.append({day, std::round(10 * report.score) / 10});
        }
    }
    facts.mastery = masteryOn(in.to);
}

void countDays(const PersonReportInput &in, PersonFacts &facts)
{
    QSet<QDate> studied;
    QDate first;
    for (const Attempt &attempt : in.attempts) {
        const QDate day = dateOfStudyDay(attempt.studyDay);
        first = first.isValid() ? std::min(first, day) : day;
        if (attempt.outcome != Outcome::Invalid && day <= in.to) {
            studied.insert(day);
        }
    }
    facts.streak = in.calendar.streak(studied, in.to);
    const QDate end = std::min(in.to, in.today.addDays(-1));
    for (QDate day = in.from; day <= end; day = day.addDays(1)) {
        const bool known = !in.person.assignments.isEmpty() || (first.isValid() && first <= day);
        if (known && in.calendar.isWorkday(day) && isAssigned(in.person, day)) {
            ++facts.daysOwed;
            facts.daysMissed += studied.contains(day) ? 0 : 1;
        }
    }
}

void countAnswers(const PersonReportInput &in, PersonFacts &facts)
{
    QSet<QString> seen;
    QHash<QString, bool> lastRight; ///< of what was answered wrong in the period
    for (const Attempt &attempt : in.attempts) {
        const QDate day = dateOfStudyDay(attempt.studyDay);
        if (isInPeriod(in, day)) {
            facts.attempts.append(attempt);
        }
        if (attempt.outcome == Outcome::Invalid || day > in.to) {
            continue;
        }
        const bool right = attempt.outcome == Outcome::Right;
        const bool first = !seen.contains(attempt.question);
        seen.insert(attempt.question);
        if (isInPeriod(in, day)) {
            facts.firstAnswered += first ? 1 : 0;
            facts.firstRight += first && right ? 1 : 0;
            facts.responseMs += attempt.responseMs;
            if (!right || lastRight.contains(attempt.question)) {
                lastRight.insert(attempt.question, right);
            }
        }
    }
    facts.wrongQuestions = int(lastRight.size());
    facts.mended = int(std::ranges::count(lastRight, true));
}

PersonFacts factsOf(const PersonReportInput &in, const QStringList &posts)
{
    PersonFacts facts;
    countAnswers(in, facts);
    countDays(in, facts);
    facts.summary = summarise(facts.attempts, *in.bank, posts, in.calendar, in.to);
    facts.line = {QStringLiteral("掌握分走势"), {}, QStringLiteral("掌握分"), ValueKind::Number, {}};
    replay(in, posts, facts);
    return facts;
}

QVariant shareOf(int part, int whole)
{
    return whole > 0 ? QVariant(double(part) / whole) : QVariant();
}

/** Hex in groups of eight, which can be read out and broken over lines. */
QString grouped(const QByteArray &hash)
{
    QString hex = QString::fromLatin1(hash.toHex());
    for (qsizetype at = 8; at < hex.size(); at += 9) {
        hex.insert(at, QLatin1Char(' '));
    }
    return hex;
}

QList<std::pair<QString, QString>> personCover(const PersonReportInput &in, const QStringList &posts)
{
    QStringList main;
    QStringList side;
    for (const QString &post : posts) {
        const bool isMain = std::ranges::any_of(in.person.assignments,
            [&post](const Assignment &assignment) { return assignment.post == post && assignment.main; });
        (isMain ? main : side).append(postTitle(*in.bank, post));
    }
    const QString comma = QStringLiteral("、");
    const QString none = QStringLiteral("—");
    const auto orNone = [&none](const QString &text) { return text.isEmpty() ? none : text; };
    QList<std::pair<QString, QString>> cover{
        {QStringLiteral("姓名"), orNone(in.person.name)},
        {QStringLiteral("工号"), in.person.number},
        {QStringLiteral("单位"), orNone(in.unit.name)},
        {QStringLiteral("部门"), orNone(in.department)},
        {QStringLiteral("主岗"), orNone(main.join(comma))},
        {QStringLiteral("兼岗"), orNone(side.join(comma))},
        {QStringLiteral("政治面貌"), in.person.party ? QStringLiteral("中共党员") : none},
        {QStringLiteral("统计区间"), periodText(in.from, in.to)},
        {QStringLiteral("制作时间"),
            textOf(localTime(in.writtenAtMs, in.utcOffsetSeconds), ValueKind::Moment)},
        {QStringLiteral("作答库"), in.store},
        {QStringLiteral("链首"), QStringLiteral("第 %1 条  %2").arg(in.headSeq).arg(grouped(in.headHash))},
    };
    cover.append({QStringLiteral("服务器回执"),
        in.receipt
            ? QStringLiteral("第 %1 条，%2 签发，公钥编号 %3")
                  .arg(in.receipt->seq)
                  .arg(textOf(localTime(in.receipt->serverTimeMs, in.utcOffsetSeconds), ValueKind::Moment),
                      in.receipt->key)
            : QStringLiteral("尚无（未与服务器同步）")});
    return cover;
}

QList<ReportFigure> personFigures(const PersonReportInput &in, const PersonFacts &facts)
{
    const ArchiveSummary &sum = facts.summary;
    int highAnswered = 0;
    int highRight = 0;
    for (const RiskPointSummary &point : sum.riskPoints) {
        highAnswered += point.grade == RiskGrade::High ? point.answered : 0;
        highRight += point.grade == RiskGrade::High ? point.right : 0;
    }
    QSet<QString> on;
    QSet<QString> joined;
    for (const CultureTheme &theme : in.bank->themes()) {
        const QSet<QString> questions(theme.questions.cbegin(), theme.questions.cend());
        for (QDate day = in.from; day <= in.to && !on.contains(theme.id); day = day.addDays(1)) {
            if (isOn(theme.window, day, in.bank->festivals())) {
                on.insert(theme.id);
            }
        }
        for (const Attempt &attempt : facts.attempts) {
            if (questions.contains(attempt.question) && on.contains(theme.id)) {
                joined.insert(theme.id);
            }
        }
    }
    const auto kind = ValueKind::Percent;
    return {{QStringLiteral("掌握分"), std::round(10 * facts.mastery.score) / 10},
        {QStringLiteral("本岗风险点覆盖率"), shareOf(sum.coveredRiskPoints, sum.totalRiskPoints), kind},
        {QStringLiteral("有效作答率"), shareOf(sum.answered, sum.answered + sum.invalid), kind},
        {QStringLiteral("应答天数"), sum.studyDays}, {QStringLiteral("连续天数"), facts.streak},
        {QStringLiteral("未答工作日"), facts.daysOwed > 0 ? QVariant(facts.daysMissed) : QVariant()},
        {QStringLiteral("答题数"), sum.answered}, {QStringLiteral("正确题数"), sum.right},
        {QStringLiteral("正确率"), shareOf(sum.right, sum.answered), kind},
        {QStringLiteral("首答正确率"), shareOf(facts.firstRight, facts.firstAnswered), kind},
        {QStringLiteral("错题数"), facts.wrongQuestions}, {QStringLiteral("已消错题数"), facts.mended},
        {QStringLiteral("平均用时（秒）"),
            sum.answered > 0 ? QVariant(std::round(double(facts.responseMs) / sum.answered / 100) / 10)
                             : QVariant()},
        {QStringLiteral("高风险点正确率"), shareOf(highRight, highAnswered), kind},
        {QStringLiteral("风险点总数"), sum.totalRiskPoints},
        {QStringLiteral("已覆盖风险点"), sum.coveredRiskPoints},
        {QStringLiteral("期间主题数"), int(on.size())}, {QStringLiteral("参与主题数"), int(joined.size())}};
}

QString shareText(double share)
{
    return textOf(share, ValueKind::Percent);
}

QString personSummary(const PersonReportInput &in, const PersonFacts &facts)
{
    const ArchiveSummary &sum = facts.summary;
    if (sum.answered == 0) {
        return QStringLiteral("%1，没有计入的作答。").arg(periodText(in.from, in.to));
    }
    return QStringLiteral(
        "%1，在 %2 天里作答 %3 题，答对 %4。期末掌握分 %5（满分 100），本岗及通用风险点覆盖 %6 / %7。")
        .arg(periodText(in.from, in.to))
        .arg(sum.studyDays)
        .arg(sum.answered)
        .arg(shareText(sum.rightRate()))
        .arg(facts.mastery.score, 0, 'f', 0)
        .arg(sum.coveredRiskPoints)
        .arg(sum.totalRiskPoints);
}

ReportTable riskPointTable(const PersonReportInput &in, const PersonFacts &facts)
{
    ReportTable table{QStringLiteral("风险点"),
        QStringLiteral("正确率按本期有效作答计；掌握度按期末的记忆推算，随时间自然下降。"),
        {{QStringLiteral("编号"), ValueKind::Text, 5}, {QStringLiteral("风险点"), ValueKind::Text, 16},
            {QStringLiteral("等级"), ValueKind::Text, 4}, {QStringLiteral("题数"), ValueKind::Number, 3},
            {QStringLiteral("已答"), ValueKind::Number, 3}, {QStringLiteral("作答"), ValueKind::Number, 3},
            {QStringLiteral("正确率"), ValueKind::Percent, 4},
            {QStringLiteral("掌握度"), ValueKind::Percent, 4}, {QStringLiteral("程度"), ValueKind::Text, 4}},
        {}};
    QHash<QString, RiskPointMastery> masteryOf;
    for (const RiskPointMastery &point : facts.mastery.riskPoints) {
        masteryOf.insert(point.riskPoint, point);
    }
    for (const RiskPointSummary &point : facts.summary.riskPoints) {
        const RiskPointMastery mastery = masteryOf.value(point.riskPoint);
        table.rows.append({point.riskPoint, point.name, reportWord(point.grade), point.questions, point.seen,
            point.answered, shareOf(point.right, point.answered),
            mastery.valid > 0 ? QVariant(mastery.mastery) : QVariant(), reportWord(mastery.level)});
    }
    Q_UNUSED(in)
    return table;
}

ReportBars coverageBars(const PersonFacts &facts)
{
    ReportBars bars{QStringLiteral("各风险点覆盖"), {}, QStringLiteral("已答题占比"), {}};
    int untouched = 0;
    for (const RiskPointSummary &point : facts.summary.riskPoints) {
        bars.bars.append(
            {point.name, reportWord(point.grade), double(point.seen) / std::max(point.questions, 1),
                QStringLiteral("%1 / %2 题").arg(point.seen).arg(point.questions)});
        untouched += point.seen == 0 ? 1 : 0;
    }
    bars.note = untouched == 0 ? QStringLiteral("每个风险点都答过。")
                               : QStringLiteral("还有 %1 个风险点没有答到。").arg(untouched);
    return bars;
}

ReportTable weakRiskPoints(const PersonReportInput &in, const PersonFacts &facts)
{
    ReportTable table{QStringLiteral("薄弱风险点"),
        QStringLiteral("至少作答两次、正确率最低的几个，附防控措施。"),
        {{QStringLiteral("风险点"), ValueKind::Text, 12}, {QStringLiteral("作答"), ValueKind::Number, 3},
            {QStringLiteral("正确率"), ValueKind::Percent, 4},
            {QStringLiteral("防控措施"), ValueKind::Text, 24}},
        {}};
    QList<RiskPointSummary> points;
    std::ranges::copy_if(facts.summary.riskPoints, std::back_inserter(points),
        [](const RiskPointSummary &point) { return point.answered >= 2 && point.right < point.answered; });
    std::ranges::stable_sort(points, {}, &RiskPointSummary::rightRate);
    for (const RiskPointSummary &point : points.mid(0, weakest)) {
        const RiskPoint *known = in.bank->riskPoint(point.riskPoint);
        table.rows.append({point.name, point.answered, point.rightRate(),
            known ? shortened(known->measure, 80) : QString()});
    }
    return table;
}

ReportTable weakArticles(const PersonReportInput &in, const PersonFacts &facts)
{
    struct Tally
    {
        QString article;
        int answered = 0;
        int right = 0;
        double rate() const { return double(right) / answered; }
    };
    QHash<QString, Tally> tallies;
    for (const Attempt &attempt : facts.attempts) {
        const QuestionVersion *version = askedVersion(*in.bank, attempt);
        for (const QString &article : version ? version->articles : QStringList()) {
            if (attempt.outcome != Outcome::Invalid) {
                Tally &tally = tallies[article];
                tally.article = article;
                ++tally.answered;
                tally.right += attempt.outcome == Outcome::Right ? 1 : 0;
            }
        }
    }
    QList<Tally> weak;
    std::ranges::copy_if(tallies, std::back_inserter(weak),
        [](const Tally &tally) { return tally.answered >= 2 && tally.right < tally.answered; });
    std::ranges::sort(weak, [](const Tally &a, const Tally &b) {
        return a.rate() != b.rate() ? a.rate() < b.rate() : a.article < b.article;
    });
    ReportTable table{QStringLiteral("薄弱法条"), QStringLiteral("至少作答两次、正确率最低的几条。"),
        {{QStringLiteral("法律依据"), ValueKind::Text, 28}, {QStringLiteral("作答"), ValueKind::Number, 3},
            {QStringLiteral("正确率"), ValueKind::Percent, 4}},
        {}};
    for (const Tally &tally : weak.mid(0, weakest)) {
        table.rows.append({in.bank->citation(tally.article), tally.answered, tally.rate()});
    }
    return table;
}

ReportTable attemptTable(const PersonReportInput &in, const PersonFacts &facts)
{
    ReportTable table{QStringLiteral("作答明细"),
        QStringLiteral("按先后列出，只增不改；「未计入」为作答过快，不影响任何数值。"),
        {{QStringLiteral("序号"), ValueKind::Number, 4}, {QStringLiteral("时间"), ValueKind::Moment, 9},
            {QStringLiteral("题目"), ValueKind::Text, 7}, {QStringLiteral("题干"), ValueKind::Text, 26},
            {QStringLiteral("场合"), ValueKind::Text, 4}, {QStringLiteral("结果"), ValueKind::Text, 4},
            {QStringLiteral("用时/秒"), ValueKind::Number, 5}},
        {}};
    for (const Attempt &attempt : facts.attempts) {
        const QuestionVersion *version = askedVersion(*in.bank, attempt);
        table.rows.append(
            {attempt.seq, localTime(attempt.answeredAtMs, attempt.utcOffsetSeconds), attempt.question,
                version ? shortened(version->stem, stemLength) : QStringLiteral("（题库中已没有这道题）"),
                reportWord(attempt.context), reportWord(attempt.outcome),
                std::round(attempt.responseMs / 100.0) / 10});
    }
    return table;
}

/** What was put on record about answers of the period, whenever it was written. */
ReportTable annotationTable(const PersonReportInput &in, const PersonFacts &facts)
{
    ReportTable table{QStringLiteral("更正与批注"),
        QStringLiteral("作答本身只增不改；需要更正或说明的，由管理员另加批注，随档案一并留存。"),
        {{QStringLiteral("作答序号"), ValueKind::Number, 4}, {QStringLiteral("题目"), ValueKind::Text, 7},
            {QStringLiteral("批注时间"), ValueKind::Moment, 9}, {QStringLiteral("批注人"), ValueKind::Text, 8},
            {QStringLiteral("批注"), ValueKind::Text, 30}},
        {}};
    for (const Annotation &annotation : in.annotations) {
        const auto attempt = std::ranges::find(facts.attempts, annotation.attempt, &Attempt::id);
        if (attempt != facts.attempts.cend()) {
            table.rows.append({attempt->seq, attempt->question,
                localTime(annotation.writtenAtMs, in.utcOffsetSeconds), annotation.author, annotation.text});
        }
    }
    return table;
}

ReportCalendar studyCalendar(const PersonReportInput &in, const PersonFacts &facts)
{
    ReportCalendar calendar{QStringLiteral("学习日历"), {}, in.from, in.to, {}};
    for (const DaySummary &day : facts.summary.days) {
        calendar.answers.insert(day.day, day.answered);
    }
    calendar.note = QStringLiteral("%1 天有作答；圆点越大，当天答得越多。").arg(facts.summary.studyDays);
    return calendar;
}

QString lineNote(const ReportLine &line)
{
    if (line.points.size() < 2) {
        return QStringLiteral("作答还不多，走势要再看几周。");
    }
    return QStringLiteral("由 %1 的 %2 分到 %3 的 %4 分。")
        .arg(longDate(line.points.first().first))
        .arg(line.points.first().second, 0, 'f', 0)
        .arg(longDate(line.points.last().first))
        .arg(line.points.last().second, 0, 'f', 0);
}

} // namespace

Report personReport(const PersonReportInput &input)
{
    const QStringList posts = postsIn(input);
    PersonFacts facts = factsOf(input, posts);
    facts.line.note = lineNote(facts.line);
    Report report;
    report.kind = QStringLiteral("person");
    report.title = QStringLiteral("电子学习档案");
    report.subject = input.person.name.isEmpty() ? input.person.number : input.person.name;
    report.from = input.from;
    report.to = input.to;
    report.cover = personCover(input, posts);
    report.summary = personSummary(input, facts);
    report.figures = personFigures(input, facts);
    report.blocks
        = {facts.line, coverageBars(facts), studyCalendar(input, facts), riskPointTable(input, facts),
            weakRiskPoints(input, facts), weakArticles(input, facts), attemptTable(input, facts)};
    if (ReportTable annotations = annotationTable(input, facts); !annotations.rows.isEmpty()) {
        report.blocks.append(std::move(annotations));
    }
    report.notes = {
        QStringLiteral(
            "未答工作日按工作日历和任职起止计算，不含当天；请假、出差不在本系统内，请结合实际看待。"),
        QStringLiteral("有效作答率低于 90% 时，掌握分已相应折减；这只是提示，不作其他认定。"),
        QStringLiteral(
            "本档案是学习记录，不是廉政档案。作答首尾相连成链，可用 qingfengctl archive verify 离线校验。"),
    };
    report.signatures
        = {{QStringLiteral("评定（优秀、良好、合格、待加强）"), 1}, {QStringLiteral("管理员评语"), 3},
            {QStringLiteral("管理员签字"), 1}, {QStringLiteral("本人签字"), 1}, {QStringLiteral("日期"), 1}};
    return report;
}

} // namespace qingfeng
