#include "question_bank/package/bank_diff.h"
#include "question_bank/package/bank_folder.h"
#include "question_bank/package/delta.h"
#include "question_bank/model/review.h"
#include "tests/support/sample_bank.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

/** Deltas: they lead to the very same bank, are small, and nothing wrong gets through. */
class TestDelta : public QObject
{
    Q_OBJECT

    KeyPair m_key;
    KeyPair m_otherKey;

    QByteArray sealed(QuestionBank bank, qint64 revision, const BuildOptions &options = {}) const
    {
        bank.revision = revision;
        return *buildPackage(bank, m_key.secret, options);
    }

    /** The sample bank with everything that a next revision may do to it. */
    static QuestionBank changed()
    {
        QuestionBank bank = sampleBank();
        QuestionVersion question = *bank.question(QStringLiteral("P01-R01-01"), 1);
        question.stem = QStringLiteral("改过的题干");
        (void)bank.add(question);
        question.version = 2;
        (void)bank.add(question);
        (void)bank.addMedia("<svg id=\"new\"/>");
        CultureTheme theme;
        theme.id = QStringLiteral("T01");
        theme.title = QStringLiteral("元旦廉洁过节");
        theme.window.kind = WindowKind::Fixed;
        theme.window.from = *DayAnchor::fromText(QStringLiteral("12-25"));
        theme.window.to = *DayAnchor::fromText(QStringLiteral("01-03"));
        bank.add(theme);
        return bank;
    }

    static QuestionBank manyQuestions(int count)
    {
        QuestionBank bank = sampleBank();
        for (int i = 0; i < count; ++i) {
            QuestionVersion question = sampleQuestion(
                QStringLiteral("P01-R01-%1").arg(i, 5, 10, QLatin1Char('0')), QStringLiteral("P01-R01"));
            question.stem = QStringLiteral("第 %1 题：收到管理服务对象的礼品 %2，您应当怎样处理？")
                                .arg(i)
                                .arg(i * 7919 % 10007);
            (void)bank.add(question);
        }
        return bank;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_key = *makeKeyPair();
        m_otherKey = *makeKeyPair();
    }

    void aDeltaLeadsToTheSameBank()
    {
        const QByteArray old = sealed(sampleBank(), 1);
        const QByteArray next = sealed(changed(), 2);
        const auto delta = makeDelta(old, next);
        QVERIFY2(delta, qPrintable(delta.has_error() ? delta.error().toString() : QString()));
        const auto patched = applyDelta(old, *delta);
        QVERIFY2(patched, qPrintable(patched.has_error() ? patched.error().toString() : QString()));
        const auto read = readTrustedPackage(*patched, {m_key.publicKey});
        QVERIFY(read);
        QCOMPARE(read->info.manifestHash, inspectPackage(next)->manifestHash);
        QCOMPARE(read->bank.questions().size(), 9);
        QCOMPARE(read->bank.themes(), changed().themes());
        QCOMPARE(read->bank.media().size(), 1);
        const DeltaInfo info = *inspectDelta(*delta);
        QCOMPARE(info.put, 4);
        QCOMPARE(info.removed, 0);

        const auto back = makeDelta(next, sealed(sampleBank(), 3));
        QCOMPARE(inspectDelta(*back)->removed, 3);
        QCOMPARE(readPackage(*applyDelta(next, *back))->bank.questions(), readPackage(old)->bank.questions());
    }

    void oneChangedQuestionOfTenThousandIsSmall()
    {
        QuestionBank bank = manyQuestions(10'000);
        const QByteArray old = sealed(bank, 1);
        QuestionVersion question = *bank.question(QStringLiteral("P01-R01-04711"), 1);
        question.explanation.setPart(Explanation::Instead, QStringLiteral("当天退回并留下凭证，退不回的登记上交"));
        QVERIFY(bank.add(question));
        const auto delta = makeDelta(old, sealed(bank, 2));
        QVERIFY(delta);
        qInfo("delta of %lld bytes, package of %lld", qlonglong(delta->size()), qlonglong(old.size()));
        QVERIFY2(delta->size() <= 4096, qPrintable(QString::number(delta->size())));
        const auto patched = applyDelta(old, *delta);
        QVERIFY(patched);
        QCOMPARE(readPackage(*patched)->bank.question(question.id, 1)->explanation, question.explanation);
    }

    void aVersionOnePackageTakesADelta()
    {
        QFile file(QStringLiteral(QF_TEST_DATA "/question_bank/version1.qfbank"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray old = file.readAll();
        const auto read = readPackage(old);
        QVERIFY2(read, qPrintable(read.has_error() ? read.error().toString() : QString()));
        QCOMPARE(read->info.format, 1);
        QCOMPARE(read->bank.questions().size(), 2);
        QuestionBank bank = read->bank;
        (void)bank.addMedia("<svg/>");
        const auto delta = makeDelta(old, sealed(bank, 3));
        QVERIFY2(delta, qPrintable(delta.has_error() ? delta.error().toString() : QString()));
        QCOMPARE(inspectDelta(*delta)->put, 1);
        QCOMPARE(readPackage(*applyDelta(old, *delta))->info.format, 2);
    }

    void aDeltaForAnotherBankIsRefused()
    {
        const QByteArray first = sealed(sampleBank(), 1);
        const QByteArray second = sealed(changed(), 2);
        const QByteArray third = sealed(sampleBank(), 3);
        const auto patched = applyDelta(first, *makeDelta(second, third));
        QVERIFY(!patched);
        QCOMPARE(patched.error().code(), ErrorCode::Conflict);
    }

    void aPublishedVersionCannotBeChangedByADelta()
    {
        QuestionBank bank = sampleBank();
        const QuestionVersion published = *publish(bank.questions().first(), 1);
        QVERIFY(bank.add(published));
        const QByteArray old = sealed(bank, 1);
        QuestionBank other = sampleBank();
        QuestionVersion altered = published;
        altered.stem = QStringLiteral("另一个题干");
        QVERIFY(other.add(altered));
        const QByteArray next = sealed(other, 2);
        QCOMPARE(makeDelta(old, next).error().code(), ErrorCode::Conflict);
        QTemporaryDir dir;
        BankFolder folder(dir.path(), {m_key.publicKey});
        QVERIFY(folder.apply(old));
        QCOMPARE(folder.apply(next).error().code(), ErrorCode::Conflict);
        QCOMPARE(folder.load()->info.revision, 1);
    }

    void everyTruncationAndChangeIsRefusedOrHarmless()
    {
        const QByteArray old = sealed(sampleBank(), 1);
        const QByteArray next = sealed(changed(), 2);
        const QByteArray delta = *makeDelta(old, next);
        const QString hash = inspectPackage(next)->manifestHash;
        for (qsizetype size = 0; size < delta.size(); size += 7) {
            QVERIFY2(!applyDelta(old, delta.left(size)), qPrintable(QString::number(size)));
        }
        QRandomGenerator random(20261125);
        for (int round = 0; round < 2000; ++round) {
            QByteArray altered = delta;
            const qsizetype at = random.bounded(int(altered.size()));
            altered[at] = char(altered.at(at) ^ (1 << random.bounded(8)));
            const auto patched = applyDelta(old, altered);
            QVERIFY(!patched || inspectPackage(*patched)->manifestHash == hash);
        }
    }

    void theFolderAppliesDeltas()
    {
        QTemporaryDir dir;
        BankFolder folder(dir.path(), {m_key.publicKey});
        const QByteArray first = sealed(sampleBank(), 1);
        const QByteArray second = sealed(changed(), 2);
        const QByteArray delta = *makeDelta(first, second);
        QCOMPARE(folder.apply(delta).error().code(), ErrorCode::NotFound); // there is nothing to change yet
        QVERIFY(folder.apply(first));
        QVERIFY(!folder.apply(delta.chopped(3)));
        QCOMPARE(folder.load()->info.revision, 1);
        QVERIFY(folder.apply(delta));
        QCOMPARE(folder.load()->info.revision, 2);
        QCOMPARE(folder.load()->bank.themes().size(), 1);
        QCOMPARE(folder.apply(delta).error().code(), ErrorCode::Conflict); // it has another base now
        BankFolder strangers(dir.path(), {m_otherKey.publicKey});
        QVERIFY(!strangers.load());
    }

    void revisionsGoBackOnlyByName()
    {
        QTemporaryDir dir;
        BankFolder folder(dir.path(), {m_key.publicKey});
        const QByteArray bad = sealed(changed(), 7);
        const QByteArray older = sealed(sampleBank(), 6);
        QVERIFY(folder.apply(bad));
        QCOMPARE(folder.apply(older).error().code(), ErrorCode::Conflict);
        QCOMPARE(folder.apply(sealed(sampleBank(), 7)).error().code(), ErrorCode::Conflict);
        BuildOptions other;
        other.rollsBack = {QString(64, QLatin1Char('0'))};
        QCOMPARE(folder.apply(sealed(sampleBank(), 6, other)).error().code(), ErrorCode::Conflict);
        BuildOptions named;
        named.rollsBack = {inspectPackage(bad)->manifestHash};
        QVERIFY(folder.apply(sealed(sampleBank(), 6, named)));
        QCOMPARE(folder.load()->info.revision, 6);
        QCOMPARE(folder.apply(bad).error().code(), ErrorCode::Conflict); // what was taken back stays so
        QVERIFY(folder.apply(sealed(changed(), 8)));
    }

    void sm2IsOptionalAndRequiredWhereAPolicyAsks()
    {
        const KeyPair sm2 = *makeSm2KeyPair();
        const KeyPair otherSm2 = *makeSm2KeyPair();
        const QByteArray plain = sealed(sampleBank(), 1);
        BuildOptions options;
        options.sm2Secret = sm2.secret;
        const QByteArray twice = sealed(sampleBank(), 1, options);
        const QByteArray added = *addSignature(plain, {SignatureAlgorithm::Sm2, sm2});
        const Sm2Policy required{true, {sm2.publicKey}};
        for (const QByteArray &package : {twice, added}) {
            QVERIFY(readTrustedPackage(package, {m_key.publicKey}));
            QVERIFY(readTrustedPackage(package, {m_key.publicKey}, required));
            QVERIFY(!readTrustedPackage(package, {m_key.publicKey}, {true, {otherSm2.publicKey}}));
            QVERIFY(!readTrustedPackage(package, {m_otherKey.publicKey}, required)); // Ed25519 always
            QCOMPARE(inspectPackage(package)->manifestHash, inspectPackage(plain)->manifestHash);
        }
        QCOMPARE(
            readTrustedPackage(plain, {m_key.publicKey}, required).error().code(), ErrorCode::NotPermitted);
        QCOMPARE(addSignature(added, {SignatureAlgorithm::Sm2, sm2}).error().code(), ErrorCode::Conflict);
        const QByteArray third = *addSignature(plain, {SignatureAlgorithm::Ed25519, m_otherKey});
        QVERIFY(readTrustedPackage(third, {m_otherKey.publicKey}));
    }

    void sm2SignaturesAreThoseOfTheStandard()
    {
        // GM/T 0003.5, A.2: the signature of "message digest" under the default id.
        const QByteArray secret
            = QByteArray::fromHex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");
        const KeyPair pair = *sm2KeyPairFromSecret(secret);
        QCOMPARE(pair.publicKey.toHex().toUpper(),
            QByteArray("0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                       "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"));
        const QByteArray signature
            = QByteArray::fromHex("3046022100"
                                  "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                                  "022100"
                                  "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");
        QVERIFY(verifySignature(SignatureAlgorithm::Sm2, "message digest", signature, pair.publicKey));
        QVERIFY(!verifySignature(SignatureAlgorithm::Sm2, "message digesT", signature, pair.publicKey));
        const auto own = sign(SigningKey{SignatureAlgorithm::Sm2, pair}, "message digest");
        QVERIFY(own);
        QVERIFY(verifySignature(SignatureAlgorithm::Sm2, "message digest", *own, pair.publicKey));
        QVERIFY(!sm2KeyPairFromSecret(QByteArray(32, '\xff')));
        QVERIFY(!sm2KeyPairFromSecret(QByteArray(32, '\0')));
    }

    void bothKindsOfKeyFilesAreRead()
    {
        QTemporaryDir dir;
        const SigningKey sm2{SignatureAlgorithm::Sm2, *makeSm2KeyPair()};
        const QString path = dir.filePath(QStringLiteral("sm2"));
        QVERIFY(writeKeyFiles(sm2, path, path + QStringLiteral(".pub")));
        QCOMPARE(readSigningKeyFile(path)->pair.secret, sm2.pair.secret);
        QCOMPARE(readVerifyingKeyFile(path + QStringLiteral(".pub"))->publicKey, sm2.pair.publicKey);
        QVERIFY(!readSecretKeyFile(path));
        QVERIFY(!readVerifyingKeyFile(path));
    }

    void whatIsTooLargeIsRefused()
    {
        QCOMPARE(readPackage(QByteArray(maxPackageBytes + 1, 'x')).error().code(), ErrorCode::TooLarge);
        QCOMPARE(applyDelta(sealed(sampleBank(), 1), QByteArray(maxPackageBytes + 1, 'x')).error().code(),
            ErrorCode::TooLarge);
        QuestionBank bank = sampleBank();
        QuestionVersion question = bank.questions().first();
        question.stem = QString(maxObjectBytes, QLatin1Char('x'));
        QVERIFY(bank.add(question));
        QCOMPARE(buildPackage(bank, m_key.secret).error().code(), ErrorCode::TooLarge);
    }

    void banksAreComparedFieldByField()
    {
        const BankDiff diff = diffBanks(sampleBank(), changed());
        QCOMPARE(diff.removed.size(), 0);
        QCOMPARE(diff.added.size(), 2); // picture and theme
        QCOMPARE(diff.changed.size(), 1);
        QCOMPARE(diff.changed.first(),
            (BankChange{QStringLiteral("question"), QStringLiteral("P01-R01-01"), 1, 2,
                {QStringLiteral("stem"), QStringLiteral("version")}}));
        QVERIFY(diffBanks(changed(), changed()).changed.isEmpty());
        QCOMPARE(diffBanks(changed(), sampleBank()).removed.size(), 2);
    }
};

QTEST_APPLESS_MAIN(TestDelta)
#include "tst_delta.moc"
