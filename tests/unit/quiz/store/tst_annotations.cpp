#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"

#include "question_bank/base/uuid.h"
#include "question_bank/package/signature.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

class TestAnnotations : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    SeededRandom m_random {7};
    KeyPair m_key = *makeKeyPair();
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<LearningStore> m_store;

    QString database() const { return m_dir->filePath(QStringLiteral("learning.db")); }
    void openStore() { m_store = std::move(*LearningStore::open(database(), m_clock, m_random)); }

    Attempt answer(const QString &person = QStringLiteral("001"))
    {
        Attempt attempt;
        attempt.id = makeUuidV7(m_clock, m_random);
        attempt.person = person;
        attempt.question = QStringLiteral("P01-R01-01");
        attempt.version = 1;
        attempt.outcome = Outcome::Right;
        return m_store->record(attempt)->attempt;
    }

    Annotation about(const Attempt &attempt, qint64 number)
    {
        Annotation annotation {makeUuidV7(m_clock, m_random), attempt.store, attempt.id, attempt.hash,
            attempt.person, number, QStringLiteral("张三（纪检组）"), QStringLiteral("题目有误。"), 5, {}, {}};
        [&] { QVERIFY(signAnnotation(annotation, m_key.secret)); }();
        return annotation;
    }

    void change(const char *sql) const
    {
        SQLite::Database raw(database().toStdString(), SQLite::OPEN_READWRITE);
        raw.exec(sql);
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        openStore();
    }
    void cleanup() { m_store.reset(); }

    void eachIsKeptOnceAndByPerson()
    {
        const Annotation first = about(answer(), 1);
        const Annotation second = about(answer(QStringLiteral("002")), 2);
        QVERIFY(m_store->addAnnotations({first, second}));
        QVERIFY(m_store->addAnnotations({first, second}));
        QVERIFY(m_store->addAnnotations({}));
        m_store.reset();
        openStore();
        QCOMPARE(*m_store->annotationCount(), 2);
        QCOMPARE(*m_store->annotations(), (QList<Annotation> {first, second}));
        QCOMPARE(*m_store->annotations(QStringLiteral("002")), QList<Annotation> {second});
        const auto report = m_store->verify(m_key.publicKey);
        QVERIFY2(report->holds(), qPrintable(report->problems.join(QLatin1Char('\n'))));
        QCOMPARE(report->annotations, 2);
    }

    void aGapOrAnotherInItsPlaceKeepsNothing()
    {
        const Attempt attempt = answer();
        QVERIFY(m_store->addAnnotations({about(attempt, 1)}));
        QCOMPARE(m_store->addAnnotations({about(attempt, 3)}).error().code(), ErrorCode::Conflict);
        QCOMPARE(m_store->addAnnotations({about(attempt, 2), about(attempt, 4)}).error().code(), ErrorCode::Conflict);
        QCOMPARE(m_store->addAnnotations({about(attempt, 1)}).error().code(), ErrorCode::Conflict); // another id
        QCOMPARE(*m_store->annotationCount(), 1);
    }

    void whatIsDoneToThemIsFound_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("text") << QByteArray("UPDATE annotation SET body = replace(body, '有误', '无误') WHERE number = 1");
        QTest::newRow("removed") << QByteArray("DELETE FROM annotation WHERE number = 1");
        QTest::newRow("no annotation") << QByteArray("UPDATE annotation SET body = '{}' WHERE number = 1");
    }
    void whatIsDoneToThemIsFound()
    {
        QFETCH(QByteArray, sql);
        const Attempt attempt = answer();
        QVERIFY(m_store->addAnnotations({about(attempt, 1), about(attempt, 2)}));
        change(sql.constData());
        const auto report = m_store->verify(m_key.publicKey);
        QVERIFY(!report || !report->holds());
    }

    /** A disk that came back from a backup may lack the attempt: it is on the server only, and that is no fault. */
    void theAttemptMayBeOnAnotherBranch()
    {
        Attempt lost = answer();
        lost.id = makeUuidV7(m_clock, m_random);
        QVERIFY(m_store->addAnnotations({about(lost, 1)}));
        QVERIFY(m_store->verify(m_key.publicKey)->holds());
    }
};

QTEST_APPLESS_MAIN(TestAnnotations)
#include "tst_annotations.moc"
