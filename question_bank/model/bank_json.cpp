#include "question_bank/model/bank_json.h"

#include "question_bank/model/json_reader.h"
#include "question_bank/model/names.h"

#include <QJsonArray>

namespace qingfeng {
namespace {

using namespace json;

QJsonArray choicesToJson(const QList<Choice> &choices)
{
    QJsonArray list;
    for (const Choice &choice : choices) {
        QJsonObject object {{QStringLiteral("id"), choice.id}, {QStringLiteral("text"), choice.text}};
        if (choice.pinned) {
            object.insert(QStringLiteral("pinned"), true);
        }
        insertPicture(object, choice.picture);
        list.append(object);
    }
    return list;
}

QList<Choice> readChoices(Reader &in, const char *key)
{
    QList<Choice> list;
    for (const QJsonValue element : in.array(key)) {
        Reader choiceIn(element.toObject());
        Choice choice;
        choice.id = choiceIn.text("id");
        choice.picture = readPicture(choiceIn);
        choice.text = choiceIn.text("text", choice.picture->media.isEmpty());
        choice.pinned = choiceIn.flag("pinned");
        const Result<Choice> read = choiceIn.result(std::move(choice));
        if (!read) {
            in.fail(key, read.error().toString());
            break;
        }
        list.append(*read);
    }
    return list;
}

QJsonObject itemToJson(const QuestionItem &item)
{
    QJsonObject object {{QStringLiteral("type"), nameOf(item.type)}, {QStringLiteral("stem"), item.stem},
        {QStringLiteral("choices"), choicesToJson(item.choices)},
        {QStringLiteral("answer"), QJsonArray::fromStringList(item.answer)}};
    insertUnlessEmpty(object, "targets", choicesToJson(item.targets));
    if (!item.pairs.isEmpty()) {
        QJsonObject pairs;
        for (const auto &[choice, target] : item.pairs.asKeyValueRange()) {
            pairs.insert(choice, target);
        }
        object.insert(QStringLiteral("pairs"), pairs);
    }
    QJsonArray blanks;
    for (const Blank &blank : item.blanks) {
        blanks.append(QJsonObject {{QStringLiteral("id"), blank.id},
            {QStringLiteral("accepted"), QJsonArray::fromStringList(blank.accepted)}});
    }
    insertUnlessEmpty(object, "blanks", blanks);
    insertPicture(object, item.picture);
    return object;
}

void readItem(Reader &in, QuestionItem &item)
{
    item.type = in.name<QuestionType>("type");
    item.stem = in.text("stem");
    item.choices = readChoices(in, "choices");
    item.answer = in.texts("answer");
    if (item.type != QuestionType::Order) {
        item.answer.sort();
    }
    item.targets = readChoices(in, "targets");
    const QJsonObject pairs = in.object("pairs");
    for (auto it = pairs.begin(); it != pairs.end(); ++it) {
        if (!it.value().isString()) {
            in.fail("pairs", QStringLiteral("choice id to target id expected"));
        }
        item.pairs.insert(it.key(), it.value().toString());
    }
    for (const QJsonValue element : in.array("blanks")) {
        Reader blankIn(element.toObject());
        const Result<Blank> blank = blankIn.result(Blank {blankIn.text("id"), blankIn.texts("accepted")});
        if (!blank) {
            in.fail("blanks", blank.error().toString());
            break;
        }
        item.blanks.append(*blank);
    }
    item.picture = readPicture(in);
}

} // namespace

QJsonObject toJson(const Post &post)
{
    return {{QStringLiteral("code"), post.code}, {QStringLiteral("name"), post.name},
        {QStringLiteral("category"), post.category}, {QStringLiteral("description"), post.description}};
}

QJsonObject toJson(const RiskPoint &riskPoint)
{
    return {{QStringLiteral("id"), riskPoint.id}, {QStringLiteral("post"), riskPoint.post},
        {QStringLiteral("name"), riskPoint.name}, {QStringLiteral("grade"), nameOf(riskPoint.grade)},
        {QStringLiteral("scene"), riskPoint.scene}, {QStringLiteral("violation"), riskPoint.violation},
        {QStringLiteral("measure"), riskPoint.measure},
        {QStringLiteral("articles"), QJsonArray::fromStringList(riskPoint.articles)}};
}

QJsonObject toJson(const Law &law)
{
    return {{QStringLiteral("id"), law.id}, {QStringLiteral("title"), law.title},
        {QStringLiteral("short_title"), law.shortTitle}, {QStringLiteral("level"), law.level},
        {QStringLiteral("issuer"), law.issuer}, {QStringLiteral("document_number"), law.documentNumber},
        {QStringLiteral("effective_from"), isoDate(law.effectiveFrom)},
        {QStringLiteral("effective_until"), isoDate(law.effectiveUntil)},
        {QStringLiteral("status"), law.status}};
}

QJsonObject toJson(const LegalArticle &article)
{
    QJsonObject object {{QStringLiteral("id"), article.id}, {QStringLiteral("law"), article.law},
        {QStringLiteral("label"), article.label}, {QStringLiteral("summary"), article.summary},
        {QStringLiteral("topics"), QJsonArray::fromStringList(article.topics)},
        {QStringLiteral("keywords"), QJsonArray::fromStringList(article.keywords)},
        {QStringLiteral("party_only"), article.partyOnly}, {QStringLiteral("citable"), article.citable},
        {QStringLiteral("verification"), article.verification}};
    insertUnlessEmpty(object, "effective_from", isoDate(article.effectiveFrom));
    insertUnlessEmpty(object, "effective_until", isoDate(article.effectiveUntil));
    return object;
}

QJsonObject toJson(const QuestionVersion &question)
{
    QJsonObject object = itemToJson(question);
    object.insert(QStringLiteral("id"), question.id);
    object.insert(QStringLiteral("version"), question.version);
    QJsonArray parts;
    for (const QuestionPart &part : question.parts) {
        QJsonObject element = itemToJson(part);
        element.insert(QStringLiteral("id"), part.id);
        parts.append(element);
    }
    insertUnlessEmpty(object, "parts", parts);
    object.insert(QStringLiteral("explanation"),
        QJsonObject {{QStringLiteral("act"), question.explanation.act()},
            {QStringLiteral("why"), question.explanation.why()},
            {QStringLiteral("consequence"), question.explanation.consequence()},
            {QStringLiteral("instead"), question.explanation.instead()}});
    object.insert(QStringLiteral("risk_points"), QJsonArray::fromStringList(question.riskPoints));
    object.insert(QStringLiteral("articles"), QJsonArray::fromStringList(question.articles));
    object.insert(QStringLiteral("audience"), nameOf(question.audience));
    object.insert(QStringLiteral("difficulty"), nameOf(question.difficulty));
    object.insert(QStringLiteral("keyword"), question.keyword);
    object.insert(QStringLiteral("valid_from"), isoDate(question.validFrom));
    object.insert(QStringLiteral("valid_until"), isoDate(question.validUntil));
    object.insert(QStringLiteral("author"), question.author);
    object.insert(QStringLiteral("reviewer"), question.reviewer);
    object.insert(QStringLiteral("reviewed_on"), isoDate(question.reviewedOn));
    insertUnlessEmpty(object, "source", question.source);
    object.insert(QStringLiteral("state"), nameOf(question.state));
    insertUnlessEmpty(object, "state_reason", question.stateReason);
    if (question.publishedRevision > 0) {
        object.insert(QStringLiteral("published_revision"), question.publishedRevision);
    }
    return object;
}

template <> Result<Post> fromJson(const QJsonObject &object)
{
    Reader in(object);
    Post post {in.text("code"), in.text("name"), in.text("category", false), in.text("description", false)};
    return in.result(std::move(post));
}

template <> Result<RiskPoint> fromJson(const QJsonObject &object)
{
    Reader in(object);
    RiskPoint point;
    point.id = in.text("id");
    point.post = in.text("post");
    point.name = in.text("name");
    point.grade = in.name<RiskGrade>("grade");
    point.scene = in.text("scene", false);
    point.violation = in.text("violation", false);
    point.measure = in.text("measure", false);
    point.articles = in.texts("articles");
    return in.result(std::move(point));
}

template <> Result<Law> fromJson(const QJsonObject &object)
{
    Reader in(object);
    Law law;
    law.id = in.text("id");
    law.title = in.text("title");
    law.shortTitle = in.text("short_title");
    law.level = in.text("level", false);
    law.issuer = in.text("issuer", false);
    law.documentNumber = in.text("document_number", false);
    law.effectiveFrom = in.date("effective_from");
    law.effectiveUntil = in.date("effective_until");
    law.status = in.text("status", false);
    return in.result(std::move(law));
}

template <> Result<LegalArticle> fromJson(const QJsonObject &object)
{
    Reader in(object);
    LegalArticle article;
    article.id = in.text("id");
    article.law = in.text("law");
    article.label = in.text("label");
    article.summary = in.text("summary", false);
    article.topics = in.texts("topics");
    article.keywords = in.texts("keywords");
    article.partyOnly = in.flag("party_only");
    article.citable = in.flag("citable");
    article.verification = in.text("verification", false);
    article.effectiveFrom = in.date("effective_from");
    article.effectiveUntil = in.date("effective_until");
    return in.result(std::move(article));
}

template <> Result<QuestionVersion> fromJson(const QJsonObject &object)
{
    Reader in(object);
    QuestionVersion question;
    question.id = in.text("id");
    question.version = in.number("version");
    readItem(in, question);
    for (const QJsonValue element : in.array("parts")) {
        Reader partIn(element.toObject());
        QuestionPart part;
        part.id = partIn.text("id");
        readItem(partIn, part);
        if (part.type == QuestionType::Case) {
            partIn.fail("type", QStringLiteral("a case cannot hold a case"));
        }
        const Result<QuestionPart> read = partIn.result(std::move(part));
        if (!read) {
            in.fail("parts", read.error().toString());
            break;
        }
        question.parts.append(*read);
    }
    Reader explanation(in.object("explanation"));
    question.explanation = {explanation.text("act", false), explanation.text("why", false),
        explanation.text("consequence", false), explanation.text("instead", false)};
    question.riskPoints = in.texts("risk_points");
    question.articles = in.texts("articles");
    question.audience = in.name<Audience>("audience");
    question.difficulty = in.name<Difficulty>("difficulty");
    question.keyword = in.text("keyword", false);
    question.validFrom = in.date("valid_from");
    question.validUntil = in.date("valid_until");
    question.author = in.text("author", false);
    question.reviewer = in.text("reviewer", false);
    question.reviewedOn = in.date("reviewed_on");
    question.source = in.text("source", false);
    question.state = in.name<ReviewState>("state");
    question.stateReason = in.text("state_reason", false);
    question.publishedRevision = in.integer("published_revision", false);
    return in.result(std::move(question));
}

} // namespace qingfeng
