#pragma once

#include <memory>

#include <QTemporaryDir>

#include "quiz/sync/sync_engine.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/quiz/sync/fake_server.h"

namespace qingfeng {

/** A workstation on a temporary folder, with a server of its own and a clock that stands still. */
class SamplePc
{
public:
    SamplePc();

    /** Answers @p count questions. */
    void answer(int count, const QString &person = QStringLiteral("001"));
    /** One whole pass. */
    SyncReport pass();
    /** The program ends and starts again. */
    void restart();

    qint64 pending() const { return *store->outbox().pendingCount(); }
    QList<Attempt> attempts() const { return *store->attempts(); }
    /** Everything answered here is on the server, once and in order, and the outbox knows. */
    bool isLevel() const;
    /** A package signed by the pinned key. */
    QByteArray packageOf(qint64 revision) const;
    /** How many requests the server saw for a path, by their beginning. */
    int asked(const QByteArray &path) const;

    QTemporaryDir dir;
    FakeClock clock;
    SeededRandom random {11};
    KeyPair bankKey;
    EnrolledDevice device;
    FakeServer server;
    std::unique_ptr<LearningStore> store;
    std::unique_ptr<BankFolder> folder;
    std::unique_ptr<SyncEngine> engine;

private:
    static EnrolledDevice sampleDevice();
};

} // namespace qingfeng
