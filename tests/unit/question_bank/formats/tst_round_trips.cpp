#include "question_bank/base/canonical_json.h"
#include "question_bank/formats/bank_sources.h"
#include "question_bank/formats/registry.h"
#include "question_bank/model/bank_json.h"
#include "tests/unit/question_bank/formats/all_types.h"

#include <algorithm>

#include <QJsonArray>
#include <QTest>

using namespace qingfeng;

/** Out and in again: what a format cannot hold is said, and nothing else differs. */
class TestRoundTrips : public QObject
{
    Q_OBJECT

    static QList<QuestionVersion> latest(const QuestionBank &bank)
    {
        QList<QuestionVersion> list;
        for (const QuestionVersion &question : bank.questions()) {
            if (bank.latest(question.id) == &question) {
                list.append(question);
            }
        }
        return list;
    }

    static void compare(const QuestionBank &bank, const QString &name)
    {
        const QuestionFormat *format = questionFormat(name);
        QVERIFY(format && format->read && format->write);
        const auto exported = format->write(bank);
        QVERIFY2(exported, qPrintable(exported.has_error() ? exported.error().toString() : QString()));
        QCOMPARE(detectFormat(exported->bytes, QStringLiteral("file")), format);
        const ImportedFile read = format->read(exported->bytes, QStringLiteral("file"), {});
        const bool someUnreadable = std::any_of(exported->lost.cbegin(), exported->lost.cend(),
            [](const ImportRemark &remark) { return remark.column.isEmpty(); });
        for (const ImportRemark &remark : read.rejected) {
            if (!someUnreadable) {
                qWarning() << remark.file << remark.row << remark.column << remark.reason;
            }
        }
        QVERIFY(read.rejected.isEmpty() || someUnreadable);
        for (const ImportRemark &remark : read.warnings) {
            // The workbook's own sheet of notes holds no questions, and that is said.
            if (remark.column != QStringLiteral("填写说明")) {
                qWarning() << remark.file << remark.row << remark.column << remark.reason;
            }
        }
        QCOMPARE(read.warnings.size(), name == QLatin1String("xlsx") ? 1 : 0);
        QList<QuestionVersion> back;
        for (const ImportedQuestion &imported : read.questions) {
            back.append(imported.question);
        }
        const bool whole = name == QLatin1String("json");
        const auto expected = questionsOf(whole ? bank.questions() : latest(bank), exported->lost);
        const auto found = questionsOf(back, exported->lost);
        if (name == QLatin1String("aiken")) {
            // Without ids and review nothing but stem, choices and answer can be compared.
            QCOMPARE(found.size(), expected.size());
            for (const QString &key : expected.keys()) {
                QVERIFY2(found.contains(key), qPrintable(key));
                QCOMPARE(
                    found[key].value(QStringLiteral("type")), expected[key].value(QStringLiteral("type")));
                QCOMPARE(found[key].value(QStringLiteral("answer")),
                    expected[key].value(QStringLiteral("answer")));
                QCOMPARE(choiceTexts(found[key]), choiceTexts(expected[key]));
            }
            return;
        }
        QCOMPARE(found.keys(), expected.keys());
        for (const QString &key : expected.keys()) {
            if (canonicalJson(found[key]) != canonicalJson(expected[key])) {
                qWarning().noquote() << "expected" << QString::fromUtf8(canonicalJson(expected[key]));
                qWarning().noquote() << "found   " << QString::fromUtf8(canonicalJson(found[key]));
            }
            QCOMPARE(canonicalJson(found[key]), canonicalJson(expected[key]));
        }
        lossesAreTrue(latest(bank), back, exported->lost);
    }

    /** What is listed as lost does differ. */
    static void lossesAreTrue(
        const QList<QuestionVersion> &out, const QList<QuestionVersion> &back, const QList<ImportRemark> &lost)
    {
        const auto was = questionsOf(out, {});
        const auto is = questionsOf(back, {});
        for (const ImportRemark &remark : lost) {
            const QStringList fields = fieldsOf(remark.column);
            const bool differs = std::any_of(fields.cbegin(), fields.cend(), [&](const QString &field) {
                return was[remark.file].value(field) != is[remark.file].value(field);
            });
            QVERIFY2(!is.contains(remark.file) || differs, qPrintable(remark.file + QLatin1Char(' ') + remark.column));
        }
    }

    static QStringList choiceTexts(const QJsonObject &question)
    {
        QStringList texts;
        for (const QJsonValue choice : question.value(QStringLiteral("choices")).toArray()) {
            texts.append(choice.toObject().value(QStringLiteral("text")).toString());
        }
        return texts;
    }

    static void formats()
    {
        QTest::addColumn<QString>("format");
        for (const QuestionFormat &format : questionFormats()) {
            if (format.read && format.write) {
                QTest::newRow(qPrintable(format.name)) << format.name;
            }
        }
    }

private Q_SLOTS:
    void everyType_data() { formats(); }
    void everyType()
    {
        QFETCH(QString, format);
        compare(allTypes(), format);
    }

    void theStarterBank_data() { formats(); }
    void theStarterBank()
    {
        QFETCH(QString, format);
        const auto bank = readBankSources(QStringLiteral(QF_SOURCE_DIR "/resources/bank"));
        QVERIFY(bank);
        compare(*bank, format);
    }

    void whatIsLostIsSaid_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("field");
        QTest::newRow("GIFT has no case")
            << QStringLiteral("gift") << QStringLiteral("P01-R01-19") << QStringLiteral("type");
        QTest::newRow("GIFT has one blank")
            << QStringLiteral("gift") << QStringLiteral("P01-R01-16") << QStringLiteral("type");
        QTest::newRow("cloze has no order")
            << QStringLiteral("moodle-xml") << QStringLiteral("P01-R01-20") << QStringLiteral("type");
        QTest::newRow("Aiken has no multiple")
            << QStringLiteral("aiken") << QStringLiteral("P01-R01-12") << QStringLiteral("type");
        QTest::newRow("Aiken has no risk points")
            << QStringLiteral("aiken") << QStringLiteral("P01-R01-13") << QStringLiteral("risk_points");
        QTest::newRow("Aiken has one line")
            << QStringLiteral("aiken") << QStringLiteral("P01-R01-11") << QStringLiteral("stem");
    }
    void whatIsLostIsSaid()
    {
        QFETCH(QString, format);
        QFETCH(QString, question);
        QFETCH(QString, field);
        const auto exported = questionFormat(format)->write(allTypes());
        QVERIFY(exported);
        bool said = false;
        for (const ImportRemark &remark : exported->lost) {
            said |= remark.file == question && remark.column == field && !remark.reason.isEmpty();
        }
        QVERIFY(said);
    }

    void qtiLosesNothing()
    {
        QCOMPARE(questionFormat(QStringLiteral("qti"))->write(allTypes())->lost, QList<ImportRemark>());
        QCOMPARE(questionFormat(QStringLiteral("json"))->write(allTypes())->lost, QList<ImportRemark>());
    }

    void aPictureThatIsNotThereIsLost()
    {
        QuestionBank bank = allTypes();
        bank.removeMedia(bank.media().firstKey());
        for (const char *name : {"gift", "moodle-xml", "qti"}) {
            const auto exported = questionFormat(QLatin1String(name))->write(bank);
            QVERIFY(exported);
            QVERIFY(std::any_of(exported->lost.cbegin(), exported->lost.cend(),
                [](const ImportRemark &remark) { return remark.file == QLatin1String("P01-R01-12"); }));
        }
    }

    void equalBanksGiveEqualBytes()
    {
        const QuestionBank bank = allTypes();
        for (const QuestionFormat &format : questionFormats()) {
            if (format.write) {
                QCOMPARE(format.write(bank)->bytes, format.write(bank)->bytes);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestRoundTrips)
#include "tst_round_trips.moc"
