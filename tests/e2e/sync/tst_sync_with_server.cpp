#include <array>
#include <memory>

#include <QFile>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"
#include "quiz/net/enrolment.h"
#include "quiz/net/sync_service.h"
#include "quiz/sync/sync_engine.h"
#include "tests/e2e/sync/real_server.h"
#include "tests/support/sample_bank.h"

using namespace qingfeng;

namespace {

constexpr int patienceMs = 20'000;

/** A workstation on a temporary folder, with the system's clock and a real connection. */
class Workstation
{
public:
    Workstation() { openStore(); }

    QString data() const { return m_dir.filePath(QStringLiteral("qingfeng")); }
    QString database() const { return data() + QStringLiteral("/learning.db"); }
    LearningStore &store() { return *m_store; }

    Result<DeviceConfig> enrol(RealServer &server, const QString &caFile = {})
    {
        EnrolmentInput input {QUrl(server.admin().url), caFile.isEmpty() ? server.admin().caFile : caFile,
            server.makeCode(), QStringLiteral("PC"), m_store->storeId(), {}};
        std::optional<Result<DeviceConfig>> answer;
        Enrolment enrolment(data(), input);
        enrolment.start([&answer](const Result<DeviceConfig> &result) { answer = result; });
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, patienceMs)) {
            return Error(ErrorCode::TimedOut);
        }
        return *answer;
    }

    QStringList answer(int count, const QString &person = QStringLiteral("001"))
    {
        QStringList ids;
        for (int i = 0; i < count; ++i) {
            Attempt attempt;
            attempt.id = makeUuidV7(clock, random);
            attempt.person = person;
            attempt.post = QStringLiteral("P01");
            attempt.question = QStringLiteral("P01-R01-01");
            attempt.version = 1;
            attempt.choicesShown = {QStringLiteral("b"), QStringLiteral("a")};
            attempt.response = {QStringLiteral("b")};
            attempt.marks = 100;
            attempt.outcome = Outcome::Right;
            attempt.answeredAtMs = clock.utcMs();
            attempt.utcOffsetSeconds = clock.utcOffsetSeconds();
            attempt.studyDay = studyDay(clock);
            const auto recorded = m_store->record(attempt);
            ids.append(recorded ? recorded->attempt.id : QString());
        }
        return ids;
    }

    FeedbackEntry write(const QString &thread)
    {
        FeedbackEntry entry;
        entry.id = makeUuidV7(clock, random);
        entry.thread = thread.isEmpty() ? entry.id : thread;
        entry.person = QStringLiteral("001");
        entry.text = QStringLiteral("疑问 ") + entry.id;
        entry.writtenAtMs = clock.utcMs();
        const auto kept = m_store->feedback().write(entry);
        return kept ? entry : FeedbackEntry();
    }

    /** A program start, one pass, and its end. */
    SyncReport pass()
    {
        SyncReport failed;
        const auto device = loadDevice(data());
        auto transport = device ? HttpTransport::create(QUrl(device->config.serverUrl), device->caPem) : device.error();
        if (!transport) {
            failed.error = transport.error();
            return failed;
        }
        BankFolder folder(data() + QStringLiteral("/bank"), device->config.bankKeys);
        SyncEngine engine(*m_store, folder, *device, **transport, clock, random, QStringLiteral("os:test"));
        std::optional<SyncReport> last;
        engine.start([&last](const SyncReport &report) { last = report; });
        const bool done = QTest::qWaitFor([&last] { return last.has_value(); }, patienceMs);
        failed.error = Error(ErrorCode::TimedOut, QStringLiteral("no report"));
        return done ? *last : failed;
    }

    /** The database is replaced by an earlier copy of itself. */
    void restore(const QString &copy)
    {
        m_store.reset();
        for (const char *suffix : {"", "-wal", "-shm"}) {
            QFile::remove(database() + QLatin1String(suffix));
        }
        QFile::copy(copy, database());
        openStore();
    }

    QStringList ids() const
    {
        QStringList list;
        for (const Attempt &attempt : *m_store->attempts()) {
            list.append(attempt.id);
        }
        return list;
    }

    qint64 pending() const { return *m_store->outbox().pendingCount(); }

    SystemClock clock;
    SystemRandom random;

private:
    void openStore() { m_store = std::move(*LearningStore::open(database(), clock, random)); }

    QTemporaryDir m_dir;
    std::unique_ptr<LearningStore> m_store;
};

QByteArray packageOf(qint64 revision, const QByteArray &secret)
{
    QuestionBank bank = sampleBank();
    bank.unit = QStringLiteral("U1");
    bank.revision = revision;
    return *buildPackage(bank, secret);
}

const char *why(const SyncReport &report)
{
    static QByteArray text;
    text = report.error ? report.error->toString().toUtf8() : QByteArray("no error");
    return text.constData();
}

} // namespace

class TestSyncWithServer : public QObject
{
    Q_OBJECT

    std::unique_ptr<RealServer> m_server;

private Q_SLOTS:
    void init()
    {
        if (!RealServer::isBuilt()) {
            QSKIP("qingfeng-server is not built");
        }
        m_server = std::make_unique<RealServer>();
        QVERIFY2(m_server->start(), qPrintable(m_server->output()));
        QVERIFY(m_server->addPeople());
    }

    void cleanup() { m_server.reset(); }

    void everythingIsHeldExactlyOnce()
    {
        Workstation pc;
        const auto device = pc.enrol(*m_server);
        QVERIFY2(device, device ? "" : qPrintable(device.error().toString()));
        pc.answer(250);
        QVERIFY(pc.store().addEvent(QStringLiteral("001"), QStringLiteral("gate-passed"), QStringLiteral("x")));
        const SyncReport report = pc.pass();
        QVERIFY2(report.succeeded(), why(report));
        QCOMPARE(report.attemptsAcknowledged, 250);
        QCOMPARE(report.eventsAcknowledged, 1);
        QVERIFY(report.rosterChanged);
        QCOMPARE(m_server->statements(), pc.ids());
        QCOMPARE(pc.store().roster()->people.size(), 1);
        QVERIFY(pc.store().verify(device->receiptKey)->holds());
        // The same again, as if no acknowledgement had ever come.
        QVERIFY(pc.store().outbox().rewind(0));
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(pc.pending(), 0);
        QCOMPARE(m_server->statements(), pc.ids());
    }

    void aServerKilledBetweenPassesHoldsWhatItAcknowledged()
    {
        Workstation pc;
        QVERIFY(pc.enrol(*m_server));
        for (int round = 0; round < 3; ++round) {
            pc.answer(40);
            const SyncReport report = pc.pass();
            QVERIFY2(report.succeeded(), why(report));
            m_server->kill();
            pc.answer(5);
            QCOMPARE(pc.pass().error->code(), ErrorCode::Unavailable);
            QVERIFY(m_server->start());
            QVERIFY(m_server->statements().size() == pc.ids().size() - 5);
        }
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(m_server->statements(), pc.ids());
    }

    void aServerKilledDuringAPassLosesNothing()
    {
        Workstation pc;
        QVERIFY(pc.enrol(*m_server));
        for (int round = 0; round < 4; ++round) {
            pc.answer(300);
            QTimer::singleShot(5 + 30 * round, this, [this] { m_server->kill(); });
            pc.pass();
            m_server->kill();
            QVERIFY(m_server->start());
            const QStringList held = m_server->statements();
            QCOMPARE(held, pc.ids().first(held.size()));
            QVERIFY(held.size() >= pc.ids().size() - pc.pending()); // what we were told is there
            const SyncReport report = pc.pass();
            QVERIFY2(report.succeeded(), why(report));
            QCOMPARE(m_server->statements(), pc.ids());
        }
    }

    /**
     * Messages both ways, the server killed at random moments of passes and of replies: whatever was written on either
     * side is on both, once, and only with the PC that it belongs to. QF_MESSAGES=10000 for the long run.
     */
    void messagesAreNeitherLostNorDoubledNorMisdelivered()
    {
        const int wanted = qEnvironmentVariableIntValue("QF_MESSAGES") > 0
            ? qEnvironmentVariableIntValue("QF_MESSAGES")
            : 300;
        QRandomGenerator chance(7);
        std::array<Workstation, 2> pcs;
        std::array<QHash<QString, QString>, 2> written; // id → thread
        std::array<QHash<QString, QString>, 2> replied;
        for (Workstation &pc : pcs) {
            QVERIFY(pc.enrol(*m_server));
        }
        int total = 0;
        while (total < wanted) {
            for (std::size_t i = 0; i < pcs.size(); ++i) {
                const int count = 1 + int(chance.bounded(20));
                for (int k = 0; k < count; ++k, ++total) {
                    const QStringList threads = written.at(i).values();
                    const bool goesOn = !threads.isEmpty() && chance.bounded(3) == 0;
                    const FeedbackEntry entry = pcs.at(i).write(
                        goesOn ? threads.at(chance.bounded(threads.size())) : QString());
                    written.at(i).insert(entry.id, entry.thread);
                }
                if (chance.bounded(2) == 0) {
                    QTimer::singleShot(int(chance.bounded(40)), this, [this] { m_server->kill(); });
                }
                pcs.at(i).pass();
                QTest::qWait(45); // the kill has come
                m_server->kill();
                QVERIFY(m_server->start());
            }
            const auto open = parseJsonObject(m_server->ask("GET", "/v1/inbox?state=open").body);
            const auto inbox = open ? inboxFromJson(*open) : Result<Inbox>(open.error());
            QVERIFY(inbox);
            for (const InboxThread &thread : inbox->threads.mid(0, 1 + int(chance.bounded(20)))) {
                const QString id = makeUuidV7(pcs.at(0).clock, pcs.at(0).random);
                const QByteArray body = canonicalJson(toJson(DeskEntryRequest {
                    id, FeedbackKind::Message, QStringLiteral("张三"), QStringLiteral("答复")}));
                const QByteArray path = "/v1/inbox/" + thread.thread.toLatin1();
                if (chance.bounded(8) == 0) {
                    QTimer::singleShot(int(chance.bounded(4)), this, [this] { m_server->kill(); });
                }
                while (m_server->ask("POST", path, body).status != 200) { // sent again until it is told to be there
                    m_server->kill();
                    QVERIFY(m_server->start());
                }
                const bool first = written.at(0).key(thread.thread).isEmpty();
                replied.at(first ? 1 : 0).insert(id, thread.thread);
                ++total;
            }
            QTest::qWait(5);
            m_server->kill();
            QVERIFY(m_server->start());
        }
        for (std::size_t i = 0; i < pcs.size(); ++i) {
            const SyncReport report = pcs.at(i).pass();
            QVERIFY2(report.succeeded(), why(report));
            QHash<QString, QString> own;
            QHash<QString, QString> fromDesk;
            QSet<qint64> numbers;
            const auto threads = pcs.at(i).store().feedback().threads(QStringLiteral("001"));
            for (const FeedbackThread &thread : *threads) {
                const auto held = parseJsonObject(
                    m_server->ask("GET", "/v1/inbox/" + thread.first().thread.toLatin1()).body);
                QCOMPARE(held->value(QStringLiteral("entries")).toArray().size(), thread.entries.size());
                for (const FeedbackEntry &entry : thread.entries) {
                    QVERIFY(!(entry.fromDesk ? fromDesk : own).contains(entry.id));
                    (entry.fromDesk ? fromDesk : own).insert(entry.id, entry.thread);
                    numbers.insert(entry.number);
                }
            }
            QCOMPARE(own, written.at(i));
            QCOMPARE(fromDesk, replied.at(i));
            QCOMPARE(numbers.size(), own.size() + fromDesk.size());
            QVERIFY(!numbers.contains(0));
        }
    }

    void answersGivenWhileTheServerWasDownArriveAfterwards()
    {
        Workstation pc;
        QVERIFY(pc.enrol(*m_server));
        m_server->stop();
        pc.answer(120);
        QCOMPARE(pc.pass().error->code(), ErrorCode::Unavailable);
        QCOMPARE(pc.pending(), 120);
        QVERIFY(m_server->start());
        const SyncReport report = pc.pass();
        QVERIFY2(report.succeeded(), why(report));
        QCOMPARE(m_server->statements(), pc.ids());
    }

    void anotherAuthorityIsRefusedAndTheCodeStaysGood()
    {
        RealServer other;
        QVERIFY(other.start());
        Workstation pc;
        const auto refused = pc.enrol(*m_server, other.admin().caFile);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::NotPermitted);
        QCOMPARE(loadDevice(pc.data()).error().code(), ErrorCode::NotFound);
        QVERIFY(pc.enrol(*m_server));
    }

    void aServerThatIsNotOursGetsNothing()
    {
        Workstation pc;
        QVERIFY(pc.enrol(*m_server));
        pc.answer(3);
        // The authority of another server in place of ours.
        RealServer other;
        QVERIFY(other.start());
        const QString pinned = pc.data() + QLatin1Char('/') + loadDevice(pc.data())->config.caFile;
        QVERIFY(QFile::remove(pinned));
        QVERIFY(QFile::copy(other.admin().caFile, pinned));
        QCOMPARE(pc.pass().error->code(), ErrorCode::NotPermitted);
        QCOMPARE(pc.pending(), 3);
        QCOMPARE(m_server->statements(), QStringList());
    }

    void aRevokedDeviceKeepsEverythingAndGoesOnAfterANewEnrolment()
    {
        Workstation pc;
        QVERIFY(pc.enrol(*m_server));
        pc.answer(10);
        QVERIFY(pc.pass().succeeded());
        const QByteArray id = m_server->device(pc.store().storeId()).toLatin1();
        QVERIFY(m_server->ask("POST", "/v1/devices/" + id + "/revoke").status < 300);
        pc.answer(7);
        const SyncReport report = pc.pass();
        QCOMPARE(report.error->code(), ErrorCode::NotPermitted);
        QCOMPARE(pc.pending(), 7);
        QCOMPARE(pc.ids().size(), 17);
        QVERIFY(pc.enrol(*m_server));
        const SyncReport after = pc.pass();
        QVERIFY2(after.succeeded(), why(after));
        QCOMPARE(m_server->statements(), pc.ids());
    }

    void somebodyUnknownToTheRosterIsAdmittedAsUnknown()
    {
        Workstation pc;
        QVERIFY(pc.enrol(*m_server));
        pc.answer(2, QStringLiteral("os:guest"));
        pc.answer(1);
        const SyncReport report = pc.pass();
        QVERIFY2(report.succeeded(), why(report));
        // Somebody of another office, though, waits with all that come after.
        pc.answer(1, QStringLiteral("999"));
        pc.answer(1);
        QCOMPARE(pc.pass().error->code(), ErrorCode::NotPermitted);
        QCOMPARE(pc.pending(), 2);
        QCOMPARE(*pc.store().outbox().quarantinedCount(), 0);
    }

    void aRestoredBackupOpensABranchAndBothAreKept()
    {
        Workstation pc;
        QVERIFY(pc.enrol(*m_server));
        pc.answer(5);
        QVERIFY(pc.pass().succeeded());
        const QString copy = pc.data() + QStringLiteral("/copy.db");
        QVERIFY(pc.store().backup(copy));
        const QStringList lost = pc.answer(3);
        QVERIFY(pc.pass().succeeded());
        pc.restore(copy);
        const QStringList fresh = pc.answer(4);
        QCOMPARE(pc.pass().error->code(), ErrorCode::Conflict);
        const SyncReport second = pc.pass();
        QVERIFY2(second.succeeded(), why(second));
        QCOMPARE(pc.pending(), 0);
        const QStringList held = m_server->statements();
        QCOMPARE(held.size(), 12);
        for (const QString &id : lost + fresh) {
            QCOMPARE(held.count(id), 1);
        }
    }

    void theServiceBringsAnswersUpAndTheBankDown()
    {
        Workstation pc;
        QVERIFY(pc.enrol(*m_server)); // before the unit published anything
        const auto key = makeKeyPair();
        const QByteArray package = packageOf(1, key->secret);
        QCOMPARE(m_server->ask("POST", "/v1/publish", package, "application/vnd.qingfeng.bank").status, 200);
        pc.answer(30);
        SyncService service({pc.data(), pc.database(), QStringLiteral("os:test")}, pc.clock, pc.random);
        QList<SyncReport> reports;
        std::shared_ptr<const QuestionBank> bank;
        int rosters = 0;
        connect(&service, &SyncService::finished, this, [&](const SyncReport &report) { reports.append(report); });
        connect(&service, &SyncService::bankChanged, this,
            [&](std::shared_ptr<const QuestionBank> changed) { bank = std::move(changed); });
        connect(&service, &SyncService::rosterChanged, this, [&] { ++rosters; });
        QVERIFY(!service.syncNow()); // not started
        service.start();
        QTRY_VERIFY(service.status().enrolled);
        QCOMPARE(service.status().pendingAttempts, 30);
        QVERIFY(service.syncNow());
        QTRY_COMPARE_WITH_TIMEOUT(reports.size(), 1, patienceMs);
        QVERIFY2(reports.first().succeeded(), why(reports.first()));
        QVERIFY(bank);
        QCOMPARE(bank->revision, 1);
        QCOMPARE(rosters, 1);
        QVERIFY(service.status().lastSuccessMs > 0);
        QCOMPARE(service.status().pendingAttempts, 0);
        // A new answer is followed within seconds, without being asked for.
        pc.answer(2);
        service.attemptRecorded();
        service.attemptRecorded();
        QTRY_COMPARE_WITH_TIMEOUT(reports.size(), 2, patienceMs);
        QCOMPARE(reports.last().attemptsAcknowledged, 2);
        QCOMPARE(m_server->statements(), pc.ids());
        // The next program start knows when it last went well.
        service.start();
        QTRY_VERIFY(service.status().enrolled);
        QCOMPARE(service.status().lastSuccessMs, reports.last().finishedAtMs);
    }

    void theServiceEndsInTheMiddleOfAPass()
    {
        Workstation pc;
        QVERIFY(pc.enrol(*m_server));
        pc.answer(300);
        int reports = 0;
        {
            SyncService service({pc.data(), pc.database(), QStringLiteral("os:test")}, pc.clock, pc.random);
            connect(&service, &SyncService::finished, this, [&] { ++reports; });
            service.start();
            QTRY_VERIFY(service.status().enrolled);
            QVERIFY(service.syncNow());
            QTRY_VERIFY(service.isRunning());
        }
        QCOMPARE(reports, 1);
        QVERIFY(pc.pass().succeeded());
        QCOMPARE(m_server->statements(), pc.ids());
    }

    void aServiceWithoutEnrolmentSaysSo()
    {
        Workstation pc;
        SyncService service({pc.data(), pc.database(), QStringLiteral("os:test")}, pc.clock, pc.random);
        service.start();
        QTRY_VERIFY(service.status().lastError.has_value());
        QCOMPARE(service.status().lastError->code(), ErrorCode::NotFound);
        QVERIFY(!service.syncNow());
        QVERIFY(pc.enrol(*m_server));
        service.start();
        QTRY_VERIFY(service.status().enrolled);
    }
};

QTEST_GUILESS_MAIN(TestSyncWithServer)
#include "tst_sync_with_server.moc"
