#include "question_bank/formats/question_tags.h"

#include "question_bank/formats/question_text.h"
#include "question_bank/model/names.h"

#include <QHash>
#include <QSet>

namespace qingfeng {
namespace {

/** Ids of the choices as every format writes them: in the right order of an order question, else as listed. */
QStringList writtenIds(const QuestionVersion &question)
{
    if (question.type == QuestionType::Order) {
        return question.answer;
    }
    QStringList ids;
    for (const Choice &choice : question.choices) {
        ids.append(choice.id);
    }
    return ids;
}

/** Ids of the targets as a format of pairs writes them: each where its first choice is, distractors after them. */
QStringList writtenTargets(const QuestionVersion &question)
{
    QStringList ids;
    for (const Choice &choice : question.choices) {
        const QString target = question.pairs.value(choice.id);
        if (!target.isEmpty() && !ids.contains(target)) {
            ids.append(target);
        }
    }
    for (const Choice &target : question.targets) {
        if (!ids.contains(target.id)) {
            ids.append(target.id);
        }
    }
    return ids;
}

QStringList listedIds(const QList<Choice> &choices)
{
    QStringList ids;
    for (const Choice &choice : choices) {
        ids.append(choice.id);
    }
    return ids;
}

QStringList plainIds(qsizetype count, bool numbers)
{
    QStringList ids;
    for (qsizetype i = 0; i < count; ++i) {
        ids.append(numbers ? QString::number(i + 1) : letterId(i));
    }
    return ids;
}

/** Sets one field from a tag's value; false: the value does not fit. */
using Setter = bool (*)(const QString &value, ImportedQuestion &imported);

bool setDate(const QString &value, QDate &field)
{
    field = QDate::fromString(value, Qt::ISODate);
    return field.isValid();
}

template <typename Enum> bool setName(const QString &value, Enum &field)
{
    const auto known = fromName<Enum>(value);
    field = known.value_or(field);
    return known.has_value();
}

void addOnce(QStringList &list, const QString &value)
{
    if (!value.isEmpty() && !list.contains(value)) {
        list.append(value);
    }
}

bool rename(QList<Choice> &choices, const QStringList &ids)
{
    if (ids.size() != choices.size() || QSet<QString>(ids.cbegin(), ids.cend()).size() != ids.size()
        || ids.contains(QString())) {
        return false;
    }
    for (qsizetype i = 0; i < ids.size(); ++i) {
        choices[i].id = ids.at(i);
    }
    return true;
}

bool relist(QList<Choice> &choices, const QStringList &ids)
{
    QList<Choice> sorted;
    for (const QString &id : ids) {
        for (const Choice &choice : choices) {
            if (choice.id == id) {
                sorted.append(choice);
            }
        }
    }
    if (sorted.size() != choices.size() || QSet<QString>(ids.cbegin(), ids.cend()).size() != choices.size()) {
        return false;
    }
    choices = sorted;
    return true;
}

bool setIds(const QString &value, ImportedQuestion &imported)
{
    QuestionVersion &question = imported.question;
    // An order question lists its choices otherwise than the file does: there the ids follow the right order.
    const bool order = question.type == QuestionType::Order;
    if (order && !relist(question.choices, question.answer)) {
        return false;
    }
    const QStringList before = listedIds(question.choices);
    const QStringList ids = value.split(QLatin1Char(' '));
    if (!rename(question.choices, ids)) {
        return false;
    }
    const auto renamed = [&](const QString &id) {
        const qsizetype at = before.indexOf(id);
        return at < 0 ? id : ids.at(at);
    };
    for (QString &id : question.answer) {
        id = renamed(id);
    }
    if (question.type != QuestionType::Order) {
        question.answer.sort();
    }
    QMap<QString, QString> pairs;
    for (const auto &[choice, target] : question.pairs.asKeyValueRange()) {
        pairs.insert(renamed(choice), target);
    }
    question.pairs = pairs;
    return true;
}

bool setTargets(const QString &value, ImportedQuestion &imported)
{
    QuestionVersion &question = imported.question;
    const QStringList before = listedIds(question.targets);
    const QStringList ids = value.split(QLatin1Char(' '));
    if (!rename(question.targets, ids)) {
        return false;
    }
    for (QString &target : question.pairs) {
        const qsizetype at = before.indexOf(target);
        target = at < 0 ? target : ids.at(at);
    }
    return true;
}

bool setPinned(const QString &value, ImportedQuestion &imported)
{
    const QStringList ids = value.split(QLatin1Char(' '));
    for (Choice &choice : imported.question.choices) {
        choice.pinned = choice.pinned || ids.contains(choice.id);
    }
    return true;
}

const QHash<QString, Setter> &setters()
{
    static const QHash<QString, Setter> table {
        {QStringLiteral("risk"),
            [](const QString &value, ImportedQuestion &in) {
                addOnce(in.question.riskPoints, value);
                return true;
            }},
        {QStringLiteral("law"),
            [](const QString &value, ImportedQuestion &in) {
                addOnce(in.question.articles, value);
                return true;
            }},
        {QStringLiteral("audience"),
            [](const QString &value, ImportedQuestion &in) {
                addOnce(in.stated, QStringLiteral("audience"));
                return setName(value, in.question.audience);
            }},
        {QStringLiteral("difficulty"),
            [](const QString &value, ImportedQuestion &in) {
                addOnce(in.stated, QStringLiteral("difficulty"));
                return setName(value, in.question.difficulty);
            }},
        {QStringLiteral("keyword"),
            [](const QString &value, ImportedQuestion &in) {
                in.question.keyword = value;
                return true;
            }},
        {QStringLiteral("valid-from"),
            [](const QString &value, ImportedQuestion &in) { return setDate(value, in.question.validFrom); }},
        {QStringLiteral("valid-until"),
            [](const QString &value, ImportedQuestion &in) { return setDate(value, in.question.validUntil); }},
        {QStringLiteral("author"),
            [](const QString &value, ImportedQuestion &in) {
                in.question.author = value;
                return true;
            }},
        {QStringLiteral("reviewer"),
            [](const QString &value, ImportedQuestion &in) {
                in.question.reviewer = value;
                return true;
            }},
        {QStringLiteral("reviewed-on"),
            [](const QString &value, ImportedQuestion &in) { return setDate(value, in.question.reviewedOn); }},
        {QStringLiteral("source"),
            [](const QString &value, ImportedQuestion &in) {
                in.question.source = value;
                return true;
            }},
        {QStringLiteral("state"),
            [](const QString &value, ImportedQuestion &in) { return setName(value, in.question.state); }},
        {QStringLiteral("version"),
            [](const QString &value, ImportedQuestion &in) {
                bool good = false;
                const int version = value.toInt(&good);
                in.question.version = good && version > 0 ? version : 1;
                return good && version > 0;
            }},
        {QStringLiteral("ids"), &setIds},
        {QStringLiteral("targets"), &setTargets},
        {QStringLiteral("listed"),
            [](const QString &value, ImportedQuestion &in) {
                return relist(in.question.choices, value.split(QLatin1Char(' ')));
            }},
        {QStringLiteral("listed-targets"),
            [](const QString &value, ImportedQuestion &in) {
                return relist(in.question.targets, value.split(QLatin1Char(' ')));
            }},
        {QStringLiteral("pinned"), &setPinned},
    };
    return table;
}

} // namespace

QStringList tagsOf(const QuestionVersion &question)
{
    QStringList tags;
    const auto add = [&tags](const char *key, const QString &value) {
        if (!value.isEmpty()) {
            tags.append(QLatin1String(key) + QLatin1Char(':') + value);
        }
    };
    const auto addDate = [&add](const char *key, QDate day) {
        add(key, day.isValid() ? day.toString(Qt::ISODate) : QString());
    };
    for (const QString &id : question.riskPoints) {
        add("risk", id);
    }
    for (const QString &id : question.articles) {
        add("law", id);
    }
    add("audience", nameOf(question.audience));
    add("difficulty", nameOf(question.difficulty));
    add("keyword", question.keyword);
    addDate("valid-from", question.validFrom);
    addDate("valid-until", question.validUntil);
    add("author", question.author);
    add("reviewer", question.reviewer);
    addDate("reviewed-on", question.reviewedOn);
    add("source", question.source);
    if (question.state != ReviewState::Draft) {
        add("state", nameOf(question.state));
    }
    if (question.version != 1) {
        add("version", QString::number(question.version));
    }
    if (question.type == QuestionType::TrueFalse || question.type == QuestionType::Case) {
        return tags;
    }
    const QStringList written = writtenIds(question);
    if (written != plainIds(written.size(), false)) {
        add("ids", written.join(QLatin1Char(' ')));
    }
    const QStringList listed = listedIds(question.choices);
    if (question.type == QuestionType::Order) {
        add("listed", listed.join(QLatin1Char(' ')));
    }
    if (question.type == QuestionType::Match) {
        const QStringList targets = writtenTargets(question);
        if (targets != plainIds(targets.size(), true)) {
            add("targets", targets.join(QLatin1Char(' ')));
        }
        if (targets != listedIds(question.targets)) {
            add("listed-targets", listedIds(question.targets).join(QLatin1Char(' ')));
        }
    }
    QStringList pinned;
    for (const Choice &choice : question.choices) {
        if (choice.pinned) {
            pinned.append(choice.id);
        }
    }
    add("pinned", pinned.join(QLatin1Char(' ')));
    return tags;
}

QStringList applyTags(const QStringList &tags, ImportedQuestion &imported, QList<ImportRemark> &warnings)
{
    QStringList rest;
    const auto apply = [&](const QString &tag) {
        const qsizetype colon = tag.indexOf(QLatin1Char(':'));
        const Setter set = colon > 0 ? setters().value(tag.left(colon).trimmed().toLower(), nullptr) : nullptr;
        if (!set) {
            addOnce(rest, tag);
            return;
        }
        const QString value = tag.mid(colon + 1).trimmed();
        if (value.isEmpty() || !set(value, imported)) {
            warnings.append({imported.file, imported.row, tag.left(colon),
                QStringLiteral("标签“%1”的值不合适，未采用").arg(tag.left(80))});
        }
    };
    // Ids first: what names choices names them as they are then.
    const auto isIds = [](const QString &tag) {
        return tag.startsWith(QLatin1String("ids:")) || tag.startsWith(QLatin1String("targets:"));
    };
    for (const QString &tag : tags) {
        if (isIds(tag)) {
            apply(tag);
        }
    }
    for (const QString &tag : tags) {
        if (!isIds(tag)) {
            apply(tag);
        }
    }
    QuestionVersion &question = imported.question;
    const bool claimed = question.state != ReviewState::Draft && question.state != ReviewState::InReview;
    if (claimed && (question.author.isEmpty() || question.reviewer.isEmpty() || question.author == question.reviewer)) {
        warnings.append({imported.file, imported.row, QStringLiteral("state"),
            QStringLiteral("状态“%1”需要命题人和另一位审核人，按草稿导入").arg(nameOf(question.state))});
        question.state = ReviewState::Draft;
    }
    return rest;
}

} // namespace qingfeng
