#include "quiz/selection/agenda.h"
#include "quiz/selection/expected_gain.h"
#include "quiz/selection/selection_index.h"
#include "quiz/selection/shuffle.h"
#include "tests/support/sample_bank.h"

#include <QSet>
#include <QTest>

using namespace qingfeng;

class TestSelection : public QObject
{
    Q_OBJECT

    QuestionBank m_bank;
    ExpectedGain m_policy;

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

    void severeComesBeforeSlightAndOwnBeforeCommonAmongEquals()
    {
        const QStringList order = ids(request());
        QCOMPARE(order.size(), 6);
        QVERIFY(order.at(0).startsWith(QStringLiteral("P01-R01")));
        QVERIFY(order.at(1).startsWith(QStringLiteral("P01-R01")));
        QVERIFY(order.at(2).startsWith(QStringLiteral("P00-R01")));
        QVERIFY(order.at(4).startsWith(QStringLiteral("P01-R02")));
    }

    void aQuestionRewrittenForAChangedLawIsMandatedForAYear()
    {
        const QString id = QStringLiteral("P01-R02-01");
        LawChange change;
        change.id = QStringLiteral("A-1@2026-11-01");
        change.article = QStringLiteral("A-1");
        change.on = QDate(2026, 11, 1);
        change.questions = {{id, 1}, {QStringLiteral("P01-R02-02"), 1}};
        m_bank.add(change);
        QVERIFY(lawMandates(m_bank, request().today).isEmpty()); // nothing to ask before it is rewritten
        QuestionVersion revised = sampleQuestion(id, QStringLiteral("P01-R02"));
        revised.version = 2;
        QVERIFY(m_bank.add(revised));
        SelectionRequest r = request();
        addAgenda(r);
        QCOMPARE(r.mandates.size(), 1);
        const auto first = m_policy.next(r);
        QCOMPARE(first->question, id);
        QCOMPARE(first->version, 2);
        QCOMPARE(first->reason.kind, SelectionReason::Kind::ChangedLaw);
        QVERIFY(lawMandates(m_bank, QDate(2026, 10, 31)).isEmpty());
        QVERIFY(lawMandates(m_bank, QDate(2027, 11, 2)).isEmpty());
    }

    void whatTheOfficeOrdersComesFirstInItsTime()
    {
        PolicySet policy;
        SelectionRequest r = request();
        policy.mandatory = {{QStringLiteral("P01-R02-02"), r.today, r.today.addDays(3), {}},
            {QStringLiteral("P01-R02-01"), r.today.addDays(1), r.today.addDays(9), {}},
            {QStringLiteral("P99-R01-01"), {}, r.today.addDays(9), {}}}; // not in this bank
        addAgenda(r, policy);
        QCOMPARE(r.mandates.size(), 1);
        const auto first = m_policy.next(r);
        QCOMPARE(first->question, QStringLiteral("P01-R02-02"));
        QCOMPARE(first->reason.kind, SelectionReason::Kind::Mandatory);
        QVERIFY(orderedMandates(policy, m_bank, r.today.addDays(-1)).isEmpty());
        QCOMPARE(orderedMandates(policy, m_bank, r.today.addDays(2)).size(), 2);
        QVERIFY(orderedMandates(policy, m_bank, r.today.addDays(10)).isEmpty());
    }

    void theThemeOfTheDayBringsItsQuestionsForward()
    {
        CultureTheme theme;
        theme.id = QStringLiteral("T01");
        theme.window.kind = WindowKind::Monthly;
        theme.window.firstDay = 20;
        theme.window.lastDay = 28;
        theme.riskPoints = {QStringLiteral("P01-R02")};
        theme.questions = {QStringLiteral("P00-R01-01")};
        m_bank.add(theme);
        SelectionRequest r = request();
        addAgenda(r);
        QCOMPARE(r.themeOf.size(), 3);
        const auto first = m_policy.next(r);
        QCOMPARE(first->reason.kind, SelectionReason::Kind::Theme);
        QCOMPARE(first->reason.theme, theme.id);
        r.today = QDate(2026, 11, 29);
        addAgenda(r);
        QVERIFY(r.themeOf.isEmpty());
        theme.audience = Audience::Leader;
        m_bank.add(theme);
        r.today = QDate(2026, 11, 24);
        QVERIFY(!themeFor(m_bank, r.person, r.posts, r.today));
    }

    void otherPostsAreNeverAsked()
    {
        const QStringList order = ids(request());
        QVERIFY(std::none_of(order.cbegin(), order.cend(),
            [](const QString &id) { return id.startsWith(QStringLiteral("P02")); }));
    }

    /** A question answered once, so many days ago. */
    static QuestionHistory answered(const SelectionRequest &r, bool right, int daysAgo)
    {
        QuestionHistory history;
        history.version = 1;
        history.asked = 1;
        history.right = right;
        history.lastRight = right;
        history.lastStudyDay = r.studyDay - daysAgo;
        history.memory = QuizMemory().first(right, firstPrior, 0.25);
        return history;
    }

    void theScoreIsTheFormula()
    {
        SelectionRequest r = request();
        r.history.insert(QStringLiteral("P01-R01-01"), answered(r, false, 30));
        const QuizMemory memory;
        for (const ScoredQuestion &q : m_policy.rank(r)) {
            const ScoreParts &parts = q.parts;
            QCOMPARE(q.score, parts.weight * parts.discount * parts.gain);
            if (q.question == QLatin1String("P01-R01-01")) {
                QCOMPARE(parts.gain, memory.gainOfSeen(r.history.value(q.question).memory, 30));
                QCOMPARE(parts.discount, 0.7);
                QCOMPARE(parts.weight, 4.0);
                QCOMPARE(q.reason.kind, SelectionReason::Kind::AnsweredWrong);
            } else {
                QCOMPARE(parts.gain, memory.gainOfUnseen(r.learner.prior()));
                QVERIFY(qAbs(parts.prior - firstPrior) < 1e-9);
            }
        }
    }

    void nextIsTheFirstOfTheRankForEveryPersonAndDay()
    {
        SeededRandom random(9);
        const SelectionIndex index(m_bank);
        for (int i = 0; i < 200; ++i) {
            SelectionRequest r = request();
            r.person.number = QString::number(i);
            for (const QuestionVersion &q : m_bank.questions()) {
                if (random.next64() % 2 == 0) {
                    r.history.insert(q.id, answered(r, random.next64() % 2 == 0, int(random.next64() % 300)));
                }
            }
            r.lastRiskPoint = i % 3 == 0 ? QStringLiteral("P01-R01") : QString();
            const QList<ScoredQuestion> ranked = m_policy.rank(r);
            QCOMPARE(m_policy.next(r)->question, ranked.first().question);
            r.index = &index;
            QCOMPARE(m_policy.next(r)->question, ranked.first().question);
            r.only = ranked.last().question;
            QCOMPARE(m_policy.next(r)->question, r.only);
        }
    }

    void threeFailuresRestAndASiblingStandsIn()
    {
        SelectionRequest r = request();
        QuestionHistory resting = answered(r, false, 2);
        resting.pausedUntil = r.studyDay - 2 + pauseDays;
        r.history.insert(QStringLiteral("P01-R01-01"), resting);
        for (const QuestionVersion &q : m_bank.questions()) {
            if (q.id == QLatin1String("P01-R02-01")) {
                QuestionVersion sibling = q;
                sibling.articles = {QStringLiteral("A-2")};
                m_bank.add(sibling);
            }
        }
        QuestionVersion paused = *m_bank.latest(QStringLiteral("P01-R01-01"));
        paused.articles = {QStringLiteral("A-2")};
        m_bank.add(paused);
        auto next = m_policy.next(r);
        QCOMPARE(next->question, QStringLiteral("P01-R02-01"));
        QCOMPARE(next->reason.kind, SelectionReason::Kind::Sibling);
        QCOMPARE(next->reason.article, QStringLiteral("A-2"));
        QVERIFY(!ids(r).contains(paused.id));

        r.history.insert(next->question, answered(r, true, 1)); // served: back to the score
        QVERIFY(m_policy.next(r)->reason.kind != SelectionReason::Kind::Sibling);
        r.studyDay += pauseDays;
        QVERIFY(ids(r).contains(paused.id));
    }

    void mandatesComeFirstByDeadlineAndLeaveSlotsToOthers()
    {
        SelectionRequest r = request();
        r.mandates = {{QStringLiteral("P01-R02-01"), 1, r.today.addDays(40), Mandate::Kind::Ordered},
            {QStringLiteral("P01-R02-02"), 1, r.today.addDays(30), Mandate::Kind::ChangedLaw}};
        auto next = m_policy.next(r);
        QCOMPARE(next->question, QStringLiteral("P01-R02-02"));
        QCOMPARE(next->reason.kind, SelectionReason::Kind::ChangedLaw);
        QCOMPARE(next->reason.deadline, r.today.addDays(30));
        // Four of the last ten slots were theirs: the fifth is not, unless the deadline is near.
        for (int i = 0; i < 4; ++i) {
            r.recent.append(QStringLiteral("P01-R02-01"));
        }
        QVERIFY(m_policy.next(r)->reason.kind != SelectionReason::Kind::ChangedLaw);
        r.mandates.first().deadline = r.today.addDays(1);
        QCOMPARE(m_policy.next(r)->question, QStringLiteral("P01-R02-01"));
        // Answered in this version: done.
        r.history.insert(QStringLiteral("P01-R02-01"), answered(r, false, 1));
        r.recent.clear();
        QCOMPARE(m_policy.next(r)->question, QStringLiteral("P01-R02-02"));
    }

    void themesHaveAFifthOfTheSlots()
    {
        SelectionRequest r = request();
        r.themeOf.insert(QStringLiteral("P01-R02-01"), QStringLiteral("廉洁过节"));
        r.themeOf.insert(QStringLiteral("P01-R02-02"), QStringLiteral("廉洁过节"));
        const auto next = m_policy.next(r);
        QCOMPARE(next->reason.kind, SelectionReason::Kind::Theme);
        QCOMPARE(next->reason.theme, QStringLiteral("廉洁过节"));
        int themes = 0;
        for (int slot = 0; slot < 100; ++slot) {
            const auto chosen = m_policy.next(r);
            themes += chosen->reason.kind == SelectionReason::Kind::Theme;
            r.recent.prepend(chosen->question);
        }
        QVERIFY2(themes >= 15 && themes <= 25, qPrintable(QString::number(themes)));
    }

    void aPostTakenUpLatelyIsSaid()
    {
        SelectionRequest r = request();
        r.person.assignments = {{QStringLiteral("P01"), {}, true, r.today.addDays(-6), {}}};
        QCOMPARE(m_policy.next(r)->reason.postHeldDays, 7);
        r.person.assignments.first().from = r.today.addDays(-200);
        QCOMPARE(m_policy.next(r)->reason.postHeldDays, 0);
    }

    void everyTypeIsAskedAndTheGateKeepsToWhatIsChosen()
    {
        QuestionVersion q = *m_bank.latest(QStringLiteral("P01-R01-01"));
        q.type = QuestionType::Case;
        m_bank.add(q);
        QVERIFY(ids(request()).contains(q.id));
        for (const auto type : {QuestionType::Single, QuestionType::Multiple, QuestionType::TrueFalse}) {
            QVERIFY(isForGate(type));
        }
        for (const auto type :
            {QuestionType::FillIn, QuestionType::Case, QuestionType::Match, QuestionType::Order}) {
            QVERIFY(!isForGate(type));
        }
    }

    void aNewVersionIsUnseen()
    {
        SelectionRequest r = request();
        for (const QuestionVersion &q : m_bank.questions()) {
            r.history.insert(q.id, answered(r, true, 1));
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

    void everyTypeIsShuffledWhereItMayBe()
    {
        SeededRandom random(3);
        QuestionVersion q = sampleQuestion(QStringLiteral("q"), QStringLiteral("r"));
        q.type = QuestionType::Order;
        q.answer = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")};
        for (int i = 0; i < 200; ++i) {
            const QStringList order = shuffledChoices(q, random);
            QCOMPARE(QSet<QString>(order.cbegin(), order.cend()).size(), 4);
            QVERIFY(order != q.answer);
        }
        q.type = QuestionType::Match;
        q.targets = {{QStringLiteral("x"), {}}, {QStringLiteral("y"), {}}};
        QCOMPARE(shuffledChoices(q, random).size(), 2);
        QuestionPart part;
        static_cast<QuestionItem &>(part) = q;
        part.id = QStringLiteral("1");
        QuestionPart blank;
        blank.type = QuestionType::FillIn;
        blank.id = QStringLiteral("2");
        q.type = QuestionType::Case;
        q.parts = {part, blank};
        QVERIFY(shuffledChoices(q, random).isEmpty());
        QCOMPARE(shuffledParts(q, random).keys(), QStringList {QStringLiteral("1")});
    }
};

QTEST_APPLESS_MAIN(TestSelection)
#include "tst_selection.moc"
