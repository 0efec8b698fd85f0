#include "question_bank/formats/bank_sources.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/file.h"
#include "question_bank/model/bank_json.h"
#include "question_bank/model/names.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fcntl.h>

#include <boost/filesystem/operations.hpp>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QMap>
#include <QTemporaryDir>

namespace qingfeng {
namespace {

namespace fs = boost::filesystem;

fs::path pathOf(const QString &path)
{
    return fs::path(QFile::encodeName(path).toStdString());
}

/** A TOML basic string. */
QString quoted(const QString &text)
{
    QString out = QStringLiteral("\"");
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if (u == u'"' || u == u'\\') {
            out += QLatin1Char('\\');
            out += c;
        } else if (u == u'\n') {
            out += QStringLiteral("\\n");
        } else if (u == u'\t') {
            out += QStringLiteral("\\t");
        } else if (u < 0x20 || u == 0x7f) {
            out += QStringLiteral("\\u%1").arg(int(u), 4, 16, QLatin1Char('0'));
        } else {
            out += c;
        }
    }
    return out + QLatin1Char('"');
}

QString listOf(const QStringList &texts)
{
    QStringList items;
    for (const QString &text : texts) {
        items.append(quoted(text));
    }
    return QLatin1Char('[') + items.join(QStringLiteral(", ")) + QLatin1Char(']');
}

QString isoDate(QDate day)
{
    return day.isValid() ? day.toString(Qt::ISODate) : QString();
}

/** What stands at the top of a file for all of its questions, by key. */
using Shared = QMap<QString, QString>;

struct SharedField
{
    const char *key;
    QString (*value)(const QuestionVersion &question);
};

const std::array<SharedField, 5> &sharedFields()
{
    static const std::array<SharedField, 5> fields{
        {{"author", [](const QuestionVersion &q) { return q.author; }},
            {"reviewer", [](const QuestionVersion &q) { return q.reviewer; }},
            {"reviewed_on", [](const QuestionVersion &q) { return isoDate(q.reviewedOn); }},
            {"valid_from", [](const QuestionVersion &q) { return isoDate(q.validFrom); }},
            {"valid_until", [](const QuestionVersion &q) { return isoDate(q.validUntil); }}}};
    return fields;
}

void line(QString &out, const char *key, const QString &value)
{
    out += QLatin1String(key) + QStringLiteral(" = ") + value + QLatin1Char('\n');
}

void lineUnlessEmpty(QString &out, const char *key, const QString &value)
{
    if (!value.isEmpty()) {
        line(out, key, quoted(value));
    }
}

void writeChoices(QString &out, const char *key, const QList<Choice> &choices)
{
    if (choices.isEmpty()) {
        return;
    }
    out += QLatin1String(key) + QStringLiteral(" = [\n");
    for (const Choice &choice : choices) {
        out += QStringLiteral("  { id = %1, text = %2").arg(quoted(choice.id), quoted(choice.text));
        if (choice.pinned) {
            out += QStringLiteral(", pinned = true");
        }
        if (!choice.picture->media.isEmpty()) {
            out += QStringLiteral(", picture = ") + quoted(choice.picture->media);
        }
        if (!choice.picture->alt.isEmpty()) {
            out += QStringLiteral(", picture_alt = ") + quoted(choice.picture->alt);
        }
        out += QStringLiteral(" },\n");
    }
    out += QStringLiteral("]\n");
}

void writeItem(QString &out, const QuestionItem &item)
{
    line(out, "stem", quoted(item.stem));
    lineUnlessEmpty(out, "picture", item.picture->media);
    lineUnlessEmpty(out, "picture_alt", item.picture->alt);
    if (item.type != QuestionType::TrueFalse) {
        writeChoices(out, "choices", item.choices);
    }
    if (!item.answer.isEmpty()) {
        line(out, "answer", listOf(item.answer));
    }
    writeChoices(out, "targets", item.targets);
    if (!item.pairs.isEmpty()) {
        QStringList pairs;
        for (const auto &[choice, target] : item.pairs.asKeyValueRange()) {
            pairs.append(quoted(choice) + QStringLiteral(" = ") + quoted(target));
        }
        line(out, "pairs", QStringLiteral("{ ") + pairs.join(QStringLiteral(", ")) + QStringLiteral(" }"));
    }
    if (!item.blanks.isEmpty()) {
        out += QStringLiteral("blanks = [\n");
        for (const Blank &blank : item.blanks) {
            out += QStringLiteral("  { id = %1, accepted = %2 },\n")
                       .arg(quoted(blank.id), listOf(blank.accepted));
        }
        out += QStringLiteral("]\n");
    }
}

/** @param stateSaid  the file says nothing that the state could be left out for */
QString questionText(const QuestionVersion &question, const Shared &shared, bool stateSaid)
{
    QString out = QStringLiteral("\n[[question]]\n");
    line(out, "id", quoted(question.id));
    line(out, "version", QString::number(question.version));
    line(out, "type", quoted(nameOf(question.type)));
    line(out, "risk_points", listOf(question.riskPoints));
    line(out, "articles", listOf(question.articles));
    line(out, "audience", quoted(nameOf(question.audience)));
    line(out, "difficulty", quoted(nameOf(question.difficulty)));
    lineUnlessEmpty(out, "keyword", question.keyword);
    for (const SharedField &field : sharedFields()) {
        const QString value = field.value(question);
        if (value != shared.value(QLatin1String(field.key))) {
            line(out, field.key, quoted(value));
        }
    }
    lineUnlessEmpty(out, "source", question.source);
    const ReviewState assumed
        = shared.value(QStringLiteral("reviewer")).isEmpty() ? ReviewState::InReview : ReviewState::Approved;
    if (stateSaid || question.state != assumed) {
        line(out, "state", quoted(nameOf(question.state)));
    }
    lineUnlessEmpty(out, "state_reason", question.stateReason);
    if (question.publishedRevision > 0) {
        line(out, "published_revision", QString::number(question.publishedRevision));
    }
    writeItem(out, question);
    out += QStringLiteral("[question.explanation]\n");
    line(out, "act", quoted(question.explanation.act()));
    line(out, "why", quoted(question.explanation.why()));
    line(out, "consequence", quoted(question.explanation.consequence()));
    line(out, "instead", quoted(question.explanation.instead()));
    for (const QuestionPart &part : question.parts) {
        out += QStringLiteral("[[question.parts]]\n");
        line(out, "id", quoted(part.id));
        line(out, "type", quoted(nameOf(part.type)));
        writeItem(out, part);
    }
    return out;
}

/** Name of the file that a version belongs to: its first risk point's post. */
QString fileOf(const QuestionVersion &question)
{
    const QString post = question.riskPoints.isEmpty()
        ? QString()
        : question.riskPoints.first().section(QLatin1Char('-'), 0, 0);
    const bool plain = !post.isEmpty() && std::all_of(post.cbegin(), post.cend(), [](QChar c) {
        return c.unicode() < 128 && c.isLetterOrNumber();
    });
    return (plain ? post : QStringLiteral("unassigned")) + QStringLiteral(".toml");
}

QMap<QString, QList<QuestionVersion>> byFile(const QList<QuestionVersion> &questions)
{
    QMap<QString, QList<QuestionVersion>> files;
    for (const QuestionVersion &question : questions) {
        files[fileOf(question)].append(question);
    }
    return files;
}

/** The most frequent value of each shared field. */
Shared sharedOf(const QList<QuestionVersion> &questions)
{
    Shared shared;
    for (const SharedField &field : sharedFields()) {
        QMap<QString, int> count;
        QString best;
        for (const QuestionVersion &question : questions) {
            const QString value = field.value(question);
            if (++count[value] > count.value(best)) {
                best = value;
            }
        }
        if (!best.isEmpty()) {
            shared.insert(QLatin1String(field.key), best);
        }
    }
    return shared;
}

QByteArray newFile(const QString &name, const QList<QuestionVersion> &questions)
{
    const Shared shared = sharedOf(questions);
    QString out;
    const QString post = name.left(name.size() - 5);
    if (post != QLatin1String("unassigned")) {
        line(out, "post", quoted(post));
    }
    for (const SharedField &field : sharedFields()) {
        lineUnlessEmpty(out, field.key, shared.value(QLatin1String(field.key)));
    }
    for (const QuestionVersion &question : questions) {
        out += questionText(question, shared, false);
    }
    return out.toUtf8();
}

template <typename T> QByteArray catalogueOf(const QList<T> &values)
{
    QByteArrayList lines;
    for (const T &value : values) {
        lines.append(canonicalJson(toJson(value)));
    }
    return "[\n" + lines.join(",\n") + "\n]\n";
}

Result<void> writeFile(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    return writeFileAtomically(path, bytes);
}

Result<void> writeMedia(const QString &folder, const Media &media)
{
    for (auto it = media.cbegin(); it != media.cend(); ++it) {
        const auto written = writeFile(folder + QStringLiteral("/media/") + it.key(), it.value());
        if (!written) {
            return written.error();
        }
    }
    return {};
}

/** A folder beside the one meant, on the same file system; it goes away unless it took the other's place. */
class Workshop
{
public:
    explicit Workshop(const QString &folder)
        : m_dir(QFileInfo(QDir(folder).absolutePath()).absolutePath() + QStringLiteral("/.bank-XXXXXX"))
    {
    }
    bool isValid() const { return m_dir.isValid(); }
    QString path() const { return m_dir.path() + QStringLiteral("/bank"); }
    QString errorString() const { return m_dir.errorString(); }

private:
    QTemporaryDir m_dir;
};

/** Lets the finished folder take the place of the old one in one step; the old one is left in the workshop.
 */
Result<void> exchange(const QString &finished, const QString &folder)
{
#ifdef RENAME_EXCHANGE
    if (renameat2(AT_FDCWD, QFile::encodeName(finished).constData(), AT_FDCWD,
            QFile::encodeName(folder).constData(), RENAME_EXCHANGE)
        == 0) {
        return {};
    }
#endif
    // File systems without an exchange: two renames, and the first one taken back if the second fails.
    boost::system::error_code failed;
    const QString aside = finished + QStringLiteral(".old");
    fs::rename(pathOf(folder), pathOf(aside), failed);
    if (failed) {
        return Error(ErrorCode::Io, QString::fromStdString(failed.message()), folder);
    }
    fs::rename(pathOf(finished), pathOf(folder), failed);
    if (failed) {
        boost::system::error_code ignored;
        fs::rename(pathOf(aside), pathOf(folder), ignored);
        return Error(ErrorCode::Io, QString::fromStdString(failed.message()), folder);
    }
    return {};
}

/** That each of @p expected reads back as it is, and nothing else came or went. */
Result<void> compare(const QuestionBank &read, const QList<QuestionVersion> &expected)
{
    if (read.questions().size() != expected.size()) {
        return Error(
            ErrorCode::Internal, QStringLiteral("the written sources hold another number of questions"));
    }
    for (const QuestionVersion &question : expected) {
        const QuestionVersion *same = read.question(question.id, question.version);
        if (!same || *same != question) {
            return Error(ErrorCode::InvalidArgument,
                QStringLiteral("a question does not read back as it was written"), question.id);
        }
    }
    return {};
}

/** What shared keys stand at the top of an existing file. */
Shared sharedInFile(const QString &text)
{
    Shared shared;
    for (const QString &row : text.split(QLatin1Char('\n'))) {
        if (row.trimmed().startsWith(QLatin1Char('['))) {
            break;
        }
        for (const SharedField &field : sharedFields()) {
            const QString key = row.section(QLatin1Char('='), 0, 0).trimmed();
            if (key == QLatin1String(field.key)) {
                // Not understood here as TOML would: a value that cannot equal any makes each question state
                // its own.
                shared.insert(key, QStringLiteral("\x01"));
            }
        }
    }
    return shared;
}

} // namespace

Result<void> writeBankSources(const QuestionBank &bank, const QString &folder)
{
    if (QFileInfo::exists(folder)) {
        return Error(ErrorCode::Conflict, QStringLiteral("the folder exists"), folder);
    }
    if (!bank.themes().isEmpty() || !bank.stories().isEmpty() || !bank.lawChanges().isEmpty()) {
        return Error(ErrorCode::InvalidArgument,
            QStringLiteral("themes, stories and changes of law are kept in a folder by hand, or in a bank file"), folder);
    }
    const Workshop workshop(folder);
    if (!workshop.isValid()) {
        return Error(ErrorCode::Io, workshop.errorString(), folder);
    }
    QString head;
    line(head, "unit", quoted(bank.unit));
    line(head, "revision", QString::number(bank.revision));
    line(head, "created_at",
        quoted(QDateTime::fromMSecsSinceEpoch(bank.createdAtMs, Qt::UTC).toString(Qt::ISODateWithMs)));
    QMap<QString, QByteArray> files{{QStringLiteral("bank.toml"), head.toUtf8()},
        {QStringLiteral("catalogue/posts.json"), catalogueOf(bank.posts())},
        {QStringLiteral("catalogue/risk_points.json"), catalogueOf(bank.riskPoints())},
        {QStringLiteral("catalogue/laws.json"), catalogueOf(bank.laws())},
        {QStringLiteral("catalogue/articles.json"), catalogueOf(bank.articles())}};
    const auto questions = byFile(bank.questions());
    for (auto it = questions.cbegin(); it != questions.cend(); ++it) {
        files.insert(QStringLiteral("questions/") + it.key(), newFile(it.key(), it.value()));
    }
    for (auto it = files.cbegin(); it != files.cend(); ++it) {
        const auto written = writeFile(workshop.path() + QLatin1Char('/') + it.key(), it.value());
        if (!written) {
            return written.error();
        }
    }
    const auto pictures = writeMedia(workshop.path(), bank.media());
    if (!pictures) {
        return pictures.error();
    }
    const auto read = readBankSources(workshop.path());
    if (!read) {
        return read.error();
    }
    const auto same = compare(*read, bank.questions());
    if (!same) {
        return same.error();
    }
    boost::system::error_code failed;
    fs::rename(pathOf(workshop.path()), pathOf(folder), failed);
    if (failed) {
        return Error(ErrorCode::Io, QString::fromStdString(failed.message()), folder);
    }
    return {};
}

Result<void> appendToBankSources(
    const QString &folder, const QList<QuestionVersion> &added, const Media &media)
{
    // Where a link leads to is what changes, not the link.
    const QString target = QFileInfo(folder).canonicalFilePath();
    if (target.isEmpty()) {
        return Error(ErrorCode::NotFound, QStringLiteral("no such folder"), folder);
    }
    const auto before = readBankSources(target);
    if (!before) {
        return before.error();
    }
    const Workshop workshop(target);
    if (!workshop.isValid()) {
        return Error(ErrorCode::Io, workshop.errorString(), target);
    }
    boost::system::error_code failed;
    fs::copy(pathOf(target), pathOf(workshop.path()),
        fs::copy_options::recursive | fs::copy_options::copy_symlinks, failed);
    if (failed) {
        return Error(ErrorCode::Io, QString::fromStdString(failed.message()), target);
    }
    const auto files = byFile(added);
    for (auto it = files.cbegin(); it != files.cend(); ++it) {
        const QString path = workshop.path() + QStringLiteral("/questions/") + it.key();
        QByteArray bytes;
        if (QFileInfo::exists(path)) {
            auto held = readFile(path, maxSourceBytes);
            if (!held) {
                return held.error();
            }
            bytes = std::move(*held);
            const Shared shared = sharedInFile(QString::fromUtf8(bytes));
            if (!bytes.endsWith('\n')) {
                bytes += '\n';
            }
            for (const QuestionVersion &question : it.value()) {
                bytes += questionText(question, shared, true).toUtf8();
            }
        } else {
            bytes = newFile(it.key(), it.value());
        }
        const auto written = writeFile(path, bytes);
        if (!written) {
            return written.error();
        }
    }
    const auto pictures = writeMedia(workshop.path(), media);
    if (!pictures) {
        return pictures.error();
    }
    const auto read = readBankSources(workshop.path());
    if (!read) {
        return read.error();
    }
    const auto same = compare(*read, before->questions() + added);
    if (!same) {
        return same.error();
    }
    return exchange(workshop.path(), target);
}

} // namespace qingfeng
