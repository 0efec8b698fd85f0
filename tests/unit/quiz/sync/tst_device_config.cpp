#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "quiz/sync/device_config.h"

using namespace qingfeng;

namespace {

DeviceConfig sampleConfig()
{
    DeviceConfig config;
    config.serverUrl = QStringLiteral("https://qingfeng.example:8443");
    config.device = QStringLiteral("019ab000-0000-7000-8000-000000000001");
    config.unit = {QStringLiteral("U1"), QStringLiteral("单位"), QStringLiteral("https://unit.example")};
    config.receiptKey = QByteArray(32, 'r');
    config.bankKeys = {QByteArray(32, 'b'), QByteArray(32, 'c')};
    config.syncWindowSeconds = 300;
    return config;
}

QFileDevice::Permissions permissionsOf(const QString &path)
{
    const auto all = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner | QFileDevice::ReadGroup
        | QFileDevice::WriteGroup | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::WriteOther
        | QFileDevice::ExeOther;
    return QFileInfo(path).permissions() & all;
}

} // namespace

class TestDeviceConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasCommittedIsReadBack()
    {
        QTemporaryDir dir;
        auto staged = StagedDevice::create(dir.path(), "PEM");
        QVERIFY(staged);
        const auto config = (*staged)->commit(sampleConfig());
        QVERIFY(config);
        staged->reset();
        const auto device = loadDevice(dir.path());
        QVERIFY2(device, device ? "" : qPrintable(device.error().toString()));
        QCOMPARE(device->config, *config);
        QCOMPARE(device->key.publicKey, config->publicKey);
        QCOMPARE(device->caPem, QByteArray("PEM"));
        QCOMPARE(device->config.keyFile, QStringLiteral("keys/device.key"));
        QCOMPARE(device->config.caFile, QStringLiteral("keys/server-ca.pem"));
    }

    void onlyTheOwnerMayRead()
    {
        QTemporaryDir dir;
        QVERIFY((*StagedDevice::create(dir.path(), "PEM"))->commit(sampleConfig()));
        const auto file = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
        QCOMPARE(permissionsOf(dir.filePath(QStringLiteral("device.json"))), file);
        QCOMPARE(permissionsOf(dir.filePath(QStringLiteral("keys/device.key"))), file);
        QCOMPARE(permissionsOf(dir.filePath(QStringLiteral("keys"))), file | QFileDevice::ExeOwner);
    }

    void aFolderWithoutEnrolmentSaysSo()
    {
        QTemporaryDir dir;
        QCOMPARE(loadDevice(dir.path()).error().code(), ErrorCode::NotFound);
    }

    void whatIsNotCommittedLeavesNothing()
    {
        QTemporaryDir dir;
        QVERIFY(StagedDevice::create(dir.path(), "PEM")); // and is ended at once
        QCOMPARE(QDir(dir.filePath(QStringLiteral("keys"))).entryList(QDir::Files | QDir::Hidden), QStringList());
        QCOMPARE(loadDevice(dir.path()).error().code(), ErrorCode::NotFound);
    }

    void aFailedEnrolmentLeavesTheOldOneInUse()
    {
        QTemporaryDir dir;
        QVERIFY((*StagedDevice::create(dir.path(), "old"))->commit(sampleConfig()));
        const auto before = loadDevice(dir.path());
        QVERIFY(StagedDevice::create(dir.path(), "new"));
        QCOMPARE(loadDevice(dir.path())->config, before->config);
        QCOMPARE(loadDevice(dir.path())->caPem, QByteArray("old"));
    }

    void anotherEnrolmentTakesTheOldOnesPlaceAndRemovesItsSecret()
    {
        QTemporaryDir dir;
        QVERIFY((*StagedDevice::create(dir.path(), "old"))->commit(sampleConfig()));
        const auto before = loadDevice(dir.path());
        QVERIFY((*StagedDevice::create(dir.path(), "new"))->commit(sampleConfig()));
        const auto after = loadDevice(dir.path());
        QVERIFY(after->key.publicKey != before->key.publicKey);
        QCOMPARE(after->caPem, QByteArray("new"));
        QVERIFY(!QFile::exists(dir.filePath(before->config.keyFile)));
        QCOMPARE(QDir(dir.filePath(QStringLiteral("keys"))).entryList(QDir::Files).size(), 3);
    }

    void damageIsNotTakenForNoEnrolment_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content"); // empty = removed
        const QString config = QStringLiteral("device.json");
        QTest::newRow("not JSON") << config << QByteArray("{");
        QTest::newRow("fields are missing") << config << QByteArray("{\"format\":1}");
        QTest::newRow("no key") << QStringLiteral("keys/device.key") << QByteArray();
        QTest::newRow("no authority") << QStringLiteral("keys/server-ca.pem") << QByteArray();
        QTest::newRow("the key of another")
            << QStringLiteral("keys/device.key") << "ed25519-secret:" + QByteArray(32, 'x').toBase64() + '\n';
    }

    void damageIsNotTakenForNoEnrolment()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QTemporaryDir dir;
        QVERIFY((*StagedDevice::create(dir.path(), "PEM"))->commit(sampleConfig()));
        const QString path = dir.filePath(file);
        if (content.isEmpty()) {
            QVERIFY(QFile::remove(path));
        } else {
            QFile damaged(path);
            QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
            damaged.write(content);
        }
        const auto device = loadDevice(dir.path());
        QVERIFY(!device);
        QCOMPARE(device.error().code(), ErrorCode::Corrupt);
    }

    void aFileOutsideKeysIsNotRead()
    {
        QTemporaryDir dir;
        QVERIFY((*StagedDevice::create(dir.path(), "PEM"))->commit(sampleConfig()));
        QFile file(dir.filePath(QStringLiteral("device.json")));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        bytes.replace("keys/server-ca.pem", "keys/../../etc/x.pem");
        file.resize(0);
        file.write(bytes);
        file.close();
        QCOMPARE(loadDevice(dir.path()).error().code(), ErrorCode::Corrupt);
    }
};

QTEST_APPLESS_MAIN(TestDeviceConfig)
#include "tst_device_config.moc"
