#include "question_bank/model/bank_json.h"
#include "question_bank/model/json_reader.h"

#include <algorithm>

namespace qingfeng {
namespace {

using namespace json;

QJsonObject windowToJson(const ThemeWindow &window)
{
    QJsonObject object{{QStringLiteral("kind"), nameOf(window.kind)}};
    switch (window.kind) {
    case WindowKind::Fixed:
    case WindowKind::Festival:
        object.insert(QStringLiteral("from"), window.from.toText());
        object.insert(QStringLiteral("to"), window.to.toText());
        break;
    case WindowKind::Monthly:
        object.insert(QStringLiteral("from"), window.firstDay);
        object.insert(QStringLiteral("to"), window.lastDay);
        break;
    case WindowKind::ByHand:
        insertUnlessEmpty(object, "from", isoDate(window.byHand.from));
        insertUnlessEmpty(object, "to", isoDate(window.byHand.until));
        break;
    }
    insertUnlessEmpty(object, "note", window.note);
    return object;
}

DayAnchor readAnchor(Reader &in, const char *key)
{
    const auto anchor = DayAnchor::fromText(in.text(key));
    if (!anchor) {
        in.fail(key, anchor.error().detail());
        return {};
    }
    return *anchor;
}

int readDayOfMonth(Reader &in, const char *key)
{
    const int day = in.number(key);
    if (day < 1 || day > 31) {
        in.fail(key, QStringLiteral("a day of the month, 1 to 31, expected"));
    }
    return day;
}

Result<ThemeWindow> readWindow(const QJsonObject &object)
{
    Reader in(object);
    ThemeWindow window;
    window.kind = in.name<WindowKind>("kind");
    switch (window.kind) {
    case WindowKind::Fixed:
    case WindowKind::Festival: {
        window.from = readAnchor(in, "from");
        window.to = readAnchor(in, "to");
        const bool hangs = !window.from.festival.isEmpty() || !window.to.festival.isEmpty();
        if (hangs != (window.kind == WindowKind::Festival)) {
            in.fail("kind",
                QStringLiteral("a window is \"festival\" when an end of it hangs on one, else \"fixed\""));
        }
        break;
    }
    case WindowKind::Monthly:
        window.firstDay = readDayOfMonth(in, "from");
        window.lastDay = readDayOfMonth(in, "to");
        if (window.lastDay < window.firstDay) {
            in.fail("to", QStringLiteral("the last day lies before the first"));
        }
        break;
    case WindowKind::ByHand:
        window.byHand = {in.date("from"), in.date("to")};
        if (window.byHand.from.isValid() != window.byHand.until.isValid()
            || window.byHand.until < window.byHand.from) {
            in.fail("to", QStringLiteral("both days in their order expected, or neither"));
        }
        break;
    }
    window.note = in.text("note", false);
    return in.result(std::move(window));
}

QJsonArray refsToJson(const QList<QuestionRef> &refs)
{
    QJsonArray list;
    for (const QuestionRef &ref : refs) {
        list.append(QJsonArray{ref.id, ref.version});
    }
    return list;
}

QList<QuestionRef> readRefs(Reader &in, const char *key)
{
    QList<QuestionRef> refs;
    for (const QJsonValue element : in.array(key)) {
        const QJsonArray pair = element.toArray();
        if (!pair.at(0).isString() || !pair.at(1).isDouble()) {
            in.fail(key, QStringLiteral("list of [id, version] expected"));
        }
        refs.append({pair.at(0).toString(), pair.at(1).toInt()});
    }
    return refs;
}

} // namespace

QJsonObject toJson(const CultureTheme &theme)
{
    QJsonObject object{{QStringLiteral("id"), theme.id}, {QStringLiteral("title"), theme.title},
        {QStringLiteral("rank"), nameOf(theme.rank)}, {QStringLiteral("window"), windowToJson(theme.window)},
        {QStringLiteral("purpose"), theme.purpose}, {QStringLiteral("text"), theme.text},
        {QStringLiteral("posts"), QJsonArray::fromStringList(theme.posts)},
        {QStringLiteral("audience"), nameOf(theme.audience)},
        {QStringLiteral("risk_points"), QJsonArray::fromStringList(theme.riskPoints)},
        {QStringLiteral("articles"), QJsonArray::fromStringList(theme.articles)}};
    insertUnlessEmpty(object, "questions", QJsonArray::fromStringList(theme.questions));
    QJsonArray pictures;
    for (const Picture &picture : theme.pictures) {
        QJsonObject element;
        insertPicture(element, picture);
        pictures.append(element);
    }
    insertUnlessEmpty(object, "pictures", pictures);
    insertUnlessEmpty(object, "story", theme.story);
    return object;
}

QJsonObject toJson(const Story &story)
{
    QJsonObject object{{QStringLiteral("id"), story.id}, {QStringLiteral("title"), story.title},
        {QStringLiteral("who"), story.who}, {QStringLiteral("source"), story.source},
        {QStringLiteral("month"), story.month}, {QStringLiteral("text"), story.text},
        {QStringLiteral("moral"), story.moral}, {QStringLiteral("risk_point"), story.riskPoint}};
    insertPicture(object, story.picture);
    return object;
}

QJsonObject toJson(const FestivalYear &festivals)
{
    QJsonObject object{{QStringLiteral("year"), festivals.year}};
    for (auto it = festivals.days.cbegin(); it != festivals.days.cend(); ++it) {
        object.insert(it.key(), isoDate(it.value()));
    }
    return object;
}

QJsonObject toJson(const LawChange &change)
{
    QJsonObject object{{QStringLiteral("id"), change.id}, {QStringLiteral("article"), change.article},
        {QStringLiteral("kind"), nameOf(change.kind)}, {QStringLiteral("on"), isoDate(change.on)},
        {QStringLiteral("questions"), refsToJson(change.questions)}};
    insertUnlessEmpty(object, "note", change.note);
    insertUnlessEmpty(object, "confirmed", refsToJson(change.confirmed));
    return object;
}

QJsonObject toJson(const Acceptance &acceptance)
{
    return {{QStringLiteral("rule"), acceptance.rule}, {QStringLiteral("object"), acceptance.object},
        {QStringLiteral("reason"), acceptance.reason}};
}

QJsonObject toJson(const MarkingRules &rules)
{
    return {{QStringLiteral("full_marks"), rules.fullMarks},
        {QStringLiteral("half_for_missing"), rules.halfForMissing},
        {QStringLiteral("partial_fill_in"), rules.partialFillIn},
        {QStringLiteral("partial_match"), rules.partialMatch},
        {QStringLiteral("partial_order"), rules.partialOrder},
        {QStringLiteral("partial_case"), rules.partialCase},
        {QStringLiteral("full_marks_each_part"), rules.fullMarksEachPart}};
}

template <> Result<CultureTheme> fromJson(const QJsonObject &object)
{
    Reader in(object);
    CultureTheme theme;
    theme.id = in.text("id");
    theme.title = in.text("title");
    if (in.has("rank")) {
        theme.rank = in.name<ThemeRank>("rank");
    }
    const auto window = readWindow(in.object("window"));
    if (window) {
        theme.window = *window;
    } else {
        in.fail("window", window.error().toString());
    }
    theme.purpose = in.text("purpose", false);
    theme.text = in.text("text", false);
    theme.posts = in.texts("posts");
    if (in.has("audience")) {
        theme.audience = in.name<Audience>("audience");
    }
    theme.riskPoints = in.texts("risk_points");
    theme.questions = in.texts("questions");
    theme.articles = in.texts("articles");
    for (const QJsonValue element : in.array("pictures")) {
        Reader pictureIn(element.toObject());
        const Picture picture{pictureIn.text("picture"), pictureIn.text("picture_alt", false)};
        if (const auto read = pictureIn.result(picture)) {
            theme.pictures.append(*read);
        } else {
            in.fail("pictures", read.error().toString());
        }
    }
    theme.story = in.text("story", false);
    return in.result(std::move(theme));
}

template <> Result<Story> fromJson(const QJsonObject &object)
{
    Reader in(object);
    Story story;
    story.id = in.text("id");
    story.title = in.text("title");
    story.who = in.text("who", false);
    story.source = in.text("source", false);
    story.month = int(std::clamp<qint64>(in.integer("month", false), -1, 13));
    if (story.month < 0 || story.month > 12) {
        in.fail("month", QStringLiteral("1 to 12 expected"));
    }
    story.text = in.text("text");
    story.moral = in.text("moral", false);
    story.riskPoint = in.text("risk_point", false);
    story.picture = readPicture(in);
    return in.result(std::move(story));
}

template <> Result<FestivalYear> fromJson(const QJsonObject &object)
{
    Reader in(object);
    FestivalYear festivals;
    festivals.year = in.number("year");
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == QLatin1String("year")) {
            continue;
        }
        const QByteArray key = it.key().toUtf8();
        const QDate day = in.date(key.constData());
        if (day.year() != festivals.year) {
            in.fail(key.constData(), QStringLiteral("a day of %1 expected").arg(festivals.year));
        }
        festivals.days.insert(it.key(), day);
    }
    return in.result(std::move(festivals));
}

template <> Result<LawChange> fromJson(const QJsonObject &object)
{
    Reader in(object);
    LawChange change;
    change.id = in.text("id");
    change.article = in.text("article");
    change.kind = in.name<LawChangeKind>("kind");
    change.on = in.date("on");
    if (!change.on.isValid()) {
        in.fail("on", QStringLiteral("date as YYYY-MM-DD expected"));
    }
    change.note = in.text("note", false);
    change.questions = readRefs(in, "questions");
    change.confirmed = readRefs(in, "confirmed");
    return in.result(std::move(change));
}

template <> Result<Acceptance> fromJson(const QJsonObject &object)
{
    Reader in(object);
    Acceptance acceptance{in.text("rule"), in.text("object"), in.text("reason")};
    return in.result(std::move(acceptance));
}

template <> Result<MarkingRules> fromJson(const QJsonObject &object)
{
    Reader in(object);
    MarkingRules rules;
    if (in.has("full_marks")) {
        rules.fullMarks = in.number("full_marks");
        if (rules.fullMarks < 1 || rules.fullMarks > 100'000) {
            in.fail("full_marks", QStringLiteral("1 to 100000 centi-points expected"));
        }
    }
    const auto flag = [&in](const char *key, bool &value) {
        if (in.has(key)) {
            value = in.flag(key);
        }
    };
    flag("half_for_missing", rules.halfForMissing);
    flag("partial_fill_in", rules.partialFillIn);
    flag("partial_match", rules.partialMatch);
    flag("partial_order", rules.partialOrder);
    flag("partial_case", rules.partialCase);
    flag("full_marks_each_part", rules.fullMarksEachPart);
    return in.result(rules);
}

} // namespace qingfeng
