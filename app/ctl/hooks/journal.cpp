#include "app/ctl/hooks/journal.h"

#include "question_bank/base/canonical_json.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace qingfeng::ctl {

const QString journalPath = QStringLiteral("/var/lib/qingfeng/gate-install.json");

namespace {

constexpr int journalFormat = 1;
const QString libFolder = QStringLiteral("/var/lib");
const QString journalFolder = QStringLiteral("/var/lib/qingfeng");
/** The folder under another name: it comes with its journal in it and goes with it, in one step. */
const QString passingFolder = QStringLiteral("/var/lib/.qingfeng-gate-install");

const QStringList kindNames{
    QStringLiteral("absent"), QStringLiteral("file"), QStringLiteral("link"), QStringLiteral("directory")};
const QStringList stageNames{QStringLiteral("none"), QStringLiteral("installing"),
    QStringLiteral("installed"), QStringLiteral("removing")};

QJsonObject stateToJson(const FileState &state)
{
    if (state.kind == FileState::Absent) {
        return {{QStringLiteral("kind"), kindNames.at(state.kind)}};
    }
    return {{QStringLiteral("kind"), kindNames.at(state.kind)},
        {QStringLiteral("bytes"), QString::fromLatin1(state.bytes.toBase64())},
        {QStringLiteral("mode"), QString::number(state.mode, 8)}, {QStringLiteral("uid"), qint64(state.uid)},
        {QStringLiteral("gid"), qint64(state.gid)}};
}

Result<FileState> stateFromJson(const QJsonObject &json)
{
    const qsizetype kind = kindNames.indexOf(json.value(QStringLiteral("kind")).toString());
    const auto bytes = QByteArray::fromBase64Encoding(
        json.value(QStringLiteral("bytes")).toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (kind < 0 || !bytes) {
        return Error(ErrorCode::Corrupt, QStringLiteral("a file state cannot be read"), journalPath);
    }
    return FileState{FileState::Kind(kind), *bytes,
        json.value(QStringLiteral("mode")).toString().toUInt(nullptr, 8),
        uint(json.value(QStringLiteral("uid")).toInteger()),
        uint(json.value(QStringLiteral("gid")).toInteger())};
}

QByteArray toBytes(const Journal &journal)
{
    QJsonArray entries;
    for (const JournalEntry &entry : journal.entries) {
        QJsonArray earlier;
        for (const FileState &state : entry.earlier) {
            earlier.append(stateToJson(state));
        }
        entries.append(QJsonObject{{QStringLiteral("hook"), entry.hook}, {QStringLiteral("path"), entry.path},
            {QStringLiteral("before"), stateToJson(entry.before)},
            {QStringLiteral("written"), stateToJson(entry.written)}, {QStringLiteral("earlier"), earlier}});
    }
    return QJsonDocument(
        QJsonObject{{QStringLiteral("format"), journalFormat},
            {QStringLiteral("stage"), stageNames.at(journal.stage)},
            {QStringLiteral("made_folder"), journal.madeFolder}, {QStringLiteral("entries"), entries}})
        .toJson(QJsonDocument::Indented);
}

Result<JournalEntry> entryFromJson(const QJsonObject &json)
{
    JournalEntry entry{json.value(QStringLiteral("hook")).toString(),
        json.value(QStringLiteral("path")).toString(), {}, {}, {}};
    const auto before = stateFromJson(json.value(QStringLiteral("before")).toObject());
    const auto written = stateFromJson(json.value(QStringLiteral("written")).toObject());
    if (!before || !written || entry.path != QDir::cleanPath(entry.path)
        || !entry.path.startsWith(QLatin1Char('/'))) {
        return Error(ErrorCode::Corrupt, QStringLiteral("an entry cannot be read"), journalPath);
    }
    entry.before = *before;
    entry.written = *written;
    for (const QJsonValue &value : json.value(QStringLiteral("earlier")).toArray()) {
        const auto earlier = stateFromJson(value.toObject());
        if (!earlier) {
            return earlier.error();
        }
        entry.earlier.append(*earlier);
    }
    return entry;
}

/** One install or remove at a time; ends with the process. */
class Turn
{
public:
    explicit Turn(const Root &root)
        : m_fd(::open(QFile::encodeName(root.outside(QStringLiteral("/"))).constData(),
            O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        , m_mine(m_fd >= 0 && ::flock(m_fd, LOCK_EX | LOCK_NB) == 0)
    {
    }
    ~Turn()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

    bool isMine() const { return m_mine; }

private:
    int m_fd;
    bool m_mine;
};

bool renameFolder(const Root &root, const QString &from, const QString &to)
{
    return ::rename(QFile::encodeName(root.outside(from)).constData(),
               QFile::encodeName(root.outside(to)).constData())
        == 0;
}

Result<void> writeJournal(const Root &root, const Journal &journal)
{
    const FileState file = newFile(toBytes(journal), 0600);
    if (!journal.madeFolder || root.exists(journalFolder)) {
        return put(root, journalPath, file);
    }
    if (const auto made = put(root, passingFolder, {FileState::Directory, {}, 0755, 0, 0}); !made) {
        return made.error();
    }
    const QString name = journalPath.mid(journalFolder.size());
    if (const auto written = put(root, passingFolder + name, file); !written) {
        return written.error();
    }
    if (!renameFolder(root, passingFolder, journalFolder)) {
        return Error(
            ErrorCode::Io, QString::fromLocal8Bit(std::strerror(errno)), root.outside(journalFolder));
    }
    return {};
}

Result<void> dropJournal(const Root &root, const Journal &journal)
{
    constexpr auto everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    const QDir folder(root.outside(journalFolder));
    if (journal.madeFolder && folder.entryList(everything).size() == 1
        && renameFolder(root, journalFolder, passingFolder)) {
        QDir(root.outside(passingFolder)).removeRecursively();
        return {};
    }
    return put(root, journalPath, FileState());
}

/** Takes away what a kill left half done, and reads the journal. */
Result<Journal> takeUp(const Root &root)
{
    if (!root.exists(libFolder)) {
        return Error(ErrorCode::NotFound, QStringLiteral("no /var/lib: not the root of a system"),
            root.outside(libFolder));
    }
    QDir(root.outside(passingFolder)).removeRecursively();
    removeTemporary(root, journalPath);
    auto journal = readJournal(root);
    if (journal) {
        for (const JournalEntry &entry : std::as_const(journal->entries)) {
            removeTemporary(root, entry.path);
        }
    }
    return journal;
}

/** Adds the folders that @p path lies in and that are not there, outermost first. */
void noteFolders(const Root &root, const HookFile &file, QList<JournalEntry> &entries)
{
    const QString &path = file.path;
    for (qsizetype slash = path.indexOf(QLatin1Char('/'), 1); slash > 0;
         slash = path.indexOf(QLatin1Char('/'), slash + 1)) {
        const QString folder = path.left(slash);
        const bool noted
            = std::ranges::any_of(entries, [&](const JournalEntry &e) { return e.path == folder; });
        if (!noted && !root.exists(folder)) {
            entries.append({file.hook, folder, {}, {FileState::Directory, {}, 0755, 0, 0}, {}});
        }
    }
}

Result<void> note(const Root &root, const HookFile &file, QList<JournalEntry> &entries)
{
    const auto known = std::ranges::find(entries, file.path, &JournalEntry::path);
    if (known != entries.end()) {
        if (known->written != file.wanted) {
            known->earlier.append(std::exchange(known->written, file.wanted));
        }
        return {};
    }
    const auto before = root.state(file.path);
    if (!before) {
        return before.error();
    }
    if (before->kind == FileState::Directory || before->kind == FileState::Other) {
        return Error(ErrorCode::Conflict, QStringLiteral("something else than a file is there"),
            root.outside(file.path));
    }
    noteFolders(root, file, entries);
    entries.append({file.hook, file.path, *before, file.wanted, {}});
    return {};
}

/** Takes a folder away that was made for a hook, unless something else has come into it. */
bool removeFolder(const Root &root, const QString &path)
{
    return ::rmdir(QFile::encodeName(root.outside(path)).constData()) == 0 || errno == ENOENT
        || errno == ENOTEMPTY || errno == EEXIST;
}

bool isFolder(const JournalEntry &entry)
{
    return entry.written.kind == FileState::Directory;
}

Error busy(const Root &root)
{
    return Error(ErrorCode::Unavailable, QStringLiteral("another install or remove is running"),
        root.outside(QStringLiteral("/")));
}

} // namespace

Result<Journal> readJournal(const Root &root)
{
    const auto state = root.state(journalPath);
    if (!state) {
        return state.error();
    }
    if (state->kind == FileState::Absent) {
        return Journal();
    }
    const auto json = parseJsonObject(state->bytes);
    if (!json) {
        return Error(ErrorCode::Corrupt, json.error().detail(), root.outside(journalPath));
    }
    if (json->value(QStringLiteral("format")).toInt() > journalFormat) {
        return Error(
            ErrorCode::TooNew, QStringLiteral("written by a newer version"), root.outside(journalPath));
    }
    Journal journal;
    const qsizetype stage = stageNames.indexOf(json->value(QStringLiteral("stage")).toString());
    if (stage <= Journal::None) {
        return Error(ErrorCode::Corrupt, QStringLiteral("unknown stage"), root.outside(journalPath));
    }
    journal.stage = Journal::Stage(stage);
    journal.madeFolder = json->value(QStringLiteral("made_folder")).toBool();
    for (const QJsonValue &value : json->value(QStringLiteral("entries")).toArray()) {
        auto entry = entryFromJson(value.toObject());
        if (!entry) {
            return entry.error();
        }
        journal.entries.append(std::move(*entry));
    }
    return journal;
}

Result<Standing> standing(const Root &root, const JournalEntry &entry)
{
    const auto now = root.state(entry.path);
    if (!now) {
        return now.error();
    }
    if (isFolder(entry)) {
        return now->kind == FileState::Absent   ? Standing::AsBefore
            : now->kind == FileState::Directory ? Standing::AsWritten
                                                : Standing::ChangedByHand;
    }
    if (*now == entry.written || entry.earlier.contains(*now)) {
        return Standing::AsWritten;
    }
    const bool nothing = now->kind == FileState::Absent && entry.before.kind == FileState::Absent;
    return nothing || *now == entry.before ? Standing::AsBefore : Standing::ChangedByHand;
}

Result<Untouched> installFiles(const Root &root, const QList<HookFile> &files)
{
    const Turn turn(root);
    if (!turn.isMine()) {
        return busy(root);
    }
    auto journal = takeUp(root);
    if (!journal) {
        return journal.error();
    }
    if (journal->stage == Journal::None) {
        journal->madeFolder = !root.exists(journalFolder);
    }
    for (const HookFile &file : files) {
        if (const auto noted = note(root, file, journal->entries); !noted) {
            return noted.error();
        }
    }
    journal->stage = Journal::Installing;
    if (const auto written = writeJournal(root, *journal); !written) {
        return written.error();
    }
    Untouched untouched;
    for (JournalEntry &entry : journal->entries) {
        const auto now = standing(root, entry);
        if (!now) {
            return now.error();
        }
        if (*now == Standing::ChangedByHand) {
            untouched.append(entry);
            continue;
        }
        const bool current
            = *now == Standing::AsWritten && (isFolder(entry) || *root.state(entry.path) == entry.written);
        if (!current) {
            if (const auto done = put(root, entry.path, entry.written); !done) {
                return done.error();
            }
        }
        entry.earlier.clear();
    }
    journal->stage = Journal::Installed;
    if (const auto written = writeJournal(root, *journal); !written) {
        return written.error();
    }
    return untouched;
}

Result<Untouched> uninstallFiles(const Root &root, bool evenChanged)
{
    const Turn turn(root);
    if (!turn.isMine()) {
        return busy(root);
    }
    auto journal = takeUp(root);
    if (!journal || journal->stage == Journal::None) {
        return journal ? Result<Untouched>(Untouched()) : journal.error();
    }
    journal->stage = Journal::Removing;
    if (const auto written = writeJournal(root, *journal); !written) {
        return written.error();
    }
    Untouched untouched;
    QList<JournalEntry> kept;
    for (auto entry = journal->entries.crbegin(); entry != journal->entries.crend(); ++entry) {
        if (isFolder(*entry)) {
            const bool needed = std::ranges::any_of(kept,
                [&](const JournalEntry &k) { return k.path.startsWith(entry->path + QLatin1Char('/')); });
            if (needed || !removeFolder(root, entry->path)) {
                kept.prepend(*entry);
            }
            continue;
        }
        const auto now = standing(root, *entry);
        if (!now) {
            return now.error();
        }
        if (*now == Standing::ChangedByHand && !evenChanged) {
            untouched.prepend(*entry);
            kept.prepend(*entry);
        } else if (*now != Standing::AsBefore) {
            if (const auto done = put(root, entry->path, entry->before); !done) {
                return done.error();
            }
        }
    }
    journal->entries = kept;
    const auto ended = kept.isEmpty() ? dropJournal(root, *journal) : writeJournal(root, *journal);
    if (!ended) {
        return ended.error();
    }
    return untouched;
}

} // namespace qingfeng::ctl
