#include <QTest>

#include "quiz/sync/backoff.h"
#include "quiz/sync/sync_schedule.h"

using namespace qingfeng;

namespace {

constexpr qint64 dateMs = 784'111'777'000; // 1994-11-06T08:49:37Z

SyncReport reportWithRest(qint64 ms)
{
    SyncReport report;
    report.nextAttemptMs = ms;
    return report;
}

} // namespace

class TestSyncTiming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retryAfterIsReadInBothForms_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("expected"); // −1 = not understood
        const auto row = [](const char *name, const char *value, qint64 expected) {
            QTest::newRow(name) << QByteArray(value) << expected;
        };
        row("seconds", "120", 120'000);
        row("none at all", "0", 0);
        row("spaces around", " 5 ", 5'000);
        row("more than a day is a day", "999999", longestRetryAfterMs);
        row("more than a number holds", "99999999999999999999", longestRetryAfterMs);
        row("HTTP date", "Sun, 06 Nov 1994 08:49:37 GMT", 60'000);
        row("RFC 850 date", "Sunday, 06-Nov-94 08:49:37 GMT", 60'000);
        row("asctime date", "Sun Nov  6 08:49:37 1994", 60'000);
        row("a date that is over", "Sun, 06 Nov 1994 08:00:00 GMT", 0);
        row("negative", "-5", -1);
        row("words", "later", -1);
        row("half a date", "Sun, 06 Nov", -1);
        row("empty", "", -1);
    }

    void retryAfterIsReadInBothForms()
    {
        QFETCH(QByteArray, value);
        QFETCH(qint64, expected);
        QCOMPARE(retryAfterMs(value, dateMs - 60'000).value_or(-1), expected);
    }

    void twoDigitsOfAYearMeanThisCentury()
    {
        QCOMPARE(httpDateMs("Tuesday, 24-Nov-26 01:00:00 GMT").value_or(-1), qint64(1'795'482'000'000));
    }

    void waitsGrowToAQuarterOfAnHourAndStayRandom()
    {
        SeededRandom random(1);
        Backoff backoff(random);
        QSet<qint64> seen;
        qint64 longest = 0;
        for (int i = 0; i < 200; ++i) {
            const qint64 bound = i < 10 ? std::min(Backoff::longestMs, (2LL << i) * 1000) : Backoff::longestMs;
            const qint64 wait = backoff.nextMs();
            QVERIFY(wait >= Backoff::shortestMs && wait <= bound);
            seen.insert(wait);
            longest = std::max(longest, wait);
        }
        QVERIFY(seen.size() > 150);
        QVERIFY(longest > Backoff::longestMs / 2);
        backoff.reset();
        QVERIFY(backoff.nextMs() <= 2'000);
    }

    void devicesSpreadOverTheWindowAndKeepTheirPlace()
    {
        constexpr int tenth = 60'000;
        QList<int> counts(10, 0);
        for (int i = 0; i < 1000; ++i) {
            const QString device = QStringLiteral("device-%1").arg(i);
            const qint64 delay = windowDelayMs(device, 600);
            QVERIFY(delay >= 0 && delay < 600'000);
            QCOMPARE(windowDelayMs(device, 600), delay);
            ++counts[int(delay / tenth)];
        }
        for (const int count : counts) {
            QVERIFY(count > 60 && count < 140);
        }
        QCOMPARE(windowDelayMs(QStringLiteral("device"), 0), 0);
    }

    void answersDoNotShortenTheWindow()
    {
        SeededRandom random(1);
        SyncSchedule schedule(random);
        schedule.begin(0, 300'000);
        schedule.attemptRecorded(1'000);
        QCOMPARE(schedule.dueInMs(1'000), 299'000);
    }

    void anAnswerIsFollowedSoonAndSeveralByOnePass()
    {
        SeededRandom random(1);
        SyncSchedule schedule(random);
        schedule.begin(0, 0);
        schedule.passStarted();
        schedule.passFinished(reportWithRest(3'600'000), 10'000);
        QCOMPARE(schedule.dueInMs(10'000), 3'600'000);
        schedule.attemptRecorded(20'000);
        const qint64 due = 20'000 + schedule.dueInMs(20'000);
        QVERIFY(due >= 21'000 && due <= 25'000);
        schedule.attemptRecorded(20'900);
        QVERIFY(20'900 + schedule.dueInMs(20'900) <= due);
    }

    void anAnswerDuringAPassIsFollowedByAnother()
    {
        SeededRandom random(1);
        SyncSchedule schedule(random);
        schedule.begin(0, 0);
        schedule.passStarted();
        schedule.attemptRecorded(100);
        schedule.passFinished(reportWithRest(3'600'000), 1'000);
        QVERIFY(schedule.dueInMs(1'000) <= SyncSchedule::latestMs);
    }

    void aFailureIsWaitedForUnlessTheUserAsks()
    {
        SeededRandom random(1);
        SyncSchedule schedule(random);
        schedule.begin(0, 0);
        schedule.passStarted();
        SyncReport failed = reportWithRest(100'000);
        failed.error = Error(ErrorCode::Unavailable);
        schedule.passFinished(failed, 0);
        schedule.attemptRecorded(1'000);
        QCOMPARE(schedule.dueInMs(1'000), 99'000);
        QVERIFY(schedule.userAsked(2'000));
        QCOMPARE(schedule.dueInMs(2'000), 0);
    }

    void aTimeNamedByTheServerHoldsForTheUserToo()
    {
        SeededRandom random(1);
        SyncSchedule schedule(random);
        schedule.begin(0, 0);
        schedule.passStarted();
        SyncReport busy = reportWithRest(100'000);
        busy.error = Error(ErrorCode::Unavailable);
        busy.delayNamedByServer = true;
        schedule.passFinished(busy, 0);
        QVERIFY(!schedule.userAsked(99'999));
        QCOMPARE(schedule.dueInMs(99'999), 1);
        QVERIFY(schedule.userAsked(100'000));
    }

    void theUsersBudgetIsThreeInFiveMinutes()
    {
        SeededRandom random(1);
        SyncSchedule schedule(random);
        schedule.begin(0, 600'000);
        for (int i = 0; i < SyncSchedule::userBudget; ++i) {
            QVERIFY(schedule.userAsked(i));
        }
        QVERIFY(!schedule.userAsked(1'000));
        QVERIFY(schedule.userAsked(SyncSchedule::userBudgetMs));
    }
};

QTEST_APPLESS_MAIN(TestSyncTiming)
#include "tst_sync_timing.moc"
