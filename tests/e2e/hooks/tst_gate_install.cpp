#include "tests/e2e/hooks/made_up_pc.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace {

const QString lightdmConf = QStringLiteral("/etc/lightdm/lightdm.conf");
const QString dropIn = QStringLiteral("/etc/lightdm/lightdm.conf.d/50-qingfeng.conf");
const QString xsession = QStringLiteral("/etc/X11/Xsession.d/19-qingfeng");
const QString autostart = QStringLiteral("/etc/xdg/autostart/qingfeng-gate.desktop");
const QString gnome = QStringLiteral("/usr/share/wayland-sessions/qingfeng-gnome.desktop");
const QString unit = QStringLiteral("/etc/systemd/user/graphical-session.target.wants/qingfeng-gate.service");
const QByteArray wrapper = QF_INSTALLED_LIBEXEC "/qingfeng/qingfeng-session-wrapper";

QStringList command(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

/** "x11 before-desktop, wayland beside-desktop" */
QString reaches(const QJsonObject &status)
{
    QStringList words;
    for (const QJsonValue &session : status[QStringLiteral("sessions")].toArray()) {
        words.append(session[QStringLiteral("type")].toString() + QLatin1Char(' ')
            + session[QStringLiteral("reach")].toString());
    }
    return words.join(QStringLiteral(", "));
}

} // namespace

class TestGateInstall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBestHooksAreChosenAndEveryByteComesBack_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("reach");
        QTest::newRow("lightdm") << "lightdm"
                                 << "install" << QStringList{dropIn, autostart} << "x11 before-desktop";
        QTest::newRow("lightdm with a wrapper of the office's")
            << "lightdm-own-wrapper"
            << "install" << QStringList{lightdmConf, autostart} << "x11 before-desktop";
        QTest::newRow("gdm without cage")
            << "gdm"
            << "install" << QStringList{xsession, autostart} << "x11 before-desktop, wayland beside-desktop";
        QTest::newRow("gdm with cage")
            << "gdm-cage"
            << "install" << QStringList{xsession, gnome, autostart}
            << "x11 before-desktop, wayland beside-desktop, wayland before-desktop";
        QTest::newRow("sddm") << "sddm"
                              << "install" << QStringList{xsession, autostart} << "x11 before-desktop";
        QTest::newRow("neither manager nor Xsession")
            << "bare"
            << "install" << QStringList{autostart} << "x11 beside-desktop";
        QTest::newRow("named: unit and autostart")
            << "sddm"
            << "install --hook unit --hook autostart" << QStringList{unit, autostart} << "x11 beside-desktop";
    }
    void theBestHooksAreChosenAndEveryByteComesBack()
    {
        QFETCH(QString, kind);
        QFETCH(QString, arguments);
        QFETCH(QStringList, files);
        QFETCH(QString, reach);
        const MadeUpPc pc(kind);
        const auto before = pc.everything();
        const QStringList install = arguments.split(QLatin1Char(' '));

        const Ran dry = pc.gate(install + command("--dry-run --json"));
        QCOMPARE(dry.status, 0);
        QCOMPARE(difference(before, pc.everything()), QByteArray());
        for (const QString &file : files) {
            QVERIFY2(dry.out.contains('"' + file.toUtf8() + '"'), dry.out.constData());
        }

        QCOMPARE(pc.gate(install).status, 0);
        for (const QString &file : files) {
            QVERIFY2(pc.exists(file), qPrintable(file));
        }
        const Ran status = pc.gate(command("status --json"));
        QCOMPARE(reaches(status.json()), reach);
        QCOMPARE(status.status, 0);

        const auto installed = pc.everything();
        QCOMPARE(pc.gate(install).status, 0); // twice is once
        QCOMPARE(difference(installed, pc.everything()), QByteArray());

        QCOMPARE(pc.gate(command("remove")).status, 0);
        QCOMPARE(difference(before, pc.everything()), QByteArray());
        QCOMPARE(pc.gate(command("remove")).status, 0);
        QCOMPARE(pc.gate(command("status")).status, 1);
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }

    void aWrapperOfTheOfficeStaysInForceBehindTheGate()
    {
        const MadeUpPc pc(QStringLiteral("lightdm-own-wrapper"));
        QByteArray expected = pc.read(lightdmConf);
        expected.replace("session-wrapper = /opt/office/wrapper", "session-wrapper=" + wrapper);
        QCOMPARE(pc.gate(command("install")).status, 0);
        QCOMPARE(pc.read(lightdmConf), expected);
        QCOMPARE(QFile::permissions(pc.path(lightdmConf)) & QFile::ReadOther, QFile::Permissions());
        QCOMPARE(pc.read(QStringLiteral("/etc/qingfeng/next-session-wrapper")),
            QByteArray("/opt/office/wrapper\n"));
        QCOMPARE(pc.read(QStringLiteral("/var/lib/qingfeng/other")), QByteArray("kept\n"));
    }

    void theWaylandCopyDiffersInNameAndCommandAlone()
    {
        const MadeUpPc pc(QStringLiteral("gdm-cage"));
        QCOMPARE(pc.gate(command("install --hook cage")).status, 0);
        QCOMPARE(pc.read(gnome),
            QByteArray(
                "[Desktop Entry]\nName[zh_CN]=GNOME 桌面（清风）\nName=GNOME（清风）\n"
                "Exec=" QF_INSTALLED_LIBEXEC "/qingfeng/qingfeng-wayland-wrapper /usr/bin/gnome-session\n"
                "TryExec=/usr/bin/gnome-session\nType=Application\nDesktopNames=GNOME\n\n"
                "[Desktop Action x]\nName=x\nExec=x\n"));
    }

    void whatCannotWorkIsRefusedAndNothingWritten_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("words");
        QTest::newRow("wrapper on gdm") << "gdm"
                                        << "install --hook wrapper"
                                        << "gdm3";
        QTest::newRow("no Xsession") << "bare"
                                     << "install --hook xsession"
                                     << "autostart";
        QTest::newRow("no cage") << "gdm"
                                 << "install --hook autostart --hook cage"
                                 << "xwayland";
    }
    void whatCannotWorkIsRefusedAndNothingWritten()
    {
        QFETCH(QString, kind);
        QFETCH(QString, arguments);
        QFETCH(QString, words);
        const MadeUpPc pc(kind);
        const auto before = pc.everything();
        const Ran ran = pc.gate(arguments.split(QLatin1Char(' ')));
        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains(words.toUtf8()), ran.err.constData());
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }

    void withoutTheProgramsNothingIsInstalled()
    {
        const MadeUpPc pc(QStringLiteral("lightdm"));
        QFile::remove(pc.path(QStringLiteral(QF_INSTALLED_BIN "/qingfeng-gate")));
        const auto before = pc.everything();
        QCOMPARE(pc.gate(command("install")).status, 1);
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }

    void whatWasChangedByHandIsNotOverwritten()
    {
        MadeUpPc pc(QStringLiteral("lightdm"));
        const auto before = pc.everything();
        QCOMPARE(pc.gate(command("install")).status, 0);
        pc.write(dropIn, "[Seat:*]\nsession-wrapper=/opt/mine\n");

        const Ran status = pc.gate(command("status"));
        QCOMPARE(status.status, 1);
        QVERIFY2(status.out.contains("改动"), status.out.constData());
        QCOMPARE(pc.gate(command("install")).status, 1);
        QCOMPARE(pc.read(dropIn), QByteArray("[Seat:*]\nsession-wrapper=/opt/mine\n"));

        const Ran removed = pc.gate(command("remove"));
        QCOMPARE(removed.status, 1);
        QVERIFY2(
            removed.err.contains(dropIn.toUtf8()) && removed.err.contains("删除它"), removed.err.constData());
        QCOMPARE(pc.read(dropIn), QByteArray("[Seat:*]\nsession-wrapper=/opt/mine\n"));
        QVERIFY(!pc.exists(autostart)); // the rest is gone

        QVERIFY(QFile::remove(pc.path(dropIn))); // as the sentence says
        QCOMPARE(pc.gate(command("remove")).status, 0);
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }

    void whatWasChangedByHandComesBackWhenAskedFor()
    {
        MadeUpPc pc(QStringLiteral("lightdm-own-wrapper"));
        const auto before = pc.everything();
        QCOMPARE(pc.gate(command("install")).status, 0);
        pc.write(lightdmConf, "[Seat:*]\nautologin-user=x\n");
        QVERIFY(QFile::remove(pc.path(autostart))); // and there was one before
        const Ran removed = pc.gate(command("remove --json"));
        QCOMPARE(removed.status, 1);
        QCOMPARE(removed.json()[QStringLiteral("changed_by_hand")].toArray().size(), 2);
        QCOMPARE(pc.gate(command("remove --restore-changed")).status, 0);
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }

    void aFolderThatOthersUseByNowStays()
    {
        MadeUpPc pc(QStringLiteral("bare"));
        QCOMPARE(pc.gate(command("install")).status, 0);
        pc.write(QStringLiteral("/etc/xdg/autostart/mine.desktop"), "mine");
        QCOMPARE(pc.gate(command("remove")).status, 0);
        QCOMPARE(pc.read(QStringLiteral("/etc/xdg/autostart/mine.desktop")), QByteArray("mine"));
        QVERIFY(!pc.exists(autostart));
        QVERIFY(!pc.exists(QStringLiteral("/var/lib/qingfeng")));
    }

    void aNewerHookReplacesTheOlder()
    {
        MadeUpPc pc(QStringLiteral("sddm"));
        pc.write(xsession, "# former\n");
        const auto before = pc.everything();
        QCOMPARE(pc.gate(command("install")).status, 0);
        const QString text = QStringLiteral(QF_INSTALLED_DATA "/qingfeng/hooks/19-qingfeng");
        const QByteArray old = pc.read(text);
        pc.write(text, old + "# newer\n");
        QCOMPARE(pc.gate(command("install")).status, 0);
        QCOMPARE(pc.read(xsession), old + "# newer\n");
        QCOMPARE(pc.gate(command("remove")).status, 0);
        QCOMPARE(pc.read(xsession), QByteArray("# former\n"));
        pc.write(text, old);
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }

    void cageGoneAfterwardsIsTold()
    {
        const MadeUpPc pc(QStringLiteral("gdm-cage"));
        QCOMPARE(pc.gate(command("install")).status, 0);
        QFile::remove(pc.path(QStringLiteral("/usr/bin/cage")));
        const Ran status = pc.gate(command("status"));
        QCOMPARE(status.status, 1);
        QVERIFY2(status.out.contains("cage"), status.out.constData());
    }

    void aLinkOutOfAnImageIsNotFollowed()
    {
        const MadeUpPc pc(QStringLiteral("lightdm"));
        const QTemporaryDir outside;
        QVERIFY(QDir(pc.path(QStringLiteral("/etc/xdg"))).removeRecursively());
        QVERIFY(QFile::link(outside.path(), pc.path(QStringLiteral("/etc/xdg"))));
        const auto before = pc.everything();
        QCOMPARE(pc.gate(command("install")).status, 1);
        QVERIFY(QDir(outside.path()).isEmpty());
        QCOMPARE(pc.gate(command("remove")).status, 0);
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }

    void oneAtATime()
    {
        const MadeUpPc pc(QStringLiteral("lightdm"));
        const auto before = pc.everything();
        const int fd = ::open(QFile::encodeName(pc.path({})).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        QVERIFY(fd >= 0 && ::flock(fd, LOCK_EX) == 0);
        QCOMPARE(pc.gate(command("install")).status, 1);
        ::close(fd);
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }

    void aJournalThatCannotBeReadStopsEverything()
    {
        MadeUpPc pc(QStringLiteral("lightdm"));
        pc.write(QStringLiteral("/var/lib/qingfeng/gate-install.json"),
            "{\"format\":1,\"stage\":\"installed\",\"entries\":[{}]}");
        const auto before = pc.everything();
        for (const char *verb : {"install", "remove", "status"}) {
            QCOMPARE(pc.gate(command(verb)).status, 1);
        }
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestGateInstall)
#include "tst_gate_install.moc"
