#include "quiz/protocol/statement.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"
#include "quiz/protocol/json_fields.h"

#include <cmath>

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

namespace qingfeng {
namespace {

using Presence = JsonFields::Presence;

constexpr qint64 latestMs = 253'402'300'799'999; // 9999-12-31T23:59:59.999Z: four digits of year
constexpr int maxText = 256;
constexpr int maxChoices = 64;
constexpr int maxResponse = 16'384;
const QLatin1String separator("[,]"); // between the parts of a response (xAPI, appendix C)

QString extension(const char *name)
{
    return extensionBase + QLatin1String(name);
}

QString hex(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

QString activityId(const QString &homePage, const QString &question, int version)
{
    return homePage + QStringLiteral("/questions/") + QString::fromLatin1(QUrl::toPercentEncoding(question))
        + QStringLiteral("/versions/") + QString::number(version);
}

QString durationText(qint64 ms)
{
    return QStringLiteral("PT%1.%2S").arg(ms / 1000).arg(ms % 1000, 3, 10, QLatin1Char('0'));
}

QString timestampText(qint64 utcMs, int offsetSeconds)
{
    const int minutes = offsetSeconds / 60;
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(utcMs + qint64(minutes) * 60'000, Qt::UTC);
    return local.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz"))
        + QStringLiteral("%1%2:%3")
              .arg(minutes < 0 ? QLatin1Char('-') : QLatin1Char('+'))
              .arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'))
              .arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
}

QString interactionType(QuestionType type)
{
    switch (type) {
    case QuestionType::Single:
    case QuestionType::Multiple:
        return QStringLiteral("choice");
    case QuestionType::TrueFalse:
        return QStringLiteral("true-false");
    case QuestionType::FillIn:
        return QStringLiteral("fill-in");
    case QuestionType::Order:
        return QStringLiteral("sequencing");
    case QuestionType::Match:
        return QStringLiteral("matching");
    case QuestionType::Case:
        break; // several interactions in one
    }
    return QStringLiteral("other");
}

/** Pairs as xAPI writes them: "source[.]target[,]source[.]target". */
QString pairsText(const QMap<QString, QString> &pairs)
{
    QStringList texts;
    for (auto pair = pairs.constBegin(); pair != pairs.constEnd(); ++pair) {
        texts.append(pair.key() + QLatin1String("[.]") + pair.value());
    }
    return texts.join(separator);
}

QString rightPattern(const QuestionItem &item)
{
    if (item.type == QuestionType::Match) {
        return pairsText(item.pairs);
    }
    if (item.type == QuestionType::FillIn) {
        QStringList best;
        for (const Blank &blank : item.blanks) {
            best.append(blank.accepted.value(0));
        }
        return best.join(separator);
    }
    return item.answer.join(separator);
}

QJsonArray componentsOf(const QList<Choice> &choices)
{
    QJsonArray components;
    for (const Choice &choice : choices) {
        components.append(QJsonObject {{key("id"), choice.id}});
    }
    return components;
}

QJsonObject definitionOf(const QuestionVersion *shown)
{
    QJsonObject definition {{key("type"), QStringLiteral("http://adlnet.gov/expapi/activities/cmi.interaction")}};
    if (shown == nullptr) {
        return definition;
    }
    const QString interaction = interactionType(shown->type);
    definition.insert(key("interactionType"), interaction);
    definition.insert(key("correctResponsesPattern"), QJsonArray {rightPattern(*shown)});
    if (interaction == QLatin1String("choice") || interaction == QLatin1String("sequencing")) {
        definition.insert(key("choices"), componentsOf(shown->choices));
    } else if (interaction == QLatin1String("matching")) {
        definition.insert(key("source"), componentsOf(shown->choices));
        definition.insert(key("target"), componentsOf(shown->targets));
    }
    return definition;
}

QStringList splitResponse(const QString &text)
{
    return text.isEmpty() ? QStringList() : text.split(separator);
}

/** Whether result.response shows something else than the ids chosen: then those travel as a list. */
bool hasOwnForm(const Attempt &a)
{
    return !a.texts.isEmpty() || !a.pairs.isEmpty() || !a.parts.isEmpty();
}

/** The response as other systems read it. Texts and pairs are for them alone: ours are in the extensions. */
QString responseText(const Attempt &a)
{
    if (!a.texts.isEmpty()) {
        return a.texts.join(separator).left(maxResponse);
    }
    return a.pairs.isEmpty() ? a.response.join(separator) : pairsText(a.pairs).left(maxResponse);
}

QJsonObject resultOf(const Attempt &a)
{
    const double scaled = a.fullMarks > 0 ? double(a.marks) / a.fullMarks : 0.0;
    return {{key("score"),
                QJsonObject {{key("scaled"), scaled}, {key("raw"), a.marks}, {key("min"), 0},
                    {key("max"), a.fullMarks}}},
        {key("success"), a.outcome == Outcome::Right}, {key("response"), responseText(a)},
        {key("duration"), durationText(a.responseMs)}};
}

QJsonObject contextOf(const Attempt &a)
{
    QJsonObject extensions {{extension("post"), a.post}, {extension("bank_revision"), a.bankRevision},
        {extension("context"), nameOf(a.context)}, {extension("outcome"), nameOf(a.outcome)},
        {extension("store"), a.store}, {extension("seq"), a.seq},
        {extension("previous_hash"), hex(a.previousHash)}, {extension("hash"), hex(a.hash)},
        {extension("utc_offset_s"), a.utcOffsetSeconds}, {extension("study_day"), a.studyDay},
        {extension("choices_shown"), QJsonArray::fromStringList(a.choicesShown)},
        {extension("obligation"), a.obligation}, {extension("marks"), a.marks},
        {extension("full_marks"), a.fullMarks}};
    const QJsonObject details = detailsOf(a);
    for (auto field = details.constBegin(); field != details.constEnd(); ++field) {
        extensions.insert(extensionBase + field.key(), field.value());
    }
    // A text that itself holds the separator would come back in pieces, so it travels as a list too.
    if (hasOwnForm(a) ? !a.response.isEmpty() : splitResponse(a.response.join(separator)) != a.response) {
        extensions.insert(extension("response"), QJsonArray::fromStringList(a.response));
    }
    QJsonObject context {{key("platform"), QStringLiteral("Qingfeng")}, {key("extensions"), extensions}};
    if (isUuid(a.obligation)) {
        context.insert(key("registration"), a.obligation);
    }
    return context;
}

/** Question and version out of the activity's id, which must lie under the actor's home page. */
void readActivity(JsonFields &object, const QString &homePage, Attempt &a)
{
    static const QRegularExpression form(QStringLiteral("^/questions/([^/]+)/versions/([1-9][0-9]{0,8})$"));
    const QString id = object.text(key("id"), 2048);
    const auto match = id.startsWith(homePage) ? form.match(id.mid(homePage.size())) : QRegularExpressionMatch();
    if (!match.hasMatch()) {
        object.fail(key("id"), QStringLiteral("home page/questions/ID/versions/N expected"));
        return;
    }
    a.question = QUrl::fromPercentEncoding(match.captured(1).toLatin1());
    a.version = match.captured(2).toInt();
    if (a.question.size() > maxText || activityId(homePage, a.question, a.version) != id) {
        object.fail(key("id"), QStringLiteral("not in normal form"));
    }
}

void readResult(JsonFields &result, Attempt &a, bool &success)
{
    static const QRegularExpression form(QStringLiteral("^PT([0-9]{1,10})\\.([0-9]{3})S$"));
    success = result.boolean(key("success"));
    a.response = splitResponse(result.text(key("response"), maxResponse, Presence::Optional));
    const auto duration = form.match(result.text(key("duration"), 32));
    if (!duration.hasMatch()) {
        result.fail(key("duration"), QStringLiteral("PTn.nnnS expected"));
    }
    a.responseMs = duration.captured(1).toLongLong() * 1000 + duration.captured(2).toLongLong();
}

/** Our extensions by their short names. */
QJsonObject shortNames(const QJsonObject &extensions)
{
    QJsonObject result;
    for (auto it = extensions.constBegin(); it != extensions.constEnd(); ++it) {
        if (it.key().startsWith(extensionBase)) {
            result.insert(it.key().mid(extensionBase.size()), it.value());
        }
    }
    return result;
}

void readExtensions(JsonFields &fields, const QJsonObject &extensions, Attempt &a)
{
    const auto text = [&](const char *name, Presence presence = Presence::Required) {
        return fields.text(QLatin1String(name), maxText, presence);
    };
    a.post = text("post", Presence::Optional);
    a.bankRevision = fields.integer(key("bank_revision"));
    const auto context = attemptContextFromName(text("context"));
    const auto outcome = outcomeFromName(text("outcome"));
    if (!context || !outcome) {
        fields.fail(context ? key("outcome") : key("context"), QStringLiteral("unknown name"));
        return;
    }
    a.context = *context;
    a.outcome = *outcome;
    a.store = fields.uuid(key("store"));
    a.seq = fields.integer(key("seq"), 1);
    a.previousHash = QByteArray::fromHex(text("previous_hash").toLatin1());
    a.hash = QByteArray::fromHex(text("hash").toLatin1());
    if (a.previousHash.size() != 32 || a.hash.size() != 32) {
        fields.fail(key("hash"), QStringLiteral("64 hex digits expected"));
    }
    a.utcOffsetSeconds = int(fields.integer(key("utc_offset_s"), -86'399, 86'399));
    a.studyDay = int(fields.integer(key("study_day"), -1'000'000, 10'000'000));
    a.choicesShown = fields.texts(key("choices_shown"), maxChoices, maxText);
    a.obligation = text("obligation", Presence::Optional);
    a.fullMarks = int(fields.integer(key("full_marks"), 0, 1'000'000));
    a.marks = int(fields.integer(key("marks"), 0, a.fullMarks));
    const auto details = readDetails(shortNames(extensions), a);
    if (!details) {
        const QByteArray field = details.error().where().toLatin1();
        fields.fail(QLatin1String(field), details.error().detail());
    }
    if (extensions.contains(extension("response"))) {
        a.response = fields.texts(key("response"), maxChoices, 4096);
    } else if (hasOwnForm(a)) {
        a.response.clear();
    }
}

} // namespace

QJsonObject statementFromAttempt(const Attempt &a, const QString &homePage, const QuestionVersion *shown)
{
    return {{key("id"), a.id},
        {key("actor"),
            QJsonObject {{key("objectType"), QStringLiteral("Agent")},
                {key("account"), QJsonObject {{key("homePage"), homePage}, {key("name"), a.person}}}}},
        {key("verb"),
            QJsonObject {{key("id"), QString(answeredVerb)},
                {key("display"), QJsonObject {{key("zh-CN"), QStringLiteral("作答")}}}}},
        {key("object"),
            QJsonObject {{key("objectType"), QStringLiteral("Activity")},
                {key("id"), activityId(homePage, a.question, a.version)}, {key("definition"), definitionOf(shown)}}},
        {key("result"), resultOf(a)}, {key("context"), contextOf(a)},
        {key("timestamp"), timestampText(a.answeredAtMs, a.utcOffsetSeconds)}};
}

QJsonObject statementFromAnnotation(const Annotation &annotation, const QString &homePage)
{
    const QJsonObject account {{key("homePage"), homePage + QLatin1String("/administrators")},
        {key("name"), annotation.author}};
    return {{key("id"), annotation.id},
        {key("actor"), QJsonObject {{key("objectType"), QStringLiteral("Agent")}, {key("account"), account}}},
        {key("verb"),
            QJsonObject {{key("id"), QString(commentedVerb)},
                {key("display"), QJsonObject {{key("zh-CN"), QStringLiteral("批注")}}}}},
        {key("object"),
            QJsonObject {{key("objectType"), QStringLiteral("StatementRef")}, {key("id"), annotation.attempt}}},
        {key("result"), QJsonObject {{key("response"), annotation.text}}},
        {key("timestamp"), timestampText(annotation.writtenAtMs, 0)}};
}

Result<Attempt> attemptFromStatement(const QJsonObject &statement)
{
    JsonFields top(statement);
    Attempt a;
    a.id = top.uuid(key("id"));
    JsonFields account(top.object(key("actor")).value(key("account")).toObject(), QStringLiteral("actor.account."));
    const QString homePage = account.text(key("homePage"), 512);
    a.person = account.text(key("name"), maxText);
    JsonFields verb(top.object(key("verb")), QStringLiteral("verb."));
    if (verb.text(key("id"), 512) != answeredVerb) {
        verb.fail(key("id"), QStringLiteral("only answers are taken"));
    }
    JsonFields object(top.object(key("object")), QStringLiteral("object."));
    readActivity(object, homePage, a);
    const QJsonObject resultObject = top.object(key("result"));
    JsonFields result(resultObject, QStringLiteral("result."));
    bool success = false;
    readResult(result, a, success);
    const QJsonObject extensions
        = top.object(key("context")).value(key("extensions")).toObject();
    JsonFields extended(shortNames(extensions), QStringLiteral("context.extensions."));
    readExtensions(extended, extensions, a);
    const QString timestamp = top.text(key("timestamp"), 64);
    const QDateTime answered = QDateTime::fromString(timestamp, Qt::ISODateWithMs);
    a.answeredAtMs = answered.isValid() ? answered.toMSecsSinceEpoch() : -1;
    if (a.answeredAtMs < 0 || a.answeredAtMs > latestMs || !timestamp.contains(QLatin1Char('T'))) {
        top.fail(key("timestamp"), QStringLiteral("ISO 8601 with offset, from 1970 on, expected"));
    }
    for (const JsonFields *fields : {&top, &account, &verb, &object, &result, &extended}) {
        if (fields->error()) {
            return *fields->error();
        }
    }
    const QJsonObject score = resultObject.value(key("score")).toObject();
    if (success != (a.outcome == Outcome::Right) || score.value(key("raw")).toDouble(-1) != a.marks
        || score.value(key("max")).toDouble(-1) != a.fullMarks) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("contradicts the extensions"),
            QStringLiteral("result"));
    }
    return a;
}

QString homePageOf(const QJsonObject &statement)
{
    return statement.value(key("actor"))
        .toObject()
        .value(key("account"))
        .toObject()
        .value(key("homePage"))
        .toString();
}

QByteArray statementDigest(const QJsonObject &statement)
{
    QJsonObject content = statement;
    for (const char *name : {"stored", "authority", "version"}) {
        content.remove(key(name));
    }
    return sha256(QJsonDocument(content).toJson(QJsonDocument::Compact));
}

} // namespace qingfeng
