#include "app/gate/core/unlock.h"
#include "app/gate/supervisor/unlock_desk.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sodium.h>
#include <unistd.h>

using namespace qingfeng::gate;

namespace {

constexpr std::int64_t dayMs = 86'400'000;
constexpr std::int64_t today = 20'783; // 2026-11-26
constexpr std::int64_t noonMs = today * dayMs + dayMs / 2;

UnlockKey keyOf(std::uint8_t seed)
{
    UnlockKey key{};
    key.fill(seed);
    return key;
}

/** A code that is well formed and wrong. */
std::string anotherCode(const std::string &code)
{
    std::string other = code;
    for (std::size_t i = 0; i < unlockLetters.size(); ++i) {
        other[0] = unlockLetters[i];
        for (const char check : unlockLetters) {
            other.back() = check;
            if (other != code && other[0] != code[0] && isUnlockCode(other)) {
                return other;
            }
        }
    }
    return {};
}

} // namespace

/** The administrator's code: from challenge to code, and what a desk lets pass. */
class TestGateUnlock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(sodium_init() >= 0);
        if (::geteuid() != 0) {
            QSKIP("only a file of root is believed");
        }
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_state = {};
        const auto file = makeUnlockFile(m_key, ownUnlockDevice(), today, 2);
        QVERIFY(file);
        write(writeUnlockFile(*file));
    }

    void aChallengeReadsBack()
    {
        for (const std::int64_t day : {today, today + 287, today - 287}) {
            for (int number = 1; number <= unlockCodesADay; ++number) {
                const UnlockChallenge challenge{ownUnlockDevice(), day, number};
                const std::string spoken = grouped(challengeText(challenge));
                QCOMPARE(spoken.size(), unlockChallengeLength + 1);
                const auto read = parseChallenge(spoken, today);
                QVERIFY(read);
                QVERIFY(*read == challenge);
            }
        }
        QVERIFY(!parseChallenge("KDM4R", today));
        QVERIFY(!parseChallenge("00000-0000", today));
    }

    void oneWrongLetterAndAnExchangeAreTold()
    {
        const std::string code = makeUnlockCode(m_key, {ownUnlockDevice(), today, 1});
        QCOMPARE(code.size(), unlockCodeLength);
        QVERIFY(isUnlockCode(code));
        for (std::size_t i = 0; i < code.size(); ++i) {
            for (const char letter : unlockLetters) {
                std::string slipped = code;
                slipped[i] = letter;
                QCOMPARE(isUnlockCode(slipped), slipped == code);
            }
        }
        QVERIFY(!isUnlockCode(code + '2'));
        QVERIFY(!isUnlockCode("O1OI1OI1O0"));
        QCOMPARE(plainLetters("kd-m4 r"), std::string("KDM4R"));
    }

    void aCodeIsForOneDeviceDayNumberAndBureau()
    {
        const UnlockChallenge challenge{"KDM4R", today, 1};
        const std::string code = makeUnlockCode(m_key, challenge);
        QVERIFY(makeUnlockCode(m_key, {"KDM4T", today, 1}) != code);
        QVERIFY(makeUnlockCode(m_key, {"KDM4R", today + 1, 1}) != code);
        QVERIFY(makeUnlockCode(m_key, {"KDM4R", today, 2}) != code);
        QVERIFY(makeUnlockCode(keyOf(8), challenge) != code);
        QVERIFY(makeUnlockCode(m_key, challenge) == code);
    }

    void aRightCodeOpensOnceAndTheNextHasANewChallenge()
    {
        UnlockDesk desk = makeDesk();
        const auto first = desk.challenge(noonMs, 0);
        QVERIFY(first);
        const std::string code = makeUnlockCode(m_key, *parseChallenge(*first, today));
        const auto opened = desk.tryCode(grouped(code), noonMs, 0);
        QCOMPARE(int(opened.kind), int(UnlockDesk::Answer::Accepted));
        QCOMPARE(opened.code, ownUnlockDevice() + " 2026-11-26 1");
        QVERIFY(desk.challenge(noonMs, 0) != first);
        QCOMPARE(int(desk.tryCode(code, noonMs, 0).kind), int(UnlockDesk::Answer::Wrong));

        m_state = {}; // a new gate knows it from the disk
        UnlockDesk later = makeDesk();
        QVERIFY(later.challenge(noonMs, 0) != first);
        QCOMPARE(int(later.tryCode(code, noonMs, 0).kind), int(UnlockDesk::Answer::Wrong));
    }

    void aDaysCodesAreFew()
    {
        UnlockDesk desk = makeDesk();
        for (int number = 1; number <= unlockCodesADay; ++number) {
            const std::string code = makeUnlockCode(m_key, {ownUnlockDevice(), today, number});
            QCOMPARE(int(desk.tryCode(code, noonMs, 0).kind), int(UnlockDesk::Answer::Accepted));
        }
        QVERIFY(!desk.challenge(noonMs, 0));
        QVERIFY(desk.challenge(noonMs + dayMs, 0));
        QVERIFY(!desk.challenge(noonMs + 2 * dayMs, 0)); // its verifiers have run out
    }

    void aClockSetBackBringsNoUsedCodeBack()
    {
        UnlockDesk desk = makeDesk();
        const std::string tomorrow = makeUnlockCode(m_key, {ownUnlockDevice(), today + 1, 1});
        QCOMPARE(int(desk.tryCode(tomorrow, noonMs + dayMs, 0).kind), int(UnlockDesk::Answer::Accepted));
        const std::string code = makeUnlockCode(m_key, {ownUnlockDevice(), today, 1});
        QCOMPARE(int(desk.tryCode(code, noonMs, 0).kind), int(UnlockDesk::Answer::Wrong));
    }

    void thoseWhoTryWaitLongerEachTimeInANewGateToo()
    {
        std::int64_t nowMs = noonMs;
        const std::string code = makeUnlockCode(m_key, {ownUnlockDevice(), today, 1});
        const std::string wrong = anotherCode(code);
        QVERIFY(isUnlockCode(wrong));
        QList<int> waits;
        for (int i = 0; i < 6; ++i) {
            m_state = {};
            UnlockDesk desk = makeDesk(); // a new gate each time
            const auto answer = desk.tryCode(wrong, nowMs, 0);
            QCOMPARE(int(answer.kind), int(UnlockDesk::Answer::Wrong));
            waits.append(answer.seconds);
            if (answer.seconds > 0) { // the right one does not count meanwhile
                const auto early = desk.tryCode(code, nowMs + 1000, 0);
                QCOMPARE(int(early.kind), int(UnlockDesk::Answer::Wait));
                QCOMPARE(early.seconds, answer.seconds - 1);
            }
            nowMs += std::int64_t(answer.seconds) * 1000;
        }
        QCOMPARE(waits, (QList<int>{0, 0, 5, 10, 20, 40}));
        UnlockDesk desk = makeDesk();
        QCOMPARE(int(desk.tryCode("nonsense", nowMs, 0).kind), int(UnlockDesk::Answer::Typo));
        QCOMPARE(int(desk.tryCode(code, nowMs, 0).kind), int(UnlockDesk::Answer::Accepted));
    }

    void aClockSetBackMakesNobodyWaitForEver()
    {
        UnlockDesk desk = makeDesk();
        const std::string wrong = anotherCode(makeUnlockCode(m_key, {ownUnlockDevice(), today, 1}));
        for (int i = 0; i < 3; ++i) {
            desk.tryCode(wrong, noonMs, 0);
        }
        QCOMPARE(desk.tryCode(wrong, noonMs - 3600'000, 0).seconds, 5);
        QCOMPARE(int(desk.tryCode(wrong, noonMs - 3600'000 + 5000, 0).kind), int(UnlockDesk::Answer::Wrong));
    }

    void withoutAFolderTheSharedPageRemembers()
    {
        UnlockDesk desk(codesPath().toStdString(), "/proc/nonexistent", m_state);
        const std::string code = makeUnlockCode(m_key, {ownUnlockDevice(), today, 1});
        QCOMPARE(int(desk.tryCode(code, noonMs, 0).kind), int(UnlockDesk::Answer::Accepted));
        UnlockDesk next(codesPath().toStdString(), "/proc/nonexistent", m_state);
        QCOMPARE(int(next.tryCode(code, noonMs, 0).kind), int(UnlockDesk::Answer::Wrong));
    }

    void aFileThatIsAnothersOrBrokenOpensNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        const auto other = makeUnlockFile(keyOf(7), "KDM4R", today, 1);
        QTest::newRow("another PC's") << QByteArray::fromStdString(writeUnlockFile(*other));
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("noise") << QByteArray("qingfeng-unlock 1 KDM4R 5\nzz\n");
        QTest::newRow("half a day") << QByteArray("qingfeng-unlock 1 ")
                + QByteArray::fromStdString(ownUnlockDevice()) + " 20783\n00112233445566778899aabbccddeeff\n";
    }

    void aFileThatIsAnothersOrBrokenOpensNothing()
    {
        QFETCH(QByteArray, content);
        write(content.toStdString());
        UnlockDesk desk = makeDesk();
        QVERIFY(!desk.challenge(noonMs, 0));
        const std::string code = makeUnlockCode(m_key, {ownUnlockDevice(), today, 1});
        QCOMPARE(int(desk.tryCode(code, noonMs, 0).kind), int(UnlockDesk::Answer::Wrong));
    }

    void aFileThatOthersMayWriteIsNotBelieved()
    {
        QVERIFY(QFile::setPermissions(codesPath(), QFile::ReadOwner | QFile::WriteOwner | QFile::WriteOther));
        QVERIFY(!makeDesk().challenge(noonMs, 0));
    }

    void daysAreLocal()
    {
        QCOMPARE(dayNumber(noonMs, 0), today);
        QCOMPARE(dayNumber(today * dayMs - 1, 8 * 3600), today);
        QCOMPARE(dayText(today), std::string("2026-11-26"));
    }

private:
    QString codesPath() const { return m_folder->filePath(QStringLiteral("unlock.codes")); }
    void write(const std::string &text) const
    {
        QFile file(codesPath());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text.data(), qint64(text.size()));
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    }
    UnlockDesk makeDesk()
    {
        return UnlockDesk(codesPath().toStdString(), m_folder->path().toStdString(), m_state);
    }

    const UnlockKey m_key = keyOf(7);
    UnlockState m_state;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_APPLESS_MAIN(TestGateUnlock)
#include "tst_gate_unlock.moc"
