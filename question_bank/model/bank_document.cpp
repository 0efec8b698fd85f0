#include "question_bank/model/bank_document.h"

#include "question_bank/model/bank_json.h"

#include <QJsonArray>

namespace qingfeng {
namespace {

template <typename T> QJsonArray listOf(const QList<T> &objects)
{
    QJsonArray list;
    for (const T &object : objects) {
        list.append(toJson(object));
    }
    return list;
}

template <typename T> Result<void> readList(const QJsonObject &document, const char *key, QuestionBank &bank)
{
    const QJsonValue value = document.value(QLatin1String(key));
    if (!value.isUndefined() && !value.isArray()) {
        return Error(
            ErrorCode::InvalidArgument, QStringLiteral("a list is expected"), QString::fromLatin1(key));
    }
    qsizetype row = 0;
    for (const QJsonValue element : value.toArray()) {
        ++row;
        const QString place = QStringLiteral("%1: entry %2").arg(QLatin1String(key)).arg(row);
        auto object = fromJson<T>(element.toObject());
        if (!object) {
            return Error(object.error().code(), object.error().detail(),
                place + QStringLiteral(": ") + object.error().where());
        }
        if constexpr (std::is_same_v<T, QuestionVersion>) {
            if (bank.question(object->id, object->version)) {
                return Error(ErrorCode::Conflict, QStringLiteral("this version stands twice"), place);
            }
            if (const auto added = bank.add(std::move(*object)); !added) {
                return added.error();
            }
        } else {
            bank.add(std::move(*object));
        }
    }
    return {};
}

Result<void> readMedia(const QJsonObject &media, QuestionBank &bank)
{
    for (auto it = media.begin(); it != media.end(); ++it) {
        const auto name = bank.addMedia(QByteArray::fromBase64(it.value().toString().toLatin1()));
        if (!name) {
            return Error(name.error().code(), name.error().detail(), QStringLiteral("media: ") + it.key());
        }
        if (*name != it.key()) {
            return Error(ErrorCode::Corrupt, QStringLiteral("the content is that of %1").arg(*name),
                QStringLiteral("media: ") + it.key());
        }
    }
    return {};
}

} // namespace

QJsonObject bankToDocument(const QuestionBank &bank)
{
    QJsonObject media;
    for (auto it = bank.media().cbegin(); it != bank.media().cend(); ++it) {
        media.insert(it.key(), QString::fromLatin1(it.value().toBase64()));
    }
    return {{QStringLiteral("unit"), bank.unit}, {QStringLiteral("revision"), bank.revision},
        {QStringLiteral("created_at_ms"), bank.createdAtMs},
        {QStringLiteral("marking"), toJson(bank.marking)}, {QStringLiteral("posts"), listOf(bank.posts())},
        {QStringLiteral("risk_points"), listOf(bank.riskPoints())},
        {QStringLiteral("laws"), listOf(bank.laws())}, {QStringLiteral("articles"), listOf(bank.articles())},
        {QStringLiteral("questions"), listOf(bank.questions())},
        {QStringLiteral("themes"), listOf(bank.themes())},
        {QStringLiteral("stories"), listOf(bank.stories())},
        {QStringLiteral("festivals"), listOf(bank.festivals())},
        {QStringLiteral("law_changes"), listOf(bank.lawChanges())},
        {QStringLiteral("accepted"), listOf(bank.acceptances())}, {QStringLiteral("media"), media}};
}

Result<QuestionBank> bankFromDocument(const QJsonObject &document)
{
    QuestionBank bank;
    bank.unit = document.value(QStringLiteral("unit")).toString();
    bank.revision = document.value(QStringLiteral("revision")).toInteger();
    bank.createdAtMs = document.value(QStringLiteral("created_at_ms")).toInteger();
    if (!document.value(QStringLiteral("questions")).isArray()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("not a bank document: a list is expected"),
            QStringLiteral("questions"));
    }
    const auto marking = fromJson<MarkingRules>(document.value(QStringLiteral("marking")).toObject());
    if (!marking) {
        return Error(marking.error().code(), marking.error().detail(),
            QStringLiteral("marking: ") + marking.error().where());
    }
    bank.marking = *marking;
    for (const auto &[key, read] : std::initializer_list<
             std::pair<const char *, Result<void> (*)(const QJsonObject &, const char *, QuestionBank &)>>{
             {"posts", readList<Post>}, {"risk_points", readList<RiskPoint>}, {"laws", readList<Law>},
             {"articles", readList<LegalArticle>}, {"questions", readList<QuestionVersion>},
             {"themes", readList<CultureTheme>}, {"stories", readList<Story>},
             {"festivals", readList<FestivalYear>}, {"law_changes", readList<LawChange>},
             {"accepted", readList<Acceptance>}}) {
        if (const auto done = read(document, key, bank); !done) {
            return done.error();
        }
    }
    if (const auto media = readMedia(document.value(QStringLiteral("media")).toObject(), bank); !media) {
        return media.error();
    }
    return bank;
}

} // namespace qingfeng
