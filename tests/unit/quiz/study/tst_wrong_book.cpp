#include "quiz/study/wrong_book.h"

#include <QTest>

using namespace qingfeng;

class TestWrongBook : public QObject
{
    Q_OBJECT

    /** Answers to one question: "3x" wrong on day 3, "3o" right, "3?" unsure, "3-" a rapid guess. */
    static QList<Attempt> answers(const QString &line, const QString &question = QStringLiteral("q"))
    {
        QList<Attempt> attempts;
        for (const QString &word : line.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            Attempt attempt;
            attempt.question = question;
            attempt.version = 1;
            attempt.studyDay = word.chopped(1).toInt();
            attempt.answeredAtMs = attempt.studyDay * 86'400'000LL + attempts.size();
            const QChar mark = word.back();
            attempt.outcome = mark == u'o' ? Outcome::Right
                : mark == u'-'             ? Outcome::Invalid
                : mark == u'?'             ? Outcome::Unsure
                                           : Outcome::Wrong;
            attempts.append(attempt);
        }
        return attempts;
    }

private Q_SLOTS:
    void whoIsInTheBook_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("inBook");
        const auto row = [](const char *name, const char *line, bool inBook) {
            QTest::newRow(name) << QString::fromLatin1(line) << inBook;
        };
        row("nothing answered", "", false);
        row("right at once", "1o", false);
        row("wrong", "1x", true);
        row("unsure", "1?", true);
        row("right on the same day is no proof", "1x 1o", true);
        row("right on a later day", "1x 2o", false);
        row("right on the same day and later", "1x 1o 5o", false);
        row("right, then wrong again", "1x 2o 9x", true);
        row("a rapid guess does not enter", "1-", false);
        row("a rapid guess does not leave", "1x 2-", true);
        row("wrong twice, right later", "1x 3x 4o", false);
        row("a clock set back is not a later day", "5x 4o", true);
    }

    void whoIsInTheBook()
    {
        QFETCH(QString, line);
        QFETCH(bool, inBook);
        QCOMPARE(wrongBook(answers(line)).size(), inBook ? 1 : 0);
    }

    void anEntrySaysHowOftenAndWhen()
    {
        const QList<WrongEntry> book = wrongBook(answers(QStringLiteral("1x 3x 3o")));
        QCOMPARE(book.first().timesWrong, 2);
        QCOMPARE(book.first().lastWrongDay, 3);
        QVERIFY(book.first().rightSinceSameDay);
        // Out of the book and in again it begins anew.
        QCOMPARE(wrongBook(answers(QStringLiteral("1x 2x 3o 9x"))).first().timesWrong, 1);
    }

    void theNewestMistakeIsFirst()
    {
        const QList<Attempt> attempts = answers(QStringLiteral("1x"), QStringLiteral("old"))
            + answers(QStringLiteral("7x"), QStringLiteral("new"));
        QCOMPARE(wrongBook(attempts).first().question, QStringLiteral("new"));
    }
};

QTEST_GUILESS_MAIN(TestWrongBook)
#include "tst_wrong_book.moc"
