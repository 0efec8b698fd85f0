#include "app/widgets/response_timer.h"

#include <QTest>

using namespace qingfeng;

class TestResponseTimer : public QObject
{
    Q_OBJECT

    qint64 m_now = 0;
    ResponseTimer::MonotonicMs clock()
    {
        return [this] { return m_now; };
    }

private Q_SLOTS:
    void init() { m_now = 1000; }

    void countsFromStartToStop()
    {
        ResponseTimer timer(clock());
        QCOMPARE(timer.elapsedMs(), 0);
        timer.start();
        m_now += 700;
        QCOMPARE(timer.elapsedMs(), 700);
        timer.stop();
        m_now += 5000;
        QCOMPARE(timer.elapsedMs(), 700);
    }

    void pausesAreNotCounted()
    {
        ResponseTimer timer(clock());
        timer.start();
        m_now += 300;
        timer.pause();
        timer.pause();
        m_now += 60'000;
        timer.resume();
        timer.resume();
        m_now += 200;
        QCOMPARE(timer.elapsedMs(), 500);
    }

    void aStoppedTimerIsNotWokenByTheWindow()
    {
        ResponseTimer timer(clock());
        timer.start();
        m_now += 300;
        timer.stop();
        timer.resume();
        m_now += 900;
        QCOMPARE(timer.elapsedMs(), 300);
    }

    void startingAnewForgets()
    {
        ResponseTimer timer(clock());
        timer.start();
        m_now += 300;
        timer.pause();
        timer.start();
        m_now += 50;
        QCOMPARE(timer.elapsedMs(), 50);
    }
};

QTEST_GUILESS_MAIN(TestResponseTimer)
#include "tst_response_timer.moc"
