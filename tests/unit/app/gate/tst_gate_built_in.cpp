#include "app/gate/core/attempt_log.h"
#include "app/gate/core/events.h"
#include "app/gate/holder/page_painter.h"
#include "app/gate/holder/page_texts.h"
#include "app/gate/supervisor/built_in_quiz.h"

#include "question_bank/formats/bank_sources.h"
#include "quiz/grading/grade.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace qingfeng;
using namespace qingfeng::gate;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/** What the holder was told to ask. */
struct Told
{
    std::size_t question = 0;
    std::string places;
    bool again = false;
};

Told toldBy(const BuiltInQuiz &quiz)
{
    const auto lines = quiz.lines();
    const auto parts = words(lines.front());
    return {std::size_t(*parseNumber(parts[1], 1000)), std::string(parts[2]), parts.size() == 4};
}

QList<QJsonObject> attemptsIn(const QString &folder)
{
    QFile file(folder + QStringLiteral("/gate-attempts.jsonl"));
    QList<QJsonObject> attempts;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (!line.isEmpty()) {
                attempts.append(QJsonDocument::fromJson(line).object());
            }
        }
    }
    return attempts;
}

QuestionPage pageOf(std::size_t question)
{
    std::vector<std::size_t> order;
    for (std::size_t place = 0; place < builtInQuestions[question].choiceCount; ++place) {
        order.push_back(place);
    }
    return QuestionPage(question, order, false);
}

Key letter(char name)
{
    return {Key::Letter, name};
}

int inkedPoints(const Canvas &canvas, int fromY, int toY)
{
    int inked = 0;
    for (int y = fromY; y < toY; ++y) {
        for (int x = 0; x < canvas.width(); ++x) {
            const Colour colour = canvas.at(x, y);
            inked += colour.red != backgroundColour.red || colour.green != backgroundColour.green ? 1 : 0;
        }
    }
    return inked;
}

} // namespace

/** Questions that the gate asks by itself: that they are the bank's, how they are marked, kept and drawn. */
class TestGateBuiltIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyAreTheBanksOwn()
    {
        const auto bank = readBankSources(QStringLiteral(QF_BANK_SOURCES));
        QVERIFY2(bank, qPrintable(bank.error().toString()));
        QVERIFY(builtInQuestionCount >= 20);
        QCOMPARE(qint64(builtInBankRevision), bank->revision);
        std::set<std::string> ids;
        for (std::size_t i = 0; i < builtInQuestionCount; ++i) {
            const BuiltInQuestion &built = builtInQuestions[i];
            ids.insert(built.id);
            const QuestionVersion *question = bank->question(text(built.id), built.version);
            QVERIFY2(question, built.id);
            QCOMPARE(text(built.stem), question->stem);
            QCOMPARE(QStringList{text(built.answer)}, question->answer);
            QCOMPARE(qsizetype(built.choiceCount), question->choices.size());
            QCOMPARE(built.trueFalse, question->type == QuestionType::TrueFalse);
            QCOMPARE(qint64(built.rapidGuessMs), rapidGuessLimitMs(*question));
            QCOMPARE(question->riskPoints.first().left(3), text(builtInPost));
            for (std::size_t place = 0; place < built.choiceCount; ++place) {
                const Choice &choice = question->choices.at(qsizetype(place));
                QCOMPARE(text(built.choices[place].id), choice.id);
                QVERIFY(built.trueFalse || text(built.choices[place].text) == choice.text);
                Response response;
                response.choices = {choice.id};
                const auto marks = grade(*question, response, bank->marking);
                QVERIFY(marks);
                const Verdict verdict = judge(built, built.choices[place].id, 60'000);
                QCOMPARE(verdict == Verdict::Right, marks->outcome == Outcome::Right);
                QCOMPARE(built.fullMarks, marks->full);
            }
        }
        QCOMPARE(ids.size(), builtInQuestionCount);
    }

    void theGravestComeFirst()
    {
        const auto bank = readBankSources(QStringLiteral(QF_BANK_SOURCES));
        QVERIFY(bank);
        const RiskPoint *point = bank->riskPoint(
            bank->question(text(builtInQuestions[0].id), builtInQuestions[0].version)->riskPoints.first());
        QVERIFY(point->grade == RiskGrade::High);
    }

    void anAnswerFasterThanReadingIsKeptAndAnotherQuestionComes()
    {
        const QTemporaryDir folder;
        BuiltInQuiz quiz(AttemptLog({folder.path().toStdString()}));
        quiz.ask(1000);
        const Told first = toldBy(quiz);
        const BuiltInQuestion &question = builtInQuestions[first.question];
        const auto judged = quiz.answer(question.answer, 1000 + question.rapidGuessMs - 1);
        QVERIFY(judged && judged->verdict == Verdict::Invalid && judged->kept);
        QVERIFY(!quiz.isSettled());
        QVERIFY(!quiz.answer(question.answer, 100'000)); // that one is over
        quiz.ask(100'000);
        const Told second = toldBy(quiz);
        QVERIFY(second.question != first.question);
        QVERIFY(second.again);
        QVERIFY(quiz.answer(builtInQuestions[second.question].answer, 110'000)->verdict == Verdict::Right);
        QVERIFY(quiz.isSettled());
        const auto kept = attemptsIn(folder.path());
        QCOMPARE(kept.size(), 2);
        QCOMPARE(kept.at(0)[QStringLiteral("outcome")].toString(), QStringLiteral("invalid"));
        QCOMPARE(kept.at(0)[QStringLiteral("marks")].toInt(), 0);
        QCOMPARE(kept.at(1)[QStringLiteral("outcome")].toString(), QStringLiteral("right"));
        QCOMPARE(kept.at(1)[QStringLiteral("marks")].toInt(), 100);
        QCOMPARE(kept.at(1)[QStringLiteral("response_ms")].toInteger(), 10'000);
        QVERIFY(kept.at(0)[QStringLiteral("id")] != kept.at(1)[QStringLiteral("id")]);
    }

    void unsureSettlesWithoutAChoice()
    {
        const QTemporaryDir folder;
        BuiltInQuiz quiz(AttemptLog({folder.path().toStdString()}));
        quiz.ask(0);
        QVERIFY(!quiz.answer("nonsense", 5000));
        QVERIFY(quiz.answer(unsureWord, 5)->verdict == Verdict::Unsure);
        QVERIFY(quiz.isSettled());
        QVERIFY(attemptsIn(folder.path()).first()[QStringLiteral("response")].toArray().isEmpty());
        QCOMPARE(quiz.lines().size(), 2U); // a new holder hears what came of it, too
    }

    void allAreAskedBeforeOneComesAgain()
    {
        BuiltInQuiz quiz(AttemptLog({}));
        std::set<std::size_t> seen;
        for (std::size_t i = 0; i < builtInQuestionCount; ++i) {
            quiz.ask(0);
            seen.insert(toldBy(quiz).question);
        }
        QCOMPARE(seen.size(), builtInQuestionCount);
        quiz.ask(0);
        QVERIFY(quiz.isAsking());
    }

    void aDiskThatTakesNothingIsPassedOver()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("file")).toStdString();
        QFile(QString::fromStdString(file)).open(QIODevice::WriteOnly);
        const QString second = folder.filePath(QStringLiteral("session/stand-in"));
        BuiltInQuiz quiz(AttemptLog({file, second.toStdString()}));
        quiz.ask(0);
        QVERIFY(quiz.answer(unsureWord, 5000)->kept);
        QCOMPARE(attemptsIn(second).size(), 1);
        BuiltInQuiz lost(AttemptLog({file, std::string()}));
        lost.ask(0);
        QVERIFY(!lost.answer(unsureWord, 5000)->kept);
        QVERIFY(lost.isSettled()); // answered all the same
    }

    void keysChooseMoveAndSubmit()
    {
        QuestionPage page = pageOf(0);
        QVERIFY(!page.press({Key::Enter})); // nothing is chosen
        QVERIFY(!page.press(letter('2')));
        QCOMPARE(*page.selected(), 1U);
        QVERIFY(!page.press({Key::Down}));
        QCOMPARE(*page.selected(), 2U);
        QVERIFY(!page.press(letter('A')));
        QVERIFY(!page.press({Key::Up}));
        QCOMPARE(*page.selected(), builtInQuestions[0].choiceCount - 1);
        QVERIFY(!page.press(letter('Z')));
        QCOMPARE(*page.press({Key::Enter}), std::string("answered ") + builtInQuestions[0].choices[3].id);
        QVERIFY(!page.press(letter('A'))); // it is being recorded
        QVERIFY(!page.press({Key::Enter}));
        page.showVerdict(Verdict::Wrong, 3);
        QVERIFY(!page.press(letter('E')));
        QCOMPARE(*page.press({Key::Enter}), std::string("open"));
        QCOMPARE(*pageOf(0).press(letter('U')), std::string("answered unsure"));
    }

    void theSidePagesAskBackAndEscapeLeadsBack()
    {
        QuestionPage page = pageOf(0);
        QVERIFY(!page.press(letter('K'))); // no code can open here
        QVERIFY(page.mode() == QuestionPage::Mode::Asking);
        page.setChallenge("KDM4R-7F2H");
        QVERIFY(!page.press(letter('K')));
        for (const char c : std::string("23456789AC")) {
            QVERIFY(!page.press(letter(c)));
        }
        QVERIFY(!page.press(letter('D'))); // ten are all
        QVERIFY(!page.press({Key::Backspace}));
        QVERIFY(!page.press({Key::Enter}));
        QVERIFY(!page.press(letter('D')));
        QCOMPARE(*page.press({Key::Enter}), std::string("code 23456789AD"));
        page.refuseCode("typo", 0);
        QCOMPARE(page.typedCode(), std::string("23456789AD")); // to be mended
        page.refuseCode("wrong", 0);
        QVERIFY(page.typedCode().empty());
        QVERIFY(!page.press({Key::Escape}));
        QVERIFY(!page.press(letter('E')));
        QVERIFY(!page.press({Key::Enter}));
        QCOMPARE(*page.press(letter('2')), std::string("leave meeting"));
        QVERIFY(!page.press({Key::Escape}));
        QVERIFY(!page.press(letter('P')));
        QCOMPARE(*page.press(letter('P')), std::string("power-off"));
        QVERIFY(page.mode() == QuestionPage::Mode::Asking);
    }

    void everyCharacterOfEveryTextWasDrawn()
    {
        const Typesetter typesetter;
        const auto check = [&typesetter](std::string_view words) {
            for (const char32_t code : decoded(words)) {
                const std::string letter = encoded({&code, 1});
                // One that was not drawn is as wide as the size says and leaves no ink.
                Canvas canvas(64, 64, backgroundColour);
                Typesetter().draw(canvas, 8, 0, letter, 32, inkColour);
                const bool blank = code == U' ' || code == U'　';
                QVERIFY2(blank || inkedPoints(canvas, 0, 64) > 0, letter.c_str());
            }
        };
        for (const std::string_view words : page_text::all) {
            check(words);
        }
        for (std::size_t i = 0; i < builtInQuestionCount; ++i) {
            const BuiltInQuestion &question = builtInQuestions[i];
            for (const char *words : {question.stem, question.why, question.instead, question.basis}) {
                check(words);
            }
            for (std::size_t place = 0; place < question.choiceCount; ++place) {
                check(question.choices[place].text);
            }
        }
        check("✓✗○");
        QVERIFY(typesetter.width("中", 20) >= 20);
    }

    void linesBreakAsChineseDoes()
    {
        const Typesetter typesetter;
        const int width = typesetter.width("按规定向单位报告", 20);
        const auto lines = typesetter.wrap("按规定向单位报告，公司照旧做您管的户", 20, width);
        for (const std::string &line : lines) {
            QVERIFY(typesetter.width(line, 20) <= width);
            QVERIFY(line.rfind("，", 0) != 0);
        }
        QCOMPARE(lines.size(), 3U);
        std::string joined;
        for (const std::string &line : lines) {
            joined += line;
        }
        QCOMPARE(joined, std::string("按规定向单位报告，公司照旧做您管的户"));
        QVERIFY(typesetter.wrap("", 20, width).empty());
        QCOMPARE(typesetter.wrap("中", 20, 1).size(), 1U); // narrower than any letter: it must end
    }

    void everyPageFitsEveryScreen_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("1024×600") << 1024 << 600;
        QTest::newRow("1366×768") << 1366 << 768;
        QTest::newRow("1920×1080") << 1920 << 1080;
        QTest::newRow("upright") << 1080 << 1920;
        QTest::newRow("3840×2160") << 3840 << 2160;
    }

    void everyPageFitsEveryScreen()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        PagePainter painter;
        for (std::size_t i = 0; i < builtInQuestionCount; ++i) {
            QuestionPage page = pageOf(i);
            for (const bool answered : {false, true}) {
                if (answered) {
                    const std::size_t wrong = builtInQuestions[i].answer == std::string_view("a") ? 1 : 0;
                    page.showVerdict(Verdict::Wrong, wrong);
                }
                const Placed placed = painter.question(page, width, height, 59);
                QVERIFY(placed.x >= 0 && placed.x + placed.canvas.width() <= width);
                QCOMPARE(placed.canvas.height(), height);
                QVERIFY(inkedPoints(placed.canvas, 0, height) > 2000);
                // Nothing runs into the foot: above its words there is a clear band.
                const int foot = height < 1000 ? 72 : height < 1300 ? 90 : height < 1700 ? 108 : 144;
                QVERIFY2(inkedPoints(placed.canvas, height - foot, height - foot + 8) == 0,
                    builtInQuestions[i].id);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestGateBuiltIn)
#include "tst_gate_built_in.moc"
