#include "quiz/archive/chain.h"
#include "quiz/archive/summary.h"
#include "quiz/obligation/work_calendar.h"
#include "tests/support/sample_bank.h"

#include "question_bank/package/signature.h"

#include <QTest>

using namespace qingfeng;

class TestArchive : public QObject
{
    Q_OBJECT

    static Attempt attempt(const QString &question, Outcome outcome, int studyDay)
    {
        Attempt a;
        a.id = question + QString::number(studyDay);
        a.store = QStringLiteral("store");
        a.person = QStringLiteral("001");
        a.post = QStringLiteral("P01");
        a.question = question;
        a.version = 1;
        a.outcome = outcome;
        a.studyDay = studyDay;
        a.answeredAtMs = qint64(studyDay) * 86'400'000;
        a.previousHash = chainStart();
        a.hash = chainStart();
        return a;
    }

    static QList<Attempt> chain(int count)
    {
        QList<Attempt> attempts;
        QByteArray head = chainStart();
        for (int i = 0; i < count; ++i) {
            Attempt a = attempt(QStringLiteral("q%1").arg(i), Outcome::Right, 20'000 + i);
            appendToChain(a, i, head);
            head = a.hash;
            attempts.append(a);
        }
        return attempts;
    }

private Q_SLOTS:
    void anAttemptSurvivesItsJson()
    {
        const Attempt a = chain(1).first();
        QCOMPARE(*attemptFromJson(toJson(a)), a);
        QJsonObject broken = toJson(a);
        broken.remove(QStringLiteral("seq"));
        QCOMPARE(attemptFromJson(broken).error().where(), QStringLiteral("seq"));
    }

    void aChainVerifiesWholeAndFromAnyLink()
    {
        const QList<Attempt> attempts = chain(6);
        const ChainReport whole = verifyChain(attempts);
        QVERIFY(whole.intact);
        QCOMPARE(whole.count, 6);
        QCOMPARE(whole.headHash, attempts.last().hash);
        QVERIFY(verifyChain(attempts.mid(3), 3, attempts.at(2).hash).intact);
    }

    void everyBreakIsNamed()
    {
        QList<Attempt> altered = chain(6);
        altered[2].marks = 1;
        QCOMPARE(verifyChain(altered).firstBadSeq, 3);
        QList<Attempt> removed = chain(6);
        removed.removeAt(2);
        QCOMPARE(verifyChain(removed).firstBadSeq, 4);
        QList<Attempt> spliced = chain(3) + chain(6).mid(3);
        spliced[3].previousHash = QByteArray(32, 'x');
        QCOMPARE(verifyChain(spliced).firstBadSeq, 4);
        QList<Attempt> rehashed = chain(6); // the forger computes the hash anew, but not of all that follow
        rehashed[2].marks = 1;
        rehashed[2].hash = chainHash(rehashed[2]);
        QCOMPARE(verifyChain(rehashed).firstBadSeq, 4);
    }

    void receiptsHoldOnlyForTheirHead()
    {
        const auto key = makeKeyPair();
        Receipt receipt {QStringLiteral("store"), 6, chain(6).last().hash, 1, {}, {}};
        QVERIFY(signReceipt(receipt, key->secret));
        QVERIFY(verifyReceipt(*receiptFromJson(toJson(receipt)), key->publicKey));
        Receipt forged = receipt;
        forged.seq = 7;
        QVERIFY(!verifyReceipt(forged, key->publicKey));
        QVERIFY(!verifyReceipt(receipt, makeKeyPair()->publicKey));
    }

    void theSummaryCountsWhatIsValid()
    {
        const int today = 20'781;
        const QList<Attempt> attempts {attempt(QStringLiteral("P01-R01-01"), Outcome::Right, today - 1),
            attempt(QStringLiteral("P01-R01-02"), Outcome::Wrong, today),
            attempt(QStringLiteral("P00-R01-01"), Outcome::Unsure, today),
            attempt(QStringLiteral("P00-R01-02"), Outcome::Invalid, today)};
        const ArchiveSummary s = summarise(
            attempts, sampleBank(), {QStringLiteral("P01")}, WorkCalendar(), dateOfStudyDay(today));
        QCOMPARE(s.answered, 3);
        QCOMPARE(s.right, 1);
        QCOMPARE(s.invalid, 1);
        QCOMPARE(s.answeredToday, 2);
        QCOMPARE(s.streakDays, 2);
        QCOMPARE(s.totalRiskPoints, 3); // P01's two and the common one
        QCOMPARE(s.coveredRiskPoints, 2);
        QCOMPARE(s.riskPoints.first().riskPoint, QStringLiteral("P01-R01"));
        QCOMPARE(s.riskPoints.first().answered, 2);
        QCOMPARE(s.riskPoints.first().seen, 2);
        QCOMPARE(s.riskPoints.last().post, commonPost());
        QCOMPARE(s.recent.first().studyDay, today);
    }
};

QTEST_APPLESS_MAIN(TestArchive)
#include "tst_archive.moc"
