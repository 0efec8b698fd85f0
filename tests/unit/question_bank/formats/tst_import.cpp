#include "question_bank/formats/bank_sources.h"
#include "question_bank/formats/import.h"
#include "question_bank/formats/registry.h"
#include "question_bank/model/names.h"
#include "tests/support/sample_bank.h"
#include "tests/unit/question_bank/formats/all_types.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace qingfeng;

class TestImport : public QObject
{
    Q_OBJECT

    static ImportPlan plan(const QByteArray &gift, const QuestionBank &into = sampleBank(),
        const QString &name = QStringLiteral("题库 一.gift"))
    {
        return planImport({{name, gift}}, QStringLiteral("auto"), {}, into);
    }

    static QStringList statuses(const ImportPlan &plan)
    {
        QStringList list;
        for (const QJsonValue value : toJson(plan.receipt).value(QStringLiteral("questions")).toArray()) {
            list.append(value.toObject().value(QStringLiteral("status")).toString() + QLatin1Char(' ')
                + value.toObject().value(QStringLiteral("id")).toString());
        }
        return list;
    }

    static QByteArray giftOf(const QuestionVersion &question)
    {
        QuestionBank bank;
        bank.add(question);
        return questionFormat(QStringLiteral("gift"))->write(bank)->bytes;
    }

    static QMap<QString, QByteArray> contentOf(const QString &folder)
    {
        QMap<QString, QByteArray> files;
        QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (file.open(QIODevice::ReadOnly)) {
                files.insert(QDir(folder).relativeFilePath(file.fileName()), file.readAll());
            }
        }
        return files;
    }

private Q_SLOTS:
    void newQuestionsAreNamedByFileAndPlace()
    {
        const ImportPlan result = plan("问一 {=a ~b}\n\n问二 {=a ~b}\n");
        QCOMPARE(statuses(result),
            (QStringList{QStringLiteral("accepted 题库_一-001"), QStringLiteral("accepted 题库_一-002")}));
        QCOMPARE(result.added.first().state, ReviewState::Draft);
        QuestionBank held = sampleBank();
        QuestionVersion other = sampleQuestion(QStringLiteral("题库_一-001"), QStringLiteral("P00-R01"));
        held.add(other);
        QCOMPARE(
            statuses(plan("问一 {=a ~b}\n", held)), QStringList{QStringLiteral("accepted 题库_一-001-2")});
    }

    void theSameContentIsADuplicate()
    {
        const QuestionVersion *held = sampleBank().latest(QStringLiteral("P00-R01-01"));
        const QuestionBank bank = sampleBank();
        held = bank.latest(QStringLiteral("P00-R01-01"));
        QCOMPARE(statuses(plan(giftOf(*held))), QStringList{QStringLiteral("duplicate P00-R01-01")});
    }

    void theSameStemAndChoicesAreADuplicateUnderAnyId()
    {
        const ImportPlan result
            = plan("题干， P00-R01-01。 {=选项B ~选项a ~选项c ~选项d}\n\n新 {=a ~b}\n\n新！ {=b ~a}\n");
        QCOMPARE(statuses(result),
            (QStringList{QStringLiteral("duplicate P00-R01-01"), QStringLiteral("accepted 题库_一-002"),
                QStringLiteral("duplicate 题库_一-002")}));
        QVERIFY(result.receipt.warnings.last().reason.contains(QStringLiteral("答案不同")));
    }

    void otherContentUnderTheSameIdIsANewVersion()
    {
        QuestionBank bank = sampleBank();
        QuestionVersion held = *bank.latest(QStringLiteral("P00-R01-01"));
        held.state = ReviewState::Published;
        bank.add(held);
        const ImportPlan result
            = plan("// [id:P00-R01-01]\n改过的题干 {~选项a =选项b ~选项c ~选项d}\n", bank);
        QCOMPARE(statuses(result), QStringList{QStringLiteral("updated P00-R01-01")});
        QCOMPARE(result.added.first().version, 2);
        QCOMPARE(result.added.first().state, ReviewState::Draft);
        QCOMPARE(result.added.first().riskPoints, held.riskPoints);
        QCOMPARE(result.added.first().explanation, held.explanation);
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("bank.json"));
        QVERIFY(commitImport(result, {path, BankKind::File, false, bank}, 1000));
        const auto written = openBank(path);
        QVERIFY(written);
        QCOMPARE(*written->bank.question(held.id, 1), held);
        QCOMPARE(written->bank.latest(held.id)->stem, QStringLiteral("改过的题干"));
    }

    void twoContentsUnderOneIdInOneBatchAreRejected()
    {
        const ImportPlan result = plan("// [id:N-1]\n甲 {=a ~b}\n\n// [id:N-1]\n乙 {=a ~b}\n");
        QCOMPARE(statuses(result), QStringList{QStringLiteral("accepted N-1")});
        QCOMPARE(result.receipt.rejected.size(), 1);
        QCOMPARE(result.receipt.rejected.first().row, 5);
    }

    void approvalNeedsTwoPeople_data()
    {
        QTest::addColumn<QByteArray>("tags");
        QTest::addColumn<QString>("state");
        QTest::newRow("two people") << QByteArray("[tag:state:approved] [tag:author:甲] [tag:reviewer:乙]")
                                    << QStringLiteral("approved");
        QTest::newRow("one person") << QByteArray("[tag:state:approved] [tag:author:甲] [tag:reviewer:甲]")
                                    << QStringLiteral("draft");
        QTest::newRow("nobody") << QByteArray("[tag:state:published]") << QStringLiteral("draft");
        QTest::newRow("published elsewhere")
            << QByteArray("[tag:state:published] [tag:author:甲] [tag:reviewer:乙]")
            << QStringLiteral("approved");
        QTest::newRow("in review elsewhere")
            << QByteArray("[tag:state:in_review]") << QStringLiteral("draft");
    }
    void approvalNeedsTwoPeople()
    {
        QFETCH(QByteArray, tags);
        QFETCH(QString, state);
        const ImportPlan result = plan("// " + tags + "\n问 {=a ~b}\n");
        QCOMPARE(nameOf(result.added.first().state), state);
    }

    void categoriesNameRiskPoints_data()
    {
        QTest::addColumn<QByteArray>("category");
        QTest::addColumn<QStringList>("points");
        QTest::addColumn<QString>("warning");
        QTest::newRow("by id") << QByteArray("top/P01/P01-R02 礼品") << QStringList{QStringLiteral("P01-R02")}
                               << QString();
        QTest::newRow("by name") << QByteArray("题库/岗位P01/风险P01-R02")
                                 << QStringList{QStringLiteral("P01-R02")} << QString();
        QTest::newRow("a post alone")
            << QByteArray("岗位P01") << QStringList() << QStringLiteral("没有指明风险点");
        QTest::newRow("an unknown post")
            << QByteArray("P77") << QStringList() << QStringLiteral("没有岗位 P77");
        QTest::newRow("an unknown risk point")
            << QByteArray("P77-R01") << QStringList{QStringLiteral("P77-R01")}
            << QStringLiteral("没有风险点 P77-R01");
        QTest::newRow("something else") << QByteArray("第三章") << QStringList() << QString();
    }
    void categoriesNameRiskPoints()
    {
        QFETCH(QByteArray, category);
        QFETCH(QStringList, points);
        QFETCH(QString, warning);
        const ImportPlan result = plan("$CATEGORY: " + category + "\n\n问 {=a ~b}\n");
        QCOMPARE(result.added.first().riskPoints, points);
        bool warned = warning.isEmpty() && result.receipt.warnings.isEmpty();
        for (const ImportRemark &remark : result.receipt.warnings) {
            warned |= !warning.isEmpty() && remark.reason.contains(warning) && remark.row == 3;
        }
        QVERIFY(warned);
    }

    void badRowsHinderNoOther()
    {
        const ImportPlan result = planImport({{QStringLiteral("a.gift"), "问 {}\n\n好 {=a ~b}\n"},
                                                 {QStringLiteral("b.doc"), "\xd0\xcf\x11\xe0"},
                                                 {QStringLiteral("c.txt"), "问\nA. x\nB. y\nANSWER: A\n"}},
            QStringLiteral("auto"), {}, sampleBank());
        QCOMPARE(result.receipt.count(ImportStatus::Accepted), 2);
        QCOMPARE(result.receipt.rejected.size(), 2);
        QCOMPARE(result.receipt.rejected.first().file, QStringLiteral("a.gift"));
        QCOMPARE(result.receipt.rejected.last().file, QStringLiteral("b.doc"));
    }

    void theReceiptHasItsShape()
    {
        const QJsonObject receipt = toJson(plan("问 {}\n\n好 {=a ~b}\n").receipt);
        QCOMPARE(receipt.value(QStringLiteral("accepted")).toInt(), 1);
        QCOMPARE(receipt.value(QStringLiteral("updated")).toInt(-1), 0);
        QCOMPARE(receipt.value(QStringLiteral("duplicate")).toInt(-1), 0);
        QCOMPARE(receipt.value(QStringLiteral("committed")).toBool(true), false);
        const QJsonObject rejected = receipt.value(QStringLiteral("rejected")).toArray().first().toObject();
        QCOMPARE(rejected.keys(),
            (QStringList{QStringLiteral("column"), QStringLiteral("file"), QStringLiteral("reason"),
                QStringLiteral("row")}));
        QVERIFY(receipt.value(QStringLiteral("warnings")).isArray());
    }

    void newSourcesReadBackExactly()
    {
        const QuestionBank all = allTypes();
        QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("bank"));
        const auto written = writeBankSources(all, folder);
        QVERIFY2(written, qPrintable(written.has_error() ? written.error().toString() : QString()));
        const auto read = readBankSources(folder);
        QVERIFY(read);
        QCOMPARE(read->posts(), all.posts());
        QCOMPARE(read->riskPoints(), all.riskPoints());
        QCOMPARE(read->laws(), all.laws());
        QCOMPARE(read->articles(), all.articles());
        QCOMPARE(read->createdAtMs, all.createdAtMs);
        QCOMPARE(read->questions().size(), all.questions().size());
        for (const QuestionVersion &question : all.questions()) {
            QCOMPARE(*read->question(question.id, question.version), question);
        }
        QCOMPARE(readBankSources(folder)->media(), all.media());
        QVERIFY(!writeBankSources(all, folder));
        QCOMPARE(QDir(dir.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList{QStringLiteral("bank")});
    }

    void sourcesGrowWithoutAByteChanged()
    {
        QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("bank"));
        QVERIFY(writeBankSources(sampleBank(), folder));
        QFile comment(folder + QStringLiteral("/questions/P01.toml"));
        QVERIFY(comment.open(QIODevice::Append));
        comment.write("# a remark without a line end");
        comment.close();
        const auto before = contentOf(folder);
        const auto target = openBank(folder);
        QVERIFY(target);
        const QuestionBank all = allTypes();
        const auto json = questionFormat(QStringLiteral("json"))->write(all);
        ImportPlan result = planImport(
            {{QStringLiteral("all.json"), json->bytes}}, QStringLiteral("auto"), {}, target->bank);
        QCOMPARE(result.receipt.rejected.size(), 0);
        QVERIFY(result.receipt.count(ImportStatus::Accepted) >= 10);
        const auto done = commitImport(result, *target, 0);
        QVERIFY2(done, qPrintable(done.has_error() ? done.error().toString() : QString()));
        const auto after = contentOf(folder);
        for (const QString &name : before.keys()) {
            QVERIFY2(after.value(name).startsWith(before.value(name)), qPrintable(name));
        }
        const auto read = openBank(folder);
        QVERIFY(read);
        for (const QuestionVersion &question : result.added) {
            QCOMPARE(*read->bank.question(question.id, question.version), question);
        }
        QCOMPARE(read->bank.media(), all.media());
        // A second time there is nothing left to do.
        const ImportPlan again = planImport(
            {{QStringLiteral("all.json"), json->bytes}}, QStringLiteral("auto"), {}, read->bank);
        QCOMPARE(again.receipt.count(ImportStatus::Duplicate), again.receipt.questions.size());
        QVERIFY(commitImport(again, *read, 0));
        QCOMPARE(contentOf(folder), after);
    }

    void aFailureLeavesTheTargetAsItWas()
    {
        QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("bank"));
        QVERIFY(writeBankSources(sampleBank(), folder));
        const auto before = contentOf(folder);
        ImportPlan broken = plan("好 {=a ~b}\n");
        broken.added.first().stem.clear(); // what no source reads back
        const auto target = openBank(folder);
        QVERIFY(!commitImport(broken, *target, 0));
        QCOMPARE(contentOf(folder), before);
        QCOMPARE(QDir(dir.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList{QStringLiteral("bank")});
        const QString nowhere = dir.filePath(QStringLiteral("no/such/bank.json"));
        const ImportPlan good = plan("好 {=a ~b}\n");
        QVERIFY(!commitImport(good, {nowhere, BankKind::File, false, {}}, 0));
    }

    void aSignedPackageIsNeverATarget()
    {
        QTemporaryDir dir;
        const QString named = dir.filePath(QStringLiteral("new.qfbank"));
        QCOMPARE(openBank(named).error().code(), ErrorCode::NotPermitted);
        const QString path = dir.filePath(QStringLiteral("bank.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("QFBANK1\nxyz");
        file.close();
        QCOMPARE(openBank(path).error().code(), ErrorCode::NotPermitted);
    }

    void theKindOfANewBankIsToldByItsName()
    {
        QTemporaryDir dir;
        QCOMPARE(openBank(dir.filePath(QStringLiteral("a.json")))->kind, BankKind::File);
        QCOMPARE(openBank(dir.filePath(QStringLiteral("a")))->kind, BankKind::Sources);
        QVERIFY(!openBank(dir.filePath(QStringLiteral("a")))->exists);
    }
};

QTEST_APPLESS_MAIN(TestImport)
#include "tst_import.moc"
