#include "question_bank/check/check.h"
#include "tests/support/sample_bank.h"

#include <functional>

#include <QTest>

using namespace qingfeng;
using Change = std::function<void(QuestionVersion &)>;
Q_DECLARE_METATYPE(Change)

class TestCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodBankHasNoFindings()
    {
        const auto findings = checkBank(sampleBank());
        QVERIFY2(findings.isEmpty(), qPrintable(findings.isEmpty() ? QString() : findings.first().rule));
    }

    void plantedFaultsAreFound_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, const char *rule, const Change &change) {
            QTest::newRow(name) << change << QString::fromLatin1(rule);
        };
        row("a risk point that is not there", "unknown-risk-point",
            [](QuestionVersion &q) { q.riskPoints = {QStringLiteral("P09-R09")}; });
        row("no risk point", "no-risk-point", [](QuestionVersion &q) { q.riskPoints.clear(); });
        row("an article that is not there", "unknown-article",
            [](QuestionVersion &q) { q.articles.append(QStringLiteral("A-9")); });
        row("an article that is not sure", "article-not-citable",
            [](QuestionVersion &q) { q.articles.append(QStringLiteral("A-2")); });
        row("Party rules alone for everybody", "party-rules-alone",
            [](QuestionVersion &q) { q.articles = {QStringLiteral("B-1")}; });
        row("two keys in a single choice", "answer-form",
            [](QuestionVersion &q) { q.answer = {QStringLiteral("a"), QStringLiteral("b")}; });
        row("a key that is no choice", "answer-not-a-choice",
            [](QuestionVersion &q) { q.answer = {QStringLiteral("e")}; });
        row("the same choice text twice", "choice-text-twice",
            [](QuestionVersion &q) { q.choices[0].text = q.choices.at(1).text; });
        row("no consequence in the explanation", "explanation-incomplete",
            [](QuestionVersion &q) { q.explanation.consequence.clear(); });
        row("以上都对", "all-of-the-above",
            [](QuestionVersion &q) { q.choices[3].text = QStringLiteral("以上都对"); });
        row("a retired name", "retired-word", [](QuestionVersion &q) { q.stem += QStringLiteral("监察部"); });
        row("Party and state sanctions in one list", "sanctions-mixed", [](QuestionVersion &q) {
            q.choices[0].text = QStringLiteral("开除党籍");
            q.choices[1].text = QStringLiteral("记大过");
        });
        row("reviewed by the author", "not-reviewed-by-another", [](QuestionVersion &q) { q.reviewer = q.author; });
        row("no validity window", "no-validity-window", [](QuestionVersion &q) { q.validFrom = {}; });
        row("a keyword nobody mentions", "keyword-missing",
            [](QuestionVersion &q) { q.keyword = QStringLiteral("无处可寻"); });
    }

    void plantedFaultsAreFound()
    {
        QFETCH(Change, change);
        QFETCH(QString, rule);
        QuestionBank bank = sampleBank();
        QuestionVersion question = bank.questions().first();
        change(question);
        bank.add(question);
        const auto findings = checkBank(bank);
        QVERIFY(std::any_of(findings.cbegin(), findings.cend(), [&](const Finding &finding) {
            return finding.rule == rule && finding.object == question.id;
        }));
    }
};

QTEST_APPLESS_MAIN(TestCheck)
#include "tst_check.moc"
