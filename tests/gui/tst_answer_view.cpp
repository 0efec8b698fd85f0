#include "app/widgets/choice_row.h"
#include "app/widgets/question_view.h"
#include "app/widgets/theme.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace qingfeng;

namespace {

QList<Choice> lettered(const QStringList &texts)
{
    QList<Choice> choices;
    for (const QString &text : texts) {
        choices.append({QString(QChar(u'a' + char16_t(choices.size()))), text});
    }
    return choices;
}

QuestionVersion fillIn()
{
    QuestionVersion question;
    question.type = QuestionType::FillIn;
    question.stem = QStringLiteral("申请行政复议的期限是____日，提起诉讼的期限是____。");
    question.blanks = {{QStringLiteral("1"), {QStringLiteral("六十"), QStringLiteral("60")}},
        {QStringLiteral("2"), {QStringLiteral("六个月")}}};
    return question;
}

QuestionVersion order()
{
    QuestionVersion question;
    question.type = QuestionType::Order;
    question.stem = QStringLiteral("把步骤排好。");
    question.choices = lettered({QStringLiteral("立案"), QStringLiteral("调查"), QStringLiteral("决定")});
    question.answer = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    return question;
}

QuestionVersion match()
{
    QuestionVersion question;
    question.type = QuestionType::Match;
    question.stem = QStringLiteral("把行为与后果连起来。");
    question.choices = lettered({QStringLiteral("泄密"), QStringLiteral("受贿")});
    question.targets = {{QStringLiteral("1"), QStringLiteral("后果甲")}, {QStringLiteral("2"), QStringLiteral("后果乙")},
        {QStringLiteral("3"), QStringLiteral("后果丙")}};
    question.pairs = {{QStringLiteral("a"), QStringLiteral("1")}, {QStringLiteral("b"), QStringLiteral("3")}};
    return question;
}

QuestionVersion caseOfTwo()
{
    QuestionVersion question;
    question.type = QuestionType::Case;
    question.stem = QStringLiteral("某日，窗口来了一位办税人。");
    QuestionPart one;
    one.id = QStringLiteral("1");
    one.type = QuestionType::Single;
    one.stem = QStringLiteral("先做什么？");
    one.choices = lettered({QStringLiteral("受理"), QStringLiteral("退件"), QStringLiteral("下班")});
    one.answer = {QStringLiteral("a")};
    QuestionPart two;
    two.id = QStringLiteral("2");
    two.type = QuestionType::Multiple;
    two.stem = QStringLiteral("哪些不可以？");
    two.choices = one.choices;
    two.answer = {QStringLiteral("b"), QStringLiteral("c")};
    question.parts = {one, two};
    return question;
}

} // namespace

/** The types beyond choices, answered with the keyboard alone as the gate asks for it. */
class TestAnswerView : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QuestionView> m_view;
    std::unique_ptr<QSignalSpy> m_answered;
    QuestionBank m_bank;

    void ask(const QuestionVersion &question, const QStringList &shown, const QMap<QString, QStringList> &parts = {})
    {
        m_view->ask(question, shown, parts);
        QCoreApplication::processEvents();
    }
    void key(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    Response response() const { return m_answered->last().first().value<Response>(); }
    QList<ChoiceRow::Mark> marks() const
    {
        QList<ChoiceRow::Mark> all;
        for (const ChoiceRow *row : m_view->findChildren<ChoiceRow *>()) {
            all.append(row->mark());
        }
        return all;
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void init()
    {
        m_view = std::make_unique<QuestionView>(*m_theme, ReadingColumn::Placement::AboveMiddle);
        m_answered = std::make_unique<QSignalSpy>(m_view.get(), &QuestionView::answered);
        m_view->resize(1024, 768);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    }

    void cleanup() { m_view.reset(); }

    void blanksAreFilledOneAfterTheOther()
    {
        ask(fillIn(), {});
        QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        type(QStringLiteral("60"));
        key(Qt::Key_Return); // on to the second
        QCOMPARE(m_answered->size(), 0);
        type(QStringLiteral("a6"));
        key(Qt::Key_Return);
        QCOMPARE(m_answered->size(), 1);
        QCOMPARE(response().texts, QStringList({QStringLiteral("60"), QStringLiteral("a6")}));
        m_view->showResult(response(), Marks {50, 100, Outcome::Partial}, m_bank);
        for (const QLineEdit *field : m_view->findChildren<QLineEdit *>()) {
            QVERIFY(field->isReadOnly());
        }
    }

    void stepsArePutInOrderAndTakenBack()
    {
        ask(order(), {QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("b")});
        key(Qt::Key_Return); // untouched is not an answer
        QCOMPARE(m_answered->size(), 0);
        key(Qt::Key_A); // c
        key(Qt::Key_B); // a
        key(Qt::Key_A); // c is taken back
        key(Qt::Key_3); // b
        key(Qt::Key_Return);
        QCOMPARE(m_answered->size(), 0);
        key(Qt::Key_A);
        key(Qt::Key_Return);
        QCOMPARE(m_answered->size(), 1);
        QCOMPARE(response().choices, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        m_view->showResult(response(), Marks {100, 100, Outcome::Right}, m_bank);
        QCOMPARE(marks(), QList<ChoiceRow::Mark>(3, ChoiceRow::Mark::RightChosen));
    }

    void rowsAreMatchedByDigitAndLetter()
    {
        ask(match(), {QStringLiteral("3"), QStringLiteral("1"), QStringLiteral("2")});
        key(Qt::Key_A); // a → 3, and on to b
        key(Qt::Key_A); // b → 3
        key(Qt::Key_1); // back to a
        key(Qt::Key_B); // a → 1
        key(Qt::Key_Return);
        QCOMPARE(m_answered->size(), 1);
        QCOMPARE(response().pairs, match().pairs);
        m_view->showResult(response(), Marks {100, 100, Outcome::Right}, m_bank);
        QCOMPARE(marks().mid(0, 2), QList<ChoiceRow::Mark>(2, ChoiceRow::Mark::RightChosen));
    }

    void aCaseGoesFromPartToPart()
    {
        const QStringList abc{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
        ask(caseOfTwo(), {}, {{QStringLiteral("1"), abc}, {QStringLiteral("2"), abc}});
        key(Qt::Key_B);
        key(Qt::Key_A); // the first part once more, for it has the focus
        key(Qt::Key_Return); // the second is still open
        QCOMPARE(m_answered->size(), 0);
        key(Qt::Key_B);
        key(Qt::Key_C);
        key(Qt::Key_Return);
        QCOMPARE(m_answered->size(), 1);
        QCOMPARE(response().parts.value(QStringLiteral("1")).choices, QStringList(QStringLiteral("a")));
        QCOMPARE(response().parts.value(QStringLiteral("2")).choices,
            QStringList({QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(response().parts.value(QStringLiteral("2")).choicesShown, abc);
    }

    void unsureNeedsNoAnswer_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("fill-in") << 0;
        QTest::newRow("order") << 1;
        QTest::newRow("match") << 2;
        QTest::newRow("case") << 3;
    }
    void unsureNeedsNoAnswer()
    {
        QFETCH(int, which);
        const QuestionVersion question = which == 0 ? fillIn() : which == 1 ? order() : which == 2 ? match() : caseOfTwo();
        ask(question, {QStringLiteral("a"), QStringLiteral("b")});
        QTest::keyClick(m_view.get(), Qt::Key_U, Qt::AltModifier);
        QTRY_COMPARE(m_answered->size(), 1);
        QVERIFY(response().unsure);
        m_view->showResult(response(), Marks {0, 100, Outcome::Unsure}, m_bank);
    }

    void theNextQuestionLeavesNothingOfTheLast()
    {
        ask(fillIn(), {});
        ask(order(), {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        QVERIFY(m_view->findChildren<QLineEdit *>().isEmpty());
        QCOMPARE(m_view->findChildren<ChoiceRow *>().size(), 3);
    }
};

QTEST_MAIN(TestAnswerView)
#include "tst_answer_view.moc"
