#include "quiz/store/attempt_table.h"
#include "quiz/store/database.h"
#include "quiz/store/learning_store.h"
#include "tests/support/fake_clock.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

/**
 * How long a store takes to be derived anew and to be checked, beside a plain scan of the same table. Chains,
 * hashes and derived rows are real.
 *
 *     bench_archive [attempts = 1000000] [people = 50]
 */
using namespace qingfeng;

namespace {

constexpr int questionCount = 400;
constexpr int firstDay = 17'000;

/** Fills a store with a whole chain, without what record() does for each answer. */
void fill(const QString &path, const QString &storeId, qint64 attempts, int people)
{
    SQLite::Database database(path.toStdString(), SQLite::OPEN_READWRITE);
    SQLite::Transaction transaction(database);
    SQLite::Statement insert(database,
        "INSERT INTO attempt (seq, id, person, post, question, version, bank_revision, choices_shown, "
        "response, marks, "
        "full_marks, outcome, context, obligation, response_ms, answered_at_ms, utc_offset_s, study_day, "
        "previous_hash, hash, details) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    SeededRandom random(1);
    QByteArray head = chainStart();
    Attempt a;
    a.store = storeId;
    a.post = QStringLiteral("P01");
    a.version = 1;
    a.bankRevision = 1;
    a.choicesShown = {QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("d"), QStringLiteral("c")};
    a.response = {QStringLiteral("b")};
    a.guessPpm = 250'000;
    a.responseMs = 9000;
    a.utcOffsetSeconds = 28'800;
    for (qint64 i = 0; i < attempts; ++i) {
        a.id = QStringLiteral("019e0c1e-0000-7000-8000-%1").arg(i, 12, 16, QLatin1Char('0'));
        a.person = QStringLiteral("%1").arg(random.next64() % quint64(people), 5, 10, QLatin1Char('0'));
        a.question = QStringLiteral("P01-R%1").arg(random.next64() % questionCount);
        const quint64 luck = random.next64() % 20;
        a.outcome = luck == 0 ? Outcome::Invalid : luck < 6 ? Outcome::Wrong : Outcome::Right;
        a.studyDay = firstDay + int(i * 3600 / attempts);
        a.answeredAtMs = qint64(a.studyDay) * 86'400'000;
        appendToChain(a, i, head);
        head = a.hash;
        bindAll(insert, a.seq, a.id, a.person, a.post, a.question, qint64(a.version), a.bankRevision,
            packIds(a.choicesShown), packIds(a.response), qint64(a.marks), qint64(a.fullMarks),
            nameOf(a.outcome), nameOf(a.context), a.obligation, a.responseMs, a.answeredAtMs,
            qint64(a.utcOffsetSeconds), qint64(a.studyDay), a.previousHash, a.hash,
            QStringLiteral("{\"guess_ppm\":250000}"));
        insert.exec();
        insert.reset();
    }
    writeValue(database, QStringLiteral("head_seq"), QString::number(attempts));
    writeValue(database, QStringLiteral("head_hash"), QString::fromLatin1(head.toHex()));
    transaction.commit();
}

/** Every column of every row, and nothing made of them. */
qint64 scan(const QString &path)
{
    SQLite::Database database(path.toStdString());
    SQLite::Statement rows(database, "SELECT * FROM attempt ORDER BY seq");
    qint64 bytes = 0;
    while (rows.executeStep()) {
        for (int i = 0; i < rows.getColumnCount(); ++i) {
            bytes += rows.getColumn(i).getBytes();
        }
    }
    return bytes;
}

} // namespace

int main(int argc, char **argv)
{
    const qint64 attempts = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const int people = argc > 2 ? std::atoi(argv[2]) : 50;
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("learning.db"));
    FakeClock clock;
    SeededRandom random(7);
    auto store = *LearningStore::open(path, clock, random);
    fill(path, store->storeId(), attempts, people);
    std::printf("%lld attempts of %d people on %d questions\n", (long long)attempts, people, questionCount);
    double plain = 0;
    const auto measure = [&plain](const char *what, const std::function<qint64()> &work) {
        QElapsedTimer timer;
        timer.start();
        const std::clock_t began = std::clock();
        const qint64 found = work();
        const double processor = double(std::clock() - began) / CLOCKS_PER_SEC;
        plain = plain > 0 ? plain : processor;
        std::printf("%-40s %7.1f s %7.1f s of processor %6.1f x the scan   %lld\n", what,
            double(timer.elapsed()) / 1e3, processor, processor / plain, (long long)found);
        std::fflush(stdout);
        return found;
    };
    const auto rebuild = [&]() -> qint64 {
        const auto rows = store->rebuild();
        return rows ? *rows : -1;
    };
    measure("plain scan: bytes", [&] { return scan(path); });
    measure("rebuild, nothing derived yet: differing", rebuild);
    const qint64 differing = measure("rebuild again: differing", rebuild);
    const qint64 problems = measure("verify: problems", [&]() -> qint64 {
        const auto report = store->verify();
        return report ? report->problems.size() : -1;
    });
    return differing == 0 && problems == 0 ? 0 : 1;
}
