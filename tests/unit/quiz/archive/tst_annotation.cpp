#include "quiz/archive/archive_file.h"

#include "question_bank/package/signature.h"
#include "tests/support/fake_clock.h"

#include "question_bank/base/random.h"
#include "question_bank/base/uuid.h"

#include <functional>

#include <QTest>

using namespace qingfeng;

/** What an administrator puts on record about an attempt stands beside it, signed; nothing of it can be changed. */
class TestAnnotation : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    SeededRandom m_random {3};
    KeyPair m_key = *makeKeyPair();
    QString m_store = makeUuidV7(m_clock, m_random);

    QList<Attempt> attempts()
    {
        QList<Attempt> list;
        for (int i = 0; i < 4; ++i) {
            Attempt attempt;
            attempt.id = makeUuidV7(m_clock, m_random);
            attempt.store = m_store;
            attempt.person = i == 3 ? QStringLiteral("002") : QStringLiteral("001");
            attempt.question = QStringLiteral("P01-R01-01");
            attempt.version = 1;
            appendToChain(attempt, i, list.isEmpty() ? chainStart() : list.last().hash);
            list.append(attempt);
        }
        return list;
    }

    Annotation about(const Attempt &attempt, qint64 number, const QString &text = QStringLiteral("题目有误，以通知为准。"))
    {
        Annotation annotation {makeUuidV7(m_clock, m_random), attempt.store, attempt.id, attempt.hash,
            attempt.person, number, QStringLiteral("张三（纪检组）"), text, 1'790'000'000'000, {}, {}};
        [&] { QVERIFY(signAnnotation(annotation, m_key.secret)); }();
        return annotation;
    }

    ArchiveFile archive()
    {
        const QList<Attempt> all = attempts();
        return makeArchive(m_store, all, {}, {}, {about(all.at(1), 1), about(all.at(1), 2), about(all.at(3), 3)});
    }

    using Tamper = std::function<void(ArchiveFile &)>;

private Q_SLOTS:
    void whatIsWrittenComesBack()
    {
        const ArchiveFile file = archive();
        const auto read = archiveFromJson(toJson(file));
        QVERIFY(read);
        QCOMPARE(read->annotations, file.annotations);
        QVERIFY(checkArchive(*read, m_key.publicKey).holds());
        QVERIFY(checkArchive(*read, {}).holds());
        QVERIFY(!checkArchive(*read, makeKeyPair()->publicKey).holds());
        QCOMPARE(annotationsOf(file.annotations, file.attempts.at(1).id).size(), 2);
        QVERIFY(annotationsOf(file.annotations, file.attempts.at(0).id).isEmpty());
    }

    void othersStayOutOfAPersonsFile()
    {
        const QList<Attempt> all = attempts();
        const ArchiveFile file
            = makeArchive(m_store, all, {}, QStringLiteral("001"), {about(all.at(3), 1), about(all.at(0), 2)});
        QCOMPARE(file.annotations.size(), 1);
        QCOMPARE(file.annotations.first().number, 2);
        QVERIFY(checkArchive(file, m_key.publicKey).annotationProblems.isEmpty());
    }

    void everyChangeIsFound_data()
    {
        QTest::addColumn<Tamper>("tamper");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const char *said, Tamper tamper) {
            QTest::newRow(name) << tamper << QString::fromLatin1(said);
        };
        row("text", "annotation 2", [](ArchiveFile &a) { a.annotations[1].text += QLatin1Char('.'); });
        row("author", "annotation 1", [](ArchiveFile &a) { a.annotations[0].author = QStringLiteral("x"); });
        row("time", "annotation 1", [](ArchiveFile &a) { a.annotations[0].writtenAtMs = 1; });
        row("moved to another attempt", "annotation 1",
            [](ArchiveFile &a) { a.annotations[0].attempt = a.attempts[0].id; });
        row("told twice", "told twice", [](ArchiveFile &a) { a.annotations.insert(1, a.annotations[0]); });
        row("in another order", "another order", [](ArchiveFile &a) { a.annotations.swapItemsAt(0, 1); });
        row("of another store", "another store",
            [](ArchiveFile &a) { a.annotations[0].store = a.attempts[0].id; });
        row("its attempt altered, and hashed anew", "not as it was", [](ArchiveFile &a) {
            a.attempts[1].marks = 7;
            a.attempts[1].hash = chainHash(a.attempts[1]);
        });
        row("its attempt removed", "missing", [](ArchiveFile &a) { a.attempts.removeAt(1); });
    }
    void everyChangeIsFound()
    {
        QFETCH(Tamper, tamper);
        QFETCH(QString, said);
        ArchiveFile file = archive();
        tamper(file);
        const auto read = archiveFromJson(toJson(file));
        QVERIFY2(read, qPrintable(read.error().toString()));
        const ArchiveCheck check = checkArchive(*read, m_key.publicKey);
        QVERIFY(!check.holds());
        QVERIFY(!check.annotationProblems.isEmpty());
        QVERIFY2(check.annotationProblems.join(QLatin1Char('\n')).contains(said),
            qPrintable(check.annotationProblems.join(QLatin1Char('\n'))));
    }

    void aStoreMissesNone()
    {
        const QList<Attempt> all = attempts();
        const auto hashOf = [](const QString &) { return QByteArray(); };
        const auto problems = [&](const QList<Annotation> &list) {
            return annotationProblems(list, m_store, hashOf, m_key.publicKey, AnnotationPlace::Store);
        };
        QVERIFY(problems({about(all.at(0), 1), about(all.at(1), 2)}).isEmpty());
        QCOMPARE(problems({about(all.at(0), 1), about(all.at(1), 3)}),
            QStringList {QStringLiteral("annotation 2: missing")});
    }

    void whatIsNoneIsRefused_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const char *field, const QJsonValue &value) {
            QTest::newRow(field) << QString::fromLatin1(field) << value;
        };
        row("id", QStringLiteral("1"));
        row("store", QJsonValue());
        row("attempt", 5);
        row("attempt_hash", QStringLiteral("ab"));
        row("person", QString());
        row("number", 0);
        row("author", QString(61, QLatin1Char('a')));
        row("text", QString(1001, QLatin1Char('a')));
        row("written_at_ms", QStringLiteral("now"));
        row("signature", QStringLiteral("AA=="));
    }
    void whatIsNoneIsRefused()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QJsonObject object = toJson(about(attempts().first(), 1));
        QVERIFY(annotationFromJson(object));
        object.insert(field, value);
        const auto read = annotationFromJson(object);
        QVERIFY(!read);
        QCOMPARE(read.error().where(), field);
    }
};

QTEST_APPLESS_MAIN(TestAnnotation)
#include "tst_annotation.moc"
