#include "quiz/store/learning_store.h"

#include "question_bank/base/canonical_json.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace qingfeng;

/** `qingfengctl memory`, `simulate` and `select --explain`, the program itself on real files. */
class TestLearningCommands : public QObject
{
    Q_OBJECT

    struct Ran
    {
        int status = -1;
        QByteArray out;
        QByteArray err;
        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };

    static Ran run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess ctl;
        ctl.start(qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfengctl"), arguments);
        ctl.write(input);
        ctl.closeWriteChannel();
        if (!ctl.waitForFinished(60'000) || ctl.exitStatus() != QProcess::NormalExit) {
            return {};
        }
        return {ctl.exitCode(), ctl.readAllStandardOutput(), ctl.readAllStandardError()};
    }

    static QJsonObject vectors(const char *name)
    {
        QFile file(QStringLiteral(QF_DATA_DIR "/vectors/") + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }

    static QByteArray bytes(const QJsonObject &object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }

    /** The entries with nothing but these keys: what is given, without what is to be computed. */
    static QJsonArray given(const QJsonArray &entries, const QStringList &keys)
    {
        QJsonArray stripped;
        for (const QJsonValue value : entries) {
            QJsonObject entry;
            for (const QString &key : keys) {
                if (!value[key].isUndefined()) {
                    entry.insert(key, value[key]);
                }
            }
            stripped.append(entry);
        }
        return stripped;
    }

    static bool isNear(const QJsonValue &mine, const QJsonValue &theirs, double relative = 1e-9)
    {
        return std::abs(mine.toDouble() - theirs.toDouble())
            <= relative * std::max(1.0, std::abs(theirs.toDouble()));
    }

    /** Everything that @p theirs says is said by @p mine as well; empty, or the first key that is not. */
    static QString difference(const QJsonObject &mine, const QJsonObject &theirs)
    {
        for (auto it = theirs.constBegin(); it != theirs.constEnd(); ++it) {
            const QJsonValue own = mine.value(it.key());
            const QString inside = it->isObject() ? difference(own.toObject(), it->toObject()) : QString();
            if (own.type() != it->type() || !inside.isEmpty()
                || (it->isDouble() ? !isNear(own, *it) : !it->isObject() && own != *it)) {
                return it.key() + QLatin1Char(' ') + inside;
            }
        }
        return {};
    }

private Q_SLOTS:
    void replayGivesTheStatesOfTheReference()
    {
        const QJsonArray sequences = vectors("fsrs6.json").value(QStringLiteral("sequences")).toArray();
        QVERIFY(sequences.size() > 100);
        QJsonArray questions;
        for (const QJsonValue sequence : sequences) {
            QJsonObject asked{{QStringLiteral("id"), sequence[QStringLiteral("id")]},
                {QStringLiteral("enable_short_term"), sequence[QStringLiteral("enable_short_term")]}};
            asked.insert(QStringLiteral("steps"),
                given(sequence[QStringLiteral("steps")].toArray(),
                    {QStringLiteral("rating"), QStringLiteral("elapsed_days")}));
            questions.append(asked);
        }
        const Ran ran = run({QStringLiteral("memory"), QStringLiteral("replay")},
            bytes({{QStringLiteral("sequences"), questions}}));
        QCOMPARE(ran.status, 0);
        const QJsonArray replayed = ran.json().value(QStringLiteral("sequences")).toArray();
        QCOMPARE(replayed.size(), sequences.size());
        for (qsizetype i = 0; i < sequences.size(); ++i) {
            const QByteArray name
                = "sequence " + QByteArray::number(sequences[i][QStringLiteral("id")].toInt());
            const QJsonArray theirs = sequences[i][QStringLiteral("steps")].toArray();
            const QJsonArray mine = replayed[i][QStringLiteral("steps")].toArray();
            QCOMPARE(mine.size(), theirs.size());
            for (qsizetype k = 0; k < theirs.size(); ++k) {
                QVERIFY2(isNear(mine[k][QStringLiteral("stability")], theirs[k][QStringLiteral("stability")],
                             1e-5),
                    name.constData());
                QVERIFY2(isNear(mine[k][QStringLiteral("difficulty")],
                             theirs[k][QStringLiteral("difficulty")], 1e-6),
                    name.constData());
                QCOMPARE(mine[k][QStringLiteral("interval")].toInt(),
                    theirs[k][QStringLiteral("interval")].toInt());
                QCOMPARE(mine[k][QStringLiteral("retrievability_before")].isNull(), k == 0);
                QVERIFY2(k == 0
                        || isNear(mine[k][QStringLiteral("retrievability_before")],
                            theirs[k][QStringLiteral("retrievability_before")], 1e-6),
                    name.constData());
            }
        }
    }

    void quizGivesTheReferencesLayer()
    {
        const QJsonObject reference = vectors("quiz_memory.json");
        const QStringList keys{QStringLiteral("g"), QStringLiteral("prior"), QStringLiteral("correct"),
            QStringLiteral("S"), QStringLiteral("D"), QStringLiteral("elapsed_days"), QStringLiteral("seen"),
            QStringLiteral("weight")};
        QJsonObject input;
        for (const QString &name :
            {QStringLiteral("first"), QStringLiteral("update"), QStringLiteral("gain")}) {
            QStringList mine = keys;
            if (name == QLatin1String("first")) { // there S and D are what is asked for
                mine.removeAll(QStringLiteral("S"));
                mine.removeAll(QStringLiteral("D"));
            } else if (name == QLatin1String("update")) { // and here the states after either answer
                mine.removeAll(QStringLiteral("correct"));
            }
            input.insert(name, given(reference.value(name).toArray(), mine));
        }
        const Ran ran = run({QStringLiteral("memory"), QStringLiteral("quiz")}, bytes(input));
        QVERIFY2(ran.status == 0, ran.out.constData());
        for (const QString &name : input.keys()) {
            const QJsonArray theirs = reference.value(name).toArray();
            const QJsonArray mine = ran.json().value(name).toArray();
            QCOMPARE(mine.size(), theirs.size());
            for (qsizetype i = 0; i < theirs.size(); ++i) {
                const QString differs = difference(mine[i].toObject(), theirs[i].toObject());
                QVERIFY2(differs.isEmpty(),
                    qPrintable(QStringLiteral("%1[%2]: %3").arg(name).arg(i).arg(differs)));
            }
        }
    }

    void whatIsNoInputIsRefusedWithItsPlace_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("no JSON") << QStringLiteral("replay") << QByteArray("{") << QByteArray("stdin");
        QTest::newRow("a rating of five")
            << QStringLiteral("replay") << QByteArray(R"({"sequences":[{"steps":[{"rating":5}]}]})")
            << QByteArray("sequences[0].steps[0]");
        QTest::newRow("nothing asked") << QStringLiteral("quiz") << QByteArray("{}") << QByteArray("stdin");
        QTest::newRow("a chance above one")
            << QStringLiteral("quiz") << QByteArray(R"({"first":[{"g":2,"prior":0.5,"correct":true}]})")
            << QByteArray("first[0]");
    }

    void whatIsNoInputIsRefusedWithItsPlace()
    {
        QFETCH(QString, command);
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, place);
        const Ran ran = run({QStringLiteral("memory"), command}, input);
        QCOMPARE(ran.status, 2);
        QVERIFY2((ran.out + ran.err).contains(place), (ran.out + ran.err).constData());
    }

    void aSmallSimulationIsTheSameWhateverTheThreads()
    {
        const auto simulate = [](const char *policy, const char *threads) {
            return run({QStringLiteral("--json"), QStringLiteral("simulate"), QStringLiteral("--policy"),
                QString::fromLatin1(policy), QStringLiteral("--learners"), QStringLiteral("20"),
                QStringLiteral("--days"), QStringLiteral("60"), QStringLiteral("--seed"), QStringLiteral("3"),
                QStringLiteral("--threads"), QString::fromLatin1(threads)});
        };
        const Ran one = simulate("qingfeng", "1");
        QVERIFY2(one.status == 0, one.err.constData());
        QCOMPARE(simulate("qingfeng", "2").json(), one.json());
        const QJsonObject said = one.json();
        QCOMPARE(said.value(QStringLiteral("learners")).toInt(), 20);
        QCOMPARE(said.value(QStringLiteral("days")).toInt(), 60);
        const double none = simulate("none", "1").json().value(QStringLiteral("day365")).toDouble();
        QVERIFY(none > 0.1);
        QVERIFY(said.value(QStringLiteral("day365")).toDouble() > none);
        QCOMPARE(
            run({QStringLiteral("simulate"), QStringLiteral("--policy"), QStringLiteral("best")}).status, 2);
    }

    void selectSaysWhatItsScoresAreMadeOf()
    {
        QTemporaryDir folder;
        {
            SystemClock clock;
            SystemRandom random;
            auto store = LearningStore::open(folder.filePath(QStringLiteral("learning.db")), clock, random);
            QVERIFY(store);
            Person person;
            person.number = QStringLiteral("001");
            person.name = QStringLiteral("张三");
            person.party = true;
            person.assignments = {{QStringLiteral("P06"), {}, true, {}, {}}};
            Roster roster;
            roster.people = {person};
            QVERIFY((*store)->saveDocument(QStringLiteral("roster"), {}, canonicalJson(toJson(roster))));
        }
        const QStringList select{QStringLiteral("--data"), folder.path(), QStringLiteral("--json"),
            QStringLiteral("select"), QStringLiteral("--bank"), QStringLiteral(QF_BANK_SOURCES)};
        const QStringList explain = select
            + QStringList{QStringLiteral("--person"), QStringLiteral("001"), QStringLiteral("--explain"),
                QStringLiteral("--limit"), QStringLiteral("40")};
        const Ran ran = run(explain);
        QVERIFY2(ran.status == 0, ran.err.constData());
        QCOMPARE(run(explain).json(), ran.json()); // same store, same choice
        const QJsonArray ranked = ran.json().value(QStringLiteral("questions")).toArray();
        QCOMPARE(ranked.size(), 40);
        QVERIFY(ran.json().value(QStringLiteral("eligible")).toInt() >= 40);
        QString gate;
        double before = 0;
        for (const QJsonValue candidate : ranked) {
            const QJsonValue parts = candidate[QStringLiteral("parts")];
            QVERIFY(isNear(candidate[QStringLiteral("score")],
                parts[QStringLiteral("weight")].toDouble() * parts[QStringLiteral("discount")].toDouble()
                    * parts[QStringLiteral("gain")].toDouble()));
            QVERIFY(!parts[QStringLiteral("prior")].isUndefined()); // nothing was answered yet
            QVERIFY((QStringList{QStringLiteral("P06"), QStringLiteral("P00")})
                        .contains(candidate[QStringLiteral("post")].toString()));
            if (parts[QStringLiteral("gate")].toString() == gate) {
                QVERIFY(candidate[QStringLiteral("score")].toDouble() <= before + 1e-12);
            }
            gate = parts[QStringLiteral("gate")].toString();
            before = candidate[QStringLiteral("score")].toDouble();
        }
        const Ran first = run(select + QStringList{QStringLiteral("--person"), QStringLiteral("001")});
        QCOMPARE(
            first.json().value(QStringLiteral("questions")).toArray().first()[QStringLiteral("question")],
            ranked.first()[QStringLiteral("question")]);
        QCOMPARE(run(select + QStringList{QStringLiteral("--person"), QStringLiteral("999")}).status, 1);
    }
};

QTEST_GUILESS_MAIN(TestLearningCommands)
#include "tst_learning_commands.moc"
