#include "quiz/archive/archive_file.h"

#include "question_bank/package/signature.h"

#include <functional>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace qingfeng;

/** Everything that can be done to a chain is found, and the first attempt that it was done to is named. */
class TestChainCheck : public QObject
{
    Q_OBJECT

    static constexpr int length = 8;

    static QString person(int i) { return i % 4 == 3 ? QStringLiteral("002") : QStringLiteral("001"); }

    static QList<Attempt> chain(const QString &store, int count = length)
    {
        QList<Attempt> attempts;
        for (int i = 0; i < count; ++i) {
            Attempt a;
            a.id = QStringLiteral("%1-%2").arg(store).arg(i + 1);
            a.store = store;
            a.person = person(i);
            a.question = QStringLiteral("q%1").arg(i);
            a.version = 1;
            a.studyDay = 20'000 + i;
            appendToChain(a, i, attempts.isEmpty() ? chainStart() : attempts.last().hash);
            attempts.append(a);
        }
        return attempts;
    }

    /** Computes the hashes anew from @p position on, as a forger would. */
    static void rehash(QList<Attempt> &attempts, qsizetype position, bool renumber = false)
    {
        for (qsizetype i = position; i < attempts.size(); ++i) {
            if (renumber) {
                attempts[i].seq = i + 1;
            }
            attempts[i].previousHash = i > 0 ? attempts.at(i - 1).hash : chainStart();
            attempts[i].hash = chainHash(attempts.at(i));
        }
    }

    KeyPair m_key = *makeKeyPair();

    Receipt receiptFor(const Attempt &attempt) const
    {
        Receipt receipt{attempt.store, attempt.seq, attempt.hash, 1, {}, {}};
        [&] { QVERIFY(signReceipt(receipt, m_key.secret)); }();
        return receipt;
    }

    ArchiveFile archive() const
    {
        const QList<Attempt> attempts = chain(QStringLiteral("A"));
        return makeArchive(
            QStringLiteral("A"), attempts, {receiptFor(attempts.at(2)), receiptFor(attempts.at(5))});
    }

    using Tamper = std::function<void(ArchiveFile &)>;

private Q_SLOTS:
    void everyBreakIsNamed_data()
    {
        QTest::addColumn<Tamper>("tamper");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<qint64>("seq");
        const auto row = [](const char *name, const char *kind, qint64 seq, Tamper tamper) {
            QTest::newRow(name) << tamper << QString::fromLatin1(kind) << seq;
        };
        row("content of one altered", "altered", 4, [](ArchiveFile &a) { a.attempts[3].marks = 1; });
        row("the first altered", "altered", 1, [](ArchiveFile &a) { a.attempts[0].marks = 1; });
        row("the last altered", "altered", 8, [](ArchiveFile &a) { a.attempts[7].marks = 1; });
        row("two altered: the first is named", "altered", 3, [](ArchiveFile &a) {
            a.attempts[6].marks = 1;
            a.attempts[2].marks = 1;
        });
        row("altered with its own hash anew", "altered", 4, [](ArchiveFile &a) {
            a.attempts[3].marks = 1;
            a.attempts[3].hash = chainHash(a.attempts[3]);
        });
        row("the last altered with its hash anew", "altered", 8, [](ArchiveFile &a) {
            a.attempts[7].marks = 1;
            a.attempts[7].hash = chainHash(a.attempts[7]);
        });
        row("all hashes anew, but not the receipts", "altered", 4, [](ArchiveFile &a) {
            a.attempts[4].marks = 1;
            rehash(a.attempts, 4);
            a.headHash = a.attempts.last().hash;
        });
        row("a hash altered", "altered", 5,
            [](ArchiveFile &a) { a.attempts[4].hash[0] = char(a.attempts[4].hash[0] + 1); });
        row("one removed", "removed", 4, [](ArchiveFile &a) { a.attempts.removeAt(3); });
        row("the first removed", "removed", 1, [](ArchiveFile &a) { a.attempts.removeFirst(); });
        row("one removed and the rest renumbered", "altered", 4, [](ArchiveFile &a) {
            a.attempts.removeAt(3);
            for (int i = 3; i < a.attempts.size(); ++i) {
                a.attempts[i].seq = i + 1;
            }
        });
        row("one inserted beside another", "inserted", 4, [](ArchiveFile &a) {
            Attempt forged = a.attempts.at(3);
            forged.id = QStringLiteral("forged");
            forged.hash = chainHash(forged);
            a.attempts.insert(3, forged);
        });
        row("one inserted, the rest renumbered", "inserted", 4, [](ArchiveFile &a) {
            Attempt forged = a.attempts.at(3);
            forged.id = QStringLiteral("forged");
            forged.hash = chainHash(forged);
            a.attempts.insert(3, forged);
            for (int i = 4; i < a.attempts.size(); ++i) {
                a.attempts[i].seq = i + 1;
            }
        });
        row("one told twice", "inserted", 4, [](ArchiveFile &a) { a.attempts.insert(3, a.attempts.at(3)); });
        row("one added behind the head", "inserted", 9, [](ArchiveFile &a) {
            Attempt added = a.attempts.last();
            appendToChain(added, 8, a.headHash);
            a.attempts.append(added);
        });
        row("two changed places", "moved", 4, [](ArchiveFile &a) { a.attempts.swapItemsAt(3, 5); });
        row("two changed places and numbers", "moved", 4, [](ArchiveFile &a) {
            std::swap(a.attempts[3].seq, a.attempts[4].seq);
            a.attempts.swapItemsAt(3, 4);
        });
        row("the end cut", "cut", 7, [](ArchiveFile &a) { a.attempts.resize(6); });
        row("the end cut, with the head, behind a receipt", "cut", 6, [](ArchiveFile &a) {
            a.attempts.resize(5);
            a.headSeq = 5;
            a.headHash = a.attempts.last().hash;
        });
        row("everything cut", "cut", 1, [](ArchiveFile &a) {
            a.attempts.clear();
            a.headSeq = 0;
            a.headHash = chainStart();
        });
        row("the end of another store", "foreign", 5, [](ArchiveFile &a) {
            a.attempts = a.attempts.mid(0, 4) + chain(QStringLiteral("B")).mid(4);
            a.headHash = a.attempts.last().hash;
        });
        row("the end of another store, hashed anew, receipts thrown away", "foreign", 5, [](ArchiveFile &a) {
            a.attempts = a.attempts.mid(0, 4) + chain(QStringLiteral("B")).mid(4);
            rehash(a.attempts, 4);
            a.headHash = a.attempts.last().hash;
            a.receipts.clear();
        });
        row("one of another store in between", "foreign", 4,
            [](ArchiveFile &a) { a.attempts.insert(3, chain(QStringLiteral("B")).at(3)); });
        row("the store renamed", "foreign", 1, [](ArchiveFile &a) {
            a.store = QStringLiteral("B");
            a.receipts.clear();
        });
        row("a head that the last receipt contradicts", "altered", 6, [](ArchiveFile &a) {
            a.attempts.resize(6);
            a.headSeq = 6;
            a.headHash = QByteArray(32, 'x');
        });
        row("a head that nobody wrote", "altered", 8,
            [](ArchiveFile &a) { a.headHash = QByteArray(32, 'x'); });
    }

    void everyBreakIsNamed()
    {
        QFETCH(Tamper, tamper);
        QFETCH(QString, kind);
        QFETCH(qint64, seq);
        ArchiveFile file = archive();
        QVERIFY(checkArchive(file, m_key.publicKey).holds());
        tamper(file);
        // What was done survives the way through a file.
        const auto read = archiveFromJson(toJson(file));
        QVERIFY2(read, qPrintable(read.error().toString()));
        const ArchiveCheck check = checkArchive(*read, m_key.publicKey);
        QVERIFY(!check.holds());
        QVERIFY(check.fault);
        QCOMPARE(nameOf(check.fault->kind), kind);
        QCOMPARE(check.fault->seq, seq);
    }

    void receiptsMustBeSignedByThisServerAndForThisStore()
    {
        ArchiveFile file = archive();
        QVERIFY(!checkArchive(file, makeKeyPair()->publicKey).receiptsHold);
        QCOMPARE(checkArchive(file, m_key.publicKey).receipts, 2);
        QVERIFY(checkArchive(file, {}).holds()); // without a key they are compared only
        file.receipts[0].store = QStringLiteral("B");
        QVERIFY(!checkArchive(file, {}).receiptsHold);
    }

    /** On a shared PC others' answers stay out; what their places cannot vouch for is said to be unproven. */
    void othersKeepTheirAnswersToThemselves()
    {
        const QList<Attempt> attempts = chain(QStringLiteral("A"));
        const QString other = QStringLiteral("002"); // 4 and 8
        const ArchiveFile own
            = makeArchive(QStringLiteral("A"), attempts, {receiptFor(attempts.at(6))}, other);
        QCOMPARE(own.attempts.size(), 2);
        QVERIFY(!QString::fromUtf8(QJsonDocument(toJson(own)).toJson()).contains(QStringLiteral("\"q0\"")));
        // The last is vouched for by the head, the one before has three of somebody else behind it.
        const ArchiveCheck check = checkArchive(own, m_key.publicKey);
        QVERIFY(check.fault);
        QCOMPARE(nameOf(check.fault->kind), QStringLiteral("unproven"));
        QCOMPARE(check.fault->seq, 4);

        ArchiveFile confirmed = own;
        confirmed.receipts.prepend(receiptFor(attempts.at(3)));
        QVERIFY(checkArchive(confirmed, m_key.publicKey).holds());
        confirmed.attempts[0].marks = 1;
        QCOMPARE(nameOf(checkArchive(confirmed, m_key.publicKey).fault->kind), QStringLiteral("altered"));
    }

    void anEmptyArchiveHolds()
    {
        const ArchiveFile empty = makeArchive(QStringLiteral("A"), {}, {});
        QVERIFY(checkArchive(*archiveFromJson(toJson(empty)), {}).holds());
    }

    void whatIsNoArchiveIsRefused()
    {
        QCOMPARE(archiveFromJson({}).error().where(), QStringLiteral("format"));
        QJsonObject later = toJson(archive());
        later.insert(QStringLiteral("format"), QStringLiteral("qingfeng-archive-9"));
        QCOMPARE(archiveFromJson(later).error().code(), ErrorCode::TooNew);
        QJsonObject headless = toJson(archive());
        headless.remove(QStringLiteral("head"));
        QCOMPARE(archiveFromJson(headless).error().where(), QStringLiteral("head"));
        QJsonObject broken = toJson(archive());
        QJsonArray attempts = broken.value(QStringLiteral("attempts")).toArray();
        attempts[1] = QJsonObject();
        broken.insert(QStringLiteral("attempts"), attempts);
        QCOMPARE(archiveFromJson(broken).error().where(), QStringLiteral("attempts[1].id"));
    }
};

QTEST_APPLESS_MAIN(TestChainCheck)
#include "tst_chain_check.moc"
