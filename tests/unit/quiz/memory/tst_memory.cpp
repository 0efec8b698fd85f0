#include "quiz/memory/memory_model.h"
#include "quiz/memory/quiz_memory.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <limits>

using namespace qingfeng;

/** Against numbers computed by other programs: ts-fsrs 5.4.2, and the quiz layer in plain double arithmetic. */
class TestMemory : public QObject
{
    Q_OBJECT

    static QJsonObject document(const char *name)
    {
        QFile file(QStringLiteral(QF_DATA_DIR "/vectors/") + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }

    static double at(const QJsonObject &object, const char *key)
    {
        return object.value(QLatin1String(key)).toDouble();
    }

    static bool isNear(double mine, double theirs, double relative = 1e-9)
    {
        return std::abs(mine - theirs) <= relative * std::max(1.0, std::abs(theirs));
    }

private Q_SLOTS:
    void everySequenceOfTheReference()
    {
        const QJsonObject vectors = document("fsrs6.json");
        const QJsonArray sequences = vectors.value(QStringLiteral("sequences")).toArray();
        QVERIFY(sequences.size() > 100);
        for (const QJsonValue sequence : sequences) {
            const QByteArray name = "sequence " + QByteArray::number(sequence[QStringLiteral("id")].toInt());
            FsrsParameters parameters;
            parameters.enableShortTerm = sequence[QStringLiteral("enable_short_term")].toBool();
            const Fsrs fsrs(parameters);
            std::optional<MemoryState> state;
            for (const QJsonValue value : sequence[QStringLiteral("steps")].toArray()) {
                const QJsonObject step = value.toObject();
                const auto rating = Rating(step.value(QStringLiteral("rating")).toInt());
                const double elapsed = at(step, "elapsed_days");
                if (state) {
                    QVERIFY2(std::abs(fsrs.retrievability(elapsed, state->stability) - at(step, "retrievability_before"))
                            <= 1e-6,
                        name.constData());
                }
                state = state ? fsrs.next(*state, elapsed, rating) : fsrs.first(rating);
                const double stability = at(step, "stability");
                QVERIFY2(std::abs(state->stability - stability) <= std::max(1e-6, 1e-5 * stability), name.constData());
                QVERIFY2(std::abs(state->difficulty - at(step, "difficulty")) <= 1e-6, name.constData());
                QCOMPARE(fsrs.interval(state->stability), step.value(QStringLiteral("interval")).toInt());
                const QJsonObject after = step.value(QStringLiteral("retrievability_after")).toObject();
                for (auto day = after.constBegin(); day != after.constEnd(); ++day) {
                    QVERIFY2(
                        std::abs(fsrs.retrievability(day.key().toDouble(), state->stability) - day->toDouble()) <= 1e-6,
                        name.constData());
                }
            }
        }
    }

    void everyCaseOfTheQuizLayer()
    {
        const QJsonObject vectors = document("quiz_memory.json");
        const QuizMemory memory;
        for (const QJsonValue value : vectors.value(QStringLiteral("first")).toArray()) {
            const QJsonObject v = value.toObject();
            const MemoryState state = memory.first(v.value(QStringLiteral("correct")).toBool(), at(v, "prior"), at(v, "g"));
            QVERIFY(isNear(QuizMemory::known(at(v, "prior"), at(v, "g")), at(v, "q")));
            QVERIFY(isNear(state.stability, at(v, "S")) && isNear(state.difficulty, at(v, "D")));
        }
        for (const QJsonValue value : vectors.value(QStringLiteral("update")).toArray()) {
            const QJsonObject v = value.toObject();
            const MemoryState before {at(v, "S"), at(v, "D")};
            for (const bool right : {true, false}) {
                const QJsonObject expected = v.value(right ? QStringLiteral("correct") : QStringLiteral("wrong")).toObject();
                const MemoryState state = memory.next(before, at(v, "elapsed_days"), right, at(v, "g"));
                QVERIFY(isNear(state.stability, at(expected, "S")) && isNear(state.difficulty, at(expected, "D")));
            }
        }
        for (const QJsonValue value : vectors.value(QStringLiteral("gain")).toArray()) {
            const QJsonObject v = value.toObject();
            const bool seen = v.value(QStringLiteral("seen")).toBool();
            const double gain = seen ? memory.gainOfSeen({at(v, "S"), at(v, "D")}, at(v, "elapsed_days"))
                                     : memory.gainOfUnseen(at(v, "prior"));
            QVERIFY(isNear(gain, at(v, "gain")));
            QVERIFY(isNear(at(v, "weight") * (seen ? QuizMemory::seenDiscount : 1.0) * gain, at(v, "score")));
        }
    }

    void aRightAnswerThatCannotBeGuessedWasKnown()
    {
        const QuizMemory memory;
        QCOMPARE(QuizMemory::known(0.1, 0.0), 1.0);
        QVERIFY(isNear(memory.first(true, 0.1, 0.0).stability, 8.2956));
        QVERIFY(memory.first(true, 0.1, 0.5).stability < memory.first(true, 0.1, 0.25).stability);
    }

    void statesStayInBoundsWhateverIsAsked()
    {
        QList<double> w;
        for (const double value : FsrsParameters().w) {
            w.append(value);
        }
        w[0] = 0.0001; // S0 is at least 0.1
        w[20] = 0.5;
        const auto parameters = fsrsParameters(w, false);
        QVERIFY(parameters);
        const Fsrs fsrs(*parameters);
        QCOMPARE(fsrs.first(Rating::Again).stability, 0.1);
        for (int rating = 1; rating <= 4; ++rating) {
            MemoryState state = fsrs.first(Rating(rating));
            for (int i = 0; i < 200; ++i) {
                state = fsrs.next(state, i % 5 == 0 ? 0 : i * 100, Rating(i % 7 == 0 ? 1 : rating));
                QVERIFY(state.stability >= Fsrs::minStability && state.stability <= Fsrs::maxStability);
                QVERIFY(state.difficulty >= 1 && state.difficulty <= 10);
            }
        }
    }

    void parametersThatAreNoneAreRefusedWithTheirPlace_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<double>("value");
        QTest::newRow("no stability") << 0 << 0.0;
        QTest::newRow("not a number") << 7 << std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("no decay") << 20 << 0.0;
        QTest::newRow("all decay") << 20 << 1.0;
        QTest::newRow("beyond all measure") << 8 << 1e9;
    }

    void parametersThatAreNoneAreRefusedWithTheirPlace()
    {
        QFETCH(int, index);
        QFETCH(double, value);
        QList<double> w;
        for (const double number : FsrsParameters().w) {
            w.append(number);
        }
        w[index] = value;
        const auto parameters = fsrsParameters(w);
        QVERIFY(!parameters);
        QCOMPARE(parameters.error().where(), QStringLiteral("parameters[%1]").arg(index));
        w.removeLast();
        QVERIFY(!fsrsParameters(w));
    }

    void theModelIsDataAndComesBackTheSame()
    {
        MemoryModel model;
        model.version = QStringLiteral("bureau-2027");
        model.parameters.w[3] = 9.5;
        model.parameters.enableShortTerm = false;
        const auto back = memoryModelFromJson(toJson(model));
        QVERIFY(back);
        QVERIFY(*back == model);
    }
};

QTEST_APPLESS_MAIN(TestMemory)
#include "tst_memory.moc"
