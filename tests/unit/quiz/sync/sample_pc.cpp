#include "tests/unit/quiz/sync/sample_pc.h"

#include "question_bank/base/uuid.h"
#include "tests/support/sample_bank.h"

namespace qingfeng {

EnrolledDevice SamplePc::sampleDevice()
{
    EnrolledDevice device;
    device.key = *makeKeyPair();
    device.config.device = QStringLiteral("019ab000-0000-7000-8000-000000000001");
    device.config.publicKey = device.key.publicKey;
    device.config.unit = {QStringLiteral("sample"), QStringLiteral("单位"), QStringLiteral("https://unit.example")};
    return device;
}

SamplePc::SamplePc()
    : bankKey(*makeKeyPair())
    , device(sampleDevice())
    , server(clock, device.key.publicKey)
{
    device.dataFolder = dir.path();
    device.config.receiptKey = server.receiptKey.publicKey;
    device.config.bankKeys = {bankKey.publicKey};
    server.roster.unit = device.config.unit;
    restart();
}

void SamplePc::restart()
{
    engine.reset();
    store = std::move(*LearningStore::open(dir.filePath(QStringLiteral("learning.db")), clock, random));
    folder = std::make_unique<BankFolder>(dir.filePath(QStringLiteral("bank")), device.config.bankKeys);
    engine = std::make_unique<SyncEngine>(
        *store, *folder, device, server, clock, random, QStringLiteral("os:test"));
}

void SamplePc::answer(int count, const QString &person)
{
    for (int i = 0; i < count; ++i) {
        clock.advanceMs(1000);
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
        (void)store->record(attempt);
    }
}

SyncReport SamplePc::pass()
{
    SyncReport last;
    int reports = 0;
    engine->start([&](const SyncReport &report) {
        last = report;
        ++reports;
    });
    server.run();
    Q_ASSERT(reports == 1);
    return last;
}

bool SamplePc::isLevel() const
{
    return server.attempts == attempts() && pending() == 0;
}

QByteArray SamplePc::packageOf(qint64 revision) const
{
    QuestionBank bank = sampleBank();
    bank.revision = revision;
    return *buildPackage(bank, bankKey.secret);
}

int SamplePc::asked(const QByteArray &path) const
{
    int count = 0;
    for (const HttpRequest &request : server.log) {
        count += request.path.startsWith(path) ? 1 : 0;
    }
    return count;
}

} // namespace qingfeng
