#include "question_bank/check/check.h"
#include "question_bank/formats/bank_sources.h"
#include "question_bank/model/law_ripple.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

class TestBankSources : public QObject
{
    Q_OBJECT

    QTemporaryDir *m_dir = nullptr;

    QString path(const QString &name) const { return m_dir->filePath(name); }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    static QByteArray question(const QByteArray &id)
    {
        return "[[question]]\nid = \"" + id
            + "\"\nversion = 1\ntype = \"true_false\"\nrisk_points = [\"P00-R01\"]\narticles = [\"A-1\"]\n"
              "audience = \"all\"\ndifficulty = \"easy\"\nstem = \"说法\"\nanswer = [\"true\"]\n"
              "[question.explanation]\nact = \"a\"\nwhy = \"b\"\nconsequence = \"c\"\ninstead = \"d\"\n";
    }

private Q_SLOTS:
    void init()
    {
        m_dir = new QTemporaryDir;
        write(QStringLiteral("bank.toml"), "unit = \"u\"\nrevision = 3\ncreated_at = \"2026-11-24T00:00:00Z\"\n");
        write(QStringLiteral("catalogue/posts.json"), "[{\"code\":\"P00\",\"name\":\"通用\"}]");
        write(QStringLiteral("catalogue/risk_points.json"),
            "[{\"id\":\"P00-R01\",\"post\":\"P00\",\"name\":\"礼品\",\"grade\":\"high\"}]");
        write(QStringLiteral("catalogue/laws.json"), "[{\"id\":\"A\",\"title\":\"法\",\"short_title\":\"法\"}]");
        write(QStringLiteral("catalogue/articles.json"),
            "[{\"id\":\"A-1\",\"law\":\"A\",\"label\":\"第一条\",\"citable\":true}]");
        write(QStringLiteral("questions/P00.toml"),
            "author = \"甲\"\nreviewer = \"乙\"\nreviewed_on = \"2026-11-24\"\nvalid_from = \"2026-11-24\"\n"
                + question("P00-R01-01"));
    }

    void cleanup() { delete m_dir; }

    void whatAFileSharesGoesToEveryQuestion()
    {
        const auto bank = readBankSources(m_dir->path());
        QVERIFY2(bank, qPrintable(bank.has_error() ? bank.error().toString() : QString()));
        QCOMPARE(bank->revision, 3);
        const QuestionVersion &q = bank->questions().first();
        QCOMPARE(q.author, QStringLiteral("甲"));
        QCOMPARE(q.state, ReviewState::Approved);
        QCOMPARE(q.choices.size(), 2);
        QVERIFY(q.choices.first().pinned);
        QVERIFY(isPublishable(checkBank(*bank)));
    }

    void withoutAReviewerNothingIsApproved()
    {
        write(QStringLiteral("questions/P00.toml"), "author = \"甲\"\n" + question("P00-R01-01"));
        QCOMPARE(readBankSources(m_dir->path())->questions().first().state, ReviewState::InReview);
    }

    void faultsAreNamedByFileAndPlace_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("where");
        QTest::newRow("TOML that does not parse") << QStringLiteral("questions/P00.toml")
                                                  << QByteArray("author = \"甲\"\nstem = \n")
                                                  << QStringLiteral("line 2");
        QTest::newRow("an unknown question type") << QStringLiteral("questions/P00.toml")
                                                  << question("P00-R01-01").replace("true_false", "essay")
                                                  << QStringLiteral("P00-R01-01: type");
        QTest::newRow("the same question twice") << QStringLiteral("questions/P00.toml")
                                                 << question("P00-R01-01") + question("P00-R01-01")
                                                 << QStringLiteral("P00-R01-01");
        QTest::newRow("a catalogue that is no list") << QStringLiteral("catalogue/laws.json") << QByteArray("{}")
                                                     << QStringLiteral("laws.json");
        QTest::newRow("a risk point without a grade")
            << QStringLiteral("catalogue/risk_points.json")
            << QByteArray("[{\"id\":\"P00-R01\",\"post\":\"P00\",\"name\":\"x\"}]") << QStringLiteral("entry 1: grade");
        QTest::newRow("no revision") << QStringLiteral("bank.toml") << QByteArray("unit = \"u\"\n")
                                     << QStringLiteral("bank.toml");
    }

    void faultsAreNamedByFileAndPlace()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, where);
        write(file, content);
        const auto bank = readBankSources(m_dir->path());
        QVERIFY(!bank);
        QVERIFY2(bank.error().where().contains(where), qPrintable(bank.error().where()));
    }

    void garbageIsAnErrorAndNeverACrash()
    {
        QFile file(path(QStringLiteral("questions/P00.toml")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray good = file.readAll();
        QRandomGenerator random(20261124);
        for (int round = 0; round < 400; ++round) {
            QByteArray mutant = good;
            for (int change = random.bounded(1, 6); change > 0; --change) {
                mutant[random.bounded(int(mutant.size()))] = char(random.bounded(256));
            }
            write(QStringLiteral("questions/P00.toml"), mutant);
            const auto bank = readBankSources(m_dir->path());
            QVERIFY(bank || !bank.error().where().isEmpty());
        }
    }

    void theStarterBankIsPublishable()
    {
        const auto bank = readBankSources(QStringLiteral(QF_SOURCE_DIR "/resources/bank"));
        QVERIFY2(bank, qPrintable(bank.has_error() ? bank.error().toString() : QString()));
        QVERIFY(bank->questions().size() >= 60);
        QSet<QString> posts;
        for (const QuestionVersion &q : bank->questions()) {
            for (const QString &post : bank->postsOf(q)) {
                posts.insert(post);
            }
            QCOMPARE(q.state, ReviewState::Approved);
        }
        QVERIFY(posts.size() >= 15);
        const CheckReport report = reportOn(*bank);
        QVERIFY2(report.errors() == 0,
            qPrintable(report.errors() == 0 ? QString() : report.findings.first().object + report.findings.first().rule));
    }

    void aBankWithOneOfEverythingIsRead()
    {
        const auto bank = readBankSources(QStringLiteral(QF_SOURCE_DIR "/tests/data/question_bank/sources"));
        QVERIFY2(bank, qPrintable(bank.has_error() ? bank.error().toString() : QString()));
        QCOMPARE(bank->marking.fullMarks, 200);
        QVERIFY(!bank->marking.partialMatch);
        QVERIFY(bank->marking.partialOrder);

        QCOMPARE(bank->themes().size(), 2);
        const CultureTheme *theme = bank->theme(QStringLiteral("T02"));
        QCOMPARE(theme->title, QStringLiteral("春节廉洁过节"));
        QVERIFY(isOn(theme->window, QDate(2027, 1, 17), bank->festivals()));
        QCOMPARE(bank->story(theme->story)->who, QStringLiteral("东汉南阳太守羊续"));

        // The source says the file's name, the bank the name of its content.
        const QString picture = bank->media().firstKey();
        QVERIFY(picture.endsWith(QLatin1String(".svg")));
        QCOMPARE(theme->pictures.first().media, picture);
        QCOMPARE(bank->latest(QStringLiteral("P00-R01-01"))->picture->media, picture);

        const CheckReport report = reportOn(*bank);
        QCOMPARE(report.errors(), 0);
        QCOMPARE(report.accepted.size(), 3);
        QCOMPARE(report.findings.size(), 1);
        QCOMPARE(report.findings.first().rule, QStringLiteral("acceptance-for-nothing"));
    }

    void aRecordedChangeOfLawWorksOnReading()
    {
        const auto before = readBankSources(m_dir->path());
        const auto change
            = planLawChange(*before, QStringLiteral("A-1"), LawChangeKind::Amended, QDate(2027, 1, 1), QStringLiteral("新法"));
        QVERIFY(change);
        QVERIFY(recordLawChange(m_dir->path(), *change));
        QCOMPARE(recordLawChange(m_dir->path(), *change).error().code(), ErrorCode::Conflict);
        const auto after = readBankSources(m_dir->path());
        QVERIFY2(after, qPrintable(after.has_error() ? after.error().toString() : QString()));
        QCOMPARE(after->questions().first().state, ReviewState::Recheck);
        QCOMPARE(after->article(QStringLiteral("A-1"))->effectiveFrom, QDate(2027, 1, 1));
        QCOMPARE(after->lawChanges(), QList<LawChange> {*change});
    }

    void partsOfASourceThatAreWrongAreNamed_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("where");
        QTest::newRow("a window that is no window")
            << QStringLiteral("themes/T01.toml")
            << QByteArray("[[theme]]\nid = \"T01\"\ntitle = \"t\"\nwindow = { kind = \"fixed\", from = \"13-40\", to = \"01-02\" }\n")
            << QStringLiteral("T01.toml: T01: window");
        QTest::newRow("a theme twice") << QStringLiteral("themes/T01.toml")
                                       << QByteArray("[[theme]]\nid = \"T01\"\ntitle = \"t\"\nwindow = { kind = \"by_hand\" }\n"
                                                     "[[theme]]\nid = \"T01\"\ntitle = \"t\"\nwindow = { kind = \"by_hand\" }\n")
                                       << QStringLiteral("T01.toml: T01");
        QTest::newRow("a story without text") << QStringLiteral("stories/S01.toml")
                                              << QByteArray("id = \"S01\"\ntitle = \"t\"\n")
                                              << QStringLiteral("S01.toml: S01: text");
        QTest::newRow("a picture that is none") << QStringLiteral("media/a.png") << QByteArray("hello")
                                                << QStringLiteral("media/a.png");
        QTest::newRow("a reason without a rule")
            << QStringLiteral("bank.toml")
            << QByteArray("unit = \"u\"\nrevision = 3\ncreated_at = \"2026-11-24T00:00:00Z\"\naccepted = [{ reason = \"r\" }]\n")
            << QStringLiteral("bank.toml: accepted: rule");
        QTest::newRow("marks that are none")
            << QStringLiteral("bank.toml")
            << QByteArray("unit = \"u\"\nrevision = 3\ncreated_at = \"2026-11-24T00:00:00Z\"\n[marking]\nfull_marks = 0\n")
            << QStringLiteral("bank.toml: marking: full_marks");
        QTest::newRow("a festival in another year") << QStringLiteral("catalogue/festivals.json")
                                                    << QByteArray("[{\"year\": 2027, \"lantern\": \"2026-03-03\"}]")
                                                    << QStringLiteral("entry 1: lantern");
    }

    void partsOfASourceThatAreWrongAreNamed()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, where);
        write(file, content);
        const auto bank = readBankSources(m_dir->path());
        QVERIFY(!bank);
        QVERIFY2(bank.error().where().endsWith(where), qPrintable(bank.error().where()));
    }
};

QTEST_APPLESS_MAIN(TestBankSources)
#include "tst_bank_sources.moc"
