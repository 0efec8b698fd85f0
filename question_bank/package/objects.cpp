#include "question_bank/package/objects.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/model/bank_json.h"

#include <algorithm>

namespace qingfeng {
namespace {

QByteArray markingId()
{
    return QByteArrayLiteral("marking");
}

QByteArray acceptanceId(const Acceptance &acceptance)
{
    return (acceptance.rule + QLatin1Char('@') + acceptance.object).toUtf8();
}

template <typename T> QByteArray idOf(const T &object)
{
    if constexpr (std::is_same_v<T, Post>) {
        return object.code.toUtf8();
    } else if constexpr (std::is_same_v<T, FestivalYear>) {
        return QByteArray::number(object.year);
    } else if constexpr (std::is_same_v<T, Acceptance>) {
        return acceptanceId(object);
    } else if constexpr (std::is_same_v<T, MarkingRules>) {
        return markingId();
    } else {
        return object.id.toUtf8();
    }
}

Error corrupt(const QString &detail)
{
    return Error(ErrorCode::Corrupt, detail);
}

QString nameOf(const ObjectKey &key)
{
    return QStringLiteral("%1 \"%2\"").arg(QString::fromLatin1(key.kind), QString::fromUtf8(key.id));
}

template <typename T> Result<void> addJson(QuestionBank &bank, const PackedObject &object)
{
    const auto json = parseJsonObject(object.bytes);
    auto value = json ? fromJson<T>(*json) : json.error();
    if (!value) {
        return corrupt(QStringLiteral("%1: %2").arg(nameOf(object.key), value.error().toString()));
    }
    int version = 1;
    if constexpr (std::is_same_v<T, QuestionVersion>) {
        version = value->version;
    }
    if (idOf(*value) != object.key.id || version != object.key.version) {
        return corrupt(QStringLiteral("%1 is listed, but it is \"%2\" version %3")
                           .arg(nameOf(object.key), QString::fromUtf8(idOf(*value)))
                           .arg(version));
    }
    if constexpr (std::is_same_v<T, MarkingRules>) {
        bank.marking = *value;
    } else if constexpr (std::is_same_v<T, QuestionVersion>) {
        return bank.add(std::move(*value));
    } else {
        bank.add(std::move(*value));
    }
    return {};
}

Result<void> addPicture(QuestionBank &bank, const PackedObject &object)
{
    const auto name = bank.addMedia(object.bytes);
    if (!name) {
        return corrupt(QStringLiteral("%1: %2").arg(nameOf(object.key), name.error().toString()));
    }
    if (name->toUtf8() != object.key.id) {
        return corrupt(QStringLiteral("%1 has the content of %2").arg(nameOf(object.key), *name));
    }
    return {};
}

/** Calls @p visit(kind, list) for each list of objects that have a JSON form. */
template <typename Visit> void forEachList(const QuestionBank &bank, Visit visit)
{
    visit("acceptance", bank.acceptances());
    visit("article", bank.articles());
    visit("festivals", bank.festivals());
    visit("law", bank.laws());
    visit("law_change", bank.lawChanges());
    visit("post", bank.posts());
    visit("question", bank.questions());
    visit("risk_point", bank.riskPoints());
    visit("story", bank.stories());
    visit("theme", bank.themes());
}

} // namespace

QList<ObjectKey> keysOf(const QuestionBank &bank)
{
    QList<ObjectKey> keys;
    forEachList(bank, [&keys](const char *kind, const auto &list) {
        const QByteArray name(kind);
        for (const auto &object : list) {
            ObjectKey key{name, idOf(object), 1};
            if constexpr (std::is_same_v<std::decay_t<decltype(object)>, QuestionVersion>) {
                key.version = object.version;
            }
            keys.append(std::move(key));
        }
    });
    for (auto it = bank.media().cbegin(); it != bank.media().cend(); ++it) {
        keys.append({mediaKind(), it.key().toUtf8(), 1});
    }
    if (bank.marking != MarkingRules()) {
        keys.append({QByteArrayLiteral("settings"), markingId(), 1});
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

QJsonObject jsonOf(const QuestionBank &bank, const ObjectKey &key)
{
    const QString id = QString::fromUtf8(key.id);
    const auto json = [](const auto *object) { return object ? toJson(*object) : QJsonObject(); };
    if (key.kind == "question") {
        return json(bank.question(id, key.version));
    }
    if (key.kind == "article") {
        return json(bank.article(id));
    }
    if (key.kind == "risk_point") {
        return json(bank.riskPoint(id));
    }
    if (key.kind == "settings") {
        return toJson(bank.marking);
    }
    QJsonObject found;
    forEachList(bank, [&](const char *kind, const auto &list) {
        if (key.kind != kind) {
            return;
        }
        for (const auto &object : list) {
            if (idOf(object) == key.id) {
                found = toJson(object);
                return;
            }
        }
    });
    return found;
}

QByteArray bytesOf(const QuestionBank &bank, const ObjectKey &key)
{
    return key.kind == mediaKind() ? bank.media().value(QString::fromUtf8(key.id))
                                   : canonicalJson(jsonOf(bank, key));
}

Result<void> addObject(QuestionBank &bank, const PackedObject &object)
{
    using Add = Result<void> (*)(QuestionBank &, const PackedObject &);
    static const QHash<QByteArray, Add> kinds{{"acceptance", &addJson<Acceptance>},
        {"article", &addJson<LegalArticle>}, {"festivals", &addJson<FestivalYear>}, {"law", &addJson<Law>},
        {"law_change", &addJson<LawChange>}, {"media", &addPicture}, {"post", &addJson<Post>},
        {"question", &addJson<QuestionVersion>}, {"risk_point", &addJson<RiskPoint>},
        {"settings", &addJson<MarkingRules>}, {"story", &addJson<Story>}, {"theme", &addJson<CultureTheme>}};
    const Add add = kinds.value(object.key.kind, nullptr);
    return add ? add(bank, object) : Result<void>();
}

QByteArray listingLine(const PackedObject &object)
{
    return object.key.kind + '\t' + object.key.id + '\t' + QByteArray::number(object.key.version) + '\t'
        + sha256(object.bytes).toHex() + '\n';
}

} // namespace qingfeng
