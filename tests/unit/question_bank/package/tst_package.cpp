#include "question_bank/package/bank_folder.h"
#include "question_bank/package/signature.h"
#include "tests/support/sample_bank.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

class TestPackage : public QObject
{
    Q_OBJECT

    KeyPair m_key;
    KeyPair m_otherKey;

    QByteArray package(qint64 revision) const
    {
        QuestionBank bank = sampleBank();
        bank.revision = revision;
        return *buildPackage(bank, m_key.secret);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_key = *makeKeyPair();
        m_otherKey = *makeKeyPair();
    }

    void aBankComesBackAsItWas()
    {
        const auto read = readTrustedPackage(package(7), {m_key.publicKey});
        QVERIFY2(read, qPrintable(read.has_error() ? read.error().toString() : QString()));
        QCOMPARE(read->bank.revision, 7);
        QCOMPARE(read->bank.questions().size(), sampleBank().questions().size());
        const QuestionBank written = sampleBank();
        for (const QuestionVersion &question : written.questions()) {
            QCOMPARE(*read->bank.question(question.id, question.version), question);
        }
        QCOMPARE(read->info.signingKey, keyId(m_key.publicKey));
    }

    void theSameBankIsTheSameManifest()
    {
        QCOMPARE(inspectPackage(package(2))->manifestHash, inspectPackage(package(2))->manifestHash);
        QVERIFY(inspectPackage(package(2))->manifestHash != inspectPackage(package(3))->manifestHash);
    }

    void anUntrustedKeyIsRefused()
    {
        const auto read = readTrustedPackage(package(1), {m_otherKey.publicKey});
        QVERIFY(!read);
        QCOMPARE(read.error().code(), ErrorCode::NotPermitted);
    }

    void everyTruncationIsRefused()
    {
        const QByteArray bytes = package(1);
        for (qsizetype size = 0; size < bytes.size(); size += 1 + bytes.size() / 400) {
            QVERIFY2(!readPackage(bytes.left(size)), qPrintable(QString::number(size)));
        }
    }

    void everyChangedByteIsRefusedOrHarmless()
    {
        const QByteArray bytes = package(1);
        const QString hash = inspectPackage(bytes)->manifestHash;
        QRandomGenerator random(20261124);
        for (int round = 0; round < 2000; ++round) {
            QByteArray altered = bytes;
            const qsizetype at = random.bounded(int(altered.size()));
            altered[at] = char(altered.at(at) ^ (1 << random.bounded(8)));
            const auto read = readTrustedPackage(altered, {m_key.publicKey});
            // A bit that zstd ignores may change without harm; content never may.
            QVERIFY(!read || read->info.manifestHash == hash);
        }
    }

    void theFolderKeepsTheOldBankOnAnyFault()
    {
        QTemporaryDir dir;
        BankFolder folder(dir.filePath(QStringLiteral("bank")), {m_key.publicKey});
        QCOMPARE(folder.load().error().code(), ErrorCode::NotFound);
        QVERIFY(folder.apply(package(2)));
        QCOMPARE(folder.load()->bank.revision, 2);

        QVERIFY(!folder.apply(package(3).chopped(5)));
        QCOMPARE(folder.load()->bank.revision, 2);
        const auto older = folder.apply(package(1));
        QVERIFY(!older);
        QCOMPARE(older.error().code(), ErrorCode::Conflict);
        QVERIFY(folder.apply(package(2))); // the same again is no error
        QVERIFY(folder.apply(package(4)));
        QCOMPARE(folder.load()->bank.revision, 4);

        // A damaged current package falls back to the one before.
        QFile file(folder.currentPath());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.resize(file.size() / 2);
        file.close();
        QCOMPARE(folder.load()->bank.revision, 2);
        QVERIFY(folder.apply(package(5)));
        QCOMPARE(folder.load()->bank.revision, 5);
    }

    void keyFilesAreNotOverwritten()
    {
        QTemporaryDir dir;
        const QString secret = dir.filePath(QStringLiteral("k.secret"));
        const QString publicKey = dir.filePath(QStringLiteral("k.public"));
        QVERIFY(writeKeyFiles(m_key, secret, publicKey));
        QVERIFY(!writeKeyFiles(m_otherKey, secret, publicKey));
        QCOMPARE(readSecretKeyFile(secret)->publicKey, m_key.publicKey);
        QCOMPARE(*readPublicKeyFile(publicKey), m_key.publicKey);
        QCOMPARE(QFile(secret).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QVERIFY(!readSecretKeyFile(publicKey));
    }
};

QTEST_APPLESS_MAIN(TestPackage)
#include "tst_package.moc"
