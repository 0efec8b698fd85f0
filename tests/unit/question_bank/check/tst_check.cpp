#include "question_bank/check/check.h"
#include "question_bank/check/text_numbers.h"
#include "question_bank/model/law_ripple.h"
#include "tests/support/sample_bank.h"

#include <functional>

#include <QTest>

using namespace qingfeng;
using Change = std::function<void(QuestionBank &)>;
Q_DECLARE_METATYPE(Change)

namespace {

const QString target = QStringLiteral("P01-R01-01");

/** Text that is like no other: @p length ideographs drawn by @p seed, none of which means anything to a rule. */
QString words(int length, quint32 seed)
{
    QString text;
    quint32 state = seed * 2654435761U + 12345U;
    for (int i = 0; i < length; ++i) {
        state = state * 1664525U + 1013904223U;
        text += QChar(ushort(0x5800 + (state >> 16) % 0x400));
    }
    return text;
}

QuestionVersion cleanQuestion(const QString &riskPoint, int number)
{
    QuestionVersion question = sampleQuestion(
        riskPoint + QStringLiteral("-%1").arg(number, 2, 10, QLatin1Char('0')), riskPoint);
    const quint32 seed = qHash(question.id, 1U) & 0xffffffU;
    question.stem = QStringLiteral("礼品") + words(24, seed);
    for (qsizetype i = 0; i < 4; ++i) {
        question.choices[i].text = words(10, seed + quint32(i) + 1);
    }
    question.explanation = {words(12, seed + 7), QStringLiteral("《样例法》第一条") + words(8, seed + 8),
        words(10, seed + 9), words(11, seed + 10)};
    question.keyword = QStringLiteral("礼品");
    return question;
}

/** A bank in which no rule finds anything: one post, three risk points, twelve questions. */
QuestionBank cleanBank()
{
    QuestionBank bank;
    bank.unit = QStringLiteral("sample");
    bank.revision = 1;
    bank.createdAtMs = 1'795'482'000'000;
    addSampleLaws(bank);
    Law law = *bank.law(QStringLiteral("A"));
    law.effectiveFrom = QDate(2020, 7, 1);
    law.documentNumber = QStringLiteral("样令〔2020〕46号");
    bank.add(law);
    LegalArticle article = *bank.article(QStringLiteral("A-1"));
    article.keywords = {QStringLiteral("礼品")};
    article.summary = QStringLiteral("收受礼品的，三十日内上交，逾期处二倍罚款");
    bank.add(article);
    bank.add(Post {QStringLiteral("P01"), QStringLiteral("岗位"), {}, {}});
    for (const QString &id : {QStringLiteral("P01-R01"), QStringLiteral("P01-R02"), QStringLiteral("P01-R03")}) {
        RiskPoint point;
        point.id = id;
        point.post = QStringLiteral("P01");
        point.name = QStringLiteral("风险") + id;
        point.grade = id.endsWith(QLatin1Char('1')) ? RiskGrade::High : RiskGrade::Low;
        bank.add(point);
        for (int i = 1; i <= 4; ++i) {
            (void)bank.add(cleanQuestion(id, i));
        }
    }
    return bank;
}

/** A change of the target question alone. */
Change ofTarget(const std::function<void(QuestionVersion &)> &change)
{
    return [change](QuestionBank &bank) {
        QuestionVersion question = *bank.latest(target);
        change(question);
        QVERIFY(bank.add(question));
    };
}

void makeTrueFalse(QuestionVersion &q, const char *answer)
{
    q.type = QuestionType::TrueFalse;
    q.choices = {{QStringLiteral("true"), QStringLiteral("正确"), true}, {QStringLiteral("false"), QStringLiteral("错误"), true}};
    q.answer = {QString::fromLatin1(answer)};
}

void makeFillIn(QuestionVersion &q, const QStringList &accepted)
{
    q.type = QuestionType::FillIn;
    q.choices.clear();
    q.answer.clear();
    q.stem += QStringLiteral("____日");
    q.blanks = {{QStringLiteral("1"), accepted}};
}

void makeMatch(QuestionVersion &q)
{
    q.type = QuestionType::Match;
    q.answer.clear();
    q.choices.resize(2);
    q.targets = {{QStringLiteral("1"), words(6, 91), false}, {QStringLiteral("2"), words(6, 92), false}};
    q.pairs = {{QStringLiteral("a"), QStringLiteral("2")}, {QStringLiteral("b"), QStringLiteral("1")}};
}

void makeOrder(QuestionVersion &q)
{
    q.type = QuestionType::Order;
    q.answer = {QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("d"), QStringLiteral("b")};
}

void makeCase(QuestionVersion &q, int parts)
{
    QuestionPart part;
    static_cast<QuestionItem &>(part) = q;
    q.type = QuestionType::Case;
    q.choices.clear();
    q.answer.clear();
    for (int i = 1; i <= parts; ++i) {
        part.id = QString::number(i);
        part.stem = words(12, 500 + quint32(i));
        q.parts.append(part);
    }
}

void explainMore(QuestionVersion &question, Explanation::Part part, const QString &text)
{
    question.explanation.setPart(part, question.explanation.part(part) + text);
}

} // namespace

class TestCheck : public QObject
{
    Q_OBJECT

    QSet<QString> m_planted;

private Q_SLOTS:
    void aGoodBankHasNoFindings()
    {
        const auto findings = checkBank(cleanBank());
        QVERIFY2(findings.isEmpty(),
            qPrintable(findings.isEmpty() ? QString() : findings.first().rule + findings.first().evidence));
    }

    void everyTypeCanBeClean_data()
    {
        QTest::addColumn<Change>("change");
        QTest::newRow("multiple") << ofTarget([](QuestionVersion &q) {
            q.type = QuestionType::Multiple;
            q.answer = {QStringLiteral("a"), QStringLiteral("c")};
        });
        QTest::newRow("true or false") << ofTarget([](QuestionVersion &q) {
            makeTrueFalse(q, "false");
            q.explanation.setPart(Explanation::Act, QStringLiteral("这种说法错误"));
        });
        QTest::newRow("fill in") << ofTarget([](QuestionVersion &q) {
            makeFillIn(q, {QStringLiteral("三十"), QStringLiteral("30")});
            q.explanation.setPart(Explanation::Act, QStringLiteral("应当在三十日内"));
        });
        QTest::newRow("match") << ofTarget(makeMatch);
        QTest::newRow("match with a distractor") << ofTarget([](QuestionVersion &q) {
            makeMatch(q);
            q.targets.append({QStringLiteral("3"), words(6, 93), false});
        });
        QTest::newRow("order") << ofTarget(makeOrder);
        QTest::newRow("case") << ofTarget([](QuestionVersion &q) { makeCase(q, 3); });
        QTest::newRow("numbers that stand in the article") << ofTarget([](QuestionVersion &q) {
            q.stem += QStringLiteral("30日");
            q.choices[1].text = QStringLiteral("二倍") + words(8, 77);
        });
        QTest::newRow("dates and ordinals") << ofTarget([](QuestionVersion &q) {
            q.stem += QStringLiteral("2026年5月1日第三次");
        });
        QTest::newRow("the document number of a law") << ofTarget([](QuestionVersion &q) {
            explainMore(q, Explanation::Why, QStringLiteral("样令〔2020〕46号"));
        });
        QTest::newRow("a word that holds a retired one") << ofTarget([](QuestionVersion &q) {
            q.stem += QStringLiteral("供货地税务机关与我国税收");
        });
        QTest::newRow("both orders of sanctions in two parts") << ofTarget([](QuestionVersion &q) {
            makeCase(q, 3);
            q.parts[0].choices[0].text = QStringLiteral("开除党籍");
            q.parts[1].choices[0].text = QStringLiteral("记大过");
        });
        QTest::newRow("a withdrawn version is not looked at") << ofTarget([](QuestionVersion &q) {
            q.version = 2;
            q.riskPoints = {QStringLiteral("P09-R09")};
            q.state = ReviewState::Withdrawn;
        });
    }

    void everyTypeCanBeClean()
    {
        QFETCH(Change, change);
        QuestionBank bank = cleanBank();
        change(bank);
        QList<Finding> findings = checkBank(bank);
        // Withdrawing one leaves its risk point short, and that is right.
        findings.removeIf([](const Finding &finding) { return finding.rule.startsWith(QLatin1String("few-questions")); });
        QVERIFY2(findings.isEmpty(),
            qPrintable(findings.isEmpty() ? QString() : findings.first().rule + QLatin1Char(' ') + findings.first().evidence));
    }

    void plantedFaultsAreFound_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("object");
        const auto plant = [this](const char *name, const char *rule, const QString &object, const Change &change) {
            m_planted.insert(QString::fromLatin1(rule));
            QTest::newRow(name) << change << QString::fromLatin1(rule) << object;
        };
        const auto row = [&plant](const char *name, const char *rule, const std::function<void(QuestionVersion &)> &change) {
            plant(name, rule, target, ofTarget(change));
        };
        row("a risk point that is not there", "unknown-risk-point",
            [](QuestionVersion &q) { q.riskPoints = {QStringLiteral("P09-R09")}; });
        row("no risk point", "no-risk-point", [](QuestionVersion &q) { q.riskPoints.clear(); });
        row("two risk points in a single choice", "several-risk-points",
            [](QuestionVersion &q) { q.riskPoints.append(QStringLiteral("P01-R02")); });
        row("no article", "no-article", [](QuestionVersion &q) { q.articles.clear(); });
        row("an article that is not there", "unknown-article",
            [](QuestionVersion &q) { q.articles.append(QStringLiteral("A-9")); });
        row("an article that is not sure", "article-not-citable",
            [](QuestionVersion &q) { q.articles.append(QStringLiteral("A-2")); });
        row("Party rules alone for everybody", "party-rules-alone",
            [](QuestionVersion &q) { q.articles = {QStringLiteral("B-1")}; });
        row("no validity window", "no-validity-window", [](QuestionVersion &q) { q.validFrom = {}; });
        row("a window that ends before it begins", "validity-reversed",
            [](QuestionVersion &q) { q.validUntil = q.validFrom.addDays(-1); });
        row("valid before its law", "valid-before-law", [](QuestionVersion &q) { q.validFrom = QDate(2019, 1, 1); });
        plant("a law that ends while the question is asked", "article-repealed", target, [](QuestionBank &bank) {
            Law law = *bank.law(QStringLiteral("A"));
            law.effectiveUntil = QDate(2026, 12, 31);
            bank.add(law);
        });
        plant("an article that ends while the question is asked", "article-repealed", target, [](QuestionBank &bank) {
            LegalArticle article = *bank.article(QStringLiteral("A-1"));
            article.effectiveUntil = QDate(2026, 12, 31);
            bank.add(article);
        });
        plant("an article amended after the review", "article-amended-since-review", target, [](QuestionBank &bank) {
            LegalArticle article = *bank.article(QStringLiteral("A-1"));
            article.effectiveFrom = QDate(2026, 6, 1);
            bank.add(article);
        });
        plant("an article amended, and the change on record", "waits-for-recheck", target, [](QuestionBank &bank) {
            QVERIFY(applyLawChange(bank,
                *planLawChange(bank, QStringLiteral("A-1"), LawChangeKind::Amended, QDate(2027, 1, 1))));
        });
        row("an article number that is not cited (134 for 101)", "citation-not-listed",
            [](QuestionVersion &q) { q.explanation.setPart(Explanation::Why, QStringLiteral("《样例法》第134条禁止礼品")); });
        row("an article number in Chinese that is not cited", "citation-not-listed",
            [](QuestionVersion &q) { q.explanation.setPart(Explanation::Why, QStringLiteral("《样例法》第一条、第一百三十五条")); });
        row("an explanation that names no cited law", "explanation-names-no-law",
            [](QuestionVersion &q) { q.explanation.setPart(Explanation::Why, words(20, 3)); });
        row("an edition that is no longer current", "old-edition",
            [](QuestionVersion &q) { q.explanation.setPart(Explanation::Why, QStringLiteral("《样例法》（2014年）第一条")); });
        row("a document number made up", "unknown-document-number",
            [](QuestionVersion &q) { explainMore(q, Explanation::Why, QStringLiteral("财行〔2026〕45号")); });
        row("a keyword nobody mentions", "keyword-missing",
            [](QuestionVersion &q) { q.keyword = QStringLiteral("无处可寻"); });
        row("no keyword of the article", "article-keyword-missing", [](QuestionVersion &q) {
            q.stem = words(20, 5);
            q.keyword.clear();
        });
        row("a number in the stem that the article does not have", "number-not-in-article",
            [](QuestionVersion &q) { q.stem += QStringLiteral("应在15日内上交"); });
        row("a Chinese number in the stem", "number-not-in-article",
            [](QuestionVersion &q) { q.stem += QStringLiteral("应在十五个工作日内上交"); });
        row("a number in the key", "number-not-in-article",
            [](QuestionVersion &q) { q.choices[1].text = QStringLiteral("处五倍罚款"); });
        row("a number in a blank", "number-not-in-article", [](QuestionVersion &q) {
            makeFillIn(q, {QStringLiteral("十五"), QStringLiteral("15")});
            q.explanation.setPart(Explanation::Act, QStringLiteral("十五日"));
        });
        row("two keys in a single choice", "answer-form",
            [](QuestionVersion &q) { q.answer = {QStringLiteral("a"), QStringLiteral("b")}; });
        row("one key in a multiple choice", "answer-form", [](QuestionVersion &q) { q.type = QuestionType::Multiple; });
        row("true or false with letters", "answer-form", [](QuestionVersion &q) { q.type = QuestionType::TrueFalse; });
        row("a case within a case", "answer-form", [](QuestionVersion &q) {
            makeCase(q, 3);
            q.parts[1].type = QuestionType::Case;
        });
        row("a key that is no choice", "answer-not-a-choice",
            [](QuestionVersion &q) { q.answer = {QStringLiteral("e")}; });
        row("a choice id twice", "choice-id-twice", [](QuestionVersion &q) { q.choices[3].id = QStringLiteral("a"); });
        row("the same choice text twice", "choice-text-twice",
            [](QuestionVersion &q) { q.choices[0].text = q.choices.at(1).text; });
        row("a choice without anything", "choice-empty", [](QuestionVersion &q) { q.choices[0].text.clear(); });
        row("a blank too many", "blanks-and-stem", [](QuestionVersion &q) {
            makeFillIn(q, {QStringLiteral("三十")});
            q.blanks.append({QStringLiteral("2"), {QStringLiteral("二")}});
        });
        row("a blank that accepts nothing", "blanks-and-stem", [](QuestionVersion &q) { makeFillIn(q, {}); });
        row("a choice without a pair", "pairs-form", [](QuestionVersion &q) {
            makeMatch(q);
            q.pairs.remove(QStringLiteral("a"));
        });
        row("a pair to no target", "pairs-form", [](QuestionVersion &q) {
            makeMatch(q);
            q.pairs.insert(QStringLiteral("a"), QStringLiteral("9"));
        });
        row("an order that leaves one out", "order-form", [](QuestionVersion &q) {
            makeOrder(q);
            q.answer.removeLast();
        });
        row("an order that names one twice", "order-form", [](QuestionVersion &q) {
            makeOrder(q);
            q.answer[3] = q.answer.first();
        });
        row("a case without parts", "case-form", [](QuestionVersion &q) { makeCase(q, 0); });
        row("parts outside a case", "case-form", [](QuestionVersion &q) {
            QuestionVersion scene = q;
            makeCase(scene, 1);
            q.parts = scene.parts;
        });
        row("a part id twice", "case-form", [](QuestionVersion &q) {
            makeCase(q, 3);
            q.parts[1].id = QStringLiteral("1");
        });
        row("a case of two parts", "case-size", [](QuestionVersion &q) { makeCase(q, 2); });
        row("a very long stem", "stem-too-long", [](QuestionVersion &q) { q.stem += words(500, 11); });
        row("a stem too long for the gate", "stem-long-for-the-gate", [](QuestionVersion &q) { q.stem += words(60, 12); });
        row("a very long choice", "choice-too-long", [](QuestionVersion &q) { q.choices[0].text = words(101, 13); });
        row("a choice too long for the gate", "choice-long-for-the-gate",
            [](QuestionVersion &q) { q.choices[0].text = words(41, 13); });
        row("no consequence in the explanation", "explanation-incomplete",
            [](QuestionVersion &q) { q.explanation.setPart(Explanation::Consequence, {}); });
        row("以上都对", "all-of-the-above", [](QuestionVersion &q) { q.choices[3].text = QStringLiteral("以上都对"); });
        row("上述各项均不正确", "all-of-the-above",
            [](QuestionVersion &q) { q.choices[3].text = QStringLiteral("上述各项均不正确"); });
        row("a choice that names letters", "letters-named", [](QuestionVersion &q) { q.choices[3].text = QStringLiteral("A和C"); });
        row("an explanation that names letters", "letters-named",
            [](QuestionVersion &q) { explainMore(q, Explanation::Act, QStringLiteral("，故选B")); });
        row("a retired name", "retired-word", [](QuestionVersion &q) { q.stem += QStringLiteral("监察部"); });
        row("a repealed rule", "retired-word", [](QuestionVersion &q) { q.stem += QStringLiteral("增值税暂行条例"); });
        row("国税 as a body", "retired-word", [](QuestionVersion &q) { q.stem += QStringLiteral("国税与地税合作"); });
        row("seven Party sanctions", "banned-word", [](QuestionVersion &q) { q.stem += QStringLiteral("七种党纪处分"); });
        row("twice what was consumed", "banned-word",
            [](QuestionVersion &q) { explainMore(q, Explanation::Consequence, QStringLiteral("消费2倍")); });
        row("Party and state sanctions in one list", "sanctions-mixed", [](QuestionVersion &q) {
            q.choices[0].text = QStringLiteral("开除党籍");
            q.choices[1].text = QStringLiteral("记大过");
        });
        row("Party and state sanctions in a part", "sanctions-mixed", [](QuestionVersion &q) {
            makeCase(q, 3);
            q.parts[2].choices[0].text = QStringLiteral("留党察看");
            q.parts[2].choices[1].text = QStringLiteral("开除");
        });
        row("a long quotation", "quoted-text",
            [](QuestionVersion &q) {
                explainMore(q, Explanation::Why, QStringLiteral("“") + words(20, 15) + QStringLiteral("”"));
            });
        row("a real name", "person-named", [](QuestionVersion &q) { q.stem += QStringLiteral("，王金龙案说明"); });
        row("a real office", "unit-named", [](QuestionVersion &q) { q.stem += QStringLiteral("，沭阳县税务局"); });
        row("一律 in a wrong choice alone", "absolute-word-in-wrong",
            [](QuestionVersion &q) { q.choices[0].text = QStringLiteral("一律") + words(8, 16); });
        row("a key much longer than the rest", "key-much-longer",
            [](QuestionVersion &q) { q.choices[1].text = words(18, 17); });
        row("true, and the explanation says wrong", "key-against-explanation", [](QuestionVersion &q) {
            makeTrueFalse(q, "true");
            q.explanation.setPart(Explanation::Act, QStringLiteral("这种说法是错误的"));
        });
        row("a number of the explanation that fits a wrong choice", "key-against-explanation", [](QuestionVersion &q) {
            q.choices[0].text = QStringLiteral("三十日内上交");
            q.choices[1].text = QStringLiteral("二十日内上交");
            explainMore(q, Explanation::Why, QStringLiteral("应在30日内上交"));
        });
        row("a key that allows what the explanation forbids", "key-against-explanation", [](QuestionVersion &q) {
            q.choices[1].text = QStringLiteral("可以收受礼品");
            explainMore(q, Explanation::Why, QStringLiteral("，不得收受礼品"));
        });
        row("another letter in the explanation", "key-against-explanation",
            [](QuestionVersion &q) { explainMore(q, Explanation::Act, QStringLiteral("，故选C")); });
        row("a blank that the explanation does not have", "key-not-in-explanation",
            [](QuestionVersion &q) { makeFillIn(q, {QStringLiteral("三十")}); });
        row("no author", "no-author", [](QuestionVersion &q) { q.author.clear(); });
        row("reviewed by the author", "not-reviewed-by-another", [](QuestionVersion &q) { q.reviewer = q.author; });
        row("a picture that is not there", "picture-missing",
            [](QuestionVersion &q) { q.picture = Picture {QStringLiteral("0.png"), QStringLiteral("礼盒")}; });
        row("a picture that says nothing", "picture-without-alt",
            [](QuestionVersion &q) { q.choices[2].picture = Picture {QStringLiteral("0.png"), QString()}; });

        const QString bank = QStringLiteral("bank");
        plant("a picture that nothing uses", "picture-unused", bank,
            [](QuestionBank &b) { QVERIFY(b.addMedia("<svg/>")); });
        plant("three questions for a high risk point", "few-questions", QStringLiteral("P01-R01"),
            ofTarget([](QuestionVersion &q) { q.riskPoints = {QStringLiteral("P01-R02")}; }));
        plant("a post with eleven questions", "few-questions-of-post", QStringLiteral("P01"),
            ofTarget([](QuestionVersion &q) { q.riskPoints.clear(); }));
        const auto many = [](int count, const std::function<void(QuestionVersion &, int)> &shape) {
            return [count, shape](QuestionBank &b) {
                for (int i = 0; i < count; ++i) {
                    QuestionVersion question = cleanQuestion(QStringLiteral("P01-R02"), 10 + i);
                    shape(question, i);
                    QVERIFY(b.add(question));
                }
            };
        };
        plant("B right too often", "letters-unbalanced", bank, many(40, [](QuestionVersion &, int) {}));
        plant("true too often", "true-false-unbalanced", bank,
            many(40, [](QuestionVersion &q, int i) { makeTrueFalse(q, i % 3 ? "true" : "false"); }));
        plant("the key longest too often", "key-is-longest", bank, many(48, [](QuestionVersion &q, int i) {
            q.answer = {q.choices.at(i % 4).id};
            q.choices[i % 4].text += words(2, quint32(i));
        }));
        plant("a copy with one word changed", "near-duplicate", QStringLiteral("P01-R03-05"), [](QuestionBank &b) {
            QuestionVersion copy = *b.latest(target);
            copy.id = QStringLiteral("P01-R03-05");
            copy.riskPoints = {QStringLiteral("P01-R03")};
            copy.stem.replace(QStringLiteral("礼品"), QStringLiteral("一份礼品"));
            QVERIFY(b.add(copy));
        });
        plant("the same stem with other choices", "same-stem", QStringLiteral("P01-R03-05"), [](QuestionBank &b) {
            QuestionVersion copy = cleanQuestion(QStringLiteral("P01-R03"), 5);
            copy.stem = b.latest(target)->stem + QStringLiteral("？");
            QVERIFY(b.add(copy));
        });
        const auto theme = [](const std::function<void(CultureTheme &)> &change) {
            return [change](QuestionBank &b) {
                CultureTheme value;
                value.id = QStringLiteral("T01");
                value.title = QStringLiteral("主题");
                value.window.kind = WindowKind::Monthly;
                change(value);
                b.add(value);
            };
        };
        const QString t = QStringLiteral("T01");
        plant("a theme with a risk point that is not there", "theme-reference", t,
            theme([](CultureTheme &value) { value.riskPoints = {QStringLiteral("P09-R09")}; }));
        plant("a theme with an article that is not citable", "theme-reference", t,
            theme([](CultureTheme &value) { value.articles = {QStringLiteral("A-2")}; }));
        plant("a theme with a story that is not there", "theme-reference", t,
            theme([](CultureTheme &value) { value.story = QStringLiteral("S09"); }));
        plant("a theme with a picture that is not there", "theme-reference", t,
            theme([](CultureTheme &value) { value.pictures = {{QStringLiteral("0.png"), {}}}; }));
        plant("a festival that no table has", "theme-without-days", t, theme([](CultureTheme &value) {
            value.window.kind = WindowKind::Festival;
            value.window.from = *DayAnchor::fromText(QStringLiteral("spring_festival-20"));
            value.window.to = *DayAnchor::fromText(QStringLiteral("lantern"));
        }));
        plant("a reason for a finding that is not there", "acceptance-for-nothing", target, [](QuestionBank &b) {
            b.add(Acceptance {QStringLiteral("keyword-missing"), target, QStringLiteral("理由")});
        });
    }

    void plantedFaultsAreFound()
    {
        QFETCH(Change, change);
        QFETCH(QString, rule);
        QFETCH(QString, object);
        QuestionBank bank = cleanBank();
        change(bank);
        const auto findings = checkBank(bank);
        const auto found = std::find_if(findings.cbegin(), findings.cend(),
            [&](const Finding &finding) { return finding.rule == rule && finding.object == object; });
        QStringList others;
        for (const Finding &finding : findings) {
            others.append(finding.object + QLatin1Char(' ') + finding.rule + QLatin1Char(' ') + finding.evidence);
        }
        QVERIFY2(found != findings.cend(), qPrintable(others.join(QLatin1Char('\n'))));
        QCOMPARE(found->severity, ruleNamed(rule)->severity);
    }

    void everyRuleHasAPlantedFault()
    {
        for (const Rule &rule : allRules()) {
            QVERIFY2(m_planted.contains(rule.name), qPrintable(rule.name));
            QVERIFY(!rule.text.isEmpty());
        }
    }

    void aWarningWithAReasonIsListedAsAccepted()
    {
        QuestionBank bank = cleanBank();
        ofTarget([](QuestionVersion &q) { q.stem += QStringLiteral("应在15日内"); })(bank);
        bank.add(Acceptance {QStringLiteral("number-not-in-article"), target, QStringLiteral("场景中的事实")});
        const CheckReport report = reportOn(bank);
        QVERIFY(report.findings.isEmpty());
        QCOMPARE(report.accepted.size(), 1);
        QCOMPARE(report.accepted.first().finding.evidence, QStringLiteral("15日"));
        QCOMPARE(report.accepted.first().reason, QStringLiteral("场景中的事实"));
    }

    void anErrorCannotBeAccepted()
    {
        QuestionBank bank = cleanBank();
        ofTarget([](QuestionVersion &q) { q.author.clear(); })(bank);
        bank.add(Acceptance {QStringLiteral("no-author"), QStringLiteral("*"), QStringLiteral("不详")});
        const CheckReport report = reportOn(bank);
        QCOMPARE(report.errors(), 1);
        QVERIFY(report.accepted.isEmpty());
        QVERIFY(!isPublishable(report.findings));
    }

    void oneQuestionIsCheckedByItself()
    {
        const QuestionBank bank = cleanBank();
        QuestionVersion question = *bank.latest(target);
        QVERIFY(checkQuestion(bank, question).isEmpty());
        question.explanation.setPart(Explanation::Instead, {});
        QCOMPARE(checkQuestion(bank, question).first().rule, QStringLiteral("explanation-incomplete"));
    }

    void numeralsAreRead_data()
    {
        QTest::addColumn<QString>("numeral");
        QTest::addColumn<double>("value");
        const auto row = [](const char *numeral, double value) { QTest::newRow(numeral) << QString::fromUtf8(numeral) << value; };
        row("30", 30);
        row("1.5", 1.5);
        row("３０", 30);
        row("3万", 30000);
        row("1,000", 1000);
        row("三十", 30);
        row("十", 10);
        row("十八", 18);
        row("二十四", 24);
        row("一百三十四", 134);
        row("一百零一", 101);
        row("两", 2);
        row("二〇二六", 2026);
        row("三万五千", 35000);
        row("一亿二千万", 120000000);
    }

    void numeralsAreRead()
    {
        QFETCH(QString, numeral);
        QFETCH(double, value);
        const auto read = numeralValue(numeral);
        QVERIFY(read);
        QCOMPARE(*read, value);
    }

    void quantitiesAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *text, const QStringList &found) { QTest::newRow(text) << QString::fromUtf8(text) << found; };
        row("应当在30日内上交", {QStringLiteral("30日")});
        row("处五倍以下罚款", {QStringLiteral("五倍")});
        row("十八个月", {QStringLiteral("十八个月")});
        row("3万元以上", {QStringLiteral("3万元")});
        row("第三十条第二款", {});
        row("2026年5月1日起", {});
        row("一般第三方不一定", {});
        row("三名干部各写一份", {});
        row("日常工作一日三餐", {});
        row("税率为13%", {QStringLiteral("13%")});
        row("有效期从十五个工作日起", {QStringLiteral("十五个工作日")});
    }

    void quantitiesAreFound()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, found);
        QStringList texts;
        for (const TextNumber &number : quantitiesIn(text)) {
            texts.append(number.text);
        }
        QCOMPARE(texts, found);
    }
};

QTEST_APPLESS_MAIN(TestCheck)
#include "tst_check.moc"
