#include "quiz/obligation/policy_file.h"

#include <algorithm>
#include <array>
#include <sstream>

#include <sys/stat.h>
#include <toml++/toml.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace qingfeng {
namespace {

constexpr qint64 maxPolicyBytes = 256 * 1024;
constexpr int maxFiles = 64;
constexpr int maxFaults = 1000;
constexpr int maxTextLength = 200;

constexpr std::array<const char16_t *, 9> kindNames {u"unreadable", u"too-large", u"not-trusted", u"syntax",
    u"unknown-key", u"bad-value", u"bad-group", u"bad-mandatory", u"bad-exemption"};

struct GroupKey
{
    const char *name;
    GroupKind kind;
};
constexpr std::array<GroupKey, 4> groupKeys {{{"unit", GroupKind::Unit}, {"department", GroupKind::Department},
    {"post", GroupKind::Post}, {"person", GroupKind::Person}}};

QString toQString(std::string_view view)
{
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

/** A value as it stands in the file, shortened. */
QString written(const toml::node &node)
{
    std::ostringstream out;
    node.visit([&](const auto &value) { out << value; });
    QString text = QString::fromStdString(out.str());
    return text.size() > 80 ? text.left(79) + QChar(0x2026) : text;
}

/** "16:30" of a text or a TOML time of day; a time with seconds is none of ours. */
std::optional<QString> timeText(const toml::node &node)
{
    if (const auto *time = node.as_time()) {
        const toml::time t = time->get();
        if (t.second != 0 || t.nanosecond != 0) {
            return std::nullopt;
        }
        return QTime(t.hour, t.minute).toString(QStringLiteral("HH:mm"));
    }
    const auto text = node.value<std::string_view>();
    return node.is_string() ? std::optional(toQString(*text)) : std::nullopt;
}

std::optional<QDate> dateOf(const toml::node &node)
{
    if (const auto *date = node.as_date()) {
        const toml::date d = date->get();
        return QDate(d.year, d.month, d.day);
    }
    if (const auto *text = node.as_string()) {
        const QDate date = QDate::fromString(toQString(text->get()), QStringLiteral("yyyy-MM-dd"));
        return date.isValid() ? std::optional(date) : std::nullopt;
    }
    return std::nullopt;
}

/** A node in the form that @p key wants, allowed or not; nothing when it is of another type altogether. */
std::optional<PolicyValue> valueFor(const PolicyKey &key, const toml::node &node)
{
    switch (key.type) {
    case PolicyKey::Type::Switch:
        if (const auto *flag = node.as_boolean()) {
            return PolicyValue(flag->get());
        }
        break;
    case PolicyKey::Type::Number:
        if (const auto *number = node.as_integer(); number && number->get() >= key.min && number->get() <= key.max) {
            return PolicyValue(int(number->get()));
        }
        break;
    case PolicyKey::Type::Choice:
        if (const auto *text = node.as_string()) {
            return PolicyValue(toQString(text->get()));
        }
        break;
    case PolicyKey::Type::TimeOfDay:
        if (const auto text = timeText(node)) {
            return PolicyValue(*text);
        }
        break;
    case PolicyKey::Type::Choices:
        if (const auto *array = node.as_array()) {
            QStringList list;
            for (const toml::node &element : *array) {
                const auto *text = element.as_string();
                if (!text) {
                    return std::nullopt;
                }
                list.append(toQString(text->get()));
            }
            return PolicyValue(list);
        }
        break;
    }
    return std::nullopt;
}

class FileReader
{
public:
    FileReader(QString file, LoadedPolicy &loaded)
        : m_file(std::move(file))
        , m_loaded(loaded)
    {
    }

    void read(const toml::table &root)
    {
        for (const auto &[name, node] : root) {
            const QString key = toQString(name.str());
            if (key == QLatin1String("group")) {
                forEachTable(key, node, [this](const toml::table &table) { readGroup(table); });
            } else if (key == QLatin1String("exemption")) {
                forEachTable(key, node, [this](const toml::table &table) { readExemption(table); });
            } else if (key == QLatin1String("mandatory")) {
                forEachTable(key, node, [this](const toml::table &table) { readMandatory(table); });
            } else {
                readSettings(key, node, m_loaded.policy.settings);
            }
        }
    }

    void fault(PolicyFault::Kind kind, int line, const QString &key, const QString &found = {},
        const QString &allowed = {})
    {
        if (m_loaded.faults.size() < maxFaults) {
            m_loaded.faults.append({kind, {m_file, line}, key, found, allowed});
        }
    }

private:
    static int line(const toml::node &node) { return int(node.source().begin.line); }

    template <typename Read> void forEachTable(const QString &key, const toml::node &node, Read read)
    {
        const auto *array = node.as_array();
        if (!array) {
            return fault(
                PolicyFault::Kind::BadValue, line(node), key, written(node), QStringLiteral("[[%1]]").arg(key));
        }
        for (const toml::node &element : *array) {
            if (const auto *table = element.as_table()) {
                read(*table);
            } else {
                fault(PolicyFault::Kind::BadValue, line(element), key, written(element),
                    QStringLiteral("[[%1]]").arg(key));
            }
        }
    }

    /** Reads `[section]` into @p settings. */
    void readSettings(const QString &section, const toml::node &node, QList<PolicySetting> &settings)
    {
        const QString prefix = section + QLatin1Char('.');
        const QList<PolicyKey> &keys = policyKeys();
        const bool known = std::any_of(keys.cbegin(), keys.cend(),
            [&](const PolicyKey &key) { return QLatin1String(key.name).startsWith(prefix); });
        if (!known) {
            return fault(PolicyFault::Kind::UnknownKey, line(node), section);
        }
        const auto *table = node.as_table();
        if (!table) {
            return fault(
                PolicyFault::Kind::BadValue, line(node), section, written(node), QStringLiteral("[%1]").arg(section));
        }
        for (const auto &[name, value] : *table) {
            const QString full = prefix + toQString(name.str());
            const PolicyKey *key = policyKey(full);
            if (!key) {
                fault(PolicyFault::Kind::UnknownKey, line(value), full);
                continue;
            }
            const auto found = valueFor(*key, value);
            if (!found || !isAllowed(*key, *found)) {
                fault(PolicyFault::Kind::BadValue, line(value), full, written(value), key->allowed());
                continue;
            }
            settings.append({full, *found, {m_file, line(value)}});
        }
    }

    /** A short text of a table, or an empty one. */
    QString text(const toml::table &table, const char *key) const
    {
        const auto *value = table.get_as<std::string>(key);
        const QString found = value ? toQString(value->get()).trimmed() : QString();
        return found.size() <= maxTextLength ? found : QString();
    }

    void readGroup(const toml::table &table)
    {
        PolicyGroup group;
        group.origin = {m_file, line(table)};
        int named = 0;
        for (const auto &[name, node] : table) {
            const QString key = toQString(name.str());
            const auto selector = std::find_if(groupKeys.begin(), groupKeys.end(),
                [&](const GroupKey &candidate) { return key == QLatin1String(candidate.name); });
            if (selector == groupKeys.end()) {
                readSettings(key, node, group.settings);
                continue;
            }
            ++named;
            group.kind = selector->kind;
            group.code = text(table, selector->name);
        }
        if (named != 1 || group.code.isEmpty()) {
            return fault(PolicyFault::Kind::BadGroup, group.origin.line, QStringLiteral("group"), {},
                QStringLiteral("unit | department | post | person"));
        }
        m_loaded.policy.groups.append(std::move(group));
    }

    /** What an entry with a term has: texts that must be there, the first day or none, and the last day. */
    struct Term
    {
        PolicyFault::Kind kind;
        const char *section;
        QList<const char *> texts;
    };

    /** False after a fault. */
    bool readTerm(const toml::table &table, const Term &term, QDate &from, QDate &until)
    {
        const int at = line(table);
        const auto keyOf = [&term](const QString &name) {
            return QLatin1String(term.section) + QLatin1Char('.') + name;
        };
        for (const auto &[name, node] : table) {
            const QString key = toQString(name.str());
            const bool known = key == QLatin1String("from") || key == QLatin1String("until")
                || std::any_of(term.texts.cbegin(), term.texts.cend(),
                    [&key](const char *text) { return key == QLatin1String(text); });
            if (!known) {
                fault(PolicyFault::Kind::UnknownKey, line(node), keyOf(key));
            }
        }
        const auto refuse = [&](const char *key, const QString &allowed) {
            const toml::node *node = table.get(key);
            fault(term.kind, node ? line(*node) : at, keyOf(QLatin1String(key)), node ? written(*node) : QString(),
                allowed);
            return false;
        };
        for (const char *key : term.texts) {
            if (text(table, key).isEmpty()) {
                return refuse(key, QStringLiteral("1…%1 characters").arg(maxTextLength));
            }
        }
        for (const char *key : {"from", "until"}) {
            const toml::node *node = table.get(key);
            if (!node && qstrcmp(key, "from") == 0) {
                continue; // from the beginning
            }
            const auto date = node ? dateOf(*node) : std::nullopt;
            if (!date) {
                return refuse(key, QStringLiteral("2026-05-31"));
            }
            (qstrcmp(key, "from") == 0 ? from : until) = *date;
        }
        if (from.isValid() && until < from) {
            fault(term.kind, line(*table.get("until")), keyOf(QStringLiteral("until")), until.toString(Qt::ISODate),
                QStringLiteral("%1…").arg(from.toString(Qt::ISODate)));
            return false;
        }
        return true;
    }

    void readExemption(const toml::table &table)
    {
        PolicyExemption exemption {text(table, "person"), text(table, "reason"), {}, {}, {m_file, line(table)}};
        if (readTerm(table, {PolicyFault::Kind::BadExemption, "exemption", {"person", "reason"}}, exemption.from,
                exemption.until)) {
            m_loaded.policy.exemptions.append(std::move(exemption));
        }
    }

    void readMandatory(const toml::table &table)
    {
        MandatoryQuestion mandatory {text(table, "question"), {}, {}, {m_file, line(table)}};
        if (readTerm(table, {PolicyFault::Kind::BadMandatory, "mandatory", {"question"}}, mandatory.from,
                mandatory.until)) {
            m_loaded.policy.mandatory.append(std::move(mandatory));
        }
    }

    const QString m_file;
    LoadedPolicy &m_loaded;
};

/** The files that @p paths stand for. */
QStringList filesOf(const QStringList &paths)
{
    QStringList files;
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (info.isDir()) {
            const QDir folder(path);
            const QStringList names
                = folder.entryList({QStringLiteral("*.toml")}, QDir::Files | QDir::Hidden, QDir::Name);
            for (const QString &name : names) {
                files.append(folder.filePath(name));
            }
        } else if (info.exists() || info.suffix() == QLatin1String("toml")) {
            files.append(path);
        }
    }
    return files;
}

/** Asked of the open file, so that it is the one that is read. */
bool isOfRootAlone(const QFile &file)
{
    struct stat info {};
    return ::fstat(file.handle(), &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == 0
        && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

} // namespace

QString nameOf(PolicyFault::Kind kind)
{
    return QString::fromUtf16(kindNames[std::size_t(kind)]);
}

bool LoadedPolicy::hasErrors() const
{
    return std::any_of(faults.cbegin(), faults.cend(), [](const PolicyFault &fault) { return fault.isError(); });
}

void addPolicy(const QByteArray &toml, const QString &file, LoadedPolicy &loaded)
{
    FileReader reader(file, loaded);
    const qsizetype before = loaded.faults.size();
    if (toml.size() > maxPolicyBytes) {
        return reader.fault(PolicyFault::Kind::TooLarge, 0, {}, {}, QStringLiteral("≤ %1 bytes").arg(maxPolicyBytes));
    }
    try {
        reader.read(toml::parse(std::string_view(toml.constData(), std::size_t(toml.size()))));
    } catch (const toml::parse_error &error) {
        reader.fault(PolicyFault::Kind::Syntax, int(error.source().begin.line), {}, toQString(error.description()));
    }
    // Tables come by key; people read by line.
    std::stable_sort(loaded.faults.begin() + before, loaded.faults.end(),
        [](const PolicyFault &a, const PolicyFault &b) { return a.origin.line < b.origin.line; });
}

LoadedPolicy loadPolicy(const QStringList &paths, PolicyTrust trust)
{
    LoadedPolicy loaded;
    for (const QString &path : filesOf(paths)) {
        FileReader reader(path, loaded);
        if (loaded.files.size() == maxFiles) {
            reader.fault(PolicyFault::Kind::TooLarge, 0, {}, {}, QStringLiteral("≤ %1 files").arg(maxFiles));
            break;
        }
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            reader.fault(PolicyFault::Kind::Unreadable, 0, {}, file.errorString());
            continue;
        }
        if (trust == PolicyTrust::RootOnly && !isOfRootAlone(file)) {
            reader.fault(PolicyFault::Kind::NotTrusted, 0, {});
            continue;
        }
        loaded.files.append(path);
        addPolicy(file.read(maxPolicyBytes + 1), path, loaded);
    }
    return loaded;
}

} // namespace qingfeng
