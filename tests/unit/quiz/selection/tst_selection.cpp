#include "quiz/selection/severe_unseen_first.h"
#include "quiz/selection/shuffle.h"
#include "tests/support/sample_bank.h"

#include <QSet>
#include <QTest>

using namespace qingfeng;

class TestSelection : public QObject
{
    Q_OBJECT

    QuestionBank m_bank;
    SevereUnseenFirst m_policy;

    SelectionRequest request() const
    {
        SelectionRequest r;
        r.bank = &m_bank;
        r.person.number = QStringLiteral("001");
        r.posts = {QStringLiteral("P01")};
        r.today = QDate(2026, 11, 24);
        r.studyDay = 20781;
        return r;
    }

    QStringList ids(const SelectionRequest &r) const
    {
        QStringList list;
        for (const ScoredQuestion &q : m_policy.rank(r)) {
            list.append(q.question);
        }
        return list;
    }

private Q_SLOTS:
    void init() { m_bank = sampleBank(); }

    void ownPostComesBeforeCommonAndSevereBeforeSlight()
    {
        const QStringList order = ids(request());
        QCOMPARE(order.size(), 6);
        QVERIFY(order.at(0).startsWith(QStringLiteral("P01-R01")));
        QVERIFY(order.at(1).startsWith(QStringLiteral("P01-R01")));
        QVERIFY(order.at(2).startsWith(QStringLiteral("P01-R02")));
        QVERIFY(order.at(4).startsWith(QStringLiteral("P00")));
    }

    void otherPostsAreNeverAsked()
    {
        const QStringList order = ids(request());
        QVERIFY(std::none_of(order.cbegin(), order.cend(),
            [](const QString &id) { return id.startsWith(QStringLiteral("P02")); }));
    }

    void unseenComesBeforeSeenAndWrongBeforeRight()
    {
        SelectionRequest r = request();
        r.history.insert(QStringLiteral("P01-R01-01"), {1, 1, 1, r.studyDay - 9, true});
        r.history.insert(QStringLiteral("P01-R01-02"), {1, 1, 0, r.studyDay - 1, false});
        const QStringList order = ids(r);
        QVERIFY(order.first().startsWith(QStringLiteral("P01-R02"))); // slight, but unseen
        QVERIFY(order.indexOf(QStringLiteral("P01-R01-02")) < order.indexOf(QStringLiteral("P01-R01-01")));
    }

    void aNewVersionIsUnseen()
    {
        SelectionRequest r = request();
        for (const QuestionVersion &q : m_bank.questions()) {
            r.history.insert(q.id, {1, 1, 1, r.studyDay - 1, true});
        }
        QuestionVersion revised = *m_bank.latest(QStringLiteral("P01-R02-01"));
        revised.version = 2;
        m_bank.add(revised);
        const auto next = m_policy.next(r);
        QCOMPARE(next->question, revised.id);
        QCOMPARE(next->version, 2);
        QCOMPARE(next->reason.kind, SelectionReason::Kind::NewVersion);
    }

    void whatWasShownTodayIsNotShownAgain()
    {
        SelectionRequest r = request();
        r.askedToday.insert(QStringLiteral("P01-R01-01"));
        QVERIFY(!ids(r).contains(QStringLiteral("P01-R01-01")));
    }

    void theSubjectChangesUnlessNoneIsLeft()
    {
        SelectionRequest r = request();
        r.lastRiskPoint = QStringLiteral("P01-R01");
        QVERIFY(!ids(r).first().startsWith(QStringLiteral("P01-R01")));
        for (const QuestionVersion &q : m_bank.questions()) {
            if (!q.id.startsWith(r.lastRiskPoint)) {
                r.askedToday.insert(q.id);
            }
        }
        QCOMPARE(ids(r).size(), 2);
    }

    void whatMayNotBeAsked_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"draft", "withdrawn", "expired", "not yet in force", "for leaders", "Party rules alone"}) {
            QTest::newRow(what) << QString::fromLatin1(what);
        }
    }

    void whatMayNotBeAsked()
    {
        QFETCH(QString, what);
        QuestionVersion q = *m_bank.latest(QStringLiteral("P01-R01-01"));
        if (what == QLatin1String("draft")) {
            q.state = ReviewState::Draft;
        } else if (what == QLatin1String("withdrawn")) {
            q.state = ReviewState::Withdrawn;
        } else if (what == QLatin1String("expired")) {
            q.validUntil = QDate(2026, 11, 23);
        } else if (what == QLatin1String("not yet in force")) {
            q.validFrom = QDate(2026, 11, 25);
        } else if (what == QLatin1String("for leaders")) {
            q.audience = Audience::Leader;
        } else {
            q.articles = {QStringLiteral("B-1")};
        }
        m_bank.add(q);
        QVERIFY(!ids(request()).contains(q.id));
        if (what == QLatin1String("Party rules alone")) {
            SelectionRequest member = request();
            member.person.party = true;
            QVERIFY(ids(member).contains(q.id));
        }
    }

    void theSameRequestIsTheSameChoiceAndNeighboursDiffer()
    {
        QCOMPARE(ids(request()), ids(request()));
        QSet<QString> firsts;
        for (int person = 0; person < 20; ++person) {
            SelectionRequest r = request();
            r.person.number = QString::number(person);
            firsts.insert(ids(r).first());
        }
        QCOMPARE(firsts.size(), 2);
    }

    void shufflingIsFairAndKeepsPinnedPlaces()
    {
        QuestionVersion q = sampleQuestion(QStringLiteral("q"), QStringLiteral("r"));
        q.choices[3].pinned = true;
        SeededRandom random(11);
        QHash<QString, int> first;
        for (int i = 0; i < 3000; ++i) {
            const QStringList order = shuffledChoices(q, random);
            QCOMPARE(order.at(3), QStringLiteral("d"));
            ++first[order.first()];
        }
        for (const QString &id : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}) {
            QVERIFY(first.value(id) > 850 && first.value(id) < 1150);
        }
        q.type = QuestionType::TrueFalse;
        QCOMPARE(shuffledChoices(q, random).first(), QStringLiteral("a"));
    }
};

QTEST_APPLESS_MAIN(TestSelection)
#include "tst_selection.moc"
