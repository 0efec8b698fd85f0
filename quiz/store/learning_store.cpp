#include "quiz/store/learning_store.h"

#include "quiz/store/attempt_table.h"
#include "quiz/store/damaged.h"
#include "quiz/store/database.h"
#include "quiz/store/learner_table.h"
#include "quiz/store/obligation_table.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"

#include <boost/filesystem/operations.hpp>

#include <QFile>
#include <QFileInfo>
#include <QLockFile>

namespace qingfeng {
namespace {

namespace fs = boost::filesystem;

constexpr int lockMs = 2000;

QString rosterDocument()
{
    return QStringLiteral("roster");
}

Result<void> makePrivateFolder(const QString &path)
{
    const fs::path folder(QFile::encodeName(QFileInfo(path).absolutePath()).toStdString());
    boost::system::error_code failed;
    if (fs::create_directories(folder, failed)) {
        fs::permissions(folder, fs::owner_all, failed);
    }
    if (failed) {
        return Error(ErrorCode::Io, QString::fromStdString(failed.message()), path);
    }
    return {};
}

} // namespace

LearningStore::LearningStore(std::unique_ptr<SQLite::Database> database, const Clock &clock, Random &random)
    : m_database(std::move(database))
    , m_clock(clock)
    , m_random(random)
{
}

LearningStore::~LearningStore() = default;

QString LearningStore::putAsideKey()
{
    return QStringLiteral("put_aside");
}

void LearningStore::suspectDamage() const
{
    damaged::suspect(QString::fromStdString(m_database->getFilename()));
}

Result<std::unique_ptr<LearningStore>> LearningStore::openOrReplace(
    const QString &path, const Clock &clock, Random &random)
{
    const auto isDamaged = [](const auto &store) { return !store && store.error().code() == ErrorCode::Corrupt; };
    auto store = open(path, clock, random);
    QLockFile lock(path + QStringLiteral(".lock"));
    if (!isDamaged(store) || !lock.tryLock(lockMs)) {
        return store;
    }
    store = open(path, clock, random); // another process may have been faster
    if (!isDamaged(store)) {
        return store;
    }
    const auto aside = damaged::putAside(path, clock);
    if (!aside) {
        return aside.error();
    }
    damaged::clearSuspicion(path);
    store = open(path, clock, random);
    if (store) {
        damaged::salvage(*(*store)->m_database, *aside);
        (*store)->m_putAside = QFileInfo(*aside).fileName();
        (void)(*store)->setValue(putAsideKey(), (*store)->m_putAside);
    }
    return store;
}

Result<std::unique_ptr<LearningStore>> LearningStore::open(const QString &path, const Clock &clock, Random &random)
{
    const auto folder = makePrivateFolder(path);
    if (!folder) {
        return folder.error();
    }
    auto database = openDatabase(path);
    if (!database) {
        return Error(database.error().code(), database.error().detail(), path);
    }
    if (damaged::isSuspected(path)) {
        if (!damaged::isSound(**database)) {
            return Error(ErrorCode::Corrupt, QStringLiteral("pages or tables are damaged"), path);
        }
        damaged::clearSuspicion(path);
    }
    using Opened = Result<std::unique_ptr<LearningStore>>;
    return guarded([&]() -> Opened {
        std::unique_ptr<LearningStore> store(new LearningStore(std::move(*database), clock, random));
        SQLite::Transaction transaction(*store->m_database, SQLite::TransactionBehavior::IMMEDIATE);
        store->m_storeId = readValue(*store->m_database, QStringLiteral("store_id"));
        if (store->m_storeId.isEmpty()) {
            store->m_storeId = makeUuidV7(clock, random);
            writeValue(*store->m_database, QStringLiteral("store_id"), store->m_storeId);
        }
        store->readMemoryModel();
        if (readValue(*store->m_database, QStringLiteral("derived_stale")) == QLatin1String("1")) {
            store->rederive();
        }
        transaction.commit();
        store->m_outbox = std::make_unique<Outbox>(*store->m_database, store->m_storeId);
        store->m_study = std::make_unique<StudyRecords>(*store->m_database);
        store->m_feedback = std::make_unique<FeedbackRecords>(*store->m_database, store->m_storeId);
        return Opened(std::move(store));
    });
}

Result<void> LearningStore::present(const PresentationRecord &presentation)
{
    return guarded([&]() -> Result<void> {
        attempt_table::insert(*m_database,
            attempt_table::PresentationRow {presentation.id, presentation.person, presentation.studyDay,
                presentation.post, presentation.question, presentation.version, presentation.choicesShown,
                presentation.context, presentation.obligation, m_clock.utcMs(), presentation.partsShown});
        return {};
    });
}

Result<std::optional<PresentationRecord>> LearningStore::openPresentation(const QString &obligation) const
{
    using Found = std::optional<PresentationRecord>;
    return guarded([&]() -> Result<Found> {
        const auto row = attempt_table::openPresentation(*m_database, obligation);
        if (!row) {
            return Found();
        }
        return Found(PresentationRecord {row->id, row->person, row->studyDay, row->post, row->question,
            row->version, row->choicesShown, row->context, row->obligation, row->partsShown});
    });
}

Result<Recorded> LearningStore::record(Attempt attempt, const QByteArray &gateSecret)
{
    return guarded([&]() -> Result<Recorded> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        Recorded recorded;
        if (const auto existing = attempt_table::find(*m_database, attempt.id, m_storeId)) {
            recorded.attempt = *existing;
        } else {
            const auto head = attempt_table::head(*m_database);
            attempt.store = m_storeId;
            appendToChain(attempt, head.seq, head.hash);
            attempt_table::insert(*m_database, attempt);
            learner_table::count(*m_database, attempt, *m_memory);
            attempt_table::markAnswered(*m_database, attempt.id);
            recorded.attempt = attempt;
            if (auto obligation = obligation_table::find(*m_database, attempt.obligation);
                obligation && obligation->isOpen()) {
                ++obligation->answered;
                if (obligation->answered >= obligation->owed) {
                    obligation->state = ObligationState::Settled;
                    obligation->settledBy = attempt.id;
                    obligation->settledAtMs = m_clock.utcMs();
                }
                obligation_table::update(*m_database, *obligation);
            }
        }
        const auto obligation = obligation_table::find(*m_database, recorded.attempt.obligation);
        if (obligation && !obligation->isOpen() && !gateSecret.isEmpty()) {
            recorded.pass = obligation_table::issuePass(
                *m_database, obligation->id, recorded.attempt.id, gateSecret);
        }
        transaction.commit();
        return recorded;
    });
}

Result<ChainAnchor> LearningStore::head() const
{
    return guarded([&]() -> Result<ChainAnchor> {
        const auto head = attempt_table::head(*m_database);
        return ChainAnchor{head.seq, head.hash};
    });
}

Result<QList<Attempt>> LearningStore::attempts(const QString &person, qint64 afterSeq) const
{
    return guarded([&]() -> Result<QList<Attempt>> {
        return attempt_table::list(*m_database, m_storeId, afterSeq, -1, person);
    });
}

Result<LearnerRecord> LearningStore::learner(const QString &person) const
{
    return guarded([&]() -> Result<LearnerRecord> {
        // One state of the database for everything that is read here.
        SQLite::Transaction transaction(*m_database);
        const QString generation = readValue(*m_database, QStringLiteral("derived_generation"));
        const qint64 newest = attempt_table::head(*m_database).seq;
        Read &read = m_read[person];
        if (read.generation != generation) {
            read = {{}, 0, generation};
        }
        if (read.seq != newest || newest == 0) {
            learner_table::refresh(*m_database, person, read.seq, read.record);
            read.seq = newest;
        }
        return read.record;
    });
}

Result<QHash<QString, QuestionHistory>> LearningStore::history(const QString &person) const
{
    auto record = learner(person);
    if (!record) {
        return record.error();
    }
    return std::move(record->questions);
}

QString LearningStore::memoryModelValue()
{
    return QStringLiteral("memory_model");
}

void LearningStore::readMemoryModel()
{
    const auto object = parseJsonObject(readValue(*m_database, memoryModelValue()).toUtf8());
    const auto model = object ? memoryModelFromJson(*object) : Result<MemoryModel>(MemoryModel());
    // What cannot be read leaves the published set: memory is derived and never worth a closed gate.
    m_model = model ? *model : MemoryModel();
    m_memory = std::make_unique<QuizMemory>(m_model.parameters);
}

Result<QSet<QString>> LearningStore::askedOn(const QString &person, int studyDay) const
{
    return guarded(
        [&]() -> Result<QSet<QString>> { return attempt_table::askedOn(*m_database, person, studyDay); });
}

Result<QStringList> LearningStore::recentQuestions(const QString &person, int limit) const
{
    return guarded(
        [&]() -> Result<QStringList> { return attempt_table::recentQuestions(*m_database, person, limit); });
}

Result<QString> LearningStore::lastQuestion(const QString &person) const
{
    const auto recent = recentQuestions(person, 1);
    if (!recent) {
        return recent.error();
    }
    return recent->value(0);
}

Result<void> LearningStore::saveDocument(const QString &name, const QString &etag, const QByteArray &body)
{
    return guarded([&]() -> Result<void> {
        SQLite::Statement insert(*m_database, "INSERT OR REPLACE INTO document (name, etag, body) VALUES (?,?,?)");
        bindAll(insert, name, etag, body);
        insert.exec();
        return {};
    });
}

Result<std::pair<QString, QByteArray>> LearningStore::document(const QString &name) const
{
    using Document = std::pair<QString, QByteArray>;
    return guarded([&]() -> Result<Document> {
        SQLite::Statement query(*m_database, "SELECT etag, body FROM document WHERE name = ?");
        bindAll(query, name);
        return query.executeStep() ? Document(textAt(query, 0), bytesAt(query, 1)) : Document();
    });
}

Result<Roster> LearningStore::roster() const
{
    const auto cached = document(rosterDocument());
    if (!cached) {
        return cached.error();
    }
    if (cached->second.isEmpty()) {
        return Roster();
    }
    const auto object = parseJsonObject(cached->second);
    if (!object) {
        return object.error();
    }
    return rosterFromJson(*object);
}

QString LearningStore::value(const QString &name) const
{
    const auto read = guarded([&]() -> Result<QString> { return readValue(*m_database, name); });
    return read ? *read : QString();
}

Result<void> LearningStore::setValue(const QString &name, const QString &value)
{
    return guarded([&]() -> Result<void> {
        writeValue(*m_database, name, value);
        return {};
    });
}

Result<void> LearningStore::addEvent(const QString &person, const QString &kind, const QString &detail)
{
    return guarded([&]() -> Result<void> {
        insertEvent(person, kind, detail);
        return {};
    });
}

void LearningStore::insertEvent(const QString &person, const QString &kind, const QString &detail)
{
    SQLite::Statement insert(*m_database,
        "INSERT INTO event (id, person, kind, at_ms, utc_offset_s, detail) VALUES (?,?,?,?,?,?)");
    bindAll(insert, makeUuidV7(m_clock, m_random), person, kind, m_clock.utcMs(),
        qint64(m_clock.utcOffsetSeconds()), detail);
    insert.exec();
}

} // namespace qingfeng
