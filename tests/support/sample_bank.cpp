#include "tests/support/sample_bank.h"

namespace qingfeng {

void addSampleLaws(QuestionBank &bank)
{
    Law state;
    state.id = QStringLiteral("A");
    state.title = QStringLiteral("样例法");
    state.shortTitle = QStringLiteral("样例法");
    bank.add(state);
    Law party = state;
    party.id = QStringLiteral("B");
    party.shortTitle = QStringLiteral("样例条例");
    bank.add(party);
    const auto article = [&bank](const QString &id, const QString &law, bool partyOnly, bool citable) {
        LegalArticle value;
        value.id = id;
        value.law = law;
        value.label = QStringLiteral("第一条");
        value.summary = QStringLiteral("概括");
        value.partyOnly = partyOnly;
        value.citable = citable;
        bank.add(value);
    };
    article(QStringLiteral("A-1"), state.id, false, true);
    article(QStringLiteral("A-2"), state.id, false, false);
    article(QStringLiteral("B-1"), party.id, true, true);
}

QuestionVersion sampleQuestion(const QString &id, const QString &riskPoint)
{
    QuestionVersion question;
    question.id = id;
    question.stem = QStringLiteral("题干 ") + id;
    for (const QString &letter : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")}) {
        question.choices.append({letter, QStringLiteral("选项") + letter, false});
    }
    question.answer = {QStringLiteral("b")};
    question.explanation = {QStringLiteral("行为"), QStringLiteral("原因"), QStringLiteral("后果"),
        QStringLiteral("正确做法")};
    question.riskPoints = {riskPoint};
    question.articles = {QStringLiteral("A-1")};
    question.validFrom = QDate(2026, 1, 1);
    question.author = QStringLiteral("甲");
    question.reviewer = QStringLiteral("乙");
    question.reviewedOn = QDate(2026, 1, 2);
    question.state = ReviewState::Approved;
    return question;
}

QuestionBank sampleBank()
{
    QuestionBank bank;
    bank.unit = QStringLiteral("sample");
    bank.revision = 1;
    bank.createdAtMs = 1'795'482'000'000;
    addSampleLaws(bank);
    for (const QString &code : {QStringLiteral("P00"), QStringLiteral("P01"), QStringLiteral("P02")}) {
        bank.add(Post {code, QStringLiteral("岗位") + code, {}, {}});
    }
    const auto add = [&bank](const QString &id, RiskGrade grade) {
        RiskPoint point;
        point.id = id;
        point.post = id.left(3);
        point.name = QStringLiteral("风险") + id;
        point.grade = grade;
        bank.add(point);
        bank.add(sampleQuestion(id + QStringLiteral("-01"), id));
        QuestionVersion multiple = sampleQuestion(id + QStringLiteral("-02"), id);
        multiple.type = QuestionType::Multiple;
        multiple.answer = {QStringLiteral("a"), QStringLiteral("c")};
        bank.add(multiple);
    };
    add(QStringLiteral("P00-R01"), RiskGrade::High);
    add(QStringLiteral("P01-R01"), RiskGrade::High);
    add(QStringLiteral("P01-R02"), RiskGrade::Low);
    add(QStringLiteral("P02-R01"), RiskGrade::High);
    return bank;
}

} // namespace qingfeng
