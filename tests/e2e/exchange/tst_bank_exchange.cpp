#include "question_bank/formats/bank_sources.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

/** `qingfengctl bank import` and `bank export`, as an administrator or a script runs them. */
class TestBankExchange : public QObject
{
    Q_OBJECT

    struct Run
    {
        int status = -1;
        QString out;
        QString err;
        QJsonObject json;
    };

    QTemporaryDir *m_dir = nullptr;

    QString path(const QString &name) const { return m_dir->filePath(name); }

    Run run(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_dir->path());
        process.start(qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfengctl"), arguments);
        Run result;
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit) {
            return result;
        }
        const QByteArray out = process.readAllStandardOutput();
        result.status = process.exitCode();
        result.out = QString::fromUtf8(out);
        result.err = QString::fromUtf8(process.readAllStandardError());
        result.json = QJsonDocument::fromJson(out).object();
        return result;
    }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    static QString starterBank() { return QStringLiteral(QF_SOURCE_DIR "/resources/bank"); }

private Q_SLOTS:
    void init() { m_dir = new QTemporaryDir; }
    void cleanup() { delete m_dir; }

    void aDryRunWritesNothing()
    {
        write(QStringLiteral("a.gift"), "问 {=甲 ~乙}\n\n谈谈 {}\n");
        const Run dry = run({QStringLiteral("bank"), QStringLiteral("import"), QStringLiteral("a.gift"),
            QStringLiteral("--into"), QStringLiteral("bank.json"), QStringLiteral("--json")});
        QCOMPARE(dry.status, 0);
        QCOMPARE(dry.json.value(QStringLiteral("accepted")).toInt(), 1);
        QCOMPARE(dry.json.value(QStringLiteral("committed")).toBool(true), false);
        const QJsonObject rejected = dry.json.value(QStringLiteral("rejected")).toArray().first().toObject();
        QCOMPARE(rejected.value(QStringLiteral("file")).toString(), QStringLiteral("a.gift"));
        QCOMPARE(rejected.value(QStringLiteral("row")).toInt(), 3);
        QVERIFY(!QFile::exists(path(QStringLiteral("bank.json"))));
    }

    void confirmedItIsThereAndThenADuplicate()
    {
        write(QStringLiteral("a.gift"), "问 {=甲 ~乙}\n\n谈谈 {}\n");
        const QStringList command{QStringLiteral("bank"), QStringLiteral("import"), QStringLiteral("a.gift"),
            QStringLiteral("--into"), QStringLiteral("bank.json"), QStringLiteral("--confirm"),
            QStringLiteral("--json")};
        const Run first = run(command);
        QCOMPARE(first.status, 0);
        QVERIFY(first.json.value(QStringLiteral("committed")).toBool());
        const Run second = run(command);
        QCOMPARE(second.status, 0);
        QCOMPARE(second.json.value(QStringLiteral("accepted")).toInt(-1), 0);
        QCOMPARE(second.json.value(QStringLiteral("duplicate")).toInt(), 1);
        const Run show = run({QStringLiteral("bank"), QStringLiteral("show"), QStringLiteral("bank.json"),
            QStringLiteral("--json")});
        QCOMPARE(show.json.value(QStringLiteral("questions")).toArray().size(), 1);
    }

    void theStarterBankGoesThroughEveryFormat_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<bool>("holdsAll"); // GIFT has no case and one blank
        for (const char *format : {"gift", "moodle-xml", "qti", "json"}) {
            QTest::newRow(format) << QString::fromLatin1(format) << (qstrcmp(format, "gift") != 0);
        }
    }
    void theStarterBankGoesThroughEveryFormat()
    {
        QFETCH(QString, format);
        QFETCH(bool, holdsAll);
        const auto bank = readBankSources(starterBank());
        QVERIFY(bank);
        int kept = 0;
        for (const QuestionVersion &question : bank->questions()) {
            kept += holdsAll
                || (question.type != QuestionType::Case && question.blanks.size() <= 1);
        }
        const Run out = run(
            {QStringLiteral("bank"), QStringLiteral("export"), starterBank(), QStringLiteral("--format"),
                format, QStringLiteral("--out"), QStringLiteral("out"), QStringLiteral("--json")});
        QCOMPARE(out.status, 0);
        QCOMPARE(out.json.value(QStringLiteral("lost")).toArray().size(), bank->questions().size() - kept);
        const Run in = run({QStringLiteral("bank"), QStringLiteral("import"), QStringLiteral("out"),
            QStringLiteral("--into"), starterBank(), QStringLiteral("--json")});
        QCOMPARE(in.status, 0);
        QCOMPARE(in.json.value(QStringLiteral("duplicate")).toInt(), kept);
        QCOMPARE(in.json.value(QStringLiteral("accepted")).toInt(-1)
                + in.json.value(QStringLiteral("updated")).toInt(-1),
            0);
        QCOMPARE(in.json.value(QStringLiteral("warnings")).toArray().size(), 0);
    }

    void aFolderOfSourcesGrows()
    {
        write(QStringLiteral("a.txt"), "问一？\nA. 甲\nB. 乙\nANSWER: B\n");
        write(QStringLiteral("b.gift"), "$CATEGORY: P03/P03-R05\n\n问二 {=甲 ~乙}\n");
        const Run made = run({QStringLiteral("bank"), QStringLiteral("import"), QStringLiteral("a.txt"),
            QStringLiteral("b.gift"), QStringLiteral("--into"), QStringLiteral("sources"),
            QStringLiteral("--confirm"), QStringLiteral("--json")});
        QCOMPARE(made.status, 0);
        QCOMPARE(QDir(path(QStringLiteral("sources/questions"))).entryList(QDir::Files),
            (QStringList{QStringLiteral("P03.toml"), QStringLiteral("unassigned.toml")}));
        write(QStringLiteral("c.gift"), "问三 {=甲 ~乙}\n");
        const Run grown = run({QStringLiteral("bank"), QStringLiteral("import"), QStringLiteral("c.gift"),
            QStringLiteral("--into"), QStringLiteral("sources"), QStringLiteral("--confirm"),
            QStringLiteral("--json")});
        QCOMPARE(grown.status, 0);
        const auto bank = readBankSources(path(QStringLiteral("sources")));
        QVERIFY(bank);
        QCOMPARE(bank->questions().size(), 3);
    }

    void whatIsNotTrueOrNotUnderstoodIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("words");
        const auto import = [](const QStringList &rest) {
            return QStringList{QStringLiteral("bank"), QStringLiteral("import")} + rest;
        };
        QTest::newRow("nothing could be taken")
            << import({QStringLiteral("essay.gift"), QStringLiteral("--into"), QStringLiteral("b.json")}) << 1
            << QStringLiteral("essay");
        QTest::newRow("a file that is not there")
            << import({QStringLiteral("no.gift"), QStringLiteral("--into"), QStringLiteral("b.json")}) << 1
            << QStringLiteral("no.gift");
        QTest::newRow("a signed package as the target")
            << import({QStringLiteral("good.gift"), QStringLiteral("--into"), QStringLiteral("b.qfbank")})
            << 1 << QStringLiteral("签名的题库包");
        QTest::newRow("no target") << import({QStringLiteral("good.gift")}) << 2 << QStringLiteral("--into");
        QTest::newRow("an unknown format") << import({QStringLiteral("good.gift"), QStringLiteral("--into"),
            QStringLiteral("b.json"), QStringLiteral("--format"), QStringLiteral("pdf")})
                                           << 2 << QStringLiteral("--format");
        QTest::newRow("a bank that is not there") << QStringList{QStringLiteral("bank"),
            QStringLiteral("export"), QStringLiteral("no"), QStringLiteral("--format"),
            QStringLiteral("gift"), QStringLiteral("--out"), QStringLiteral("x")}
                                                  << 1 << QStringLiteral("没有找到");
        QTest::newRow("an output that cannot be written") << QStringList{QStringLiteral("bank"),
            QStringLiteral("export"), starterBank(), QStringLiteral("--format"), QStringLiteral("gift"),
            QStringLiteral("--out"), QStringLiteral("no/such/x")}
                                                          << 1 << QStringLiteral("读写文件失败");
    }
    void whatIsNotTrueOrNotUnderstoodIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, words);
        write(QStringLiteral("good.gift"), "问 {=甲 ~乙}\n");
        write(QStringLiteral("essay.gift"), "谈谈 {}\n");
        const Run result = run(arguments);
        QCOMPARE(result.status, status);
        QVERIFY2((result.out + result.err).contains(words), qPrintable(result.out + result.err));
        QVERIFY(!QFile::exists(path(QStringLiteral("b.json"))));
    }
};

QTEST_APPLESS_MAIN(TestBankExchange)
#include "tst_bank_exchange.moc"
