#include "app/report/pdf_file.h"
#include "quiz/protocol/statement.h"
#include "tests/e2e/reports/report_office.h"

#include "question_bank/base/clock.h"
#include "question_bank/base/file.h"
#include "question_bank/base/random.h"
#include "question_bank/base/uuid.h"
#include "question_bank/formats/zip_archive.h"

#include <functional>

#include <SQLiteCpp/SQLiteCpp.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace qingfeng;

/** `archive report` and `archive verify`, the programs themselves, with a server between them. */
class TestReports : public QObject
{
    Q_OBJECT

    ReportOffice m_office;

    /** Writes a report of one person and returns its path. */
    QString personReport(const QString &format, const QStringList &more = {}, const char *person = "001")
    {
        const QString out = m_office.file(QLatin1String(person) + QLatin1Char('.') + format);
        const CtlRun run
            = runCtl(QStringList{QStringLiteral("--data"), m_office.pc(1), QStringLiteral("archive"),
                         QStringLiteral("report"), QStringLiteral("--person"), QLatin1String(person),
                         QStringLiteral("--format"), format, QStringLiteral("--out"), out,
                         QStringLiteral("--bank"), m_office.bankFile()}
                + more);
        return run.status == 0 ? out : QStringLiteral("failed: ") + run.err;
    }

    CtlRun groupReport(const QStringList &subject, const QString &format, const QString &out)
    {
        return runCtl(
            QStringList{QStringLiteral("--admin"), m_office.adminFile(), QStringLiteral("archive"),
                QStringLiteral("report"), QStringLiteral("--format"), format, QStringLiteral("--out"), out}
            + subject);
    }

    CtlRun verify(const QString &path)
    {
        return runCtl({QStringLiteral("--json"), QStringLiteral("archive"), QStringLiteral("verify"), path,
            QStringLiteral("--receipt-key"), m_office.receiptKeyFile()});
    }

    static QByteArray contents(const QString &path)
    {
        const auto bytes = readFile(path, 64 * 1024 * 1024);
        return bytes ? *bytes : QByteArray();
    }

    static QString tool(const char *name, const QStringList &arguments)
    {
        QProcess process;
        process.start(QLatin1String(name), arguments);
        process.waitForFinished(30'000);
        return QString::fromUtf8(process.readAllStandardOutput());
    }

    using TamperJson = std::function<void(QJsonArray &, QJsonObject &)>;

    static QByteArray tampered(const QByteArray &archive, const TamperJson &tamper)
    {
        QJsonObject document = QJsonDocument::fromJson(archive).object();
        QJsonArray attempts = document.value(QStringLiteral("attempts")).toArray();
        tamper(attempts, document);
        document.insert(QStringLiteral("attempts"), attempts);
        return QJsonDocument(document).toJson();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString failed = m_office.open();
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
    }

    void aPersonsPdfCanBeSearchedAndVerified()
    {
        const QString pdf = personReport(QStringLiteral("pdf"));
        const CtlRun run = verify(pdf);
        QVERIFY2(run.status == 0, qPrintable(run.out + run.err + pdf));
        QCOMPARE(run.json().value(QStringLiteral("attempts")).toInt(), 5);
        QVERIFY(run.json().value(QStringLiteral("receipts")).toInt() >= 1);

        if (QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty()) {
            QSKIP("pdftotext is not installed");
        }
        const QString text = tool("pdftotext", {QStringLiteral("-layout"), pdf, QStringLiteral("-")});
        for (const char *word : {"电子学习档案", "金行高", "清风样例局", "征收管理科", "链首", "服务器回执",
                 "掌握分走势", "学习日历", "薄弱风险点", "行政处罚金额的裁量", "见面谈话", "作答明细",
                 "本人签字", "第 1 页，共"}) {
            QVERIFY2(text.contains(QString::fromUtf8(word)), qPrintable(QString::fromUtf8(word) + text));
        }
        for (const QChar c : text) {
            QVERIFY2(c.unicode() < 0x2E80 || c.unicode() > 0x2FDF, qPrintable(QString(c))); // no radicals
        }
        const QStringList fonts = tool("pdffonts", {pdf}).split(QLatin1Char('\n'), Qt::SkipEmptyParts).mid(2);
        QVERIFY(!fonts.isEmpty());
        for (const QString &font : fonts) {
            QVERIFY2(font.contains(QStringLiteral("CJKsc")) && font.contains(QStringLiteral(" yes ")),
                qPrintable(font));
        }
    }

    void whatIsDoneToAFileIsFound_data()
    {
        QTest::addColumn<TamperJson>("tamper");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("seq");
        const auto row = [](const char *name, const char *kind, int seq, TamperJson tamper) {
            QTest::newRow(name) << tamper << QString::fromLatin1(kind) << seq;
        };
        row("altered", "altered", 2, [](QJsonArray &list, QJsonObject &) {
            QJsonObject one = list.at(1).toObject();
            one.insert(QStringLiteral("outcome"), QStringLiteral("right"));
            list[1] = one;
        });
        row("removed", "removed", 3, [](QJsonArray &list, QJsonObject &) { list.removeAt(2); });
        row("inserted", "inserted", 2, [](QJsonArray &list, QJsonObject &) {
            QJsonObject one = list.at(1).toObject();
            one.insert(QStringLiteral("id"), QStringLiteral("019e0c1e-7c3a-7def-8abc-0123456789ab"));
            list.insert(2, one);
        });
        row("reordered", "moved", 2, [](QJsonArray &list, QJsonObject &) {
            const QJsonValue one = list.at(1);
            list[1] = list.at(3);
            list[3] = one;
        });
        row("cut", "removed", 5, [](QJsonArray &list, QJsonObject &) { list.removeLast(); }); // others follow
        row("cut with the head", "cut", 5, [](QJsonArray &list, QJsonObject &document) {
            list.removeLast();
            document.remove(QStringLiteral("others"));
            const QJsonObject last = list.last().toObject();
            document.insert(QStringLiteral("head"),
                QJsonObject{{QStringLiteral("seq"), last.value(QStringLiteral("seq"))},
                    {QStringLiteral("hash"), last.value(QStringLiteral("hash"))}});
        });
        row("spliced", "foreign", 4, [](QJsonArray &list, QJsonObject &) {
            for (qsizetype i = 3; i < list.size(); ++i) {
                QJsonObject one = list.at(i).toObject();
                one.insert(QStringLiteral("store"), QStringLiteral("019e0c00-0000-7000-8000-000000000000"));
                list[i] = one;
            }
        });
    }

    void whatIsDoneToAFileIsFound()
    {
        QFETCH(TamperJson, tamper);
        QFETCH(QString, kind);
        QFETCH(int, seq);
        const QByteArray archive = contents(personReport(QStringLiteral("json")));
        QVERIFY(!archive.isEmpty());
        const QByteArray forged = tampered(archive, tamper);
        const QString json = m_office.file(QStringLiteral("forged.json"));
        QVERIFY(writeFileAtomically(json, forged));
        const auto inside = finishPdf(contents(personReport(QStringLiteral("pdf"))), {},
            {QStringLiteral("archive.json"), forged, QStringLiteral("application/json")});
        const QString pdf = m_office.file(QStringLiteral("forged.pdf"));
        QVERIFY(inside && writeFileAtomically(pdf, *inside));
        for (const QString &path : {json, pdf}) {
            const CtlRun run = verify(path);
            QCOMPARE(run.status, 1);
            const QJsonObject first = run.json().value(QStringLiteral("first")).toObject();
            QCOMPARE(first.value(QStringLiteral("kind")).toString(), kind);
            QCOMPARE(first.value(QStringLiteral("seq")).toInt(), seq);
        }
    }

    void whatIsDoneToAStoreIsFound_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("seq");
        const auto row = [](const char *name, const char *kind, int seq, const char *sql) {
            QTest::newRow(name) << QString::fromUtf8(sql) << QString::fromLatin1(kind) << seq;
        };
        const char *const mendHead
            = "UPDATE value SET value = (SELECT max(seq) FROM attempt) WHERE name = 'head_seq';"
              "UPDATE value SET value = (SELECT lower(hex(hash)) FROM attempt ORDER BY seq DESC LIMIT 1) "
              "WHERE name = 'head_hash';";
        row("altered", "altered", 2, "UPDATE attempt SET marks = 100, outcome = 'right' WHERE seq = 2");
        row("removed", "removed", 3, "DELETE FROM attempt WHERE seq = 3");
        row("reordered", "moved", 2,
            "UPDATE attempt SET seq = -1 WHERE seq = 2; UPDATE attempt SET seq = 2 WHERE seq = 3; "
            "UPDATE attempt SET seq = 3 WHERE seq = -1");
        row("inserted", "inserted", 4, // the rest renumbered
            "UPDATE attempt SET seq = -seq - 1 WHERE seq >= 4; UPDATE attempt SET seq = -seq WHERE seq < 0;"
            "INSERT INTO attempt SELECT 4, 'forged', person, post, question, version, bank_revision, "
            "choices_shown, "
            "response, marks, full_marks, outcome, context, obligation, response_ms, answered_at_ms, "
            "utc_offset_s, "
            "study_day, hash, randomblob(32), details FROM attempt WHERE seq = 3");
        row("cut", "cut", 7, "DELETE FROM attempt WHERE seq = 7");
        QTest::newRow("cut, and the head mended")
            << QStringLiteral("DELETE FROM attempt WHERE seq >= 6; ") + QLatin1String(mendHead)
            << QStringLiteral("cut") << 6;
        QTest::newRow("spliced with another store")
            << QStringLiteral("DELETE FROM attempt WHERE seq >= 2; ATTACH '%1' AS other; INSERT INTO attempt "
                              "SELECT * FROM "
                              "other.attempt WHERE seq >= 2; ")
                    .arg(m_office.database(2))
                + QLatin1String(mendHead)
            << QStringLiteral("altered") << 2;
    }

    void whatIsDoneToAStoreIsFound()
    {
        QFETCH(QString, sql);
        QFETCH(QString, kind);
        QFETCH(int, seq);
        const QTemporaryDir copy;
        const QString path = copy.filePath(QStringLiteral("copy.db"));
        {
            SQLite::Database original(m_office.database(1).toStdString());
            SQLite::Statement vacuum(original, "VACUUM INTO ?");
            vacuum.bind(1, path.toStdString());
            vacuum.exec();
        }
        QCOMPARE(verify(path).status, 0);
        SQLite::Database(path.toStdString(), SQLite::OPEN_READWRITE).exec(sql.toStdString());
        const CtlRun run = verify(path);
        QCOMPARE(run.status, 1);
        const QJsonObject first = run.json().value(QStringLiteral("first")).toObject();
        QCOMPARE(first.value(QStringLiteral("kind")).toString(), kind);
        QCOMPARE(first.value(QStringLiteral("seq")).toInt(), seq);
    }

    void aDamagedPdfIsNoArchive()
    {
        const QByteArray pdf = contents(personReport(QStringLiteral("pdf")));
        const QString path = m_office.file(QStringLiteral("damaged.pdf"));
        for (const qsizetype kept : {qsizetype(20), pdf.size() / 3}) {
            QVERIFY(writeFileAtomically(path, pdf.left(kept)));
            QCOMPARE(verify(path).status, 1);
        }
        const QString unit = m_office.file(QStringLiteral("unit.pdf"));
        QCOMPARE(groupReport({QStringLiteral("--unit")}, QStringLiteral("pdf"), unit).status, 0);
        QCOMPARE(verify(unit).status, 1); // holds no answers, so nothing to verify
    }

    void onASharedPcOthersAnswersStayOut()
    {
        const QByteArray archive = contents(personReport(QStringLiteral("json"), {}, "002"));
        const QJsonObject document = QJsonDocument::fromJson(archive).object();
        QCOMPARE(document.value(QStringLiteral("attempts")).toArray().size(), 2);
        QCOMPARE(document.value(QStringLiteral("others")).toArray().size(), 5);
        for (const QString &id : m_office.answered().first(5)) {
            QVERIFY(!archive.contains(id.toUtf8()));
        }
        QCOMPARE(verify(m_office.file(QStringLiteral("002.json"))).status, 0);
    }

    void aWorkbookHasTypesAFrozenHeaderAndCharts()
    {
        const auto files = readZip(contents(personReport(QStringLiteral("xlsx"))));
        QVERIFY(files);
        QVERIFY(files->contains(QStringLiteral("xl/charts/chart2.xml"))); // line and bars
        int frozen = 0;
        for (auto file = files->constBegin(); file != files->constEnd(); ++file) {
            frozen += file.key().startsWith(QStringLiteral("xl/worksheets/sheet"))
                    && file->contains("state=\"frozen\"")
                ? 1
                : 0;
        }
        QCOMPARE(frozen, 7); // a sheet for each block
        const QByteArray answers = files->value(QStringLiteral("xl/worksheets/sheet8.xml"));
        QVERIFY(answers.contains("<c r=\"A2\"><v>1</v></c>")); // a number, not a text
        QVERIFY(files->value(QStringLiteral("xl/styles.xml")).contains("yyyy\\-mm\\-dd")
            || files->value(QStringLiteral("xl/styles.xml")).contains("yyyy-mm-dd"));
    }

    void statementsAreThoseThatTheServerHolds()
    {
        const QJsonArray list
            = QJsonDocument::fromJson(contents(personReport(QStringLiteral("xapi")))).array();
        QCOMPARE(list.size(), 5);
        for (qsizetype i = 0; i < list.size(); ++i) {
            const auto attempt = attemptFromStatement(list.at(i).toObject());
            QVERIFY2(attempt, qPrintable(attempt.error().toString()));
            QCOMPARE(attempt->id, m_office.answered().at(i));
            QCOMPARE(chainHash(*attempt), attempt->hash);
        }
    }

    void groupsAreReadFromTheServer_data()
    {
        QTest::addColumn<QStringList>("subject");
        QTest::addColumn<int>("people");
        QTest::addColumn<int>("joined");
        QTest::newRow("unit") << QStringList{QStringLiteral("--unit")} << 5 << 4;
        QTest::newRow("department") << QStringList{QStringLiteral("--department"), QStringLiteral("D2")} << 3
                                    << 2;
        QTest::newRow("post") << QStringList{QStringLiteral("--post"), QStringLiteral("P02")} << 1 << 0;
    }

    void groupsAreReadFromTheServer()
    {
        QFETCH(QStringList, subject);
        QFETCH(int, people);
        QFETCH(int, joined);
        const QString out = m_office.file(QStringLiteral("group.out"));
        const CtlRun run = groupReport(subject, QStringLiteral("json"), out);
        QVERIFY2(run.status == 0, qPrintable(run.err));
        const QByteArray bytes = contents(out);
        const QJsonArray figures
            = QJsonDocument::fromJson(bytes).object().value(QStringLiteral("figures")).toArray();
        QCOMPARE(figures.at(5).toObject().value(QStringLiteral("value")).toInt(), people);
        QCOMPARE(figures.at(6).toObject().value(QStringLiteral("value")).toInt(), joined);
        for (const QString &id : m_office.answered()) {
            QVERIFY(!bytes.contains(id.toUtf8()));
        }
        for (const char *format : {"pdf", "xlsx", "csv"}) {
            QCOMPARE(groupReport(subject, QLatin1String(format), out).status, 0);
        }
        QVERIFY(contents(out).startsWith("\xEF\xBB\xBF"));
    }

    void onlyAnAdministratorReadsGroups()
    {
        const QString out = m_office.file(QStringLiteral("no.json"));
        const QStringList report{QStringLiteral("archive"), QStringLiteral("report"),
            QStringLiteral("--unit"), QStringLiteral("--format"), QStringLiteral("json"),
            QStringLiteral("--out"), out};
        QCOMPARE(runCtl(report).status, 2);
        QJsonObject admin = QJsonDocument::fromJson(contents(m_office.adminFile())).object();
        admin.insert(QStringLiteral("token"), QStringLiteral("another"));
        const QString forged = m_office.file(QStringLiteral("forged-admin.json"));
        QVERIFY(writeFileAtomically(forged, QJsonDocument(admin).toJson()));
        QCOMPARE(runCtl(QStringList{QStringLiteral("--admin"), forged} + report).status, 1);
        QVERIFY(!QFile::exists(out));
    }

    void whatCannotBeMeantIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, int status, const char *arguments) {
            QTest::newRow(name) << QString::fromUtf8(arguments).split(QLatin1Char(' ')) << status;
        };
        row("nobody named", 2, "--format json");
        row("two named", 2, "--person 001 --unit");
        row("a day that is none", 2, "--person 001 --from 2026-02-30");
        row("a period that ends before it begins", 2, "--person 001 --from 2026-11-02 --to 2026-11-01");
        row("a format that is none", 2, "--person 001 --format docx");
        row("a pass mark over a hundred", 2, "--person 001 --pass 101");
        row("statements of a group", 2, "--unit --format xapi");
        row("a person nobody knows", 1, "--person 999 --format json");
    }

    void whatCannotBeMeantIsRefused()
    {
        QFETCH(QStringList, arguments);
        const QString out = m_office.file(QStringLiteral("none"));
        const CtlRun run
            = runCtl(QStringList{QStringLiteral("--data"), m_office.pc(1), QStringLiteral("archive"),
                         QStringLiteral("report"), QStringLiteral("--out"), out, QStringLiteral("--bank"),
                         m_office.bankFile()}
                + arguments);
        QTEST(run.status, "status");
        QVERIFY(!run.err.isEmpty());
        QVERIFY(!QFile::exists(out));
    }

    void afterAllThisNothingDiffers()
    {
        const CtlRun run = runCtl({QStringLiteral("--json"), QStringLiteral("--data"), m_office.pc(1),
            QStringLiteral("archive"), QStringLiteral("rebuild")});
        QCOMPARE(run.status, 0);
        QCOMPARE(run.json().value(QStringLiteral("differing")).toInt(-1), 0);
    }

    /** A doubt goes to the desk with the next sync, and its answer comes back with the one after. */
    void aDoubtIsAnswered()
    {
        const QString words = QStringLiteral("依据的条款是否已经修订？");
        FeedbackEntry doubt;
        {
            const SystemClock clock;
            SystemRandom random;
            const auto store = LearningStore::open(m_office.database(1), clock, random);
            QVERIFY(store);
            doubt.id = doubt.thread = makeUuidV7(clock, random);
            doubt.person = QStringLiteral("001");
            doubt.text = words;
            doubt.question = QStringLiteral("P01-R01-01");
            doubt.version = 1;
            doubt.writtenAtMs = clock.utcMs();
            QVERIFY((*store)->feedback().write(doubt));
        }
        const QStringList pc {QStringLiteral("--data"), m_office.pc(1)};
        const auto sync = [&] { return runCtl(pc + QStringList {QStringLiteral("server"), QStringLiteral("sync")}); };
        const auto desk = [&](const QStringList &arguments) {
            return runCtl(QStringList {QStringLiteral("--json"), QStringLiteral("--admin"), m_office.adminFile(),
                              QStringLiteral("message")}
                + arguments);
        };
        QCOMPARE(sync().status, 0);
        const QJsonArray inbox
            = desk({QStringLiteral("list")}).json().value(QStringLiteral("threads")).toArray();
        QCOMPARE(inbox.size(), 1);
        QCOMPARE(inbox.first().toObject().value(QStringLiteral("text")).toString(), words);
        const QString author = QStringLiteral("张三（纪检组）");
        const CtlRun shown
            = desk({QStringLiteral("show"), doubt.thread, QStringLiteral("--author"), author});
        QVERIFY2(shown.status == 0, qPrintable(shown.out + shown.err));
        QCOMPARE(shown.json().value(QStringLiteral("state")).toString(), QStringLiteral("read"));
        const QStringList reply {QStringLiteral("reply"), doubt.thread, QStringLiteral("--author"), author,
            QStringLiteral("--text"), QStringLiteral("已经更正，谢谢。"), QStringLiteral("--id"),
            QStringLiteral("019e0c1e-7c3a-7def-8abc-0123456789ab")};
        QCOMPARE(desk(reply).status, 0);
        QCOMPARE(desk(reply).status, 0); // sent again
        QVERIFY(desk({QStringLiteral("list")}).json().value(QStringLiteral("threads")).toArray().isEmpty());
        QCOMPARE(sync().status, 0);
        {
            const SystemClock clock;
            SystemRandom random;
            const auto store = LearningStore::open(m_office.database(1), clock, random);
            const auto threads = (*store)->feedback().threads(QStringLiteral("001"));
            QCOMPARE(threads->size(), 1);
            QCOMPARE(threads->first().state(), FeedbackState::Answered);
            QCOMPARE(threads->first().entries.size(), 3);
            QCOMPARE(threads->first().unseen, 1);
            QVERIFY((*store)->feedback().threads(QStringLiteral("002"))->isEmpty());
        }
        QCOMPARE(desk({QStringLiteral("close"), doubt.thread, QStringLiteral("--author"), author}).status, 0);
        QVERIFY(desk({QStringLiteral("show"), QStringLiteral("no-such-thread")}).status != 0);
    }

    /** From the administrator's command to the person's PC, paper and a check of it. */
    void aCorrectionIsAnAnnotation()
    {
        const QString id = m_office.answered().first();
        const QString words = QStringLiteral("此题依据已更新，不影响认定");
        const QStringList admin {QStringLiteral("--json"), QStringLiteral("--admin"), m_office.adminFile(),
            QStringLiteral("archive")};
        const CtlRun made = runCtl(admin
            + QStringList {QStringLiteral("annotate"), id, QStringLiteral("--author"), QStringLiteral("张三（纪检组）"),
                QStringLiteral("--text"), words});
        QVERIFY2(made.status == 0, qPrintable(made.out + made.err));
        const QString person = made.json().value(QStringLiteral("person")).toString();
        QCOMPARE(runCtl(admin + QStringList {QStringLiteral("annotations"), QStringLiteral("--person"), person})
                     .json()
                     .value(QStringLiteral("annotations"))
                     .toArray()
                     .size(),
            1);
        const CtlRun unknown = runCtl(admin
            + QStringList {QStringLiteral("annotate"), QStringLiteral("019e0c1e-7c3a-7def-8abc-0123456789ab"),
                QStringLiteral("--author"), QStringLiteral("张三"), QStringLiteral("--text"), words});
        QVERIFY(unknown.status != 0);

        const QStringList pc {QStringLiteral("--data"), m_office.pc(1)};
        const CtlRun sync = runCtl(pc + QStringList {QStringLiteral("server"), QStringLiteral("sync")});
        QVERIFY2(sync.status == 0, qPrintable(sync.out + sync.err));
        QVERIFY(runCtl(pc + QStringList {QStringLiteral("archive"), QStringLiteral("show")}).out.contains(words));
        const CtlRun store = runCtl(QStringList {QStringLiteral("--json")} + pc
            + QStringList {QStringLiteral("archive"), QStringLiteral("verify"), QStringLiteral("--receipt-key"),
                m_office.receiptKeyFile()});
        QVERIFY2(store.status == 0, qPrintable(store.out + store.err));
        QCOMPARE(store.json().value(QStringLiteral("annotations")).toInt(), 1);

        const QString json = personReport(QStringLiteral("json"), {}, person.toLatin1().constData());
        QCOMPARE(verify(json).status, 0);
        const QByteArray file = contents(json);
        QVERIFY(file.contains("更正与批注"));
        const QString altered = m_office.file(QStringLiteral("altered.json"));
        QVERIFY(writeFileAtomically(altered, QByteArray(file).replace("不影响认定", "应当改判了")));
        const CtlRun found = verify(altered);
        QVERIFY(found.status != 0);
        QVERIFY2(found.out.contains(QStringLiteral("annotation 1")), qPrintable(found.out));
        const QByteArray statements
            = contents(personReport(QStringLiteral("xapi"), {}, person.toLatin1().constData()));
        QVERIFY(statements.contains("StatementRef"));
        QVERIFY(contents(personReport(QStringLiteral("csv"), {}, person.toLatin1().constData())).contains("更正与批注"));
    }
};

QTEST_GUILESS_MAIN(TestReports)
#include "tst_reports.moc"
