#include "tests/e2e/hooks/made_up_pc.h"

#include <QTest>

/** kill -9 of install and of remove before every single change of a file: either command finishes afterwards.
 */
class TestGateKillInstall : public QObject
{
    Q_OBJECT

    const QStringList m_install{QStringLiteral("install")};
    const QStringList m_remove{QStringLiteral("remove")};

private Q_SLOTS:
    void everyMomentOfInstall_data() { kinds(); }
    void everyMomentOfInstall()
    {
        QFETCH(QString, kind);
        const MadeUpPc pc(kind);
        const auto before = pc.everything();
        QCOMPARE(pc.gate(m_install).status, 0);
        const auto installed = pc.everything();
        QCOMPARE(pc.gate(m_remove).status, 0);
        QCOMPARE(difference(before, pc.everything()), QByteArray());

        int moment = 1;
        for (; pc.gate(m_install, moment).status < 0; ++moment) {
            if (moment % 2 == 0) { // finish, then undo
                QCOMPARE(pc.gate(m_install).status, 0);
                QCOMPARE(difference(installed, pc.everything()), QByteArray());
            }
            QCOMPARE(pc.gate(m_remove).status, 0);
            QVERIFY2(before == pc.everything(),
                difference(before, pc.everything()).prepend(QByteArray::number(moment)).constData());
        }
        QVERIFY2(moment > 15, "the kill never came");
        QCOMPARE(difference(installed, pc.everything()), QByteArray());
    }

    void everyMomentOfRemove_data() { kinds(); }
    void everyMomentOfRemove()
    {
        QFETCH(QString, kind);
        const MadeUpPc pc(kind);
        const auto before = pc.everything();
        QCOMPARE(pc.gate(m_install).status, 0);
        const auto installed = pc.everything();
        int moment = 1;
        for (; pc.gate(m_remove, moment).status < 0; ++moment) {
            if (moment % 2 == 0) { // change one's mind half-way
                QCOMPARE(pc.gate(m_install).status, 0);
                QCOMPARE(difference(installed, pc.everything()), QByteArray());
            }
            QCOMPARE(pc.gate(m_remove).status, 0);
            QVERIFY2(before == pc.everything(),
                difference(before, pc.everything()).prepend(QByteArray::number(moment)).constData());
            QCOMPARE(pc.gate(m_install).status, 0);
        }
        QVERIFY2(moment > 10, "the kill never came");
        QCOMPARE(difference(before, pc.everything()), QByteArray());
    }

private:
    static void kinds()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"lightdm-own-wrapper", "gdm-cage", "bare"}) {
            QTest::newRow(kind) << QString::fromLatin1(kind);
        }
    }
};

QTEST_GUILESS_MAIN(TestGateKillInstall)
#include "tst_gate_kill_install.moc"
