#include "quiz/study/paper.h"
#include "tests/support/sample_bank.h"

#include <algorithm>

#include <QTest>

using namespace qingfeng;

class TestPaper : public QObject
{
    Q_OBJECT

    QuestionBank m_bank = sampleBank();

    QList<const QuestionVersion *> all() const
    {
        QList<const QuestionVersion *> questions;
        for (const QuestionVersion &question : m_bank.questions()) {
            questions.append(&question);
        }
        return questions;
    }

    static QStringList idsOf(const QList<const QuestionVersion *> &questions)
    {
        QStringList ids;
        for (const QuestionVersion *question : questions) {
            ids.append(question->id);
        }
        return ids;
    }

    /** A paper of all eight questions and answers to the first ones: 'o' right, 'x' wrong, '-' a rapid guess. */
    Paper paperOf(const QString &marks, QHash<QString, Attempt> &attempts) const
    {
        Paper paper;
        for (const QuestionVersion &question : m_bank.questions()) {
            const QString id = QStringLiteral("item%1").arg(paper.items.size());
            if (paper.items.size() < marks.size()) {
                const QChar mark = marks.at(paper.items.size());
                Attempt attempt;
                attempt.id = id;
                attempt.outcome = mark == u'o' ? Outcome::Right : mark == u'-' ? Outcome::Invalid : Outcome::Wrong;
                attempt.marks = mark == u'o' ? 100 : 0;
                attempts.insert(id, attempt);
            }
            paper.items.append({id, question.id, question.version, {}, {}, {}});
        }
        return paper;
    }

private Q_SLOTS:
    void theSameSeedDrawsTheSamePaper()
    {
        PaperRules rules;
        rules.questions = 5;
        QList<const QuestionVersion *> turned = all();
        std::reverse(turned.begin(), turned.end());
        const QStringList first = idsOf(drawPaper(rules, m_bank, all(), 42));
        QCOMPARE(first.size(), 5);
        QCOMPARE(idsOf(drawPaper(rules, m_bank, turned, 42)), first); // whatever the order of candidates
        bool another = false;
        for (quint64 seed = 0; seed < 8; ++seed) {
            another = another || idsOf(drawPaper(rules, m_bank, all(), seed)) != first;
        }
        QVERIFY(another);
    }

    void everyRiskPointComesBeforeASecondQuestionOfOne()
    {
        PaperRules rules;
        rules.questions = int(m_bank.riskPoints().size());
        for (quint64 seed = 0; seed < 20; ++seed) {
            QSet<QString> points;
            for (const QuestionVersion *question : drawPaper(rules, m_bank, all(), seed)) {
                points.insert(question->riskPoints.first());
            }
            QCOMPARE(points.size(), m_bank.riskPoints().size());
        }
    }

    void graverOnesComeFirstWhenThereIsNotRoomForAll()
    {
        PaperRules rules;
        rules.questions = 3; // of four risk points one is low
        for (quint64 seed = 0; seed < 20; ++seed) {
            for (const QuestionVersion *question : drawPaper(rules, m_bank, all(), seed)) {
                QCOMPARE(m_bank.gradeOf(*question), RiskGrade::High);
            }
        }
    }

    void rulesNarrow()
    {
        PaperRules rules;
        rules.types = {QuestionType::Multiple};
        rules.posts = {QStringLiteral("P01")};
        rules.grades = {RiskGrade::Low};
        QCOMPARE(idsOf(drawPaper(rules, m_bank, all(), 1)), QStringList {QStringLiteral("P01-R02-02")});
        QCOMPARE(countForPaper(rules, m_bank, all()), 1);
        rules.posts = {QStringLiteral("P99")};
        QVERIFY(drawPaper(rules, m_bank, all(), 1).isEmpty());
    }

    void typesStandInTheOrderOfPapers()
    {
        const auto drawn = drawPaper({}, m_bank, all(), 3);
        QCOMPARE(drawn.size(), 8);
        QVERIFY(std::is_sorted(drawn.cbegin(), drawn.cend(),
            [](const QuestionVersion *a, const QuestionVersion *b) { return a->type < b->type; }));
    }

    void rulesSurviveTheirJson()
    {
        PaperRules rules;
        rules.questions = 7;
        rules.types = {QuestionType::TrueFalse, QuestionType::Case};
        rules.posts = {QStringLiteral("P06")};
        rules.grades = {RiskGrade::High};
        rules.minutes = 45;
        rules.passPercent = 80;
        QCOMPARE(*paperRulesFromJson(toJson(rules)), rules);
        for (const char *field : {"questions", "minutes", "pass_percent", "types", "posts", "grades"}) {
            QJsonObject broken = toJson(rules);
            broken.insert(QLatin1String(field), QJsonValue());
            QCOMPARE(paperRulesFromJson(broken).error().where(), QString::fromLatin1(field));
        }
    }

    void whatIsNotAnsweredEarnsNothing()
    {
        QHash<QString, Attempt> attempts;
        const Paper paper = paperOf(QStringLiteral("ooox-"), attempts);
        const PaperResult result = resultOf(paper, attempts, m_bank);
        QCOMPARE(result.questions, 8);
        QCOMPARE(result.answered, 5);
        QCOMPARE(result.right, 3);
        QCOMPARE(result.notAnswered, 3);
        QCOMPARE(result.invalid, 1);
        QCOMPARE(result.share, 3.0 / 8);
        QVERIFY(!result.passed);
        QCOMPARE(result.riskPoints.first().right, 0); // weakest first
    }

    void thePassMarkIsReachedExactly()
    {
        QHash<QString, Attempt> attempts;
        Paper paper = paperOf(QStringLiteral("oooooooo"), attempts);
        paper.items.resize(5);
        attempts[QStringLiteral("item0")].outcome = Outcome::Wrong;
        attempts[QStringLiteral("item0")].marks = 0;
        attempts[QStringLiteral("item1")] = attempts[QStringLiteral("item0")];
        QVERIFY(resultOf(paper, attempts, m_bank).passed); // 3 of 5 at 60 %
        paper.rules.passPercent = 61;
        QVERIFY(!resultOf(paper, attempts, m_bank).passed);
    }

    void aQuestionThatTheBankHasNoMoreIsNotHeldAgainstAnybody()
    {
        QHash<QString, Attempt> attempts;
        Paper paper = paperOf(QStringLiteral("oooooooo"), attempts);
        paper.items.append({QStringLiteral("gone"), QStringLiteral("P77-R01-01"), 1, {}, {}, {}});
        QCOMPARE(resultOf(paper, attempts, m_bank).questions, 8);
    }
};

QTEST_GUILESS_MAIN(TestPaper)
#include "tst_paper.moc"
