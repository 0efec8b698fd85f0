#include "question_bank/model/bank_document.h"
#include "question_bank/model/law_ripple.h"
#include "question_bank/model/publication.h"
#include "question_bank/model/review.h"
#include "tests/support/sample_bank.h"

#include <functional>

#include <QJsonArray>
#include <QTest>

using namespace qingfeng;
using Step = std::function<Result<QuestionVersion>(const QuestionVersion &)>;
Q_DECLARE_METATYPE(Step)
Q_DECLARE_METATYPE(ErrorCode)

/** Draft to publication by two people, immutability, law changes, pictures. */
class TestReview : public QObject
{
    Q_OBJECT

    static QuestionVersion inState(ReviewState state)
    {
        QuestionVersion question = sampleQuestion(QStringLiteral("P01-R01-01"), QStringLiteral("P01-R01"));
        question.state = state;
        return question;
    }

private Q_SLOTS:
    void aVersionGoesItsWay()
    {
        auto question = submitForReview(inState(ReviewState::Draft));
        QVERIFY(question);
        question = sendBack(*question, QStringLiteral("乙"), QStringLiteral("两个选项都对"));
        QCOMPARE(question->state, ReviewState::Draft);
        QCOMPARE(question->stateReason, QStringLiteral("两个选项都对"));
        question = approve(*submitForReview(*question), QStringLiteral("丙"), QDate(2026, 11, 25));
        QCOMPARE(question->reviewer, QStringLiteral("丙"));
        QVERIFY(question->stateReason.isEmpty());
        QVERIFY(isAskable(*question));
        question = publish(*question, 7);
        QCOMPARE(question->publishedRevision, 7);
        question = callForRecheck(*question, QStringLiteral("法律修改"));
        QVERIFY(!isAskable(*question));
        question = confirmUnchanged(*question, QStringLiteral("乙"), QDate(2027, 1, 2));
        QCOMPARE(question->state, ReviewState::Published);
        question = withdraw(*question, QStringLiteral("过时"));
        QCOMPARE(question->state, ReviewState::Withdrawn);
        const QuestionVersion next = nextVersion(*question, QStringLiteral("丁"));
        QCOMPARE(next.version, 2);
        QCOMPARE(next.state, ReviewState::Draft);
        QCOMPARE(next.publishedRevision, 0);
    }

    void stepsThatMayNotBeAreRefused_data()
    {
        QTest::addColumn<ReviewState>("state");
        QTest::addColumn<Step>("step");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char *name, ReviewState state, ErrorCode code, const Step &step) {
            QTest::newRow(name) << state << step << code;
        };
        row("approved by its author", ReviewState::InReview, ErrorCode::NotPermitted,
            [](const QuestionVersion &q) { return approve(q, q.author, QDate(2026, 1, 1)); });
        row("approved by its author with a space", ReviewState::InReview, ErrorCode::NotPermitted,
            [](const QuestionVersion &q) {
                return approve(q, q.author + QLatin1Char(' '), QDate(2026, 1, 1));
            });
        row("approved by nobody", ReviewState::InReview, ErrorCode::InvalidArgument,
            [](const QuestionVersion &q) { return approve(q, {}, QDate(2026, 1, 1)); });
        row("approved without review", ReviewState::Draft, ErrorCode::Conflict,
            [](const QuestionVersion &q) { return approve(q, QStringLiteral("乙"), QDate(2026, 1, 1)); });
        row("published without approval", ReviewState::InReview, ErrorCode::Conflict,
            [](const QuestionVersion &q) { return publish(q, 1); });
        row("published twice", ReviewState::Published, ErrorCode::Conflict,
            [](const QuestionVersion &q) { return publish(q, 1); });
        row("sent back without a reason", ReviewState::InReview, ErrorCode::InvalidArgument,
            [](const QuestionVersion &q) { return sendBack(q, QStringLiteral("乙"), QStringLiteral(" ")); });
        row("a published one sent back", ReviewState::Published, ErrorCode::Conflict,
            [](const QuestionVersion &q) { return sendBack(q, QStringLiteral("乙"), QStringLiteral("错")); });
        row("a draft withdrawn", ReviewState::Draft, ErrorCode::Conflict,
            [](const QuestionVersion &q) { return withdraw(q, QStringLiteral("过时")); });
        row("confirmed by its author", ReviewState::Recheck, ErrorCode::NotPermitted,
            [](const QuestionVersion &q) { return confirmUnchanged(q, q.author, QDate(2026, 1, 1)); });
    }

    void stepsThatMayNotBeAreRefused()
    {
        QFETCH(ReviewState, state);
        QFETCH(Step, step);
        QFETCH(ErrorCode, code);
        const auto done = step(inState(state));
        QVERIFY(!done);
        QCOMPARE(done.error().code(), code);
    }

    void aPublishedVersionNeverChanges()
    {
        QuestionBank bank = sampleBank();
        const QuestionVersion published = *publish(*bank.question(QStringLiteral("P01-R01-01"), 1), 1);
        QVERIFY(bank.add(published));
        QuestionVersion other = published;
        other.stem = QStringLiteral("另一个题干");
        const auto replaced = bank.add(other);
        QVERIFY(!replaced);
        QCOMPARE(replaced.error().code(), ErrorCode::Conflict);
        other = published;
        other.state = ReviewState::Draft;
        QVERIFY(!bank.add(other));
        QVERIFY(bank.add(published)); // the same again is no conflict
        QVERIFY(bank.add(*withdraw(published, QStringLiteral("过时")))); // its state goes on
        QCOMPARE(bank.question(published.id, 1)->stem, published.stem); // and it stays readable
        QVERIFY(bank.add(nextVersion(published, QStringLiteral("丁"))));
        QCOMPARE(bank.latest(published.id)->version, 2);
        QCOMPARE(bank.question(published.id, 1)->state, ReviewState::Withdrawn);
    }

    void versionsAreFoundInAnyOrderOfAddition()
    {
        QuestionBank bank;
        for (const int version : {3, 1, 5, 2}) {
            QuestionVersion question = inState(ReviewState::Draft);
            question.version = version;
            QVERIFY(bank.add(question));
        }
        QCOMPARE(bank.latest(QStringLiteral("P01-R01-01"))->version, 5);
        for (const int version : {1, 2, 3, 5}) {
            QCOMPARE(bank.question(QStringLiteral("P01-R01-01"), version)->version, version);
        }
        QVERIFY(!bank.question(QStringLiteral("P01-R01-01"), 4));
        QVERIFY(!bank.question(QStringLiteral("P01-R01-01"), 6));
    }

    void questionsAreIndexedByPost()
    {
        QuestionBank bank = sampleBank();
        const auto ids = [&bank](const char *post) {
            QStringList list;
            for (const QuestionVersion *question : bank.questionsOfPost(QString::fromLatin1(post))) {
                list.append(question->id);
            }
            return list;
        };
        QCOMPARE(ids("P02"), QStringList({QStringLiteral("P02-R01-01"), QStringLiteral("P02-R01-02")}));
        QCOMPARE(ids("P01").size(), 4);
        QVERIFY(ids("P09").isEmpty());
        QuestionVersion moved = *bank.question(QStringLiteral("P01-R02-01"), 1);
        moved.riskPoints = {QStringLiteral("P02-R01")};
        QVERIFY(bank.add(moved));
        QCOMPARE(ids("P01").size(), 3);
        QCOMPARE(ids("P02").size(), 3);
    }

    void publicationKeepsWhatWasPublished()
    {
        QuestionBank first = sampleBank();
        QVERIFY(publishAfter(first, {}));
        QCOMPARE(first.questions().first().publishedRevision, 1);
        QuestionBank second = sampleBank();
        second.revision = 2;
        QVERIFY(second.add(sampleQuestion(QStringLiteral("P02-R01-03"), QStringLiteral("P02-R01"))));
        QVERIFY(publishAfter(second, first));
        QCOMPARE(second.question(QStringLiteral("P02-R01-01"), 1)->publishedRevision, 1);
        QCOMPARE(second.question(QStringLiteral("P02-R01-03"), 1)->publishedRevision, 2);

        QuestionBank without;
        without.revision = 3;
        QVERIFY(publishAfter(without, second));
        QCOMPARE(without.question(QStringLiteral("P02-R01-03"), 1)->state, ReviewState::Withdrawn);

        QuestionBank altered = sampleBank();
        altered.revision = 3;
        QuestionVersion changed = altered.questions().first();
        changed.stem = QStringLiteral("改过的题干");
        QVERIFY(altered.add(changed));
        QCOMPARE(publishAfter(altered, second).error().code(), ErrorCode::Conflict);
        QuestionBank older = sampleBank();
        QCOMPARE(publishAfter(older, second).error().code(), ErrorCode::Conflict);
    }

    void aChangeOfLawSendsDependentsToRecheck()
    {
        QuestionBank bank = sampleBank();
        QuestionVersion independent = *bank.question(QStringLiteral("P02-R01-01"), 1);
        independent.articles = {QStringLiteral("B-1")};
        QVERIFY(bank.add(independent));
        const auto change = planLawChange(
            bank, QStringLiteral("A-1"), LawChangeKind::Repealed, QDate(2027, 1, 1), QStringLiteral("新法"));
        QVERIFY(change);
        QCOMPARE(change->questions.size(), 7);
        QVERIFY(isAskable(bank.questions().first())); // a plan changes nothing
        QVERIFY(applyLawChange(bank, *change));
        QCOMPARE(bank.question(QStringLiteral("P01-R01-01"), 1)->state, ReviewState::Recheck);
        QVERIFY(isAskable(*bank.question(QStringLiteral("P02-R01-01"), 1)));
        QCOMPARE(bank.article(QStringLiteral("A-1"))->effectiveUntil, QDate(2026, 12, 31));
        QCOMPARE(postsConcerned(bank, *change),
            QStringList({QStringLiteral("P00"), QStringLiteral("P01"), QStringLiteral("P02")}));
        QCOMPARE(bank.lawChanges(), QList<LawChange>{*change});
        QCOMPARE(planLawChange(bank, QStringLiteral("A-1"), LawChangeKind::Repealed, QDate(2027, 1, 1))
                     .error()
                     .code(),
            ErrorCode::Conflict);
        QCOMPARE(planLawChange(bank, QStringLiteral("A-9"), LawChangeKind::Amended, QDate(2027, 1, 1))
                     .error()
                     .code(),
            ErrorCode::NotFound);
    }

    void picturesAreKnownByTheirContent_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("extension");
        const auto row = [](const char *name, const QByteArray &bytes, const char *extension) {
            QTest::newRow(name) << bytes << QString::fromLatin1(extension);
        };
        row("PNG", QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR....", 24), ".png");
        row("JPEG", QByteArray("\xff\xd8\xff\xe0...."), ".jpg");
        row("WebP", QByteArray("RIFF\x10\0\0\0WEBPVP8 ", 16), ".webp");
        row("SVG", "<?xml version=\"1.0\"?>\n<!-- a box -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            ".svg");
        row("SVG with a link into itself", "<svg><use href=\"#a\"/></svg>", ".svg");
        row("SVG with script", "<svg><script>x</script></svg>", "");
        row("SVG with an entity", "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
            "");
        row("SVG with a link outside", "<svg><image href=\"http://example.org/a.png\"/></svg>", "");
        row("HTML that holds an SVG", "hello <svg></svg>", "");
        row("a program",
            "\x7f"
            "ELF",
            "");
        row("nothing", "", "");
    }

    void picturesAreKnownByTheirContent()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, extension);
        const auto name = mediaName(bytes);
        QCOMPARE(name.has_value(), !extension.isEmpty());
        if (name) {
            QVERIFY2(name->endsWith(extension), qPrintable(*name));
            QCOMPARE(name->size(), 64 + extension.size());
        }
    }

    void picturesAreBounded()
    {
        const auto picture = [](qint64 size, int mark) {
            QByteArray bytes("\xff\xd8\xff\xe0");
            bytes += QByteArray::number(mark);
            return bytes + QByteArray(qsizetype(size) - bytes.size(), 'x');
        };
        QCOMPARE(mediaName(picture(maxPictureBytes + 1, 0)).error().code(), ErrorCode::TooLarge);
        QuestionBank bank;
        const qint64 count = maxMediaBytes / maxPictureBytes;
        for (int i = 0; i < count; ++i) {
            QVERIFY(bank.addMedia(picture(maxPictureBytes, i)));
        }
        QVERIFY(bank.addMedia(picture(maxPictureBytes, 0))); // held already
        QCOMPARE(bank.addMedia(picture(100, -1)).error().code(), ErrorCode::TooLarge);
        bank.removeMedia(bank.media().firstKey());
        QVERIFY(bank.addMedia(picture(100, -1)));
    }

    void aBankComesBackFromItsDocument()
    {
        QuestionBank bank = sampleBank();
        bank.marking.partialOrder = true;
        bank.add(Acceptance{QStringLiteral("few-questions"), QStringLiteral("*"), QStringLiteral("样例")});
        const QString picture = *bank.addMedia("<svg/>");
        const auto read = bankFromDocument(bankToDocument(bank));
        QVERIFY2(read, qPrintable(read.has_error() ? read.error().toString() : QString()));
        QCOMPARE(read->questions(), bank.questions());
        QCOMPARE(read->marking, bank.marking);
        QCOMPARE(read->acceptances(), bank.acceptances());
        QCOMPARE(read->media().keys(), QStringList{picture});
        QCOMPARE(bankFromDocument({}).error().code(), ErrorCode::InvalidArgument);
        QJsonObject twice = bankToDocument(bank);
        QJsonArray questions = twice.value(QStringLiteral("questions")).toArray();
        questions.append(questions.first());
        twice.insert(QStringLiteral("questions"), questions);
        QCOMPARE(bankFromDocument(twice).error().code(), ErrorCode::Conflict);
    }
};

QTEST_APPLESS_MAIN(TestReview)
#include "tst_review.moc"
