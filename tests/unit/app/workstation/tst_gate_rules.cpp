#include "app/workstation/core/gate_rules.h"

#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"

#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

class TestGateRules : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    SeededRandom m_random{5};

    static void write(const QTemporaryDir &dir, const QString &name, const QByteArray &bytes)
    {
        QVERIFY(QDir(dir.path()).mkpath(QFileInfo(name).path()));
        QFile file(dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

private Q_SLOTS:
    void withoutFilesTheBuiltInRulesHold()
    {
        QTemporaryDir dir;
        const LoadedRules loaded = loadGateRules(dir.path(), m_random);
        QCOMPARE(loaded.rules.policy, PolicySet());
        QVERIFY(loaded.policyFaults.isEmpty() && loaded.calendarFaults.isEmpty());
        QVERIFY(!loaded.rules.calendar.isWorkday(QDate(2026, 10, 1)));
    }

    void filesOfOthersThanRootAreReportedAndLeftOut()
    {
        QTemporaryDir dir;
        write(dir, QStringLiteral("policy.d/10.toml"), "[gate]\nquestions = 3\n");
        const QString path = dir.filePath(QStringLiteral("policy.d/10.toml"));
        if (::geteuid() == 0) {
            QCOMPARE(loadGateRules(dir.path(), m_random).rules.policy.settings.size(), 1);
            QVERIFY(QFile::setPermissions(path, QFile::permissions(path) | QFile::WriteOther));
        }
        const LoadedRules loaded = loadGateRules(dir.path(), m_random);
        QVERIFY(loaded.rules.policy.settings.isEmpty());
        QCOMPARE(loaded.policyFaults.first().kind, PolicyFault::Kind::NotTrusted);
    }

    void whatIsWrongIsAnEventOnceUntilItIsAnother()
    {
        QTemporaryDir dir;
        QTemporaryDir data;
        write(dir, QStringLiteral("calendar/cn.json"), "{");
        auto store = *LearningStore::open(data.filePath(QStringLiteral("learning.db")), m_clock, m_random);
        const auto events = [&store] { return store->outbox().pendingEvents(10)->size(); };
        LoadedRules loaded = loadGateRules(dir.path(), m_random);
        QVERIFY(!loaded.calendarFaults.isEmpty());
        QVERIFY(!loaded.rules.calendar.isWorkday(QDate(2026, 10, 1))); // the built-in one holds
        noteFaults(loaded, QStringLiteral("001"), *store);
        noteFaults(loaded, QStringLiteral("001"), *store);
        QCOMPARE(events(), 1);
        QCOMPARE(store->outbox().pendingEvents(10)->first().kind, QStringLiteral("policy-fault"));
        noteFaults({}, QStringLiteral("001"), *store); // mended
        QCOMPARE(events(), 1);
        noteFaults(loaded, QStringLiteral("001"), *store); // broken anew
        QCOMPARE(events(), 2);
    }

    void aLoginLastsAsLongAsTheRuntimeFolder()
    {
        QTemporaryDir dir;
        qputenv("XDG_RUNTIME_DIR", dir.path().toLocal8Bit());
        const QString login = currentLogin(m_random);
        QCOMPARE(login.size(), 32);
        QCOMPARE(currentLogin(m_random), login);
        QCOMPARE(
            QDir(dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 1); // nothing is left beside it
        QVERIFY(QFile::remove(dir.filePath(QStringLiteral("qingfeng-login"))));
        QVERIFY(currentLogin(m_random) != login);
        qunsetenv("XDG_RUNTIME_DIR");
        QVERIFY(currentLogin(m_random).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestGateRules)
#include "tst_gate_rules.moc"
