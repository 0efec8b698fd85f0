#include "quiz/archive/item_analysis.h"

#include "question_bank/base/random.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace qingfeng;

class TestItemAnalysis : public QObject
{
    Q_OBJECT

    const QStringList m_choices {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")};
    const QStringList m_key {QStringLiteral("a")};

    static double uniform(SeededRandom &random) { return double(random.next64() >> 11) * 0x1.0p-53; }

private Q_SLOTS:
    void aThousandAnswersFindTheDifficulty()
    {
        SeededRandom random(1);
        ItemAnalysis item(0.25);
        std::vector<double> rights;
        std::vector<double> rests;
        for (int i = 0; i < 2000; ++i) {
            const double ability = 4.0 * uniform(random) - 2.0;
            const bool right = uniform(random) < raschChance(ability, 0.7, 0.25);
            const double rest = 1.0 / (1.0 + std::exp(-ability));
            item.add({right, ability, rest, true, 20'000, {}}, 1000);
            rights.push_back(right);
            rests.push_back(rest);
        }
        QVERIFY(std::abs(item.rasch() - 0.7) < 0.4);
        double p = 0;
        double mean = 0;
        for (std::size_t i = 0; i < rights.size(); ++i) {
            p += rights[i] / double(rights.size());
            mean += rests[i] / double(rests.size());
        }
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (std::size_t i = 0; i < rights.size(); ++i) {
            xy += (rights[i] - p) * (rests[i] - mean);
            xx += (rights[i] - p) * (rights[i] - p);
            yy += (rests[i] - mean) * (rests[i] - mean);
        }
        // The running sums say what two passes over all answers say.
        QVERIFY(std::abs(item.difficulty() - p) < 1e-12);
        QVERIFY(std::abs(item.correctedDifficulty() - (p - 0.25) / 0.75) < 1e-12);
        QVERIFY(std::abs(item.discrimination() - xy / std::sqrt(xx * yy)) < 1e-9);
        QVERIFY(item.medianResponseMs() > 15'000 && item.medianResponseMs() < 26'000);
    }

    void flags_data()
    {
        QTest::addColumn<double>("rightOfStrong");
        QTest::addColumn<double>("rightOfWeak");
        QTest::addColumn<QString>("strongChoose");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("expected");
        using I = ItemAnalysis;
        QTest::newRow("too few to say") << 0.0 << 0.0 << "b" << 29 << 0;
        QTest::newRow("good") << 0.9 << 0.4 << "*" << 600 << 0;
        QTest::newRow("too hard") << 0.15 << 0.15 << "*" << 600 << int(I::TooHard | I::StrongDistractor);
        QTest::newRow("too easy") << 1.0 << 0.97 << "*" << 600 << int(I::TooEasy | I::IdleDistractor);
        QTest::newRow("the key is another") << 0.1 << 0.5 << "b" << 600 << int(I::CheckKey | I::StrongDistractor);
    }

    void flags()
    {
        QFETCH(double, rightOfStrong);
        QFETCH(double, rightOfWeak);
        QFETCH(QString, strongChoose);
        QFETCH(int, count);
        QFETCH(int, expected);
        SeededRandom random(2);
        ItemAnalysis item(0.25);
        for (int i = 0; i < count; ++i) {
            const bool strong = i % 2 == 0;
            const bool right = uniform(random) < (strong ? rightOfStrong : rightOfWeak);
            const QString other = strong && strongChoose != QLatin1String("*")
                ? strongChoose
                : m_choices.at(1 + int(random.next64() % 3));
            item.add({right, 0, strong ? 0.8 : 0.3, true, 9000, {right ? QStringLiteral("a") : other}}, 50);
        }
        const int found = int(item.flags(m_choices, m_key));
        if (expected == 0) {
            QCOMPARE(found, 0);
        } else {
            QCOMPARE(found & expected, expected);
        }
    }

    void nothingVariesNothingCorrelates()
    {
        ItemAnalysis item;
        for (int i = 0; i < 200; ++i) {
            item.add({true, 0, 0.5, true, 0, {}}, i);
        }
        QCOMPARE(item.discrimination(), 0.0);
        QCOMPARE(item.medianResponseMs(), 0);
        QCOMPARE(item.difficulty(), 1.0);
    }
};

QTEST_APPLESS_MAIN(TestItemAnalysis)
#include "tst_item_analysis.moc"
