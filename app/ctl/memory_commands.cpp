#include "app/ctl/commands.h"
#include "app/ctl/output.h"

#include "quiz/memory/memory_model.h"
#include "quiz/memory/quiz_memory.h"

#include "question_bank/base/canonical_json.h"

#include <cmath>
#include <functional>

#include <QFile>
#include <QJsonArray>

namespace qingfeng::ctl {
namespace {

constexpr qint64 maxInput = 64 * 1024 * 1024;

/** Both commands speak JSON alone, also about what is wrong. */
Common asJson(const Common &common)
{
    Common json = common;
    json.json = true;
    return json;
}

Result<QJsonObject> readInput()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) {
        return Error(ErrorCode::Io, input.errorString(), QStringLiteral("stdin"));
    }
    const QByteArray bytes = input.read(maxInput + 1);
    if (bytes.size() > maxInput) {
        return Error(ErrorCode::TooLarge, QStringLiteral("more than 64 MB"), QStringLiteral("stdin"));
    }
    const auto document = parseJsonObject(bytes);
    if (!document) {
        return Error(ErrorCode::InvalidArgument, document.error().detail(), QStringLiteral("stdin"));
    }
    return *document;
}

/** Reads numbers of one entry and remembers the first that is wrong, with its place. */
class Numbers
{
public:
    Numbers(const QJsonValue &entry, QString where)
        : m_object(entry.toObject())
        , m_where(std::move(where))
    {
        if (!entry.isObject()) {
            m_error = Error(ErrorCode::InvalidArgument, QStringLiteral("an object expected"), m_where);
        }
    }

    double number(const char *name, double min, double max, const std::optional<double> &missing = {})
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined() && missing) {
            return *missing;
        }
        const double number = value.toDouble(std::nan(""));
        if (!std::isfinite(number) || number < min || number > max) {
            fail(name, QStringLiteral("a number from %1 to %2 expected").arg(min).arg(max));
            return min;
        }
        return number;
    }

    bool boolean(const char *name)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (!value.isBool()) {
            fail(name, QStringLiteral("true or false expected"));
        }
        return value.toBool();
    }

    void fail(const char *name, const QString &detail)
    {
        if (!m_error) {
            m_error
                = Error(ErrorCode::InvalidArgument, detail, m_where + QLatin1Char('.') + QLatin1String(name));
        }
    }

    QJsonObject &object() { return m_object; }
    const std::optional<Error> &error() const { return m_error; }

private:
    QJsonObject m_object;
    QString m_where;
    std::optional<Error> m_error;
};

/** Replaces every entry of a list by what @p compute makes of it; a list that is missing stays so. */
Result<void> forEach(QJsonObject &document, const QString &name, const QString &prefix,
    const std::function<Result<QJsonObject>(const QJsonValue &, const QString &)> &compute)
{
    const QJsonValue value = document.value(name);
    if (value.isUndefined()) {
        return {};
    }
    if (!value.isArray()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a list expected"), prefix + name);
    }
    QJsonArray results;
    int number = 0;
    for (const QJsonValue entry : value.toArray()) {
        const auto result = compute(entry, QStringLiteral("%1%2[%3]").arg(prefix, name).arg(number++));
        if (!result) {
            return result.error();
        }
        results.append(*result);
    }
    document.insert(name, results);
    return {};
}

constexpr double maxElapsedDays = 365'000;

Result<QJsonObject> replayed(const QJsonValue &entry, const QString &where, const Fsrs &fsrs)
{
    QJsonObject sequence = entry.toObject();
    if (!entry.isObject() || !sequence.value(QStringLiteral("steps")).isArray()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("an object with \"steps\" expected"), where);
    }
    std::optional<MemoryState> state;
    const auto done = forEach(sequence, QStringLiteral("steps"), where + QLatin1Char('.'),
        [&](const QJsonValue &value, const QString &place) -> Result<QJsonObject> {
            Numbers step(value, place);
            const double rating = step.number("rating", 1, 4);
            const double elapsed = step.number("elapsed_days", 0, maxElapsedDays, state ? std::nullopt : std::optional(0.0));
            if (rating != std::floor(rating)) {
                step.fail("rating", QStringLiteral("1 again, 2 hard, 3 good or 4 easy expected"));
            }
            if (step.error()) {
                return *step.error();
            }
            QJsonObject &result = step.object();
            result.insert(QStringLiteral("retrievability_before"),
                state ? QJsonValue(fsrs.retrievability(elapsed, state->stability)) : QJsonValue());
            state = state ? fsrs.next(*state, elapsed, Rating(int(rating))) : fsrs.first(Rating(int(rating)));
            result.insert(QStringLiteral("stability"), state->stability);
            result.insert(QStringLiteral("difficulty"), state->difficulty);
            result.insert(QStringLiteral("interval"), fsrs.interval(state->stability));
            return result;
        });
    if (!done) {
        return done.error();
    }
    return sequence;
}

int replay(const Common &common)
{
    auto document = readInput();
    if (!document) {
        return fail(asJson(common), document.error());
    }
    const auto parameters = parametersFromJson(*document);
    if (!parameters) {
        return fail(asJson(common), parameters.error());
    }
    if (!document->value(QStringLiteral("sequences")).isArray()) {
        return fail(asJson(common),
            Error(ErrorCode::InvalidArgument, QStringLiteral("a list expected"), QStringLiteral("sequences")));
    }
    const Fsrs fsrs(*parameters);
    const auto done = forEach(*document, QStringLiteral("sequences"), {},
        [&](const QJsonValue &entry, const QString &where) -> Result<QJsonObject> {
            // A sequence may say for itself whether the same day has a formula of its own.
            const QJsonValue own = entry.toObject().value(QStringLiteral("enable_short_term"));
            if (!own.isUndefined() && !own.isBool()) {
                return Error(ErrorCode::InvalidArgument, QStringLiteral("true or false expected"),
                    where + QStringLiteral(".enable_short_term"));
            }
            FsrsParameters mine = *parameters;
            mine.enableShortTerm = own.toBool(parameters->enableShortTerm);
            return replayed(entry, where, mine == *parameters ? fsrs : Fsrs(mine));
        });
    if (!done) {
        return fail(asJson(common), done.error());
    }
    print(*document);
    return True;
}

QJsonObject stateObject(const MemoryState &state)
{
    return {{QStringLiteral("S"), state.stability}, {QStringLiteral("D"), state.difficulty}};
}

Result<QJsonObject> firstAnswer(const QJsonValue &entry, const QString &where, const QuizMemory &memory)
{
    Numbers in(entry, where);
    const double guess = in.number("g", 0, 1);
    const double prior = in.number("prior", 0, 1);
    const bool right = in.boolean("correct");
    if (in.error()) {
        return *in.error();
    }
    const MemoryState state = memory.first(right, prior, guess);
    QJsonObject &out = in.object();
    out.insert(QStringLiteral("q"), QuizMemory::known(prior, guess));
    out.insert(QStringLiteral("S"), state.stability);
    out.insert(QStringLiteral("D"), state.difficulty);
    return out;
}

Result<QJsonObject> laterAnswer(const QJsonValue &entry, const QString &where, const QuizMemory &memory)
{
    Numbers in(entry, where);
    const double guess = in.number("g", 0, 1);
    const MemoryState state {
        in.number("S", Fsrs::minStability, Fsrs::maxStability), in.number("D", 1, 10)};
    const double elapsed = in.number("elapsed_days", 0, maxElapsedDays);
    if (in.error()) {
        return *in.error();
    }
    const double r = memory.fsrs().retrievability(elapsed, state.stability);
    QJsonObject &out = in.object();
    out.insert(QStringLiteral("R"), r);
    out.insert(QStringLiteral("q"), QuizMemory::known(r, guess));
    out.insert(QStringLiteral("correct"), stateObject(memory.next(state, elapsed, true, guess)));
    out.insert(QStringLiteral("wrong"), stateObject(memory.next(state, elapsed, false, guess)));
    return out;
}

Result<QJsonObject> gainOf(const QJsonValue &entry, const QString &where, const QuizMemory &memory)
{
    Numbers in(entry, where);
    const bool seen = in.boolean("seen");
    const double weight = in.number("weight", 0, 1000);
    QJsonObject &out = in.object();
    if (!seen) {
        const double prior = in.number("prior", 0, 1);
        if (in.error()) {
            return *in.error();
        }
        const double gain = memory.gainOfUnseen(prior);
        out.insert(QStringLiteral("gain"), gain);
        out.insert(QStringLiteral("score"), weight * gain);
        return out;
    }
    const MemoryState state {
        in.number("S", Fsrs::minStability, Fsrs::maxStability), in.number("D", 1, 10)};
    const double elapsed = in.number("elapsed_days", 0, maxElapsedDays);
    if (in.error()) {
        return *in.error();
    }
    const double gain = memory.gainOfSeen(state, elapsed);
    out.insert(QStringLiteral("R"), memory.fsrs().retrievability(elapsed, state.stability));
    out.insert(QStringLiteral("V_now"), memory.fsrs().meanRecall(elapsed, state.stability, gainHorizonDays));
    out.insert(QStringLiteral("gain"), gain);
    out.insert(QStringLiteral("score"), weight * QuizMemory::seenDiscount * gain);
    return out;
}

int quiz(const Common &common)
{
    auto document = readInput();
    if (!document) {
        return fail(asJson(common), document.error());
    }
    const auto parameters = parametersFromJson(*document);
    if (!parameters) {
        return fail(asJson(common), parameters.error());
    }
    const QuizMemory memory(*parameters);
    using Compute = Result<QJsonObject> (*)(const QJsonValue &, const QString &, const QuizMemory &);
    const std::pair<const char *, Compute> lists[]
        = {{"first", firstAnswer}, {"update", laterAnswer}, {"gain", gainOf}};
    bool any = false;
    for (const auto &[name, compute] : lists) {
        any = any || document->contains(QLatin1String(name));
        const auto done = forEach(*document, QLatin1String(name), {},
            [&memory, compute = compute](const QJsonValue &entry, const QString &where) {
                return compute(entry, where, memory);
            });
        if (!done) {
            return fail(asJson(common), done.error());
        }
    }
    if (!any) {
        return fail(asJson(common),
            Error(ErrorCode::InvalidArgument, QStringLiteral("\"first\", \"update\" or \"gain\" expected"),
                QStringLiteral("stdin")));
    }
    print(*document);
    return True;
}

} // namespace

void addMemoryCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *memory = app.add_subcommand("memory", "记忆模型：从标准输入读 JSON，补上算出的数值后写出");
    memory->require_subcommand(1);
    memory->add_subcommand("replay", "FSRS-6：逐步重放评分")->callback([&common, &action] {
        action = [&common] { return replay(common); };
    });
    memory->add_subcommand("quiz", "作答到记忆：考虑猜对的可能，并算出收益")->callback([&common, &action] {
        action = [&common] { return quiz(common); };
    });
}

} // namespace qingfeng::ctl
