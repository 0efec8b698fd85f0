#include "app/server/event_store/event_store.h"
#include "app/server/event_store/rows/account_rows.h"
#include "app/server/event_store/sql/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;
using namespace qingfeng::server;

/** A database of every version before this one opens, keeps what it held, and has what came since. */
class TestServerMigrations : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString path() const { return m_dir->filePath(QStringLiteral("server.db")); }

    int version() const
    {
        SQLite::Database database(path().toStdString(), SQLite::OPEN_READONLY);
        return database.execAndGet("PRAGMA user_version").getInt();
    }

    /** As a program of that version would have left it. */
    void makeVersion(int count) const
    {
        SQLite::Database database(path().toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        for (int step = 0; step < count; ++step) {
            database.exec(migrations[std::size_t(step)]);
        }
        database.exec("PRAGMA user_version = " + std::to_string(count));
    }

    void takeFixture() const
    {
        QVERIFY(QFile::copy(QStringLiteral(QF_DATA_DIR "/stores/server_v3.db"), path()));
        QVERIFY(QFile::setPermissions(path(), QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void everyVersionIsBroughtUpToDate_data()
    {
        QTest::addColumn<int>("from");
        for (int from = 0; from <= int(migrations.size()); ++from) {
            QTest::addRow("from %d", from) << from;
        }
    }

    void everyVersionIsBroughtUpToDate()
    {
        QFETCH(int, from);
        makeVersion(from);
        const auto store = EventStore::openFile(path());
        QVERIFY2(store, qPrintable(store.has_error() ? store.error().toString() : QString()));
        QCOMPARE(version(), int(migrations.size()));
        const auto accounts = (*store)->read([](Sql &sql) { return rows::accounts(sql).size(); });
        QVERIFY(accounts);
        QCOMPARE(*accounts, 0);
    }

    void aRealDatabaseOfVersionThreeKeepsWhatItHeld()
    {
        takeFixture();
        QCOMPARE(version(), 3);
        const auto store = EventStore::openFile(path());
        QVERIFY2(store, qPrintable(store.has_error() ? store.error().toString() : QString()));
        QCOMPARE(version(), int(migrations.size()));
        const auto roster = (*store)->roster();
        QVERIFY(roster);
        QCOMPARE(roster->people.size(), 4);
        QCOMPARE(roster->unit.name, QStringLiteral("清河样例税务局"));
        const auto within = (*store)->read(
            [](Sql &sql) { return rows::isWithin(sql, QStringLiteral("QH0101"), QStringLiteral("QH")); });
        QVERIFY(within && *within);
    }

    void aStepThatFailsLeavesTheVersionBeforeWhole()
    {
        takeFixture();
        {
            SQLite::Database database(path().toStdString(), SQLite::OPEN_READWRITE);
            database.exec("CREATE TABLE account_sessions (in_the_way TEXT)"); // in the middle of step 4
        }
        QVERIFY(!EventStore::openFile(path()));
        QCOMPARE(version(), 3);
        SQLite::Database database(path().toStdString(), SQLite::OPEN_READWRITE);
        QVERIFY(!database.tableExists("accounts"));
        QCOMPARE(database.execAndGet("SELECT count(*) FROM people").getInt(), 4);
        database.exec("DROP TABLE account_sessions");
        QVERIFY(EventStore::openFile(path()));
        QCOMPARE(version(), int(migrations.size()));
    }
};

QTEST_GUILESS_MAIN(TestServerMigrations)
#include "tst_server_migrations.moc"
