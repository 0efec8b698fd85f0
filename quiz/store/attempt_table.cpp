#include "quiz/store/attempt_table.h"

#include "quiz/store/database.h"

#include "quiz/archive/chain.h"

#include "question_bank/base/canonical_json.h"

#include <QJsonArray>

namespace qingfeng::attempt_table {
namespace {

constexpr const char *columns = "seq, id, person, post, question, version, bank_revision, choices_shown, response, "
                                "marks, full_marks, outcome, context, obligation, response_ms, answered_at_ms, "
                                "utc_offset_s, study_day, previous_hash, hash, details";

/** Canonical JSON of the fields that only some types have; empty when there is none. */
QString packDetails(const Attempt &attempt)
{
    const QJsonObject details = detailsOf(attempt);
    return details.isEmpty() ? QString() : QString::fromUtf8(canonicalJson(details));
}

bool unpackDetails(const QString &json, Attempt &attempt)
{
    const auto object = parseJsonObject(json.toUtf8());
    return object && readDetails(*object, attempt);
}

Attempt read(SQLite::Statement &row, const QString &store)
{
    Attempt a;
    a.store = store;
    a.seq = numberAt(row, 0);
    a.id = textAt(row, 1);
    a.person = textAt(row, 2);
    a.post = textAt(row, 3);
    a.question = textAt(row, 4);
    a.version = int(numberAt(row, 5));
    a.bankRevision = numberAt(row, 6);
    const QString choicesShown = textAt(row, 7);
    const QString response = textAt(row, 8);
    a.choicesShown = unpackIds(choicesShown);
    a.response = unpackIds(response);
    a.marks = int(numberAt(row, 9));
    a.fullMarks = int(numberAt(row, 10));
    const auto outcome = outcomeFromName(textAt(row, 11));
    const auto context = attemptContextFromName(textAt(row, 12));
    a.outcome = outcome.value_or(Outcome::Invalid);
    a.context = context.value_or(AttemptContext::Test);
    a.obligation = textAt(row, 13);
    a.responseMs = numberAt(row, 14);
    a.answeredAtMs = numberAt(row, 15);
    a.utcOffsetSeconds = int(numberAt(row, 16));
    a.studyDay = int(numberAt(row, 17));
    a.previousHash = bytesAt(row, 18);
    a.hash = bytesAt(row, 19);
    const QString details = textAt(row, 20);
    const bool detailsHold = details.isEmpty() || unpackDetails(details, a);
    if (!outcome || !context || !detailsHold || packDetails(a) != details || packIds(a.choicesShown) != choicesShown || packIds(a.response) != response) {
        // Not what this program writes. Reading goes on, but no hash may vouch for what was guessed.
        a.hash.clear();
    }
    return a;
}

} // namespace

QString packParts(const QMap<QString, QStringList> &parts)
{
    QJsonObject object;
    for (auto part = parts.constBegin(); part != parts.constEnd(); ++part) {
        object.insert(part.key(), QJsonArray::fromStringList(*part));
    }
    return object.isEmpty() ? QString() : QString::fromUtf8(canonicalJson(object));
}

QMap<QString, QStringList> unpackParts(const QString &json)
{
    QMap<QString, QStringList> parts;
    const auto object = json.isEmpty() ? Result<QJsonObject>(QJsonObject()) : parseJsonObject(json.toUtf8());
    for (auto part = object ? object->constBegin() : QJsonObject::const_iterator();
         object && part != object->constEnd(); ++part) {
        QStringList ids;
        for (const QJsonValue id : part->toArray()) {
            ids.append(id.toString());
        }
        parts.insert(part.key(), ids);
    }
    return parts;
}

Head head(SQLite::Database &database)
{
    SQLite::Statement query(database, "SELECT seq, hash FROM attempt ORDER BY seq DESC LIMIT 1");
    if (!query.executeStep()) {
        return {0, chainStart()};
    }
    return {numberAt(query, 0), bytesAt(query, 1)};
}

std::optional<Attempt> find(SQLite::Database &database, const QString &id, const QString &store)
{
    SQLite::Statement query(database, std::string("SELECT ") + columns + " FROM attempt WHERE id = ?");
    bindAll(query, id);
    if (!query.executeStep()) {
        return std::nullopt;
    }
    return read(query, store);
}

QList<Attempt> list(
    SQLite::Database &database, const QString &store, qint64 afterSeq, qint64 limit, const QString &person)
{
    SQLite::Statement query(database,
        std::string("SELECT ") + columns
            + " FROM attempt WHERE seq > ?1 AND (?2 = '' OR person = ?2) ORDER BY seq LIMIT ?3");
    bindAll(query, afterSeq, person, limit);
    QList<Attempt> attempts;
    while (query.executeStep()) {
        attempts.append(read(query, store));
    }
    return attempts;
}

QList<Attempt> listForDeriving(SQLite::Database &database, qint64 afterSeq, qint64 limit)
{
    SQLite::Statement row(database,
        "SELECT seq, person, question, version, outcome, study_day, details, choices_shown, response FROM "
        "attempt "
        "WHERE seq > ? ORDER BY seq LIMIT ?");
    bindAll(row, afterSeq, limit);
    QList<Attempt> attempts;
    while (row.executeStep()) {
        Attempt a;
        a.seq = numberAt(row, 0);
        a.person = textAt(row, 1);
        a.question = textAt(row, 2);
        a.version = int(numberAt(row, 3));
        a.outcome = outcomeFromName(textAt(row, 4)).value_or(Outcome::Invalid);
        a.studyDay = int(numberAt(row, 5));
        const QString details = textAt(row, 6);
        if (!details.isEmpty()) {
            unpackDetails(details, a);
        }
        if (a.guessPpm == 0) { // judged by the choices then
            a.choicesShown = unpackIds(textAt(row, 7));
            a.response = unpackIds(textAt(row, 8));
        }
        attempts.append(std::move(a));
    }
    return attempts;
}

void insert(SQLite::Database &database, const Attempt &a)
{
    SQLite::Statement insert(database,
        std::string("INSERT INTO attempt (") + columns + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    bindAll(insert, a.seq, a.id, a.person, a.post, a.question, qint64(a.version), a.bankRevision,
        packIds(a.choicesShown), packIds(a.response), qint64(a.marks), qint64(a.fullMarks), nameOf(a.outcome),
        nameOf(a.context), a.obligation, a.responseMs, a.answeredAtMs, qint64(a.utcOffsetSeconds),
        qint64(a.studyDay), a.previousHash, a.hash, packDetails(a));
    insert.exec();
    // Kept apart from the rows, so that a chain cut at its end is seen without a server.
    writeValue(database, QStringLiteral("head_seq"), QString::number(a.seq));
    writeValue(database, QStringLiteral("head_hash"), QString::fromLatin1(a.hash.toHex()));
}

void insert(SQLite::Database &database, const PresentationRow &row)
{
    SQLite::Statement insert(database,
        "INSERT INTO presentation (id, person, study_day, post, question, version, choices_shown, context, "
        "obligation, shown_at_ms, parts_shown) VALUES (?,?,?,?,?,?,?,?,?,?,?)");
    bindAll(insert, row.id, row.person, qint64(row.studyDay), row.post, row.question, qint64(row.version),
        packIds(row.choicesShown), nameOf(row.context), row.obligation, row.shownAtMs,
        packParts(row.partsShown));
    insert.exec();
}

void markAnswered(SQLite::Database &database, const QString &presentation)
{
    SQLite::Statement update(database, "UPDATE presentation SET answered = 1 WHERE id = ?");
    bindAll(update, presentation);
    update.exec();
}

std::optional<PresentationRow> openPresentation(SQLite::Database &database, const QString &obligation)
{
    SQLite::Statement query(database,
        "SELECT id, person, study_day, post, question, version, choices_shown, context, shown_at_ms, "
        "parts_shown "
        "FROM presentation WHERE obligation = ? AND answered = 0 ORDER BY shown_at_ms DESC, id DESC LIMIT 1");
    bindAll(query, obligation);
    if (!query.executeStep()) {
        return std::nullopt;
    }
    return PresentationRow {textAt(query, 0), textAt(query, 1), int(numberAt(query, 2)), textAt(query, 3),
        textAt(query, 4), int(numberAt(query, 5)), unpackIds(textAt(query, 6)),
        attemptContextFromName(textAt(query, 7)).value_or(AttemptContext::Gate), obligation, numberAt(query, 8),
        unpackParts(textAt(query, 9))};
}

QSet<QString> askedOn(SQLite::Database &database, const QString &person, int studyDay)
{
    SQLite::Statement query(database,
        "SELECT question FROM attempt WHERE person = ?1 AND study_day = ?2 AND outcome <> 'invalid' "
        "UNION SELECT question FROM presentation AS shown WHERE person = ?1 AND study_day = ?2 "
        "AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.id = shown.id AND outcome = 'invalid')");
    bindAll(query, person, qint64(studyDay));
    QSet<QString> questions;
    while (query.executeStep()) {
        questions.insert(textAt(query, 0));
    }
    return questions;
}

QStringList recentQuestions(SQLite::Database &database, const QString &person, qint64 limit)
{
    SQLite::Statement query(database, "SELECT question FROM attempt WHERE person = ? ORDER BY seq DESC LIMIT ?");
    bindAll(query, person, limit);
    QStringList questions;
    while (query.executeStep()) {
        questions.append(textAt(query, 0));
    }
    return questions;
}

} // namespace qingfeng::attempt_table
