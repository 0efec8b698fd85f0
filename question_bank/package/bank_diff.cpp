#include "question_bank/package/bank_diff.h"

#include <map>
#include <utility>

namespace qingfeng {
namespace {

/** Kind and id → the highest version. */
using Latest = std::map<std::pair<QByteArray, QByteArray>, int>;

Latest latestOf(const QuestionBank &bank)
{
    Latest latest;
    const QList<ObjectKey> keys = keysOf(bank);
    for (const ObjectKey &key : keys) {
        int &version = latest[{key.kind, key.id}];
        version = std::max(version, key.version);
    }
    return latest;
}

BankChange changeOf(const std::pair<QByteArray, QByteArray> &name, int oldVersion, int newVersion)
{
    return {QString::fromLatin1(name.first), QString::fromUtf8(name.second), oldVersion, newVersion, {}};
}

QStringList differingFields(const QJsonObject &old, const QJsonObject &next)
{
    QStringList fields = old.keys() + next.keys();
    fields.removeDuplicates();
    fields.removeIf([&](const QString &field) { return old.value(field) == next.value(field); });
    fields.sort();
    return fields;
}

} // namespace

BankDiff diffBanks(const QuestionBank &old, const QuestionBank &next)
{
    const Latest before = latestOf(old);
    const Latest after = latestOf(next);
    BankDiff diff;
    for (const auto &[name, version] : before) {
        const auto held = after.find(name);
        if (held == after.end()) {
            diff.removed.append(changeOf(name, version, 0));
            continue;
        }
        if (name.first == mediaKind()) {
            continue; // the name is the content
        }
        BankChange change = changeOf(name, version, held->second);
        change.fields = differingFields(jsonOf(old, {name.first, name.second, version}),
            jsonOf(next, {name.first, name.second, held->second}));
        if (!change.fields.isEmpty()) {
            diff.changed.append(change);
        }
    }
    for (const auto &[name, version] : after) {
        if (before.find(name) == before.end()) {
            diff.added.append(changeOf(name, 0, version));
        }
    }
    return diff;
}

} // namespace qingfeng
