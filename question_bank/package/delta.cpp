#include "question_bank/package/delta.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/model/bank_json.h"
#include "question_bank/model/review.h"
#include "question_bank/package/package_scan.h"

#include <map>
#include <optional>

#include <QJsonObject>

namespace qingfeng {
namespace {

using namespace packing;

constexpr int deltaLevel = 19; ///< small and made once
constexpr int patchLevel = 3; ///< made on every PC
constexpr int deltaVersion = 1;

QByteArray deltaMagic()
{
    return QByteArrayLiteral("QFDELT1\n");
}

Error corrupt(const QString &detail)
{
    return Error(ErrorCode::Corrupt, detail);
}

/** What a delta says, in memory: small beside the banks. */
struct Delta
{
    DeltaInfo info;
    Head head;
    std::map<ObjectKey, std::optional<QByteArray>> changes; ///< nothing = removed
};

Result<Delta> readDelta(const QByteArray &bytes)
{
    if (bytes.size() > maxPackageBytes) {
        return Error(ErrorCode::TooLarge, QStringLiteral("the delta is over the bound"));
    }
    if (!isDelta(bytes)) {
        return bytes.startsWith("QFDELT")
            ? Error(ErrorCode::TooNew, QStringLiteral("a delta format of a later version"))
            : corrupt(QStringLiteral("not a question-bank delta"));
    }
    ZstdReader in(bytes, deltaMagic().size(), maxUnpackedBytes);
    const auto first = in.line(maxManifestBytes);
    const auto base = first ? parseJsonObject(*first) : first.error();
    if (!base) {
        return first ? corrupt(base.error().toString()) : first.error();
    }
    if (base->value(QStringLiteral("format")).toInt() != deltaVersion) {
        return Error(ErrorCode::TooNew, QStringLiteral("a delta format of a later version"));
    }
    const auto head = readHeadLines(in);
    const auto next = head ? readHead(*head) : head.error();
    if (!next) {
        return next.error();
    }
    Delta delta;
    delta.head = *head;
    delta.info.base = base->value(QStringLiteral("base")).toString();
    delta.info.baseRevision = base->value(QStringLiteral("base_revision")).toInteger();
    delta.info.revision = next->revision;
    for (;;) {
        const auto end = in.atEnd();
        if (!end) {
            return end.error();
        }
        if (*end) {
            return delta;
        }
        const auto line = in.line(1024);
        if (!line) {
            return line.error();
        }
        ObjectKey key;
        std::optional<QByteArray> content;
        if (line->startsWith("+\t")) {
            const auto object = readObject(in, line->mid(2));
            if (!object) {
                return object.error();
            }
            key = object->key;
            content = object->bytes;
            ++delta.info.put;
        } else if (line->startsWith("-\t")) {
            const auto removed = readKey(line->mid(2).split('\t'));
            if (!removed) {
                return removed.error();
            }
            key = *removed;
            ++delta.info.removed;
        } else {
            return corrupt(QStringLiteral("a line that is neither + nor -"));
        }
        if (!delta.changes.emplace(key, content).second) {
            return corrupt(QStringLiteral("\"%1\" is changed twice").arg(QString::fromUtf8(key.id)));
        }
    }
}

/** A published version keeps its content for good; only its state goes on. */
Result<void> mayFollow(const PackedObject &old, const PackedObject &next)
{
    if (old.key.kind != "question" || old.bytes == next.bytes) {
        return {};
    }
    const auto read = [](const QByteArray &bytes) -> Result<QuestionVersion> {
        const auto json = parseJsonObject(bytes);
        return json ? fromJson<QuestionVersion>(*json) : json.error();
    };
    const auto before = read(old.bytes);
    const auto after = read(next.bytes);
    if (before && after && wasPublished(*before) && !sameContent(*before, *after)) {
        return Error(ErrorCode::Conflict,
            QStringLiteral("a published version never changes: give what is new the next version number"),
            QStringLiteral("%1 version %2").arg(before->id).arg(before->version));
    }
    return {};
}

struct Scanned
{
    PackageInfo info;
    Head head;
    std::map<ObjectKey, QByteArray> hashes;
};

Result<Scanned> hashesOf(const QByteArray &package)
{
    Scanned scanned;
    const auto info = scan(
        package,
        [&scanned](const Head &head, const PackageInfo &) -> Result<void> {
            scanned.head = head;
            return {};
        },
        [&scanned](const PackedObject &object) -> Result<void> {
            scanned.hashes.emplace(object.key, sha256(object.bytes));
            return {};
        });
    if (!info) {
        return info.error();
    }
    scanned.info = *info;
    return scanned;
}

} // namespace

bool isDelta(const QByteArray &bytes)
{
    return bytes.startsWith(deltaMagic());
}

Result<QByteArray> makeDelta(const QByteArray &old, const QByteArray &next)
{
    const auto before = hashesOf(old);
    if (!before) {
        return before.error();
    }
    auto after = hashesOf(next);
    if (!after) {
        return after.error();
    }
    if (after->info.format != formatVersion) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("a delta leads to a package of format %1, and this one has %2: build it anew")
                .arg(formatVersion)
                .arg(after->info.format));
    }
    std::map<ObjectKey, std::optional<QByteArray>> changes;
    for (const auto &[key, hash] : before->hashes) {
        const auto held = after->hashes.find(key);
        if (held == after->hashes.end()) {
            changes.emplace(key, std::nullopt);
        }
    }
    const auto keep = [&](const QByteArray &package, auto visit) {
        return scan(
            package, [](const Head &, const PackageInfo &) -> Result<void> { return {}; }, visit);
    };
    const auto collected = keep(next, [&](const PackedObject &object) -> Result<void> {
        const auto held = before->hashes.find(object.key);
        if (held == before->hashes.end() || held->second != after->hashes.at(object.key)) {
            changes.emplace(object.key, object.bytes);
        }
        return {};
    });
    if (!collected) {
        return collected.error();
    }
    const auto checked = keep(old, [&](const PackedObject &object) -> Result<void> {
        const auto change = changes.find(object.key);
        return change != changes.end() && change->second ? mayFollow(object, {object.key, *change->second})
                                                         : Result<void>();
    });
    if (!checked) {
        return checked.error();
    }
    ZstdWriter out(deltaLevel);
    out.write(canonicalJson(QJsonObject{{QStringLiteral("format"), deltaVersion},
                  {QStringLiteral("base"), before->info.manifestHash},
                  {QStringLiteral("base_revision"), before->info.revision}})
        + '\n' + after->head.manifest + '\n' + after->head.signatures + '\n');
    for (const auto &[key, content] : changes) {
        if (content) {
            write(out, {key, *content}, QByteArrayLiteral("+\t"));
        } else {
            out.write("-\t" + key.kind + '\t' + key.id + '\t' + QByteArray::number(key.version) + '\n');
        }
    }
    const auto packed = out.finish();
    if (!packed) {
        return packed.error();
    }
    return deltaMagic() + *packed;
}

Result<DeltaInfo> inspectDelta(const QByteArray &delta)
{
    const auto read = readDelta(delta);
    if (!read) {
        return read.error();
    }
    return read->info;
}

Result<QByteArray> applyDelta(const QByteArray &old, const QByteArray &delta)
{
    const auto read = readDelta(delta);
    if (!read) {
        return read.error();
    }
    ZstdWriter out(patchLevel);
    out.write(read->head.manifest + '\n' + read->head.signatures + '\n');
    ListingHash listing;
    const auto put = [&](const PackedObject &object) -> Result<void> {
        write(out, object);
        return listing.add(object);
    };
    auto change = read->changes.cbegin();
    const auto putUpTo = [&](const ObjectKey *limit) -> Result<void> {
        for (; change != read->changes.cend() && (!limit || change->first < *limit); ++change) {
            if (!change->second) {
                return corrupt(QStringLiteral("\"%1\" is to be removed and is not there")
                                   .arg(QString::fromUtf8(change->first.id)));
            }
            if (const auto added = put({change->first, *change->second}); !added) {
                return added;
            }
        }
        return {};
    };
    const auto merged = scan(
        old,
        [&read](const Head &, const PackageInfo &info) -> Result<void> {
            if (info.manifestHash != read->info.base) {
                return Error(ErrorCode::Conflict,
                    QStringLiteral(
                        "the delta leads from revision %1 (%2…), and the bank in use is revision %3 (%4…): "
                        "fetch the whole package")
                        .arg(read->info.baseRevision)
                        .arg(read->info.base.left(8))
                        .arg(info.revision)
                        .arg(info.manifestHash.left(8)));
            }
            return {};
        },
        [&](const PackedObject &object) -> Result<void> {
            if (const auto before = putUpTo(&object.key); !before) {
                return before;
            }
            if (change == read->changes.cend() || object.key < change->first) {
                return put(object);
            }
            const auto replaced = change->second ? put({object.key, *change->second}) : Result<void>();
            ++change;
            return replaced;
        });
    if (!merged) {
        return merged.error();
    }
    if (const auto last = putUpTo(nullptr); !last) {
        return last.error();
    }
    if (const auto fits = compareListing(listing, read->head.manifest); !fits) {
        return fits.error();
    }
    const auto packed = out.finish();
    if (!packed) {
        return packed.error();
    }
    return packageMagic() + *packed;
}

} // namespace qingfeng
