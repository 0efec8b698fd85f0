#include "question_bank/formats/bank_sources.h"

#include "question_bank/base/file.h"
#include "question_bank/model/bank_json.h"
#include "question_bank/model/law_ripple.h"

#include <toml++/toml.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace qingfeng {
namespace {

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

/** TOML to JSON, so that sources and packages share one strict reader. */
QJsonValue toJsonValue(const toml::node &node)
{
    if (const auto *table = node.as_table()) {
        QJsonObject object;
        for (const auto &[key, value] : *table) {
            object.insert(text(key.str()), toJsonValue(value));
        }
        return object;
    }
    if (const auto *array = node.as_array()) {
        QJsonArray list;
        for (const auto &element : *array) {
            list.append(toJsonValue(element));
        }
        return list;
    }
    if (const auto value = node.value<bool>(); node.is_boolean() && value) {
        return *value;
    }
    if (const auto value = node.value<int64_t>(); node.is_integer() && value) {
        return QJsonValue(qint64(*value));
    }
    if (const auto value = node.value<std::string_view>()) {
        return text(*value);
    }
    return {};
}

Result<QJsonObject> readToml(const QString &path)
{
    const auto bytes = readFile(path, maxSourceBytes);
    if (!bytes) {
        return bytes.error();
    }
    try {
        const toml::table table
            = toml::parse(std::string_view(bytes->constData(), std::size_t(bytes->size())));
        return toJsonValue(table).toObject();
    } catch (const toml::parse_error &error) {
        return Error(ErrorCode::InvalidArgument, text(error.description()),
            QStringLiteral("%1: line %2, column %3")
                .arg(path)
                .arg(error.source().begin.line)
                .arg(error.source().begin.column));
    }
}

template <typename T> Result<void> readCatalogue(const QString &path, QuestionBank &bank)
{
    const auto bytes = readFile(path, maxSourceBytes);
    if (!bytes) {
        return bytes.error();
    }
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &parsed);
    if (!document.isArray()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a list is expected: ") + parsed.errorString(),
            QStringLiteral("%1: byte %2").arg(path).arg(parsed.offset));
    }
    qsizetype row = 0;
    for (const QJsonValue element : document.array()) {
        ++row;
        auto value = fromJson<T>(element.toObject());
        if (!value) {
            return Error(value.error().code(), value.error().detail(),
                QStringLiteral("%1: entry %2: %3").arg(path).arg(row).arg(value.error().where()));
        }
        bank.add(std::move(*value));
    }
    return {};
}

/** The same for a catalogue that a bank need not have. */
template <typename T> Result<void> readOptionalCatalogue(const QString &path, QuestionBank &bank)
{
    return QFile::exists(path) ? readCatalogue<T>(path, bank) : Result<void>();
}

/** Pictures by the name of their file, so that sources can say "gift-box.svg" and packages the hash. */
using MediaNames = QHash<QString, QString>;

Result<MediaNames> readMedia(const QString &folder, QuestionBank &bank)
{
    MediaNames names;
    const QDir dir(folder);
    for (const QString &file : dir.entryList(QDir::Files, QDir::Name)) {
        QFile picture(dir.filePath(file));
        if (file.endsWith(QLatin1String(".md")) || file.endsWith(QLatin1String(".txt"))) {
            continue; // where the pictures come from
        }
        if (!picture.open(QIODevice::ReadOnly)) {
            return Error(ErrorCode::Io, picture.errorString(), picture.fileName());
        }
        const auto name = bank.addMedia(picture.read(maxPictureBytes + 1));
        if (!name) {
            return Error(name.error().code(), name.error().detail(), picture.fileName());
        }
        names.insert(file, *name);
    }
    return names;
}

/** Puts media names where sources say a file's name, at any depth. */
QJsonValue withMediaNames(const QJsonValue &value, const MediaNames &names)
{
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue element : value.toArray()) {
            list.append(withMediaNames(element, names));
        }
        return list;
    }
    if (!value.isObject()) {
        return value;
    }
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == QLatin1String("picture") && it.value().isString()) {
            const QString file = it.value().toString();
            it.value() = names.value(file, file);
        } else if (it.value().isObject() || it.value().isArray()) {
            it.value() = withMediaNames(it.value(), names);
        }
    }
    return object;
}

/** accepted = [{ rule = "…", reason = "…" }] of one question, or with object = "…" of the whole bank. */
Result<void> readAccepted(
    const QJsonValue &accepted, const QString &object, const QString &where, QuestionBank &bank)
{
    for (const QJsonValue element : accepted.toArray()) {
        QJsonObject entry = element.toObject();
        if (!entry.contains(QStringLiteral("object"))) {
            entry.insert(QStringLiteral("object"), object);
        }
        const auto acceptance = fromJson<Acceptance>(entry);
        if (!acceptance) {
            return Error(acceptance.error().code(), acceptance.error().detail(),
                where + QStringLiteral(": accepted: ") + acceptance.error().where());
        }
        bank.add(*acceptance);
    }
    return {};
}

/** Themes or stories: several in a file under [[theme]] or [[story]], or one file each. */
template <typename T>
Result<void> readCulture(const QString &folder, const char *table, const MediaNames &names, QuestionBank &bank);

/** The two choices that every true/false question has, in the order they are always shown. */
QJsonArray trueFalseChoices()
{
    const auto choice = [](const QString &id, const QString &label) {
        return QJsonObject {
            {QStringLiteral("id"), id}, {QStringLiteral("text"), label}, {QStringLiteral("pinned"), true}};
    };
    return {choice(QStringLiteral("true"), QStringLiteral("正确")),
        choice(QStringLiteral("false"), QStringLiteral("错误"))};
}

/** Gives a true/false item its two choices, and so each true/false part of a case. */
void completeTrueFalse(QJsonObject &item)
{
    if (item.value(QStringLiteral("type")).toString() == QLatin1String("true_false")) {
        item.insert(QStringLiteral("choices"), trueFalseChoices());
    }
    QJsonArray parts;
    for (const QJsonValue element : item.value(QStringLiteral("parts")).toArray()) {
        QJsonObject part = element.toObject();
        completeTrueFalse(part);
        parts.append(part);
    }
    if (!parts.isEmpty()) {
        item.insert(QStringLiteral("parts"), parts);
    }
}

Result<void> readQuestions(const QString &path, const MediaNames &names, QuestionBank &bank)
{
    const auto document = readToml(path);
    if (!document) {
        return document.error();
    }
    const QString reviewer = document->value(QStringLiteral("reviewer")).toString();
    for (const QJsonValue element : document->value(QStringLiteral("question")).toArray()) {
        QJsonObject object = withMediaNames(element, names).toObject();
        // What a whole file shares stands once, at its top.
        for (const char *key : {"author", "reviewer", "reviewed_on", "valid_from", "valid_until"}) {
            if (!object.contains(QLatin1String(key))) {
                object.insert(QLatin1String(key), document->value(QLatin1String(key)).toString());
            }
        }
        if (!object.contains(QLatin1String("state"))) {
            object.insert(QStringLiteral("state"),
                reviewer.isEmpty() ? QStringLiteral("in_review") : QStringLiteral("approved"));
        }
        completeTrueFalse(object);
        const QString where = path + QStringLiteral(": ") + object.value(QStringLiteral("id")).toString();
        auto question = fromJson<QuestionVersion>(object);
        if (!question) {
            return Error(question.error().code(), question.error().detail(),
                where + QStringLiteral(": ") + question.error().where());
        }
        if (bank.question(question->id, question->version)) {
            return Error(ErrorCode::Conflict, QStringLiteral("this version stands twice"), where);
        }
        const QString id = question->id;
        if (const auto added = bank.add(std::move(*question)); !added) {
            return Error(added.error().code(), added.error().detail(), where);
        }
        if (const auto read = readAccepted(object.value(QStringLiteral("accepted")), id, where, bank); !read) {
            return read.error();
        }
    }
    return {};
}

template <typename T>
Result<void> readCulture(const QString &folder, const char *table, const MediaNames &names, QuestionBank &bank)
{
    const QDir dir(folder);
    QSet<QString> seen;
    for (const QString &file : dir.entryList({QStringLiteral("*.toml")}, QDir::Files, QDir::Name)) {
        const QString path = dir.filePath(file);
        const auto document = readToml(path);
        if (!document) {
            return document.error();
        }
        QJsonArray list = document->value(QLatin1String(table)).toArray();
        if (document->contains(QStringLiteral("id"))) {
            list.append(*document);
        }
        for (const QJsonValue element : std::as_const(list)) {
            const QJsonObject object = withMediaNames(element, names).toObject();
            const QString where = path + QStringLiteral(": ") + object.value(QStringLiteral("id")).toString();
            auto value = fromJson<T>(object);
            if (!value) {
                return Error(value.error().code(), value.error().detail(),
                    where + QStringLiteral(": ") + value.error().where());
            }
            if (seen.contains(value->id)) {
                return Error(ErrorCode::Conflict, QStringLiteral("this id stands twice"), where);
            }
            seen.insert(value->id);
            bank.add(std::move(*value));
        }
    }
    return {};
}

/** Lets the recorded changes of law work on what was read: the record is the one place where they stand. */
Result<void> applyLawChanges(const QString &path, QuestionBank &bank)
{
    const QList<LawChange> changes = bank.lawChanges();
    for (const LawChange &change : changes) {
        if (const auto applied = applyLawChange(bank, change); !applied) {
            return Error(applied.error().code(), applied.error().detail(),
                path + QStringLiteral(": ") + change.id);
        }
    }
    return {};
}

} // namespace

Result<QuestionBank> readBankSources(const QString &folder)
{
    QuestionBank bank;
    const auto head = readToml(folder + QStringLiteral("/bank.toml"));
    if (!head) {
        return head.error();
    }
    bank.unit = head->value(QStringLiteral("unit")).toString();
    bank.revision = head->value(QStringLiteral("revision")).toInteger();
    const QDateTime created
        = QDateTime::fromString(head->value(QStringLiteral("created_at")).toString(), Qt::ISODate);
    if (bank.unit.isEmpty() || bank.revision <= 0 || !created.isValid()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("unit, revision and created_at are expected"),
            folder + QStringLiteral("/bank.toml"));
    }
    bank.createdAtMs = created.toMSecsSinceEpoch();
    const QString headPath = folder + QStringLiteral("/bank.toml");
    const auto marking = fromJson<MarkingRules>(head->value(QStringLiteral("marking")).toObject());
    if (!marking) {
        return Error(marking.error().code(), marking.error().detail(),
            headPath + QStringLiteral(": marking: ") + marking.error().where());
    }
    bank.marking = *marking;
    const auto accepted
        = readAccepted(head->value(QStringLiteral("accepted")), QStringLiteral("*"), headPath, bank);
    if (!accepted) {
        return accepted.error();
    }

    const QString catalogue = folder + QStringLiteral("/catalogue/");
    for (const auto &read : {readCatalogue<Post>(catalogue + QStringLiteral("posts.json"), bank),
             readCatalogue<RiskPoint>(catalogue + QStringLiteral("risk_points.json"), bank),
             readCatalogue<Law>(catalogue + QStringLiteral("laws.json"), bank),
             readCatalogue<LegalArticle>(catalogue + QStringLiteral("articles.json"), bank),
             readOptionalCatalogue<FestivalYear>(catalogue + QStringLiteral("festivals.json"), bank),
             readOptionalCatalogue<LawChange>(catalogue + QStringLiteral("law_changes.json"), bank)}) {
        if (!read) {
            return read.error();
        }
    }
    const auto media = readMedia(folder + QStringLiteral("/media"), bank);
    if (!media) {
        return media.error();
    }
    const QDir questions(folder + QStringLiteral("/questions"));
    const QStringList files = questions.entryList({QStringLiteral("*.toml")}, QDir::Files, QDir::Name);
    if (files.isEmpty()) {
        return Error(ErrorCode::NotFound, QStringLiteral("no question files"), questions.path());
    }
    for (const QString &file : files) {
        const auto read = readQuestions(questions.filePath(file), *media, bank);
        if (!read) {
            return read.error();
        }
    }
    for (const auto &read : {readCulture<CultureTheme>(folder + QStringLiteral("/themes"), "theme", *media, bank),
             readCulture<Story>(folder + QStringLiteral("/stories"), "story", *media, bank),
             applyLawChanges(catalogue + QStringLiteral("law_changes.json"), bank)}) {
        if (!read) {
            return read.error();
        }
    }
    return bank;
}

Result<void> recordLawChange(const QString &folder, const LawChange &change)
{
    const QString path = folder + QStringLiteral("/catalogue/law_changes.json");
    QuestionBank held;
    if (const auto read = readOptionalCatalogue<LawChange>(path, held); !read) {
        return read.error();
    }
    QByteArray text("[\n");
    for (const LawChange &before : held.lawChanges()) {
        if (before.id == change.id) {
            return Error(ErrorCode::Conflict, QStringLiteral("this change is on record already"), change.id);
        }
        text += QJsonDocument(toJson(before)).toJson(QJsonDocument::Compact) + ",\n";
    }
    text += QJsonDocument(toJson(change)).toJson(QJsonDocument::Compact) + "\n]\n";
    return writeFileAtomically(path, text);
}

} // namespace qingfeng
