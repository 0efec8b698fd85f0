#include "app/gate/core/events.h"
#include "question_bank/base/uuid.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using qingfeng::gate::EventLog;

namespace {

QList<QJsonObject> readAll(const QString &path)
{
    QList<QJsonObject> objects;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (!line.isEmpty()) {
                objects << QJsonDocument::fromJson(line).object();
            }
        }
    }
    return objects;
}

} // namespace

class TestGateEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEventIsOneJsonLineInAPrivateFile()
    {
        const QTemporaryDir folder;
        const EventLog log(folder.filePath(QStringLiteral("a/b/qingfeng")).toStdString());
        log.record("ui-crash", "a \"quoted\" \\ line\nbreak 中文");
        log.record("opened");
        const QString path = QString::fromStdString(log.filePath());
        const auto events = readAll(path);
        QCOMPARE(events.size(), 2);
        QVERIFY(qingfeng::isUuid(events.at(0).value(QStringLiteral("id")).toString()));
        QCOMPARE(events.at(0).value(QStringLiteral("id")).toString().at(14), QLatin1Char('7'));
        QCOMPARE(events.at(0).value(QStringLiteral("kind")).toString(), QStringLiteral("ui-crash"));
        QCOMPARE(events.at(0).value(QStringLiteral("detail")).toString(),
            QStringLiteral("a \"quoted\" \\ line\nbreak 中文"));
        QVERIFY(events.at(0).value(QStringLiteral("at_ms")).toDouble() > 1.7e12);
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
    }

    void longDetailsEndBetweenCharacters()
    {
        const QTemporaryDir folder;
        const EventLog log(folder.path().toStdString());
        log.record("x", "a" + QStringLiteral("风").repeated(400).toStdString());
        const auto events = readAll(QString::fromStdString(log.filePath()));
        const QString detail = events.at(0).value(QStringLiteral("detail")).toString();
        QVERIFY(detail.startsWith(QStringLiteral("a风风")));
        QVERIFY(!detail.contains(QLatin1Char('?')) && !detail.contains(QChar(0xfffd)));
    }

    void aFullFileIsSetAsideOnce()
    {
        const QTemporaryDir folder;
        const EventLog log(folder.path().toStdString());
        const QString path = QString::fromStdString(log.filePath());
        for (int round = 0; round < 2; ++round) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray(1024 * 1024, '\n'));
            file.close();
            log.record("opened");
            QCOMPARE(readAll(path).size(), 1);
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
    }

    void aFolderThatCannotBeWrittenStopsNothing()
    {
        EventLog("/proc/nowhere/qingfeng").record("opened");
        EventLog("").record("opened");
    }

    void aLinkInPlaceOfTheFileIsNotFollowed()
    {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QStringLiteral("target"));
        const EventLog log(folder.path().toStdString());
        QVERIFY(QFile::link(target, QString::fromStdString(log.filePath())));
        log.record("opened");
        QVERIFY(!QFile::exists(target));
    }
};

QTEST_APPLESS_MAIN(TestGateEvents)
#include "tst_gate_events.moc"
