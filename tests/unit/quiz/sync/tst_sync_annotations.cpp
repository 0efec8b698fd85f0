#include <QTest>

#include "question_bank/base/uuid.h"
#include "quiz/protocol/paths.h"
#include "tests/unit/quiz/sync/sample_pc.h"

using namespace qingfeng;

/** What administrators put on record arrives with a pass, in order, once, and only from the server itself. */
class TestSyncAnnotations : public QObject
{
    Q_OBJECT

    static void annotate(SamplePc &pc, const Attempt &attempt, const QByteArray &secret = {})
    {
        Annotation annotation {makeUuidV7(pc.clock, pc.random), attempt.store, attempt.id, attempt.hash,
            attempt.person, pc.server.annotations.size() + 1, QStringLiteral("张三"), QStringLiteral("更正"), 5,
            {}, {}};
        QVERIFY(signAnnotation(annotation, secret.isEmpty() ? pc.server.receiptKey.secret : secret));
        pc.server.annotations.append(annotation);
    }

private Q_SLOTS:
    void allArriveInPages()
    {
        SamplePc pc;
        pc.answer(2);
        for (int i = 0; i < 2 * maxAnnotationsPerPage + 5; ++i) {
            annotate(pc, pc.attempts().at(i % 2));
        }
        const SyncReport report = pc.pass();
        QVERIFY2(report.succeeded(), report.error ? qPrintable(report.error->toString()) : "");
        QCOMPARE(report.annotationsReceived, 2 * maxAnnotationsPerPage + 5);
        QCOMPARE(*pc.store->annotations(), pc.server.annotations);
        QVERIFY(pc.store->verify(pc.server.receiptKey.publicKey)->holds());
        QCOMPARE(pc.pass().annotationsReceived, 0);
        annotate(pc, pc.attempts().first());
        QCOMPARE(pc.pass().annotationsReceived, 1);
    }

    void aForgeryIsNotKept()
    {
        SamplePc pc;
        pc.answer(1);
        annotate(pc, pc.attempts().first(), makeKeyPair()->secret);
        const SyncReport report = pc.pass();
        QVERIFY(report.error);
        QCOMPARE(report.error->code(), ErrorCode::Corrupt);
        QVERIFY(pc.isLevel()); // the answers went their way all the same
        QCOMPARE(*pc.store->annotationCount(), 0);
    }

    void anotherStoresIsNotKept()
    {
        SamplePc pc;
        pc.answer(1);
        Attempt other = pc.attempts().first();
        other.store = makeUuidV7(pc.clock, pc.random);
        annotate(pc, other);
        QVERIFY(pc.pass().error);
        QCOMPARE(*pc.store->annotationCount(), 0);
    }

    void anOlderServerHasNone()
    {
        SamplePc pc;
        pc.answer(1);
        pc.server.knowsAnnotations = false;
        QVERIFY(pc.pass().succeeded());
        QVERIFY(pc.isLevel());
    }
};

QTEST_APPLESS_MAIN(TestSyncAnnotations)
#include "tst_sync_annotations.moc"
